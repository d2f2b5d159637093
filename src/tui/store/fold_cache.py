"""An on-disk cache of the calculator's state at the end of each year of the log.

A file is named by the hash of everything it was made from, and begins with the hash of its own
contents. One that does not match is ignored: deleting them all costs only time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from tui.domain.calculator import Setup, State
from tui.domain.model.codec import Doc
from tui.store.atomic import write
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.paths import Paths

SUFFIX = ".fold"
OURS = re.compile(r"[0-9a-f]{64}\.fold")
SIZE = 32
MOST_BYTES = 64_000_000


class End(Struct, frozen=True):
    """The log at the end of a year. ``until`` is the day of the last session or record; ``ids``
    holds the ids of all so far, deleted ones included, and ``last`` when each exercise was done
    last, as documents: so that a number is read back as it is in the log, 60 or 60.0."""

    state: State = State()
    until: date | None = None
    ids: frozenset[str] = frozenset()
    last: Mapping[str, Doc] = {}


def first_key(setup: Setup, program: bytes) -> bytes:
    """The key before the first year: a hash of the hash of the program and the settings."""
    # Sets and objects are sorted, since Python's own order differs between processes.
    told = msgspec.msgpack.encode(setup, order="deterministic")
    return sha256(program + told).digest()


def next_key(before: bytes, digest: bytes) -> bytes:
    """The key of a year, from the key of the year before and the hash of the year's file."""
    return sha256(before + digest).digest()


def settled(state: State) -> State:
    """The state as it would be read back from a file, so that a number of seconds is written the
    same way (5 or 5.0) whether it was cached or not."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=State)


class FoldCache:
    """The cache files below ``paths.cache_dir``. Nothing here raises: a cache may be missing."""

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.cache_dir
        self._there: set[bytes] = set()

    def load(self, key: bytes) -> End | None:
        """What was kept under a key; None if there is nothing, or the file is damaged."""
        try:
            found = read_file(self._path(key), MOST_BYTES)
        except StoreError:
            return None
        if found is None:
            return None
        data = found[1]
        if data[:SIZE] != sha256(key + data[SIZE:]).digest():
            return None
        try:
            end = msgspec.msgpack.decode(data[SIZE:], type=End)
        except msgspec.MsgspecError:
            return None
        self._there.add(key)
        return end

    def keep(self, ends: Mapping[bytes, End]) -> None:
        """Write these to disk if it lets us, and delete all other cache files."""
        missing = ends.keys() - self._there
        if not missing:
            return
        with suppress(StoreError, OSError):
            for key in missing:
                data = msgspec.msgpack.encode(ends[key])
                write(self._path(key), sha256(key + data).digest() + data)
                self._there.add(key)
            self._drop({self._path(key).name for key in ends})

    def _drop(self, wanted: set[str]) -> None:
        for path in self._folder.iterdir():
            # Only our own files and their backups go; anything else is not ours to delete.
            if OURS.fullmatch(path.name.removesuffix(".bak")) and path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, key: bytes) -> Path:
        return self._folder / f"{key.hex()}{SUFFIX}"
