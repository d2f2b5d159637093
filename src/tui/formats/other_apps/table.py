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
    """A table: the cells of its first row, and the others, each with the line it begins on.
    ``rows`` can be read once; it raises BadRow for a row that is damaged or cut off."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    delimiter: str

    @property
    def plain(self) -> tuple[str, ...]:
        """The header in lower case, without spaces around."""
        return tuple(cell.strip().casefold() for cell in self.header)


def text_of(data: bytes) -> str:
    """The text in bytes: UTF-8 or UTF-16, with or without a byte order mark; else Windows-1252,
    which old exports have. Raises BadDocument."""
    for encoding in ["utf-16"] if data.startswith(UTF16) else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadDocument("is not text that can be read; export it again")


def table_of(text: str) -> Table:
    """The table in a text; the delimiter is that of its first line, without what is in quotes.
    Raises BadDocument."""
    csv.field_size_limit(LONGEST_FIELD)
    first = QUOTED.sub("", text.lstrip().partition("\n")[0])
    delimiter = max(DELIMITERS, key=first.count)
    rows = _rows(text, delimiter)
    _, header = next(rows, (1, []))
    return Table(tuple(header), rows, delimiter)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
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
