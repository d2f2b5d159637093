"""Bringing a file that was read into the log: what is newer wins, set by set.

A deleted session stays deleted: to have it back is undone in the program, not by importing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from tui.core.model import Entry, Record, Session, SetEntry
from tui.core.stamps import edited_at, newest
from tui.exchange.fields import entry_for, moved, place, put_entry
from tui.exchange.setlog import Parsed


class Joined(Struct, frozen=True, kw_only=True):
    """The sessions and records to write, and how many lines brought something (``imported``) or
    nothing new (``duplicate``)."""

    sessions: tuple[Session, ...]
    records: tuple[Record, ...]
    imported: int
    duplicate: int


def join(sessions: Iterable[Session], records: Iterable[Record], parsed: Parsed) -> Joined:
    """``parsed`` laid over a whole log, deleted sessions and records included."""
    joint = _Joint(sessions, records, parsed)
    for session in parsed.sessions:
        joint.take_session(session)
    for record in parsed.records:
        joint.take_record(record)
    for grave in parsed.tombstones:
        joint.bury(grave)
    return Joined(
        sessions=tuple(
            joint.settled(s) for key, s in joint.sessions.items() if s != joint.before.get(key)
        ),
        records=tuple(r for r in joint.records.values() if r not in joint.known),
        imported=joint.imported,
        duplicate=parsed.lines - joint.imported,
    )


class _Joint:
    """The log while lines are laid over it."""

    def __init__(
        self, sessions: Iterable[Session], records: Iterable[Record], parsed: Parsed
    ) -> None:
        self.before = {session.id: session for session in sessions}
        self.known = list(records)
        self.sessions = dict(self.before)
        self.records = {record.id: record for record in self.known}
        self.named = parsed.named
        self.imported = 0
        whole = self.before.values()
        self.set_homes = {row.id: s.id for s in whole for _, row in _rows(s)}
        self.told = {row.id: (e.id, place(row)) for s in parsed.sessions for e, row in _rows(s)}
        self.changed: set[str] = set()
        self.entry_homes = {entry.id: s.id for s in whole for entry in s.entries}
        self.dead: dict[str, float] = {}
        for grave in (*(r for r in self.known if r.deleted), *parsed.tombstones):
            age = edited_at(grave.edited)
            self.dead[grave.id] = max(age, self.dead.get(grave.id, age))

    def is_dead(self, edited: str, *ids: str) -> bool:
        """Whether something of this age was deleted, itself or with what it belongs to."""
        return any(edited_at(edited) <= self.dead[i] for i in ids if i in self.dead)

    def take_session(self, session: Session) -> None:
        note = session.note
        if note and not self.is_dead(session.edited, session.id):
            self.take_note(session)
        for entry, row in _rows(session):
            home = self.sessions.get(self.set_homes.get(row.id, session.id))
            if home is not None and home.deleted:
                continue
            if row.id in self.set_homes:
                self.correct(row)
            elif not self.is_dead(row.edited, row.id, entry.id, session.id):
                self.add(session, entry, row)

    def take_note(self, session: Session) -> None:
        """The note of a session: a new one, or a newer one."""
        known = self.sessions.get(session.id)
        if known is None:
            self.sessions[session.id] = replace(session, entries=())
        elif known.deleted or edited_at(session.edited) <= edited_at(known.edited):
            return
        else:
            self.sessions[session.id] = replace(known, note=session.note, edited=session.edited)
        self.imported += 1

    def correct(self, row: SetEntry) -> None:
        """A set that the log has: the newer copy stays."""
        session = self.sessions[self.set_homes[row.id]]
        entry, old = next((e, s) for e, s in _rows(session) if s.id == row.id)
        stale = edited_at(row.edited) <= edited_at(old.edited)
        if stale or entry.deleted or self.is_dead(row.edited, row.id):
            return
        rows = tuple(row if s.id == row.id else s for s in entry.sets)
        self.put(session, replace(entry, sets=rows), row.edited)
        self.changed.add(row.id)

    def add(self, incoming: Session, entry: Entry, row: SetEntry) -> None:
        """A set that the log does not have, into its session or a new one."""
        session = self.sessions.get(incoming.id) or replace(incoming, entries=(), note="")
        wanted = entry.id if entry.id in self.named else ""
        home = entry_for(session.entries, session.id, wanted, entry.exercise, row)
        superset = home.superset or entry.superset
        self.put(session, replace(home, sets=(*home.sets, row), superset=superset), row.edited)
        self.set_homes[row.id] = session.id
        self.entry_homes[home.id] = session.id
        self.changed.add(row.id)

    def settled(self, session: Session) -> Session:
        """The session with each set that came into the place of another moved to an entry where it
        is free; but what the file itself has in one place of one entry stays there."""
        entries = session.entries
        for entry in session.entries:
            rows = () if entry.deleted else entry.live()
            stay = [row for row in rows if row.id not in self.changed]
            for row in rows:
                if row.id not in self.changed:
                    continue
                others = (s for s in stay if self.told.get(s.id) != self.told[row.id])
                if place(row) in map(place, others):
                    entries = moved(entries, session.id, entry.exercise, row)
                else:
                    stay.append(row)
        return replace(session, entries=entries)

    def put(self, session: Session, entry: Entry, edited: str) -> None:
        """A changed or new entry of a session; what was there before is younger for it."""
        changed = replace(entry, edited=newest([entry.edited, edited]))
        entries = put_entry(session.entries, changed)
        stamp = newest([session.edited, edited]) if session.id in self.before else session.edited
        self.sessions[session.id] = replace(session, entries=entries, edited=stamp)
        self.imported += 1

    def take_record(self, record: Record) -> None:
        known = self.records.get(record.id)
        if self.is_dead(record.edited, record.id):
            return
        if known is None or edited_at(record.edited) > edited_at(known.edited):
            self.records[record.id] = record
            self.imported += 1

    def bury(self, grave: Record) -> None:
        """Delete what the log has under an id; where it has nothing, remember that it is dead."""
        if grave.id in self.sessions:
            session = self.sessions[grave.id]
            if _outlived(session, grave):
                self.sessions[session.id] = session.tombstone(grave.edited)
                self.imported += 1
        elif grave.id in self.entry_homes or grave.id in self.set_homes:
            self.bury_part(grave)
        else:
            known = self.records.get(grave.id)
            if known is None or _outlived(known, grave):
                old = known or grave
                self.records[grave.id] = replace(old, deleted=True, edited=grave.edited)
                self.imported += 1

    def bury_part(self, grave: Record) -> None:
        """Delete an entry or a set of the log."""
        home = self.entry_homes.get(grave.id) or self.set_homes[grave.id]
        session = self.sessions[home]
        for entry in session.entries:
            rows = {row.id: row for row in entry.sets}
            if entry.id == grave.id and _outlived(entry, grave):
                self.put(session, replace(entry, deleted=True), grave.edited)
            elif grave.id in rows and _outlived(row := rows[grave.id], grave):
                rows[row.id] = replace(row, deleted=True, edited=grave.edited)
                self.put(session, replace(entry, sets=tuple(rows.values())), grave.edited)


def _outlived(thing: Session | Entry | SetEntry | Record, grave: Record) -> bool:
    """Whether a deletion is news for something: it lives and is no newer, or died earlier."""
    age, died = edited_at(thing.edited), edited_at(grave.edited)
    return age < died if thing.deleted else age <= died


def _rows(session: Session) -> Iterator[tuple[Entry, SetEntry]]:
    """Each set of a session with its entry, deleted ones too."""
    return ((entry, row) for entry in session.entries for row in entry.sets)
