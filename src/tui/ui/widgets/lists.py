"""Rows with the movement keys of the registry."""

from __future__ import annotations

from tui.ui.commands import LIST, bindings
from tui.ui.widgets.virtual_list import Rows


class List(Rows):
    """Rows that the arrow, page and vi keys move in."""

    BINDINGS = bindings(LIST)

    def action_move(self, by: int) -> None:
        """A row up or down."""
        self.move(by)

    def action_page(self, by: int) -> None:
        """A page up or down."""
        self.move(by * max(1, self.size.height - 1))

    def action_end(self, by: int) -> None:
        """To the first or the last row."""
        self.go(len(self.values) - 1 if by > 0 else 0, by)
