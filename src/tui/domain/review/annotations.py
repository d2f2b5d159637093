"""Annotates past weeks: races, easier running weeks, and programmes or blocks that begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from tui.domain.calculator.adherence import DEFAULT_PROGRAMME
from tui.domain.calculator.state import Setup, State
from tui.domain.review.baseline import followed_phase

WEEK = timedelta(weeks=1)


class Annotation(Struct, frozen=True, kw_only=True):
    """Something special about a week. ``kind`` is ``race``, ``step_down`` (an easier running week),
    ``programme`` (a new one followed) or ``block`` (a phase that begins); ``name`` says which."""

    kind: str
    day: date
    name: str = ""


def week_annotations(
    setup: Setup, state: State, mondays: Iterable[date]
) -> Mapping[date, tuple[Annotation, ...]]:
    """The annotations of the weeks from these Mondays: races by day first, then the others."""
    named = _has_blocks(setup, state)
    return {
        first: (*_marks(setup, first), *(_block(setup, state, first) if named else ()))
        for first in mondays
    }


def _has_blocks(setup: Setup, state: State) -> bool:
    """True if any programme followed has named phases."""
    known = setup.library.programmes
    schedules = (s for name in state.followed if name in known for s in known[name].schedules)
    return any(phase.name for schedule in schedules for phase in schedule.phases)


def _block(setup: Setup, state: State, first: date) -> Iterator[Annotation]:
    """The named phase that begins in a week, if any."""
    end = first + WEEK - timedelta(days=1)
    now, before = (followed_phase(setup, state, day) for day in (end, end - WEEK))
    if now is not None and now[2].name and (before is None or now[2] != before[2]):
        yield Annotation(kind="block", day=first, name=now[2].name)


def _marks(setup: Setup, first: date) -> Iterator[Annotation]:
    days = [first + timedelta(days=n) for n in range(7)]
    for race in sorted(setup.calendar.races, key=lambda race: race.day):
        if race.day in days:
            name = f"{race.name} ({race.priority.value})" if race.name else race.priority.value
            yield Annotation(kind="race", day=race.day, name=name)
    if first in setup.calendar.step_down:
        yield Annotation(kind="step_down", day=first)
    before = DEFAULT_PROGRAMME
    for dated in setup.profile.programmes:
        if dated.value != before and dated.since in days:
            programme = setup.library.programmes.get(dated.value)
            name = dated.value if programme is None else programme.name
            yield Annotation(kind="programme", day=dated.since, name=name)
        before = dated.value
