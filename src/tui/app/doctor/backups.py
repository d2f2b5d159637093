"""Checks that there is a backup, that it is of these days, that it can be read, and that the log
still knows all that is in the backups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from tui.app.doctor.findings import Finding
from tui.app.doctor.findings import listed as named
from tui.app.doctor.folder import Folder
from tui.app.doctor.identity import mended_values
from tui.domain.model.text import number_of
from tui.domain.model.values import Session
from tui.domain.model.visible import visible
from tui.store.archive import read
from tui.store.backups import gather, listed
from tui.store.errors import NewerSchema, StoreError
from tui.store.migrations import VERSION
from tui.store.table_file import Damaged, parse

OLD = timedelta(days=7)
ANEW = "makes one"


def check(folder: Folder, now: datetime) -> Iterator[Finding]:
    """The findings on the backups; none as long as there is neither a log nor a backup of one."""
    paths = folder.paths
    where = paths.backups_dir.name
    try:
        found = listed(paths.backups_dir)
        if not found:
            words = "there is no backup of this log"
            if folder.log:
                yield Finding(code="backup", where=where, words=words, repair=ANEW)
            return
        name = f"{where}/{found[0].name}"
        try:
            newest = read(found[0])
        except NewerSchema as newer:
            yield Finding(code="backup-damaged", where=name, words=str(newer), note=True)
            return
        except StoreError as bad:
            yield Finding(
                code="backup-damaged",
                where=name,
                words=f"the newest backup is no good: {bad}",
                repair="makes another and moves this one to merged/",
            )
            return
        made = datetime.fromisoformat(newest.manifest.made)
        # One of a log that has not changed since is as good as a new one.
        if folder.log and now - made > OLD and newest.files != gather(paths).files:
            yield Finding(
                code="backup",
                where=name,
                words=f"the newest backup is {number_of((now - made).days, 'day')} old",
                repair=ANEW,
            )
        yield from _known_no_more(folder, found)
    except StoreError as refusal:
        yield Finding(code="unreadable", where=where, words=str(refusal))


class _Row(NamedTuple):
    """One side of a set: its day, its id and the place it has. If either is known it is not gone;
    an id may have been mended."""

    day: str
    id: str
    place: tuple[str, str, str, int]
    side: str

    @property
    def names(self) -> tuple[object, object]:
        return self.id, (*self.place, self.side)


def _known_no_more(folder: Folder, backups: Sequence[Path]) -> Iterator[Finding]:
    """The newest backup with sets that the log does not know: what is deleted stays in the log, so
    an older copy was put in the place of a file, or one was removed."""
    known = {name for _, one in folder.sessions for row in _rows(one) for name in row.names}
    seen = {file.data for file in folder.years.values()}
    for path in backups:
        gone: list[_Row] = []
        for data in _years(path) - seen:
            seen.add(data)
            gone += [row for row in _rows_in(data, path) if known.isdisjoint(row.names)]
        if gone:
            sets = len({row.place for row in gone})
            days = sorted({row.day for row in gone}, reverse=True)
            yield Finding(
                code="backup-has-more",
                where=f"{folder.paths.backups_dir.name}/{path.name}",
                words=f"has {number_of(sets, 'set')} that the log does not know "
                f"({', '.join(named(days))})",
                todo=f"stridelift restore {path.name} brings them back",
                ids=tuple(row.id for row in gone),
            )
            return


def _years(backup: Path) -> set[bytes]:
    """The bytes of each year's file in a backup; none if it cannot be read."""
    with suppress(NewerSchema, StoreError):
        return {data for name, data in read(backup).files.items() if name.startswith("log/")}
    return set()


def _rows_in(data: bytes, backup: Path) -> Iterator[_Row]:
    """The sets of a year in a backup that were done, and not deleted then."""
    with suppress(Damaged, NewerSchema):
        content = parse(data, backup)
        sessions = mended_values(content.tables)[0] if content.version == VERSION else []
        for session in map(visible, sessions):
            if not session.deleted:
                live = tuple(replace(entry, sets=entry.live()) for entry in session.live())
                yield from _rows(replace(session, entries=live), done=True)


def _rows(session: Session, *, done: bool = False) -> Iterator[_Row]:
    """The sides of the sets of a session; with ``done`` only those that were not left out."""
    for entry in session.entries:
        for row in entry.sets:
            if not (done and row.undone):
                place = session.id, entry.exercise, row.kind, row.number
                yield _Row(session.day.isoformat(), row.id, place, row.side)
