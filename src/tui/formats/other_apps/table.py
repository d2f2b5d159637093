"""Tables in text files: CSV in any encoding and with any delimiter, read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from operator import itemgetter
from typing import cast

from msgspec import Struct

from tui.domain.model.validation import BadDocument

DELIMITERS = ",;\t"
SEPARATOR = re.compile(r"\A\s*sep=.[ \t]*\r?\n", re.IGNORECASE)
UTF16 = (b"\xff\xfe", b"\xfe\xff")
LONGEST_FIELD = 100_000
QUOTED = re.compile(r'"[^"]*"')


class BadRow(BadDocument):
    """A row that is damaged or cut off, so that no more can be read; ``words`` say why, without the
    ``line`` it begins on."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}")
        self.line, self.words = line, words


class Table(Struct, frozen=True):
    """A table: the cells of its first row, and the others, each with the line it begins on. If the
    text does not end with its last line (``ended``), something may be missing.
    ``rows`` can be read once; it raises BadRow for a row that is damaged or cut off."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    delimiter: str
    ended: bool = True

    @property
    def plain(self) -> tuple[str, ...]:
        """The header in lower case, without spaces around."""
        return tuple(cell.strip().casefold() for cell in self.header)


def text_of(data: bytes) -> str:
    """The text in bytes: UTF-8 or UTF-16, with or without a byte order mark; else Windows-1252,
    which old exports have. Raises BadDocument."""
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadDocument("is not text that can be read; export it again")


def _encodings(data: bytes) -> Sequence[str]:
    if data.startswith(UTF16):
        return ("utf-16",)
    if b"\0" in data[:2]:
        # Without a byte order mark, every other byte of a first word in Latin letters is 0.
        return ("utf-16-be",) if data[:1] == b"\0" else ("utf-16-le",)
    return "utf-8-sig", "cp1252"


def table_of(text: str) -> Table:
    """The table in a text; the delimiter is that of its first line, without what is in quotes.
    Raises BadDocument."""
    csv.field_size_limit(LONGEST_FIELD)
    # Excel is told the delimiter by a line of its own.
    text = SEPARATOR.sub("", text, count=1)
    first = QUOTED.sub("", text.lstrip().partition("\n")[0])
    delimiter = max(DELIMITERS, key=first.count)
    rows = _rows(text, delimiter)
    _, header = next(rows, (1, []))
    return Table(tuple(header), rows, delimiter, ended=text.endswith(("\n", "\r")))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BadRow(line, f"is damaged or cut off ({error})") from None
        if row is None:
            return
        if any(map(str.strip, row)):
            yield line, row
        line = reader.line_num + 1


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends. A StringIO would keep four bytes for each character."""
    if text.count("\r") != text.count("\r\n"):
        # Old line ends, or a few of them among others.
        yield from StringIO(text, newline="")
        return
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def places(header: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """The place of each of some column names in a header, both in lower case; those that are not
    there are left out."""
    return {name: header.index(name) for name in names if name in header}


def cell(row: Sequence[str], place: int | None) -> str:
    """What stands at a place of a row, without spaces around; nothing if the row is shorter, or if
    there is no such column."""
    return row[place].strip() if place is not None and place < len(row) else ""


def picker(places: Sequence[int | None], width: int) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What takes the cells at some places, at least two, out of a row of a table so ``width``: as
    :func:`cell` does, but all at once, which is faster."""
    take = itemgetter(*[width if place is None else place for place in places])

    def picked(row: Sequence[str]) -> tuple[str, ...]:
        cells = [*map(str.strip, row[:width])]
        cells += [""] * (width + 1 - len(cells))
        return cast("tuple[str, ...]", take(cells))

    return picked
