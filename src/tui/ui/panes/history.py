"""The History pane: past sessions by week, with search and filters; open one to see, correct,
delete or share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import groupby

from textual.app import ComposeResult

from tui.app.logbook import Logbook
from tui.domain.calculator.plausibility import Doubt, doubt, known_on
from tui.domain.model.dates import day_text
from tui.domain.model.notation import Written, parse, show, written
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Session, SetEntry
from tui.domain.planning.date_parser import day_of
from tui.domain.review.log_search import (
    EVERYTHING,
    Index,
    SearchEntry,
    found,
    session_name,
    typed_words,
    wanted_of,
)
from tui.domain.session.actions import Refused
from tui.ui.commands import HISTORY, bindings
from tui.ui.host import Host
from tui.ui.panes.history_lines import (
    OneSet,
    done_of,
    id_of,
    nearest_set,
    none_words,
    row_line,
    session_rows,
    title_lines,
    week_rows,
)
from tui.ui.panes.pane import Pane
from tui.ui.panes.sure import ask_if_sure
from tui.ui.sharing import Shared, Sharing, SharingKeys, shared_session
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList


class HistoryPane(SharingKeys, Pane):
    """The sessions that match search and filter, by week, or the sets of the one ``opened``."""

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
        self._at = 0
        self._index = Index()
        self._found: Sequence[Session] = ()
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
        )
        if self._shown == shown:
            # Logging a set changes nothing here, and redrawing is not free.
            return
        self._shown = shown
        self._look()
        session = book.reader.session(self.opened) if self.opened else None
        if session is None or session.deleted:
            self.opened = None
            self._show_sessions()
        else:
            self._show_one(session)

    def _look(self) -> None:
        """Search and filter; the rows are rebuilt only if the sessions found have changed."""
        sessions, words = self.book.reader.sessions(), typed_words(self.word)
        if words or self.wanted:
            sessions = found(self.book.profile.library, self._cards(), self.wanted, words)
        if sessions != self._found:
            self._found, self._listed = sessions, week_rows(sessions)

    def _cards(self) -> list[SearchEntry]:
        """The search index of the sessions read so far."""
        return self._index.cards(self.book.profile.library, self.book.reader.sessions())

    def _show_sessions(self) -> None:
        title = title_lines(self.book, len(self._found), self.word, self.wanted)
        self.query_one("#history-title", Lines).set(title)
        self._show_rows(self._listed or none_words(self.word, self.wanted))

    def _show_rows(self, rows: Sequence[object]) -> None:
        """Show rows; the cursor of one who looks at them stays on its session or set, also if
        another one came in above it."""
        here = id_of(self.rows.value) if self.rows.marked else None
        same = (place for place, row in enumerate(rows) if here and id_of(row) == here)
        self.rows.show(rows, next(same, None))

    def _show_one(self, session: Session) -> None:
        title: Line = [
            (f"{session.day:%a %d %b %Y}", "loud"),
            (f"  {session_name(self.book.profile.library, session)}", ""),
        ]
        self.query_one("#history-title", Lines).set([title, []])
        book, width = self.book, self.rows.size.width
        self._show_rows(session_rows(session, book.profile.library, book.profile.unit, width))

    def _stops(self, value: object) -> bool:
        return isinstance(value, Session | Entry | OneSet)

    def _draw(self, value: object, width: int) -> Line:
        return row_line(self.book, value, width)

    # -- opening and going ---------------------------------------------------------------------

    def open_row(self) -> None:
        """Open what is under the cursor."""
        self.action_open()

    def action_open(self) -> None:
        """Open the session; in an open one, show how to do an exercise, or go back on a set."""
        value = self.rows.value
        if isinstance(value, Session):
            self._open(self.rows.cursor)
        elif isinstance(value, Entry):
            self._open_exercise(value)
        else:
            self.action_back()

    def _open(self, place: int) -> None:
        """Open the session listed at a place, the cursor on the set that matches the search."""
        session = self._listed[place]
        assert isinstance(session, Session)
        self._at, self.opened = place, session.id
        self.show()
        # First to the top, so that the heading above the first set stays in sight.
        self.rows.go(0)
        words = typed_words(self.word)
        self.rows.go(nearest_set(self.book.profile.library, self.rows.values, words))

    def open(self, session_id: str) -> None:
        """Open a session by its id; search and filter are cleared."""
        self.word = self.limits = ""
        self.wanted = EVERYTHING
        self.show()
        for place, value in enumerate(self._listed):
            if isinstance(value, Session) and value.id == session_id:
                self._open(place)
                return
        self.say("that session is not in the log any more")

    def _open_exercise(self, entry: Entry) -> None:
        exercise = self.book.profile.library.exercises.get(entry.exercise)
        if exercise is None:
            self.say(f"the library has no exercise called {entry.exercise}", "warn")
        else:
            self.navigator.open_exercise(exercise)

    def action_back(self) -> None:
        """Return to the sessions, with the cursor where it was."""
        if self.opened is not None:
            place = self._place()
            self.opened = None
            self.show()
            self.rows.go(place)

    def _session_here(self) -> Session | None:
        """The open session, or the one under the cursor."""
        here = self.book.reader.session(self.opened) if self.opened else self.rows.value
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
            "go to (2 nov, mon, -30):",
            lambda typed: self._go_to(day_of(typed, self.book.now().date())),
        )

    def _go_to(self, day: date) -> None:
        listed = [p for p, value in enumerate(self._listed) if isinstance(value, Session)]
        if not listed:
            self.say("there is no session to go to")
            return
        place = next((p for p in listed if self._session(p).day <= day), listed[-1])
        self._go(place)
        if (other := self._session(place).day) != day:
            nearest = "the last before it" if other < day else "the first there is"
            self.say(f"no session on {day_text(day)}; this is {nearest}")

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
        self.say("that is the last one" if by > 0 else "that is the first one")

    # -- finding -------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Search notes and the names of exercises and programmes."""
        self.opened = None
        self.show()

        def typed(line: str) -> None:
            if line.strip() != self.word:
                self.word = line.strip()
                self.show()
                self.rows.go(0)

        self.ask("find:", typed, value=self.word, typed=typed)
        # Build the search index after the prompt is drawn and before the first letter.
        self.call_after_refresh(self._cards)

    def action_filter(self) -> None:
        """Filter the sessions by programme, exercise, category, pain, note or flag; an empty line
        shows all again."""

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

        self.ask("only (pain, cat hinge, calf):", typed, value=self.limits, typed=typing)
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
            self.say("enter opens the session; then T shows how an exercise in it goes")

    def action_week(self) -> None:
        """Show the week of the current session, done and planned."""
        here = self._session_here()
        if here is not None:
            self.navigator.open_week(here.day)
        else:
            self.say("there is no session to take the week of")

    # -- sharing -------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The open session, or the one under the cursor, ready to share."""
        session = self._session_here()
        return None if session is None else shared_session(self.book, session)

    # -- changing ------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Correct a set in the one-line notation."""
        session = self.book.reader.session(self.opened) if self.opened else None
        value = self.rows.value
        if session is None or not isinstance(value, OneSet):
            first = "enter opens the session; then " if session is None else ""
            self.say(f"{first}e corrects the set under the cursor")
            return

        label = f"set {value.rows[0].number}:"

        def answer(typed: str) -> None:
            exercise = self.book.profile.library.exercises.get(value.entry.exercise)
            rows = parse(typed, exercise.kind if exercise else None, single=True)
            if odd := self._doubt(session.day, value, rows):
                again = partial(self.ask, label, answer, value=typed)
                ask_if_sure(self, odd, partial(write, odd.confirmed), again)
            else:
                write(rows)

        def write(rows: Sequence[Written]) -> None:
            with self.guarded():
                # The session may have changed since it was asked for.
                now = self._as_it_is(session, value.rows)
                # A side that was left out stays left out unless it is typed.
                named = {row.side for row in rows}
                mine = [r for r in now[1] if r.undone is None or r.side in named]
                self.book.recorder.correct(now[0], mine or now[1], rows)

        old = show(map(written, done_of(value.rows) or value.rows), self.book.profile.unit)
        self.ask(label, answer, value=old)

    def _doubt(self, day: date, old: OneSet, rows: Sequence[Written]) -> Doubt | None:
        """What is odd about a set that was done on a day, as it is corrected now."""
        ids = {row.id for row in old.rows}
        sessions = self.book.reader.sessions()
        known = known_on(day, old.entry.exercise, sessions, besides=ids)
        prescribed = {row.side: row.prescribed for row in old.rows if row.prescribed is not None}
        sure = [row.done for row in old.rows if row.confirmed]
        return doubt(rows, prescribed, known, self.book.profile.unit, sure=sure)

    def _as_it_is(
        self, session: Session, rows: Sequence[SetEntry]
    ) -> tuple[Session, list[SetEntry]]:
        """A session and rows of it as they are in the log now. Raises Refused if the rows are
        gone."""
        now = self.book.reader.session(session.id)
        wanted = {row.id for row in rows}
        entries = () if now is None or now.deleted else now.live()
        found = [row for entry in entries for row in entry.live() if row.id in wanted]
        if now is None or not found:
            raise Refused("that set is not in the log any more")
        return now, found

    def action_delete(self) -> None:
        """Delete the session, or the set if a session is open; u brings it back."""
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
        """Undo the last change of the log."""
        with self.guarded():
            back = self.book.recorder.undo()
            self.say("nothing to undo here" if back is None else "undone", "good")
