"""What import and export share: the whole log, and files where the runner wants them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from tui.cli.base import Trouble
from tui.core.model import Record, Session
from tui.logbook import Logbook
from tui.store.repository import each_once


def everything(book: Logbook) -> tuple[list[Session], list[Record]]:
    """All sessions and records, deleted ones too. Raises StoreError if a year cannot be read: half
    a log is not passed off as the whole."""
    years = book.repository.years()
    sessions = [s for year in years for s in book.repository.sessions(year)]
    records = [r for year in years for r in book.repository.records(year)]
    return each_once(sessions), each_once(records)


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: what stood there stays until all of the new is on disk.
    Raises Trouble."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device takes what comes; a folder refuses.
            path.write_bytes(data)
        else:
            _replace(path, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> Trouble:
    """What to say of a file that the runner named and that cannot be written."""
    hints = {
        errno.ENOENT: f"the folder {path.parent} is not there; make it, or name another file",
        errno.ENOTDIR: f"{path.parent} is no folder; name another file",
        errno.EISDIR: "it is a folder; name a file in it",
        errno.EACCES: f"the folder {path.parent} is closed to you; name another file",
        errno.EROFS: "the disk is read-only; name a file on another one",
        errno.ENOSPC: "the disk is full; free some space, or name a file on another one",
    }
    other = f"{error.strerror}; try again, or name another file"
    return Trouble(f"{path} could not be written: {hints.get(error.errno or 0, other)}")


def _replace(path: Path, data: bytes) -> None:
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temp.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)
