"""Remembers how the last sync on this machine went: one small file for each data folder, in the
machine's own folder."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.domain.model.text import clean, clip
from tui.store.atomic import write_over
from tui.store.errors import StoreError
from tui.store.files import identity_of, read_file
from tui.store.json_bytes import JSONDecodeError, dumps, loads
from tui.store.paths import Paths

# The one trouble that is as it should be: away from home.
OFFLINE = "offline"
MOST_BYTES = 16_384
LONGEST = 300


class SyncState(Struct, frozen=True, kw_only=True):
    """``words`` are what the sync said, ``came`` what it brought; empty if nothing. ``trouble`` is
    the kind of what kept it from being done, ``offline`` among them; empty if it was done.
    ``waiting`` counts the sessions that are not on the other side yet. ``tried`` is when it ended,
    ``done`` when one was last done."""

    tried: datetime
    done: datetime | None = None
    words: str = ""
    came: str = ""
    trouble: str = ""
    waiting: int = 0


def state_path(paths: Paths) -> Path:
    """The file about a data folder; the same by whatever link the folder is named."""
    import hashlib  # Not needed where nothing is synced.

    folder = os.fsencode(os.path.realpath(paths.root))
    return paths.sync_dir / f"{hashlib.sha256(folder).hexdigest()[:16]}.json"


def read_state(path: Path) -> SyncState | None:
    """How the last sync went; None if there was none, or that cannot be known."""
    try:
        found = read_file(path, MOST_BYTES)
        return None if found is None else _understood(loads(found[1]))
    except (StoreError, JSONDecodeError, KeyError, TypeError, ValueError):
        return None


def write_state(path: Path, state: SyncState) -> None:
    """Remember how a sync went. If the disk refuses, nobody is told later; nothing else is lost."""
    told = {
        "tried": state.tried.isoformat(),
        "done": None if state.done is None else state.done.isoformat(),
        "words": state.words,
        "came": state.came,
        "trouble": state.trouble,
        "waiting": state.waiting,
    }
    with suppress(StoreError):
        write_over(path, dumps(told, indent=True) + b"\n")


def changed_at(path: Path) -> object:
    """A value that differs once the file has been written again; None if there is none."""
    try:
        return identity_of(path.stat())
    except OSError:
        return None


def _understood(told: Any) -> SyncState:
    tried, done = datetime.fromisoformat(told["tried"]), told["done"]
    state = SyncState(
        tried=tried,
        done=None if done is None else datetime.fromisoformat(done),
        words=_line(told["words"]),
        came=_line(told["came"]),
        trouble=_line(told["trouble"]),
        waiting=told["waiting"],
    )
    aware = all(one is None or one.tzinfo is not None for one in (state.tried, state.done))
    if not aware or type(state.waiting) is not int or state.waiting < 0:
        raise ValueError(told)
    return state


def _line(words: Any) -> str:
    if not isinstance(words, str):
        raise TypeError(words)
    return clip(clean(words), LONGEST)
