"""Lets at most one sync wait for the one that is under way.

Each sync takes along what lies on the disk when it begins. So whoever comes while another waits
need not wait as well: that one has not begun.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress

from tui.store.atomic import make_folder
from tui.store.errors import StoreError
from tui.store.files import open_file
from tui.store.paths import Paths
from tui.store.sync_state import state_path


class NextSync:
    """The one place in the queue of the data folder of ``paths``. The kernel holds it, so it is
    free again once the process that has it has ended, however that was."""

    def __init__(self, paths: Paths) -> None:
        self._path = state_path(paths).with_suffix(".next")
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the place; False if another sync has it. Where the disk has no locks it is always
        free: then several wait, which costs time and nothing else."""
        handle = None
        try:
            make_folder(self._path.parent)
            handle = open_file(self._path, os.O_RDWR | os.O_CREAT, "locked")
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            assert handle is not None
            os.close(handle)
            return False
        except (OSError, StoreError):
            if handle is not None:
                os.close(handle)
            return True
        self._handle = handle
        return True

    def leave(self) -> None:
        """Let the next one wait. To be called before anything is read."""
        if self._handle is not None:
            with suppress(OSError):
                os.close(self._handle)
            self._handle = None
