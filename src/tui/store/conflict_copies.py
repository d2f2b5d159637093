"""Finds the copies of our files that sync programs and git leave beside them, by their names.

What is in a file decides whether it is such a copy (:mod:`tui.app.copies`). A name tells only
whether a program made it, so that nobody has to be asked, or the runner, who may want it there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tui.domain.model.patterns import regex
from tui.store.errors import refused
from tui.store.journal import not_understood
from tui.store.paths import Paths

# What a program puts between the name of a file and its ending. Dropbox has its own words in each
# language; a copy with a name that is not here is reported.
BY_PROGRAM = regex(
    r"""(?:
      \.sync-conflict-\d{8}-\d{6}(?:-[A-Z2-7]{7})?                    # Syncthing
    | [ ]\([^()]*(?i:conflicted[ ]copy|case[ ]conflict|in[ ]konflikt[ ]stehende[ ]kopie|conflit|
        conflicto|conflitto|conflito|konflikt|конфликт|競合|冲突|충돌)[^()]*\)  # Dropbox, Nextcloud
    | _conflict-\d{8}-\d{6}                                          # ownCloud
    | [ ]\(SFConflict[ ][^()]*\)                                     # Seafile
    | [ ]\d{1,3}                                                     # iCloud
    | [ ]?\(\d{1,3}\)                                                # Google Drive, browsers
    | -[A-Z0-9][A-Z0-9-]{0,14}(?:-\d{1,3})?                          # OneDrive: a computer
    | [._](?:BASE|LOCAL|REMOTE|BACKUP)[._]\d+                        # git mergetool
    ){0,2}""",  # A copy of a copy
    re.VERBOSE,
)
LOG = regex(r"\d{4}(?P<more>\D.*)?\.json(?P<orig>\.orig)?")
ROOT = regex(r"(?:profile|library)(?P<more>[^A-Za-z0-9].*)?\.json(?P<orig>\.orig)?")
LIVE = regex(
    r"[A-Za-z0-9_-]{1,64}?(?:\.[a-z0-9_]+-[a-z0-9]{10})?(?P<more>[ .(_-].*)?\.jsonl(?:\.orig)?"
)


class Candidate(NamedTuple):
    """A file that looks like a copy of one of ours; ``by_program``: a sync program named it."""

    path: Path
    by_program: bool


def candidates(paths: Paths) -> list[Candidate]:
    """The files in the data folder that look like copies of ours. Only their names are read. Raises
    StoreError."""
    found = [
        Candidate(path, by_program(match["more"]))
        for folder, pattern in ((paths.log_dir, LOG), (paths.root, ROOT))
        for path in _files(folder)
        if (match := pattern.fullmatch(path.name)) and (match["more"] or match["orig"])
    ]
    found += [
        Candidate(path, by_program(match["more"]))
        for path in not_understood(paths)
        if (match := LIVE.fullmatch(path.name))
    ]
    return found


def copies_in(folder: Path) -> list[Path]:
    """The files in another data folder, or in its folder ``log``, that are ours or look like copies
    of ours. Raises StoreError."""
    there = Paths(folder)
    logs = [p for at in (folder, there.log_dir) for p in _files(at) if LOG.fullmatch(p.name)]
    rest = [path for path in _files(folder) if ROOT.fullmatch(path.name)]
    return [*logs, *rest, *(p for p in _files(there.live_dir) if p.suffix == ".jsonl")]


def by_program(more: str | None) -> bool:
    """Whether a program puts such words between the name of a file and its ending."""
    return BY_PROGRAM.fullmatch(more or "") is not None


def folders_now(paths: Paths) -> tuple[int, ...]:
    """A value that differs once a file came to, left or was renamed in a folder where copies may
    lie."""
    return tuple(map(_changed_at, (paths.root, paths.log_dir, paths.live_dir)))


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refused(folder, error, "read") from error
