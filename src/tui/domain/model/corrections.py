"""Correct or delete a set of a logged session: returns a new session, never changes the old one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tui.domain.model.ids import beside
from tui.domain.model.logged import as_typed, with_contacts
from tui.domain.model.notation import Written
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
    is new gets one that every copy comes to; a side that is no longer typed leaves a tombstone. One
    amount typed for a set with two sides counts for both.
    """
    if exercise is not None:
        kind, feet = exercise.kind, exercise.jump_feet
        typed = [replace(t, measures=with_contacts(kind, feet, t.measures)) for t in typed]
    sides = [row.side for row in rows]
    if len(typed) == 1 and typed[0].side is Side.BOTH and Side.BOTH not in sides:
        typed = [replace(typed[0], side=side) for side in sides]
    old = {row.side: row for row in rows}
    new = [as_typed(old.get(t.side) or _other_side(rows[0], t.side), t, edited) for t in typed]
    gone = [row for row in rows if row.side not in {t.side for t in typed}]
    return _with_rows(session, rows, [*new, *_buried(gone, edited)])


def without(session: Session, rows: Sequence[SetEntry], edited: str) -> Session:
    """The session with the ``rows`` of one set replaced by tombstones."""
    return _with_rows(session, rows, _buried(rows, edited))


def _other_side(row: SetEntry, side: Side) -> SetEntry:
    """A row for the other side of ``row``."""
    new_id = beside(row.id, side.value)
    return replace(row, id=new_id, was="", replaces=(), side=side, prescribed=None, confirmed=False)


def _buried(rows: Iterable[SetEntry], edited: str) -> list[SetEntry]:
    return [replace(row, edited=edited, deleted=True) for row in rows]


def _with_rows(session: Session, old: Sequence[SetEntry], new: Sequence[SetEntry]) -> Session:
    # A side that is typed again is the one that was deleted.
    ids = {row.id for row in (*old, *new)}
    entries = tuple(
        _entry(entry, ids, new) if any(row.id in ids for row in entry.sets) else entry
        for entry in session.entries
    )
    return replace(session, entries=entries)


def _entry(entry: Entry, ids: set[str], new: Sequence[SetEntry]) -> Entry:
    first = next(i for i, row in enumerate(entry.sets) if row.id in ids)
    before = [row for row in entry.sets[:first] if row.id not in ids]
    after = [row for row in entry.sets[first:] if row.id not in ids]
    return replace(entry, sets=(*before, *new, *after))
