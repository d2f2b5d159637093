"""Correct or delete a set of a logged session: returns a new session, never changes the old one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tui.domain.model.identity import own_id, same_set
from tui.domain.model.logged import as_typed, with_contacts
from tui.domain.model.notation import Written
from tui.domain.model.stamps import newest
from tui.domain.model.values import Entry, Exercise, Session, SetEntry, Side


def correct(
    session: Session,
    rows: Sequence[SetEntry],
    typed: Sequence[Written],
    exercise: Exercise | None,
    edited: str,
) -> Session:
    """The session with the set that ``rows`` make up replaced by what was ``typed``. ``exercise``
    is the library's entry, or None if the library no longer has it.

    The set keeps its number and its kind (work or warm-up), and each side keeps its id. A side that
    is new gets an id of its own; a side that is no longer typed leaves a tombstone. One amount
    typed for a set with two sides counts for both.
    """
    if exercise is not None:
        kind, feet = exercise.kind, exercise.jump_feet
        typed = [replace(t, measures=with_contacts(kind, feet, t.measures)) for t in typed]
    sides = [row.side for row in rows]
    if len(typed) == 1 and typed[0].side is Side.BOTH and Side.BOTH not in sides:
        typed = [replace(typed[0], side=side) for side in sides]
    old = {row.side: row for row in rows}
    taken = {row.id for entry in session.entries for row in entry.sets}
    new = [
        as_typed(old.get(t.side) or _other_side(rows[0], t.side, taken), t, edited) for t in typed
    ]
    gone = [row for row in rows if row.side not in {t.side for t in typed}]
    return _with_rows(session, rows, [*new, *_buried(gone, edited)], edited)


def without(session: Session, rows: Sequence[SetEntry], edited: str) -> Session:
    """The session with the ``rows`` of one set replaced by tombstones."""
    return _with_rows(session, rows, _buried(rows, edited), edited)


def _other_side(row: SetEntry, side: Side, taken: set[str]) -> SetEntry:
    """A row for the other side of ``row``, with an id never used in the session; the id is added to
    ``taken``."""
    fresh = f"{row.id}-{side.value[0]}"
    while fresh in taken:
        fresh += side.value[0]
    taken.add(fresh)
    return replace(row, id=fresh, side=side, prescribed=None)


def _buried(rows: Iterable[SetEntry], edited: str) -> list[SetEntry]:
    return [replace(row, edited=edited, deleted=True) for row in rows]


def _with_rows(
    session: Session, old: Sequence[SetEntry], new: Sequence[SetEntry], edited: str
) -> Session:
    ids = {row.id for row in old}
    entries = tuple(
        _entry(entry, ids, new, edited) if any(row.id in ids for row in entry.sets) else entry
        for entry in session.entries
    )
    return replace(session, entries=entries, edited=edited)


def _entry(entry: Entry, ids: set[str], new: Sequence[SetEntry], edited: str) -> Entry:
    first = next(i for i, row in enumerate(entry.sets) if row.id in ids)
    before = [row for row in entry.sets[:first] if row.id not in ids]
    after = [row for row in entry.sets[first:] if row.id not in ids]
    return replace(entry, sets=(*before, *new, *after), edited=edited)


def taken_back(new: Session, old: Session) -> Session:
    """``new`` with tombstones of the sets that ``old`` has and it has not, so that an undo takes
    them out of other copies of the log as well. A set whose id ``new`` uses for another one keeps
    its tombstone under an id of its own."""
    entries = {entry.id: entry for entry in new.entries}
    for entry in old.entries:
        kept = entries.get(entry.id, replace(entry, sets=(), deleted=True))
        there = {row.id: row for row in kept.sets}
        gone = []
        for row in entry.sets:
            if row.id not in there:
                gone.append(row)
            elif not row.undone and not same_set(entry.exercise, row, kept.exercise, there[row.id]):
                gone.append(replace(row, id=own_id(entry.exercise, row)))
        tombs = [
            replace(row, deleted=True, edited=new.edited) for row in gone if row.id not in there
        ]
        if tombs or entry.id not in entries:
            edited = newest([kept.edited, new.edited])
            entries[entry.id] = replace(kept, sets=(*kept.sets, *tombs), edited=edited)
    return replace(new, entries=tuple(entries.values()))
