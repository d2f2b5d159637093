"""Sets up the data folder for syncs with a home: a repository of its own, and where home is."""

from __future__ import annotations

import re
from pathlib import Path

from tui.domain.model.text import clean
from tui.store.atomic import make_folder
from tui.store.errors import StoreError, refused
from tui.store.git import Git, Remote
from tui.store.git_names import HOME
from tui.store.paths import Paths
from tui.store.sync_home import home_of

SYNCTHING = ".stfolder"


def set_up(paths: Paths, git: Git, url: str, *, anyway: bool) -> str:
    """Have the data folder synced with ``url`` from now on; returns a line that says so. A
    repository that is there is used. With ``anyway`` also where Syncthing carries the folder.
    Raises GitFailed or StoreError."""
    remote, root = Remote.read(url), paths.root
    if remote.local and _is_inside(remote.path, root):
        raise StoreError(
            f"{clean(remote.path)} is in the data folder itself; keep the repository elsewhere"
        )
    if (root / SYNCTHING).exists() and not anyway:
        raise StoreError(
            f"Syncthing carries {clean(str(root))} already; two of a kind get in each other's way. "
            "Take the folder out of Syncthing, or add --anyway."
        )
    before = home_of(paths)
    try:
        make_folder(root)
    except OSError as error:
        raise refused(root, error) from error
    git.set_up(url)
    now = home_of(paths)
    if before == now:
        return f"This log is synced with {shown(now)} already."
    # What the one before had says nothing about this one.
    git.run("update-ref", "-d", HOME)
    was = f", no longer with {shown(before)}" if before else ""
    return f"From now on this log syncs with {shown(now)}{was}."


def _is_inside(path: str, root: Path) -> bool:
    try:
        return Path(path).expanduser().resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        # Git says what is wrong with it.
        return False


def shown(url: str) -> str:
    """A URL as it may be shown: without a password that stands in it."""
    return clean(re.sub(r"(://[^/@:]*):[^/@]*@", r"\1:…@", url))
