"""The offer of the first setup, on Today."""

from __future__ import annotations

from tui.app.first_setup import is_first_time
from tui.app.logbook import Logbook
from tui.ui.widgets.ranked import Ranked, ranked
from tui.ui.widgets.styled_text import Line

ROOMY = 76
NEW: Line = [(" New here?  ", "strong"), ("0", "accent")]


def offer_lines(book: Logbook, width: int) -> list[Ranked]:
    """Lines that offer the first setup; none once there is anything to go by, or the questions were
    asked."""
    if not is_first_time(book):
        return []
    if width < ROOMY:
        short: list[Line] = [[*NEW, (" asks seven questions. Or just begin.", "")]]
        return [*ranked(4, [[]]), *ranked(2, short)]
    lines: list[Line] = [
        [*NEW, (" asks seven short questions: kg or lb, what you own, your days.", "")],
        [("            Or just begin. Nothing has to be set up, and 0 stays there.", "")],
    ]
    return [*ranked(4, [[]]), *ranked(2, lines)]
