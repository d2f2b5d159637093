"""Text tables for reports and the screen: fits columns to their room and drops empty ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tui.domain.model.cells import cell_width, fitted
from tui.domain.model.text import clean

GAP = "  "
# A text column is not cut below this width, in cells.
LEAST = 6

NUMBER = re.compile(r"[-+]?\d[\d,]*(?:[.:]\d+)?(?: ?(?:%|kg|lb))?")
DAY = re.compile(r"(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d(?: (?:from )?\d\d:\d\d)?")


class Table(Struct, frozen=True):
    """Column headings and rows of words and numbers; a cell may be empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, number: int) -> list[str]:
        """The cells of a column, without its heading."""
        return [row[number] for row in self.rows]


class Column(Struct):
    """A column's width and least width, in terminal cells, and whether it is right-aligned."""

    width: int
    least: int
    right: bool


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table | None:
    """A table without its empty columns; None if there are no rows or all cells are empty."""
    listed = list(rows)
    kept = [n for n in range(len(columns)) if any(row[n] for row in listed)]
    if not kept:
        return None
    return Table(
        tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in listed)
    )


def fitting_columns(every: Table, room: int) -> list[Column]:
    """Columns to fit ``room`` cells, with numbers right-aligned. The widest text columns shrink
    first; numbers and days are never cut, so the table may take more."""
    room -= len(GAP) * (len(every.columns) - 1)
    columns = [_column(name, every.column(n), room) for n, name in enumerate(every.columns)]
    while sum(column.width for column in columns) > room:
        able = [column for column in columns if column.width > column.least]
        if not able:
            break
        max(reversed(able), key=lambda column: column.width).width -= 1
    return columns


def _column(name: str, words: Sequence[str], room: int) -> Column:
    """A column as wide as its words, up to ``room``. Numbers and days are never cut."""
    widest = max((cell_width(clean(word)) for word in words), default=0)
    whole = all_are(NUMBER, words) or all_are(DAY, words)
    least = widest if whole else min(widest, LEAST)
    wanted = max(widest, cell_width(clean(name)))
    return Column(max(least, min(wanted, room)), least, all_are(NUMBER, words))


def whole_columns(every: Table) -> list[Column]:
    """Columns as wide as their content, all but the first right-aligned."""
    widths = [
        max(cell_width(clean(word)) for word in (name, *every.column(n)))
        for n, name in enumerate(every.columns)
    ]
    return [Column(width, width, n > 0) for n, width in enumerate(widths)]


def all_are(pattern: re.Pattern[str], words: Sequence[str]) -> bool:
    """True if there are words and all of them match ``pattern``; empty ones are ignored."""
    return any(words) and all(pattern.fullmatch(word) for word in words if word)


def row_text(words: Iterable[str], columns: Iterable[Column], gap: str = GAP) -> str:
    """One row of a table, padded to its columns."""
    made = []
    for word, column in zip(words, columns, strict=True):
        shown = fitted(word, column.width)
        blank = " " * (column.width - cell_width(shown))
        made.append(f"{blank}{shown}" if column.right else f"{shown}{blank}")
    return gap.join(made)
