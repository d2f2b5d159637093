"""Reads what a backup holds, as far as it can be used: what is damaged costs only itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.app.journal_reader import readable, session_in
from tui.domain.model.joining import Documents
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Session
from tui.store.archive import JOURNAL, LIBRARY, PROFILE, YEAR, read, read_manifest
from tui.store.backups import listed
from tui.store.errors import NewerSchema, StoreError
from tui.store.journal_lines import scan_lines
from tui.store.repository import values_of
from tui.store.salvage import salvage
from tui.store.table_file import Damaged, parse
from tui.store.tables import Tables


class BackupContents(Struct, frozen=True, kw_only=True):
    """What a backup holds, as far as it can be used. ``under_way`` are sessions that were not in
    the log yet, as far as they had come; ``whole`` are files that are undamaged, byte for
    byte; ``strange`` counts the documents of each year that are not understood; ``lacks`` says what
    cannot be used, line by line."""

    path: Path
    made: str
    sessions: dict[str, Session]
    under_way: dict[str, Session]
    records: dict[str, Record]
    profile: Tables | None
    library: Mapping[str, Any] | None
    whole: dict[str, bytes]
    strange: dict[str, int]
    lacks: tuple[str, ...]


def find_backup(folder: Path, word: str) -> Path:
    """The backup that a word means: the newest of that day (a whole one, if there is any), one in
    the folder of backups by its name, or any file. Raises StoreError."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        path = Path(word)
        is_name = path.parent == Path()
        return folder / path if is_name and not path.exists() else path
    of_day = [path for path in listed(folder) if path.name.startswith(f"stridelift-{day}T")]
    if not of_day:
        raise StoreError(
            f"there is no backup of {day}. stridelift backup list names those there are."
        )
    # One that was made while a file was damaged would hide the good one before it.
    return next(filter(_is_whole, of_day), of_day[0])


def _is_whole(path: Path) -> bool:
    try:
        manifest = read_manifest(path)
    except StoreError:
        return False
    return not manifest.not_parsed and not manifest.not_read


def open_backup(path: Path) -> BackupContents:
    """Read a backup. Raises StoreError if it is none; what is damaged in it costs only itself."""
    archive = read(path)
    sessions, records = Documents(), Documents()
    profile: Tables | None = None
    library: Mapping[str, Any] | None = None
    whole: dict[str, bytes] = {}
    strange: dict[str, int] = {}
    lacks = [
        f"{clean(name)} is not in the backup: {clean(why)}"
        for name, why in archive.manifest.not_read.items()
    ]
    for name, data in archive.files.items():
        if name == LIBRARY:
            with suppress(ValueError, RecursionError):
                found = json.loads(data)
                library = found if isinstance(found, dict) else None
            if library is None:
                lacks.append(f"{name} in the backup is damaged and left out")
            else:
                whole[name] = data
        elif name == PROFILE or YEAR.fullmatch(name):
            tables, why = _tables(name, data)
            if why:
                lacks.append(why)
            else:
                whole[name] = data
            if name == PROFILE:
                profile = tables
            else:
                found_sessions, found_records = values_of(tables)
                sessions.take(found_sessions)
                records.take((), found_records)
                every = sum(map(len, tables.values()))
                strange[name] = every - len(found_sessions) - len(found_records)
    under_way: dict[str, Session] = {}
    for name, data in archive.files.items():
        if JOURNAL.fullmatch(name):
            session, why = _under_way(name, data)
            lacks += [why] if why else []
            under_way |= {} if session is None else {session.id: session}
    filed = {one.id: one for one in sessions.sessions()}
    return BackupContents(
        path=path,
        made=archive.manifest.made,
        sessions=filed,
        # One that was taken up again after its finish is in the log as well, as deleted.
        under_way={
            id_: one for id_, one in under_way.items() if id_ not in filed or filed[id_].deleted
        },
        records=records.records,
        profile=profile,
        library=library,
        whole=whole,
        strange=strange,
        lacks=tuple(lacks),
    )


def _tables(name: str, data: bytes) -> tuple[Tables, str]:
    """The tables of a file, and what is amiss with it."""
    try:
        return parse(data, Path(name)).tables, ""
    except NewerSchema as newer:
        return {}, f"left out: {newer}"
    except Damaged:
        return salvage(
            data
        ).tables, f"{name} in the backup is damaged: only what can be read counts"


def _under_way(name: str, data: bytes) -> tuple[Session | None, str]:
    """The session that was under way when the backup was made, as far as it had come."""
    scan = scan_lines(data)
    session_id = Path(name).name.partition(".")[0]
    try:
        session = session_in(readable(scan, session_id))
    except BadDocument as bad:
        return None, f"{name} in the backup is left out: {clean(str(bad))}"
    return session, f"{name} in the backup is damaged in part" if scan.damaged else ""
