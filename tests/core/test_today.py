from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from tui.core.library import Library
from tui.core.model import (
    Dose,
    Entry,
    Exercise,
    Kind,
    Level,
    Measures,
    Part,
    Phase,
    Programme,
    Schedule,
    Session,
    SetEntry,
    SetKind,
    Side,
    Sides,
    Slot,
)
from tui.core.today import item, last_load, plan

M = Measures
ZONE = timezone(timedelta(hours=1))
MONDAY = date(2026, 11, 2)


def exercise(name: str, kind: Kind, sides: Sides = Sides.BOTH, **how: float) -> Exercise:
    """An exercise of 3 sets; a beginner does 2."""
    dose = Dose(sets=3, measures=M(**how), rest_s=90, target_rir=2)  # type: ignore[arg-type]  # by name
    return Exercise(
        id=name,
        name=name,
        kind=kind,
        category="lunge",
        muscles=("quads",),
        sides=sides,
        doses=dict.fromkeys(Level, dose) | {Level.BEGINNER: replace(dose, sets=2)},
        cues=("stand tall",),
        why="",
        jump_feet=2 if kind is Kind.PLYOMETRIC else None,
        leg_load=2,
        region="knee",
        sources=("project",),
    )


SQUAT = exercise("squat", Kind.LOADED, reps=8)
LUNGE = exercise("lunge", Kind.BODYWEIGHT, Sides.PER_SIDE, reps=12)
HOLDS = exercise("holds", Kind.CLUSTER, Sides.ALTERNATING, holds=8, hold_s=5)
JUMP = exercise("jump", Kind.PLYOMETRIC, contacts=20)
MARCH = exercise("march", Kind.CARRY, Sides.PER_SIDE, distance_m=40)
LIBRARY = Library(exercises={e.id: e for e in (SQUAT, LUNGE, HOLDS, JUMP, MARCH)})


def slot(*names: str, pick: int = 1, **more: Any) -> Slot:
    return Slot(exercises=names, pick=pick, **more)


def part(name: str, *slots: Slot) -> Part:
    return Part(id=name, name=name, slots=slots or (slot("squat"),))


def programme(*phases: Phase, repeats: bool = False, parts: tuple[Part, ...] = ()) -> Programme:
    named = sorted({name for phase in phases for name in phase.parts})
    return Programme(
        id="P",
        name="P",
        about="",
        parts=parts or tuple(map(part, named)),
        schedules=(
            Schedule(id="usual", name="usual", phases=phases, repeats=repeats),
            Schedule(
                id="other",
                name="other",
                phases=(Phase(first_week=1, last_week=None, parts=phases[-1].parts[::-1]),),
            ),
        ),
        sources=("project",),
    )


def always(*parts: str) -> Phase:
    return Phase(first_week=1, last_week=None, parts=parts)


def row(number: int = 1, **how: Any) -> SetEntry:
    done = M(**{"reps": 8, **how.pop("done", {})})
    return SetEntry(id=f"s{number}", edited="", number=number, side=Side.BOTH, done=done, **how)


def session(day: int, name: str | None = None, *rows: SetEntry, exercise: str = "squat") -> Session:
    """A session so many days after the Monday on which all begins."""
    started = datetime.combine(MONDAY + timedelta(days=day), time(18), ZONE)
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows or (row(),))
    return Session(
        id=f"{day}{name}",
        edited="",
        started=started,
        programme="P",
        part=name,
        entries=(entry,),
    )


def turn(chosen: Programme, done: list[Session], day: int, schedule: str | None = None) -> str:
    today = MONDAY + timedelta(days=day)
    return plan(LIBRARY, chosen, Level.INTERMEDIATE, done, today, schedule).part.id


# -- whose turn it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "done", "then"),
    [
        ("A", "", "A"),
        ("A", "A", "A"),
        ("AB", "", "A"),
        ("AB", "A", "B"),
        ("AB", "AB", "A"),
        ("AB", "B", "A"),
        ("AB", "AA", "B"),
        ("AAB", "A", "A"),
        ("AAB", "AA", "B"),
        ("AAB", "AABA", "A"),
        ("ABA", "AB", "A"),
        ("ABA", "ABA", "A"),
        ("ABA", "ABAA", "B"),
        ("ABAC", "ABA", "C"),
        ("ABAC", "AB", "A"),
        ("AB", "X", "A"),
        ("AB", "AX", "B"),
    ],
)
def test_the_parts_are_done_in_turn(order: str, done: str, then: str) -> None:
    chosen = programme(always(*order))
    log = [session(n, name) for n, name in enumerate(done)]
    assert turn(chosen, log, 20) == then
    assert turn(chosen, log[::-1], 20) == then


