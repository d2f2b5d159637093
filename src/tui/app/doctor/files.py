"""Checks the files: whole, ours alone, and nothing of an earlier mishap lying about."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path

from tui.app.doctor.findings import Finding, listed
from tui.app.doctor.folder import Folder, TableFile, table_file
from tui.app.doctor.identity import mended_values
from tui.domain.model.joining import Documents
from tui.domain.model.text import number_of
from tui.domain.model.values import Record, Session
from tui.domain.planning.profile_joining import join_profiles
from tui.store.atomic import FILE_MODE, FOLDER_MODE, TEMP, dead
from tui.store.conflict_marks import join_tables, sides_of
from tui.store.damage import lost, missing
from tui.store.outside_edits import newest_in, preferring, taken_in
from tui.store.paths import Paths
from tui.store.salvage import salvage
from tui.store.table_file import MOST_BYTES, Content
from tui.store.tables import Tables

ASIDE = re.compile(r"(?!\.)(.+\.(?:json|jsonl)(?:\.bak)?)\.damaged-\d+")
BEFORE = re.compile(r".+\.json\.schema-\d+")
# What was replaced stays this long where it was, in case the runner misses something.
KEPT = timedelta(days=30)
OTHERS = stat.S_IRWXG | stat.S_IRWXO
AWAY = "moves it to merged/"


def check(folder: Folder) -> Iterator[Finding]:
    """The findings on the files themselves."""
    for file in folder.files:
        yield from _file(file)
    yield from _backups_with_more(folder)
    yield from _asides(folder)
    for where in _folders(folder.paths):
        yield from _temps(folder.paths, where)
        yield from _modes(folder.paths, where)


def check_outlived(folder: Folder, now: datetime) -> Iterator[Finding]:
    """The files in the form of an older version whose time is over. Only for a log that is well."""
    for path in _names(folder.paths.log_dir) + _names(folder.paths.root):
        if BEFORE.fullmatch(path.name):
            # Its content is older; the name was given when the new form was written.
            since = datetime.fromtimestamp(path.lstat().st_ctime, now.tzinfo)
            if now - since >= KEPT:
                yield Finding(
                    code="old-schema",
                    where=_relative(folder.paths, path),
                    words=f"is how the file was before {since.date()}, and no longer needed",
                    repair=AWAY,
                )


def _file(file: TableFile) -> Iterator[Finding]:
    if file.refused:
        yield Finding(code="unreadable", where=file.name, words=file.refused)
    elif file.damaged:
        yield _damaged(file)
    elif file.content is None:
        if file.before is not None:
            yield Finding(
                code="missing",
                where=file.name,
                words="is missing, but its .bak is there",
                repair="writes it from that",
            )
    elif not file.content.whole:
        yield _changed(file)


def _damaged(file: TableFile) -> Finding:
    marks = sides_of(file.data)
    read = [salvage(side) for side in marks or (file.data,)]
    tables = reduce(join_tables, (one.tables for one in read))
    if file.before is not None:
        tables = preferring(file.before.tables, tables)
    there = {key for table in tables.values() for key in table}
    unread = dict.fromkeys(name for one in read for name in one.unreadable)
    gone: list[str] | None = [name for name in unread if name not in there]
    if not all(one.ended for one in read):
        gone = None
    what = "has the marks of a git conflict in it" if marks else "is damaged"
    joined = "what both sides have" if marks else "what can be read"
    return Finding(
        code="marks" if marks else "damaged",
        where=file.name,
        words=f"{what}: {lost(gone)}",
        repair=f"writes {joined} and what only your backups have, and moves the file to merged/",
    )


def _changed(file: TableFile) -> Finding:
    assert file.content is not None
    named = ""
    if file.before is not None:
        taken = taken_in(file.before.tables, file.content.tables, "")
        if taken is None:
            return _damaged(file)
        named = f": {'; '.join(listed(taken.changed))}" if taken.changed else ""
    return Finding(
        code="changed",
        where=file.name,
        words=f"was changed outside Stridelift{named}",
        repair="takes that as your correction",
    )


# -- .bak ---------------------------------------------------------------------------------------


def _backups_with_more(folder: Folder) -> Iterator[Finding]:
    """A sync program may have put another copy in a file's place just before it was replaced: then
    that is only in .bak."""
    for file in folder.years.values():
        if number := len(more_in_backup(folder, file)):
            yield _more(file, number)
    if number := sum(map(len, more_in_profile(folder.profile).values())):
        yield _more(folder.profile, number)


def _more(file: TableFile, number: int) -> Finding:
    what = number_of(number, "document")
    return Finding(
        code="bak",
        where=f"{file.name}.bak",
        words=f"has {what} that the log does not have, or has only in an older version",
        repair="joins it in",
    )


def more_in_backup(folder: Folder, file: TableFile) -> list[str]:
    """The ids of what the .bak of a year has, and the log has not or only older."""
    if file.content is None or file.before is None or not file.content.whole:
        return []
    return lacking(folder, file, file.before)


def lacking(folder: Folder, file: TableFile, other: Content) -> list[str]:
    """The ids of what another version of the file of a year has, and the log has not or only
    older."""
    differ = {
        name: {key: doc for key, doc in table.items() if file.tables.get(name, {}).get(key) != doc}
        for name, table in other.tables.items()
    }
    sessions, records = mended_values(differ)
    ids = {one.id for one in sessions} | {one.id for one in records}
    documents = Documents()
    for one in folder.log:
        if one.value is not None and one.value.id in ids:
            documents.take(*mended_values({one.table: {one.key: one.doc}}))
    known = _by_id(documents)
    documents.take(sessions, records)
    return [id_ for id_, one in _by_id(documents).items() if known.get(id_) != one]


def _by_id(documents: Documents) -> dict[str, Session | Record]:
    return {**{one.id: one for one in documents.sessions()}, **documents.records}


def more_in_profile(file: TableFile) -> Tables:
    """What the .bak of the profile has, and the profile has not or only older, joined with it. What
    was written by hand has no stamp, so that of such a document nobody can say which is older."""
    if file.content is None or file.before is None or not file.content.whole:
        return {}
    joined = join_profiles(file.tables, file.before.tables)
    more: Tables = {}
    for name, table in file.before.tables.items():
        there = file.tables.get(name, {})
        for key, doc in table.items():
            if key not in there or newest_in(doc) > newest_in(there[key]):
                more.setdefault(name, {})[key] = joined[name][key]
    return more


# -- the folders --------------------------------------------------------------------------------


def _asides(folder: Folder) -> Iterator[Finding]:
    for path in _names(folder.paths.log_dir) + _names(folder.paths.root):
        if not ASIDE.fullmatch(path.name):
            continue
        gone = still_missing(folder.paths, path)
        lacks = gone is None or bool(gone)
        yield Finding(
            code="aside",
            where=_relative(folder.paths, path),
            words=f"is a damaged file that was set aside: {lost(gone)}",
            repair=f"brings back what your backups have of it, and {AWAY}" if lacks else AWAY,
        )


def set_aside_from(aside: Path) -> str:
    """The name of the file that a damaged one was, or was the .bak of."""
    match = ASIDE.fullmatch(aside.name)
    assert match is not None
    return match[1].removesuffix(".bak")


def still_missing(paths: Paths, aside: Path) -> list[str] | None:
    """The ids of what a damaged file had and the one in its place does not have; None if nobody
    knows."""
    file = table_file(paths, aside.with_name(set_aside_from(aside)))
    there = file.before if file.content is None else file.content
    return missing(aside, {} if there is None else there.tables, MOST_BYTES)


def _temps(paths: Paths, where: Path) -> Iterator[Finding]:
    for path in _names(where):
        match = TEMP.fullmatch(path.name)
        if match and dead(int(match[1])):
            yield Finding(
                code="temp",
                where=_relative(paths, path),
                words="was left half written by a process that has ended",
                repair=AWAY,
            )


def _modes(paths: Paths, where: Path) -> Iterator[Finding]:
    open_ = [path.name for path in open_to_others(paths, where)]
    if open_:
        yield Finding(
            code="mode",
            where=_relative(paths, where),
            words=f"can be read or written by others: {', '.join(listed(open_))}",
            repair="makes that accessible to you alone",
        )


def open_to_others(paths: Paths, where: Path) -> list[Path]:
    """The folder and its files, as far as they are the program's, that others may open or their
    owner may not."""
    files = [path for path in _names(where) if where != paths.root or _is_ours(paths, path)]
    return [
        path
        for path in (where, *files)
        if (wanted := wanted_mode(path)) is not None
        and (path.stat().st_mode & OTHERS or path.stat().st_mode & wanted != wanted)
    ]


def wanted_mode(path: Path) -> int | None:
    """The mode that a folder or a file should have; None for what is neither."""
    with suppress(OSError):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return FOLDER_MODE
        if stat.S_ISREG(mode):
            return FILE_MODE
    return None


def _is_ours(paths: Paths, path: Path) -> bool:
    ours: Iterable[Path] = (paths.profile, paths.library, paths.lock)
    return any(path.name == one.name or path.name.startswith(f"{one.name}.") for one in ours)


def _folders(paths: Paths) -> list[Path]:
    inside = (paths.log_dir, paths.live_dir, paths.cache_dir, paths.crash_dir, paths.merged_dir)
    return [where for where in (paths.root, *inside, paths.backups_dir) if where.is_dir()]


def _names(where: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(where.iterdir())
    return []


def _relative(paths: Paths, path: Path) -> str:
    return path.relative_to(paths.root).as_posix()
