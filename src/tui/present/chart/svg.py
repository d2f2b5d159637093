"""Draws a chart as a self-contained SVG on white, to share or print.

The file has no scripts, fonts or links. Sides differ in shape and letter, so that the chart also
works in greyscale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import product

from msgspec import Struct

from tui.domain.model.text import clean, clip, number_of
from tui.domain.model.values import Side
from tui.present.chart.scale import axis, courses, day_ticks, joined, share, value_text
from tui.present.chart.values import Chart, Drawn, Point

WIDTH, HEIGHT = 800, 440
# The edges of the plot area.
LEFT, RIGHT, TOP, BOTTOM = 72, 776, 132, 392
MOST_TICKS = 7
# The width of a letter in a label, a little more than in most fonts.
LETTER = 8
TITLE, WORDS = 76, 28
INK, SOFT, GRID, BACK, EVENT = "#1a1a1a", "#555555", "#dddddd", "#ffffff", "#8a3b00"
COLOURS = {Side.BOTH: "#0b5394", Side.LEFT: "#0b5394", Side.RIGHT: "#b45f06"}
LETTERS = {Side.LEFT: "L", Side.RIGHT: "R"}
# How far below its mark a letter goes, so that the letters of equal values do not overlap.
BESIDE = {Side.LEFT: -8, Side.RIGHT: 18}
# Half the width of a mark; SMALL for more than MANY points.
MARK, SMALL, MANY = 4.0, 2.0, 150


class _Frame(Struct, frozen=True, kw_only=True):
    """Maps days and values to coordinates."""

    chart: Chart
    ticks: tuple[float, ...]

    def x(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * share(day, self.chart.first, self.chart.last)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)


def svg(chart: Chart) -> str:
    """The chart as SVG text, 800 by 440 units: title, days, both axes with the unit, and a legend.
    Names are cleaned and escaped."""
    frame = _Frame(chart=chart, ticks=axis(chart, MOST_TICKS))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title desc" '
        'font-family="sans-serif" font-size="13">'
    )
    parts = [
        head,
        f'<title id="title">{_safe(chart.title)}</title>',
        f'<desc id="desc">{_safe(_told(chart))}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{BACK}"/>',
        *_captions(chart),
        *_axes(frame),
        *_shades(frame),
        *_events(frame),
        *(_bars(frame) if chart.drawn is Drawn.BARS else _levels(frame)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _safe(words: str) -> str:
    return escape(clean(words))


def _text(x: float, y: float, words: str, fill: str = INK, **how: str) -> str:
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in how.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}"{more}>{_safe(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, dash: str = "none") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
        f'stroke-dasharray="{dash}"/>'
    )


def _box(x1: float, y1: float, x2: float, y2: float, fill: str, opacity: float = 1) -> str:
    return (
        f'<rect x="{x1:.1f}" y="{y1:.1f}" width="{x2 - x1:.1f}" height="{y2 - y1:.1f}" '
        f'fill="{fill}" fill-opacity="{opacity}"/>'
    )


# -- words -----------------------------------------------------------------------------------------


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _told(chart: Chart) -> str:
    """A text description for screen readers: days, number of values, the last of each side."""
    count = sum(len(series.points) for series in chart.series)
    told = [f"{number_of(count, 'value')} from {_day(chart.first)} to {_day(chart.last)}."]
    for series in chart.series:
        for point in series.points[-1:]:
            side = "" if series.side is Side.BOTH else f", {series.side}"
            value = value_text(round(point.value, 1))
            told.append(f"The last{side}: {value} {chart.unit} on {_day(point.day)}.")
    told += [f"{one.words} on {_day(one.day)}." for one in chart.events]
    return " ".join(told)


def _captions(chart: Chart) -> Iterator[str]:
    yield _text(24, 32, clip(clean(chart.title), TITLE), font_size="17", font_weight="bold")
    yield _text(24, 54, f"{_day(chart.first)} to {_day(chart.last)}", SOFT)
    yield _text(24, 80, chart.unit, SOFT)
    x = float(RIGHT)
    for sign, words in reversed(list(_meanings(chart))):
        x -= LETTER * len(words)
        yield _text(x, 80, words, SOFT)
        x -= 12
        yield _sign(sign, x, 76)
        x -= 24


def _meanings(chart: Chart) -> Iterator[tuple[Side | None, str]]:
    """The legend: sides, and shaded areas (None)."""
    sides = [series.side for series in chart.series if series.points]
    if sides not in ([], [Side.BOTH]):
        yield from ((side, f"{LETTERS.get(side, '')} {side}".strip()) for side in sides)
    if any(point.low is not None for series in chart.series for point in series.points):
        yield None, "likely"
    if chart.usual is not None:
        yield None, "usual"


def _sign(side: Side | None, x: float, y: float) -> str:
    if side is None:
        return _box(x - 8, y - 6, x + 6, y + 6, COLOURS[Side.BOTH], 0.2)
    return _mark(side, x, y, MARK)


# -- around the values -----------------------------------------------------------------------------


def _axes(frame: _Frame) -> Iterator[str]:
    for tick in frame.ticks:
        y = frame.y(tick)
        yield _line(LEFT, y, RIGHT, y, GRID)
        yield _text(LEFT - 10, y + 4.5, value_text(tick), text_anchor="end")
    chart = frame.chart
    for day in day_ticks(chart.first, chart.last, (RIGHT - LEFT) // LETTER):
        x = frame.x(day.day)
        yield _line(x, BOTTOM, x, BOTTOM + 6, INK)
        yield _text(x, BOTTOM + 22, day.label, text_anchor="middle")
    yield _line(LEFT, TOP, LEFT, BOTTOM, INK)
    yield _line(LEFT, BOTTOM, RIGHT, BOTTOM, INK)


def _shades(frame: _Frame) -> Iterator[str]:
    """The usual range, and the error bands of the values."""
    if frame.chart.usual is not None:
        low, high = map(frame.y, frame.chart.usual)
        yield _box(LEFT, high, RIGHT, low, COLOURS[Side.BOTH], 0.1)
    for series in frame.chart.series:
        for run in joined(series.points):
            noisy = [
                (p.day, p.low, p.high) for p in run if p.low is not None and p.high is not None
            ]
            edge = [_at(frame, day, high) for day, _, high in noisy]
            edge += [_at(frame, day, low) for day, low, _ in reversed(noisy)]
            if edge:
                # For a single day, only the stroke is visible.
                paint = f'fill="{COLOURS[series.side]}" stroke="{COLOURS[series.side]}"'
                yield f'<polygon points="{" ".join(edge)}" {paint} opacity="0.15"/>'


def _at(frame: _Frame, day: date, value: float) -> str:
    return f"{frame.x(day):.1f},{frame.y(value):.1f}"


def _events(frame: _Frame) -> Iterator[str]:
    """A line for each event, with its words above in one of two rows if they do not overlap others,
    else its sign."""
    taken = [0.0, 0.0]
    for one in sorted(frame.chart.events, key=lambda one: one.day):
        x = frame.x(one.day)
        yield _line(x, TOP, x, BOTTOM, EVENT, "2 3")
        words, sign = clip(clean(f"{one.sign} {one.words}"), WORDS), clip(clean(one.sign), 1)
        for shown, row in product((words, sign), (0, 1)):
            start = min(x - 4, RIGHT - LETTER * len(shown))
            if start >= taken[row]:
                yield _text(start, TOP - 8 - 16 * row, shown, EVENT)
                taken[row] = start + LETTER * len(shown) + LETTER
                break


# -- the values ------------------------------------------------------------------------------------


def _bars(frame: _Frame) -> Iterator[str]:
    days = (frame.chart.last - frame.chart.first).days + 1
    half = max(1.0, min(8.0, 0.35 * (RIGHT - LEFT) / days))
    for series in frame.chart.series:
        for point in series.points:
            x = frame.x(point.day)
            yield _box(x - half, frame.y(point.value), x + half, BOTTOM, COLOURS[series.side])


def _levels(frame: _Frame) -> Iterator[str]:
    for run in courses(frame.chart):
        yield from _path(frame, run)
    for series in frame.chart.series:
        size = MARK if len(series.points) <= MANY else SMALL
        for point in series.points:
            yield _mark(series.side, frame.x(point.day), frame.y(point.value), size)
        # One letter, at the last mark, says which side it is.
        for point in series.points[-1:]:
            if series.side in LETTERS:
                x, y = frame.x(point.day) + MARK, frame.y(point.value) + BESIDE[series.side]
                yield _text(x, y, LETTERS[series.side], font_weight="bold")


def _path(frame: _Frame, run: Sequence[Point]) -> Iterator[str]:
    if len(run) > 1:
        way = " ".join(_at(frame, point.day, point.value) for point in run)
        yield f'<polyline points="{way}" fill="none" stroke="{SOFT}" stroke-opacity="0.6"/>'


def _mark(side: Side, x: float, y: float, size: float) -> str:
    """The mark of a value: a circle for both sides, a square for the left, a hollow diamond for the
    right. A left mark stays visible inside a right one."""
    colour = COLOURS[side]
    if side is Side.LEFT:
        return _box(x - size, y - size, x + size, y + size, colour)
    if side is Side.RIGHT:
        reach = size + 3
        corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
        edge = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
        return f'<polygon points="{edge}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{colour}"/>'
