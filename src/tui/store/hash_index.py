"""The hashes of the years' files and of the program, and an index of them that saves reading what
has not changed.

The index only saves reading. A hash in it counts while size, times and inode of the file are those
that it was made at. A file that was written less than two seconds before it was hashed is not kept,
since on some disks another change within that time would leave the same times.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from zlib import crc32

import msgspec
from msgspec import Struct

from tui.store.atomic import write_over
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.paths import Paths
from tui.store.program import program_hash, sources_now
from tui.store.table_file import MOST_BYTES

MOST_INDEX_BYTES = 1_000_000
SETTLED_NS = 2_000_000_000
SUM_BYTES = 4


class Status(Struct, frozen=True, array_like=True):
    """What a disk says of a file without reading it; times in ns."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Hashed(Struct, frozen=True, array_like=True):
    """The SHA-256 of a file and the status it had then; ``at_ns`` is the time just before, in ns
    since the epoch."""

    status: Status
    digest: bytes
    at_ns: int

    @property
    def settled(self) -> bool:
        """Whether any later change of the file shows in its status."""
        newest = max(self.status.mtime_ns, self.status.ctime_ns)
        return newest < self.at_ns - SETTLED_NS


class OfProgram(Struct, frozen=True, array_like=True):
    """The hash of the program and the fingerprint that its files had then."""

    fingerprint: bytes
    digest: bytes


class Index(Struct, frozen=True, array_like=True):
    """What is on disk."""

    years: dict[int, Hashed] = {}
    program: OfProgram | None = None


class HashIndex:
    """The hashes of the years below ``paths``, and of the program; ``now_ns`` returns the time in
    ns since the epoch. A year that cannot be read has no hash, and the index may be missing."""

    def __init__(self, paths: Paths, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._paths = paths
        self._now_ns = now_ns
        self._kept = self._load()
        self._known = dict(self._kept.years)
        self._program = self._kept.program

    def program(self) -> bytes:
        """The hash of the program (:func:`tui.store.program.program_hash`)."""
        now_ns, sources = self._now_ns(), sources_now()
        known = self._program
        if known is not None and known.fingerprint == sources.fingerprint:
            return known.digest
        digest = program_hash()
        settled = sources.newest_ns < now_ns - SETTLED_NS
        self._program = OfProgram(sources.fingerprint, digest) if settled else None
        return digest

    def digest(self, year: int) -> bytes | None:
        """The SHA-256 of a year's file as it is now; None if there is no file to read."""
        now_ns, status = self._now_ns(), self._status(year)
        known = self._known.get(year)
        if known is not None and known.status == status:
            return known.digest
        self._known.pop(year, None)
        try:
            found = read_file(self._paths.year(year), MOST_BYTES)
        except StoreError:
            return None
        if found is None:
            return None
        digest = sha256(found[1]).digest()
        # If someone wrote meanwhile, nobody knows which of the two was read.
        if status is not None and self._status(year) == status:
            self._known[year] = Hashed(status, digest, now_ns)
        return digest

    def keep(self, years: Iterable[int]) -> None:
        """Write the index of these years to disk if it lets us, and if it knows more than the one
        there. A hash that no longer counts does no harm: it goes with the next that is written."""
        found = {year: self._known[year] for year in years if year in self._known}
        wanted = Index({year: one for year, one in found.items() if one.settled}, self._program)
        nothing_new = wanted.years.items() <= self._kept.years.items()
        # Without a log nothing is made.
        if not wanted.years or (nothing_new and self._program == self._kept.program):
            return
        data = msgspec.msgpack.encode(wanted)
        with suppress(StoreError):
            write_over(self._paths.hash_index, crc32(data).to_bytes(SUM_BYTES) + data)
            self._kept = wanted

    def _load(self) -> Index:
        try:
            found = read_file(self._paths.hash_index, MOST_INDEX_BYTES)
        except StoreError:
            return Index()
        data = found[1] if found else b""
        if int.from_bytes(data[:SUM_BYTES]) != crc32(data[SUM_BYTES:]):
            return Index()
        with suppress(msgspec.MsgspecError):
            return msgspec.msgpack.decode(data[SUM_BYTES:], type=Index)
        return Index()

    def _status(self, year: int) -> Status | None:
        try:
            found = self._paths.year(year).stat()
        except OSError:
            return None
        return Status(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
