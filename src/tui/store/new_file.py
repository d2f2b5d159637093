"""Files of the runner's own, wherever they are named: an export, a calendar, what is shared."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from tui.domain.model.text import clean
from tui.store.atomic import temp_of
from tui.store.errors import StoreError


def write_new(path: Path, data: bytes, *, over: bool) -> None:
    """Write a file whole or not at all: what stood there stays until all of the new is on disk and,
    unless ``over``, for good. Its mode is as the runner's umask has it: it is for others to read.

    Raises StoreError; nothing has been written then.
    """
    try:
        if over and path.exists() and not path.is_file():
            # A pipe or a device takes what comes; a folder refuses.
            path.write_bytes(data)
        else:
            _write_whole(path, data, over=over)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _write_whole(path: Path, data: bytes, *, over: bool) -> None:
    temp = temp_of(path)
    # One of the same name is left from a dead process that had our number.
    temp.unlink(missing_ok=True)
    try:
        with temp.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not over:
            _claim(path)
        try:
            temp.replace(path)
        except OSError:
            if not over:
                path.unlink()
            raise
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def _claim(path: Path) -> None:
    """Make the name ours; fails where anything has it, even a link to nowhere. A hard link would do
    as well, but not on a memory stick."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    path.open("xb").close()


def _unwritable(path: Path, error: OSError) -> StoreError:
    """What to say of a file that the runner named and that cannot be written."""
    shown, folder = clean(str(path)), clean(str(path.parent))
    if isinstance(error, FileExistsError):
        return StoreError(f"{shown} is there already; name another")
    hints = {
        errno.ENOENT: f"the folder {folder} is not there; make it, or name another file",
        errno.ENOTDIR: f"{folder} is no folder; name another file",
        errno.EISDIR: "it is a folder; name a file in it",
        errno.EACCES: f"the folder {folder} is closed to you; name another file",
        errno.EROFS: "the disk is read-only; name a file on another one",
        errno.ENOSPC: "the disk is full; free some space, or name a file on another one",
    }
    other = f"{error.strerror}; try again, or name another file"
    return StoreError(f"{shown} could not be written: {hints.get(error.errno or 0, other)}")
