"""The offer of the first setup, on Today."""

from __future__ import annotations

from tui.app.first_setup import is_first_time
from tui.app.logbook import Logbook
from tui.domain.model.cells import fitted
from tui.ui.widgets.styled_text import Line

ASKED = " asks seven short questions: kg or lb, what you own, your days."
INDENT = " " * 12


def offer_lines(book: Logbook, width: int) -> list[Line]:
    """Two lines that offer the first setup, after a blank one; none once there is anything to go
    by, or the questions were asked."""
    if not is_first_time(book):
        return []
    begin = f"{INDENT}Or just begin. Nothing has to be set up, and 0 stays there."
    room = width - len(INDENT) - 1
    return [
        [],
        [(" New here?  ", "strong"), ("0", "accent"), (fitted(ASKED, room), "")],
        [(fitted(begin, width), "")],
    ]
