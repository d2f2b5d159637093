"""Merges an imported set log into the runner's log: the newer copy wins, set by set.

A deleted session stays deleted: importing does not bring it back, undo in the program does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.identity import done_at_second, own_id, same_set
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, Side
from tui.formats.setlog_fields import entry_for, moved, place, put_entry
from tui.formats.setlog_reader import Parsed


class Joined(Struct, frozen=True, kw_only=True):
    """The sessions and records to write, and how many lines brought something new (``imported``) or
    nothing new (``duplicate``)."""

    sessions: tuple[Session, ...]
    records: tuple[Record, ...]
    imported: int
    duplicate: int


def join(sessions: Iterable[Session], records: Iterable[Record], parsed: Parsed) -> Joined:
    """Merge ``parsed`` into a whole log, deleted sessions and records included."""
    joint = _Merge(sessions, records, parsed)
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


class _Merge:
    """The state of the merge while lines are taken in."""

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
        self.set_homes: dict[str, str] = {}
        self.exercises: dict[str, tuple[str, SetEntry]] = {}
        # The id of a set here, by the id it gets in a copy where its place is taken.
        self.elsewhere: dict[str, str] = {}
        for session in whole:
            for entry, row in _rows(session):
                self.has(session.id, entry.exercise, row)
        self.told: dict[str, object] = {}
        self.changed: set[str] = set()
        self.entry_homes = {entry.id: s.id for s in whole for entry in s.entries}
        self.dead: defaultdict[str, list[Record]] = defaultdict(list)
        for grave in (*(r for r in self.known if r.deleted), *parsed.tombstones):
            self.dead[grave.id].append(grave)

    def has(self, session_id: str, exercise: str, row: SetEntry) -> None:
        """Record where a set is."""
        self.set_homes[row.id] = session_id
        self.exercises[row.id] = exercise, row
        self.elsewhere[own_id(exercise, row)] = row.id

    def known_as(self, exercise: str, row: SetEntry) -> str:
        """The id that a set has, or will have, in the log."""
        own = own_id(exercise, row)
        for name in (row.id, own, self.elsewhere.get(row.id, "")):
            if name in self.exercises and same_set(exercise, row, *self.exercises[name]):
                return name
        return own if row.id in self.exercises else row.id

    def is_buried(self, name: str, edited: str) -> bool:
        """Whether the thing with this id was deleted after it was edited."""
        age = edited_at(edited)
        return any(age <= edited_at(grave.edited) for grave in self.dead.get(name, ()))

    def is_dead(self, exercise: str, row: SetEntry, *ids: str) -> bool:
        """Whether a set was deleted after it was edited, alone or with its entry or session."""
        age, names = edited_at(row.edited), (row.id, own_id(exercise, row), *ids)
        graves = (grave for name in names for grave in self.dead.get(name, ()))
        return any(age <= edited_at(g.edited) and _means(g, exercise, row) for g in graves)

    def take_session(self, session: Session) -> None:
        if session.note and not self.is_buried(session.id, session.edited):
            self.take_note(session)
        for entry, row in _rows(session):
            known = replace(row, id=self.known_as(entry.exercise, row))
            home = self.sessions.get(self.set_homes.get(known.id, session.id))
            if home is not None and home.deleted:
                continue
            if known.id in self.set_homes:
                self.told[known.id] = (entry.id, place(row))
                self.correct(entry.exercise, known)
            elif not self.is_dead(entry.exercise, row, entry.id, session.id):
                self.add(session, entry, row, known.id)

    def take_note(self, session: Session) -> None:
        """Take the note of a session, if it is new or newer."""
        known = self.sessions.get(session.id)
        if known is None:
            self.sessions[session.id] = replace(session, entries=())
        elif known.deleted or edited_at(session.edited) <= edited_at(known.edited):
            return
        else:
            self.sessions[session.id] = replace(known, note=session.note, edited=session.edited)
        self.imported += 1

    def correct(self, exercise: str, row: SetEntry) -> None:
        """Merge a set that the log already has: the newer copy stays."""
        session = self.sessions[self.set_homes[row.id]]
        entry, old = next((e, s) for e, s in _rows(session) if s.id == row.id)
        stale = edited_at(row.edited) <= edited_at(old.edited)
        if stale or entry.deleted or self.is_dead(exercise, row):
            return
        rows = tuple(row if s.id == row.id else s for s in entry.sets)
        self.put(session, replace(entry, sets=rows), row.edited)
        self.changed.add(row.id)

    def add(self, incoming: Session, entry: Entry, row: SetEntry, name: str) -> None:
        """Add a set that the log does not have to its session, or to a new one, under the id
        ``name``; or under its own id, if it does not go into the entry it names, since other sets
        are numbered on there."""
        session = self.sessions.get(incoming.id) or replace(incoming, entries=(), note="")
        wanted = entry.id if entry.id in self.named else ""
        home = entry_for(session.entries, session.id, wanted, entry.exercise, row)
        if wanted and home.id != wanted:
            name = own_id(entry.exercise, row)
        self.told[name] = (entry.id, place(row))
        row = replace(row, id=name)
        superset = home.superset or entry.superset
        self.put(session, replace(home, sets=(*home.sets, row), superset=superset), row.edited)
        self.has(session.id, home.exercise, row)
        self.entry_homes[home.id] = session.id
        self.changed.add(row.id)

    def settled(self, session: Session) -> Session:
        """The session, with each incoming set whose place was taken moved to an entry where it is
        free. Sets that share a place in the file itself stay there."""
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
        """Put a changed or new entry into a session; a stored session gets its newer stamp."""
        changed = replace(entry, edited=newest([entry.edited, edited]))
        entries = put_entry(session.entries, changed)
        stamp = newest([session.edited, edited]) if session.id in self.before else session.edited
        self.sessions[session.id] = replace(session, entries=entries, edited=stamp)
        self.imported += 1

    def take_record(self, record: Record) -> None:
        known = self.records.get(record.id)
        if self.is_buried(record.id, record.edited):
            return
        if known is None or edited_at(record.edited) > edited_at(known.edited):
            self.records[record.id] = record
            self.imported += 1

    def bury(self, grave: Record) -> None:
        """Delete what the log has under an id; if it has nothing, remember the deletion."""
        grave = replace(grave, id=self.meant(grave))
        if grave.id in self.sessions:
            session = self.sessions[grave.id]
            if _outlived(session, grave):
                self.sessions[session.id] = session.tombstone(grave.edited)
                self.imported += 1
        elif self.bury_part(grave):
            return
        else:
            known = self.records.get(grave.id)
            if known is None or _outlived(known, grave):
                old = known or grave
                self.records[grave.id] = replace(old, deleted=True, edited=grave.edited)
                self.imported += 1

    def meant(self, grave: Record) -> str:
        """The id, in this log, of what a deletion means: if the id it names belongs to another set
        here, the set's own id."""
        exercise = grave.values.get("exercise")
        if exercise is None:
            return grave.id
        at = grave.values.get("at", "")
        told = SetEntry(id=grave.id, edited="", number=1, side=Side.BOTH, done=Measures(), at=at)
        return self.known_as(exercise, told)

    def bury_part(self, grave: Record) -> bool:
        """Delete an entry or a set of the log; False if none matches."""
        home = self.entry_homes.get(grave.id) or self.set_homes.get(grave.id)
        if home is None:
            return False
        session = self.sessions[home]
        for entry in session.entries:
            rows = {row.id: row for row in entry.sets}
            if entry.id != grave.id and grave.id not in rows:
                continue
            if not _means(grave, entry.exercise, rows.get(grave.id)):
                return False
            if entry.id == grave.id:
                if _outlived(entry, grave):
                    self.put(session, replace(entry, deleted=True), grave.edited)
            elif _outlived(row := rows[grave.id], grave):
                rows[row.id] = replace(row, deleted=True, edited=grave.edited)
                self.put(session, replace(entry, sets=tuple(rows.values())), grave.edited)
        return True


def _means(grave: Record, exercise: str, row: SetEntry | None) -> bool:
    """Whether a deletion means the exercise, or the row of a set, that has its id here. One that
    gives only an id means anything with that id."""
    if grave.values.get("exercise", exercise) != exercise:
        return False
    if row is None or "at" not in grave.values:
        return True
    return done_at_second(row) in (None, done_at_second(replace(row, at=grave.values["at"])))


def _outlived(thing: Session | Entry | SetEntry | Record, grave: Record) -> bool:
    """Whether a deletion changes something: it exists and is not newer, or was deleted earlier."""
    age, died = edited_at(thing.edited), edited_at(grave.edited)
    return age < died if thing.deleted else age <= died


def _rows(session: Session) -> Iterator[tuple[Entry, SetEntry]]:
    """Each set of a session with its entry, deleted ones included."""
    return ((entry, row) for entry in session.entries for row in entry.sets)
