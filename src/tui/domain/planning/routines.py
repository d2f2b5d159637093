"""Routines: a few minutes to do by themselves, or before or after a session.

Of each line the first exercises are done that the runner has the equipment for and that load
nothing that hurts. The work of a routine is prescribed as anywhere else; the rest has a fixed dose,
and nothing follows from it (klein-six: mobility in small doses over a long time). That it is logged
as warm-up sets for that is the project's.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator import Advice, Setup, State, prescribe
from tui.domain.calculator.advice import Reason
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import guards
from tui.domain.calculator.jumps import pain_block
from tui.domain.model.library.parser import dose_for
from tui.domain.model.phases import HARD_LEG_LOAD
from tui.domain.model.values import (
    ROUTINE,
    Exercise,
    Kind,
    Part,
    Phase,
    Programme,
    Routine,
    Schedule,
    SetKind,
    Slot,
)
from tui.domain.planning.calendar_queries import is_hard, race_behind, race_rest, runs_on
from tui.domain.planning.diary import Diary
from tui.domain.planning.duration import session_minutes
from tui.domain.planning.time_slots import RACE_IN_LEGS_DAYS
from tui.domain.planning.today import Plan, advised_item, item
from tui.domain.session.live import Item

HURTS = frozenset({"PAIN_STOP", "PAIN_LESS"})
MOST_MINUTES = 10
LEGS_DAYS = 2  # 48 hours between two sessions that work the legs (trailrunner-lift).


class DayRoutine(Struct, frozen=True, kw_only=True):
    """A routine as it would be done on a day, and why that is better left for another day."""

    routine: Routine
    plan: Plan
    cautions: tuple[Reason, ...] = ()


def on_day(setup: Setup, state: State, diary: Diary, one: Routine, day: date) -> DayRoutine:
    """A routine for a day. ``setup`` has the day's equipment."""
    made = routine(setup, state, one, day)
    return DayRoutine(
        routine=one, plan=made, cautions=cautions(setup, state, diary, one, made, day)
    )


def routine(setup: Setup, state: State, one: Routine, day: date) -> Plan:
    """The exercises of a routine on a day. ``setup`` has the day's equipment. Its plan is empty if
    everything in it loads what hurts or needs what is not there."""
    items: list[Item] = []
    advice: dict[str, Advice] = {}
    resting: list[Advice] = []
    taken: set[str] = set()
    named = {name for slot in one.slots for name in slot.exercises}
    for slot in one.slots:
        work = one.work and slot.kind is SetKind.WORK
        for exercise in _picked(setup, state, slot, day, taken, work=work):
            number = str(len(items) + 1)
            if not work:
                warm = replace(slot, kind=SetKind.WARMUP)
                items.append(replace(item(exercise, setup.profile.level(day), warm), id=number))
                taken.add(exercise.id)
                continue
            others = frozenset(taken | named - {exercise.id})
            said = _prescribed(setup, state, slot, exercise, day, others)
            if not said.plan.sets or said.variant in taken:
                resting.append(said)
                continue
            taken.add(said.variant)
            stand_in = setup.library.exercises[said.variant]
            items.append(replace(advised_item(stand_in, said), id=number))
            advice[number] = said
    _shorten(items, advice)
    return Plan(
        programme=_programme(one),
        part=_part(one),
        week=1,
        phase=Phase(first_week=1, last_week=None, parts=(one.id,)),
        items=tuple(items),
        advice=advice,
        resting=tuple(resting),
    )


def cautions(
    setup: Setup, state: State, diary: Diary, one: Routine, made: Plan, day: date
) -> tuple[Reason, ...]:
    """Why a routine, with its plan ``made`` for the day, is better left for another one. Empty for
    one that is no work, and if nothing speaks against it."""
    if not one.work:
        return ()
    named: dict[str, str] = {"session": one.name}
    found: list[Reason] = []
    race = race_rest(setup.calendar, day, c_week=setup.profile.c_race_week)
    if race is not None:
        name = race.name or f"your {race.priority.value} race"
        found.append(Reason("RACE_WEEK_NONE", {**named, "race": name}))
    if race_behind(setup.calendar, day, RACE_IN_LEGS_DAYS) is not None:
        found.append(Reason("RACE_IN_LEGS", named))
    known = setup.library.exercises
    if all(known[each.exercise].leg_load < HARD_LEG_LOAD for each in made.items):
        return tuple(found)
    if any(each.legs and (day - each.day).days < LEGS_DAYS for each in state.lately):
        found.append(Reason("LEGS_WORKED", {**named, "hours": 24 * LEGS_DAYS}))
    hard = next(filter(is_hard, runs_on(diary, day + timedelta(days=1))), None)
    if hard is not None:
        found.append(Reason("HARD_RUN_NEXT", {**named, "run": hard.kind.value}))
    return tuple(found)


def _picked(
    setup: Setup, state: State, slot: Slot, day: date, taken: set[str], *, work: bool
) -> list[Exercise]:
    """The exercises of a line for a day, none that is taken. If the equipment is there for no work
    of the line, its first, for which the calculator may know a substitute."""
    free = [setup.library.exercises[name] for name in slot.exercises if name not in taken]
    calm = [one for one in free if not _hurts(guards(setup, state, one, day), one, work=work)]
    able = [one for one in calm if setup.inventory.can_do(one)]
    if not able and work:
        able = calm[:1] or free[:1]
    return able[: slot.pick]


def _hurts(found: Guards, exercise: Exercise, *, work: bool) -> bool:
    """Whether an exercise loads or stretches what hurts. For work that hurts little the calculator
    knows how much less to do."""
    if work:
        return found.sore is not None
    if any(guard.swap or guard.reason.code in HURTS for guard in found.fired):
        return True
    return exercise.kind is Kind.PLYOMETRIC and pain_block(found, exercise) is not None


def _prescribed(
    setup: Setup, state: State, slot: Slot, exercise: Exercise, day: date, avoid: frozenset[str]
) -> Advice:
    """The calculator's advice on the work of a line, in no more sets than the line asks for. If the
    runner does it although strength rests for a race, as if there was none."""
    dose = dose_for(exercise, setup.profile.level(day), slot)
    if race_rest(setup.calendar, day, c_week=setup.profile.c_race_week) is not None:
        setup = replace(setup, calendar=replace(setup.calendar, races=()))
    said = prescribe(setup, state, exercise, day, dose, avoid=avoid)
    return replace(said, plan=replace(said.plan, sets=said.plan.sets[: dose.sets]))


def _shorten(items: list[Item], advice: dict[str, Advice]) -> None:
    """Take sets of work away until the routine fits its minutes: from those with the most, the last
    first. One set of each stays (source project)."""
    while session_minutes(items) > MOST_MINUTES:
        place = max(range(len(items)), key=lambda n: (len(items[n].plan.sets), n))
        item = items[place]
        if len(item.plan.sets) == 1 or item.id not in advice:
            return
        shorter = replace(item.plan, sets=item.plan.sets[:-1])
        items[place] = replace(item, plan=shorter, now=shorter)
        advice[item.id] = replace(advice[item.id], plan=shorter)


def _part(one: Routine) -> Part:
    return Part(id=one.id, name=one.name, slots=one.slots, minutes=one.minutes)


def _programme(one: Routine) -> Programme:
    phase = Phase(first_week=1, last_week=None, parts=(one.id,))
    return Programme(
        id=ROUTINE,
        name=one.name,
        about=one.about,
        parts=(_part(one),),
        schedules=(Schedule(id=one.id, name=one.name, phases=(phase,)),),
        sources=one.sources,
    )
