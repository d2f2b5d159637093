"""Building blocks of the review lists: rows that enter can open, tables, and units of the sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from tui.present.table import GAP, row_text, table, whole_columns
from tui.ui.widgets.styled_text import Line

NOTHING = "–"
# The fields of Sums worth showing, the most telling first.
TELLING = ("sessions", "sets", "contacts", "tonnage_kg", "hold_s", "distance_m")


class Row(Struct, frozen=True):
    """A line of a list, and what enter does on it: open a ``week`` (by a day in it), an
    ``exercise`` or a ``session`` (by id), or say ``words``. The cursor skips a row with none."""

    line: Line
    week: date | None = None
    exercise: str | None = None
    session: str | None = None
    words: str = ""

    @property
    def stops(self) -> bool:
        """Whether the cursor can stop on it."""
        return bool(self.week or self.exercise or self.session or self.words)


BLANK = Row([])


def heading(words: str, more: Line = ()) -> Row:
    """A heading, with ``more`` after it."""
    return Row([(words, "loud"), *more])


def table_texts(heads: Sequence[str], rows: Iterable[Sequence[str]], gap: str = GAP) -> list[str]:
    """A table as lines, column names first. All columns but the first are flush right; empty ones
    are left out."""
    made = table(heads, rows)
    assert made is not None, "nothing to show in a table"
    columns = whole_columns(made)
    return [row_text(words, columns, gap) for words in (made.columns, *made.rows)]


def short_date(day: date) -> str:
    """A date without its year: `` 2 Nov``."""
    return f"{day.day:>2} {day:%b}"
