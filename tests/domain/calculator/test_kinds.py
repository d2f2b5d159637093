"""Every session of every programme, from an empty log, after a year, and without a gym."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY, Deed, rows
from tui.app.demo_log import year_of_training
from tui.domain.calculator import Setup, State, advance, fold
from tui.domain.calculator.advice import Action, Dated, Profile
from tui.domain.calculator.jumps import BANDS, BOX, BOX_CONTACTS
from tui.domain.calculator.loads import Inventory
from tui.domain.calculator.state import Followed
from tui.domain.model.library.parser import HOUSEHOLD, dose_for
from tui.domain.model.phases import filled
from tui.domain.model.values import (
    Entry,
    Kind,
    Level,
    Part,
    Phase,
    Programme,
    Schedule,
    Session,
    SetKind,
)
from tui.domain.planning.today import Plan, plan
from tui.present.advice import advice_doc, total_contacts

TODAY = date(2026, 11, 20)
PROGRAMMES = list(LIBRARY.programmes.values())
NO_GYM = Inventory(equipment=frozenset())
GYM = Inventory()
EVERY = [
    pytest.param(
        programme, schedule, part, level, id=f"{programme.id}-{schedule.id}-{part}-{level}"
    )
    for programme in PROGRAMMES
    for schedule in programme.schedules
    for part in dict.fromkeys(
        name for phase in schedule.phases for name in filled(LIBRARY, programme, phase).parts
    )
    for level in Level
]
JUMPING = [
    pytest.param(programme, part, level, id=f"{part.id}-{level}")
    for programme in PROGRAMMES
    for part in programme.parts
    for level in Level
    if any(
        LIBRARY.exercises[name].kind is Kind.PLYOMETRIC
        for slot in part.slots
        for name in slot.exercises
        if slot.kind is SetKind.WORK
    )
]


def set_up(level: Level, inventory: Inventory, schedule: str | None = None) -> Setup:
    profile = Profile(levels=(Dated(date(2020, 1, 1), level),), schedule=schedule)
    return Setup(library=LIBRARY, profile=profile, inventory=inventory)


def phase_with(schedule: Schedule, part: str) -> Phase:
    return next(phase for phase in schedule.phases if part in phase.parts)


def at(setup: Setup, state: State, programme: Programme, part: str, today: date) -> Plan:
    """The session of a part in whatever week: the programme is in a phase that has it, and it is
    that part's turn."""
    schedule = next(
        s
        for s in programme.schedules
        if s.id == (setup.profile.schedule or programme.schedules[0].id)
    )
    phase = phase_with(schedule, part)
    monday = today - timedelta(days=today.weekday())
    before: list[str] = []
    for name in phase.parts:
        if name == part:
            break
        before.append(name)
    known = state.followed.get(programme.id)
    first = phase.first_week
    come = Followed(
        first=monday - timedelta(weeks=first - 1),
        trained=((monday - timedelta(weeks=1), first - 1),) if first > 1 else (),
        parts=tuple(before),
        turns=known.turns if known is not None else {},
    )
    state = replace(state, followed={**state.followed, programme.id: come})
    state = replace(state, strength_count=max(state.strength_count, phase.sessions))
    found = plan(setup, state, programme, today)
    assert (found.part.id, found.phase) == (part, phase)
    return found


@cache
def a_year() -> tuple[Session, ...]:
    return tuple(year_of_training(LIBRARY, TODAY, UTC))


@cache
def after_a_year(level: Level, bare: bool) -> State:
    return fold(set_up(level, NO_GYM if bare else GYM), a_year())


def sound(setup: Setup, found: Plan) -> None:
    """Every exercise of a session has a dose that can be done and advice that can be shown."""
    work = [item for item in found.items if item.id in found.advice]
    slots = [slot for slot in found.part.slots if slot.kind is SetKind.WORK]
    assert len(work) + len(found.resting) == sum(
        min(slot.pick, len(slot.exercises)) for slot in slots
    )
    assert len({item.exercise for item in work}) == len(work)
    for item in work:
        said = found.advice[item.id]
        exercise = LIBRARY.exercises[said.variant]
        assert setup.inventory.can_do(exercise)
        assert item.plan.sets
        for one in item.plan.sets:
            for goal in one.goals:
                assert goal.measures
                loads = setup.inventory.loads(exercise)
                if loads is not None and goal.measures.load_kg is not None:
                    assert loads.down(goal.measures.load_kg) == goal.measures.load_kg
    for said in found.advised:
        assert advice_doc(said, LIBRARY, TODAY)["why"]


@pytest.mark.parametrize(("programme", "schedule", "part", "level"), EVERY)
def test_every_session_can_be_planned_from_an_empty_log(
    programme: Programme, schedule: Schedule, part: str, level: Level
) -> None:
    setup = set_up(level, GYM, schedule.id)
    found = at(setup, State(), programme, part, TODAY)
    sound(setup, found)
    codes = {reason.code for said in found.resting for reason in said.reasons}
    assert codes <= {"HIGH_PLYO_GATE", "JUMPS_DONE"}
    assert found.items
    for said in found.advice.values():
        assert said.action in (Action.START, Action.SUBSTITUTE, Action.HOLD, Action.DELOAD)


