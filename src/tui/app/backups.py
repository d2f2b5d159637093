"""Backs up the log: when the runner asks for it, and by itself at the first finish of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.domain.model.text import clean
from tui.store.archive import Manifest
from tui.store.backups import (
    Sources,
    drop_copies,
    gather,
    has_any,
    made_on,
    packed,
    prune,
    save,
    save_copy,
    save_in,
)
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.reminder import due

TO = "backup.to"
TELL_EVERY = timedelta(days=7)


class Backup(Struct, frozen=True, kw_only=True):
    """A backup that was made: its file, its size in bytes and its manifest. ``copy`` is its second
    copy, ``no_folder`` says that the folder for that is missing, and ``notes`` is what else the
    runner should know."""

    path: Path
    size: int
    manifest: Manifest
    copy: Path | None = None
    no_folder: str = ""
    notes: tuple[str, ...] = ()


class Job(NamedTuple):
    """All that is needed to make a backup, so that the log may go on changing meanwhile."""

    paths: Paths
    sources: Sources
    now: datetime
    second: str


def backup(book: Logbook, to: Path | None = None) -> Backup:
    """Back up the log as it is now: to the file ``to``, else to the folder of backups, with a
    second copy in the folder of the setting ``backup.to``. Raises ReadOnly or StoreError."""
    job = _job(book)
    if to is None:
        return _kept(job)
    made = packed(job.sources, job.now, _version())
    save(made, to)
    notes = tuple(_lacks(made.manifest))
    return Backup(path=to, size=len(made.data), manifest=made.manifest, notes=notes)


def backup_before(book: Logbook) -> Path | None:
    """Back up the log as it is before it is replaced, and drop no earlier backup: one of them is
    what will replace it. None if there is nothing yet. Raises ReadOnly or StoreError, also if a
    file of the log cannot be read."""
    book.access.check()
    if not has_any(book.paths):
        return None
    job = _job(book)
    made = packed(job.sources, job.now, _version())
    if lacking := made.manifest.not_read:
        raise StoreError(
            f"nothing was replaced: {clean(next(iter(lacking)))} cannot be read, and so not be "
            "backed up first. Move it away, or restore without --replace."
        )
    return save_in(book.paths.backups_dir, made, job.now)


def backup_of_the_day(book: Logbook) -> Callable[[], list[str]]:
    """Read what belongs in a backup, unless there is one of today. The rest of the work is the
    function returned: it needs neither the logbook nor the right to write, so it may run in a
    thread. It never raises for a backup that fails, but returns what the runner should know."""
    try:
        if made_on(book.paths.backups_dir, book.now().date()):
            return list
        job = _job(book)
    except (ReadOnly, StoreError) as refusal:
        line = _failed(refusal)
        return lambda: [line]

    def make() -> list[str]:
        try:
            made = _kept(job)
        except Exception as refusal:  # noqa: BLE001  the session is kept; its screen must not end
            return [_failed(refusal)]
        told = list(made.notes)
        if made.no_folder and due(job.paths.backup_told, job.now.date(), TELL_EVERY):
            told.append(made.no_folder)
        return told

    return make


def _job(book: Logbook) -> Job:
    book.access.check()
    return Job(book.paths, gather(book.paths), book.now(), book.profile.setting(TO, ""))


def _kept(job: Job) -> Backup:
    """Make a backup in the folder of backups and its second copy; then drop those that have had
    their time."""
    made = packed(job.sources, job.now, _version())
    path = save_in(job.paths.backups_dir, made, job.now)
    notes = _lacks(made.manifest)
    copy, no_folder = None, ""
    if job.second:
        try:
            copy = save_copy(job.second, path.name, made)
        except StoreError as refusal:
            notes.append(f"the second copy of the backup is missing: {refusal}")
        else:
            if copy is None:
                no_folder = (
                    f"the backup has no second copy: the folder {clean(job.second)} is not there; "
                    "connect it, or stridelift config set backup.to FOLDER"
                )
    try:
        dropped = prune(job.paths.backups_dir, path)
    except StoreError as refusal:
        notes.append(str(refusal))
    else:
        drop_copies(job.second, dropped)
    return Backup(
        path=path,
        size=len(made.data),
        manifest=made.manifest,
        copy=copy,
        no_folder=no_folder,
        notes=tuple(notes),
    )


def _lacks(manifest: Manifest) -> list[str]:
    """What is not in a backup, or not as it should be, line by line."""
    return [
        *(
            f"{clean(name)} is NOT in the backup: {clean(why)}"
            for name, why in manifest.not_read.items()
        ),
        *(
            f"{clean(name)} is damaged, or of a newer stridelift; it is in the backup as it is"
            for name in manifest.not_parsed
        ),
    ]


def _failed(refusal: Exception) -> str:
    known = isinstance(refusal, ReadOnly | StoreError)
    why = str(refusal) if known else clean(f"{type(refusal).__name__}: {refusal}")
    return f"no backup was made today; earlier ones are kept: {why}"


def _version() -> str:
    try:
        return version("stridelift")
    except PackageNotFoundError:
        return "unknown"
