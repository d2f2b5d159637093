"""Writes a file where the runner asks for it: an export, a calendar, something to share."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from tui.domain.model.text import clean
from tui.store.atomic import temp_of
from tui.store.errors import StoreError


def write_new(path: Path, data: bytes, *, over: bool) -> None:
    """Write a file whole or not at all. An existing file stays until all of the new one is on disk;
    unless ``over``, it is not replaced. The mode follows the runner's umask, since others may read
    the file.

    Raises StoreError; then nothing has been written.
    """
    try:
        if over and path.exists() and not path.is_file():
            # A pipe or a device can be written to directly; a folder refuses.
            path.write_bytes(data)
        else:
            _write_whole(path, data, over=over)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def _write_whole(path: Path, data: bytes, *, over: bool) -> None:
    temp = temp_of(path)
    # A temp of the same name is left over from a dead process that had our pid.
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
    """Create the file empty; fails if anything has the name, even a dangling link. A hard link
    would do the same, but not on a memory stick."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    path.open("xb").close()


def make_folder(path: Path) -> None:
    """Make a folder where the runner wants one, if it is not there. Raises StoreError."""
    try:
        path.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise StoreError(f"{clean(str(path))} is a file; name a folder") from error
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error for a file that cannot be written where the runner wants it."""
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
