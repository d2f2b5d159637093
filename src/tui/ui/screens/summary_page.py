"""The page of a session, at its end or looked back on: what it came to, and keys that copy it and
lead to it in History."""

from __future__ import annotations

from collections.abc import Mapping

from textual.events import Key as KeyPress

from tui.app.logbook import Logbook
from tui.ui.commands import SHEET, SUMMARY, at, bindings
from tui.ui.pane import Host
from tui.ui.screens.summary import Summary
from tui.ui.sharing import Copying, Shared, shared_session
from tui.ui.texts import help_lines, summary_lines
from tui.ui.widgets.styled_text import Line, Lines, Span
from tui.ui.widgets.text_page import FOOT, Page, wrapped


class SummaryPage(Copying, Page):
    """What a session that is finished came to; ``host`` leads to it in History."""

    BINDINGS = [*bindings(SUMMARY), *bindings(SHEET)]
    DEFAULT_CSS = "SummaryPage #page-foot { height: auto; }"
    too_long = "that is too long for a terminal's clipboard; in History Y saves it as a file"

    def __init__(
        self, book: Logbook, own_keys: Mapping[str, str], host: Host, title: str, found: Summary
    ) -> None:
        super().__init__(title, self._lines)
        self.book = book
        self.host = host
        self.found = found
        self.own_keys = own_keys
        self.said: Span | None = None

    def _lines(self, width: int) -> list[Line]:
        found = self.found
        return summary_lines(
            found.session,
            found.best,
            found.reached,
            self.book.profile.library,
            self.book.profile.unit,
            width,
        )

    def action_go(self, name: str) -> None:
        """To a pane or another screen by its number."""
        self.host.lead(name)

    def action_save(self) -> None:
        """Where a file of it is made."""
        self.say("e leads to it in History; there Y saves it as a file")

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(Page("Keys", lambda width: help_lines(SUMMARY, self.own_keys, width)))

    def action_correct(self) -> None:
        """To the session in History, where it can be corrected."""
        self.host.open_session(self.found.session.id)

    def shared(self) -> Shared:
        """The session with its bests."""
        return shared_session(self.book, self.found.session, self.found.best)

    def say(self, words: str, role: str = "") -> None:
        """A word at the foot until the next key."""
        self.said = (words, role)
        self.show_foot()

    def on_key(self, event: KeyPress) -> None:
        """What was said has been read."""
        if self.said is not None:
            self.said = None
            self.show_foot()

    def show_foot(self) -> None:
        """What was said last, else the keys."""
        foot: list[Line]
        if self.said is not None:
            foot = wrapped(self.said[0], max(20, self.size.width - 2), self.said[1])
        else:
            copy = [
                part
                for c in at(SUMMARY, own=self.own_keys)
                if c.hint
                for part in (("   ", ""), (c.shown, "accent"), (f" {c.hint}", "dim"))
            ]
            foot = [[*FOOT, *copy]]
        self.query_one("#page-foot", Lines).set(foot)
