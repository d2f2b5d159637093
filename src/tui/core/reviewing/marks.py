"""What is special about a week: its races, an easier week of running, a programme taken up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from tui.core.progression.followed import DEFAULT_PROGRAMME
from tui.core.progression.state import Setup


class Mark(Struct, frozen=True, kw_only=True):
    """What is special about a week: a ``race``, a ``step_down`` of the running, a ``programme``
    that was taken up; ``name`` says which."""

    kind: str
    day: date
    name: str = ""


def marks(setup: Setup, first: date) -> Iterator[Mark]:
    """What is special about the week from the Monday ``first``: its races by day, then the rest."""
    days = [first + timedelta(days=n) for n in range(7)]
    for race in sorted(setup.calendar.races, key=lambda race: race.day):
        if race.day in days:
            name = f"{race.name} ({race.priority.value})" if race.name else race.priority.value
            yield Mark(kind="race", day=race.day, name=name)
    if first in setup.calendar.step_down:
        yield Mark(kind="step_down", day=first)
    before = DEFAULT_PROGRAMME
    for dated in setup.profile.programmes:
        if dated.value != before and dated.since in days:
            programme = setup.library.programmes.get(dated.value)
            name = dated.value if programme is None else programme.name
            yield Mark(kind="programme", day=dated.since, name=name)
        before = dated.value
