"""Reviews one week: sessions done, sessions still planned, and the sets of each exercise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.dates import monday
from tui.domain.model.sums import Sums, by_set, counted
from tui.domain.model.values import Entry, Exercise, Measures, Session, SetEntry
from tui.domain.planning.placement import Placed
from tui.domain.review.context import summed, worked
from tui.domain.session.live import Item


class PlannedSession(Struct, frozen=True):
    """A planned session, and the same as a session done as prescribed."""

    placed: Placed
    session: Session


class WeekReview(Struct, frozen=True, kw_only=True):
    """The week from ``monday``: sessions done, oldest first, and planned, each with its sums.
    ``sets`` counts the sets done and planned of each exercise, in order of appearance;
    ``left_out`` sums what was left out of the sessions done."""

    monday: date
    done: tuple[tuple[Session, Sums], ...]
    planned: tuple[tuple[Placed, Sums], ...]
    sets: Mapping[str, tuple[int, int]]
    left_out: Sums = Sums()

    @property
    def done_sums(self) -> Sums:
        """The total done."""
        return sum((made for _, made in self.done), Sums())

    @property
    def whole_sums(self) -> Sums:
        """The total of the whole week if nothing is left out."""
        return self.done_sums + self.left_out + self.planned_sums

    @property
    def planned_sums(self) -> Sums:
        """The total still planned."""
        return sum((made for _, made in self.planned), Sums())


def coming(placed: Placed, items: Iterable[Item]) -> PlannedSession:
    """A planned session with its exercises as prescribed."""
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
    # The time has no meaning here; only the day of ``placed`` counts.
    begun = datetime.combine(placed.day, time(), UTC)
    return PlannedSession(placed, Session(id="", edited="", started=begun, entries=entries))


def week_review_of(
    sessions: Iterable[Session],
    plans: Sequence[PlannedSession],
    day: date,
    known: Mapping[str, Exercise],
) -> WeekReview:
    """The review of the week of ``day``, from the sessions of the log and the planned ones;
    ``known`` are the library's exercises by id."""
    first = monday(day)
    last = first + timedelta(days=6)
    mine = [s for s in sessions if first <= s.day <= last and worked(s)]
    done = sorted(mine, key=lambda session: (session.day, session.started))
    planned = [one.session for one in plans]
    names = [e.exercise for s in (*done, *planned) for e in s.live() if counted(e)]
    did, will = _sets(done), _sets(planned)
    return WeekReview(
        monday=first,
        done=tuple((session, summed(session, known)) for session in done),
        planned=tuple((one.placed, summed(one.session, known)) for one in plans),
        left_out=sum((_left_out(session, known) for session in done), Sums()),
        sets={name: (did.get(name, 0), will.get(name, 0)) for name in dict.fromkeys(names)},
    )


def _left_out(session: Session, known: Mapping[str, Exercise]) -> Sums:
    """The sums of what was left out of a session."""
    done, whole = summed(session, known), summed(_whole(session), known)
    return Sums(
        sets=whole.sets - done.sets,
        tonnage_kg=whole.tonnage_kg - done.tonnage_kg,
        hold_s=whole.hold_s - done.hold_s,
        contacts=whole.contacts - done.contacts,
        distance_m=whole.distance_m - done.distance_m,
    )


def _whole(session: Session) -> Session:
    """The session as if the sets left out had been done as prescribed."""
    entries = tuple(
        replace(entry, sets=tuple(map(_as_asked, entry.sets))) for entry in session.entries
    )
    return replace(session, entries=entries)


def _as_asked(row: SetEntry) -> SetEntry:
    if row.undone is None:
        return row
    return replace(row, undone=None, done=row.prescribed or Measures())


def _sets(sessions: Iterable[Session]) -> dict[str, int]:
    """Work sets by exercise; left and right count as one."""
    found: dict[str, int] = {}
    for session in sessions:
        for entry in session.live():
            count = len(by_set(counted(entry)))
            found[entry.exercise] = found.get(entry.exercise, 0) + count
    return found
