"""The session under way, kept in the machine's own folder while its data folder is gone.

``rescue/<journal>`` is the whole journal after a line that names the data folder and its disk.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from tui.store.atomic import fill, make_folder, sync_folder, temp_of
from tui.store.errors import StoreError, refused
from tui.store.journal_lines import stored
from tui.store.json_bytes import JSONDecodeError, dumps, loads
from tui.store.paths import Paths


class Rescued(NamedTuple):
    """A journal that was kept while ``folder``, the data folder it belongs to, was gone. ``disk``
    is the number of the device that folder was on."""

    path: Path
    folder: str
    disk: int
    lines: bytes

    def belongs(self, paths: Paths) -> bool:
        """Whether its session is one of this data folder: one that has the journal, wherever it was
        moved, or one at the same path on the same disk. An empty folder on another disk is where
        the right one is to be mounted."""
        if (paths.live_dir / self.path.name).exists():
            return True
        try:
            same = os.path.realpath(self.folder) == os.path.realpath(paths.root)
            return same and paths.root.stat().st_dev == self.disk
        except OSError:
            return False


def keep(journal: Path, lines: bytes, disk: int) -> Path:
    """Write a whole journal to the machine's own folder; it is on disk when this returns. Returns
    its path. Raises StoreError."""
    paths = Paths(journal.parent.parent)
    path = paths.rescue_dir / journal.name
    temp = temp_of(path)
    try:
        make_folder(path.parent)
        # What has no letters in this encoding is no path that anyone could match later.
        folder = str(paths.root).encode(errors="replace").decode()
        fill(temp, dumps({"folder": folder, "disk": disk}) + b"\n" + lines)
        temp.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise refused(path, error) from error
    return path


def drop(path: Path) -> None:
    """Remove a journal that is in its folder again. Raises StoreError."""
    try:
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise refused(path, error, "removed") from error


def rescued(paths: Paths) -> tuple[list[Rescued], list[str]]:
    """What is kept on this machine for data folders that were gone, and a line for each file of it
    that cannot be read."""
    found: list[Rescued] = []
    problems: list[str] = []
    try:
        names = sorted(path for path in paths.rescue_dir.iterdir() if path.suffix == ".jsonl")
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    except OSError as error:
        return [], [str(refused(paths.rescue_dir, error, "read"))]
    for path in names:
        try:
            first, _, lines = stored(path).partition(b"\n")
            found.append(Rescued(path, *_place(first), lines))
        except StoreError as problem:
            problems.append(str(problem))
    return found, problems


def _place(line: bytes) -> tuple[str, int]:
    """The data folder and the disk that the first line names; no folder if it is damaged."""
    try:
        named = loads(line)
        folder, disk = named["folder"], named["disk"]
    except (JSONDecodeError, TypeError, KeyError):
        return "", 0
    return (folder, disk) if isinstance(folder, str) and isinstance(disk, int) else ("", 0)
