"""The snack: five to ten minutes of strength after a run, with what is at hand (clarke-runrun).

One exercise each for hips, core, calves or balance, and mobility, different every day. Nothing in
it is hard on the legs or loads a painful region. The day before a hard run and just after a race
it spares the legs; in race week it is mobility only. The choice of exercises is the project's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tui.domain.calculator import Advice, Setup, State, prescribe
from tui.domain.calculator.guards import guards
from tui.domain.model.library.parser import dose_for
from tui.domain.model.values import SNACK, Exercise, Kind, Part, Phase, Programme, Schedule, Slot
from tui.domain.planning.calendar_queries import is_hard, race_behind, race_rest, runs_on
from tui.domain.planning.diary import Diary
from tui.domain.planning.time_slots import RACE_IN_LEGS_DAYS
from tui.domain.planning.today import Plan, advised_item
from tui.domain.session.live import Item

STATIC = (Kind.HOLD, Kind.CLUSTER)
SNACK_MINUTES = 8


def _hips(one: Exercise) -> bool:
    return one.category == "hip"


def _core(one: Exercise) -> bool:
    return one.category == "core"


def _static_legs(one: Exercise) -> bool:
    return one.category in ("calf", "balance") and one.kind in STATIC


def _mobility(one: Exercise) -> bool:
    return one.category == "mobility" and one.region != "other"


SNACK_PARTS = (_hips, _core, _static_legs, _mobility)


def snack(setup: Setup, state: State, diary: Diary, today: date) -> Plan:
    """The day's snack. ``setup`` has the day's equipment."""
    library, level = setup.library, setup.profile.level(today)
    resting = race_rest(setup.calendar, today, c_week=setup.profile.c_race_week)
    parts = (_mobility,) * 3 if resting is not None else SNACK_PARTS
    tired = _spares_legs(setup, diary, today)
    chosen: list[Exercise] = []
    for fits in parts:
        able = [
            one
            for one in library.exercises.values()
            if not one.bare
            and fits(one)
            and one not in chosen
            and one.leg_load <= (0 if tired else 1)
            and one.kind is not Kind.LOADED
            and setup.inventory.can_do(one)
            and guards(setup, state, one, today).sore is None
        ]
        if able:
            chosen.append(able[today.toordinal() % len(able)])
    items: list[Item] = []
    advice: dict[str, Advice] = {}
    for exercise in chosen:
        dose = replace(dose_for(exercise, level), sets=1)
        said = prescribe(setup, state, exercise, today, dose)
        if said.variant != exercise.id or not said.plan.sets:
            continue
        number = str(len(items) + 1)
        said = replace(said, plan=replace(said.plan, sets=said.plan.sets[:1]))
        items.append(replace(advised_item(exercise, said), id=number))
        advice[number] = said
    return Plan(
        programme=_programme(chosen),
        part=_part(chosen),
        week=1,
        phase=Phase(first_week=1, last_week=None, parts=(SNACK,)),
        items=tuple(items),
        advice=advice,
    )


def _spares_legs(setup: Setup, diary: Diary, today: date) -> bool:
    """True on the day before a hard run and with a race still in the legs."""
    soon = any(map(is_hard, runs_on(diary, today + timedelta(days=1))))
    return soon or race_behind(setup.calendar, today, RACE_IN_LEGS_DAYS) is not None


def _part(exercises: Sequence[Exercise]) -> Part:
    slots = tuple(Slot(exercises=(one.id,)) for one in exercises)
    return Part(id=SNACK, name="Snack", slots=slots, minutes=SNACK_MINUTES)


def _programme(exercises: Sequence[Exercise]) -> Programme:
    phase = Phase(first_week=1, last_week=None, parts=(SNACK,))
    return Programme(
        id=SNACK,
        name="Snack",
        about="Five to ten minutes after a run.",
        parts=(_part(exercises),),
        schedules=(Schedule(id=SNACK, name="After a run", phases=(phase,)),),
        sources=("clarke-runrun", "project"),
    )
