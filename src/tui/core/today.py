"""Which session of a programme is next, and what its exercises ask for.

The parts of a programme are done in turn, in the order of the week; the phase follows from the
weeks since its first session. A missed day moves nothing on and takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tui.core.library import Library, dose_for
from tui.core.live import Item
from tui.core.model import (
    Exercise,
    Goal,
    Kind,
    Level,
    Measures,
    Part,
    Phase,
    Prescription,
    Programme,
    Schedule,
    Session,
    SetKind,
    SetPlan,
    Side,
    Sides,
    Slot,
)
from tui.core.review import monday


class Plan(Struct, frozen=True, kw_only=True):
    """The session that is next: its programme, part, week of the programme (from 1), phase and
    exercises."""

    programme: Programme
    part: Part
    week: int
    phase: Phase
    items: tuple[Item, ...]


def plan(
    library: Library,
    programme: Programme,
    level: Level,
    log: Sequence[Session],
    today: date,
    schedule: str | None = None,
) -> Plan:
    """The next session of ``programme``. ``log`` holds the sessions known, in any order; deleted
    ones and later ones than ``today`` are left out of account, and those of other programmes or
    with nothing done in them do not count for the turn."""
    past = sorted((s for s in log if not s.deleted and s.day <= today), key=lambda s: s.started)
    done = [s for s in past if s.programme == programme.id and _trained(s)]
    chosen = _schedule(programme, schedule)
    week = _week(done[0].day, today) if done else 1
    phase = _phase(chosen, week)
    parts = {part.id: part for part in programme.parts}
    part = parts[_turn(phase, [s.part for s in done])]
    turns = sum(s.part == part.id for s in done)
    items = tuple(
        replace(item, id=str(n))
        for n, item in enumerate(_items(library, part, level, turns, past), start=1)
    )
    return Plan(programme=programme, part=part, week=week, phase=phase, items=items)


def _trained(session: Session) -> bool:
    return any(row.undone is None for entry in session.live() for row in entry.live())


def _schedule(programme: Programme, wanted: str | None) -> Schedule:
    return next((s for s in programme.schedules if s.id == wanted), programme.schedules[0])


def _week(first: date, today: date) -> int:
    """Weeks are ISO weeks: the one of the first session is week 1."""
    return 1 + (today - monday(first)).days // 7


def _phase(schedule: Schedule, week: int) -> Phase:
    phases = schedule.phases
    last = phases[-1].last_week
    if schedule.repeats and last is not None:
        week = 1 + (week - 1) % last
    fitting = [p for p in phases if p.first_week <= week <= (p.last_week or week)]
    return fitting[0] if fitting else phases[-1]


def _turn(phase: Phase, done: Sequence[str | None]) -> str:
    """The part after the one done last, going round; the first where none of them was done."""
    order = phase.parts
    place = 0
    for part in done:
        # A part may stand twice in a week: the one done is the next of them from where it stood.
        if part in order:
            while order[place] != part:
                place = (place + 1) % len(order)
            place = (place + 1) % len(order)
    return order[place]


def _items(
    library: Library, part: Part, level: Level, turns: int, log: Sequence[Session]
) -> Iterable[Item]:
    for slot in part.slots:
        for exercise_id in _picked(slot, turns):
            exercise = library.exercises[exercise_id]
            yield item(exercise, level, last_load(log, exercise), slot)


def _picked(slot: Slot, turns: int) -> list[str]:
    """The exercises of a slot for this turn: those listed, going round from session to session."""
    count = len(slot.exercises)
    if slot.pick >= count:
        return list(slot.exercises)
    start = turns * slot.pick % count
    return [slot.exercises[(start + i) % count] for i in range(slot.pick)]


def item(
    exercise: Exercise,
    level: Level,
    load_kg: float | None = None,
    slot: Slot | None = None,
) -> Item:
    """An exercise ready for a session: the library's dose for the level, with what the slot of a
    programme says otherwise, at ``load_kg`` kilograms where it takes a load."""
    dose = dose_for(exercise, level, slot)
    measures = dose.measures
    if load_kg is not None and measures.load_kg is None:
        measures = replace(measures, load_kg=load_kg)
    if exercise.kind is Kind.PLYOMETRIC and exercise.jump_feet and measures.reps is not None:
        measures = replace(measures, contacts=measures.reps * exercise.jump_feet)
    made = prescription(dose.sets, measures, exercise.sides, dose.rest_s, dose.target_rir)
    if slot is not None and slot.kind is SetKind.WARMUP:
        made = replace(made, sets=tuple(_as_warmup(s) for s in made.sets))
    return Item(
        id="0",
        exercise=exercise.id,
        kind=exercise.kind,
        sides=exercise.sides,
        feet=exercise.jump_feet,
        plan=made,
        now=made,
    )


def _as_warmup(planned: SetPlan) -> SetPlan:
    return replace(planned, kind=SetKind.WARMUP)


def prescription(
    sets: int, measures: Measures, sides: Sides, rest_s: int, target_rir: int | None = None
) -> Prescription:
    """Equal sets; an exercise with sides gets a left and a right goal in each."""
    who = (Side.BOTH,) if sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    goals = tuple(Goal(side=side, measures=measures) for side in who)
    plans = tuple(SetPlan(number=n, goals=goals) for n in range(1, sets + 1))
    return Prescription(sets=plans, rest_s=rest_s, target_rir=target_rir)


def last_load(log: Iterable[Session], exercise: Exercise) -> float | None:
    """The load in kilograms of the exercise's last work set in the log; None where there is none,
    or where the exercise takes no load."""
    if exercise.kind not in (Kind.LOADED, Kind.CARRY):
        return None
    newest = sorted((s for s in log if not s.deleted), key=lambda s: s.started, reverse=True)
    for session in newest:
        loads = [
            row.done.load_kg
            for entry in session.live()
            if entry.exercise == exercise.id
            for row in entry.live()
            if row.kind is SetKind.WORK and row.done.load_kg is not None
        ]
        if loads:
            return loads[-1]
    return None
