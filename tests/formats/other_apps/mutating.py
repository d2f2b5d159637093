"""Imports damaged exports: what is in a file comes in whole, or not at all and for a reason.

By hand: ``python -m tests.formats.other_apps.mutating 20000`` prints how many came in.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from tests.formats.other_apps.exports import EXPORTS
from tests.ui.driver import Books
from tui.app.file_import import Request, brought, gather
from tui.app.import_files import Piped
from tui.app.import_words import asked, lines
from tui.app.logbook import Logbook
from tui.domain.model.library.parser import overlay
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.formats.runs import BadFile
from tui.store.errors import StoreError

MOST_S = 5.0
# One in so many is brought in, the others are dry runs; a folder holds so many of them.
REAL, IN_FOLDER = 4, 25
LONG_AFTER = 60 * 24 * 3600
ODD = (
    *(b"nan", b"inf", b"-1", b"1e999", b"9" * 400, b"-0.0", b"0x10", b"1_000", b"1:30", b"8,5"),
    *(b"9999-12-31 23:59:59", b"0001-01-01", b"31.02.2026", b"2046-01-01 00:00:00", b"+14:00"),
    *(b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\\n", b"\x00", b"\xff", b"\xed\xa0\x80"),
    *(b"kg", b"lbs", b"stone", b"mi", b"W", b"Rest", b"TRUE", b"null", b"Infinity", b"{", b"["),
    *("é×\u202f\u200f\U0001f9b5\u0663²".encode(), b"\x1b[31m[bold]", b"=1+1", b"x" * 3000, b""),
)
# Words of Python that no runner should read.
PYTHON = ("Error", "Traceback", "NoneType", "object at", "float(", "int(", "codec", "tuple")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one to four things wrong with it."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        chance.choice(HARM)(made, chance)
    return bytes(made)


def _flip(made: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)


def _cut(made: bytearray, chance: random.Random) -> None:
    at, end = _piece(made, chance)
    del made[at:end]


def _cut_off(made: bytearray, chance: random.Random) -> None:
    del made[chance.randrange(len(made) + 1) :]


def _duplicate(made: bytearray, chance: random.Random) -> None:
    at, end = _piece(made, chance)
    made[at:at] = made[at:end] * chance.randint(1, 3)


def _swap(made: bytearray, chance: random.Random) -> None:
    mark = chance.choice((b",", b";", b"\n", b'"'))
    parts = bytes(made).split(mark)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    made[:] = mark.join(parts)


def _insert(made: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(made) + 1)
    made[at:at] = chance.choice(ODD)


def _put_in_a_cell(made: bytearray, chance: random.Random) -> None:
    mark = b";" if made.count(b";") > made.count(b",") else b","
    parts = bytes(made).split(mark)
    parts[chance.randrange(len(parts))] = chance.choice(ODD)
    made[:] = mark.join(parts)


HARM: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(_flip, _cut, _cut_off, _duplicate, _swap, _insert, _put_in_a_cell, _put_in_a_cell),
)


def _piece(made: bytearray, chance: random.Random) -> tuple[int, int]:
    at = chance.randrange(len(made) + 1)
    return at, min(len(made), at + chance.choice((1, 5, 40, 200)))


def mutate(root: Path, number: int, seed: int) -> Counter[str]:
    """Import ``number`` damaged exports into logs below ``root``; how many were refused, came in,
    or would have. Raises AssertionError with the seed of one for what must not be."""
    found: Counter[str] = Counter()
    names = list(EXPORTS)
    for start in range(0, number, IN_FOLDER):
        books = Books(root / str(start))
        books.clock.forward(LONG_AFTER)
        for one in range(start, min(number, start + IN_FOLDER)):
            name = names[one % len(names)]
            chance = random.Random(f"{seed} {one}")
            data = mutated(EXPORTS[name].data, chance)
            book = books.open().read_all()
            try:
                found[_import(book, books, data, chance)] += 1
            except Exception as fault:
                raise AssertionError(f"{name}, {seed} {one}: {fault!r}") from fault
            finally:
                book.close()
        _check(books)
        books.close()
    return found


def _check(books: Books) -> None:
    """What came in can be read again, the own library too."""
    book = books.open(write=False).read_all()
    assert not book.damage(), book.damage()
    path = books.paths.library
    if path.exists():
        problems = overlay(books.library, json.loads(path.read_bytes()))[1]
        assert not problems, problems


def _import(book: Logbook, books: Books, data: bytes, chance: random.Random) -> str:
    """Import one file: refused, dry or real."""
    real = chance.randrange(REAL) == 0
    request = Request(
        unit=chance.choice(("", "kg", "lb")),
        keep_going=chance.random() < 0.5,
        with_runs=chance.random() < 0.5,
    )
    before = _files(books)
    begun = perf_counter()
    try:
        there = gather(book, Piped(data), request)
        came = brought(book, there, request, dry_run=not real)
    except (BadDocument, BadFile, StoreError) as refused:
        said = [str(refused)]
        what = "refused"
    else:
        said = [*lines(came, dry_run=not real), *map(str, came.refused)]
        if there.log is not None:
            said += asked(there.log, book.profile.library)
        what = "real" if real else "dry"
    took = perf_counter() - begun
    assert took < MOST_S, f"{took:.1f} s"
    assert what == "real" or _files(books) == before, "something was written"
    for line in said:
        assert line == clean(line), line
        assert not any(word in line for word in PYTHON), line
    return what


def _files(books: Books) -> dict[str, tuple[int, int]]:
    """Size and time of each file of the log."""
    root = books.paths.root
    return {str(path): _stat(path) for path in _kept(root)}


def _kept(root: Path) -> Iterator[Path]:
    yield from root.glob("*.json")
    yield from root.glob("log/*")


def _stat(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def main() -> None:
    """Import as many as were asked for, each time others; print what became of them."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    with tempfile.TemporaryDirectory() as root:
        print(seed, dict(mutate(Path(root), number, seed)))  # noqa: T201  it is run by hand


if __name__ == "__main__":
    main()
