"""One week: what was done, what is still planned, and the sets of each exercise in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from tui.core.live import Item
from tui.core.model import Entry, Exercise, Session, SetEntry
from tui.core.review import Sums, counted, monday
from tui.core.reviewing.look import summed, worked
from tui.core.season.wishes import Placed


class Coming(Struct, frozen=True):
    """A session that is planned, and what it would be, as if it had been done."""

    placed: Placed
    session: Session


class WeekLook(Struct, frozen=True, kw_only=True):
    """A week from its Monday: sessions done, oldest first, and those planned, with their sums.
    ``sets`` are by exercise, done and planned, in the order in which they came."""

    monday: date
    done: tuple[tuple[Session, Sums], ...]
    planned: tuple[tuple[Placed, Sums], ...]
    sets: Mapping[str, tuple[int, int]]

    @property
    def done_sums(self) -> Sums:
        """What was done in all."""
        return sum((made for _, made in self.done), Sums())

    @property
    def planned_sums(self) -> Sums:
        """What is planned in all."""
        return sum((made for _, made in self.planned), Sums())


def coming(placed: Placed, items: Iterable[Item]) -> Coming:
    """A planned session with its exercises as they are prescribed."""
    entries = tuple(
        Entry(
            id=item.id,
            edited="",
            exercise=item.exercise,
            sets=tuple(
                SetEntry(
                    id=f"{item.id}-{one.kind}-{one.number}-{goal.side}",
                    edited="",
                    number=one.number,
                    side=goal.side,
                    done=goal.measures,
                    kind=one.kind,
                )
                for one in item.now.sets
                for goal in one.goals
            ),
        )
        for item in items
    )
    # Its time says nothing here: the day of ``placed`` is the one that counts.
    begun = datetime.combine(placed.day, time(), UTC)
    return Coming(placed, Session(id="", edited="", started=begun, entries=entries))


def week_look(
    sessions: Iterable[Session],
    plans: Sequence[Coming],
    day: date,
    known: Mapping[str, Exercise],
) -> WeekLook:
    """The week of ``day``, from the sessions of a log and what is planned in it; ``known`` are the
    exercises of the library."""
    first = monday(day)
    last = first + timedelta(days=6)
    mine = [s for s in sessions if first <= s.day <= last and worked(s)]
    done = sorted(mine, key=lambda session: (session.day, session.started))
    planned = [one.session for one in plans]
    names = [e.exercise for s in (*done, *planned) for e in s.live() if counted(e)]
    did, will = _sets(done), _sets(planned)
    return WeekLook(
        monday=first,
        done=tuple((session, summed(session, known)) for session in done),
        planned=tuple((one.placed, summed(one.session, known)) for one in plans),
        sets={name: (did.get(name, 0), will.get(name, 0)) for name in dict.fromkeys(names)},
    )


def _sets(sessions: Iterable[Session]) -> dict[str, int]:
    """Work sets by exercise, a left and a right as one."""
    found: dict[str, int] = {}
    for session in sessions:
        for entry in session.live():
            numbers = len({row.number for row in counted(entry)})
            found[entry.exercise] = found.get(entry.exercise, 0) + numbers
    return found
