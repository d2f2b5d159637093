"""Saves the traceback of a bug in the program, so that the runner can report it."""

from __future__ import annotations

import sys
from pathlib import Path
from traceback import format_exception

from tui.store.atomic import write
from tui.store.errors import StoreError
from tui.store.paths import Paths


def keep_fault(paths: Paths, fault: BaseException) -> Path | None:
    """Write the traceback to a private file, replacing the last one, and return its path. None if
    there is no data folder or the disk refuses."""
    if not paths.root.is_dir():
        return None
    text = f"Python {sys.version}\n\n{''.join(format_exception(fault))}"
    try:
        write(paths.fault, text.encode(errors="replace"))
    except StoreError:
        return None
    return paths.fault
