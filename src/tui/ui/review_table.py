"""What the lists of the review are made of: rows that enter has something for, columns of words,
sums as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tui.ui.widgets.styled_text import Line

GAP = "  "
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


class Columns(Struct, frozen=True):
    """Columns of words, flush with their right edge but for the first, the empty ones left out."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def kept(self) -> list[int]:
        """The columns in which something stands."""
        return [n for n in range(len(self.heads)) if any(row[n] for row in self.rows)]

    @property
    def sizes(self) -> list[int]:
        """How wide those are."""
        return [max(len(row[n]) for row in (self.heads, *self.rows)) for n in self.kept]

    def line(self, cells: Sequence[str], gap: str = GAP) -> str:
        """One row of it."""
        words = [cells[n] for n in self.kept]
        first, *rest = zip(words, self.sizes, strict=True)
        return gap.join([f"{first[0]:<{first[1]}}", *(f"{word:>{size}}" for word, size in rest)])


def short_date(day: date) -> str:
    """A date without its year: `` 2 Nov``."""
    return f"{day.day:>2} {day:%b}"


def unit_of(what: str, unit: str) -> str:
    """The unit that stands behind one of the sums as a number, with a blank, where it has one."""
    return {"tonnage_kg": f"{unit} ", "distance_m": "m "}.get(what, "")
