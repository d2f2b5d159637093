"""Sets up the data folder for syncs with a home: a repository of its own, and where home is."""

from __future__ import annotations

import re
from pathlib import Path

from tui.domain.model.text import clean
from tui.store.atomic import make_folder
from tui.store.errors import StoreError, refused
from tui.store.git import Git
from tui.store.git_heads import BRANCH, REMOTE
from tui.store.paths import Paths
from tui.store.sync_home import home_of

# What a URL says that has git run a command of that name.
HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
LONGEST_URL = 2_000
SYNCTHING = ".stfolder"
# Garbage is collected once there are so many loose objects: 3 sessions a week make 600 a year.
LOOSE_OBJECTS = "256"


def set_up(paths: Paths, git: Git, url: str, *, anyway: bool) -> str:
    """Have the data folder synced with ``url`` from now on; returns a line that says so. A
    repository that is there is used. With ``anyway`` also where Syncthing carries the folder.
    Raises StoreError."""
    refuse(url)
    root = paths.root
    if (root / SYNCTHING).exists() and not anyway:
        raise StoreError(
            f"Syncthing carries {clean(str(root))} already; two of a kind get in each other's way. "
            "Take the folder out of Syncthing, or add --anyway."
        )
    folder = root / ".git"
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise StoreError(
            f"{clean(str(folder))} is no folder but leads to another repository; the log needs one "
            "of its own. Move it away."
        )
    before = home_of(paths)
    if not folder.exists():
        try:
            make_folder(root)
        except OSError as error:
            raise refused(root, error) from error
        git.run("init", "-q", "--template=", "-b", "main")
    for key, value in _settings(url).items():
        git.run("config", "--file", str(folder / "config"), "--replace-all", key, value)
    if before == url:
        return f"This log is synced with {shown(url)} already."
    was = f", and no longer with {shown(before)}" if before else ""
    return f"This log is now synced with {shown(url)}{was}."


def refuse(url: str) -> None:
    """Refuse a URL that is none, or that would have git run something. Raises StoreError."""
    if not url or len(url) > LONGEST_URL or clean(url) != url or url != url.strip():
        raise StoreError("that is no place to sync to; write it like anna@home:log.git, or a path")
    if url.startswith("-") or HELPER.match(url):
        raise StoreError(
            f"{clean(url)} would have git run a program; name a place to sync to, like "
            "anna@home:log.git, or a path"
        )


def shown(url: str) -> str:
    """A URL as it may be shown: without a password that stands in it."""
    return clean(re.sub(r"(://[^/@:]*):[^/@]*@", r"\1:…@", url))


def at_home(url: str) -> str:
    """What to type once where home is, if there is no repository yet."""
    host, colon, path = url.partition(":")
    place = path if colon and "/" not in host else url
    if found := re.match(r"\w+://[^/]*(/.*)", url):
        place = found[1]
    return (
        f"git init --bare -b main {clean(place)} && git -C {clean(place)} config gc.auto "
        f"{LOOSE_OBJECTS}"
    )


def _settings(url: str) -> dict[str, str]:
    return {
        f"remote.{REMOTE}.url": str(Path(url).expanduser()) if url.startswith("~/") else url,
        f"remote.{REMOTE}.fetch": f"+refs/heads/*:refs/remotes/{REMOTE}/*",
        # So that a plain git pull and push by the runner do what one would think.
        "branch.main.remote": REMOTE,
        "branch.main.merge": BRANCH,
        "pull.rebase": "false",
        "gc.auto": LOOSE_OBJECTS,
    }
