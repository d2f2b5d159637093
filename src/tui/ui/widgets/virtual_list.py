"""A list widget that draws only the rows in view: thousands of rows cost what twenty do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.ui.commands import LIST, bindings
from tui.ui.widgets.styled_text import ROLE_CLASSES, Line, styled_strip

Draw = Callable[[Any, int], Line]


class VirtualList(ScrollView, can_focus=True):
    """A list of values with a cursor; ``draw`` makes a value's line for a width in cells. Arrow,
    page and vi keys move the cursor.

    The cursor skips values for which ``stops`` is False (headings, blank lines).
    """

    BINDINGS = bindings(LIST)
    COMPONENT_CLASSES = ROLE_CLASSES
    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: $background;
    }
    """

    class Moved(Message):
        """The cursor has moved to another value."""

        def __init__(self, rows: VirtualList) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> VirtualList:
            return self.rows

    def __init__(
        self,
        draw: Draw,
        *,
        stops: Callable[[Any], bool] = lambda _: True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.draw = draw
        self.stops = stops
        self.values: Sequence[Any] = ()
        self.cursor = 0
        self.marked = False
        # Whether the last row in view gives way to how many there are below.
        self.tells_more = False
        # Whether the last click was on the row that the cursor was on already.
        self.hit_again = False

    def show(self, values: Sequence[Any], cursor: int | None = None) -> None:
        """Show ``values``, with the cursor at an index (default: where it is)."""
        changed_size = len(values) != len(self.values)
        self.values = values
        self.cursor = self._nearest(self.cursor if cursor is None else cursor)
        if changed_size:
            self.virtual_size = Size(self.size.width, len(values))
        self.refresh(layout=changed_size and self.styles.is_auto_height)
        self.call_after_refresh(self._follow)

    def redraw(self, index: int) -> None:
        """Repaint a row."""
        self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))

    @property
    def value(self) -> Any:
        """The value under the cursor; None if the list is empty."""
        return self.values[self.cursor] if self.values else None

    @property
    def spot(self) -> Offset:
        """Where on the screen the row under the cursor begins; where the list does, if the cursor
        stops nowhere or its row is out of view."""
        place = self.content_region
        if not self.values or not self.stops(self.values[self.cursor]):
            return place.offset
        row = self.cursor - round(self.scroll_offset.y)
        return Offset(place.x, place.y + (row if 0 <= row < place.height else 0))

    def move(self, by: int) -> None:
        """Move the cursor by that many rows, stopping at the ends."""
        self.go(self.cursor + by, 1 if by > 0 else -1)

    def go(self, index: int, towards: int = 1) -> None:
        """Put the cursor on the row at ``index``, or the nearest on which it stops."""
        target = self._nearest(index, towards)
        if target == self.cursor or not self.values:
            self._follow()
            return
        old, self.cursor = self.cursor, target
        self.redraw(old)
        self.redraw(target)
        self._follow()
        self.post_message(self.Moved(self))

    def action_move(self, by: int) -> None:
        """Move the cursor a row up (-1) or down (1)."""
        self.move(by)

    def action_page(self, by: int) -> None:
        """Move the cursor a page up (-1) or down (1)."""
        self.move(by * max(1, self.size.height - 1))

    def action_end(self, by: int) -> None:
        """Move the cursor to the first (-1) or last (1) row."""
        self.go(len(self.values) - 1 if by > 0 else 0, by)

    def _nearest(self, index: int, towards: int = 1) -> int:
        last = len(self.values) - 1
        index = max(0, min(index, last))
        for way in (towards, -towards):
            place = index
            while 0 <= place <= last:
                if self.stops(self.values[place]):
                    return place
                place += way
        return index

    def _follow(self) -> None:
        """Scroll just far enough to show the cursor and a heading right above it; on the last row
        where the cursor stops, also what is below."""
        height = self.scrollable_content_region.height or self.size.height
        top = round(self.scroll_offset.y)
        above = self.cursor
        while above > 0 and not self.stops(self.values[above - 1]):
            above -= 1
        # Headings longer than the list go before the cursor does.
        above = max(above, self.cursor - height + 1)
        below = self.cursor
        if self._nearest(below + 1) <= below:
            below = min(len(self.values) - 1, self.cursor + height - 1)
        if above < top:
            self.scroll_to(y=above, animate=False, immediate=True)
            return
        if self.tells_more and any(map(self.stops, self.values[below + 1 :])):
            height -= 1
        if below >= top + height:
            self.scroll_to(y=below - height + 1, animate=False, immediate=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of values, for a list with automatic height."""
        return max(1, len(self.values))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view at any size."""
        self.virtual_size = Size(event.size.width, len(self.values))
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row clicked."""
        index = event.y + round(self.scroll_offset.y)
        self.hit_again = index == self.cursor
        if index < len(self.values) and self.stops(self.values[index]):
            self.go(index)

    def render_line(self, y: int) -> Strip:
        """Draw a row; the cursor shows as a mark in the first column, not by colour alone."""
        index = y + round(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if index >= len(self.values):
            return styled_strip(self, [], width)
        return styled_strip(self, self.line(index), width, cursor=self._is_here(index))

    def _is_here(self, index: int) -> bool:
        return index == self.cursor and self.marked and self.stops(self.values[index])

    def line(self, index: int) -> Line:
        """The row at ``index`` as it is drawn, with the mark of the cursor."""
        width = self.scrollable_content_region.width
        if more := self._more(index):
            return [(f"{more:>{width}}", "dim")]
        return [
            ("›" if self._is_here(index) else " ", "accent"),
            *self.draw(self.values[index], width - 1),
        ]

    def _more(self, index: int) -> str:
        """What stands in the last row in view instead of it, if the list goes on below and tells
        so: how many rows there are where the cursor stops, this one included."""
        last = index - round(self.scroll_offset.y) == self.size.height - 1
        if not (self.tells_more and last and any(map(self.stops, self.values[index + 1 :]))):
            return ""
        return f"{sum(map(self.stops, self.values[index:]))} more ↓ "

    def on_focus(self) -> None:
        """Show the cursor mark in this list alone; it stays while a prompt is open."""
        for rows in self.screen.query(VirtualList):
            if rows.marked is not (rows is self):
                rows.marked = rows is self
                rows.redraw(rows.cursor)
