"""What the columns of a table of no known app are, for the runner to say."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from textual.app import ComposeResult

from tui.domain.model.cells import fitted, padded
from tui.domain.model.text import as_sentence, clean
from tui.domain.session.actions import Refused
from tui.formats.other_apps.apps import UnknownColumns
from tui.formats.other_apps.columns import Columns, guess, missing, typed
from tui.ui.commands import COLUMNS, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, Span, width_of
from tui.ui.widgets.virtual_list import VirtualList

GO_ON = "Go on"


class Meaning(Struct, frozen=True):
    """What a column can be: the ``field`` and how it is written, as in
    :mod:`tui.formats.other_apps.columns`, and the words for it."""

    field: str
    written: str
    words: str


# By the key that says so.
MEANINGS = {
    "d": Meaning("date", "dmy", "date, day first"),
    "m": Meaning("date", "mdy", "date, month first"),
    "t": Meaning("time", "", "time of day"),
    "e": Meaning("exercise", "", "exercise"),
    "w": Meaning("weight", "", "weight"),
    "r": Meaning("reps", "", "reps"),
    "n": Meaning("set", "", "number of the set"),
    "c": Meaning("sets", "", "how many sets"),
    "s": Meaning("seconds", "", "seconds"),
    "u": Meaning("seconds", "min", "minutes"),
    "k": Meaning("distance", "km", "km"),
    "i": Meaning("distance", "mi", "miles"),
    "y": Meaning("distance", "m", "metres"),
    "p": Meaning("rpe", "", "RPE"),
    "f": Meaning("rir", "", "RIR"),
    "v": Meaning("kind", "", "warm-up or work"),
    "b": Meaning("side", "", "side"),
    "o": Meaning("note", "", "note"),
    "l": Meaning("", "", "leave it out"),
}
# What the other fields are called, which are only found by name.
ELSE = {"unit": "unit of the weight", "workout": "name of the workout", "date": "date"}


class ColumnsScreen(ListScreen):
    """The columns of a table, each with what stands in its first row and what it is. ``named`` gets
    what the runner says of them, as :func:`tui.formats.other_apps.columns.typed` reads it."""

    BINDINGS = bindings(COLUMNS)
    place = COLUMNS
    called = "COLUMNS"
    DEFAULT_CSS = """
    ColumnsScreen #columns-title { height: 2; padding: 0 1; }
    ColumnsScreen.-short #columns-title { height: 1; }
    ColumnsScreen #columns-keys { height: auto; padding: 0 1; }
    ColumnsScreen.-low #columns-keys { display: none; }
    """

    def __init__(
        self, navigator: Navigator, table: UnknownColumns, named: Callable[[str], None]
    ) -> None:
        super().__init__(navigator)
        self.table, self.named = table, named
        self.guessed = guess(table.header)
        # The place of each field, and how it is written.
        self.places = dict(self.guessed.places)
        self.written = dict(self.guessed.written)

    def compose(self) -> ComposeResult:
        """Title, columns, what a column can be, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="columns-title")
        yield VirtualList(self._draw)
        yield Lines(id="columns-keys")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Say what is wrong with columns that are known by their names."""
        super().on_mount()
        if not self._lacking():
            self.say(as_sentence(clean(str(self.table).partition(";")[0])), "warn")

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw the columns; the cursor stays."""
        title = "What are its columns?"
        file = clean(self.table.file.rpartition("/")[2])
        self.query_one("#columns-title", Lines).set([[(title, "loud"), (f"  {file}", "dim")], []])
        self.rows.show([GO_ON, *range(len(self.table.header))])
        self.query_one("#columns-keys", Lines).set(self._legend(max(20, self.size.width - 2)))

    def _legend(self, width: int) -> list[Line]:
        lines: list[list[Span]] = [[]]
        for key, meaning in MEANINGS.items():
            more: list[Span] = [(key, "accent"), (f" {meaning.words}  ", "dim")]
            if lines[-1] and width_of([*lines[-1], *more]) > width:
                lines.append([])
            lines[-1] += more
        return list(lines)

    def _draw(self, row: int | str, width: int) -> Line:
        if isinstance(row, str):
            lacking = self._lacking()
            return [(GO_ON, "strong"), (f"  {lacking}" if lacking else "", "warn")]
        third = width // 3
        first = self.table.first[row] if row < len(self.table.first) else ""
        return [
            (padded(fitted(self._called(row), third - 1), third), ""),
            (padded(fitted(clean(first.strip()), third - 1), third), "dim"),
            (fitted(self._words(row), width - 2 * third), "strong"),
        ]

    def _called(self, place: int) -> str:
        return clean(self.table.header[place].strip()) or "(no name)"

    def _words(self, place: int) -> str:
        """What a column is, in words; empty for nothing."""
        field = next((one for one, at in self.places.items() if at == place), "")
        written = self.written.get(field, "")
        if not field:
            return ""
        for meaning in MEANINGS.values():
            if (meaning.field, meaning.written) == (field, written):
                return meaning.words
        words = next((m.words for m in MEANINGS.values() if m.field == field and not m.written), "")
        return f"{ELSE.get(field) or words or field}{f' in {written}' if written else ''}"

    def _lacking(self) -> str:
        """What is still to be said, in words; empty if all is."""
        lacking = missing(Columns(self.places, self.written))
        return f"still to say: {'; '.join(lacking)}" if lacking else ""

    # -- saying what they are ------------------------------------------------------------------

    def open_row(self) -> None:
        """Say what the column that is clicked is, or go on."""
        self.action_take()

    def action_take(self) -> None:
        """Go on, or ask what the column under the cursor is."""
        row: int | str | None = self.rows.value
        if isinstance(row, int):
            self._ask_what(row)
        elif lacking := self._lacking():
            self.say(as_sentence(lacking), "warn")
        else:
            with self.guarded():
                columns = self._typed()
                typed(columns, self.table.header)
                self.dismiss()
                self.named(columns)

    def _ask_what(self, place: int) -> None:
        name = self._called(place)

        def answer(key: str) -> None:
            if not self.table.header[place].strip():
                raise Refused("A column without a name in the first row cannot be used.")
            self._set(place, MEANINGS[key])
            self.rows.move(1)

        low = (
            "d date, e exercise, r reps, w weight, l leave it out" if self.has_class("-low") else ""
        )
        self.ask_key(f"What is {name}?", dict.fromkeys(MEANINGS, ""), answer, why=low)

    def _set(self, place: int, meaning: Meaning) -> None:
        self.places = {field: at for field, at in self.places.items() if at != place}
        if meaning.field:
            self.places[meaning.field] = place
            self.written.pop(meaning.field, None)
            if meaning.written:
                self.written[meaning.field] = meaning.written
        self.show()

    def _typed(self) -> str:
        """What was said, as it is typed in a shell."""
        parts = []
        for field, place in self.places.items():
            how = self.written.get(field, "")
            parts.append(f"{field}{f':{how}' if how else ''}={self.table.header[place].strip()}")
        parts += [f"{field}=" for field in self.guessed.places if field not in self.places]
        return ", ".join(parts)
