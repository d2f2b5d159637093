"""What the lists of the review are made of: rows that enter has something for, columns of words,
sums as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from tui.present.table import GAP, row_text, table, whole_columns
from tui.ui.widgets.styled_text import Line

NOTHING = "–"
# The sums in the order in which they tell most, each with the word that stands behind it.
TELLING = {
    "sessions": "sessions",
    "sets": "sets",
    "contacts": "contacts",
    "tonnage_kg": "lifted",
    "hold_s": "held",
    "distance_m": "carried",
}


class Row(Struct, frozen=True):
    """A line of a list, and what enter has for it: a ``week`` by a day of it, an ``exercise`` or a
    ``session`` by its id to open, or ``words`` to say. The cursor passes over one without."""

    line: Line
    week: date | None = None
    exercise: str | None = None
    session: str | None = None
    words: str = ""

    @property
    def stops(self) -> bool:
        """True where the cursor can rest."""
        return bool(self.week or self.exercise or self.session or self.words)


BLANK = Row([])


def heading(words: str, more: Line = ()) -> Row:
    """What stands above a part."""
    return Row([(words, "loud"), *more])


def table_texts(heads: Sequence[str], rows: Iterable[Sequence[str]], gap: str = GAP) -> list[str]:
    """A table as lines, its names first: all but the first column flush right, an empty one left
    out."""
    made = table(heads, rows)
    assert made is not None, "nothing to show in a table"
    columns = whole_columns(made)
    return [row_text(words, columns, gap) for words in (made.columns, *made.rows)]


def short_date(day: date) -> str:
    """A date without its year: `` 2 Nov``."""
    return f"{day.day:>2} {day:%b}"


def unit_of(what: str, unit: str) -> str:
    """The unit that stands behind one of the sums as a number, with a blank, where it has one."""
    return {"tonnage_kg": f"{unit} ", "distance_m": "m "}.get(what, "")