def test_a_missed_day_moves_nothing_on() -> None:
    chosen = programme(always("A", "B"))
    for day in (1, 2, 10, 300):
        assert turn(chosen, [session(0, "A")], day) == "B"


@pytest.mark.parametrize(
    "other",
    [
        replace(session(1, "A"), deleted=True),
        replace(session(1, "A"), programme="Q"),
        replace(session(1, "A"), programme=None),
        session(9, "A"),
        session(1, "A", row(undone="time")),
        session(1, "A", replace(row(), deleted=True)),
        replace(session(1, "A"), entries=(), note="flu"),
    ],
)
def test_what_is_no_session_of_this_programme_does_not_count(other: Session) -> None:
    assert turn(programme(always("A", "B")), [other], 5) == "A"


def test_the_schedule_can_be_chosen() -> None:
    chosen = programme(always("A", "B"))
    assert turn(chosen, [], 0, "other") == "B"
    assert turn(chosen, [], 0, "gone") == turn(chosen, [], 0, None) == "A"


# -- weeks and phases ------------------------------------------------------------------------------

LIFT_THEN_JUMP = programme(
    Phase(first_week=1, last_week=4, parts=("lift",)),
    Phase(first_week=5, last_week=None, parts=("lift", "plyo")),
)


@pytest.mark.parametrize(
    ("day", "week", "parts"),
    [
        (0, 1, ("lift",)),
        (6, 1, ("lift",)),
        (7, 2, ("lift",)),
        (27, 4, ("lift",)),
        (28, 5, ("lift", "plyo")),
        (500, 72, ("lift", "plyo")),
    ],
)
def test_the_phase_follows_from_the_weeks_since_the_first_session(
    day: int, week: int, parts: tuple[str, ...]
) -> None:
    today = MONDAY + timedelta(days=day)
    found = plan(LIBRARY, LIFT_THEN_JUMP, Level.BEGINNER, [session(0, "lift")], today)
    assert (found.week, found.phase.parts) == (week, parts)


def test_weeks_begin_on_monday_whenever_the_first_session_was() -> None:
    sunday = [session(6, "lift")]
    for day, week in ((6, 1), (7, 2), (13, 2), (14, 3)):
        today = MONDAY + timedelta(days=day)
        assert plan(LIBRARY, LIFT_THEN_JUMP, Level.BEGINNER, sunday, today).week == week


def test_before_the_first_session_it_is_week_one() -> None:
    found = plan(LIBRARY, LIFT_THEN_JUMP, Level.BEGINNER, [], MONDAY)
    assert (found.week, found.part.id, found.programme.id) == (1, "lift", "P")


BLOCKS = (
    Phase(first_week=1, last_week=4, parts=("grow",)),
    Phase(first_week=5, last_week=5, parts=("easy",)),
)


@pytest.mark.parametrize(
    ("week", "repeats", "name"),
    [
        (4, True, "grow"),
        (5, True, "easy"),
        (6, True, "grow"),
        (10, True, "easy"),
        (11, True, "grow"),
        (5, False, "easy"),
        (6, False, "easy"),
        (60, False, "easy"),
    ],
)
def test_phases_go_round_where_they_repeat_and_else_the_last_one_stays(
    week: int, repeats: bool, name: str
) -> None:
    chosen = programme(*BLOCKS, repeats=repeats)
    assert turn(chosen, [session(0, "grow")], 7 * (week - 1)) == name


# -- exercises -------------------------------------------------------------------------------------


def names(chosen: Programme, done: list[Session]) -> list[str]:
    found = plan(LIBRARY, chosen, Level.INTERMEDIATE, done, MONDAY + timedelta(days=30))
    assert [i.id for i in found.items] == [str(n + 1) for n in range(len(found.items))]
    return [i.exercise for i in found.items]


def test_a_slot_goes_round_its_exercises_from_session_to_session() -> None:
    one = part("A", slot("squat"), slot("lunge", "holds", "jump", pick=2))
    chosen = programme(always("A", "B"), parts=(one, part("B")))
    log: list[Session] = []
    seen = []
    for day in range(0, 8, 2):
        seen.append(names(chosen, log)[1:])
        # The other part in between does not turn the slot.
        log += [session(day, "A"), session(day + 1, "B")]
    assert seen == [["lunge", "holds"], ["jump", "lunge"], ["holds", "jump"], ["lunge", "holds"]]


def test_a_slot_that_picks_all_keeps_their_order() -> None:
    chosen = programme(always("A"), parts=(part("A", slot("jump", "squat", "lunge", pick=3)),))
    for log in ([], [session(0, "A")]):
        assert names(chosen, log) == ["jump", "squat", "lunge"]


