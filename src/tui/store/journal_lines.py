"""The lines of a journal: one JSON event each, with a sum that notices a flipped bit.

A line counts once its line end is written. Bytes after the last line end were never confirmed on
the screen. A damaged line costs nothing but itself: what stands after it is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from tui.domain.model.text import clean
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.json_bytes import JSONDecodeError, dumps, loads

Event = dict[str, Any]

# Far more than a session can have: bounds that keep a hostile file from costing minutes.
MOST_BYTES = 64_000_000
LARGEST_LINE = 1 << 20
MOST_LINES = 500_000
# Turning back a flipped bit tries each bit of the line.
LARGEST_TO_MEND, MOST_TO_MEND = 16 << 10, 8

# What a line says of itself, not of the session: written anew with each line, and left out of what
# is read.
SUM = "sum"
OF_THE_LINE = ("n", SUM)
SUM_LENGTH = len(b',"sum":"01234567"}')
BEGINNING = re.compile(rb'(?=\{"n":)')
MOST_PARTS = 8


class Scan(NamedTuple):
    """The contents of a journal: every event that can be read, the numbers of the damaged lines,
    the places in ``events`` before which a line could not be read, the number of lines, and the
    length in bytes of all but a torn last line."""

    events: list[Event]
    damaged: list[int]
    gaps: frozenset[int]
    line_count: int
    length: int


def read(path: Path) -> Scan:
    """The contents of a journal. Changes nothing. Raises StoreError if the file cannot be read."""
    return scan_lines(stored(path))


def stored(path: Path) -> bytes:
    """A journal's bytes. Raises StoreError, also if it is no file, or too large to be a journal."""
    found = read_file(path, MOST_BYTES)
    if found is None:
        raise StoreError(f"{clean(str(path))} could not be read: it is gone. Try again.")
    if found[1].count(b"\n") > MOST_LINES:
        raise StoreError(f"{clean(str(path))} has too many lines for a session. Move it away.")
    return found[1]


def lines_of(events: Iterable[Mapping[str, Any]], first: int, path: Path) -> bytes:
    """Events as lines numbered from ``first``. Raises StoreError for one that no line can hold;
    ``path`` is the file it was for."""
    try:
        lines = [_line(number, event) for number, event in enumerate(events, first)]
    except TypeError as error:
        where, reason = clean(str(path)), clean(str(error))
        raise StoreError(f"{where} was not written: {reason}. Correct the entry.") from error
    if any(len(line) > LARGEST_LINE for line in lines):
        raise StoreError(f"{clean(str(path))} was not written: the entry is too long. Shorten it.")
    return b"".join(lines)


def _line(number: int, event: Mapping[str, Any]) -> bytes:
    fields = {key: value for key, value in event.items() if key not in OF_THE_LINE}
    body = dumps({"n": number} | fields)[:-1]
    return b'%s,"sum":"%08x"}\n' % (body, crc32(body))


def scan_lines(data: bytes) -> Scan:
    """Every event in the bytes of a journal that can be read."""
    events: list[Event] = []
    damaged: list[int] = []
    gaps: set[int] = set()
    *lines, tail = data.split(b"\n")
    length = len(data) - len(tail)
    if _event(tail[:-1]) is not None:
        # A whole line and one more byte: its line end is what was damaged.
        lines.append(tail)
        length = len(data)
    for number, line in enumerate(lines, 1):
        event = _event(line)
        if event is not None:
            events.append(event)
            continue
        damaged.append(number)
        for part in _parts(line, mend=len(damaged) <= MOST_TO_MEND):
            if part is None:
                gaps.add(len(events))
            else:
                events.append(part)
    return Scan(events, damaged, frozenset(gaps), len(lines), length)


def goes_on(found: bytes, known: bytes) -> bool:
    """Whether another process added lines of its own to a journal of which ``known`` is what we
    wrote: behind what both have in common stands a line as only we write them, or its beginning."""
    ours, theirs = known.splitlines(keepends=True), found.splitlines(keepends=True)
    shared = 0
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            break
        shared += 1
    if not shared or shared == len(theirs):
        return False
    line = theirs[shared]
    if not line.endswith(b"\n"):
        return shared == len(ours) and line.startswith(b'{"n":')
    return _sound(line[:-1])


def _event(line: bytes) -> Event | None:
    """The event of a line that is as it was written; None for any other."""
    event = _parsed(line)
    if event is None or (SUM in event and not _sound(line)):
        return None
    event.pop(SUM, None)
    return event


def _parsed(line: bytes) -> Event | None:
    if len(line) > LARGEST_LINE:
        return None
    try:
        event = loads(line)
    except JSONDecodeError:
        return None
    return event if isinstance(event, dict) else None


def _sound(line: bytes | bytearray) -> bool:
    """Whether a line has a sum, and the right one."""
    body = memoryview(line)[:-SUM_LENGTH]
    return line[-SUM_LENGTH:] == b',"sum":"%08x"}' % crc32(body)


def _parts(line: bytes, *, mend: bool) -> list[Event | None]:
    """What can be read of a damaged line, which is two if it was the line end between them that
    was damaged. None stands for what cannot."""
    if mend and (whole := _event(_mended(line) or b"")) is not None:
        return [whole]
    return [_readable(part, mend=mend) for part in BEGINNING.split(line, MOST_PARTS) if part] or [
        None
    ]


def _readable(part: bytes, *, mend: bool) -> Event | None:
    for line in (part, part[:-1], (_mended(part) or b"") if mend else b""):
        if (event := _event(line)) is not None:
            return event
    # Someone else wrote into the line: what it says now is all there is.
    event = _parsed(part)
    if event is not None:
        event.pop(SUM, None)
    return event


@lru_cache(maxsize=2 * MOST_TO_MEND)
def _mended(line: bytes) -> bytes | None:
    """The line with the one bit turned back that makes its sum right; None if there is none."""
    if len(line) > LARGEST_TO_MEND:
        return None
    tried = bytearray(line)
    for at in range(len(tried)):
        for bit in range(8):
            tried[at] ^= 1 << bit
            if _sound(tried):
                return bytes(tried)
            tried[at] ^= 1 << bit
    return None
