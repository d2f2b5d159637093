"""Sees cheaply, by names, sizes and times, which files someone has written since the last look."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.store.files import Identity, identity_of
from tui.store.paths import Paths

OF_YEAR = re.compile(r"(\d{4})\.json")

Folder = Mapping[str, Identity]


class Fingerprint(NamedTuple):
    """The files of a data folder as they lie there, by name; a folder that is not there, or cannot
    be read, is None."""

    root: Folder | None
    log: Folder | None
    live: Folder | None

    def years_unlike(self, other: Fingerprint) -> set[int]:
        """The years of which a file differs: its own, its copy, or a damaged one beside it. A
        folder that is gone says nothing about what was in it."""
        if self.log is None:
            return set()
        found = (OF_YEAR.match(name) for name, _ in self.log.items() ^ (other.log or {}).items())
        return {int(match[1]) for match in found if match}

    def unlike(self, other: Fingerprint, path: Path) -> bool:
        """Whether a file at the top of the folder, or one beside it that was made of it, differs;
        False if the folder is gone."""
        if self.root is None:
            return False
        return _of(self.root, path) != _of(other.root or {}, path)


def fingerprint(paths: Paths) -> Fingerprint:
    """The files below ``paths`` as they are now. Reads none of them, and raises nothing."""
    return Fingerprint(_folder(paths.root), _folder(paths.log_dir), _folder(paths.live_dir))


def _folder(path: Path) -> Folder | None:
    found: dict[str, Identity] = {}
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                # A file of a write that is still under way is nobody's business.
                if not entry.name.startswith(".") and (there := _status(entry)) is not None:
                    found[entry.name] = there
    except OSError:
        return None
    return found


def _status(entry: os.DirEntry[str]) -> Identity | None:
    try:
        return identity_of(entry.stat())
    except OSError:
        # Gone since the folder was listed, or a link to nowhere.
        return None


def _of(folder: Folder, path: Path) -> Folder:
    return {name: one for name, one in folder.items() if name.startswith(path.name)}
