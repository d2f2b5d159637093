"""A data folder that is well, to make one thing wrong in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.store.examples import ZONE, a_record
from tui.app.backups import backup
from tui.app.logbook import Logbook
from tui.bootstrap import shipped_library
from tui.domain.model.codec import session_to_doc
from tui.domain.model.ids import sortable
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side
from tui.store.paths import Paths
from tui.store.seal import HASH, sealed

NOW = datetime(2026, 11, 29, 18, 0, tzinfo=ZONE)
Doc = dict[str, Any]


def an_id(number: int) -> str:
    """A sortable id, the same each time."""
    return sortable(int(NOW.timestamp() * 1000), number)


def a_session(
    number: int = 1, started: datetime = datetime(2026, 11, 2, 18, 5, tzinfo=ZONE)
) -> Session:
    """A session of one exercise that the library knows, with three sets."""
    stamp = started.isoformat()
    rows = tuple(
        SetEntry(
            id=an_id(number * 100 + 10 + n),
            edited=stamp,
            at=stamp,
            number=n,
            side=Side.BOTH,
            done=Measures(load_kg=60.0, reps=8),
        )
        for n in (1, 2, 3)
    )
    entry = Entry(id=an_id(number * 100 + 1), edited=stamp, exercise="back-squat", sets=rows)
    return Session(id=an_id(number), edited=stamp, started=started, entries=(entry,))


def a_logbook(paths: Paths, now: datetime = NOW) -> Logbook:
    """A logbook that is not open yet."""
    return Logbook(
        paths, shipped_library(), now=lambda: now, random_bits=lambda: 7, shipped=shipped_library
    )


def written(paths: Paths, do: Callable[[Logbook], object] = lambda _: None) -> None:
    """Open the logbook for writing, do something, and close it."""
    book = a_logbook(paths)
    book.open(write=True)
    try:
        do(book)
    finally:
        book.close()


def make_well(paths: Paths) -> None:
    """A log of two years with settings, a race and a backup: nothing is wrong with it."""

    def fill(book: Logbook) -> None:
        old = a_session(2, datetime(2025, 5, 1, 18, 0, tzinfo=ZONE))
        book.reader.repository.put_many([a_session(), old], [a_record(an_id(3))])
        book.profile.set("unit", "kg")
        race = {"day": "2027-05-09", "name": "Ridge Race", "priority": "A"}
        book.profile.store.keep("races", {an_id(5): race}, NOW)
        backup(book)

    written(paths, fill)


def tables_of(path: Path) -> dict[str, dict[str, Any]]:
    """The tables in a file, and ``meta``."""
    loaded: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
    return loaded


def rewrite(path: Path, change: Callable[[dict[str, dict[str, Any]]], object]) -> None:
    """Change the tables of a file as a version of the program with a bug would: it is sealed."""
    tables = tables_of(path)
    meta = tables.pop("meta")
    change(tables)
    path.write_bytes(sealed({k: v for k, v in meta.items() if k != HASH}, tables))


def add_session(path: Path, doc: Mapping[str, Any], key: str = "") -> None:
    """Add a session's document to a file."""
    rewrite(path, lambda tables: tables["sessions"].update({key or str(doc["id"]): doc}))


def edit_session(path: Path, change: Callable[[Doc], object]) -> None:
    """Change the first session's document in a file."""
    rewrite(path, lambda tables: change(next(iter(tables["sessions"].values()))))


def a_doc(number: int, started: datetime = datetime(2026, 11, 5, 18, 0, tzinfo=ZONE)) -> Doc:
    """The document of another session."""
    return session_to_doc(a_session(number, started))


def bytes_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes, and when it was last written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
