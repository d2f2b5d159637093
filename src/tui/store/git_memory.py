"""What was joined and committed last, and what files said of themselves then: so a sync that finds
all of it unchanged need not ask git, nor read what it has read."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tui.store.atomic import temp_of
from tui.store.files import Identity, identity_of
from tui.store.git_names import BRANCH, HOME, LOGS, STOPPED, File, Files, checksum

NAME = "stridelift.joined"
# Whatever git does to its names, its index or a merge shows in one of these.
STATE = (
    *("HEAD", BRANCH, HOME, "refs/stash", "packed-refs", *LOGS, *STOPPED),
    *("SQUASH_MSG", "MERGE_MSG", "index"),
)
# Those that no step of a sync changes between reading and remembering.
NOT_OURS = (HOME, "refs/stash", "packed-refs")
State = dict[str, Identity | None]
# A file that changed twice within the grain of its time looks like one that changed once.
GRAIN_NS = 2_000_000_000


class Memory(Struct, frozen=True):
    """The ``commit`` made last and its ``files``; ``state`` has the identities of git's own files
    then, ``seen`` those of the runner's, where they are old enough to be trusted."""

    commit: str = ""
    files: Files = {}
    state: State = {}
    seen: dict[str, Identity] = {}


def recall(folder: Path) -> Memory:
    """What was remembered in git's ``folder``; empty if there is nothing that can be read."""
    with suppress(OSError, msgspec.DecodeError):
        told, _, data = (folder / NAME).read_bytes().partition(b"\n")
        if told == _seal(data):
            return msgspec.json.decode(data, type=Memory)
    return Memory()


def is_as_left(folder: Path, memory: Memory) -> bool:
    """Whether git has just what it had."""
    return bool(memory.commit) and state_of(folder) == memory.state


def remember(root: Path, commit: str, files: Mapping[str, File], before: State) -> None:
    """Remember a commit that contains all that git had when its state was as ``before``, and whose
    files are those in the folder ``root``. Nothing is remembered if the runner has used git since.
    If the disk refuses, the next sync asks and reads again."""
    folder, now = root / ".git", time.time_ns()
    state = state_of(folder)
    if any(state[name] != before[name] for name in NOT_OURS) or _text(folder / BRANCH) != commit:
        return
    seen: dict[str, Identity] = {}
    for path in files:
        with suppress(OSError):
            identity = identity_of((root / path).stat())
            if identity[0] < now - GRAIN_NS:
                seen[path] = identity
    _write(folder, Memory(commit, dict(files), state, seen))


def remember_sent(root: Path) -> None:
    """Remember that home has the commit that was made last, if nothing else has changed since."""
    folder = root / ".git"
    memory, state = recall(folder), state_of(folder)
    alike = {**state, HOME: None} == {**memory.state, HOME: None}
    if alike and _text(folder / HOME) == memory.commit:
        _write(folder, replace(memory, state=state))


def state_of(folder: Path) -> State:
    """What the disk says of git's own files in ``folder``; None where there is none."""
    return {name: _identity(folder / name) for name in STATE}


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace").strip()
    except OSError:
        return ""


def _identity(path: Path) -> Identity | None:
    try:
        return identity_of(path.stat())
    except OSError:
        return None


def _write(folder: Path, memory: Memory) -> None:
    # Not synced to disk: it only saves time, and a torn one is none. Nor is there one where a file
    # of the runner's has a name that is no text.
    temp = temp_of(folder / NAME)
    with suppress(OSError, UnicodeEncodeError):
        data = msgspec.json.encode(memory)
        temp.write_bytes(_seal(data) + b"\n" + data)
        temp.replace(folder / NAME)


def _seal(data: bytes) -> bytes:
    # The next commit is made of it, so not a bit of it may have flipped.
    return checksum(data, "").hex().encode()
