"""The overview's comparisons: lifted with prescribed, and left with right."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.review.review_logs import GONE, SPLIT, SQUAT, TODAY, lines, logs, sessions
from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, fold
from tui.domain.model.dates import monday
from tui.domain.model.values import Entry, Kind, Measures, Session, SetEntry, SetKind, Side, Sides
from tui.domain.review.context import ReviewContext
from tui.domain.review.e1rm_history import e1rm_history
from tui.domain.review.exercise_history import trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.plan_compliance import Compliance
from tui.domain.review.weeks import Overview, overview
from tui.present.overview import overview_doc

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
M = Measures
ASKED = M(load_kg=60, reps=5)
PLANK, BRIDGE = "side-plank", "single-leg-glute-bridge"


def look(log: list[Session], state: State | None = None) -> Overview:
    known = State() if state is None else state
    return overview(ReviewContext(sessions=log, records=(), setup=SETUP, state=known, today=TODAY))


def row(done: Measures, number: int = 1, side: Side = Side.BOTH, **how: Any) -> SetEntry:
    return SetEntry(id=f"{number}{side}", edited="", number=number, side=side, done=done, **how)


def session(exercise: str, *rows: SetEntry, day: date = TODAY) -> Session:
    started = datetime.fromisoformat(f"{day}T18:00+01:00")
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    return Session(id=f"{day}{exercise}", edited="", started=started, entries=(entry,))


# -- done and asked --------------------------------------------------------------------------------


@given(logs)
@examples(80)
def test_done_and_asked_agree_with_a_slow_count(log: list[Session]) -> None:
    days = [TODAY - timedelta(days=n) for n in range(28)]
    asked: dict[str, float] = defaultdict(float)
    done: dict[str, float] = defaultdict(float)
    for line in lines(log, work=False):
        plan = line["prescribed"] or M()
        wanted = (plan.load_kg or 0) * (plan.reps or 0)
        if line["day"] in days and line["kind"] is SetKind.WORK and wanted:
            known = LIBRARY.exercises.get(line["exercise"])
            name = known.category if known else "other"
            asked[name] += wanted
            made = line["done"]
            done[name] += 0 if line["undone"] else (made.load_kg or 0) * (made.reps or 0)
    found = look(log).against
    assert [one.name for one in found] == sorted(asked)
    for one in found:
        assert (one.asked, one.done) == pytest.approx((asked[one.name], done[one.name]))


def compliance(
    *rows: SetEntry, exercise: str = SQUAT, day: date = TODAY
) -> list[tuple[float, float]]:
    found = look([session(exercise, *rows, day=day)]).against
    return [(one.done, one.asked) for one in found]


def test_what_was_done_as_planned_is_as_much_as_asked() -> None:
    assert compliance(row(ASKED, prescribed=ASKED), row(ASKED, 2, prescribed=ASKED)) == [(600, 600)]


def test_what_was_left_out_or_made_lighter_is_less() -> None:
    rows = [
        row(ASKED, prescribed=ASKED),
        row(M(load_kg=50, reps=4), 2, prescribed=ASKED),
        row(M(), 3, prescribed=ASKED, undone="time"),
    ]
    assert compliance(*rows) == [(500, 900)]
    assert compliance(*rows[2:]) == [(0, 300)]
    # Measures logged on a set that was left out were not done.
    assert compliance(row(ASKED, prescribed=ASKED, undone="other")) == [(0, 300)]


def test_more_of_what_was_asked_is_more() -> None:
    assert compliance(row(M(load_kg=70, reps=6), prescribed=ASKED)) == [(420, 300)]


def test_what_nobody_asked_for_does_not_make_up_for_what_was_left_out() -> None:
    extra = row(M(load_kg=100, reps=10), 2)
    assert compliance(extra) == []
    assert compliance(row(M(), prescribed=ASKED, undone="pain"), extra) == [(0, 300)]
    # A load left to the runner, and bodyweight: no kilograms were prescribed.
    assert compliance(row(ASKED, prescribed=M(reps=5))) == []
    assert compliance(row(ASKED, prescribed=M(load_kg=0, reps=5))) == []
    assert compliance(row(ASKED, prescribed=M(load_kg=60, distance_m=20))) == []


def test_warm_ups_and_what_is_deleted_are_in_neither() -> None:
    rows = [
        row(ASKED, prescribed=ASKED, kind=SetKind.WARMUP),
        row(ASKED, 2, prescribed=ASKED, deleted=True),
    ]
    assert compliance(*rows) == []
    gone = session(SQUAT, row(ASKED, prescribed=ASKED)).tombstone("")
    assert look([gone]).against == ()


def test_it_goes_28_days_back_from_today() -> None:
    one = row(ASKED, prescribed=ASKED)
    for days, counted in ((-1, 0), (0, 1), (27, 1), (28, 0)):
        assert len(compliance(one, day=TODAY - timedelta(days=days))) == counted


def test_each_side_is_lifted_and_asked_for() -> None:
    plan = M(load_kg=20, reps=8)
    rows = [
        row(plan, side=Side.LEFT, prescribed=plan),
        row(M(load_kg=20, reps=6), side=Side.RIGHT, prescribed=plan),
    ]
    assert compliance(*rows, exercise=SPLIT) == [(280, 320)]


def test_categories_stand_by_name() -> None:
    one = row(ASKED, prescribed=ASKED)
    log = [session(SQUAT, one), session(GONE, one), session("single-leg-deadlift", one)]
    found = look(log)
    names = [LIBRARY.exercises[name].category for name in (SQUAT, "single-leg-deadlift")]
    assert found.against == tuple(Compliance(name, 300, 300) for name in sorted([*names, "other"]))
    assert overview_doc(found)["against"][0] == {
        "category": min([*names, "other"]),
        "done_kg": 300,
        "asked_kg": 300,
    }


# -- left and right --------------------------------------------------------------------------------


def held(exercise: str, left: int, right: int, day: date) -> Session:
    """A set on each side: this many seconds or, for a lift, reps with two left."""
    kind = LIBRARY.exercises[exercise].kind
    how: dict[str, Any] = {"rir": 2} if kind is Kind.LOADED else {}
    rows = [
        row(M(hold_s=n) if kind is Kind.HOLD else M(reps=n, load_kg=20), side=side, **how)
        for side, n in ((Side.LEFT, left), (Side.RIGHT, right))
    ]
    return session(exercise, *rows, day=day)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


one_held = st.builds(
    held,
    st.sampled_from([PLANK, BRIDGE, SPLIT]),
    st.integers(0, 12),
    st.integers(0, 12),
    st.integers(-3, 60).map(ago) | st.integers(0, 360).map(ago),
)


@given(st.lists(sessions(), max_size=4), st.lists(one_held, max_size=30))
@examples(80)
def test_sides_are_what_the_look_at_each_exercise_says(
    messy: list[Session], sided: list[Session]
) -> None:
    log = [*messy, *sided]
    state = fold(SETUP, [one for one in log if one.day <= TODAY])
    expected = {}
    for name, exercise in LIBRARY.exercises.items():
        one = ExerciseReview(
            name=name,
            library=LIBRARY,
            found=trained(log, name, exercise, TODAY),
            today=TODAY,
            lifts=e1rm_history(state, exercise),
        )
        since = monday(TODAY) - timedelta(weeks=11)
        if one.pairs and one.pairs[-1].day >= since and one.found[-1].day >= since:
            expected[name] = tuple(one.pairs)
    seen = look(log, state)
    assert {one.exercise: one.pairs for one in seen.sides} == expected
    latest = [one.pairs[-1].percent for one in seen.sides]
    assert latest == sorted(latest)
    json.dumps(overview_doc(seen))


def test_sides_are_told_from_two_sessions_on() -> None:
    log = [held(PLANK, 18, 20, ago(3))]
    assert look(log).sides == ()
    log = [held(PLANK, 16, 20, ago(10)), *log]
    [one] = look(log).sides
    assert one.exercise == PLANK
    assert [(pair.day, pair.percent, pair.weak) for pair in one.pairs] == [
        (ago(10), 80, Side.LEFT),
        (ago(3), 90, Side.LEFT),
    ]
    assert overview_doc(look(log))["sides"] == [
        {
            "exercise": PLANK,
            "pairs": [
                {"date": "2026-12-27", "percent": 80, "weak": "left"},
                {"date": "2027-01-03", "percent": 90, "weak": "left"},
            ],
        }
    ]


def test_the_largest_of_the_latest_differences_comes_first() -> None:
    log = [
        held(PLANK, 10, 20, ago(9)),
        held(PLANK, 19, 20, ago(2)),
        held(BRIDGE, 10, 10, ago(9)),
        held(BRIDGE, 10, 8, ago(2)),
    ]
    assert [one.exercise for one in look(log).sides] == [BRIDGE, PLANK]


def test_no_more_than_eight_are_told_of() -> None:
    several = [
        name
        for name, exercise in LIBRARY.exercises.items()
        if exercise.sides is not Sides.BOTH and exercise.kind is Kind.BODYWEIGHT
    ][:10]
    assert len(several) == 10
    log = [held(name, 10 + n, 20, ago(day)) for n, name in enumerate(several) for day in (2, 9)]
    assert [one.exercise for one in look(log).sides] == several[:8]


def test_the_last_twelve_sessions_of_the_year_are_compared() -> None:
    log = [held(PLANK, 18, 20, ago(3 * n)) for n in range(15)]
    [one] = look(log).sides
    assert [pair.day for pair in one.pairs] == [ago(3 * n) for n in reversed(range(12))]
    # Nor do those that are deleted, or still to come, take the place of one.
    none = [one.tombstone("") for one in log[:3]] + [held(PLANK, 10, 20, ago(-1))]
    assert look([*log, *none]).sides == (one,)
    older = [held(PLANK, 18, 20, ago(n)) for n in (380, 370)]
    assert look([*older, *log[:1]]).sides == ()


def test_what_was_not_compared_in_these_weeks_is_not_told_of() -> None:
    first = ago(2 + 7 * 11)
    log = [held(PLANK, 18, 20, first - timedelta(days=n)) for n in (1, 8)]
    assert look(log).sides == ()
    assert len(look([*log, held(PLANK, 18, 20, first)]).sides) == 1
    # Done on one side alone there is nothing to compare.
    left = session(PLANK, row(M(hold_s=30), side=Side.LEFT), day=first)
    assert look([*log, left]).sides == ()
    assert look([*log, held(PLANK, 18, 20, ago(-1))]).sides == ()


def test_a_heavy_lift_is_compared_by_its_estimates() -> None:
    log = [
        session(
            SPLIT,
            *(row(M(load_kg=20, reps=8), n, Side.LEFT, rir=2) for n in (1, 2, 3)),
            *(row(M(load_kg=20, reps=11), n, Side.RIGHT, rir=2) for n in (1, 2, 3)),
            day=ago(day),
        )
        for day in (10, 3)
    ]
    state = fold(SETUP, log)
    [one] = look(log, state).sides
    assert (one.exercise, [pair.day for pair in one.pairs]) == (SPLIT, [ago(10), ago(3)])
    assert {pair.weak for pair in one.pairs} == {Side.LEFT}
    left, right = (n.z for n in e1rm_history(state, LIBRARY.exercises[SPLIT])[-2:])
    assert one.pairs[-1].percent == pytest.approx(100 * math.exp(left - right))


def test_a_heavy_lift_is_compared_over_its_last_twelve_sessions() -> None:
    log = [held(SPLIT, 8, 10, ago(4 * n)) for n in reversed(range(14))]
    [one] = look(log, fold(SETUP, log)).sides
    assert [pair.day for pair in one.pairs] == [ago(4 * n) for n in reversed(range(12))]


def test_a_heavy_lift_is_compared_within_the_year_alone() -> None:
    first = date(2026, 1, 4)  # The Sunday before the year of the overview begins.
    days = [first - timedelta(days=7), first, first + timedelta(days=1), ago(9), ago(2)]
    log = [held(SPLIT, 8, 10, day) for day in days]
    [one] = look(log, fold(SETUP, log)).sides
    assert [pair.day for pair in one.pairs] == days[2:]


def test_what_the_library_has_no_more_has_no_sides() -> None:
    sided = replace(held(PLANK, 18, 20, ago(2)), id="x")
    log = [
        replace(one, entries=tuple(replace(entry, exercise=GONE) for entry in one.entries))
        for one in (sided, held(PLANK, 18, 20, ago(9)))
    ]
    assert look(log).sides == ()
