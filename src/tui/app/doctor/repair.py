"""Mends what the doctor found, through the code that the program itself writes with.

A backup comes first, and nothing is deleted: what is replaced goes to ``merged/``. Each step leaves
whole files and can be done again, so a kill at any moment does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.app.backups import Backup, backup
from tui.app.doctor.files import (
    more_in_profile,
    open_to_others,
    set_aside_from,
    still_missing,
    wanted_mode,
)
from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Stored, read_folder, stored, table_file
from tui.app.doctor.git import PATIENCE_S, lost_in_merges, ours_with
from tui.app.doctor.identity import mended, mended_values
from tui.app.doctor.looking import look
from tui.app.doctor.machine import lines_to_add
from tui.app.doctor.settings import LISTS, twice
from tui.app.logbook import Logbook
from tui.app.taking_in import keep_lost, news_for
from tui.app.write_access import ReadOnly
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Record, Session
from tui.domain.planning.profile_joining import join_profiles
from tui.store.archive import read
from tui.store.atomic import write, write_over
from tui.store.backups import has_any, listed
from tui.store.damage import lost
from tui.store.database import Database
from tui.store.errors import StoreError, refused
from tui.store.files import read_file
from tui.store.git import Git
from tui.store.merged import keep, move
from tui.store.paths import Paths
from tui.store.seal import sealed
from tui.store.table_file import MOST_BYTES, Damaged, parse

# What mending one thing brings to light is mended in the next round: a damaged file is first set
# aside, then put away.
ROUNDS = 5


class Repair(Struct, frozen=True):
    """What was ``mended``, and what is ``left``. ``made`` is the backup made before, if there was
    anything to mend and a log to back up; ``notes`` say what could not be mended, and why."""

    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]
    made: Backup | None = None
    notes: tuple[str, ...] = ()


def repair(book: Logbook, shipped: Callable[[], Library]) -> Repair:
    """Mend the folder of a logbook that has the right to write, but is not open yet. Raises
    ReadOnly or StoreError if no backup can be made; then nothing is mended."""
    found = look(book.paths, shipped, book.now())
    if not any(finding.repair for finding in found):
        return Repair((), tuple(found))
    made = backup(book) if has_any(book.paths) else None
    mended_: dict[Finding, None] = {}
    notes: dict[str, None] = {}
    before: list[Finding] = []
    for round_ in range(ROUNDS):
        todo = [finding for finding in found if finding.repair]
        if todo == before:
            break
        before = todo
        mended_ |= dict.fromkeys(todo)
        for finding in _in_order(todo, before_opening=True):
            notes |= dict.fromkeys(_mend(book, finding))
        if not round_:
            # It files and brings back what waits, as every start does.
            book.open(write=True)
        for finding in _in_order(todo, before_opening=False):
            notes |= dict.fromkeys(_mend(book, finding))
        found = look(book.paths, shipped, book.now())
    left = {finding for finding in found if finding.repair}
    return Repair(
        tuple(finding for finding in mended_ if finding not in left),
        tuple(found),
        made,
        tuple(notes),
    )


def _in_order(todo: Iterable[Finding], *, before_opening: bool) -> Iterator[Finding]:
    """The findings in the order in which they are mended: a file must be whole before the documents
    in it are."""
    order = list(MENDS)
    opened = order.index("damaged")
    wanted = [one for one in todo if (order.index(one.code) < opened) is before_opening]
    return iter(sorted(wanted, key=lambda one: order.index(one.code)))


def _mend(book: Logbook, finding: Finding) -> list[str]:
    """Mend one thing; returns what could not be mended, and why."""
    try:
        book.access.check()
        return MENDS[finding.code](book, finding) or []
    except (ReadOnly, StoreError) as refusal:
        return [str(refusal)]


# -- mends --------------------------------------------------------------------------------------


def _put_away(book: Logbook, finding: Finding) -> None:
    move(book.paths.root / finding.where, book.paths.merged_dir)


def _put_away_damaged(book: Logbook, finding: Finding) -> list[str]:
    """Take what a damaged file had and is missing from the backups, then put it away. Returns what
    no backup has."""
    path = book.paths.root / finding.where
    gone = still_missing(book.paths, path)
    for archive in listed(book.paths.backups_dir):
        if gone == []:
            break
        _take_missing(book, archive, path, gone)
        gone = still_missing(book.paths, path)
    move(path, book.paths.merged_dir)
    if gone is None:
        return [f"{finding.where}: {lost(gone)}; what your backups have is in the log"]
    return [f"{finding.where}: {lost(gone)}; your backups do not have it either"] if gone else []


def _take_missing(book: Logbook, archive: Path, aside: Path, gone: Sequence[str] | None) -> None:
    """Take documents out of a backup, if it can be read: those that are ``gone``, or all."""
    name = (aside.parent / set_aside_from(aside)).relative_to(book.paths.root).as_posix()
    try:
        tables = parse(read(archive).files[name], archive).tables
    except (KeyError, Damaged, StoreError):
        return
    found = {
        table: {key: doc for key, doc in documents.items() if gone is None or key in gone}
        for table, documents in tables.items()
    }
    if name == book.paths.profile.name:
        database = _database(book.paths, name)
        here = {table: database.by_id(table) for table in found}
        database.put(join_profiles(here, found))
    else:
        _join(book, *mended_values(found))


def _close_to_others(book: Logbook, finding: Finding) -> None:
    for path in open_to_others(book.paths, book.paths.root / finding.where):
        mode = wanted_mode(path)
        assert mode is not None
        try:
            path.chmod(mode)
        except OSError as error:
            raise refused(path, error, "made yours alone") from error


def _read_for_writing(book: Logbook, finding: Finding) -> None:
    """Reading a file with the right to write mends it."""
    _database(book.paths, finding.where).tables()


def _join_backup(book: Logbook, finding: Finding) -> None:
    found = read_file(book.paths.root / finding.where, MOST_BYTES)
    if found is not None:
        keep(book.paths.merged_dir, Path(finding.where).name, found[1])
    folder = read_folder(book.paths)
    name = finding.where.removesuffix(".bak")
    if name == folder.profile.name:
        _database(book.paths, name).put(more_in_profile(folder.profile))
        return
    file = next(file for file in folder.years.values() if file.name == name)
    if file.before is not None:
        _join(book, *mended_values(file.before.tables))


def _join_copies(book: Logbook, finding: Finding) -> None:
    """Write the copies of documents as one, where they belong."""
    copies = [one for one in read_folder(book.paths).log if one.key in finding.ids]
    _join(book, *_values(copies))


def _rekey(book: Logbook, finding: Finding) -> None:
    """Store documents under their own ids, then take them away from where nobody looks."""
    astray = [one for one in _found(book.paths, finding) if one.is_astray]
    keep(book.paths.merged_dir, "wrong-key.json", sealed({}, _by_table(astray)))
    _join(book, *_values(astray))
    _database(book.paths, finding.where).drop(_by_table(astray))


def _write_mended(book: Logbook, finding: Finding) -> None:
    found = [one for one in _found(book.paths, finding) if one.value is not None]
    new = [replace(one, doc=mended(one.table, one.doc)) for one in found]
    _database(book.paths, finding.where).put(_by_table(new))


def _keep_one(book: Logbook, finding: Finding) -> None:
    store = book.profile.store
    for kind in LISTS:
        for names in twice(kind, store.documents(kind.key)):
            if names[0] in finding.ids:
                store.keep(kind.key, dict.fromkeys(names[1:]), book.now())


def _write_ignore(book: Logbook, finding: Finding) -> None:
    path = book.paths.root / finding.where
    found = read_file(path, MOST_BYTES)
    there = found[1] if found else b""
    if there and not there.endswith(b"\n"):
        there += b"\n"
    write(path, there + "".join(f"{line}\n" for line in lines_to_add(book.paths)).encode())


def _write_for_git(book: Logbook, finding: Finding) -> None:
    data = ours_with(book.paths, finding.where)
    if data is not None:
        path = book.paths.root / finding.where
        found = read_file(path, MOST_BYTES)
        if found is not None:
            keep(book.paths.merged_dir, finding.where, found[1])
        write_over(path, data)


def _join_sides(book: Logbook, finding: Finding) -> None:
    """Join in what both sides of a merge by git had."""
    git = Git(book.paths.root, may_ask=False, patience_s=PATIENCE_S)
    for one in lost_in_merges(git, read_folder(book.paths)):
        if one.file.name == finding.where:
            for side in one.sides:
                _join(book, *mended_values(side.tables))


def _done(book: Logbook, finding: Finding) -> None:
    """Opening the log, or the backup, has mended it."""


def _database(paths: Paths, name: str) -> Database:
    return Database(paths.root / name, writable=True, notices=[], merged=paths.merged_dir)


def _found(paths: Paths, finding: Finding) -> list[Stored]:
    year = int(Path(finding.where).stem)
    stored_ = stored(year, table_file(paths, paths.year(year)))
    return [one for one in stored_ if one.key in finding.ids]


def _by_table(found: Iterable[Stored]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    for one in found:
        tables.setdefault(one.table, {})[one.key] = one.doc
    return tables


def _values(found: Iterable[Stored]) -> tuple[list[Session], list[Record]]:
    values = [one.value for one in found]
    return (
        [one for one in values if isinstance(one, Session)],
        [one for one in values if isinstance(one, Record)],
    )


def _join(book: Logbook, sessions: list[Session], records: list[Record]) -> None:
    """Join these into the log. Also what says nothing new is written: it may be in two places."""
    keep_lost(book.paths, news_for(book, sessions, records).lost, book.notice)
    book.reader.repository.put_many(sessions, records)


# In this order: what is before "damaged" is done before the log is opened, which needs it or would
# clear it away; a join would make one of two sets with one id, so each gets its own before.
MENDS: Mapping[str, Callable[[Logbook, Finding], list[str] | None]] = {
    "mode": _close_to_others,
    "temp": _put_away,
    "damaged": _read_for_writing,
    "marks": _read_for_writing,
    "missing": _read_for_writing,
    "changed": _read_for_writing,
    "copy": _done,
    "rescue": _done,
    "unfiled": _done,
    "journal-damaged": _done,
    "positional": _write_mended,
    "id-again": _write_mended,
    "stamp": _write_mended,
    "key": _rekey,
    "bak": _join_backup,
    "git-merge": _join_sides,
    "id-twice": _join_copies,
    "year": _join_copies,
    "twice": _keep_one,
    "aside": _put_away_damaged,
    "journal-aside": _put_away,
    "outlived": _put_away,
    "old-schema": _put_away,
    "backup": _done,
    "backup-damaged": _put_away,
    "stignore": _write_ignore,
    "git-files": _write_for_git,
    "git-lock": _put_away,
}
