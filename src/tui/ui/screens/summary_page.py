"""The summary page of a session, shown at its end or opened later: sums, bests, milestones, a line
for afterwards, with keys to copy it and to open it in History."""

from __future__ import annotations

from tui.app.session_summary import Summary
from tui.ui.commands import OVER_PANES, SUMMARY, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.text_page import HINTS, TextPage
from tui.ui.sharing import Shared, Sharing, SharingKeys, shared_session
from tui.ui.texts import summary_lines
from tui.ui.widgets.styled_text import Line


class SummaryPage(SharingKeys, TextPage):
    """The summary of a finished session."""

    BINDINGS = [*bindings(SUMMARY), *bindings(OVER_PANES)]

    def __init__(self, navigator: Navigator, title: str, summary: Summary) -> None:
        super().__init__(title, self._lines)
        self.book = navigator.book
        self.own_keys = navigator.own_keys
        self.navigator = navigator
        self.summary = summary
        self.sharing = Sharing(
            self, "that is too long for a terminal's clipboard; in History Y saves it as a file"
        )

    def _lines(self, width: int) -> list[Line]:
        found, profile = self.summary, self.book.profile
        return summary_lines(
            found.session,
            found.best,
            found.reached,
            profile.library,
            profile.unit,
            width,
            found.after,
        )

    def hints(self, width: int) -> Line:
        """How to leave, and the page's own keys."""
        keys = [
            part
            for c in at(SUMMARY, own=self.own_keys)
            if c.hint
            for part in (("   ", ""), (c.shown, "accent"), (f" {c.hint}", "dim"))
        ]
        return [*HINTS, *keys]

    def action_go(self, name: str) -> None:
        """Go to a pane or another screen by its number."""
        self.navigator.go(name)

    def action_help(self) -> None:
        """Show all keys."""
        self.navigator.open_help(SUMMARY)

    def action_correct(self) -> None:
        """Open the session in History, where it can be corrected."""
        self.navigator.open_in_history(self.summary.session.id)

    # -- sharing -------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Say where it can be saved as a file."""
        self.say("e opens the session in History; there Y saves a file.")

    def shared(self) -> Shared:
        """The session with its bests, ready to share."""
        return shared_session(self.book, self.summary.session, self.summary.best)
