"""Opens and reads the files of the data folder: only real files, and only of a size ours can have.

A pipe, a device or a folder that has the name of one of them is refused at once; opening a pipe
would wait for a writer for ever.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from tui.domain.model.text import clean
from tui.store.errors import StoreError, leads_nowhere, refused

# Identifies the file that was read: if anyone replaces or changes it, one of the numbers differs.
Identity = tuple[int, int, int]


def identity_of(status: os.stat_result) -> Identity:
    """A value that differs once any process has changed or replaced the file."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_file(path: Path, most: int) -> tuple[Identity, bytes] | None:
    """A file's bytes and its identity, matching even if it is replaced meanwhile; None if there is
    no file. Raises StoreError; also if it is no real file or has more than ``most`` bytes."""
    try:
        handle = open_file(path, os.O_RDONLY, "read")
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            refuse_size(path, status.st_size, most, "read")
            return identity_of(status), file.read(status.st_size)
    except FileNotFoundError as error:
        if leads_nowhere(path):
            raise refused(path, error, "read") from error
        return None
    except OSError as error:
        raise refused(path, error, "read") from error


def open_file(path: Path, flags: int, act: str) -> int:
    """Open a file, or the one a link leads to, without waiting. A new one is for this user alone.

    Raises OSError, or StoreError ("could not be ``act``") if it is no real file.
    """
    # Opening a device may already make it act, so look first; and again at what was opened.
    refuse_other(path, act)
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY, 0o600)
    try:
        _refuse_mode(path, os.fstat(handle).st_mode, act)
    except BaseException:
        os.close(handle)
        raise
    return handle


def refuse_other(path: Path, act: str) -> None:
    """Raise StoreError ("could not be ``act``") if something other than a file has this name; that
    nothing has it is no error. Raises OSError if it cannot be known."""
    with suppress(FileNotFoundError):
        _refuse_mode(path, path.stat().st_mode, act)


def refuse_size(path: Path, size: int, most: int, act: str) -> None:
    """Raise StoreError ("could not be ``act``") for more than ``most`` bytes. Whatever is written
    is held to the size that is read back."""
    if size > most:
        raise StoreError(
            f"{clean(str(path))} could not be {act}: {size:,} bytes are more than the {most:,} it "
            "can have. Nothing was changed; make it smaller, or put a good copy in its place."
        )


def _refuse_mode(path: Path, mode: int, act: str) -> None:
    if stat.S_ISDIR(mode):
        error = IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        raise refused(path, error, act) from error
    if not stat.S_ISREG(mode):
        kind = "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"
        raise StoreError(
            f"{clean(str(path))} could not be {act}: a {kind} stands where the file should be. "
            "Move it away."
        )
