"""The charts of one exercise: e1RM, load, reps, holds, amounts, reps left, pain and sides, by day.

A level (such as a day's heaviest load) is shown for each side, an amount (a day's total) for both
together; several sessions on a day all count. The charts show what was done and how it felt, never
a forecast (source project).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.units import from_kg
from tui.domain.model.values import Kind, SetEntry, Side
from tui.domain.review.e1rm_history import E1rm
from tui.domain.review.exercise_history import Trained, heaviest_kg, least_help_kg, most_pain
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.sides import USUAL_HIGH, pairs
from tui.present.chart.values import Chart, Drawn, Event, Point, Series
from tui.present.review_words import mark_words

# The least sessions that show a trend.
ENOUGH = 6
SIGNS = {"race": "!", "programme": "▸", "block": "▹"}
USUAL = (100.0 - USUAL_HIGH, 100.0)

Level = Callable[[Sequence[SetEntry]], float | None]
Amount = Callable[[Trained], float]
Days = Mapping[date, Sequence[Trained]]


class Period(StrEnum):
    """How far back a chart reaches."""

    QUARTER = "12 weeks"
    YEAR = "a year"
    ALL = "all"


DAYS = {Period.QUARTER: 84, Period.YEAR: 365}


class _Plan(Struct, frozen=True, kw_only=True):
    """A chart to make: its names and its values."""

    measure: str
    short: str
    unit: str
    series: tuple[Series, ...]
    title: str = ""
    drawn: Drawn = Drawn.POINTS
    usual: tuple[float, float] | None = None
    # Zero is a value like any other here: no reps left, no pain.
    zero: bool = False

    @property
    def shown(self) -> bool:
        """True if there is something to show."""
        return any(self.zero or point.value > 0 for one in self.series for point in one.points)


def first_period(seen: ExerciseReview) -> Period:
    """The shortest period with six sessions in it, or with all if there are fewer: a runner who
    comes back after a break sees what was before it."""
    wanted = min(ENOUGH, len(seen.found))
    return next(period for period in Period if len(_found(seen, period)) >= wanted)


def charts(seen: ExerciseReview, period: Period) -> list[Chart]:
    """The charts with data in a period up to today, always in the same order: best single, other
    levels and amounts, how it felt, left against right. Loads are in the runner's unit. Races and
    new programmes or blocks are marked as events."""
    first = _first(seen, period)
    found = _found(seen, period)
    lifts = [one for one in seen.lifts if one.day >= first]
    days: dict[date, list[Trained]] = {}
    for one in found:
        days.setdefault(one.day, []).append(one)
    plans = [_single(lifts, seen.unit), *_done(seen, days), *_felt(days)]
    plans.append(_sides(seen, found, lifts))
    name = exercise_name(seen.library, seen.name)
    return [
        Chart(
            measure=plan.measure,
            title=f"{name}: {plan.title or plan.short}",
            short=plan.short,
            unit=plan.unit,
            drawn=plan.drawn,
            series=plan.series,
            first=first,
            last=seen.today,
            events=tuple(_events(seen, first)),
            usual=plan.usual,
        )
        for plan in plans
        if plan.shown
    ]


def _first(seen: ExerciseReview, period: Period) -> date:
    """The first day of a period, not before the first session."""
    begun = seen.found[0].day if seen.found else seen.today
    if period is Period.ALL:
        return begun
    return max(begun, seen.today - timedelta(days=DAYS[period] - 1))


def _found(seen: ExerciseReview, period: Period) -> list[Trained]:
    first = _first(seen, period)
    return [one for one in seen.found if one.day >= first]


def _events(seen: ExerciseReview, first: date) -> Iterator[Event]:
    for mark in seen.marks:
        if mark.kind in SIGNS and first <= mark.day <= seen.today:
            yield Event(mark.day, SIGNS[mark.kind], mark_words(mark))


# -- what was done ---------------------------------------------------------------------------------


def _single(lifts: Sequence[E1rm], unit: str) -> _Plan:
    """The estimated one-rep maxima with their bands."""
    sides: dict[Side, list[Point]] = {}
    for one in lifts:
        made = one.estimate
        kilograms = (made.one_rm_kg, made.low_kg, made.high_kg)
        value, low, high = (from_kg(value, unit) for value in kilograms)
        sides.setdefault(one.side, []).append(Point(one.day, value, low, high))
    title = "best single, as the log tells it"
    return _Plan(
        measure="single", short="best single", title=title, unit=unit, series=_by_side(sides)
    )


def _done(seen: ExerciseReview, days: Days) -> Iterator[_Plan]:
    unit = seen.unit

    def heaviest(rows: Sequence[SetEntry]) -> float | None:
        load = heaviest_kg(rows)
        return None if load is None else from_kg(load, unit)

    def least_help(rows: Sequence[SetEntry]) -> float | None:
        help_kg = least_help_kg(rows)
        return None if help_kg is None else from_kg(help_kg, unit)

    def level(measure: str, short: str, unit: str, of: Level, title: str = "") -> _Plan:
        return _Plan(measure=measure, short=short, title=title, unit=unit, series=_levels(days, of))

    def amount(measure: str, short: str, unit: str, of: Amount) -> _Plan:
        points = ((day, sum(map(of, mine))) for day, mine in days.items())
        series = Series(Side.BOTH, tuple(Point(day, value) for day, value in points if value))
        return _Plan(measure=measure, short=short, unit=unit, series=(series,), drawn=Drawn.BARS)

    rows = [row for mine in days.values() for one in mine for row in one.rows]
    most = "most reps in a set"
    if heaviest_kg(rows):
        most = "most reps with the heaviest load"
    elif least_help_kg(rows):
        most = "most reps with the least help"
    yield level("load", "heaviest load", unit, heaviest)
    yield level("help", "least help", unit, least_help)
    yield level("reps", "most reps", "reps", _reps, most)
    # A cluster's holds have a fixed length; what grows is their total time.
    if seen.exercise is None or seen.exercise.kind is not Kind.CLUSTER:
        yield level("hold", "longest hold", "s", _hold)
    yield amount("held", "held in all", "s", lambda one: one.sums.hold_s)
    yield level("lowering", "slowest lowering", "s", _lowering)
    yield amount("contacts", "foot contacts", "contacts", lambda one: one.sums.contacts)
    yield amount("distance", "carried in all", "m", lambda one: one.sums.distance_m)
    yield amount("timed", "timed in all", "s", _timed)
    yield amount("lifted", "lifted in all", unit, lambda one: from_kg(one.sums.tonnage_kg, unit))


def _reps(rows: Sequence[SetEntry]) -> float | None:
    """The most reps among the sets with the heaviest load or else the least help, or None."""
    done = [(row.done.net_kg or 0.0, row.done.reps) for row in rows if row.done.reps]
    return max(done)[1] if done else None


def _hold(rows: Sequence[SetEntry]) -> float | None:
    held = (row.done.hold_s for row in rows if row.done.hold_s and row.done.holds != 0)
    return max(held, default=None)


def _lowering(rows: Sequence[SetEntry]) -> float | None:
    slow = (row.done.tempo_s for row in rows if row.done.tempo_s and row.done.reps)
    return max(slow, default=None)


def _timed(one: Trained) -> float:
    return sum(row.done.duration_s or 0.0 for row in one.rows)


# -- how it felt, and the sides --------------------------------------------------------------------


def _felt(days: Days) -> Iterator[_Plan]:
    yield _Plan(
        measure="rir",
        short="reps left",
        title="reps left, on average",
        unit="reps",
        series=_levels(days, _rir),
        zero=True,
    )
    yield _Plan(
        measure="pain",
        short="pain",
        title="the most pain, of 10",
        unit="of 10",
        series=_levels(days, most_pain, left_out=True),
        zero=True,
    )


def _rir(rows: Sequence[SetEntry]) -> float | None:
    told = [row.rir for row in rows if row.rir is not None]
    return sum(told) / len(told) if told else None


def _sides(seen: ExerciseReview, found: Sequence[Trained], lifts: Sequence[E1rm]) -> _Plan:
    """The weaker side in per cent of the stronger, in the series of the weaker side."""
    every = [] if seen.exercise is None else pairs(seen.exercise, found, lifts)
    sides: dict[Side, list[Point]] = {}
    # Of two sessions on a day, the last one counts.
    for pair in {pair.day: pair for pair in every}.values():
        sides.setdefault(pair.weak or Side.BOTH, []).append(Point(pair.day, pair.percent))
    return _Plan(
        measure="sides",
        short="weaker side",
        title="the weaker side, of the stronger",
        unit="%",
        series=_by_side(sides),
        usual=USUAL,
    )


def _levels(days: Days, level: Level, *, left_out: bool = False) -> tuple[Series, ...]:
    """The level for each day and side that has one; with ``left_out``, sets left out count too."""
    sides: dict[Side, list[Point]] = {}
    for day, mine in days.items():
        by_side: dict[Side, list[SetEntry]] = {}
        for one in mine:
            for row in (*one.rows, *(one.left_out if left_out else ())):
                by_side.setdefault(row.side, []).append(row)
        for side, rows in by_side.items():
            value = level(rows)
            if value is not None:
                sides.setdefault(side, []).append(Point(day, value))
    return _by_side(sides)


def _by_side(sides: Mapping[Side, Iterable[Point]]) -> tuple[Series, ...]:
    return tuple(Series(side, tuple(sides[side])) for side in Side if side in sides)
