"""The list of equipment, of which the runner has some."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from tui.domain.model.library.checks import EQUIPMENT, HOUSEHOLD
from tui.ui.commands import KIT, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

ASKED = "What have you got? The plan names nothing else."


class KitScreen(ListScreen):
    """Equipment to have or not; what every home has is not asked. ``has`` is what is there at first
    (None: all of it), ``changed`` gets what is there after each change."""

    BINDINGS = bindings(KIT)
    place = KIT
    called = "AT HAND"
    DEFAULT_CSS = """
    KitScreen #kit-title { height: 2; padding: 0 1; }
    KitScreen.-short #kit-title { height: 1; }
    KitScreen VirtualList { margin: 0 1; }
    """

    def __init__(
        self,
        navigator: Navigator,
        has: frozenset[str] | None,
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        super().__init__(navigator)
        self.has = EQUIPMENT if has is None else has
        # What is not known stays in the list once it is taken away.
        self.things = sorted((EQUIPMENT | self.has) - HOUSEHOLD)
        self.changed = changed

    def compose(self) -> ComposeResult:
        """Title, equipment, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="kit-title")
        yield VirtualList(self._draw)
        yield from self.bottom()

    def show(self) -> None:
        """Redraw the list; the cursor stays."""
        self.query_one("#kit-title", Lines).set([[(ASKED, "loud")], []])
        self.rows.show(self.things)

    def _draw(self, name: str, width: int) -> Line:
        if name in self.has:
            return [(" ● ", "good"), (name, "strong")]
        return [(" ○ ", "dim"), (name, "dim")]

    def open_row(self) -> None:
        """Have the one under the cursor, or not."""
        self.action_have()

    def action_have(self) -> None:
        """Have the one under the cursor, or not."""
        new = self.has ^ {self.rows.value}
        with self.guarded():
            self.changed(new)
            self.has = new
            self.show()
