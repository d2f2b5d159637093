"""Readiness: what counts as low, how a day is written and read, and its effect on the plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY, Case, cases
from tests.strategies import examples
from tui.domain.calculator import Advice, Setup, State, advance, fold, in_order, prescribe
from tui.domain.calculator.advice import Action, Calendar, Dated, Profile, Race
from tui.domain.calculator.bouts import Ease
from tui.domain.calculator.guards import guards
from tui.domain.calculator.log_fold import Happening
from tui.domain.calculator.reasons import why
from tui.domain.model.readiness import Ready, checked, of_day, read, readiness, words
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import (
    Entry,
    Exercise,
    Level,
    Measures,
    Prescription,
    Record,
    Session,
    SetEntry,
    Side,
    Sides,
)

DAY = date(2026, 3, 2)  # A Monday.
SQUAT, DEADLIFT = LIBRARY.exercises["back-squat"], LIBRARY.exercises["deadlift"]
LUNGE, JUMP = LIBRARY.exercises["lunge"], LIBRARY.exercises["squat-jump"]
WALK = LIBRARY.exercises["duck-walk"]
LOW = {"legs": 2, "sleep": 2, "light": True}
FEWER = examples(25)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def ready(day: date = DAY, **told: Any) -> Record:
    return readiness(Ready(**{"day": day, "legs": 4, "sleep": 4, **told}), "")


def session(exercise: Exercise, day: date = DAY, pain: int | None = None, **how: float) -> Session:
    sides = (Side.BOTH,) if exercise.sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    rows = tuple(
        SetEntry(
            id=f"{number}{side}",
            edited="",
            number=number,
            side=side,
            done=Measures(**how),  # type: ignore[arg-type]  # by name
            pain=pain,
        )
        for number in (1, 2, 3)
        for side in sides
    )
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=exercise.id, sets=rows)
    return Session(id=f"{day}{exercise.id}", edited="", started=started, entries=(entry,))


def set_up(level: Level = Level.INTERMEDIATE, calendar: Calendar | None = None) -> Setup:
    profile = Profile(levels=(Dated(DAY, level),))
    return Setup(library=LIBRARY, profile=profile, calendar=calendar or Calendar())


def heaviest(said: Advice) -> float:
    return max(g.measures.load_kg or 0 for one in said.plan.sets for g in one.goals)


def codes(log: list[Happening], today: date, exercise: Exercise = LUNGE) -> list[str]:
    setup = set_up()
    found = guards(setup, fold(setup, log), exercise, today)
    return [guard.reason.code for guard in found.fired]


# -- a day -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("legs", "sleep", "low"),
    [(1, 5, True), (5, 1, True), (2, 2, True), (3, 1, True), (2, 3, False), (3, 2, False),
     (5, 5, False)],
)  # fmt: skip
def test_a_low_day(legs: int, sleep: int, low: bool) -> None:
    assert Ready(day=DAY, legs=legs, sleep=sleep).low is low


def test_told_again_it_takes_the_place_of_the_first_and_reads_back() -> None:
    told = Ready(day=DAY, legs=2, sleep=3, pain=4, region="knee", light=True)
    record = readiness(told, "a")
    assert record.values == {"legs": 2, "sleep": 3, "pain": 4, "region": "knee", "light": True}
    assert read(record) == told
    assert ready().id == record.id != ready(DAY + days(1)).id
    assert "region" not in ready().values


@pytest.mark.parametrize(
    "change",
    [
        {"legs": 0},
        {"legs": 6},
        {"legs": True},
        {"legs": None},
        {"sleep": "3"},
        {"sleep": 2.5},
        {"pain": 11},
        {"pain": -1},
        {"pain": float("nan")},
        {"pain": 10**400},
        {"region": "elbow"},
        {"region": ["knee"]},
        {"region": ""},
        {"light": 1},
        {"light": "no"},
    ],
)
def test_what_makes_no_sense_is_refused_and_says_nothing_to_the_plan(
    change: dict[str, Any],
) -> None:
    record = ready(light=True)
    odd = replace(record, values={**record.values, **change})
    with pytest.raises(BadDocument, match=next(iter(change))):
        checked(DAY, odd.values)
    assert read(odd) is None
    assert fold(set_up(), [odd]) == State()


def test_other_records_are_no_readiness() -> None:
    assert read(replace(ready(), type="metric")) is None


def test_in_words() -> None:
    assert words(Ready(day=DAY, legs=2, sleep=3), "") == "legs 2, sleep 3, pain 0"
    low = Ready(day=DAY, legs=1, sleep=3, pain=4, region="ankle-calf", light=True)
    assert words(low, "calf") == "legs 1, sleep 3, pain 4 calf: a lighter session today"


# -- the lighter session ---------------------------------------------------------------------------


def test_a_lighter_day_lowers_that_day_and_no_other() -> None:
    log: list[Happening] = [session(LUNGE, reps=10), ready(DAY + days(3), **LOW)]
    assert codes(log, DAY + days(3)) == ["READY_LOW"]
    assert codes(log, DAY + days(3), WALK) == []
    assert codes(log, DAY + days(4)) == codes(log, DAY + days(2)) == []
    assert codes([log[0], ready(DAY + days(3), legs=1)], DAY + days(3)) == []


def test_what_it_takes_off() -> None:
    setup = set_up()
    log: list[Happening] = [session(JUMP, DAY + days(n), contacts=40) for n in (0, 3)]
    before = fold(setup, [*log, session(SQUAT, DAY + days(3), load_kg=60, reps=5)])
    told = advance(setup, before, ready(DAY + days(6), **LOW))
    found = guards(setup, told, SQUAT, DAY + days(6))
    [guard] = found.fired
    assert (guard.sets, guard.load, guard.spare, guard.contacts) == (0.5, 0.9, 2, 0.5)
    assert (guard.action, guard.reason.facts) == (Action.DELOAD, {"legs": 2, "sleep": 2})
    said = prescribe(setup, told, SQUAT, DAY + days(6))
    assert "counts in full" in why(said, LIBRARY)
    jumps = [prescribe(setup, state, JUMP, DAY + days(6)) for state in (before, told)]
    usual, lighter = (
        sum(g.measures.contacts or 0 for s in said.plan.sets for g in s.goals) for said in jumps
    )
    assert lighter == usual // 4 * 2 or lighter == usual // 2


def test_it_is_named_before_an_easier_week_and_the_smallest_shares_count_once() -> None:
    calendar = Calendar(step_down=frozenset({DAY}))
    setup = set_up(calendar=calendar)
    state = fold(setup, [ready(DAY, **LOW)])
    found = guards(setup, state, LUNGE, DAY)
    assert [g.reason.code for g in found.fired] == ["READY_LOW", "STEP_DOWN"]
    assert (found.sets, found.load, found.spare, found.contacts) == (0.5, 0.9, 2, 0.5)


def test_a_race_stands_above_it() -> None:
    setup = set_up(calendar=Calendar(races=(Race(day=DAY + days(2)),)))
    found = guards(setup, fold(setup, [ready(DAY, **LOW)]), LUNGE, DAY)
    assert [g.reason.code for g in found.fired] == ["RACE_WEEK", "READY_LOW"]
    assert found.stops


def test_the_session_after_a_lighter_one_goes_on_from_before_it() -> None:
    setup = set_up()
    log: list[Happening] = [session(SQUAT, DAY + days(3 * n), load_kg=60, reps=8) for n in range(3)]
    low = DAY + days(9)
    before = fold(setup, log)
    said = prescribe(setup, advance(setup, before, ready(low, **LOW)), SQUAT, low)
    usual = prescribe(setup, before, SQUAT, low)
    goals = [goal.measures for one in said.plan.sets for goal in one.goals]
    assert max(goal.load_kg or 0 for goal in goals) < heaviest(usual)
    assert len(goals) < len(usual.plan.sets)
    done = session(SQUAT, low, load_kg=1, reps=1)
    rows = tuple(
        replace(row, done=goal, prescribed=goal)
        for row, goal in zip(done.entries[0].sets, goals, strict=False)
    )
    done = replace(done, entries=(replace(done.entries[0], sets=rows),))
    after = fold(setup, [*log, ready(low, **LOW), done])
    assert after.histories[SQUAT.id].last.ease is Ease.PLANNED
    assert after.strain.since is None
    again = prescribe(setup, after, SQUAT, low + days(3))
    assert heaviest(again) >= heaviest(usual)


# -- what hurts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pain", "wanted"),
    [(0, []), (2, []), (3, ["PAIN_HOLD"]), (4, ["PAIN_LESS"]), (5, ["PAIN_LESS"]),
     (6, ["PAIN_STOP"]), (9, ["PAIN_STOP"])],
)  # fmt: skip
def test_pain_told_before_the_session_has_the_bands_of_that_in_it(
    pain: int, wanted: list[str]
) -> None:
    log: list[Happening] = [session(LUNGE, reps=10), ready(DAY + days(3), pain=pain, region="knee")]
    assert codes(log, DAY + days(3)) == wanted
    # An exercise that loads other regions too rests with this one, but is not reduced.
    legs = wanted if wanted == ["PAIN_STOP"] else []
    assert codes(log, DAY + days(3), LIBRARY.exercises["calf-raise"]) == legs
    assert codes(log, DAY + days(3), LIBRARY.exercises["push-up"]) == []
    assert codes([ready(DAY, pain=pain)], DAY) == []


def test_it_is_told_of_as_todays() -> None:
    setup = set_up()
    state = fold(setup, [session(LUNGE, reps=10), ready(DAY + days(3), pain=4, region="knee")])
    assert "hurt 4 of ten today" in why(prescribe(setup, state, LUNGE, DAY + days(3)), LIBRARY)
    assert "4 of ten last time" in why(prescribe(setup, state, LUNGE, DAY + days(4)), LIBRARY)


def test_less_pain_than_last_time_ends_the_rest_and_takes_nothing_else_back() -> None:
    hurt: list[Happening] = [
        session(LUNGE, pain=6, reps=10),
        ready(DAY + days(2), pain=3, region="knee"),
    ]
    assert codes(hurt, DAY + days(1)) == ["PAIN_STOP"]
    assert codes(hurt, DAY + days(2)) == ["PAIN_LESS"]
    assert codes(hurt, DAY + days(3)) == ["PAIN_LESS"]
    woke = Record(
        id="m", edited="", type="morning", day=DAY + days(2), values={"region": "knee", "pain": 4}
    )
    mild: list[Happening] = [
        session(LUNGE, reps=10),
        woke,
        ready(DAY + days(2), pain=3, region="knee"),
    ]
    assert codes(mild, DAY + days(2)) == ["PAIN_MORNING", "PAIN_HOLD"]


def test_after_the_session_its_own_word_counts_and_silence_leaves_it() -> None:
    told = ready(DAY, pain=5, region="knee")
    silent, calm = session(LUNGE, reps=10), session(LUNGE, pain=1, reps=10)
    assert codes([told, silent], DAY + days(3)) == ["PAIN_LESS"]
    # Two easy sessions first; this was one.
    assert codes([told, calm], DAY + days(3)) == ["PAIN_RETURN"]
    assert codes([told], DAY + days(3)) == ["PAIN_LESS"]


def test_days_that_hurt_are_counted_once() -> None:
    log: list[Happening] = []
    for n in (0, 3, 6):
        log += [ready(DAY + days(n), pain=4, region="knee"), session(LUNGE, DAY + days(n), reps=10)]
    setup = set_up()
    found = guards(setup, fold(setup, log), LUNGE, DAY + days(8))
    [often] = [g.reason for g in found.fired if g.reason.code == "PAIN_OFTEN"]
    assert often.facts["times"] == 3


# -- low twice -------------------------------------------------------------------------------------


def weeks(count: int, lows: dict[int, bool], first: date = DAY) -> list[Happening]:
    """So many weeks of squats on Mondays and Thursdays; readiness on the sessions ``lows`` names,
    True for a low one that was done as planned."""
    log: list[Happening] = []
    for n in range(2 * count):
        day = first + days(7 * (n // 2) + 3 * (n % 2))
        log.append(session(SQUAT, day, load_kg=60, reps=8))
        if n in lows:
            log.append(ready(day, legs=1 if lows[n] else 5))
    return log


@pytest.mark.parametrize(
    ("level", "count", "lows", "cause"),
    [
        (Level.BEGINNER, 1, {0: True, 1: True}, "DELOAD_READY"),
        (Level.BEGINNER, 1, {1: True}, ""),
        (Level.INTERMEDIATE, 1, {0: True, 1: True}, ""),
        (Level.INTERMEDIATE, 4, {5: True, 6: True}, "DELOAD_READY"),
        (Level.INTERMEDIATE, 4, {5: True, 6: False, 7: True}, "DELOAD_READY"),
        (Level.INTERMEDIATE, 4, {4: True, 5: False, 6: False, 7: True}, ""),
        (Level.ADVANCED, 5, {8: True, 9: True}, "DELOAD_READY"),
        (Level.ADVANCED, 9, {4: True, 17: True}, ""),
    ],
)
def test_two_low_days_of_the_last_three_told_ask_for_an_easier_week(
    level: Level, count: int, lows: dict[int, bool], cause: str
) -> None:
    setup = set_up(level)
    state = fold(setup, weeks(count, lows))
    assert state.strain.cause == cause
    if cause:
        assert state.strain.since is not None
        found = guards(setup, state, SQUAT, state.strain.since + days(3))
        assert [g.reason.code for g in found.fired] == ["DELOAD_READY"]


def test_the_same_low_days_ask_for_one_easier_week_only() -> None:
    setup = set_up(Level.BEGINNER)
    log = [*weeks(1, {0: True, 1: True}), *weeks(2, {}, DAY + days(14))]
    assert fold(setup, log).strain.since == DAY + days(3)


# -- what holds of any log -------------------------------------------------------------------------

told_of_day: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "legs": st.integers(1, 5),
        "sleep": st.integers(1, 5),
        "pain": st.integers(0, 9),
        "region": st.sampled_from(["", "knee", "hip", "ankle-calf", "back"]),
        "light": st.booleans(),
    }
)
SIZE = ("load_kg", "tempo_s", "hold_s", "reps", "holds", "contacts", "distance_m", "duration_s")


def size(plan: Prescription) -> tuple[float, ...]:
    goals = [goal.measures for one in plan.sets for goal in one.goals]
    return max((tuple(getattr(m, name) or 0.0 for name in SIZE) for m in goals), default=())


@FEWER
@given(cases(), told_of_day)
def test_readiness_never_raises_and_a_lighter_one_is_for_its_day(
    case: Case, told: dict[str, Any]
) -> None:
    before = case.state()
    state = advance(case.setup, before, ready(case.today, **told))
    usual, said = case.advice(before), case.advice(state)
    if told["region"] in before.aches:
        return  # The latest report of a region counts: this one may ease what an earlier one asked.
    if usual.variant == said.variant:
        assert len(said.plan.sets) <= len(usual.plan.sets)
        assert size(said.plan) <= size(usual.plan)
    if not usual.plan.sets:
        assert not said.plan.sets or said.variant != case.exercise.id
    if told["pain"] < 3 or not told["region"]:
        later = replace(case, today=case.today + days(1))
        assert later.advice(state) == later.advice(before)


@FEWER
@given(cases(least=1), st.lists(st.tuples(st.integers(0, 8), told_of_day), max_size=5))
def test_folding_in_any_way_is_the_same_and_deleting_restores(
    case: Case, told: list[tuple[int, dict[str, Any]]]
) -> None:
    by_day = {case.log[n % len(case.log)].day: how for n, how in told}
    records = [ready(day, **how) for day, how in by_day.items()]
    log = in_order([*case.log, *records])
    state = State()
    for happening in log:
        kept = msgspec.json.decode(msgspec.json.encode(state), type=State)
        assert kept == state
        state = advance(case.setup, kept, happening)
    assert state == fold(case.setup, [*records, *case.log[::-1]])
    gone = [replace(record, deleted=True) for record in records]
    assert fold(case.setup, [*case.log, *gone]) == fold(case.setup, case.log)
    assert [one.day for one in state.ready] == sorted(by_day)[-3:]
    assert all(of_day(state.ready, one.day) == one for one in state.ready)
