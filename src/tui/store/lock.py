"""A file lock that lets one process at a time write the log.

The kernel holds the lock, so it ends with the process, even after a crash or kill -9. Some network
and FUSE file systems do not lock, or say that they did and let everyone in; there a claim, a file
that only one process can create, stands in for the lock.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tui.domain.model.text import clean, clip
from tui.store.atomic import FILE_MODE, dead, make_folder, temp_of
from tui.store.errors import FolderGone, StoreError, refused
from tui.store.files import open_file, read_file
from tui.store.json_bytes import JSONDecodeError, dumps, loads
from tui.store.paths import Paths

# Plain flock, not the filelock package: that loads asyncio and costs every `log` 60 ms.
# Release keeps the file: unlinking it could leave two holders of two different files.

# What flock says where the file system has no locks.
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP}
MOST_BYTES = 4_096
# How often the lock file may be replaced while it is being locked.
TRIES = 100
# What a disk that was pulled out, or a server that does not answer any more, says.
UNREACHABLE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE, errno.EHOSTDOWN}


def local_now() -> datetime:
    """The local wall-clock time, with its UTC offset."""
    return datetime.now().astimezone()


class WriterLock:
    """The right to write below ``paths``; the lock file names the holder.

    ``notice`` is a line for the runner while it is held on a disk that does not lock; else empty.
    """

    def __init__(self, paths: Paths, now: Callable[[], datetime] = local_now) -> None:
        self.notice = ""
        self._path = paths.lock
        self._now = now
        self._handle: int | None = None
        self._claim: Claim | None = None
        self._device = 0

    def acquire(self) -> bool:
        """Take the lock without waiting; False if another process has it. It is held until
        :meth:`release`. Raises StoreError if the data directory cannot be written."""
        if self._handle is not None:
            return True
        try:
            make_folder(self._path.parent)
        except OSError as error:
            raise refused(self._path, error, "locked") from error
        return self._take()

    def _take(self) -> bool:
        """:meth:`acquire` in a folder that is there. Raises FolderGone if it is not, or
        StoreError."""
        told = dumps(self._self()) + b"\n"
        try:
            handle, locks = self._locked()
            claim = None
            try:
                if not locks:
                    claim = Claim.make(self._path, told)
                os.fchmod(handle, FILE_MODE)
                os.ftruncate(handle, 0)
                os.pwrite(handle, told, 0)
            except BaseException:
                if claim is not None:
                    claim.release()
                os.close(handle)
                raise
        except BlockingIOError:
            return False
        except FileNotFoundError as error:
            raise self._gone() from error
        except OSError as error:
            raise refused(self._path, error, "locked") from error
        self._handle, self._claim = handle, claim
        self._device = self._path.parent.stat().st_dev
        self.notice = "" if locks else not_locking(self._path.parent)
        return True

    def hold(self) -> bool:
        """Check before each write that this process still has the lock. If someone removed or
        replaced its file, take it again; False if another process got there first. Raises
        FolderGone if the folder itself is gone, as nothing can be kept there, or StoreError."""
        if self._handle is None:
            return False
        folder, mine = self._path.parent, os.fstat(self._handle)
        try:
            with suppress(FileNotFoundError):
                same = os.path.samestat(self._path.stat(), mine)
                if same and (self._claim is None or self._claim.hold()):
                    return True
            # Where a disk was unmounted, the empty mount point is on another device.
            gone = folder.stat().st_dev != self._device
        except (FileNotFoundError, NotADirectoryError):
            gone = True
        except OSError as error:
            if error.errno not in UNREACHABLE:
                raise refused(self._path, error, "read") from error
            gone = True
        if gone:
            raise self._gone()
        return self._again()

    def _gone(self) -> FolderGone:
        return FolderGone(
            f"NOT KEPT: {clean(str(self._path.parent))} is gone. Put that folder back, then press "
            "again; leave this open until then."
        )

    def release(self) -> None:
        """Let another process write. Does nothing if the lock is not held."""
        if self._handle is not None:
            # On a disk that lets everyone lock it may name another by now.
            if stored(self._path).get("pid") == os.getpid():
                with suppress(OSError):
                    os.ftruncate(self._handle, 0)
            if self._claim is not None:
                self._claim.release()
            os.close(self._handle)
            self._handle, self._claim, self.notice = None, None, ""

    def holder(self) -> str:
        """Who has the lock, in words: ``process 4242 on laptop since 18:05``."""
        info, claim = stored(self._path), claim_of(self._path)
        words = described(info, self._now().date()) if info else "another process"
        # A claim outlives a crash on another machine, and nobody here can tell.
        return f"{words} (if it is gone, remove {clean(claim.name)})" if claim.exists() else words

    def place(self) -> str:
        """Where the lock is held, in few words: ``laptop, pts/3``."""
        info, claim = stored(self._path), claim_of(self._path)
        if self._is_self(info):
            return "another process"  # It was named first, and we have written over it.
        host, tty = str(info.get("host") or ""), str(info.get("terminal") or "")
        parts = [clip(clean(one), 40) for one in (host, tty.removeprefix("/dev/")) if one]
        if claim.exists():
            parts.append(f"if it is gone, remove {clean(claim.name)}")
        return ", ".join(parts) or "another process"

    def process(self) -> Holder | None:
        """The process that has the lock, as its file says; None if it says none."""
        info = stored(self._path)
        pid, host, tty, start = (info.get(key) for key in ("pid", "host", "terminal", "start"))
        if type(pid) is not int or self._is_self(info):
            return None
        return Holder(self._path, pid, str(host or ""), str(tty or ""), str(start or ""))

    def gone(self) -> bool:
        """Whether the process that had the lock has given it up or died, as far as can be told
        without taking it."""
        info = stored(self._path)
        if not info:
            return not claim_of(self._path).exists()
        return info.get("pid") != os.getpid() and abandoned(info)

    @staticmethod
    def _is_self(info: Mapping[str, Any]) -> bool:
        return (info.get("pid"), info.get("host")) == (os.getpid(), os.uname().nodename)

    def _locked(self) -> tuple[int, bool]:
        """A handle of the lock file that stands at its path, locked; False with it if the file
        system does not really lock. Raises BlockingIOError if another process has the lock."""
        for _ in range(TRIES):
            handle = open_file(self._path, os.O_RDWR | os.O_CREAT, "locked")
            try:
                locks = self._really_locks(handle)
            except BaseException:
                os.close(handle)
                raise
            if locks is not None:
                return handle, locks
            # The file was removed or replaced since it was opened: another has, or gets, the lock
            # of the new one.
            os.close(handle)
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    def _really_locks(self, handle: int) -> bool | None:
        """Lock the file: True if a second handle is then kept out, None if the handle is no longer
        that of the file at the path."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            return False
        try:
            second = open_file(self._path, os.O_RDWR, "locked")
        except FileNotFoundError:
            return None
        try:
            if not os.path.samestat(os.fstat(handle), os.fstat(second)):
                return None
            fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(second)
        return False

    def _again(self) -> bool:
        """Take the lock of the file that stands at the path now, in place of the one held. If that
        is an error, the one before is still held, so that the next write tries again."""
        handle, claim = before = self._handle, self._claim
        assert handle is not None
        self._handle = None
        try:
            taken = self._take()
            # Where the folder was gone for a moment only, the lock in the way is our own.
            ours = not taken and claim is None and self._names(handle)
        except BaseException:
            self._handle, self._claim = before
            raise
        if ours:
            self._handle = handle
        else:
            os.close(handle)
        return taken or ours

    def _names(self, handle: int) -> bool:
        """Whether the path is that of an open file. Raises FolderGone."""
        try:
            return os.path.samestat(self._path.stat(), os.fstat(handle))
        except (FileNotFoundError, NotADirectoryError):
            if self._path.parent.is_dir():
                return False
            raise self._gone() from None

    def _self(self) -> dict[str, Any]:
        from tui.store.processes import start_of  # Whoever only reads does not need it.

        return {
            "pid": os.getpid(),
            "host": os.uname().nodename,
            "terminal": terminal(),
            "since": self._now().isoformat(timespec="seconds"),
            "start": start_of(os.getpid()),
        }


