"""What the calculator made of whole years, kept so that it need not be made again.

A file is named by the hash of all that it was made from, and begins with the hash of what it holds.
One that does not fit is passed over: throwing all of them away changes nothing but time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from tui.domain.calculator import Setup, State
from tui.store.atomic import write
from tui.store.errors import StoreError
from tui.store.paths import Paths

PACKAGE = Path(__file__).parents[1]
# Where the text lies that decides what a log comes to: how it is read, and the rules.
TEXT = ("domain/model", "domain/model/library", "domain/calculator", "store")
SUFFIX = ".fold"
OURS = re.compile(r"[0-9a-f]{64}\.fold")
SIZE = 32


class End(Struct, frozen=True):
    """The log at the end of a year. ``until`` is the day of the last session or record, ``ids`` are
    those of all of them so far, deleted ones among them."""

    state: State = State()
    until: date | None = None
    ids: frozenset[str] = frozenset()


@cache
def program_hash() -> bytes:
    """The hash of the program's own text, as far as it decides what a log comes to. A version
    number would have to be raised for every rule that changes, and be looked up."""
    texts = sorted(path for name in TEXT for path in (PACKAGE / name).glob("*.py"))
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in texts)).digest()


def first_key(setup: Setup) -> bytes:
    """What the key of the first year follows from: the program and all that it was told."""
    # Sets and objects are sorted: Python's own order differs from one process to the next.
    told = msgspec.msgpack.encode(setup, order="deterministic")
    return sha256(program_hash() + told).digest()


def next_key(before: bytes, digest: bytes) -> bytes:
    """The key of a year, from that of the year before and the hash of its file."""
    return sha256(before + digest).digest()


def settled(state: State) -> State:
    """The state as it comes back from a file: what a number of seconds reads like, 5 or 5.0, must
    not depend on whether it was kept."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=State)


class FoldCache:
    """The files below ``paths.cache_dir``. Nothing here raises: without them all goes on."""

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.cache_dir
        self._there: set[bytes] = set()

    def load(self, key: bytes) -> End | None:
        """What was kept under a key; None where there is nothing, or nothing sound."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        if data[:SIZE] != sha256(key + data[SIZE:]).digest():
            return None
        try:
            end = msgspec.msgpack.decode(data[SIZE:], type=End)
        except msgspec.MsgspecError:
            return None
        self._there.add(key)
        return end

    def keep(self, ends: Mapping[bytes, End]) -> None:
        """Have these on disk, if it lets us, and nothing else in their place."""
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
            # What is not named like ours, or like what is left of it, is somebody else's.
            if OURS.fullmatch(path.name.removesuffix(".bak")) and path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, key: bytes) -> Path:
        return self._folder / f"{key.hex()}{SUFFIX}"
