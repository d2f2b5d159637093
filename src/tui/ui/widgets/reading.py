"""A text to read: lines that scroll, without a cursor."""

from __future__ import annotations

from tui.ui.widgets.virtual_list import VirtualList


class Reading(VirtualList):
    """Lines made already; the keys of a list scroll them."""

    def __init__(self) -> None:
        super().__init__(lambda line, _: line, stops=lambda _: False)

    def move(self, by: int) -> None:
        """Scroll by lines, down (1) or up (-1)."""
        self.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self.move(by * max(1, self.size.height - 1))

    def action_end(self, by: int) -> None:
        """Scroll to the first line (-1) or the last (1)."""
        self.scroll_to(y=0 if by < 0 else self.max_scroll_y, animate=False)

    def _follow(self) -> None:
        """There is no cursor to keep in view."""
