"""Progress through a training programme: its current week, that week's phase and the next part."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.library.catalog import Library
from tui.domain.model.values import Part, Phase, Programme, Schedule, SetKind

SNACK_MINUTES = 10
HARD_LEG_LOAD = 2
DELOAD = "deload"  # The name of a phase that is a planned easier week.


def is_snack(library: Library, part: Part) -> bool:
    """Whether a part is a snack: a few minutes, not hard on the legs. It follows a run and does not
    move the week's other sessions (clarke-runrun; the limits are ours)."""
    short = part.minutes is not None and part.minutes <= SNACK_MINUTES
    return short and hardest_on_legs(library, part) < HARD_LEG_LOAD


def hardest_on_legs(library: Library, part: Part) -> int:
    """The highest leg load, 0 to 3, among the work exercises of a part."""
    names = (n for slot in part.slots if slot.kind is SetKind.WORK for n in slot.every)
    loads = (library.exercises[name].leg_load for name in names if name in library.exercises)
    return max(loads, default=0)


def schedule_of(programme: Programme, wanted: str | None) -> Schedule:
    """The schedule with the ``wanted`` id, or the programme's first."""
    return next((s for s in programme.schedules if s.id == wanted), programme.schedules[0])


def phase_of(schedule: Schedule, week: int, strength: int | None = None) -> Phase:
    """The phase of a programme week; the last phase once the programme is over. A phase that asks
    for more than the ``strength`` sessions done waits: the one before goes on. None counts as
    enough."""
    phases = schedule.phases
    last = phases[-1].last_week
    if schedule.repeats and last is not None:
        week = 1 + (week - 1) % last
    fitting = [n for n, p in enumerate(phases) if p.first_week <= week <= (p.last_week or week)]
    place = fitting[0] if fitting else len(phases) - 1
    while strength is not None and place and phases[place].sessions > strength:
        place -= 1
    return phases[place]


class Stage(Struct, frozen=True):
    """How far a programme has come in a week: the whole cycles and the blocks begun before this
    one, each counted from 0, and whether it is the second half of a phase (``late``). An easier
    week belongs to the block before it."""

    cycle: int = 0
    block: int = 0
    late: bool = False


def stage_of(schedule: Schedule, week: int, now: Phase) -> Stage:
    """The stage of a programme week (from 1), whose phase is ``now``."""
    phases = schedule.phases
    last = phases[-1].last_week
    cycle = (week - 1) // last if schedule.repeats and last is not None else 0
    blocks = [phase for phase in phases if phase.name != DELOAD]
    before = sum(phase.first_week <= now.first_week for phase in blocks) - 1
    late = False
    if now.last_week is not None and now.name != DELOAD:
        place = week - cycle * (last or 0) - now.first_week
        late = 2 * place >= now.last_week - now.first_week + 1
    return Stage(cycle, cycle * len(blocks) + max(0, before), late)


def filled(library: Library, programme: Programme, phase: Phase) -> Phase:
    """A phase without the parts that the runner has not filled in yet; as it is if that leaves
    none."""
    blank = {part.id for part in programme.parts if _is_blank(library, part)}
    parts = tuple(name for name in phase.parts if name not in blank)
    return replace(phase, parts=parts) if parts else phase


def _is_blank(library: Library, part: Part) -> bool:
    names = [n for slot in part.slots if slot.kind is SetKind.WORK for n in slot.exercises]
    return all(library.exercises[name].blank for name in names)


def turn(phase: Phase, done: Sequence[str]) -> str:
    """The part after the one done last, in rotation; the first part if none of them was done."""
    order = phase.parts
    place = 0
    for part in done:
        # A part may come twice in a week: count the next one from where the rotation stood.
        if part in order:
            while order[place] != part:
                place = (place + 1) % len(order)
            place = (place + 1) % len(order)
    return order[place]
