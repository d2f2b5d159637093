"""Tables of words, for plain text and for the screen: as wide as what stands in them, cut where
there is no room, an empty column left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tui.domain.model.cells import cell_width, fitted
from tui.domain.model.text import clean

GAP = "  "
# A column of text is not cut below this.
LEAST = 6

NUMBER = re.compile(r"[-+]?\d[\d,]*(?:[.:]\d+)?(?: ?(?:%|kg|lb))?")
DAY = re.compile(r"(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d(?: (?:from )?\d\d:\d\d)?")


class Table(Struct, frozen=True):
    """Rows of words and numbers below the names of their columns; a cell may be empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, number: int) -> list[str]:
        """What stands in a column, without its name."""
        return [row[number] for row in self.rows]


class Column(Struct):
    """How wide a column is and may at the least become, and whether it is flush with its right
    edge."""

    width: int
    least: int
    right: bool


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table | None:
    """A table without the columns in which nothing stands; None without rows."""
    listed = list(rows)
    kept = [n for n in range(len(columns)) if any(row[n] for row in listed)]
    if not kept:
        return None
    return Table(
        tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in listed)
    )


def fitting_columns(every: Table, room: int) -> list[Column]:
    """Columns for ``room`` cells, those of numbers flush right. The widest texts give way; numbers
    and days are never cut, and may take more."""
    room -= len(GAP) * (len(every.columns) - 1)
    columns = [_column(name, every.column(n), room) for n, name in enumerate(every.columns)]
    while sum(column.width for column in columns) > room:
        able = [column for column in columns if column.width > column.least]
        if not able:
            break
        max(reversed(able), key=lambda column: column.width).width -= 1
    return columns


def _column(name: str, words: Sequence[str], room: int) -> Column:
    """A column as wide as its words, if there is so much room. Numbers and days are never cut."""
    widest = max((cell_width(clean(word)) for word in words), default=0)
    whole = all_are(NUMBER, words) or all_are(DAY, words)
    least = widest if whole else min(widest, LEAST)
    wanted = max(widest, cell_width(clean(name)))
    return Column(max(least, min(wanted, room)), least, all_are(NUMBER, words))


def whole_columns(every: Table) -> list[Column]:
    """Columns as wide as what stands in them, all but the first flush right."""
    widths = [
        max(cell_width(clean(word)) for word in (name, *every.column(n)))
        for n, name in enumerate(every.columns)
    ]
    return [Column(width, width, n > 0) for n, width in enumerate(widths)]


def all_are(pattern: re.Pattern[str], words: Sequence[str]) -> bool:
    """True where there are but such words."""
    return any(words) and all(pattern.fullmatch(word) for word in words if word)


def row_text(words: Iterable[str], columns: Iterable[Column], gap: str = GAP) -> str:
    """One row of a table as it stands below the others."""
    made = []
    for word, column in zip(words, columns, strict=True):
        shown = fitted(word, column.width)
        blank = " " * (column.width - cell_width(shown))
        made.append(f"{blank}{shown}" if column.right else f"{shown}{blank}")
    return gap.join(made)
