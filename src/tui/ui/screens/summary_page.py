"""The summary page of a session, shown at its end or opened later: sums, bests, milestones, a line
for afterwards, with keys to note something, to correct it, to copy it and to go on with it."""

from __future__ import annotations

from msgspec.structs import replace

from tui.app.refusals import REFUSALS
from tui.app.session_summary import Summary
from tui.ui.commands import SUMMARY, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import hint_line
from tui.ui.screens.summary_lines import summary_lines
from tui.ui.screens.text_page import TextPage
from tui.ui.sharing import Shared, Sharing, SharingKeys, shared_session
from tui.ui.widgets.styled_text import Line

# Keys that are hinted at only right after the session.
AT_THE_END = ("leave-to-today", "reopen")


class SummaryPage(SharingKeys, TextPage):
    """The summary of a finished session."""

    BINDINGS = bindings(SUMMARY)
    called = "DONE"

    def __init__(self, navigator: Navigator, title: str, summary: Summary) -> None:
        super().__init__(navigator, title, self._lines)
        self.summary = summary
        self.sharing = Sharing(
            self, "That is too long for a terminal's clipboard. In History Y saves it as a file."
        )

    def _lines(self, width: int) -> list[Line]:
        profile = self.book.profile
        return summary_lines(self.summary, profile.library, profile.unit, width, profile.hours)

    def hints(self, width: int) -> Line:
        """The page's own keys, and how to leave."""
        finished = self.book.recorder.finished_here
        last = finished is not None and finished.id == self.summary.session.id
        keys = [c for c in at(SUMMARY, own=self.own_keys) if c.hint]
        return hint_line([c for c in keys if last or c.id not in AT_THE_END], width)

    def action_help(self) -> None:
        """Show all keys."""
        self.navigator.open_help(SUMMARY)

    def action_correct(self) -> None:
        """Open the session in History, where it can be corrected."""
        self.navigator.open_in_history(self.summary.session.id)

    def action_note(self) -> None:
        """Write the note on the session."""
        session = self.summary.session
        stands = f" [{session.note}]" if session.note else ""
        self.ask(f"A note on this session?{stands}", self._noted, standing=session.note)

    def _noted(self, typed: str) -> None:
        session = self.summary.session
        seen = self.book.reader.session(session.id) or session
        self.book.recorder.put(replace(seen, note=typed), seen)
        self.summary = replace(self.summary, session=replace(session, note=typed))
        self.on_resize()
        self.say("Noted.", "good")

    def action_reopen(self) -> None:
        """Open the session again, if it is the one just finished, and go on with it."""
        try:
            self.book.recorder.reopen()
        except REFUSALS as problem:
            self.say(str(problem), "warn")
            return
        self.navigator.go("today")

    # -- sharing -------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Say where it can be saved as a file."""
        self.say("e opens the session in History; there Y saves a file.")

    def shared(self) -> Shared:
        """The session with its bests, ready to share."""
        return shared_session(self.book, self.summary.session, self.summary.best)
