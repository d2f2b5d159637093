"""Reads and writes the finished log: sessions and records, one file per calendar year.

A document is stored in the year of its local date, keyed by its id. What is written is joined with
what is there (:mod:`tui.domain.model.joining`); what is deleted stays as a tombstone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from tui.domain.model.codec import (
    record_from_doc,
    record_to_doc,
    session_from_doc,
    session_to_doc,
)
from tui.domain.model.edits import edit_of_record, edit_of_session, restored
from tui.domain.model.joining import Documents, Lost, joined, later_record
from tui.domain.model.text import clean, number_of
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Session
from tui.domain.model.versions import later
from tui.domain.model.visible import visible
from tui.store.atomic import all_or_nothing
from tui.store.damage import set_aside_copies
from tui.store.database import Database, Doc
from tui.store.errors import NotSynced, StoreError, leads_nowhere, refused
from tui.store.files import Identity
from tui.store.json_bytes import dumps
from tui.store.paths import Paths
from tui.store.tables import DECODE, RECORDS, SESSIONS, Tables
from tui.store.twins import twin_line

# Also a year of which only a damaged file is left, since that is still reported.
YEAR_FILE = re.compile(r"(\d{4})\.json(?:\.bak|\.damaged-\d+)?")

T = TypeVar("T", Session, Record)


class Key(NamedTuple):
    """The table and id of a document."""

    table: str
    id: str


class Copy(NamedTuple):
    """One copy of a document, and the year it belongs to or was found in."""

    year: int
    doc: Mapping[str, Any]


class Year(NamedTuple):
    """The decoded contents of a year's file, sorted, and the identity of that file. ``sessions``
    are as they are shown; ``unlike`` has those that are stored otherwise, by id."""

    identity: Identity | None
    sessions: list[Session]
    records: list[Record]
    unlike: dict[str, Session]


class Repository:
    """The log below ``paths``. Reading creates nothing; with ``writable`` False nothing changes.

    ``notices`` collects, one line each, what the runner should know: a damaged file that was
    repaired, a document that is not understood.
    """

    def __init__(self, paths: Paths, *, writable: bool) -> None:
        self.notices: list[str] = []
        self.paths = paths
        self._writable = writable
        self._open: dict[int, Database] = {}
        self._read: dict[int, Year] = {}

    def years(self) -> list[int]:
        """The years that have a file, newest first. Raises StoreError."""
        try:
            names = [path.name for path in self.paths.log_dir.iterdir()]
        except OSError as error:
            folder = self.paths.log_dir
            if isinstance(error, FileNotFoundError) and not leads_nowhere(folder):
                return []
            raise refused(folder, error, "read") from error
        matches = (YEAR_FILE.fullmatch(name) for name in names)
        return sorted({int(match[1]) for match in matches if match}, reverse=True)

    def sessions(self, year: int) -> list[Session]:
        """The sessions of one year by start, deleted ones included. Raises StoreError."""
        return list(self._decoded(year).sessions)

    def records(self, year: int) -> list[Record]:
        """The records of one year by date, deleted ones included. Raises StoreError."""
        return list(self._decoded(year).records)

    def incomplete(self, year: int) -> bool:
        """Whether the file of a year was damaged, and something in it is missing for good or until
        a backup is restored. A year that cannot be read has to say nothing here."""
        if year not in self._read and set_aside_copies(self.paths.year(year)):
            with suppress(StoreError):
                self._decoded(year)
        return year in self._open and self._open[year].incomplete

    def damaged(self) -> list[int]:
        """The years read so far of which a damaged file waits to be dealt with, in order."""
        return sorted(year for year, database in self._open.items() if database.damaged)

    def look_at_damage(self, year: int) -> None:
        """Forget the notices about a damaged year: when it is read next, it is looked at anew."""
        self._open.pop(year, None)
        self._read.pop(year, None)
        path = clean(str(self.paths.year(year)))
        self.notices[:] = [line for line in self.notices if not line.startswith(path)]

    def stored(self, year: int) -> list[Session]:
        """The sessions of one year as they are stored, with everything that deletions cover: for
        an export, a copy, a join. Raises StoreError."""
        return _stored(self._decoded(year))

    def copies_of(
        self, sessions: Iterable[Session], records: Iterable[Record]
    ) -> tuple[list[Session], list[Record]]:
        """What is stored of these sessions and records, from every year that can be read. Raises
        StoreError."""
        keys = [Key(SESSIONS, session.id) for session in sessions]
        keys += [Key(RECORDS, record.id) for record in records]
        found = self._copies(keys, ()) if keys else {}
        there = [(key.table, copy) for key, copies in found.items() for copy in copies]
        return (
            [
                self._understood(copy, session_from_doc)
                for table, copy in there
                if table == SESSIONS
            ],
            [self._understood(copy, record_from_doc) for table, copy in there if table == RECORDS],
        )

    def put_session(self, session: Session) -> Session:
        """Join a session into the log, and return it as it is shown then. Raises StoreError."""
        self.put_many([session], [])
        stored = self._joined_copies(session.id, [session.day.year])
        assert stored is not None
        return visible(stored)

    def edit_session(self, session: Session, now: datetime, seen: Session | None = None) -> Session:
        """Write what ``session``, a changed copy of what was ``seen`` (by default, of what is shown
        now), says differently; each change is later than what it changes, even if the clock was set
        back. Returns the session as it is shown then. Raises StoreError."""
        stored = self._joined_copies(session.id, [session.day.year])
        if stored is not None:
            session = edit_of_session(session, stored, now.isoformat(), seen)
        return self.put_session(session)

    def restore_session(self, session_id: str, now: datetime) -> Session:
        """Take back the deletion of a session, whenever that was: all that it covered is shown
        again. Returns the session as it is shown then. Raises StoreError, also if there is no such
        session."""
        stored = self.find_session(session_id)
        if stored is None:
            raise StoreError(f"there is no session {clean(session_id)}")
        return self.put_session(restored(stored, now.isoformat()))

    def edit_record(self, record: Record, now: datetime) -> Record:
        """:meth:`edit_session` for a record."""
        key = Key(RECORDS, record.id)
        for copy in self._copies([key], [record.day.year])[key]:
            record = edit_of_record(
                record, self._understood(copy, record_from_doc), now.isoformat()
            )
        self.put_many([], [record])
        return record

    def put_many(self, sessions: Iterable[Session], records: Iterable[Record]) -> list[Lost]:
        """Join all of these into the log or, if one cannot be written, none; return the versions
        that lost though they were edits that the log did not know of. Raises StoreError; NotSynced
        if all are written, but the disk did not confirm it.

        Each year file is written whole in one step. If the process is killed between two files,
        part of it is in and nothing is lost: the same call again completes it.
        """
        documents = Documents()
        documents.take(sessions, records)
        keys = [Key(SESSIONS, one) for one in documents.heads]
        keys += [Key(RECORDS, one) for one in documents.records]
        at = {session.day.year for session in documents.heads.values()}
        at |= {record.day.year for record in documents.records.values()}
        stored = self._copies(keys, at)
        for key, copies in stored.items():
            for copy in copies:
                if key.table == SESSIONS:
                    documents.take([self._understood(copy, session_from_doc)])
                else:
                    documents.take([], [self._understood(copy, record_from_doc)])
        wanted: dict[Key, Session | Record] = {
            Key(SESSIONS, session.id): session for session in documents.sessions()
        }
        wanted |= {Key(RECORDS, record.id): record for record in documents.records.values()}
        self._store(wanted, stored)
        return documents.lost

    def settle(self, year: int) -> None:
        """Have the file of a year as this version writes it: mended if it was damaged, with what
        was changed outside the program as edits, in this schema. Raises StoreError."""
        database = self._year(year)
        database.put(
            {
                table: {
                    key: _doc_of(value)
                    for key, doc in database.by_id(table).items()
                    if (value := understood(table, key, doc)) is not None
                }
                for table in DECODE
            }
        )

    def put_plain(self, year: int, tables: Tables) -> None:
        """Join documents that this version does not understand into the file of a year, each whole:
        of two versions the later counts. Raises StoreError."""
        database = self._year(year)
        there = {name: database.by_id(name) for name in tables}
        database.put(
            {
                name: {key: later(there[name].get(key, doc), doc) for key, doc in table.items()}
                for name, table in tables.items()
            }
        )

    def find_session(self, session_id: str) -> Session | None:
        """A session of any year as it is stored; None if there is none. Raises StoreError."""
        return self._joined_copies(session_id, ())

    def _joined_copies(self, session_id: str, at: Collection[int]) -> Session | None:
        """What the copies of a session are together; the years ``at`` must be readable."""
        key = Key(SESSIONS, session_id)
        stored = self._copies([key], at)[key]
        copies = [self._understood(copy, session_from_doc) for copy in stored]
        return joined(copies)[0] if copies else None

    def _understood(self, copy: Copy, decode: Callable[[Mapping[str, Any]], T]) -> T:
        try:
            return decode(copy.doc)
        except BadDocument as bad:
            path, what = clean(str(self.paths.year(copy.year))), f"{copy.doc.get('id')}: {bad}"
            raise StoreError(
                f"{path}: {clean(what)}. Correct it there; nothing was written."
            ) from bad

    def _store(
        self, wanted: Mapping[Key, Session | Record], stored: Mapping[Key, Sequence[Copy]]
    ) -> None:
        """Write the documents that differ from their ``stored`` copies, then remove copies from
        other years."""
        puts: defaultdict[int, list[Key]] = defaultdict(list)
        drops: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for key, new in wanted.items():
            year = new.day.year
            there = [copy.doc for copy in stored[key] if copy.year == year]
            if not any(_same_bytes(_doc_of(new), doc) for doc in there):
                puts[year].append(key)
            for copy in stored[key]:
                if copy.year != year:
                    drops[copy.year][key.table].append(key.id)
        if touched := sorted(puts.keys() | drops.keys()):
            if not self._writable:
                raise StoreError(f"{clean(str(self.paths.root))} is open for reading only.")
            with all_or_nothing([self.paths.year(year) for year in touched]):
                # All puts come before any removal: in between, a document may be stored twice but
                # is never lost. Nothing is removed before the disk has confirmed every put.
                late: NotSynced | None = None
                for year, keys in sorted(puts.items()):
                    # Only now, as the documents of all years are many times what they are made of.
                    tables: defaultdict[str, dict[str, Doc]] = defaultdict(dict)
                    for key in keys:
                        tables[key.table][key.id] = _doc_of(wanted[key])
                    try:
                        self._year(year).put(tables)
                    except NotSynced as error:
                        late = error
                    if len(puts) > 1:
                        # One year goes on to be written; of many none is more likely to be.
                        self._year(year).let_go()
                if late is not None:
                    raise late
                for year, ids in sorted(drops.items()):
                    self._year(year).drop(ids)
            self._take_in_overtaken(touched)

    def _take_in_overtaken(self, years: Iterable[int]) -> None:
        """Join what someone else, such as a sync program, put in a file's place just before it was
        written: it is only in .bak now."""
        for year in years:
            tables = self._year(year).overtaken()
            if tables is not None:
                sessions, records = values_of(tables)
                self.put_many(sessions, records)

    def _copies(self, keys: Iterable[Key], at: Collection[int]) -> dict[Key, list[Copy]]:
        """Every stored copy of these documents, in any year. The years ``at`` must be readable."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        copies: dict[Key, list[Copy]] = {}
        for key in keys:
            wanted[key.table].add(key.id)
            copies[key] = []
        for year in self.years():
            for table, ids in wanted.items():
                try:
                    found = self._year(year).holding(table, ids)
                except StoreError:
                    # One year that cannot be read must not close the others. If it does have a
                    # copy, the two are joined once it can be read.
                    if year in at:
                        raise
                    continue
                for id_, doc in found.items():
                    copies[Key(table, id_)].append(Copy(year, doc))
        return copies

    def _decoded(self, year: int) -> Year:
        """A whole year, decoded again only after its file has changed."""
        database = self._year(year)
        identity = database.identity()
        known = self._read.get(year)
        if known is None or known.identity != identity:
            before = None if database.is_as_left() else known
            sessions = self._values(
                database, SESSIONS, session_from_doc, lambda s: (s.started, s.id)
            )
            shown = [visible(session) for session in sessions]
            if line := twin_line(database.path, sessions):
                self._notice(line)
            known = self._read[year] = Year(
                identity,
                shown,
                self._values(database, RECORDS, record_from_doc, lambda r: (r.day, r.id)),
                {s.id: s for s, seen in zip(sessions, shown, strict=True) if s is not seen},
            )
            # The newest year is written with every session, the others hardly ever.
            if year < max(self._open):
                database.let_go()
            if before is not None and self._writable:
                self._bring_back(year, before, known)
                return self._read[year]
        return known

    def _bring_back(self, year: int, before: Year, now: Year) -> None:
        """Join what was read of a year into the file that someone else put in its place: nothing
        ever leaves the log without a trace, so what that one lacks was lost with it."""
        gone = _lacking(_stored(before), _stored(now), lambda one, other: joined([other], [one])[0])
        records = _lacking(before.records, now.records, later_record)
        if not (gone or records):
            return
        path = clean(str(self.paths.year(year)))
        try:
            self.put_many(gone, records)
        except StoreError as refusal:
            self._notice(f"{path} was replaced by an older copy: {refusal}")
            return
        what = number_of(len(gone) + len(records), "thing")
        self._notice(f"{path} was replaced by an older copy: {what} it lacked, now back in it.")
        self._decoded(year)

    def _values(
        self,
        database: Database,
        table: str,
        decode: Callable[[Mapping[str, Any]], T],
        order: Callable[[T], Any],
    ) -> list[T]:
        """The documents of a table as values; bad ones are reported in ``notices`` and left out."""
        values: list[T] = []
        for doc in database.documents(table):
            try:
                values.append(checked(decode(doc), str(doc.doc_id)))
            except BadDocument as error:
                self._leave_out(database, str(doc.doc_id), str(error))
        for key in database.misfits(table):
            self._leave_out(database, key, "it is no object")
        values.sort(key=order)
        return values

    def _leave_out(self, database: Database, key: str, reason: str) -> None:
        path = clean(str(database.path))
        self._notice(f"{path}: {clean(key)} is left out: {clean(reason)}. It stays in the file.")

    def _notice(self, line: str) -> None:
        if line not in self.notices:
            self.notices.append(line)

    def _year(self, year: int) -> Database:
        if year not in self._open:
            self._open[year] = Database(
                self.paths.year(year),
                writable=self._writable,
                notices=self.notices,
                merged=self.paths.merged_dir,
            )
        return self._open[year]


