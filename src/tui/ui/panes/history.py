"""History: sessions by week, all or those looked for; open one to see, correct or delete its
sets."""

from __future__ import annotations

from contextlib import suppress

from tui.domain.model.notation import parse, show, written
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Session
from tui.domain.review.log_search import wanted_of
from tui.ui.commands import HISTORY, bindings
from tui.ui.panes.history_lines import OneSet, done_of
from tui.ui.panes.log_pane import LogPane
from tui.ui.sharing import Shared, Sharing, shared_session


class HistoryPane(Sharing, LogPane):
    """The log, looked through, put right and shared."""

    BINDINGS = bindings(HISTORY)
    # Between a long list and a short one no column moves.
    DEFAULT_CSS = "HistoryPane Rows { scrollbar-gutter: stable; }"

    # -- finding -------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Sessions with words in a note or the name of an exercise or a programme."""
        self.opened = None
        self.show()

        def typed(line: str) -> None:
            if line.strip() != self.word:
                self.word = line.strip()
                self.show()
                self.rows.go(0)

        self.host.ask("find:", self.word, typed, typed)
        # What is looked through is made ready once the prompt is seen, before the first letter.
        self.call_after_refresh(self._cards)

    def action_filter(self) -> None:
        """Only the sessions of a programme, with an exercise, a category, pain, a note or a flag;
        an empty line: all again."""

        def typed(line: str) -> None:
            if line.strip() != self.limits:
                self.wanted, self.limits = wanted_of(line, self.book.profile.library), line.strip()
                self.opened = None
                self.show()
                self.rows.go(0)

        def typing(line: str) -> None:
            # A word that is not typed to its end may mean nothing yet.
            with suppress(BadDocument):
                typed(line)

        self.host.ask("only (pain, cat hinge, calf):", self.limits, typed, typing)
        self.call_after_refresh(self._cards)

    # -- looking back ------------------------------------------------------------------------

    def action_trend(self) -> None:
        """How the exercise under the cursor goes."""
        value = self.rows.value
        if isinstance(value, OneSet):
            value = value.entry
        if isinstance(value, Entry):
            self.host.open_trend(value.exercise)
        else:
            self.say("enter opens the session; then T shows how an exercise in it goes")

    def action_week(self) -> None:
        """The week of the session at hand, done and planned."""
        here = self.book.reader.session(self.opened) if self.opened else self.rows.value
        if isinstance(here, Session):
            self.host.open_week(here.day)
        else:
            self.say("there is no session to take the week of")

    # -- sharing -------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The open session, or the one under the cursor."""
        session = self.book.reader.session(self.opened) if self.opened else self.rows.value
        return shared_session(self.book, session) if isinstance(session, Session) else None

    # -- changing ------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Correct one set in the one-line notation."""
        session = self.book.reader.session(self.opened) if self.opened else None
        value = self.rows.value
        if session is None or not isinstance(value, OneSet):
            first = "enter opens the session; then " if session is None else ""
            self.say(f"{first}e corrects the set under the cursor")
            return

        def answer(typed: str) -> None:
            exercise = self.book.profile.library.exercises.get(value.entry.exercise)
            rows = parse(typed, exercise.kind if exercise else None, single=True)
            with self.guarded():
                # A side that was left out stays so where nothing is typed of it.
                named = {row.side for row in rows}
                mine = [r for r in value.rows if r.undone is None or r.side in named]
                self.book.recorder.correct(session, mine or value.rows, rows)

        old = show(map(written, done_of(value.rows) or value.rows), self.book.profile.unit)
        self.ask(f"set {value.rows[0].number}:", old, answer)

    def action_delete(self) -> None:
        """Delete the session, or in an open one the set; u brings it back."""
        value = self.rows.value
        session = self.book.reader.session(self.opened) if self.opened else None
        with self.guarded():
            if isinstance(value, Session):
                self.book.recorder.delete(value)
                self.say("deleted; u brings it back", "good")
            elif session is not None and isinstance(value, OneSet):
                self.book.recorder.delete_set(session, value.rows)
                self.say("deleted; u brings it back", "good")
            elif session is not None:
                self.say("x deletes the set under the cursor")

    def action_undo(self) -> None:
        """Take the last change of the log back."""
        with self.guarded():
            back = self.book.recorder.undo()
            self.say("nothing to undo here" if back is None else "undone", "good")
