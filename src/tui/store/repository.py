"""Reads and writes the finished log: sessions and records, one file per calendar year.

A document is stored in the year of its local date, keyed by its id. The copy edited last wins; if
two were edited at the same instant, the incoming one does. A deleted session stays as a tombstone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from tui.domain.model.codec import (
    record_from_doc,
    record_to_doc,
    session_from_doc,
    session_to_doc,
)
from tui.domain.model.stamps import edit_of_record, edit_of_session, edited_at
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Session
from tui.store.atomic import all_or_nothing
from tui.store.database import Database, Doc
from tui.store.errors import StoreError, refused
from tui.store.paths import Paths
from tui.store.storage import Identity

SESSIONS = "sessions"
RECORDS = "records"
YEAR_FILE = re.compile(r"(\d{4})\.json(?:\.bak)?")

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
    """The decoded contents of a year's file, sorted, and the identity of that file."""

    identity: Identity | None
    sessions: list[Session]
    records: list[Record]


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
        except FileNotFoundError:
            return []
        except OSError as error:
            raise refused(self.paths.log_dir, error, "read") from error
        matches = (YEAR_FILE.fullmatch(name) for name in names)
        return sorted({int(match[1]) for match in matches if match}, reverse=True)

    def sessions(self, year: int) -> list[Session]:
        """The sessions of one year by start, deleted ones included. Raises StoreError."""
        return list(self._decoded(year).sessions)

    def records(self, year: int) -> list[Record]:
        """The records of one year by date, deleted ones included. Raises StoreError."""
        return list(self._decoded(year).records)

    def digest(self, year: int) -> bytes | None:
        """The hash of a year's file as it is now; None if there is no file to read."""
        return self._year(year).digest()

    def put_session(self, session: Session) -> None:
        """Write the session to disk, unless a newer copy is there already."""
        self.put_many([session], [])

    def edit_session(self, session: Session) -> Session:
        """Write a session that was edited here, stamped later than every stored copy of it, and
        return it as written. Raises StoreError."""
        return self._edit(session, SESSIONS, session_from_doc, session_to_doc, edit_of_session)

    def edit_record(self, record: Record) -> Record:
        """:meth:`edit_session` for a record."""
        return self._edit(record, RECORDS, record_from_doc, record_to_doc, edit_of_record)

    def put_many(self, sessions: Iterable[Session], records: Iterable[Record]) -> None:
        """Write all of these or, if one cannot be written, none. Raises StoreError.

        Each year file is written whole in one step. If the process is killed between two files,
        part of it is in and nothing is lost: the same call again completes it.
        """
        incoming: dict[Key, Copy] = {}
        for key, copy in [
            *((Key(SESSIONS, s.id), Copy(s.day.year, session_to_doc(s))) for s in sessions),
            *((Key(RECORDS, r.id), Copy(r.day.year, record_to_doc(r))) for r in records),
        ]:
            if key not in incoming or age(copy) >= age(incoming[key]):
                incoming[key] = copy
        self._store(incoming)

    def _edit(
        self,
        value: T,
        table: str,
        decode: Callable[[Mapping[str, Any]], T],
        encode: Callable[[T], Doc],
        edit_of: Callable[[T, T], T],
    ) -> T:
        key = Key(table, value.id)
        stored = self._copies([key])
        for copy in stored[key]:
            try:
                value = edit_of(value, decode(copy.doc))
            except BadDocument as bad:
                path, what = clean(str(self.paths.year(copy.year))), clean(f"{value.id}: {bad}")
                raise StoreError(f"{path}: {what}. Correct it there; nothing was written.") from bad
        self._store({key: Copy(value.day.year, encode(value))}, stored)
        return value

    def _store(
        self, incoming: Mapping[Key, Copy], stored: Mapping[Key, Sequence[Copy]] | None = None
    ) -> None:
        """Write what is newer than its ``stored`` copies, then remove copies from other years."""
        if stored is None:
            stored = self._copies(incoming)
        puts: defaultdict[int, defaultdict[str, dict[str, Doc]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        drops: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for key, new in incoming.items():
            # max returns the first of equals, so at the same instant the incoming copy wins.
            best = max([new, *stored[key]], key=age)
            if best not in stored[key]:
                puts[best.year][key.table][key.id] = dict(best.doc)
            for copy in stored[key]:
                if copy.year != best.year:
                    drops[copy.year][key.table].append(key.id)
        if touched := sorted(puts.keys() | drops.keys()):
            if not self._writable:
                raise StoreError(f"{clean(str(self.paths.root))} is open for reading only.")
            with all_or_nothing([self.paths.year(year) for year in touched]):
                # All puts come before any removal: in between, a document may be stored twice but
                # is never lost.
                for year, tables in sorted(puts.items()):
                    self._year(year).put(tables)
                for year, ids in sorted(drops.items()):
                    self._year(year).drop(ids)

    def _copies(self, keys: Iterable[Key]) -> dict[Key, list[Copy]]:
        """Every stored copy of these documents, in any year."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        copies: dict[Key, list[Copy]] = {}
        for key in keys:
            wanted[key.table].add(key.id)
            copies[key] = []
        for year in self.years():
            for table, ids in wanted.items():
                for id_, doc in self._year(year).holding(table, ids).items():
                    copies[Key(table, id_)].append(Copy(year, doc))
        return copies

    def _decoded(self, year: int) -> Year:
        """A whole year, decoded again only after its file has changed."""
        database = self._year(year)
        identity = database.identity()
        known = self._read.get(year)
        if known is None or known.identity != identity:
            known = self._read[year] = Year(
                identity,
                self._values(database, SESSIONS, session_from_doc, lambda s: (s.started, s.id)),
                self._values(database, RECORDS, record_from_doc, lambda r: (r.day, r.id)),
            )
            # The newest year is written with every session, the others hardly ever.
            if year < max(self._open):
                database.let_go()
        return known

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
        line = f"{path}: {clean(key)} is left out: {clean(reason)}. It stays in the file."
        if line not in self.notices:
            self.notices.append(line)

    def _year(self, year: int) -> Database:
        if year not in self._open:
            self._open[year] = Database(
                self.paths.year(year), writable=self._writable, notices=self.notices
            )
        return self._open[year]


def age(copy: Copy) -> float:
    """When a copy was last edited, as a number to compare."""
    return edited_at(copy.doc.get("edited"))


def checked(value: T, key: str) -> T:
    """The value, if its id is ``key``; raises BadDocument otherwise."""
    if value.id != key:
        raise BadDocument(f"its id is {value.id!r}")
    return value


def each_once(values: Iterable[T]) -> list[T]:
    """The values of several years, one per id: the copy edited last.

    A writer killed while moving a session to another year leaves it in both.
    """
    newest: dict[str, T] = {}
    for value in values:
        known = newest.get(value.id)
        if known is None or edited_at(value.edited) > edited_at(known.edited):
            newest[value.id] = value
    return list(newest.values())
