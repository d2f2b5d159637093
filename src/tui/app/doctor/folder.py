"""Reads the files of a data folder as they are, for the checks. Nothing is changed.

Another process may be writing: a .bak is read before its file, so that it never has more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Session
from tui.store.atomic import backup_of
from tui.store.errors import NewerSchema, StoreError
from tui.store.files import Identity, identity_of, read_file
from tui.store.paths import Paths
from tui.store.repository import YEAR_FILE
from tui.store.table_file import MOST_BYTES, Content, Damaged, parse
from tui.store.tables import DECODE, Tables


class TableFile(Struct, frozen=True):
    """A file of tables. ``content`` is None if it is missing, ``refused`` (with the reason) or
    ``damaged``; ``before`` is the content of its .bak, None without a whole one."""

    path: Path
    name: str
    data: bytes = b""
    content: Content | None = None
    before: Content | None = None
    refused: str = ""
    damaged: bool = False

    @property
    def tables(self) -> Tables:
        return {} if self.content is None else self.content.tables


class Stored(Struct, frozen=True):
    """A document of the log: where it is stored, and its value or why it has none."""

    file: str
    year: int
    table: str
    key: str
    doc: Any
    value: Session | Record | None
    bad: str = ""

    @property
    def is_astray(self) -> bool:
        """Whether it is understood, but stored under a key that is not its id."""
        return self.value is not None and self.value.id != self.key


class Folder(Struct, frozen=True):
    """What is in the data folder ``paths``: the file of each year, the profile, the documents."""

    paths: Paths
    years: Mapping[int, TableFile]
    profile: TableFile
    log: tuple[Stored, ...]

    @property
    def files(self) -> tuple[TableFile, ...]:
        return (*self.years.values(), self.profile)

    @property
    def sessions(self) -> Iterator[tuple[Stored, Session]]:
        """The documents that are understood as sessions."""
        for one in self.log:
            if isinstance(one.value, Session):
                yield one, one.value


def read_folder(paths: Paths) -> Folder:
    """Read the log and the profile; a file that cannot be read has the reason instead."""
    years = {year: table_file(paths, paths.year(year)) for year in years_of(paths)}
    log = tuple(one for year, file in years.items() for one in stored(year, file))
    return Folder(paths, years, table_file(paths, paths.profile), log)


def years_of(paths: Paths) -> list[int]:
    """The years that have a file or the copy of one, oldest first; none if the folder cannot be
    read."""
    with suppress(OSError):
        names = (YEAR_FILE.fullmatch(path.name) for path in paths.log_dir.iterdir())
        return sorted({int(match[1]) for match in names if match})
    return []


def table_file(paths: Paths, path: Path) -> TableFile:
    """One file of tables, with its .bak."""
    name = path.relative_to(paths.root).as_posix()
    before = _whole(backup_of(path))
    try:
        found = read_file(path, MOST_BYTES)
    except StoreError as error:
        return TableFile(path, name, before=before, refused=str(error))
    if found is None:
        return TableFile(path, name, before=before)
    try:
        return TableFile(path, name, found[1], parse(found[1], path), before)
    except NewerSchema as newer:
        return TableFile(path, name, before=before, refused=str(newer))
    except Damaged:
        return TableFile(path, name, found[1], before=before, damaged=True)


def _whole(backup: Path) -> Content | None:
    with suppress(StoreError, NewerSchema, Damaged):
        found = read_file(backup, MOST_BYTES)
        content = None if found is None else parse(found[1], backup)
        return content if content is not None and content.whole else None
    return None


def stored(year: int, file: TableFile) -> Iterator[Stored]:
    """The documents of the log in the file of a year."""
    for table, decode in DECODE.items():
        for key, doc in file.tables.get(table, {}).items():
            value: Session | Record | None = None
            bad = ""
            try:
                if not isinstance(doc, dict):
                    raise BadDocument("it is no object")
                value = decode(doc)
            except BadDocument as error:
                bad = str(error)
            yield Stored(file.name, year, table, key, doc, value, bad)


def identities(paths: Paths) -> dict[str, Identity]:
    """What identifies the files of the log and the journals that are there now."""
    found: dict[str, Identity] = {}
    for where in (paths.root, paths.log_dir, paths.live_dir):
        with suppress(OSError):
            for path in where.iterdir():
                with suppress(OSError):
                    found[str(path)] = identity_of(path.stat())
    return found
