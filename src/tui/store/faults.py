"""What is kept of a fault of ours, so that whoever met it can hand it on."""

from __future__ import annotations

import sys
from pathlib import Path
from traceback import format_exception

from tui.store.atomic import write
from tui.store.errors import StoreError
from tui.store.paths import Paths


def keep_fault(paths: Paths, fault: BaseException) -> Path | None:
    """Write what it says and where in the program it came up to a private file, in place of the
    last one. None where there is no data folder, or the disk says no."""
    if not paths.root.is_dir():
        return None
    text = f"Python {sys.version}\n\n{''.join(format_exception(fault))}"
    try:
        write(paths.fault, text.encode(errors="replace"))
    except StoreError:
        return None
    return paths.fault
