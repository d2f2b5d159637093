"""The number of work sets in a usual week of the programme, to compare with what was done."""

from __future__ import annotations

from datetime import date

from tui.domain.calculator.adherence import (
    DEFAULT_PROGRAMME,
    followed_on,
    is_paused,
    phase_on,
)
from tui.domain.calculator.advice import holding
from tui.domain.calculator.state import Setup, State
from tui.domain.model.library.links import dose_for
from tui.domain.model.phases import is_snack, schedule_of
from tui.domain.model.values import Part, Phase, Programme, Schedule, SetKind


def followed_phase(
    setup: Setup, state: State, day: date
) -> tuple[Programme, Schedule, Phase] | None:
    """The programme followed on a day, its schedule and the phase of that week, or None if it had
    not begun, is paused or is no longer in the library."""
    name = holding(setup.profile.programmes, day, DEFAULT_PROGRAMME)
    programme = setup.library.programmes.get(name)
    followed = followed_on(setup, state, name, day)
    if programme is None or followed is None or is_paused(setup.profile, day):
        return None
    if followed.first > day:
        return None
    schedule = schedule_of(programme, setup.profile.schedule)
    return programme, schedule, phase_on(setup, programme, followed, state.strength_count, day)[1]


def usual_sets(setup: Setup, state: State, day: date) -> int | None:
    """The programme's work sets in the week of ``day``; left and right count as one. None if it had
    not begun, is paused or is no longer in the library.

    Parts that rotate over several weeks count with their weekly share. Races, pain and whatever
    else reduces a week do not count: this is the programme's number, not what was advised.
    """
    found = followed_phase(setup, state, day)
    if found is None:
        return None
    programme, schedule, phase = found
    parts = {part.id: part for part in programme.parts}
    week = [parts[name] for name in phase.parts]
    snacks = [part for part in week if is_snack(setup.library, part)]
    lifts = [part for part in week if part not in snacks]
    sets = sum(_sets(setup, part, day) for part in lifts)
    if lifts and schedule.per_week is not None:
        sets = round(sets * schedule.per_week / len(lifts))
    return sets + sum(_sets(setup, part, day) for part in snacks)


def _sets(setup: Setup, part: Part, day: date) -> int:
    """The work sets of a part, counting the first exercises listed in each slot."""
    level = setup.profile.level(day)
    return sum(
        dose_for(setup.library.exercises[name], level, slot).sets
        for slot in part.slots
        if slot.kind is SetKind.WORK
        for name in slot.exercises[: slot.pick]
    )
