"""Edit a stored session or record: only the documents that changed get a new version.

Each new version is stamped later than the one before, and later than a deletion that covers it,
even if the clock was set back; it names the versions it replaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from tui.domain.model.joining import entry_order, set_order
from tui.domain.model.stamps import edited_at, stamp_after
from tui.domain.model.values import Entry, Record, Session, SetEntry
from tui.domain.model.visible import visible

D = TypeVar("D", Session, Entry, SetEntry, Record)


def edit_of_session(
    new: Session, stored: Session, now: str, seen: Session | None = None
) -> Session:
    """``stored`` with what ``new``, a changed copy of what was ``seen``, says differently: by
    default, of what ``stored`` shows. What came since ``seen`` stays as it is, and so does what
    ``new`` leaves out: to delete something, mark it as deleted. A change is as old as ``new`` says,
    or as ``now``, the current instant."""
    now_shown, every = visible(stored), stamps_of(stored)
    seen = now_shown if seen is None else seen
    came = {row.id for entry in now_shown.live() for row in entry.live()} - _rows(seen).keys()
    if came and new.deleted and not seen.deleted:
        # Sets have come that the runner did not see: only those that were seen are deleted.
        new = emptied(seen, new.edited)
    before, shown = _entries(stored), _entries(seen)
    covers = [stored.edited] if stored.deleted else []
    head = _changed(_head(new), _head(seen), _head(stored), now, every)
    bodies = {id_: _body(entry) for id_, entry in before.items()}
    for entry in new.entries:
        body = _body(entry)
        if entry.id in before:
            old = shown.get(entry.id, before[entry.id])
            known = every if entry.deleted else covers
            body = _changed(body, _body(old), bodies[entry.id], now, known)
        bodies[entry.id] = body
    sets = {id_: {row.id: row for row in entry.sets} for id_, entry in before.items()}
    was, there = _rows(seen), _rows(now_shown)
    # Once a deletion is taken back, what it covered is shown again without an edit of its own.
    then = _rows(visible(_whole(head, bodies, sets)))
    for entry in new.entries:
        rows, home = sets.setdefault(entry.id, {}), before.get(entry.id)
        known = [*covers, home.edited] if home is not None and home.deleted else covers
        for row in entry.sets:
            if row.id not in rows:
                rows[row.id] = replace(row, edited=stamp_after(row.edited, known))
                continue
            saw = was.get(row.id)
            untouched = saw is not None and _alike(row, saw)
            # What the runner saw deleted stays so, even if it was its session that was.
            bared = row.deleted and not then[row.id].deleted and there[row.id].deleted
            if not _alike(row, then[row.id]) and (bared or not untouched):
                rows[row.id] = _next(_newest(row, saw, rows[row.id]), rows[row.id], now, known)
    return _whole(head, bodies, sets)


def edit_of_record(new: Record, stored: Record, now: str) -> Record:
    """``new`` as the next version of ``stored``; ``stored`` itself if nothing differs."""
    return _changed(new, stored, stored, now, ())


def restored(stored: Session, now: str) -> Session:
    """The next version of a deleted session: not deleted, with all that the deletion covered."""
    head = _head(stored)
    alive = _changed(replace(head, deleted=False), head, head, now, stamps_of(stored))
    return replace(alive, entries=stored.entries)


def stamps_of(session: Session) -> list[str]:
    """The stamps of a session and of everything in it."""
    stamps = [session.edited]
    for entry in session.entries:
        stamps += [entry.edited, *(row.edited for row in entry.sets)]
    return stamps


def taken_back(old: Session, new: Session) -> Session:
    """``old`` with tombstones of the sets that ``new`` has beyond it, so that an undo deletes them
    in other copies of the log as well. Their entries stay: others may have put sets there."""
    entries = _entries(old)
    for entry in new.entries:
        kept = entries.get(entry.id, replace(entry, sets=()))
        there = {row.id for row in kept.sets}
        gone = [replace(row, deleted=True) for row in entry.sets if row.id not in there]
        entries[entry.id] = replace(kept, sets=(*kept.sets, *gone))
    return replace(old, entries=tuple(entries.values()))


def emptied(session: Session, edited: str) -> Session:
    """The session with each of its sets deleted, but not itself."""
    entries = (
        replace(e, sets=tuple(replace(row, deleted=True, edited=edited) for row in e.sets))
        for e in session.entries
    )
    return replace(session, entries=tuple(entries))


def _changed(new: D, seen: D, stored: D, now: str, known: Iterable[str]) -> D:
    """The next version of a document, or ``stored`` itself if ``new`` says what was ``seen``."""
    return stored if _alike(new, seen) else _next(new, stored, now, known)


def _next(new: D, stored: D, now: str, known: Iterable[str]) -> D:
    """``new`` as the next version of ``stored``, later than all ``known`` stamps."""
    made = new.edited if edited_at(new.edited) > edited_at(stored.edited) else now
    before: tuple[str, ...] = (stored.edited,) if stored.edited else ()
    return replace(
        new,
        edited=stamp_after(made, [stored.edited, *known]),
        replaces=(*stored.replaces, *before),
    )


def _newest(row: SetEntry, old: SetEntry | None, stored: SetEntry) -> SetEntry:
    """``row`` with what the set says by now, if it was only deleted, or that taken back."""
    if old is None or not _alike(row, replace(old, deleted=row.deleted)):
        return row
    return replace(stored, deleted=row.deleted, edited=row.edited)


def _alike(one: D, other: D) -> bool:
    return replace(one, edited=other.edited, replaces=other.replaces) == other


def _whole(
    head: Session, bodies: dict[str, Entry], sets: dict[str, dict[str, SetEntry]]
) -> Session:
    entries = [
        replace(body, sets=tuple(sorted(sets.get(id_, {}).values(), key=set_order)))
        for id_, body in bodies.items()
    ]
    return replace(head, entries=tuple(sorted(entries, key=entry_order)))


def _entries(session: Session) -> dict[str, Entry]:
    return {entry.id: entry for entry in session.entries}


def _rows(session: Session) -> dict[str, SetEntry]:
    return {row.id: row for entry in session.entries for row in entry.sets}


def _head(session: Session) -> Session:
    return replace(session, entries=())


def _body(entry: Entry) -> Entry:
    return replace(entry, sets=())
