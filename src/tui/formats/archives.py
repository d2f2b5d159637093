"""Reads the files in a zip archive, one at a time and within limits.

Nothing is written to the disk, so what a file in it is called does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.formats.runs import MOST_BYTES, MOST_RATIO, SMALL

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

# The list at the end of an archive: some hundred thousand files. Nobody has as many runs.
MOST_LIST_BYTES = 16_000_000
# What may be unpacked of one archive, all in all: twenty years of runs fit several times.
MOST_UNPACKED = 4_000_000_000
CHUNK = SMALL
LOCKED = 0x1


class Member(Struct, frozen=True):
    """A file in an archive: its name there, with slashes, and what reads it, which raises
    BadDocument."""

    name: str
    read: Callable[[], bytes]


def members(file: IO[bytes]) -> list[Member]:
    """The files in a zip archive that is open in ``file``, in its order; nothing of them is read
    until it is asked for. A file is read to just past the limit of one file of runs. Raises
    BadDocument for an archive that cannot be read; reading raises TooMuch once it is too large."""
    from zipfile import ZipFile

    bounded: Any = _Bounded(file)
    try:
        archive = ZipFile(bounded)
    except _TooLong:
        raise BadDocument(
            "lists more files than any archive of runs; unpack a part of it"
        ) from None
    except Exception:  # noqa: BLE001  on bad bytes the reader may raise anything
        raise BadDocument("is no whole zip archive; download it again") from None
    unpacked = _Unpacked()
    return [
        Member(info.filename, _reader(archive, info, unpacked))
        for info in archive.infolist()
        if not info.filename.endswith("/")
    ]


class TooMuch(BadDocument):
    """An archive unpacks to more than any archive of runs."""


class _TooLong(Exception):
    """The list of an archive is too long."""


class _Bounded:
    """A file of which no more is read at once than the longest list of an archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell
        self.seekable, self.close = file.seekable, file.close

    def read(self, size: int = -1) -> bytes:
        if size > MOST_LIST_BYTES:
            raise _TooLong
        return self._file.read(size)


class _Unpacked:
    """How many bytes of an archive were unpacked."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, size: int) -> None:
        self.total += size
        if self.total > MOST_UNPACKED:
            raise TooMuch(
                f"unpacks to more than {MOST_UNPACKED // 1_000_000_000} GB; import a part of it"
            )


def _reader(archive: ZipFile, info: ZipInfo, unpacked: _Unpacked) -> Callable[[], bytes]:
    def read() -> bytes:
        if info.flag_bits & LOCKED:
            raise BadDocument("is locked with a password; unpack the archive and import the folder")
        try:
            return b"".join(_chunks(archive, info, unpacked))
        except BadDocument:
            raise
        except Exception:  # noqa: BLE001  on bad bytes the unpackers may raise anything
            raise BadDocument("is damaged in the archive; download it again") from None

    return read


def _chunks(archive: ZipFile, info: ZipInfo, unpacked: _Unpacked) -> Iterator[bytes]:
    """The content piece by piece, to just past the limit. Sizes in the archive may be lies."""
    size = 0
    with archive.open(info) as file:
        while size <= MOST_BYTES and (chunk := file.read(CHUNK)):
            size += len(chunk)
            unpacked.add(len(chunk))
            if size > SMALL and size > MOST_RATIO * info.compress_size:
                raise BadDocument("unpacks to far more than a file of runs; leave it out")
            yield chunk
