"""Bringing a file that was read into the log: what is newer wins, set by set.

A deleted session stays deleted: to have it back is undone in the program, not by importing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.identity import birth, own_id, same_set
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, Side
from tui.formats.setlog_fields import entry_for, moved, place, put_entry
from tui.formats.setlog_reader import Parsed


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
        self.set_homes: dict[str, str] = {}
        self.exercises: dict[str, tuple[str, SetEntry]] = {}
        # Where a set has its own id in another copy, as its place was taken there.
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
        """Remember where a set is."""
        self.set_homes[row.id] = session_id
        self.exercises[row.id] = exercise, row
        self.elsewhere[own_id(exercise, row)] = row.id

    def known_as(self, exercise: str, row: SetEntry) -> str:
        """The id under which the log has a set, or will have it."""
        own = own_id(exercise, row)
        for name in (row.id, own, self.elsewhere.get(row.id, "")):
            if name in self.exercises and same_set(exercise, row, *self.exercises[name]):
                return name
        return own if row.id in self.exercises else row.id

    def is_buried(self, name: str, edited: str) -> bool:
        """Whether what has an id was deleted after it was edited."""
        age = edited_at(edited)
        return any(age <= edited_at(grave.edited) for grave in self.dead.get(name, ()))

    def is_dead(self, exercise: str, row: SetEntry, *ids: str) -> bool:
        """Whether a set was deleted after it was edited, itself or with what it belongs to."""
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
        """The note of a session: a new one, or a newer one."""
        known = self.sessions.get(session.id)
        if known is None:
            self.sessions[session.id] = replace(session, entries=())
        elif known.deleted or edited_at(session.edited) <= edited_at(known.edited):
            return
        else:
            self.sessions[session.id] = replace(known, note=session.note, edited=session.edited)
        self.imported += 1

    def correct(self, exercise: str, row: SetEntry) -> None:
        """A set that the log has: the newer copy stays."""
        session = self.sessions[self.set_homes[row.id]]
        entry, old = next((e, s) for e, s in _rows(session) if s.id == row.id)
        stale = edited_at(row.edited) <= edited_at(old.edited)
        if stale or entry.deleted or self.is_dead(exercise, row):
            return
        rows = tuple(row if s.id == row.id else s for s in entry.sets)
        self.put(session, replace(entry, sets=rows), row.edited)
        self.changed.add(row.id)

    def add(self, incoming: Session, entry: Entry, row: SetEntry, name: str) -> None:
        """A set that the log does not have, into its session or a new one, under the id ``name``;
        under its own where its entry is not the one that it names, for others count on there."""
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
        if self.is_buried(record.id, record.edited):
            return
        if known is None or edited_at(record.edited) > edited_at(known.edited):
            self.records[record.id] = record
            self.imported += 1

    def bury(self, grave: Record) -> None:
        """Delete what the log has under an id; where it has nothing, remember that it is dead."""
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
        """The id of what a deletion means in this log: where the id that it names is another set's,
        the set's own."""
        exercise = grave.values.get("exercise")
        if exercise is None:
            return grave.id
        at = grave.values.get("at", "")
        told = SetEntry(id=grave.id, edited="", number=1, side=Side.BOTH, done=Measures(), at=at)
        return self.known_as(exercise, told)

    def bury_part(self, grave: Record) -> bool:
        """Delete an entry or a set of the log; False where it has none that is meant."""
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
    """Whether a deletion that names an id means what has that id here: an exercise, or the row of a
    set. One that says no more than the id means whatever has it."""
    if grave.values.get("exercise", exercise) != exercise:
        return False
    if row is None or "at" not in grave.values:
        return True
    return birth(row) in (None, birth(replace(row, at=grave.values["at"])))


def _outlived(thing: Session | Entry | SetEntry | Record, grave: Record) -> bool:
    """Whether a deletion is news for something: it lives and is no newer, or died earlier."""
    age, died = edited_at(thing.edited), edited_at(grave.edited)
    return age < died if thing.deleted else age <= died


def _rows(session: Session) -> Iterator[tuple[Entry, SetEntry]]:
    """Each set of a session with its entry, deleted ones too."""
    return ((entry, row) for entry in session.entries for row in entry.sets)
