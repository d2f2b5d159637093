"""Draw a chart in terminal cells, readable from a distance and without colour.

The rows are a round step of the value apart, so that the labels are evenly spaced. Left and right
are marked by the letters L and R.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from tui.domain.model.cells import fitted
from tui.domain.model.values import Side
from tui.present.chart.scale import (
    FEWEST,
    WHOLE,
    bounds,
    column,
    courses,
    day_ticks,
    joined,
    steps,
    value_text,
    value_ticks,
    widened,
)
from tui.present.chart.values import Chart, Drawn, Point
from tui.ui.widgets.styled_text import Line, Span, spread, width_of

NARROWEST, LOWEST = 24, 6
# Rows besides the values: the legend, the time axis and its labels.
AROUND = 3
DROP_ROOM = 10
# A name cut to fewer cells says nothing.
LEAST_WORDS = 8
# A unit whose values end at 100.
WHOLE_OF = "%"
SIGNS = {Side.LEFT: ("L", "accent"), Side.RIGHT: ("R", "loud"), Side.BOTH: ("●", "accent")}
SHADE, EDGE, PATH, DROP, REACH = "░", "┄", "·", "┊", "│"
EIGHTHS = " ▁▂▃▄▅▆▇█"

Cells = dict[tuple[int, int], Span]


class _Scale(Struct, frozen=True, kw_only=True):
    """The value axis: ``rows`` rows from 0 at the bottom, which is ``low``, each ``step`` above the
    one below; ``labels`` by row."""

    rows: int
    low: float
    step: float
    labels: Mapping[int, str]

    def row(self, value: float) -> int:
        return min(self.rows - 1, max(0, round((value - self.low) / self.step)))


class _Field(Struct, frozen=True, kw_only=True):
    """The drawing area: its ``cells`` by (row from the bottom, column)."""

    chart: Chart
    scale: _Scale
    columns: int
    cells: Cells

    def column(self, point: Point) -> int:
        return column(point.day, self.chart.first, self.chart.last, self.columns)

    def put(self, at: int, rows: range, sign: Span) -> None:
        self.cells.update(dict.fromkeys(((row, at) for row in rows), sign))


def plot(chart: Chart, width: int, height: int) -> list[Line]:
    """The chart in exactly ``height`` lines of at most ``width`` cells: the legend, the values, the
    time axis with its labels. The caller shows the title. Below 24 by 6 cells there is no room to
    draw, and the lines give the last values in words."""
    if width < NARROWEST or height < LOWEST:
        lines: list[Line] = [[(words, "")] for words in _in_words(chart, width)]
        return [*lines, *[[("", "")]] * height][:height]
    scale = _scale(chart, height - AROUND)
    gutter = max(len(label) for label in [*scale.labels.values(), "0"])
    field = _Field(chart=chart, scale=scale, columns=width - gutter - 1, cells={})
    _draw(field)
    return [
        _head(field, gutter, width),
        *(_row(field, row, gutter) for row in reversed(range(scale.rows))),
        _floor(field, gutter),
        _days(field, gutter),
    ]


def _in_words(chart: Chart, width: int) -> Iterator[str]:
    for series in chart.series:
        for point in series.points[-1:]:
            side = "" if series.side is Side.BOTH else f"{series.side} "
            words = f"{side}{value_text(round(point.value, 1))} {chart.unit}"
            yield fitted(f"{words}, {point.day.day} {point.day:%b}", width)


# -- the axis of values ----------------------------------------------------------------------------


def _scale(chart: Chart, rows: int) -> _Scale:
    """The scale with the smallest round step at which all values fit, centred in the rows."""
    low, high = bounds(chart)
    whole = chart.unit in WHOLE
    if chart.drawn is Drawn.BARS:
        return _bar_scale(high, rows, whole=whole)
    low, high = widened(low, high)
    for step in steps((high - low) / rows, whole=whole):
        first, last = round(low / step), round(high / step)
        if last - first < rows:
            # Spare rows go to both ends, but not below zero, and for % only below.
            spare = rows - 1 - last + first
            below = max(0, min(first, spare if chart.unit == WHOLE_OF else spare // 2))
            numbers = range(first - below, first - below + rows)
            return _Scale(
                rows=rows, low=numbers[0] * step, step=step, labels=_labels(numbers, step)
            )
    raise AssertionError("the steps do not end")


def _labels(numbers: range, step: float) -> dict[int, str]:
    """The labels of rows that stand for ``numbers`` of steps: every other row, or all if there are
    few."""
    every = 1 if len(numbers) < 2 * FEWEST - 1 else 2
    return {
        row: value_text(round(number * step, 6))
        for row, number in enumerate(numbers)
        if number % every == 0
    }


def _bar_scale(high: float, rows: int, *, whole: bool) -> _Scale:
    """A scale from zero for bars: the one with two ticks above zero and the highest bars; among
    equals the one with the fewest ticks. A bar fills its rows to their upper edge."""
    found: list[tuple[tuple[bool, float, int], _Scale]] = []
    for most in range(FEWEST, rows + 1):
        ticks = value_ticks(0.0, high, most, whole=whole)
        part = rows // (len(ticks) - 1)
        step = (ticks[1] - ticks[0]) / part
        labels = {n * part - 1: value_text(tick) for n, tick in enumerate(ticks) if n}
        rank = (len(ticks) >= FEWEST, round(high / step, 3), -len(ticks))
        found.append((rank, _Scale(rows=rows, low=0.0, step=step, labels=labels)))
    return max(found, key=lambda one: one[0])[1]


def _row(field: _Field, row: int, gutter: int) -> Line:
    label = field.scale.labels.get(row, "")
    edge = "┤" if label else "│"
    line: list[Span] = [(label.rjust(gutter), ""), (edge, "dim")]
    cells = [field.cells.get((row, at), (" ", "")) for at in range(field.columns)]
    return [*line, *_merged(cells)]


def _merged(cells: Sequence[Span]) -> list[Span]:
    """Neighbouring cells with the same role merged into one span."""
    grouped = groupby(cells, key=lambda cell: cell[1])
    return [("".join(sign for sign, _ in group), role) for role, group in grouped]


# -- what lies between the axes --------------------------------------------------------------------


def _draw(field: _Field) -> None:
    """Draw the layers, the lowest first: bands, events, lines, values."""
    chart, scale = field.chart, field.scale
    if chart.usual is not None:
        # Only its edges: filled, it would drown everything else.
        for row in map(scale.row, chart.usual):
            for at in range(field.columns):
                field.put(at, range(row, row + 1), (EDGE, "dim"))
    for series in chart.series:
        for run in joined(series.points):
            _band(field, run)
    signs = _events(field)
    # Too many vertical lines would look like a fence; the axis shows the signs anyway.
    if len(signs) * DROP_ROOM <= field.columns:
        for at in signs:
            field.put(at, range(scale.rows), (DROP, "dim"))
    if chart.drawn is Drawn.BARS:
        _bars(field)
        return
    for run in courses(chart):
        _path(field, run)
    _points(field)


def _thinned(field: _Field, run: Sequence[Point]) -> list[tuple[int, Point]]:
    """The last point of each column that has any."""
    return list({field.column(point): point for point in run}.items())


def _band(field: _Field, run: Sequence[Point]) -> None:
    """Draw the noise band around points, interpolated linearly between them."""
    thinned = _thinned(field, run)
    edges = [(at, p.low, p.high) for at, p in thinned if p.low is not None and p.high is not None]
    for (at, low, high), (to, next_low, next_high) in pairwise([*edges, *edges[-1:]]):
        for here in range(at, max(at + 1, to)):
            part = (here - at) / max(1, to - at)
            bottom = field.scale.row(low + part * (next_low - low))
            top = field.scale.row(high + part * (next_high - high))
            field.put(here, range(bottom, top + 1), (SHADE, "dim"))


def _path(field: _Field, run: Sequence[Point]) -> None:
    """Draw a faint line from each point to the next."""
    for (at, before), (to, after) in pairwise(_thinned(field, run)):
        for here in range(at + 1, to):
            part = (here - at) / (to - at)
            row = field.scale.row(before.value + part * (after.value - before.value))
            field.put(here, range(row, row + 1), (PATH, "dim"))


def _points(field: _Field) -> None:
    """Draw the last value of each column and side, and the range if a column has several."""
    last: dict[tuple[int, int], set[Side]] = {}
    for series in field.chart.series:
        for at, points in groupby(series.points, key=field.column):
            rows = [field.scale.row(point.value) for point in points]
            field.put(at, range(min(rows), max(rows) + 1), (REACH, "dim"))
            last.setdefault((rows[-1], at), set()).add(series.side)
    for cell, sides in last.items():
        [side] = sides if len(sides) == 1 else {Side.BOTH}
        field.cells[cell] = SIGNS[side]


def _bars(field: _Field) -> None:
    """Draw each amount as a bar from zero, to an eighth of a row; in a column with several, the
    highest."""
    for series in field.chart.series:
        for at, points in groupby(series.points, key=field.column):
            most = max(point.value for point in points)
            eighths = max(1, round(8 * most / field.scale.step)) if most > 0 else 0
            full, rest = divmod(eighths, 8)
            field.put(at, range(full), (EIGHTHS[8], "accent"))
            if rest:
                field.put(at, range(full, full + 1), (EIGHTHS[rest], "accent"))


# -- around them -----------------------------------------------------------------------------------


def _events(field: _Field) -> dict[int, str]:
    """The signs of the events, by column; the last one in a column wins."""
    chart = field.chart
    return {
        column(one.day, chart.first, chart.last, field.columns): fitted(one.sign, 1)
        for one in chart.events
    }


def _floor(field: _Field, gutter: int) -> Line:
    """The time axis, with the signs of events on it."""
    chart = field.chart
    cells: list[Span] = [("─", "dim")] * field.columns
    for tick in day_ticks(chart.first, chart.last, field.columns):
        cells[column(tick.day, chart.first, chart.last, field.columns)] = ("┬", "dim")
    for at, sign in _events(field).items():
        cells[at] = (sign, "warn")
    zero = "0" if chart.drawn is Drawn.BARS else ""
    return [(zero.rjust(gutter), ""), ("┴" if zero else "└", "dim"), *_merged(cells)]


def _days(field: _Field, gutter: int) -> Line:
    chart = field.chart
    words = ""
    for tick in day_ticks(chart.first, chart.last, field.columns):
        words = words.ljust(tick.start) + tick.label
    return [(" " * (gutter + 1) + words, "")]


def _head(field: _Field, gutter: int, width: int) -> Line:
    """The unit above its axis, and as much of the legend as fits."""
    left: list[Span] = [(fitted(field.chart.unit, width).rjust(gutter), "dim")]
    legend: list[Span] = []
    for sign, words in dict.fromkeys(_meanings(field.chart)):
        between = "  " if legend else ""
        room = width - width_of([*left, *legend]) - len(between) - len("  ! ")
        if room >= min(LEAST_WORDS, len(words)):
            legend += [(between, ""), sign, (f" {fitted(words, room)}", "dim")]
    return spread(left, legend, width)


def _meanings(chart: Chart) -> Iterator[tuple[Span, str]]:
    sides = [series.side for series in chart.series if series.points]
    if set(sides) & {Side.LEFT, Side.RIGHT} or chart.usual is not None:
        # In a chart of the weaker side, a day on which neither was weaker is a value too.
        both = "alike" if chart.usual is not None else "both"
        for side in (Side.LEFT, Side.RIGHT):
            if side in sides:
                yield SIGNS[side], side.value
        yield SIGNS[Side.BOTH], both
    if any(point.low is not None for series in chart.series for point in series.points):
        yield (SHADE, "dim"), "likely"
    if chart.usual is not None:
        yield (EDGE, "dim"), "usual"
    for sign in dict.fromkeys(one.sign for one in reversed(chart.events)):
        mine = [one.words for one in chart.events if one.sign == sign]
        more = f" and {len(mine) - 1} more" if len(mine) > 1 else ""
        yield (fitted(sign, 1), "warn"), f"{mine[-1]}{more}"
