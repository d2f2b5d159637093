"""Keeps the reports of bugs in the program, so that the runner can send one in."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from tui.store.atomic import FILE_MODE, make_folder, sync_folder
from tui.store.errors import refused
from tui.store.paths import Paths

KEPT = 10
REPORT = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})(?:-(\d{1,9}))?\.txt")


def keep_report(paths: Paths, report: str, now: datetime) -> Path | None:
    """Write a report to a new private file that is named by the time, and return its path; of older
    ones the newest nine stay. None if there is no data folder: a bug makes none. Raises StoreError
    if the disk refuses."""
    folder = paths.crash_dir
    try:
        if not paths.root.is_dir():
            return None
        make_folder(folder)
        kept = _write(folder, report.encode(errors="replace"), f"{now:%Y-%m-%dT%H%M%S}")
    except OSError as error:
        raise refused(folder, error) from error
    with suppress(OSError):
        _prune(folder, kept)
    return kept


def _write(folder: Path, data: bytes, stamp: str) -> Path:
    names = (f"{stamp}-{n}.txt" if n > 1 else f"{stamp}.txt" for n in count(1))
    for name in names:
        path = folder / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "wb") as file:
                os.fchmod(handle, FILE_MODE)
                file.write(data)
                file.flush()
                os.fsync(handle)
        except OSError:
            # Half a report is none; it must not push out a whole one.
            with suppress(OSError):
                path.unlink()
            raise
        sync_folder(folder)
        return path
    raise AssertionError("counting never ends")


def _prune(folder: Path, kept: Path) -> None:
    """Delete all but the newest reports. The one just written stays, though the clock may have been
    set back before it."""
    found = [match for path in folder.iterdir() if (match := REPORT.fullmatch(path.name))]
    found.sort(key=lambda match: (match[1], int(match[2] or 1)), reverse=True)
    others = [match.string for match in found if match.string != kept.name]
    for name in others[KEPT - 1 :]:
        with suppress(OSError):
            (folder / name).unlink()
