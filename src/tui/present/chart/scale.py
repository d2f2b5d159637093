"""The axes of a chart: round tick values, date labels, and the position of a day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from tui.domain.model.units import plain
from tui.present.chart.values import Chart, Drawn, Point

STEPS = (1, 2, 5)
LEAST_STEP = 0.1
FEWEST = 3
# Tolerance for float rounding, in steps; and the range below which values count as equal.
GRAIN = 1e-9
ALIKE = 1e-3
# Units with whole numbers only.
WHOLE = frozenset({"reps", "contacts", "of 10"})
# Measures whose axis goes from zero to at least this value, so that a little looks like a little.
AT_LEAST = {"rir": 4.0, "pain": 5.0}
# Values farther apart than this are not joined: what happened in between is unknown.
PAUSE = timedelta(days=45)
GAP = 2
FORTNIGHT = 14
MONTHS = (1, 3, 6)
YEARS = (1, 2, 5, 10, 20, 50, 100)


class Tick(Struct, frozen=True):
    """A label on the date axis; ``start`` is the column of its first character."""

    day: date
    label: str
    start: int


def value_ticks(low: float, high: float, most: int, *, whole: bool = False) -> tuple[float, ...]:
    """Tick values a round step apart (1, 2 or 5 times a power of ten, at least 0.1), from at or
    below ``low`` to at or above ``high``; ``most`` at most, but up to three in any case. An empty
    range is widened. ``whole``: whole numbers only."""
    low, high = widened(low, high)
    for step in steps((high - low) / max(FEWEST, most), whole=whole):
        first, last = math.floor(low / step + GRAIN), math.ceil(high / step - GRAIN)
        if last - first < max(FEWEST, most):
            return tuple(round(number * step, 6) for number in range(first, last + 1))
    raise AssertionError("the steps do not end")


def widened(low: float, high: float) -> tuple[float, float]:
    """The range as it is or, if it is empty, with some room around it."""
    if high - low >= ALIKE:
        return low, high
    pad = max(1.0, abs(high) / 10)
    return (max(0.0, low - pad) if low >= 0 else low - pad), high + pad


def steps(about: float, *, whole: bool) -> Iterator[float]:
    """Round steps (1, 2 or 5 times a power of ten, at least 0.1) from a little below ``about``
    upwards, without end; ``whole``: whole numbers only."""
    least = 1.0 if whole else LEAST_STEP
    power = math.floor(math.log10(max(least, about)))
    while True:
        for base in STEPS:
            step = base * 10.0**power
            if step > least - GRAIN:
                yield step
        power += 1


def bounds(chart: Chart) -> tuple[float, float]:
    """The least and the greatest value that the value axis has to show, including error bands and
    the usual range. Bars start at zero."""
    points = [point for series in chart.series for point in series.points]
    low = [point.value if point.low is None else point.low for point in points]
    high = [point.value if point.high is None else point.high for point in points]
    if chart.usual is not None:
        low.append(chart.usual[0])
        high.append(chart.usual[1])
    if chart.drawn is Drawn.BARS or chart.measure in AT_LEAST:
        low.append(0.0)
        high.append(AT_LEAST.get(chart.measure, 0.0))
    return min(low, default=0.0), max(high, default=1.0)


def axis(chart: Chart, most: int) -> tuple[float, ...]:
    """The ticks of the value axis, as many as :func:`value_ticks` allows."""
    low, high = bounds(chart)
    return value_ticks(low, high, most, whole=chart.unit in WHOLE)


def value_text(value: float) -> str:
    """The label of a tick value: ``62.5``, ``12,000``."""
    return f"{value:,.0f}" if abs(value) >= 1000 else plain(value)


# -- days ------------------------------------------------------------------------------------------


def share(day: date, first: date, last: date) -> float:
    """The position of a day from ``first`` (0) to ``last`` (1); 0.5 if both are the same day."""
    days = (last - first).days
    return min(1.0, max(0.0, (day - first).days / days)) if days > 0 else 0.5


def column(day: date, first: date, last: date, width: int) -> int:
    """The column of a day, with ``first`` in column 0 and ``last`` in column ``width`` - 1."""
    return round(share(day, first, last) * (width - 1))


def courses(chart: Chart) -> list[list[Point]]:
    """The runs of points to join with a line: by side, or across sides if no day has values of two
    (the weaker side, which may change)."""
    days = [point.day for series in chart.series for point in series.points]
    if len(days) > len(set(days)):
        return [run for series in chart.series for run in joined(series.points)]
    every = (point for series in chart.series for point in series.points)
    return joined(sorted(every, key=lambda point: point.day))


def joined(points: Sequence[Point]) -> list[list[Point]]:
    """Points, oldest first, split at gaps of more than :data:`PAUSE`."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and point.day - runs[-1][-1].day <= PAUSE:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def day_ticks(first: date, last: date, width: int) -> tuple[Tick, ...]:
    """The labels of the date axis over ``width`` characters, as many as fit with two spaces between
    them: days (``3 Aug``), months (``Aug``, the year for January) or years."""
    for days in _ladders(first, last, width):
        ticks = tuple(_tick(day, label, first, last, width) for day, label in days)
        if len(ticks) > 1 and _apart(ticks):
            return ticks
    # Too narrow or too few days for a row of labels: label both ends, else the last day.
    ends = [(day, _named(day, last - first)) for day in dict.fromkeys((first, last))]
    ticks = tuple(_tick(day, label, first, last, width) for day, label in ends)
    ticks = ticks if _apart(ticks) else ticks[-1:]
    return tuple(tick for tick in ticks if len(tick.label) <= width)


def _tick(day: date, label: str, first: date, last: date, width: int) -> Tick:
    middle = column(day, first, last, width) - len(label) // 2
    return Tick(day, label, max(0, min(middle, width - len(label))))


def _apart(ticks: Sequence[Tick]) -> bool:
    return all(
        before.start + len(before.label) + GAP <= after.start for before, after in pairwise(ticks)
    )


def _named(day: date, span: timedelta) -> str:
    return f"{day.day} {day:%b}" if span < timedelta(days=300) else f"{day:%b} {day.year}"


def _ladders(first: date, last: date, width: int) -> Iterator[list[tuple[date, str]]]:
    """The candidate sets of labels, densest first; sets that cannot fit are skipped."""
    days = (last - first).days
    room = max(1, width // (GAP + 3))
    for step in (1, 2, 7, FORTNIGHT):
        if days // step <= room:
            found = (first + timedelta(days=n) for n in range(days + 1))
            # Ordinal 1 was a Monday, so steps of whole weeks land on Mondays.
            kept = (day for day in found if (day.toordinal() - 1) % step == 0)
            yield [(day, f"{day.day} {day:%b}") for day in kept]
    for step in MONTHS:
        if days // (30 * step) <= room:
            yield [
                (day, str(day.year) if day.month == 1 else f"{day:%b}")
                for day in _months(first, last)
                if (day.month - 1) % step == 0
            ]
    for step in YEARS:
        found = (date(year, 1, 1) for year in range(first.year, last.year + 1) if not year % step)
        yield [(day, str(day.year)) for day in found if first <= day <= last]


def _months(first: date, last: date) -> Iterator[date]:
    """The first days of months from ``first`` to ``last`` inclusive."""
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if first <= day <= last:
            yield day
