"""The shipped library, kept in ``cache/`` as it was parsed and checked, which takes 10 ms; reading
it back takes 2."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from zlib import crc32

import msgspec

from tui.domain.model.library.catalog import Library
from tui.store.atomic import write_over
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.hash_index import HashIndex
from tui.store.paths import Paths

MOST_BYTES = 20_000_000
SUM_BYTES = 4
HASH_BYTES = 32


class KeptLibrary:
    """The shipped library, which ``parse`` returns, for the data directory ``paths``. It is kept
    with the hash of the program, its library included, that parsed it."""

    def __init__(self, paths: Paths, parse: Callable[[], Library]) -> None:
        self._paths = paths
        self._parse = parse

    def shipped(self) -> Library:
        """The library. Raises what ``parse`` raises."""
        program = HashIndex(self._paths).program()
        found = self._load(program)
        if found is None:
            found = self._parse()
            self._keep(program, found)
        return found

    def _load(self, program: bytes) -> Library | None:
        with suppress(StoreError, msgspec.MsgspecError):
            found = read_file(self._paths.kept_library, MOST_BYTES)
            data = found[1] if found else b""
            told = data[SUM_BYTES:]
            if int.from_bytes(data[:SUM_BYTES]) == crc32(told) and told[:HASH_BYTES] == program:
                return msgspec.msgpack.decode(told[HASH_BYTES:], type=Library)
        return None

    def _keep(self, program: bytes, library: Library) -> None:
        # Without a log, reading leaves nothing behind.
        if self._paths.log_dir.is_dir():
            told = program + msgspec.msgpack.encode(library)
            with suppress(StoreError):
                write_over(self._paths.kept_library, crc32(told).to_bytes(SUM_BYTES) + told)