@pytest.mark.parametrize(
    ("level", "dose", "sets", "reps", "rest_s", "rir"),
    [
        (Level.INTERMEDIATE, {}, 3, 8, 90, 2),
        (Level.BEGINNER, {}, 2, 8, 90, 2),
        (Level.BEGINNER, {"reps": 5}, 2, 5, 90, 2),
        (Level.INTERMEDIATE, {"sets": 5, "rest_s": 180}, 5, 8, 180, 2),
        (Level.ADVANCED, {"reps": 5, "target_rir": 1}, 3, 5, 90, 1),
        (Level.ADVANCED, {"advanced": {"sets": 4, "reps": 3}}, 4, 3, 90, 2),
        (Level.BEGINNER, {"advanced": {"sets": 4, "reps": 3}}, 2, 8, 90, 2),
    ],
)
def test_a_slot_may_say_another_dose_flat_or_by_level(
    level: Level, dose: Mapping[str, Any], sets: int, reps: int, rest_s: int, rir: int
) -> None:
    made = item(SQUAT, level, slot=slot("squat", dose=dose)).plan
    assert [s.number for s in made.sets] == list(range(1, sets + 1))
    assert {goal.measures for s in made.sets for goal in s.goals} == {M(reps=reps)}
    assert (made.rest_s, made.target_rir) == (rest_s, rir)


def test_a_one_sided_exercise_has_a_goal_for_each_side() -> None:
    sides = {
        e.id: [goal.side for goal in item(e, Level.ADVANCED).plan.sets[0].goals]
        for e in (SQUAT, LUNGE, HOLDS)
    }
    assert sides == {
        "squat": [Side.BOTH],
        "lunge": [Side.LEFT, Side.RIGHT],
        "holds": [Side.LEFT, Side.RIGHT],
    }


def test_jumps_given_in_reps_are_planned_in_contacts_too() -> None:
    rope = exercise("rope", Kind.PLYOMETRIC, reps=10)
    assert item(rope, Level.ADVANCED).plan.sets[0].goals[0].measures == M(reps=10, contacts=20)
    made = item(JUMP, Level.ADVANCED)
    assert made.plan.sets[0].goals[0].measures == M(contacts=20)
    assert made.feet == 2


def test_a_warm_up_slot_plans_warm_ups() -> None:
    made = item(JUMP, Level.ADVANCED, slot=slot("jump", kind=SetKind.WARMUP))
    assert {s.kind for s in made.plan.sets} == {SetKind.WARMUP}
    assert made.now == made.plan


# -- loads -----------------------------------------------------------------------------------------


def load(kg: float, **how: Any) -> SetEntry:
    return row(done={"load_kg": kg}, **how)


def test_the_load_is_that_of_the_last_work_set() -> None:
    log = [
        session(4, "A", load(70), load(65, number=2)),
        session(0, "A", load(80)),
        session(5, "A", load(20, kind=SetKind.WARMUP)),
        session(6, "A", row(undone="pain")),
        session(7, "A", load(99), exercise="lunge"),
        replace(session(8, "A", load(90)), deleted=True),
        session(9, "A", replace(load(95), deleted=True)),
    ]
    assert last_load(log, SQUAT) == 65
    assert last_load([], SQUAT) is None
    assert last_load(log, exercise("lunge", Kind.BODYWEIGHT, reps=8)) is None
    assert last_load([session(0, "A", load(16), exercise="march")], MARCH) == 16


def test_an_exercise_done_twice_in_a_session_gives_the_later_load() -> None:
    first = session(0, "A", load(60))
    twice = replace(first, entries=(*first.entries, *session(0, "A", load(50)).entries))
    assert last_load([twice], SQUAT) == 50


def test_the_plan_takes_the_load_up_where_the_log_left_it() -> None:
    light = slot("lunge", dose={"sets": 1})
    chosen = programme(always("A"), parts=(part("A", slot("squat"), light),))
    log = [
        session(0, "A", load(60)),
        replace(session(1, None, load(62.5)), programme=None),
        session(40, "A", load(100)),
    ]
    squat, lunge = plan(LIBRARY, chosen, Level.ADVANCED, log, MONDAY + timedelta(days=2)).items
    assert {g.measures for s in squat.plan.sets for g in s.goals} == {M(reps=8, load_kg=62.5)}
    assert [goal.measures for s in lunge.plan.sets for goal in s.goals] == [M(reps=12)] * 2


def test_a_load_in_the_dose_comes_before_that_of_the_log() -> None:
    fixed = exercise("fixed", Kind.LOADED, reps=5, load_kg=20)
    assert item(fixed, Level.ADVANCED, 60).plan.sets[0].goals[0].measures.load_kg == 20
