"""The values in an exercise's charts, against a slow count of the log."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.review.review_logs import (
    GONE,
    MARCH,
    ROPE,
    SPLIT,
    SQUAT,
    TODAY,
    lines,
    sessions,
)
from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator.advice import Estimate
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side
from tui.domain.review.annotations import Annotation
from tui.domain.review.e1rm_history import E1rm
from tui.domain.review.exercise_history import trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.sides import pairs
from tui.present.chart.values import Chart, Drawn, Event
from tui.present.exercise_charts import Period, charts, first_period

LIBRARY = shipped_library()
M = Measures
logs = st.lists(sessions(oldest=500), max_size=12)
names = st.sampled_from([SQUAT, SPLIT, ROPE, MARCH, GONE])
POUND = 0.45359237
BACK = {Period.QUARTER: 83, Period.YEAR: 364}
ORDER = (
    *("single", "load", "reps", "hold", "held", "lowering", "contacts", "distance", "timed"),
    *("lifted", "rir", "pain", "sides"),
)


def review(name: str, log: Sequence[Session], **more: Any) -> ExerciseReview:
    found = trained(log, name, LIBRARY.exercises.get(name), TODAY)
    return ExerciseReview(name=name, library=LIBRARY, found=found, today=TODAY, **more)


def done(name: str, *rows: tuple[Side, Measures], ago: int = 0, rir: int | None = None) -> Session:
    day = TODAY - timedelta(days=ago)
    numbers = {side: count() for side in Side}
    sets = tuple(
        SetEntry(
            id=str(n), edited="", number=next(numbers[side]) + 1, side=side, done=measures, rir=rir
        )
        for n, (side, measures) in enumerate(rows)
    )
    entry = Entry(id="e", edited="", exercise=name, sets=sets)
    started = datetime.fromisoformat(f"{day}T18:00+01:00")
    return Session(id=str(ago), edited="", started=started, entries=(entry,))


def chart(seen: ExerciseReview, measure: str, period: Period = Period.ALL) -> Chart:
    [found] = [one for one in charts(seen, period) if one.measure == measure]
    return found


def values(found: Chart) -> dict[Side, list[float]]:
    return {one.side: [point.value for point in one.points] for one in found.series}


# -- against a slow count --------------------------------------------------------------------------

Slow = dict[tuple[date, Side], float]


def most(rows: list[dict[str, Any]], of: Callable[[dict[str, Any]], Any]) -> Slow:
    """The maximum of each day and side that has any value."""
    found: Slow = {}
    for line in rows:
        key, value = (line["day"], line["side"]), of(line)
        if value is not None:
            found[key] = max(value, found.get(key, value))
    return found


def summed(rows: list[dict[str, Any]], of: Callable[[dict[str, Any]], float]) -> Slow:
    """The total of each day that has any, both sides together."""
    found: Slow = {}
    for line in rows:
        key = (line["day"], Side.BOTH)
        found[key] = found.get(key, 0) + of(line)
    return {key: value for key, value in found.items() if value}


def reps(rows: list[dict[str, Any]]) -> Slow:
    worked = [line for line in rows if line["done"].reps]
    heaviest = most(worked, lambda line: line["done"].load_kg or 0)
    on_top = [
        line
        for line in worked
        if (line["done"].load_kg or 0) == heaviest[line["day"], line["side"]]
    ]
    return most(on_top, lambda line: line["done"].reps)


def rir(rows: list[dict[str, Any]]) -> Slow:
    told = [line for line in rows if line["rir"] is not None]
    keys = {(line["day"], line["side"]) for line in told}
    return {
        key: sum(mine) / len(mine)
        for key in keys
        if (mine := [line["rir"] for line in told if (line["day"], line["side"]) == key])
    }


def slow(
    name: str, rows: list[dict[str, Any]], every: list[dict[str, Any]], pound: float
) -> dict[str, Slow]:
    feet = 2 if name == ROPE else 0
    found = {
        "load": most(
            rows,
            lambda line: (
                None
                if line["done"].load_kg is None or line["done"].reps == 0
                else line["done"].load_kg / pound
            ),
        ),
        "reps": reps(rows),
        "hold": most(rows, lambda line: line["done"].hold_s if line["done"].holds != 0 else None),
        "held": summed(
            rows,
            lambda line: (
                (line["done"].hold_s or 0)
                * (1 if line["done"].holds is None else line["done"].holds)
            ),
        ),
        "lowering": most(rows, lambda line: line["done"].tempo_s if line["done"].reps else None),
        "contacts": summed(
            rows,
            lambda line: (
                line["done"].contacts
                if line["done"].contacts is not None
                else (line["done"].reps or 0) * feet
            ),
        ),
        "distance": summed(rows, lambda line: line["done"].distance_m or 0),
        "lifted": summed(
            rows, lambda line: (line["done"].load_kg or 0) * (line["done"].reps or 0) / pound
        ),
        "rir": rir(rows),
        "pain": most(every, lambda line: line["pain"]),
    }
    felt = ("rir", "pain")
    return {
        measure: mine
        for measure, mine in found.items()
        if (mine if measure in felt else any(mine.values()))
    }


@given(logs, names, st.sampled_from(["kg", "lb"]), st.sampled_from(Period))
@examples(80)
def test_charts_agree_with_a_slow_count(
    log: list[Session], name: str, unit: str, period: Period
) -> None:
    mine = [line for line in lines(log) if line["exercise"] == name]
    first = min((line["day"] for line in mine), default=TODAY)
    if period is not Period.ALL:
        first = max(first, TODAY - timedelta(days=BACK[period]))
    those = {line["session"] for line in mine if line["day"] >= first}
    # A set that was left out may have hurt.
    every = [
        line
        for line in lines(log, work=False)
        if line["session"] in those and line["exercise"] == name and line["kind"] is SetKind.WORK
    ]
    mine = [line for line in mine if line["session"] in those]
    wanted = slow(name, mine, every, POUND if unit == "lb" else 1)
    found = charts(review(name, log, unit=unit), period)
    assert [one.measure for one in found if one.measure != "sides"] == list(wanted)
    assert [ORDER.index(one.measure) for one in found] == sorted(
        ORDER.index(one.measure) for one in found
    )
    for one in found:
        assert (one.first, one.last) == (first, TODAY)
        if one.measure == "sides":
            continue
        shown = {(p.day, each.side): p.value for each in one.series for p in each.points}
        # Pounds are shown to a tenth, or to a quarter if that is what was lifted.
        near = 0.12 if unit == "lb" else 1e-3
        assert shown == pytest.approx(wanted[one.measure], abs=near)
        for each in one.series:
            assert [p.day for p in each.points] == sorted({p.day for p in each.points})


@given(logs)
@examples(60)
def test_the_weaker_side_is_told_for_all_sessions_of_the_period(log: list[Session]) -> None:
    seen = review(MARCH, log)
    found = [one for one in charts(seen, Period.YEAR) if one.measure == "sides"]
    first = TODAY - timedelta(days=364)
    every = pairs(LIBRARY.exercises[MARCH], [one for one in seen.found if one.day >= first], ())
    wanted = {pair.day: (pair.percent, pair.weak or Side.BOTH) for pair in every}
    shown = {
        point.day: (point.value, each.side)
        for one in found
        for each in one.series
        for point in each.points
    }
    assert shown == wanted


# -- one by one ------------------------------------------------------------------------------------


def test_more_than_twelve_sessions_are_compared() -> None:
    sides = [(Side.LEFT, M(load_kg=16, distance_m=36)), (Side.RIGHT, M(load_kg=16, distance_m=40))]
    log = [done(MARCH, *sides, ago=n) for n in range(20)]
    found = chart(review(MARCH, log), "sides")
    assert list(values(found)) == [Side.LEFT]
    assert values(found)[Side.LEFT] == pytest.approx([90.0] * 20)
    assert found.usual == (85.0, 100.0)
    assert found.unit == "%"


def test_the_best_single_has_its_band_by_side_in_the_unit_of_the_runner() -> None:
    log = [done(SPLIT, (Side.LEFT, M(load_kg=20, reps=5)), ago=n) for n in (7, 0)]
    lifts = [
        E1rm(
            TODAY - timedelta(days=ago),
            side,
            math.log(one),
            0.05,
            Estimate(one_rm_kg=one, low_kg=one * math.exp(-0.1), high_kg=one * math.exp(0.1)),
        )
        for ago, side, one in [
            (7, Side.LEFT, 45.4),
            (7, Side.RIGHT, 50.0),
            (0, Side.LEFT, 46.0),
        ]
    ]
    found = chart(review(SPLIT, log, lifts=lifts, unit="lb"), "single")
    assert found.unit == "lb"
    assert values(found) == {Side.LEFT: [100.1, 101.4], Side.RIGHT: [110.2]}
    band = found.series[0].points[0]
    # Two standard deviations each way: 100 pounds by e^-0.1 and e^0.1.
    assert band.low == pytest.approx(90.5, abs=0.2)
    assert band.high == pytest.approx(110.5, abs=0.2)


def test_help_has_a_chart_of_its_own_and_the_reps_are_those_with_the_least() -> None:
    both = Side.BOTH
    log = [
        done(SQUAT, (both, M(reps=12, assist_kg=30)), (both, M(reps=8, assist_kg=20)), ago=3),
        done(SQUAT, (both, M(reps=9, assist_kg=20)), ago=0),
    ]
    seen = review(SQUAT, log)
    assert values(chart(seen, "help")) == {both: [20, 20]}
    assert values(chart(seen, "reps")) == {both: [8, 9]}
    assert chart(seen, "reps").title == "Back Squat: most reps with the least help"
    assert not [one for one in charts(seen, Period.ALL) if one.measure == "load"]


def test_a_step_up_in_load_is_no_step_down_in_reps_of_a_lighter_set() -> None:
    both = Side.BOTH
    log = [
        done(SQUAT, (both, M(load_kg=60, reps=8)), (both, M(load_kg=60, reps=7)), ago=7),
        done(SQUAT, (both, M(load_kg=60, reps=9)), (both, M(load_kg=65, reps=5))),
    ]
    found = chart(review(SQUAT, log), "reps")
    assert values(found) == {both: [8, 5]}
    assert found.title == "Back Squat: most reps with the heaviest load"
    bare = [done(SQUAT, (both, M(reps=12)), (both, M(reps=14)))]
    assert chart(review(SQUAT, bare), "reps").title == "Back Squat: most reps in a set"


def test_a_load_that_was_not_lifted_once_is_not_the_heaviest() -> None:
    log = [done(SQUAT, (Side.BOTH, M(load_kg=60, reps=5)), (Side.BOTH, M(load_kg=80, reps=0)))]
    assert values(chart(review(SQUAT, log), "load")) == {Side.BOTH: [60]}


def test_pain_is_also_that_of_a_set_left_out_for_it() -> None:
    found = done(SQUAT, (Side.BOTH, M(load_kg=60, reps=5)), (Side.BOTH, M(load_kg=60, reps=5)))
    [entry] = found.entries
    first, second = entry.sets
    sets = (replace(first, pain=2), replace(second, done=M(), pain=7, undone="pain"))
    log = [replace(found, entries=(replace(entry, sets=sets),))]
    assert values(chart(review(SQUAT, log), "pain")) == {Side.BOTH: [7]}


def test_holds_of_a_cluster_are_told_together() -> None:
    name = "wall-lean-hold"
    rows = [(side, M(holds=6, hold_s=10)) for side in (Side.LEFT, Side.RIGHT)]
    found = charts(review(name, [done(name, *rows)]), Period.ALL)
    assert [(one.measure, one.drawn, values(one)) for one in found] == [
        ("held", Drawn.BARS, {Side.BOTH: [120]})
    ]
    plank = [done("side-plank", (Side.LEFT, M(hold_s=40)), (Side.RIGHT, M(hold_s=35)))]
    held = charts(review("side-plank", plank), Period.ALL)
    assert [(one.measure, values(one)) for one in held] == [
        ("hold", {Side.LEFT: [40], Side.RIGHT: [35]}),
        ("held", {Side.BOTH: [75]}),
    ]


def test_timed_work_is_told() -> None:
    log = [done("leg-swing", (Side.LEFT, M(duration_s=30)), (Side.RIGHT, M(duration_s=30)))]
    assert values(chart(review("leg-swing", log), "timed")) == {Side.BOTH: [60]}


def test_no_rep_left_is_told_like_any_other_number() -> None:
    log = [done(SQUAT, (Side.BOTH, M(load_kg=60, reps=5)), rir=0)]
    assert values(chart(review(SQUAT, log), "rir")) == {Side.BOTH: [0]}


def test_nothing_done_is_no_chart() -> None:
    assert charts(review(SQUAT, []), Period.ALL) == []
    old = [done(SQUAT, (Side.BOTH, M(load_kg=60, reps=5)), ago=200)]
    assert charts(review(SQUAT, old), Period.QUARTER) == []
    assert charts(review(SQUAT, old), Period.YEAR)


def test_races_and_programmes_begun_are_events_where_they_lie_in_the_period() -> None:
    marks = [
        Annotation(kind="race", day=TODAY - timedelta(days=84), name="too long ago (A)"),
        Annotation(kind="programme", day=TODAY - timedelta(days=83), name="Lift and Spring"),
        Annotation(kind="step_down", day=TODAY - timedelta(days=30)),
        Annotation(kind="race", day=TODAY, name="Ridge (A)"),
        Annotation(kind="race", day=TODAY + timedelta(days=1), name="to come (B)"),
    ]
    squats = (Side.BOTH, M(load_kg=60, reps=5))
    log = [done(SQUAT, squats, ago=90), done(SQUAT, squats)]
    assert chart(review(SQUAT, log, marks=marks), "load", Period.QUARTER).events == (
        Event(TODAY - timedelta(days=83), "▸", "Lift and Spring begun"),
        Event(TODAY, "!", "race Ridge (A)"),
    )


# -- periods ---------------------------------------------------------------------------------------


def logged(*ago: int) -> ExerciseReview:
    return review(SQUAT, [done(SQUAT, (Side.BOTH, M(load_kg=60, reps=5)), ago=n) for n in ago])


def test_periods_count_back_over_the_turn_of_a_year() -> None:
    seen = logged(0, 5, 6, 83, 84, 364, 365, 900)
    counts = {period: len(chart(seen, "load", period).series[0].points) for period in Period}
    assert counts == {Period.QUARTER: 4, Period.YEAR: 6, Period.ALL: 8}
    assert chart(seen, "load", Period.QUARTER).first == date(2026, 10, 15)
    assert chart(seen, "load", Period.YEAR).first == date(2026, 1, 7)
    assert chart(seen, "load", Period.ALL).first == TODAY - timedelta(days=900)


@pytest.mark.parametrize(
    ("ago", "period"),
    [
        ((), Period.QUARTER),
        ((0, 7), Period.QUARTER),
        ((3, 10, 17, 24, 31, 83, 200, 600), Period.QUARTER),
        ((3, 10, 17, 24, 31, 84, 600), Period.YEAR),
        ((190, 200, 210, 220, 230, 240, 400), Period.YEAR),  # back from half a year's pause
        ((1, 200), Period.YEAR),
        ((1, 500), Period.ALL),
        ((800, 810), Period.ALL),
    ],
)
def test_the_first_period_is_the_shortest_with_a_course_in_it(
    ago: tuple[int, ...], period: Period
) -> None:
    assert first_period(logged(*ago)) is period
    assert charts(logged(*ago), period) or not ago