def values_of(
    tables: Mapping[str, Mapping[str, Any]],
) -> tuple[list[Session], list[Record]]:
    """The sessions and records of a file's tables, without what is not understood."""
    sessions: list[Session] = []
    records: list[Record] = []
    for doc in tables.get(SESSIONS, {}).values():
        with suppress(BadDocument, AttributeError):
            sessions.append(session_from_doc(doc))
    for doc in tables.get(RECORDS, {}).values():
        with suppress(BadDocument, AttributeError):
            records.append(record_from_doc(doc))
    return sessions, records


def checked(value: T, key: str) -> T:
    """The value, if its id is ``key``; raises BadDocument otherwise."""
    if value.id != key:
        raise BadDocument(f"its id is {value.id!r}")
    return value


def understood(table: str, key: str, doc: Any) -> Session | Record | None:
    """The value of a document in a table; None if this version does not understand it."""
    with suppress(BadDocument, AttributeError, KeyError):
        value = DECODE[table](doc)
        return value if value.id == key else None
    return None


def _same_bytes(one: Doc, other: Mapping[str, Any]) -> bool:
    # 60 and 60.0 are equal, and so are two orders of the keys; two files with them are not.
    return one == other and dumps(one) == dumps(other)


def _doc_of(value: Session | Record) -> Doc:
    return session_to_doc(value) if isinstance(value, Session) else record_to_doc(value)


def _stored(year: Year) -> list[Session]:
    return [year.unlike.get(session.id, session) for session in year.sessions]


def _lacking(before: Iterable[T], now: Iterable[T], join: Callable[[T, T], T]) -> list[T]:
    """Those of ``before`` that say something that ``now`` does not have."""
    there = {one.id: one for one in now}
    return [
        one
        for one in before
        if (other := there.get(one.id)) is None or (one != other and join(one, other) != other)
    ]


def each_once(sessions: Iterable[Session]) -> list[Session]:
    """The sessions of several years, one per id: a writer that was killed while moving a session
    to another year leaves it in both."""
    found: dict[str, Session] = {}
    for session in sessions:
        known = found.get(session.id)
        found[session.id] = session if known is None else joined([known], [session])[0]
    return list(found.values())


def records_once(records: Iterable[Record]) -> list[Record]:
    """The records of several years, one per id: the version edited last."""
    found: dict[str, Record] = {}
    for record in records:
        known = found.get(record.id)
        found[record.id] = record if known is None else later_record(known, record)
    return list(found.values())
