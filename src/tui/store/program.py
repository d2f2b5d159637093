"""The program's own files, as far as they decide what is kept in ``cache/``."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

PACKAGE = Path(__file__).parents[1]
# The source folders that decide the state made from a log: how it is read, and the rules.
TEXT = ("domain/model", "domain/model/library", "domain/calculator", "store")


class Sources(Struct, frozen=True):
    """The files as the disk tells of them: a value that differs once one of them was changed, and
    the time of the newest change, in ns since the epoch."""

    fingerprint: bytes
    newest_ns: int


def shipped_file() -> Path:
    """The library that comes with the program. A wheel has it inside the package; in a working
    tree it is at the top."""
    inside = PACKAGE / "library.json"
    return inside if inside.exists() else PACKAGE.parents[1] / "library.json"


@cache
def program_hash() -> bytes:
    """The hash of the source code that decides the state made from a log, and of the library. A
    version number would have to be raised by hand with every changed rule. Raises OSError."""
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in _files())).digest()


@cache
def sources_now() -> Sources:
    """These files without reading them. Raises OSError."""
    told = [(str(path), path.stat()) for path in _files()]
    seen = [(name, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for name, s in told]
    newest_ns = max((max(s.st_mtime_ns, s.st_ctime_ns) for _, s in told), default=0)
    return Sources(sha256(msgspec.msgpack.encode(seen)).digest(), newest_ns)


def _files() -> list[Path]:
    text = sorted(path for name in TEXT for path in (PACKAGE / name).glob("*.py"))
    return [*text, *(path for path in [shipped_file()] if path.exists())]
