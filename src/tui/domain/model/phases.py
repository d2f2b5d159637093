"""Where a programme stands: its week, the phase of that week, and the part that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.domain.model.dates import monday
from tui.domain.model.library.catalog import Library
from tui.domain.model.values import Part, Phase, Programme, Schedule, SetKind

SNACK_MINUTES = 10
SNACK = "snack"  # The programme and part of a snack that belongs to no other.
HARD_LEG_LOAD = 2
DELOAD = "deload"  # The name of a phase that is a planned easier week.


def is_snack(library: Library, part: Part) -> bool:
    """True for a part of a few minutes that is not hard on the legs: it follows a run and leaves
    the week's other sessions where they are (clarke-runrun; where the line is drawn is ours)."""
    short = part.minutes is not None and part.minutes <= SNACK_MINUTES
    return short and hardest_on_legs(library, part) < HARD_LEG_LOAD


def hardest_on_legs(library: Library, part: Part) -> int:
    """The most leg load, 0 to 3, among the work of a part."""
    names = (n for slot in part.slots if slot.kind is SetKind.WORK for n in slot.exercises)
    loads = (library.exercises[name].leg_load for name in names if name in library.exercises)
    return max(loads, default=0)


def schedule_of(programme: Programme, wanted: str | None) -> Schedule:
    """The schedule with that id; the programme's first where there is none."""
    return next((s for s in programme.schedules if s.id == wanted), programme.schedules[0])


def week_of(first: date, today: date) -> int:
    """Weeks are ISO weeks: the one of the first session is week 1."""
    return 1 + (today - monday(first)).days // 7


def phase_of(schedule: Schedule, week: int) -> Phase:
    """The phase of a week of the programme; the last where its weeks are over."""
    phases = schedule.phases
    last = phases[-1].last_week
    if schedule.repeats and last is not None:
        week = 1 + (week - 1) % last
    fitting = [p for p in phases if p.first_week <= week <= (p.last_week or week)]
    return fitting[0] if fitting else phases[-1]


def turn(phase: Phase, done: Sequence[str]) -> str:
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
