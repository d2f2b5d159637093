"""Another copy of the runner's files: what is in it, and how it is taken in.

Its content, not its name, says what a file is: a year of the log, settings and calendar,
exercises of the runner's own, or the journal of a session.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from tui.app.journal_reader import OVER
from tui.app.profile import Profile
from tui.app.taking_in import Log, News, news_for, write_news
from tui.app.write_access import WriteAccess
from tui.domain.model.codec import Doc, record_from_doc, session_from_doc
from tui.domain.model.library.own_entries import TABLES as OWN_TABLES
from tui.domain.model.library.parser import SCHEMA_VERSION
from tui.domain.model.text import clean, number_of
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Session
from tui.domain.planning.calendar_codec import CALENDAR
from tui.domain.planning.profile_joining import SETTINGS, join_profiles
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.replay import replay, session_of
from tui.store.conflict_marks import sides_of
from tui.store.errors import NewerSchema, StoreError
from tui.store.journal_lines import MOST_LINES, scan_lines
from tui.store.merged import keep
from tui.store.repository import checked
from tui.store.table_file import SCHEMA, Damaged, encoded, parse
from tui.store.tables import RECORDS, SESSIONS, Tables

T = TypeVar("T", Session, Record)


class Book(Log, Protocol):
    """The parts of a logbook that a copy is taken into."""

    @property
    def access(self) -> WriteAccess: ...

    @property
    def profile(self) -> Profile: ...


class NoCopy(StoreError):
    """The file is none of ours, or cannot be read; the message names it and says why."""


class UnderWay(StoreError):
    """The file is the journal of a session that is not over."""


class Copy(Struct, frozen=True, kw_only=True):
    """What a copy holds. ``left_out`` has a line for each part of it that is not understood, and
    ``whole`` says that it is as the program wrote it."""

    sessions: tuple[Session, ...] = ()
    records: tuple[Record, ...] = ()
    profile: Tables = {}
    libraries: tuple[Doc, ...] = ()
    left_out: tuple[str, ...] = ()
    whole: bool = True

    def __add__(self, other: Copy) -> Copy:
        """What both hold."""
        return Copy(
            sessions=self.sessions + other.sessions,
            records=self.records + other.records,
            profile=join_profiles(self.profile, other.profile),
            libraries=self.libraries + other.libraries,
            left_out=self.left_out + other.left_out,
            whole=self.whole and other.whole,
        )


class Brought(Struct, frozen=True, kw_only=True):
    """What came from a copy: ``log`` says what came into the log, ``settings`` counts settings and
    items of the calendar, ``entries`` those of the own library. ``gave_way`` counts the versions
    that others took the place of; they are kept."""

    log: News
    settings: int
    entries: int
    gave_way: int

    def words(self) -> str:
        """What came, in words; empty if nothing did."""
        counted = (
            (self.log.sets, "set"),
            (self.log.records, "record"),
            (self.log.gone, "deletion"),
            (self.settings, "setting"),
            (self.entries, "library change"),
        )
        said = [number_of(count, thing) for count, thing in counted if count]
        if not said and self.log:
            said = ["details of sessions"]
        return ", ".join(said)


def read_copy(data: bytes, path: Path, now: datetime) -> Copy:
    """What the bytes of a file hold; ``path`` names it in errors. If git left marks of a
    conflict in it, both sides count. Raises NoCopy, UnderWay or NewerSchema."""
    sides = sides_of(data)
    if sides is not None:
        return _read(sides.ours, path, now) + _read(sides.theirs, path, now)
    return _read(data, path, now)


def _read(data: bytes, path: Path, now: datetime) -> Copy:
    try:
        content = parse(data, path)
    except Damaged as damaged:
        copy = _library(data, path) or _journal(data, path, now)
        if copy is None:
            why = clean(str(damaged))
            raise NoCopy(
                f"{clean(str(path))} is no copy of your files, or damaged: {why}"
            ) from None
        return copy
    if SCHEMA in content.meta and {SESSIONS, RECORDS} & content.tables.keys():
        sessions, strange = _decoded(content.tables.get(SESSIONS, {}), session_from_doc)
        records, more = _decoded(content.tables.get(RECORDS, {}), record_from_doc)
        names = ", ".join((strange + more)[:3])
        line = f"{clean(path.name)}: {number_of(len(strange + more), 'document')} not understood: "
        return Copy(
            sessions=sessions,
            records=records,
            left_out=(clean(f"{line}{names}"),) if names else (),
            whole=content.whole,
        )
    if SCHEMA in content.meta and {SETTINGS, *CALENDAR} & content.tables.keys():
        return Copy(profile=content.tables, whole=content.whole)
    raise NoCopy(f"{clean(str(path))} is no copy of your files")


def _decoded(
    table: Mapping[str, Any], decode: Callable[[Mapping[str, Any]], T]
) -> tuple[tuple[T, ...], list[str]]:
    """The documents of a table, and the ids of those that are not understood."""
    found: list[T] = []
    strange: list[str] = []
    for key, doc in table.items():
        try:
            found.append(checked(decode(doc), key))
        except (BadDocument, AttributeError):
            strange.append(key)
    return tuple(found), strange


def _library(data: bytes, path: Path) -> Copy | None:
    try:
        own = json.loads(data)
    except (ValueError, RecursionError):
        return None
    version = own.get("schema_version") if isinstance(own, dict) else None
    if not isinstance(version, int) or not {*OWN_TABLES} & own.keys():
        return None
    if version > SCHEMA_VERSION:
        raise NewerSchema(
            f"{clean(str(path))} was written by a newer stridelift (schema {version}, this one "
            f"knows {SCHEMA_VERSION}). Update stridelift; the file is left as it is."
        )
    return Copy(libraries=(own,))


def _journal(data: bytes, path: Path, now: datetime) -> Copy | None:
    # Any other file could cost much to read as one.
    if not data.startswith(b'{"n":') or data.count(b"\n") > MOST_LINES:
        return None
    scan = scan_lines(data)
    if not scan.events or scan.events[0].get("e") != "start":
        return None
    name = clean(str(path))
    try:
        if scan.damaged:
            raise BadDocument(f"line {scan.damaged[0]} is damaged")
        events = [event_from_doc(doc) for doc in scan.events]
        live = replay(events)
    except BadDocument as bad:
        raise NoCopy(f"{name} is a journal that cannot be read: {clean(str(bad))}") from None
    if live is not None and live.finished is None and now - events[-1].at < OVER:
        last = events[-1].at.astimezone(now.tzinfo)
        raise UnderWay(
            f"{name} is the journal of a session that is not over, as of {last:%Y-%m-%d %H:%M}"
        )
    session = session_of(events)
    return Copy(sessions=() if session is None else (session,))


def merged_by(path: Path) -> str:
    """What to type to take in a copy that is only reported. Sync programs put names of people and
    machines into the name of a copy, so it is quoted for the shell."""
    return f"stridelift merge {shlex.quote(clean(str(path)))} takes it in"


def take_copy(book: Book, copy: Copy, *, dry_run: bool = False) -> Brought:
    """Take a copy into the runner's files or, with ``dry_run``, only say what it brings. Nothing is
    written unless all of it fits; a kill in between loses nothing, and the same call again
    completes it. Raises ReadOnly or StoreError."""
    profile = book.profile
    if not dry_run:
        book.access.check()
    log = news_for(book, copy.sessions, copy.records)
    library = profile.own_library.joined(*copy.libraries) if copy.libraries else None
    settings = profile.store.join(copy.profile, dry_run=True) if copy.profile else None
    old = settings.gave_way if settings else {}
    entries = library.lost if library else ()
    brought = Brought(
        log=log,
        settings=settings.came if settings else 0,
        entries=library.came if library else 0,
        gave_way=len(log.lost) + sum(map(len, old.values())) + len(entries),
    )
    if dry_run:
        return brought
    for name, tables in (("profile.json", old), ("library.json", _by_table(entries))):
        if tables:
            kept = keep(book.paths.merged_dir, name, encoded(tables, {}))
            count = sum(map(len, tables.values()))
            book.notice(
                f"{number_of(count, 'version')} in {name} gave way to later ones: they are in "
                f"{clean(kept.parent.name)}/{clean(kept.name)}"
            )
    write_news(book, log)
    if copy.profile:
        profile.store.join(copy.profile)
    if copy.libraries:
        profile.own_library.join(*copy.libraries)
    if copy.profile or copy.libraries:
        profile.reload()
    return brought


def _by_table(entries: tuple[tuple[str, str, Any], ...]) -> Tables:
    tables: Tables = {}
    for table, name, entry in entries:
        tables.setdefault(table, {})[name] = entry
    return tables
