"""Checks the machine: its disk, its locks, and the programs that carry the folder elsewhere."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from tui.app.doctor.findings import Finding
from tui.store.atomic import dead, sync_folder
from tui.store.errors import StoreError, refused
from tui.store.files import read_file
from tui.store.lock import NO_LOCKS, claim_of, described, not_locking, stored
from tui.store.paths import Paths

LEAST_FREE_BYTES = 50_000_000
SYNCTHING, DROPBOX, GIT = ".stfolder", ".dropbox", ".git"
IGNORE = ".stignore"
MOST_BYTES = 1_000_000
# What belongs to one machine. The log, the profile, the library and the journals travel; a backup
# that another machine can take away is none.
STAYS = (
    "/writer.lock",
    "/writer.claim",
    "/*.request",
    "/cache",
    "/crash",
    "/merged",
    "/backups",
    "/.git",
    "*.bak",
    "*.tmp",
    "*.damaged-*",
    "*.schema-*",
)


def check(paths: Paths, today: date) -> Iterator[Finding]:
    """The findings on the machine that the data folder is on."""
    yield from _writer(paths, today)
    yield from _disk(paths.root)
    there = [name for name in (SYNCTHING, DROPBOX, GIT) if (paths.root / name).exists()]
    if GIT in there and len(there) > 1:
        yield Finding(
            code="two-carriers",
            where=GIT,
            words=f"git and {there[0].removeprefix('.')} both carry this folder, and each undoes "
            "what the other does",
            todo="leave it to one of them",
        )
    if SYNCTHING in there and lines_to_add(paths):
        yield Finding(
            code="stignore",
            where=IGNORE,
            words="Syncthing carries what belongs to this machine alone, such as the lock",
            repair=f"names that in {IGNORE}",
        )


def _writer(paths: Paths, today: date) -> Iterator[Finding]:
    info, claim = stored(paths.lock), stored(claim_of(paths.lock))
    host = os.uname().nodename
    pid = info.get("pid")
    if info.get("host") == host and type(pid) is int and pid != os.getpid() and not dead(pid):
        words = f"{described(info, today)} writes this log"
        yield Finding(code="writer", where=paths.lock.name, words=words, note=True)
    if claim and claim.get("host") != host:
        yield Finding(
            code="writer",
            where=claim_of(paths.lock).name,
            words=f"{described(claim, today)} writes this log",
            todo="if it is gone, remove this file",
            note=True,
        )


def _disk(root: Path) -> Iterator[Finding]:
    if locks(root) is False:
        yield Finding(code="locks", where=".", words=not_locking(root))
    try:
        sync_folder(root)
    except OSError as error:
        words = f"{refused(root, error, 'synced')} After a power failure, changes may be gone."
        yield Finding(code="sync", where=".", words=words)
    with suppress(OSError):
        disk = os.statvfs(root)
        free = disk.f_bavail * disk.f_frsize
        if free < LEAST_FREE_BYTES:
            words = f"{free // 1_000_000} MB are free on this disk"
            yield Finding(code="space", where=".", words=words, todo="make room")


def locks(folder: Path) -> bool | None:
    """Whether this disk really locks: a second handle is kept out. None if that cannot be known.

    It is tried on the folder itself, so that nobody who wants to write has to wait for it.
    """
    handles = []
    try:
        handles = [os.open(folder, os.O_RDONLY) for _ in range(2)]
        fcntl.flock(handles[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(handles[1], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        # Some file systems lock files, but no folders.
        return False if error.errno in NO_LOCKS - {errno.ENOTSUP} else None
    finally:
        for handle in handles:
            os.close(handle)
    return False


def lines_to_add(paths: Paths) -> list[str]:
    """What .stignore does not name yet. A file that cannot be read is left alone."""
    try:
        found = read_file(paths.root / IGNORE, MOST_BYTES)
    except StoreError:
        return []
    there = found[1].decode(errors="replace").splitlines() if found else []
    named = {line.strip() for line in there}
    return [line for line in STAYS if line not in named]
