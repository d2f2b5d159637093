"""Sees to it that one sync at a time works in a data folder, and that locks which a killed git left
behind do not keep all later ones out."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.domain.model.text import clean, number_of
from tui.store.errors import StoreError, refused
from tui.store.files import open_file
from tui.store.git_commit import clear_index
from tui.store.git_folder import GitFolder

LOCK = "stridelift.lock"
POLL_S = 0.1
# Longer than any git command of ours takes with a lock of its own.
STALE_S = 60.0


@contextmanager
def one_sync(
    root: Path, patience_s: float, wait: Callable[[float], object] = time.sleep
) -> Iterator[list[str]]:
    """Within the block no other sync works in the folder; gives a line for each thing that was
    cleared up first. The kernel holds the lock, so it ends with the process. Raises StoreError if
    another sync is still under way after so many seconds."""
    path = root / ".git" / LOCK
    try:
        handle = open_file(path, os.O_RDWR | os.O_CREAT, "locked")
    except OSError as error:
        raise refused(path, error, "locked") from error
    try:
        for _ in range(round(patience_s / POLL_S)):
            if _locked(handle):
                break
            wait(POLL_S)
        else:
            if not _locked(handle):
                raise StoreError("another sync is under way here; try again when it is done")
        clear_index(root)
        yield _cleared(stale_locks(root, time.time()))
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A disk without locks: git's own keep two syncs from undoing each other's work.
        return True
    return True


def stale_locks(root: Path, now: float) -> list[Path]:
    """The locks in git's folder of ``root``, and in the one that stands in for it, that no git
    holds any more; ``now`` is in seconds since 1970."""
    every = [*_locks(root / ".git"), *GitFolder.of(root).stand_in.glob("*.lock")]
    return _stale(every, root, now)


def cleared_at(home: Path) -> list[str]:
    """Remove the locks that no git holds any more from a repository at a path, such as a stick that
    was pulled out; a line if there were any."""
    return _cleared(_stale(_locks(home), home, time.time()))


def _stale(locks: Iterable[Path], root: Path, now: float) -> list[Path]:
    # Also of a clock that was set back.
    stale = [path for path in locks if abs(now - _changed(path, now)) > STALE_S]
    return [] if not stale or _git_works(root) else sorted(stale)


def _cleared(locks: Iterable[Path]) -> list[str]:
    gone = []
    for path in locks:
        with suppress(OSError):
            path.unlink()
            gone.append(path.name)
    what = f"{number_of(len(gone), 'lock')} that a killed git had left"
    was = "was" if len(gone) == 1 else "were"
    return [f"{what} {was} removed: {clean(', '.join(gone))}"] if gone else []


def _locks(folder: Path) -> Iterator[Path]:
    """The locks in git's folder. Objects are never locked."""
    for path in folder.glob("*.lock"):
        if path.name != LOCK:
            yield path
    for below, _, names in os.walk(folder / "refs"):
        yield from (Path(below, name) for name in names if name.endswith(".lock"))


def _changed(path: Path, now: float) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return now


def _git_works(root: Path) -> bool:
    """Whether a git process works in the folder. Where the system does not tell, age has to do."""
    inside = os.path.realpath(root)
    with suppress(OSError):
        for process in Path("/proc").iterdir():
            if process.name.isdecimal() and _works(process, inside):
                return True
    return False


def _works(process: Path, inside: str) -> bool:
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
        if not Path(os.fsdecode(words[0])).name.startswith("git"):
            return False
        place = os.path.realpath(process / "cwd")
    except OSError:
        return False
    told = any(word.startswith(os.fsencode(inside)) for word in words)
    return told or Path(place).is_relative_to(inside)
