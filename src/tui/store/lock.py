"""A file lock that lets one process at a time write the log.

The kernel holds the lock, so it ends with the process, even after a crash or kill -9.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import orjson

from tui.domain.model.text import clean, clip
from tui.store.atomic import FILE_MODE, make_folder
from tui.store.errors import StoreError, refused
from tui.store.paths import Paths

# Plain flock, not the filelock package: that loads asyncio and costs every `log` 60 ms.
# Release keeps the file: unlinking it could leave two holders of two different files.


def local_now() -> datetime:
    """The local wall-clock time, with its UTC offset."""
    return datetime.now().astimezone()


class WriterLock:
    """The right to write below ``paths``; the lock file names the holder."""

    def __init__(self, paths: Paths, now: Callable[[], datetime] = local_now) -> None:
        self._path = paths.lock
        self._now = now
        self._handle: int | None = None
        self._device = 0

    def acquire(self) -> bool:
        """Take the lock without waiting; False if another process has it. It is held until
        :meth:`release`. Raises StoreError if the data directory cannot be written."""
        if self._handle is not None:
            return True
        try:
            make_folder(self._path.parent)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, FILE_MODE)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.fchmod(handle, FILE_MODE)
                os.ftruncate(handle, 0)
                os.pwrite(handle, orjson.dumps(self._self()) + b"\n", 0)
            except BaseException:
                os.close(handle)
                raise
        except BlockingIOError:
            return False
        except OSError as error:
            raise refused(self._path, error, "locked") from error
        self._handle = handle
        self._device = self._path.parent.stat().st_dev
        return True

    def hold(self) -> bool:
        """Check before each write that this process still has the lock. If someone removed or
        replaced the lock file, take it again; False if another process got there first. Raises
        StoreError if the folder itself is gone, as nothing can be kept there."""
        if self._handle is None:
            return False
        folder, mine = self._path.parent, os.fstat(self._handle)
        try:
            with suppress(FileNotFoundError):
                if os.path.samestat(self._path.stat(), mine):
                    return True
            # Where a disk was unmounted, the empty mount point is on another device.
            gone = folder.stat().st_dev != self._device
        except (FileNotFoundError, NotADirectoryError):
            gone = True
        except OSError as error:
            raise refused(self._path, error, "read") from error
        if gone:
            raise StoreError(
                f"NOT KEPT: {clean(str(folder))} is gone. Put that folder back, then press again; "
                "leave this open until then."
            )
        before, self._handle = self._handle, None
        os.close(before)
        return self.acquire()

    def release(self) -> None:
        """Let another process write. Does nothing if the lock is not held."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def holder(self) -> str:
        """Who has the lock, in words: ``process 4242 on laptop since 18:05``."""
        try:
            info = orjson.loads(self._path.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            info = None
        if not isinstance(info, dict):
            return "another process"
        return described(info, self._now().date())

    def _self(self) -> dict[str, Any]:
        return {
            "pid": os.getpid(),
            "host": os.uname().nodename,
            "terminal": terminal(),
            "since": self._now().isoformat(timespec="seconds"),
        }


def terminal() -> str:
    """The name of this process's terminal; empty if it has none."""
    try:
        return os.ttyname(sys.__stdin__.fileno()) if sys.__stdin__ else ""
    except (OSError, ValueError):
        return ""


def described(info: Mapping[str, Any], today: date) -> str:
    """The contents of a lock file in words, safe to show; missing fields are left out."""
    words = ["process", clip(clean(str(info.get("pid", "?"))), 12)]
    if host := info.get("host"):
        words += ["on", clip(clean(str(host)), 40)]
    if tty := info.get("terminal"):
        words.append(f"({clip(clean(str(tty)), 40)})")
    with suppress(ValueError, TypeError):
        since = datetime.fromisoformat(info.get("since", ""))
        words += ["since", f"{since:%H:%M}" if since.date() == today else f"{since:%Y-%m-%d %H:%M}"]
    return " ".join(words)