@pytest.mark.parametrize(("programme", "schedule", "part", "level"), EVERY)
def test_every_session_can_be_planned_after_a_year(
    programme: Programme, schedule: Schedule, part: str, level: Level
) -> None:
    setup = set_up(level, GYM, schedule.id)
    found = at(setup, after_a_year(level, bare=False), programme, part, TODAY)
    sound(setup, found)
    assert found.items


@pytest.mark.parametrize("bare_log", [True, False], ids=["empty", "year"])
@pytest.mark.parametrize(("programme", "schedule", "part", "level"), EVERY)
def test_every_session_can_be_planned_without_a_gym(
    programme: Programme, schedule: Schedule, part: str, level: Level, *, bare_log: bool
) -> None:
    setup = set_up(level, NO_GYM, schedule.id)
    state = State() if bare_log else after_a_year(level, bare=True)
    found = at(setup, state, programme, part, TODAY)
    sound(setup, found)
    assert found.items
    for said in found.advised:
        asked, done = LIBRARY.exercises[said.exercise], LIBRARY.exercises[said.variant]
        if said.plan.sets:
            assert set(done.equipment) <= HOUSEHOLD
        if not setup.inventory.can_do(asked) and said.plan.sets:
            codes = [reason.code for reason in said.reasons]
            assert "NO_EQUIPMENT" in codes
            assert done.role == asked.role or "OTHER_ROLE" in codes


# -- jumps -----------------------------------------------------------------------------------------


def contacts(found: Plan) -> dict[str, int]:
    """The foot contacts of a session by exercise."""
    return {
        said.variant: total_contacts(said.plan)
        for said in found.advice.values()
        if LIBRARY.exercises[said.variant].kind is Kind.PLYOMETRIC
    }


def part_of_band(part: Part, level: Level) -> tuple[int, int]:
    """The band, or the part of it that a few jumps beside lifting ask for."""
    floor, top = BANDS[level]
    doses = [
        (LIBRARY.exercises[name], dose_for(LIBRARY.exercises[name], level, slot))
        for slot in part.slots
        if slot.kind is SetKind.WORK
        for name in slot.exercises[: slot.pick]
    ]
    few = sum(dose.sets * (dose.measures.contacts or 0) for one, dose in doses if one.jump_feet)
    return (few, top * few // floor) if 2 * few < floor else (floor, top)


def in_band(found: Plan, level: Level, *, new: bool = False) -> None:
    """Within the band of the level; of jumps that are new, or wait, each has its equal share of the
    floor at most, and the session may be smaller."""
    made = contacts(found)
    floor, top = part_of_band(found.part, level)
    waiting = sum(LIBRARY.exercises[one.exercise].kind is Kind.PLYOMETRIC for one in found.resting)
    asked = len(made) + waiting
    assert sum(made.values()) <= top, made
    assert made.get(BOX, 0) <= BOX_CONTACTS
    if new:
        assert all(0.7 * floor / asked - 2 <= n <= floor / asked for n in made.values()), made
    else:
        assert sum(made.values()) >= floor, made


@pytest.mark.parametrize("inventory", [GYM, NO_GYM], ids=["gym", "home"])
@pytest.mark.parametrize(("programme", "part", "level"), JUMPING)
def test_the_jumps_of_a_session_are_within_the_band(
    programme: Programme, part: Part, level: Level, inventory: Inventory
) -> None:
    setup = set_up(level, inventory)
    strong = State(strength=TODAY - timedelta(days=90), strength_count=12)
    for known in (State(), strong):
        in_band(at(setup, known, programme, part.id, TODAY), level, new=True)


@pytest.mark.parametrize(("programme", "part", "level"), JUMPING)
def test_jumps_stay_within_the_band_from_session_to_session(
    programme: Programme, part: Part, level: Level
) -> None:
    setup = set_up(level, GYM)
    state = State(strength=TODAY - timedelta(days=90), strength_count=12)
    sums = []
    high = False  # A high jump begins with a few contacts, and grows from there.
    for day in range(0, 42, 3):
        today = TODAY + timedelta(days=day)
        found = at(setup, state, programme, part.id, today)
        reasons = {reason.code for said in found.advice.values() for reason in said.reasons}
        assert sum(contacts(found).values()) <= part_of_band(part, level)[1]
        high = high or "FIRST_HIGH" in reasons
        if not high and not reasons & {"BAND", "NEW_TIER", "FULL_LONG_AGO", "LAYOFF_JUMP"}:
            in_band(found, level)
        sums.append(sum(contacts(found).values()))
        state = advance(setup, state, as_planned(found, today))
    floor, top = part_of_band(part, level)
    assert sums[0] >= 0.9 * floor - 2
    assert max(sums) >= top - 4


def as_planned(found: Plan, day: date) -> Session:
    """A session done as planned."""
    entries = tuple(
        Entry(
            id=item.id,
            edited="",
            exercise=item.exercise,
            sets=tuple(rows(LIBRARY.exercises[item.exercise], item.plan, Deed(rir=None))),
        )
        for item in found.items
        if item.id in found.advice
    )
    return Session(
        id=f"{day}",
        edited="",
        started=datetime.combine(day, time(18), UTC),
        programme=found.programme.id,
        part=found.part.id,
        entries=entries,
    )
