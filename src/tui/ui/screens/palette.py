"""The palette: what can be done now, and every setting, found by what runners call it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.app import ComposeResult

from tui.domain.model.cells import fitted
from tui.ui.host import Navigator
from tui.ui.palette_entries import Entry, found
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, spread, width_of
from tui.ui.widgets.virtual_list import VirtualList


class PaletteScreen(ListScreen):
    """The ``entries``, narrowed by what is typed. ``do`` gets the one that is taken, once the
    palette is closed."""

    DEFAULT_CSS = """
    PaletteScreen #palette-title { height: 2; padding: 0 1; }
    PaletteScreen.-short #palette-title { height: 1; }
    PaletteScreen VirtualList { margin: 0 1; scrollbar-size-vertical: 0; }
    """

    def __init__(
        self, navigator: Navigator, entries: Sequence[Entry], do: Callable[[Entry], None]
    ) -> None:
        super().__init__(navigator)
        self.entries = entries
        self.do = do
        self.word = ""
        self.taken: Entry | None = None

    def compose(self) -> ComposeResult:
        """Title, what is found, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="palette-title")
        # Never in focus: the keys belong to the search, also after a click on a row.
        rows = VirtualList(self._draw)
        rows.can_focus = False
        rows.marked = True
        yield rows
        yield from self.bottom()

    def on_mount(self) -> None:
        """Open the search at once: the next key belongs to it."""
        self.show()
        self.ask(
            "Do",
            self._take,
            typed=self._narrow,
            empty=lambda: self._take(""),
            why="up and down choose, enter does it, tab leaves",
        )

    def show(self) -> None:
        """Show what is found."""
        shown = found(self.entries, self.word)
        count = len(shown)
        if self.word.strip():
            shown.append(self._exercise(self.word.strip()))
        left: Line = [("What would you like to do?", "loud")]
        right: Line = [(f"{count} of {len(self.entries)}", "dim")]
        title = spread(left, right, self.size.width - 2)
        self.query_one("#palette-title", Lines).set([title, []])
        self.rows.show(shown)

    def _exercise(self, word: str) -> Entry:
        """The last row: an exercise of that name."""
        does = partial(self.navigator.open_find, word)
        return Entry(words=f"Find exercise “{word}” …", does=does)

    def _draw(self, entry: Entry, width: int) -> Line:
        mark: Line = [(" Setting  ", "dim")] if entry.row is not None else [(" ", "")]
        key: Line = [(f"{entry.key} ", "accent")] if entry.key else []
        room = width - width_of(mark) - width_of(key) - 1
        return spread([*mark, (fitted(entry.words, room), "")], key, width)

    def hints(self, width: int) -> Line:
        """None: the search is always open."""
        return []

    def _narrow(self, word: str) -> None:
        self.word = word
        self.show()
        self.rows.go(0)

    def _take(self, word: str) -> None:
        if word != self.word:
            self._narrow(word)
        self.taken = self.rows.value

    def _prompt_closed(self, by_backspace: bool) -> None:
        """Close, and do what was taken."""
        self.dismiss()
        if self.taken is not None:
            self.do(self.taken)
