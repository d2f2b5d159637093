"""Which session of a programme is next, and what its exercises ask for.

The parts of a programme are done in turn, in the order of the week; the phase follows from the
weeks since its first session. A missed day moves nothing on and takes nothing away. What each
exercise asks for is the calculator's answer (:mod:`tui.core.progression`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from tui.core.library import Library, dose_for
from tui.core.live import Item
from tui.core.model import (
    Dose,
    Exercise,
    Goal,
    Kind,
    Level,
    Measures,
    Part,
    Phase,
    Prescription,
    Programme,
    SetKind,
    SetPlan,
    Side,
    Sides,
    Slot,
)
from tui.core.phases import DELOAD, phase_of, schedule_of, turn, week_of
from tui.core.progression import Advice, Setup, State, prescribe, session_jumps
from tui.core.progression.guards import guards
from tui.core.progression.values import Action

LIFT_TURNS = 8
NOTHING = Prescription(sets=(), rest_s=0)


class Plan(Struct, frozen=True, kw_only=True):
    """The session that is next: its programme, part, week of the programme (from 1), phase and
    exercises. ``advice`` is what the calculator said, by the id of the item; ``resting`` what it
    said of exercises that are to rest."""

    programme: Programme
    part: Part
    week: int
    phase: Phase
    items: tuple[Item, ...]
    advice: Mapping[str, Advice] = field(default_factory=dict)
    resting: tuple[Advice, ...] = ()

    @property
    def advised(self) -> list[Advice]:
        """All that was said, of what is to be done first."""
        return [*self.advice.values(), *self.resting]


def plan(setup: Setup, state: State, programme: Programme, today: date) -> Plan:
    """The next session of ``programme`` after the log that ``state`` is the fold of."""
    week, phase, part = upcoming(setup, state, programme, today)
    followed = state.followed.get(programme.id)
    turns = followed.turns.get(part.id, 0) if followed is not None else 0
    level = setup.profile.level(today)
    chosen = [
        (slot, setup.library.exercises[name])
        for slot in part.slots
        for name in _picked(setup.library, slot, turns)
    ]
    work = [
        (exercise, dose_for(exercise, level, slot))
        for slot, exercise in chosen
        if slot.kind is SetKind.WORK
    ]
    deload = phase.name == DELOAD
    shares = session_jumps(setup, state, work, today, deload=deload)
    items: list[Item] = []
    advice: dict[str, Advice] = {}
    resting: list[Advice] = []
    for slot, exercise in chosen:
        if slot.kind is SetKind.WARMUP:
            if not guards(setup, state, exercise, today).stops:
                items.append(item(exercise, level, slot))
            continue
        said = prescribe(
            setup,
            state,
            exercise,
            today,
            dose_for(exercise, level, slot),
            deload=deload,
            contacts=shares.get(exercise.id),
            avoid=frozenset(one.variant for one in advice.values()),
        )
        if any(said.variant == one.variant for one in advice.values()):
            # One stand-in is enough of it.
            said = replace(said, variant=exercise.id, action=Action.REST, plan=NOTHING)
        if not said.plan.sets:
            resting.append(said)
            continue
        items.append(advised_item(setup.library.exercises[said.variant], said))
        advice[str(len(items))] = said
    return Plan(
        programme=programme,
        part=part,
        week=week,
        phase=phase,
        items=_numbered(items) if advice else (),
        advice=advice,
        resting=tuple(resting),
    )


def upcoming(
    setup: Setup, state: State, programme: Programme, today: date
) -> tuple[int, Phase, Part]:
    """The week of a programme (from 1), its phase, and the part that is next."""
    followed = state.followed.get(programme.id)
    week = 1 if followed is None else max(1, week_of(followed.first, today))
    phase = phase_of(schedule_of(programme, setup.profile.schedule), week)
    parts = {part.id: part for part in programme.parts}
    return week, phase, parts[turn(phase, followed.parts if followed is not None else ())]


def _numbered(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(replace(one, id=str(n)) for n, one in enumerate(items, start=1))


def _picked(library: Library, slot: Slot, turns: int) -> list[str]:
    """The exercises of a slot for this turn: those listed, going round from session to session. A
    heavy lift stays for some sessions: what comes round every third week does not get on (source
    project)."""
    count = len(slot.exercises)
    if any(library.exercises[name].loading == "heavy" for name in slot.exercises):
        turns //= LIFT_TURNS
    if slot.pick >= count:
        return list(slot.exercises)
    start = turns * slot.pick % count
    return [slot.exercises[(start + i) % count] for i in range(slot.pick)]


def advised_item(exercise: Exercise, said: Advice) -> Item:
    """An exercise ready for a session, as the calculator says."""
    return _item(exercise, said.plan)


def item(exercise: Exercise, level: Level, slot: Slot | None = None) -> Item:
    """An exercise ready for a session with the library's dose for the level, and what the slot of a
    programme says otherwise."""
    dose = dose_for(exercise, level, slot)
    measures = dose.measures
    if exercise.kind is Kind.PLYOMETRIC and exercise.jump_feet and measures.reps is not None:
        measures = replace(measures, contacts=measures.reps * exercise.jump_feet)
    made = prescription(dose.sets, measures, exercise.sides, dose.rest_s, dose.target_rir)
    if slot is not None and slot.kind is SetKind.WARMUP:
        made = replace(made, sets=tuple(replace(s, kind=SetKind.WARMUP) for s in made.sets))
    return _item(exercise, made)


def _item(exercise: Exercise, made: Prescription) -> Item:
    return Item(
        id="0",
        exercise=exercise.id,
        kind=exercise.kind,
        sides=exercise.sides,
        feet=exercise.jump_feet,
        plan=made,
        now=made,
    )


def prescription(
    sets: int, measures: Measures, sides: Sides, rest_s: int, target_rir: int | None = None
) -> Prescription:
    """Equal sets; an exercise with sides gets a left and a right goal in each."""
    who = (Side.BOTH,) if sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    goals = tuple(Goal(side=side, measures=measures) for side in who)
    plans = tuple(SetPlan(number=n, goals=goals) for n in range(1, sets + 1))
    return Prescription(sets=plans, rest_s=rest_s, target_rir=target_rir)


def slot_dose(
    programme: Programme, part: str | None, exercise: Exercise, level: Level
) -> Dose | None:
    """The dose that a part of a programme gives an exercise; None where it is not in it."""
    slots = [slot for each in programme.parts if each.id == part for slot in each.slots]
    mine = [s for s in slots if exercise.id in s.exercises and s.kind is SetKind.WORK]
    return dose_for(exercise, level, mine[0]) if mine else None