class Holder(NamedTuple):
    """The process that has the lock of the file at ``path``: its pid, its machine, its terminal,
    and the time of its start, as the system tells it (empty if not known)."""

    path: Path
    pid: int
    host: str
    terminal: str
    start: str

    def words(self) -> str:
        """It in words: ``process 4242 on pts/1``."""
        tty = clip(clean(self.terminal.removeprefix("/dev/")), 40)
        return f"process {self.pid} on {tty}" if tty else f"process {self.pid}"

    def place(self) -> str:
        """Where it is, in few words: ``pts/1``; ``laptop, pts/1`` if that is another machine."""
        return place_of(self.host, self.terminal)

    def may_be_ended(self) -> bool:
        """Whether it runs on this machine, still has this very lock as far as can be told, and is
        none that must not be ended from here."""
        from tui.store.processes import is_another, lockers_of  # As in WriterLock._self.

        info, lockers = stored(self.path), lockers_of(self.path)
        same = (info.get("pid"), info.get("start", "")) == (self.pid, self.start)
        here = self.host == os.uname().nodename and (not lockers or self.pid in lockers)
        return same and here and is_another(self.pid, self.start)

    def end(self, *, at_once: bool = False) -> bool:
        """Ask it to end, or end it ``at_once``; False if nothing was sent: see
        :meth:`may_be_ended`."""
        from tui.store.processes import end  # As in WriterLock._self.

        return self.may_be_ended() and end(self.pid, self.start, at_once=at_once)


