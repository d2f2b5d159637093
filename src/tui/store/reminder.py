"""Remembers on which day the runner was told something, so as not to say it too often."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from tui.store.atomic import write
from tui.store.errors import StoreError


def due(path: Path, day: date, every: timedelta) -> bool:
    """Whether it is time to say it (again); if so, the file remembers ``day``. A file that cannot
    be read or written only means that it is said once more."""
    with suppress(OSError, ValueError):
        if timedelta() <= day - date.fromisoformat(path.read_text("utf-8").strip()) < every:
            return False
    with suppress(StoreError):
        write(path, f"{day}\n".encode())
    return True
