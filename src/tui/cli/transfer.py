"""What import and export share: the whole log, and files where the runner wants them."""

from __future__ import annotations

import os
from pathlib import Path

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
    Raises OSError."""
    if path.exists() and not path.is_file():
        # A pipe or a device takes what comes; a folder refuses.
        path.write_bytes(data)
        return
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temp.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        temp.unlink(missing_ok=True)
