"""Keeps what was replaced: files taken into the log, and versions that lost. Nothing here is read
again by the program; it is there so that nothing is ever gone."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

from tui.store.atomic import make_folder, sync_folder, write
from tui.store.errors import refused


def keep(folder: Path, name: str, data: bytes) -> Path:
    """Write ``data`` to a new file in the folder, named by the time and ``name``; return its path.
    The same bytes under the same name are kept once. Raises StoreError."""
    for there in folder.glob(f"* {name}"):
        if there.stat().st_size == len(data) and there.read_bytes() == data:
            return there
    path = _free(folder, name)
    write(path, data)
    return path


def move(path: Path, folder: Path) -> Path:
    """Move a file into the folder, named by the time and its own name; return its new path. Raises
    StoreError."""
    new = _free(folder, path.name)
    try:
        make_folder(folder)
        path.rename(new)
        sync_folder(folder)
        sync_folder(path.parent)
    except OSError as error:
        raise refused(path, error, "moved") from error
    return new


def _free(folder: Path, name: str) -> Path:
    stamp = f"{datetime.now().astimezone():%Y-%m-%dT%H%M%S}"
    names = (folder / f"{stamp}{f'-{n}' if n > 1 else ''} {name}" for n in count(1))
    return next(path for path in names if not path.exists())
