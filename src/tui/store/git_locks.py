"""Finds the locks that a git which was killed left behind: they keep every later one out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# Git holds a lock for moments; only while the runner writes a message may it be longer.
OLD_S = 60
# Where nobody can say whether a git is at work, one that old is nobody's.
VERY_OLD_S = 3_600
OURS = "stridelift."


def stale_locks(root: Path, now_s: float) -> list[Path]:
    """The locks in the repository of a data folder that no git holds any more. ``now_s`` is the
    time in seconds since 1970."""
    oldest = OLD_S if sys.platform == "linux" else VERY_OLD_S
    found = [path for path in _locks(root / ".git") if _age_s(path, now_s) > oldest]
    return [] if not found or git_at_work(root) else sorted(found)


def git_at_work(root: Path) -> bool:
    """Whether a git of this machine works in a data folder, as far as the system tells."""
    home = os.path.realpath(root)
    with suppress(OSError):
        for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208  names are enough
            with suppress(OSError):
                words = Path("/proc", name, "cmdline").read_bytes().split(b"\0")
                if not os.path.basename(words[0]).startswith(b"git"):  # noqa: PTH119  bytes
                    continue
                where = os.path.realpath(f"/proc/{name}/cwd")
                named = any(os.fsencode(home) in word for word in words)
                if named or where == home or where.startswith(f"{home}/"):
                    return True
    return False


def _locks(place: Path) -> Iterator[Path]:
    yield from (path for path in place.glob("*.lock") if not path.name.startswith(OURS))
    yield from (place / "refs").rglob("*.lock")


def _age_s(path: Path, now_s: float) -> float:
    try:
        return now_s - path.lstat().st_mtime
    except OSError:
        return 0