class Claim:
    """A file beside the lock file that names the process that writes. Only one can create it."""

    def __init__(self, path: Path, told: bytes) -> None:
        self._path = path
        self._told = told

    @classmethod
    def make(cls, lock: Path, told: bytes) -> Claim:
        """Create the claim with ``told`` in it, in place of one whose process on this machine is
        dead. Raises BlockingIOError if another process has it, OSError, StoreError."""
        path = claim_of(lock)
        if abandoned(stored(path)):
            # Of two that find it so, the second renames nothing or what the first has just made:
            # that one notices at its next write.
            aside = temp_of(path)
            with suppress(FileNotFoundError):
                path.rename(aside)
                aside.unlink()
        try:
            handle = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, "written")
        except FileExistsError as error:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(told)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return cls(path, told)

    def hold(self) -> bool:
        """Whether the claim is still this one. Raises StoreError."""
        found = read_file(self._path, MOST_BYTES)
        return found is not None and found[1] == self._told

    def release(self) -> None:
        """Remove the claim, if it is still this one."""
        with suppress(OSError, StoreError):
            if self.hold():
                self._path.unlink()


def claim_of(lock: Path) -> Path:
    """The path of the claim beside a lock file."""
    return lock.with_suffix(".claim")


def stored(path: Path) -> dict[str, Any]:
    """What a lock file or a claim says; empty if that cannot be known."""
    try:
        found = read_file(path, MOST_BYTES)
        info = loads(found[1]) if found else None
    except (StoreError, JSONDecodeError):
        return {}
    return info if isinstance(info, dict) else {}


def abandoned(info: Mapping[str, Any]) -> bool:
    """Whether a claim is of a process of this machine that has ended."""
    pid = info.get("pid")
    return type(pid) is int and info.get("host") == os.uname().nodename and dead(pid)


def not_locking(folder: Path) -> str:
    """The notice about a disk that does not lock."""
    return (
        f"{clean(str(folder))}: this disk does not lock files. Do not open this log twice at once, "
        "nor from two machines."
    )


def place_of(host: str, terminal: str) -> str:
    """A terminal and, if it is another, its machine, safe to show; empty if neither is known."""
    names = ("" if host == os.uname().nodename else host, terminal.removeprefix("/dev/"))
    return ", ".join(clip(clean(one), 40) for one in names if one)


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
