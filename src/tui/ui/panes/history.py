"""The History pane: past sessions by week, with search and filters; open one to see, correct,
delete or share it. What was deleted is listed too, to be brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby

from textual.app import ComposeResult

from tui.app.logbook import Logbook
from tui.domain.model.date_parser import day_of
from tui.domain.model.dates import day_text
from tui.domain.model.deleted import Deleted, deletions
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Session
from tui.domain.review.log_search import (
    EVERYTHING,
    Index,
    SearchEntry,
    found,
    typed_words,
    wanted_of,
)
from tui.store.errors import StoreError
from tui.ui.commands import HISTORY, bindings
from tui.ui.host import Host
from tui.ui.panes.history_lines import (
    NONE_DELETED,
    Note,
    OneSet,
    deleted_title,
    id_of,
    nearest_set,
    none_words,
    row_line,
    session_lines,
    session_rows,
    title_lines,
    week_rows,
)
from tui.ui.panes.pane import Pane
from tui.ui.panes.session_changes import GONE, WHEN, SessionChanges
from tui.ui.sharing import Shared, Sharing, SharingKeys, shared_session
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

HINTS = {
    "open-session": "open",
    "add-past": "past session",
    "delete": "delete",
    "find-session": "find",
    "filter-log": "only some",
    "go-to-date": "date",
}
HINTS_OPENED = {
    "edit-set": "edit",
    "start": "date and time",
    "add-past": "add a set",
    "delete": "delete",
    "undo-change": "undo",
    "close-session": "back",
    "copy-session": "copy",
}
HINTS_DELETED = {"open-session": "bring it back", "deleted": "all sessions"}
LIMITS = "Such as pain, note, flag, cat hinge, programme trail, or an exercise: calf."


class HistoryPane(SharingKeys, Pane):
    """The sessions that match search and filter, by week; the sets of the one ``opened``; or what
    was deleted, while it is ``shows_deleted``."""

    BINDINGS = bindings(HISTORY)
    # Keep the columns in place whether or not the list needs a scrollbar.
    DEFAULT_CSS = "HistoryPane VirtualList { scrollbar-gutter: stable; }"

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="history")
        self.sharing = Sharing(self)
        self.word = ""
        self.limits = ""
        self.wanted = EVERYTHING
        self.opened: str | None = None
        self.shows_deleted = False
        self.changes = SessionChanges(self, self._follow)
        self._at = 0
        self._deleted: Sequence[Deleted] = ()
        self._index = Index()
        self._found: Sequence[Session] = ()
        self._sunday = False
        self._listed: list[object] = []
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, and the rows."""
        yield Lines(id="history-title")
        yield VirtualList(self._draw, stops=self._stops, id="sessions")

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from what has been read so far; the title says while that is not all."""
        book = self.book
        shown = (
            book.reader.sessions(),
            book.profile.library,
            book.reader.complete,
            self.word,
            self.wanted,
            self.opened,
            self.changes.draft,
            self.shows_deleted,
            self._width,
        )
        if self._shown == shown:
            # Logging a set changes nothing here, and redrawing is not free.
            return
        self._shown = shown
        self.call_later(self.host.show_hints)
        self._look()
        session = self.changes.session(self.opened)
        self.rows.tells_more = session is not None
        if session is not None:
            self._show_one(session)
            return
        self.opened = None
        self._look_for_deleted()
        if self.shows_deleted:
            self._show_title(deleted_title(len(self._deleted), self._width))
            self._show_rows(self._deleted or NONE_DELETED)
        else:
            self._show_sessions()

    def hinted(self) -> Mapping[str, str]:
        """The keys of the list, of an open session, or of what was deleted."""
        if self.opened is not None:
            return HINTS_OPENED
        return HINTS_DELETED if self.shows_deleted else HINTS

    def _look_for_deleted(self) -> None:
        """Find what was deleted, once the whole log has been read."""
        if self.book.reader.complete:
            with suppress(StoreError):
                self._deleted = deletions(self.book.reader.everything()[0])

    def _look(self) -> None:
        """Search and filter; the rows are rebuilt only if the sessions found have changed."""
        sessions, words = self.book.reader.sessions(), typed_words(self.word)
        if words or self.wanted:
            sessions = found(self.book.profile.library, self._cards(), self.wanted, words)
        sunday = self.book.profile.sunday_first
        if (sessions, sunday) != (self._found, self._sunday):
            self._found, self._sunday = sessions, sunday
            self._listed = week_rows(sessions, sunday=sunday)

    def _cards(self) -> list[SearchEntry]:
        """The search index of the sessions read so far."""
        return self._index.cards(self.book.profile.library, self.book.reader.sessions())

    @property
    def _width(self) -> int:
        """The width of a row, beside the column of the scrollbar."""
        return max(0, self.size.width - 1)

    def on_resize(self) -> None:
        """Lay the title out for the new width."""
        self.show()

    def _show_title(self, lines: list[Line]) -> None:
        self.query_one("#history-title", Lines).set(lines)

    def _show_sessions(self) -> None:
        deleted = len(self._deleted)
        count = len(self._found)
        title = title_lines(self.book, count, deleted, self.word, self.wanted, self._width)
        self._show_title(title)
        self._show_rows(self._listed or none_words(self.word, self.wanted))

    def _show_rows(self, rows: Sequence[object]) -> None:
        """Show rows; the cursor of one who looks at them stays on its session or set, also if
        another one came in above it."""
        here = id_of(self.rows.value) if self.rows.marked else None
        same = (place for place, row in enumerate(rows) if here and id_of(row) == here)
        self.rows.show(rows, next(same, None))

    def _show_one(self, session: Session) -> None:
        self._show_title(session_lines(self.book, session, self._width))
        self._show_rows(session_rows(session, self._width))

    def _stops(self, value: object) -> bool:
        return isinstance(value, Session | Note | Entry | OneSet | Deleted)

    def _draw(self, value: object, width: int) -> Line:
        return row_line(self.book, value, width)

    # -- opening and going ---------------------------------------------------------------------

    def open_row(self) -> None:
        """Open what is under the cursor; a click brings nothing back."""
        if not self.shows_deleted:
            self.action_open()

    def action_open(self) -> None:
        """Open the session; in an open one, show how to do an exercise, or go back on a set. Bring
        back what was deleted."""
        value = self.rows.value
        if isinstance(value, Session):
            self._open(self.rows.cursor)
        elif isinstance(value, Entry):
            self._open_exercise(value)
        elif isinstance(value, Deleted):
            self.changes.restore(value)
        elif self.opened is not None:
            self.action_back()

    def _open(self, place: int) -> None:
        """Open the session listed at a place, the cursor on the set that matches the search."""
        session = self._listed[place]
        assert isinstance(session, Session)
        self._at = place
        self._open_session(session)

    def _open_session(self, session: Session) -> None:
        self.opened = session.id
        self.show()
        # First to the top, so that the heading above the first set stays in sight.
        self.rows.go(0)
        words = typed_words(self.word)
        self.rows.go(nearest_set(self.book.profile.library, self.rows.values, words))

    def open(self, session_id: str) -> None:
        """Open a session by its id; search and filter are cleared."""
        self._show_all()
        for place, value in enumerate(self._listed):
            if isinstance(value, Session) and value.id == session_id:
                self._open(place)
                return
        self.say(GONE)

    def _show_all(self) -> None:
        """Show all sessions again, without a search or a filter."""
        self.word = self.limits = ""
        self.wanted = EVERYTHING
        self.shows_deleted = False
        self.show()

    def _open_exercise(self, entry: Entry) -> None:
        exercise = self.book.profile.library.exercises.get(entry.exercise)
        if exercise is None:
            self.say(f"The library has no exercise called {entry.exercise}.", "warn")
        else:
            self.navigator.open_card(exercise)

    def action_back(self) -> None:
        """Return to the sessions, with the cursor where it was; from there, to all of them."""
        if self.opened is not None:
            place, dropped = self._place(), self.changes.drop(self.opened)
            self.opened = None
            self.show()
            self.rows.go(place)
            if dropped:
                self.say("Nothing logged, nothing kept.")
        elif self.shows_deleted or self.word or self.wanted:
            self._show_all()

    def action_deleted(self) -> None:
        """Show what was deleted, or all sessions again."""
        self.opened = None
        self.shows_deleted = not self.shows_deleted
        self.show()
        self.rows.go(0)

    def _session_here(self) -> Session | None:
        """The open session, or the one under the cursor."""
        here = self.changes.session(self.opened) if self.opened else self.rows.value
        return here if isinstance(here, Session) else None

    def action_day(self, by: int) -> None:
        """Go to the training day before (-1) or after (1); if a session is open, open that
        day's."""
        here = self._session_here()
        if here is not None:
            for day, sessions in groupby(self._onward(-by), key=lambda pair: pair[1].day):
                if day != here.day:
                    self._go(min(place for place, _ in sessions))
                    return
        self._no_more(by)

    def action_step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) session of the list; if one is open, open that."""
        following = next(self._onward(by), None)
        if following is None:
            self._no_more(-by)
        else:
            self._go(following[0])

    def action_date(self) -> None:
        """Ask for a date, and go to the last session up to that day."""
        self.ask(
            "Go to which day?",
            lambda typed: self._go_to(day_of(typed, self.book.now().date())),
            why="2 nov, mon, yesterday, or -30 for 30 days ago.",
        )

    def _go_to(self, day: date) -> None:
        self._leave_deleted()
        listed = [p for p, value in enumerate(self._listed) if isinstance(value, Session)]
        if not listed:
            self.say("There is no session to go to.")
            return
        place = next((p for p in listed if self._session(p).day <= day), listed[-1])
        self._go(place)
        if (other := self._session(place).day) != day:
            nearest = "the last before it" if other < day else "the first there is"
            self.say(f"No session on {day_text(day)}. This is {nearest}.")

    def _place(self) -> int:
        """The place in the list of the open session, or of the cursor."""
        if self.opened is None:
            return self.rows.cursor
        every = enumerate(self._listed)
        same = (p for p, v in every if isinstance(v, Session) and v.id == self.opened)
        # A corrected session may no longer match the search: then use the place where it was.
        return next(same, min(self._at, len(self._listed)))

    def _session(self, place: int) -> Session:
        session = self._listed[place]
        assert isinstance(session, Session)
        return session

    def _onward(self, by: int) -> Iterator[tuple[int, Session]]:
        """The sessions listed after (1) or before (-1) the current one, nearest first."""
        place = self._place() + by
        while 0 <= place < len(self._listed):
            if isinstance(session := self._listed[place], Session):
                yield place, session
            place += by

    def _go(self, place: int) -> None:
        """Go to the session listed at a place; if a session is open, open that one instead."""
        if self.opened is None:
            self.rows.go(place)
        else:
            self._open(place)

    def _no_more(self, by: int) -> None:
        self.say("That is the last one." if by > 0 else "That is the first one.")

    def _leave_deleted(self) -> None:
        """Go back from what was deleted to the sessions."""
        if self.shows_deleted:
            self.shows_deleted = False
            self.show()

    # -- finding -------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Search notes and the names of exercises and programmes."""
        self.opened, self.shows_deleted = None, False
        self.show()

        def typed(line: str) -> None:
            if line.strip() != self.word:
                self.word = line.strip()
                self.show()
                self.rows.go(0)

        self.ask("Find which words?", typed, value=self.word, typed=typed)
        # Build the search index after the prompt is drawn and before the first letter.
        self.call_after_refresh(self._cards)

    def action_filter(self) -> None:
        """Filter the sessions by programme, exercise, category, pain, note or flag; an empty line
        shows all again."""
        self._leave_deleted()

        def typed(line: str) -> None:
            if line.strip() != self.limits:
                self.wanted, self.limits = wanted_of(line, self.book.profile.library), line.strip()
                self.opened = None
                self.show()
                self.rows.go(0)

        def typing(line: str) -> None:
            # A word that is half typed may mean nothing yet.
            with suppress(BadDocument):
                typed(line)

        self.ask("Only which?", typed, value=self.limits, typed=typing, why=LIMITS)
        self.call_after_refresh(self._cards)

    # -- looking back ------------------------------------------------------------------------

    def action_trend(self) -> None:
        """Show the trend of the exercise under the cursor."""
        value = self.rows.value
        if isinstance(value, OneSet):
            value = value.entry
        if isinstance(value, Entry):
            self.navigator.open_trend(value.exercise)
        else:
            self.say("enter opens the session; then T shows how an exercise in it goes.")

    def action_week(self) -> None:
        """Show the week of the current session, done and planned."""
        here = self._session_here()
        if here is not None:
            self.navigator.open_week(here.day)
        else:
            self.say("There is no session to take the week of.")

    # -- sharing -------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The open session, or the one under the cursor, ready to share."""
        session = self._session_here()
        return None if session is None else shared_session(self.book, session)

    # -- changing ------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Correct the set, or write the note, under the cursor."""
        session, value = self.changes.session(self.opened), self.rows.value
        if session is not None and isinstance(value, OneSet):
            self.changes.ask_set(session, value)
        elif session is not None and isinstance(value, Note):
            self.changes.ask_note(session)
        else:
            first = "enter opens the session; then " if session is None else ""
            self.say(f"{first}e corrects the set under the cursor.")

    def _follow(self, set_id: str) -> None:
        """Put the cursor on a set that was added."""
        self.show()
        self.rows.go(next(p for p, value in enumerate(self.rows.values) if id_of(value) == set_id))

    def action_flag(self) -> None:
        """Ask what went wrong with the set under the cursor."""
        session, value = self.changes.session(self.opened), self.rows.value
        if session is not None and isinstance(value, OneSet):
            self.changes.ask_flags(session, value)
        else:
            first = "enter opens the session; then " if session is None else ""
            self.say(f"{first}c says what went wrong with the set under the cursor.")

    def action_start(self) -> None:
        """Ask when the session was, and move it there."""
        if (session := self._session_here()) is not None:
            self.changes.ask_start(session)
        else:
            self.say("There is no session to move.")

    def action_add(self) -> None:
        """Add sets to the open session; in the list, begin a past one."""
        session, value = self.changes.session(self.opened), self.rows.value
        if session is None:
            self._leave_deleted()
            self.ask("A past session. When was it?", self._begin, why=WHEN)
            return
        entry = value.entry if isinstance(value, OneSet) else value
        here = entry.exercise if isinstance(entry, Entry) else None
        self.changes.choose_exercise(session, here)

    def _begin(self, typed: str) -> None:
        moment = self.changes.past_moment(typed)
        with self.guarded():
            self.book.access.check()
            self._at = self.rows.cursor
            self._open_session(self.changes.begin(moment))

    def action_delete(self) -> None:
        """Delete the session, or in an open one the set or the note; u brings it back."""
        session, value = self.changes.session(self.opened), self.rows.value
        if session is not None:
            self.changes.delete_part(session, value)
        elif isinstance(value, Session):
            self.changes.delete(value)

    def action_undo(self) -> None:
        """Undo the last change of the log."""
        self.changes.undo()

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.changes.redo()
