"""Which session is next, and how the calculator's advice goes into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, fold
from tui.domain.calculator.advice import Calendar, Dated, Lean, Profile, Race, Terrain
from tui.domain.calculator.loads import Inventory
from tui.domain.model.library.parser import Library
from tui.domain.model.values import (
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
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.planning.today import Plan, item, plan, session_work, slot_work

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
        role="single-leg",
        muscles=("quads",),
        sides=sides,
        doses=dict.fromkeys(Level, dose) | {Level.BEGINNER: replace(dose, sets=2)},
        cues=("stand tall",),
        why="",
        jump_feet=2 if kind is Kind.PLYOMETRIC else None,
        leg_load=2,
        regions=("knee",),
        sources=("project",),
    )


SQUAT = exercise("squat", Kind.LOADED, reps=8)
LUNGE = exercise("lunge", Kind.BODYWEIGHT, Sides.PER_SIDE, reps=12)
HOLDS = exercise("holds", Kind.CLUSTER, Sides.ALTERNATING, holds=8, hold_s=5)
JUMP = exercise("jump", Kind.PLYOMETRIC, contacts=20)
LEAP = exercise("leap", Kind.PLYOMETRIC, contacts=10)
LIBRARY = Library(exercises={e.id: e for e in (SQUAT, LUNGE, HOLDS, JUMP, LEAP)})


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
    """A session this many days after the first Monday."""
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


def planned(
    chosen: Programme,
    done: list[Session],
    day: int,
    *,
    level: Level = Level.INTERMEDIATE,
    schedule: str | None = None,
    calendar: Calendar | None = None,
) -> Plan:
    """The plan this many days after the first Monday, given the sessions up to then."""
    today = MONDAY + timedelta(days=day)
    known = replace(LIBRARY, programmes={chosen.id: chosen})
    profile = Profile(levels=(Dated(MONDAY, level),), schedule=schedule)
    setup = Setup(library=known, profile=profile, calendar=calendar or Calendar())
    state = fold(setup, [session for session in done if session.day <= today])
    return plan(setup, state, chosen, today)


def setup_of(chosen: Programme, library: Library = LIBRARY, **profile: Any) -> Setup:
    known = replace(library, programmes={chosen.id: chosen})
    return Setup(library=known, profile=Profile(**profile))


def turn(chosen: Programme, done: list[Session], day: int, schedule: str | None = None) -> str:
    return planned(chosen, done, day, schedule=schedule).part.id


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


def weekly(part: str, weeks: int) -> list[Session]:
    """A session of a part on each Monday."""
    return [session(7 * n, part) for n in range(weeks)]


@pytest.mark.parametrize(
    ("weeks", "day", "week", "parts"),
    [
        (1, 0, 1, ("lift",)),
        (1, 6, 1, ("lift",)),
        (1, 7, 2, ("lift",)),
        (3, 27, 4, ("lift",)),
        (4, 27, 4, ("lift",)),
        (4, 28, 5, ("lift", "plyo")),
        (71, 500, 72, ("lift", "plyo")),
        # Weeks without a session do not count.
        (1, 14, 2, ("lift",)),
        (3, 31, 4, ("lift",)),
        (3, 32, 3, ("lift",)),
        (4, 60, 3, ("lift",)),
    ],
)
def test_the_phase_follows_from_the_weeks_trained(
    weeks: int, day: int, week: int, parts: tuple[str, ...]
) -> None:
    found = planned(LIFT_THEN_JUMP, weekly("lift", weeks), day)
    assert (found.week, found.phase.parts) == (week, parts)


def test_weeks_begin_on_monday_whenever_the_first_session_was() -> None:
    sunday = [session(6, "lift")]
    for day, week in ((6, 1), (7, 2), (13, 2), (14, 2)):
        assert planned(LIFT_THEN_JUMP, sunday, day).week == week


def test_before_the_first_session_it_is_week_one() -> None:
    found = planned(LIFT_THEN_JUMP, [], 0)
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
    assert turn(chosen, weekly("grow", week - 1), 7 * (week - 1)) == name


# -- exercises -------------------------------------------------------------------------------------


def names(chosen: Programme, done: list[Session]) -> list[str]:
    found = planned(chosen, done, 30)
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


# -- the calculator's answers ----------------------------------------------------------------------


def load(kg: float, **how: Any) -> SetEntry:
    return row(done={"load_kg": kg}, **how)


def test_the_plan_takes_up_what_the_log_left_wherever_it_was_done() -> None:
    light = slot("lunge", dose={"sets": 1})
    chosen = programme(always("A"), parts=(part("A", slot("squat"), light),))
    log = [
        session(0, "A", load(60)),
        replace(session(1, None, load(62.5)), programme=None),
        session(40, "A", load(100)),
    ]
    squat, lunge = planned(chosen, log, 2).items
    # A range of a single number: reached once, it is repeated once more.
    assert {g.measures for s in squat.plan.sets for g in s.goals} == {M(reps=8, load_kg=62.5)}
    assert [goal.measures for s in lunge.plan.sets for goal in s.goals] == [M(reps=12)] * 2


def test_every_item_has_its_advice_and_a_warm_up_none() -> None:
    warm = slot("lunge", kind=SetKind.WARMUP)
    chosen = programme(always("A"), parts=(part("A", warm, slot("squat"), slot("holds")),))
    found = planned(chosen, [], 0)
    assert [(i.id, i.exercise) for i in found.items] == [
        ("1", "lunge"),
        ("2", "squat"),
        ("3", "holds"),
    ]
    assert {name: said.exercise for name, said in found.advice.items()} == {
        "2": "squat",
        "3": "holds",
    }
    assert [said.exercise for said in found.advised] == ["squat", "holds"]
    for made in found.items[1:]:
        assert made.plan == made.now == found.advice[made.id].plan


def test_the_jumps_of_a_session_share_its_budget() -> None:
    both = programme(always("A"), parts=(part("A", slot("jump"), slot("leap")),))
    alone = programme(always("A"), parts=(part("A", slot("jump")),))

    def contacts(chosen: Programme) -> list[int]:
        found = planned(chosen, [], 0, level=Level.BEGINNER).items
        return [
            sum(g.measures.contacts or 0 for s in made.plan.sets for g in s.goals) for made in found
        ]

    assert contacts(alone) == [80]
    # As many sets of 20 contacts as of 10: two thirds and one third, to whole landings; but a first
    # time has half of the floor at most.
    assert contacts(both) == [40, 28]


def test_what_is_to_rest_is_told_and_is_no_item() -> None:
    chosen = programme(always("A"), parts=(part("A", slot("squat"), slot("lunge")),))
    race = Calendar(races=(Race(day=MONDAY + timedelta(days=3)),))
    found = planned(chosen, [], 0, calendar=race)
    assert (found.items, found.advice) == ((), {})
    assert [said.exercise for said in found.resting] == ["squat", "lunge"]
    assert {said.reasons[0].code for said in found.resting} == {"RACE_WEEK"}
    assert found.advised == list(found.resting)


def test_a_phase_called_deload_is_an_easier_week() -> None:
    chosen = programme(
        Phase(first_week=1, last_week=1, parts=("A",)),
        Phase(first_week=2, last_week=2, parts=("A",), name="deload"),
        repeats=True,
    )
    log = [session(0, "A", *(load(60, number=n) for n in (1, 2, 3)))]
    easy, usual = planned(chosen, log, 7), planned(chosen, log, 2)
    assert [len(found.items[0].plan.sets) for found in (usual, easy)] == [3, 2]
    assert [reason.code for reason in easy.advice["1"].reasons][:1] == ["DELOAD_PLANNED"]
    heavy, light = (found.items[0].plan.sets[0].goals[0].measures for found in (usual, easy))
    assert (heavy.load_kg, light.load_kg) == (60, 52.5)


def test_the_order_in_which_a_log_is_read_is_no_matter() -> None:
    chosen = programme(always("A"), parts=(part("A", slot("squat"), slot("lunge")),))
    log = [session(0, "A", load(60)), session(2, "A", load(62.5))]
    assert planned(chosen, log, 4) == planned(chosen, log[::-1], 4)


@pytest.mark.parametrize(
    ("part_id", "name", "sets"),
    [("A", "squat", 5), ("A", "lunge", None), ("gone", "squat", None), ("A", "jump", None)],
)
def test_the_dose_of_a_slot_is_that_of_its_part(part_id: str, name: str, sets: int | None) -> None:
    warm = slot("jump", kind=SetKind.WARMUP, dose={"sets": 1})
    chosen = programme(
        always("A", "B"),
        parts=(
            part("A", slot("squat", dose={"sets": 5}), warm),
            part("B", slot("lunge", dose={"sets": 4})),
        ),
    )
    found = slot_work(setup_of(chosen), State(), chosen, part_id, LIBRARY.exercises[name], MONDAY)
    assert (None if found is None else found.dose.sets) == sets


@pytest.mark.parametrize(
    ("lean", "name", "sets"),
    [
        (Lean.EVEN, "squat", 4),
        (Lean.RUN, "squat", 3),
        (Lean.RUN, "lunge", 2),
        # It is not its turn: then the dose is the slot's.
        (Lean.RUN, "holds", 5),
    ],
)
def test_the_dose_of_a_slot_is_that_of_the_session(lean: Lean, name: str, sets: int) -> None:
    slots = (
        slot("squat", dose={"sets": 4}),
        slot("lunge", dose={"sets": 2}),
        slot("lunge", "holds", dose={"sets": 5}),
    )
    chosen = programme(always("A"), parts=(part("A", *slots),))
    setup = setup_of(chosen, lean=lean)
    found = slot_work(setup, State(), chosen, "A", LIBRARY.exercises[name], MONDAY)
    assert found is not None and found.dose.sets == sets


# -- the session that is due -----------------------------------------------------------------------


def due_on(name: str, day: int, **more: Any) -> Placed:
    wanted = Wanted(part=name, name=name)
    return Placed(wanted=wanted, day=MONDAY + timedelta(days=day), **more)


@pytest.mark.parametrize("name", ["A", "B"])
def test_the_part_that_is_due_is_the_one_that_is_shown(name: str) -> None:
    chosen = programme(always("A", "B"))
    setup = setup_of(chosen)
    state = fold(setup, [session(0, "A")])
    due = due_on(name, 3, start=time(13))
    found = plan(setup, state, chosen, MONDAY + timedelta(days=2), due)
    assert (found.part.id, found.due) == (name, due)
    # Without one it is the part whose turn it is.
    found = plan(setup, state, chosen, MONDAY + timedelta(days=2))
    assert (found.part.id, found.due) == ("B", None)


def test_week_and_phase_are_those_of_the_day_on_which_it_is_done() -> None:
    setup = setup_of(LIFT_THEN_JUMP)
    state = fold(setup, weekly("lift", 3))
    friday = MONDAY + timedelta(days=25)
    for day in (27, 29):
        found = plan(setup, state, LIFT_THEN_JUMP, friday, due_on("lift", day))
        assert (found.week, found.phase.parts) == (4, ("lift",))


EASY = replace(exercise("easy", Kind.BODYWEIGHT, reps=10), leg_load=1, harder="hard")
HARD = replace(exercise("hard", Kind.BODYWEIGHT, reps=10), leg_load=1, easier="easy")
IN_A_GYM = replace(HARD, equipment=("cable-machine",))


def ready_for_more(
    made: Part, harder: Exercise, inventory: Inventory | None = None, **profile: Any
) -> Plan:
    """The plan of a part with EASY in it for a runner who is ready for the ``harder`` exercise."""
    chosen = programme(always("A"), parts=(made,))
    library = Library(exercises={e.id: e for e in (EASY, harder)})
    setup = setup_of(chosen, library, **profile)
    setup = replace(setup, inventory=inventory or Inventory())
    clean = [row(n, done={"reps": 25}) for n in (1, 2)]
    log = [session(day, "A", *clean, exercise="easy") for day in (0, 2, 4, 6)]
    return plan(setup, fold(setup, log), chosen, MONDAY + timedelta(days=8), due_on("A", 8))


def test_a_snack_stays_with_the_equipment_of_its_own_exercises() -> None:
    short = replace(part("A", slot("easy", dose={"sets": 2})), minutes=8)
    long = replace(short, minutes=30)

    def variants(made: Part, harder: Exercise, **more: Any) -> list[str]:
        return [one.exercise for one in ready_for_more(made, harder, **more).items]

    assert variants(long, IN_A_GYM) == ["hard"]
    assert variants(short, IN_A_GYM) == ["easy"]
    # A variant that needs no more equipment is fine.
    assert variants(short, HARD) == ["hard"]
    # The snack does not add equipment that is not at hand.
    bare = Inventory(equipment=frozenset())
    assert variants(long, IN_A_GYM, inventory=bare) == ["easy"]


@pytest.mark.parametrize(
    ("asked", "sets"), [({"sets": 1}, 1), ({"sets": 2}, 2), ({"sets": 5}, 3), ({}, 3)]
)
def test_a_variant_has_at_most_the_sets_of_its_slot(asked: Mapping[str, Any], sets: int) -> None:
    [made] = ready_for_more(part("A", slot("easy", dose=asked)), HARD).items
    # Three are its own.
    assert (made.exercise, len(made.plan.sets)) == ("hard", sets)


def test_a_cycle_tells_what_it_took() -> None:
    chosen = programme(always("A"), parts=(part("A", slot("squat"), slot("lunge")),))
    found = plan(setup_of(chosen, lean=Lean.RUN), State(), chosen, MONDAY)
    assert [len(made.plan.sets) for made in found.items] == [2, 2]
    for said in found.advice.values():
        assert said.reasons[-1].code == "LEAN_RUN"


# -- reasons are true ------------------------------------------------------------------------------


def counted(codes: Sequence[str]) -> int:
    """Whether an exercise has more sets (1) or fewer (-1), according to its reasons."""
    change = {"TERRAIN_MORE": 1, "LEAN_LIFT": 1, "TERRAIN_LESS": -1, "LEAN_RUN": -1}
    return sum(change.get(code, 0) for code in codes)


SHIPPED = shipped_library()


@pytest.mark.parametrize(
    "profile",
    [
        Profile(lean=Lean.RUN),
        Profile(lean=Lean.LIFT),
        Profile(terrain=Terrain.STEEP),
        Profile(terrain=Terrain.FLAT),
    ],
    ids=["run", "lift", "steep", "flat"],
)
@pytest.mark.parametrize("name", SHIPPED.programmes)
def test_course_and_cycle_say_no_more_than_they_change(name: str, profile: Profile) -> None:
    chosen = SHIPPED.programmes[name]
    made = plan(Setup(library=SHIPPED, profile=profile), State(), chosen, MONDAY)
    plain = session_work(Setup(library=SHIPPED), State(), chosen, made.part, MONDAY)
    usual = {one.exercise.id: one.dose.sets for one in plain if one.slot.kind is SetKind.WORK}
    for number, said in made.advice.items():
        by = counted([reason.code for reason in said.reasons])
        if by and said.variant in usual:
            [one] = [each for each in made.items if each.id == number]
            sets = len({s.number for s in one.plan.sets if s.kind is SetKind.WORK})
            more = sets - usual[said.variant]
            assert more * by > 0, (said.variant, more, by)


def test_what_shapes_a_session_is_told_with_its_source() -> None:
    chosen = programme(always("A"), parts=(part("A", slot("squat")),))
    found = plan(setup_of(chosen, lean=Lean.RUN), State(), chosen, MONDAY)
    assert "clarke-runrun" in found.advice["1"].sources
