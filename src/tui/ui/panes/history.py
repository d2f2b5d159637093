"""History: sessions by week; open one to see, correct or delete its sets."""

from __future__ import annotations

import operator
from datetime import date
from textwrap import wrap

from msgspec import Struct
from textual.app import ComposeResult

from tui.core.model import Entry, Session, SetEntry
from tui.core.notation import parse, show, written
from tui.core.review import by_set, sums, sums_words, total, weeks
from tui.core.text import clean
from tui.logbook import Logbook
from tui.ui.commands import HISTORY, bindings
from tui.ui.ink import Line, Lines, fitted, spread
from tui.ui.lists import List
from tui.ui.pane import Host, Pane
from tui.ui.panes.today_lines import unread

NEXT = "2 goes to today's."

DATE, LEAST_NAME = 13, 11


class Week(Struct, frozen=True):
    """The heading of a week."""

    monday: date
    sessions: tuple[Session, ...]


class OneSet(Struct, frozen=True):
    """The rows of one set within an open session."""

    entry: Entry
    rows: tuple[SetEntry, ...]


def fitting(room: int, *words: str) -> str:
    """The first of ``words`` that fits, with a blank on each side; nothing where none does."""
    return next((f" {word} " for word in words if len(word) + 2 <= room), "")


class HistoryPane(Pane):
    """Weeks and sessions, or the sets of one session."""

    BINDINGS = bindings(HISTORY)

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="history")
        self.word = ""
        self.opened: str | None = None
        self._at = 0
        self._shown: tuple[object, ...] | None = None

    def compose(self) -> ComposeResult:
        """What is shown, and the rows."""
        yield Lines(id="history-title")
        yield List(self._draw, stops=self._stops, id="sessions")

    def show(self) -> None:
        """Show what has been read so far, and say so while it is not all."""
        shown = (self.book.sessions(), self.book.complete, self.word, self.opened)
        if self._shown is not None and all(map(operator.is_, shown, self._shown)):
            # Logging a set changes nothing here, and building thousands of rows is not free.
            return
        self._shown = shown
        session = self.book.session(self.opened) if self.opened else None
        if session is None or session.deleted:
            self.opened = None
            self._show_sessions()
        else:
            self._show_one(session)

    def _show_sessions(self) -> None:
        found = [s for s in self.book.sessions() if self._fits(s)]
        values: list[object] = []
        for monday, sessions in weeks(found):
            values += [Week(monday, tuple(sessions)), *sessions]
        count = f"  {len(found)}" if self.book.complete else f"  {unread(self.book)}"
        words = f"  {self.word}" if self.word else ""
        title: Line = [("History", "loud"), (count, ""), (words, "accent")]
        self.query_one("#history-title", Lines).set([title, []])
        if not values:
            values = ["None with that word."] if self.word else ["No sessions yet.", NEXT]
        self.rows.show(values)

    def _show_one(self, session: Session) -> None:
        title: Line = [
            (f"{session.day:%a %d %b %Y}", "loud"),
            (f"  {self._called_session(session)}", ""),
        ]
        self.query_one("#history-title", Lines).set([title, []])
        values: list[object] = []
        for entry in session.live():
            values.append(entry)
            values += [OneSet(entry, rows) for rows in by_set(entry.live())]
        values += ["", "  ".join(sums_words(sums(session), self.book.unit))]
        if session.note:
            values += wrap(clean(f"Note: {session.note}"), max(20, self.rows.size.width - 2))
        self.rows.show(values)

    def _fits(self, session: Session) -> bool:
        if not self.word:
            return True
        texts = [session.note, self._called_session(session)]
        for entry in session.live():
            texts += [entry.exercise, self._exercise(entry), *(row.note for row in entry.live())]
        return any(self.word.lower() in text.lower() for text in texts)

    def _stops(self, value: object) -> bool:
        return isinstance(value, Session | OneSet)

    def _called_session(self, session: Session) -> str:
        programme = self.book.library.programmes.get(session.programme or "")
        if programme is None:
            return session.programme or "own session"
        part = next((p.name for p in programme.parts if p.id == session.part), "")
        return part if part == programme.name or not part else f"{programme.name}, {part}"

    def _exercise(self, entry: Entry) -> str:
        exercise = self.book.library.exercises.get(entry.exercise)
        return exercise.name if exercise else entry.exercise

    def _draw(self, value: object, width: int) -> Line:
        match value:
            case Week(monday, sessions):
                words = sums_words(total(sessions), self.book.unit) if self.book.complete else []
                year, week, _ = monday.isocalendar()
                head = f"Week {week}, {year}"
                right = fitting(width - len(head), "  ".join(words[:2]), *words[:1])
                return spread([(head, "dim")], [(right, "dim")], width)
            case Session():
                added, name = sums(value), self._called_session(value)
                sets, minutes = sums_words(added)[0], f"{added.minutes:>3} min"
                whole = f"{sets} {minutes}" if added.minutes else sets
                right = fitting(width - DATE - min(len(name), LEAST_NAME), whole, sets)
                name = fitted(name, width - len(right) - DATE)
                left = [(f" {value.day:%a %d %b}  ", ""), (name, "strong")]
                return spread(left, [(right, "dim")], width)
            case Entry():
                return [(self._exercise(value), "strong")]
            case OneSet(_, rows):
                return self._draw_set(rows)
            case _:
                return [(str(value), "dim")]

    def _draw_set(self, rows: tuple[SetEntry, ...]) -> Line:
        first = rows[0]
        if first.undone:
            return [(f"  {first.number}  left out ({first.undone})", "dim")]
        note = f"  {first.note}" if first.note else ""
        return [
            (f"  {first.number}  ", "dim"),
            (show(map(written, rows), self.book.unit), ""),
            (note, "dim"),
        ]

    # -- keys ----------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Enter: open the session; in an open one: back."""
        value = self.rows.value
        if isinstance(value, Session):
            self._at = self.rows.cursor
            self.opened = value.id
            self.show()
            self.rows.go(0)
        else:
            self.action_back()

    def action_back(self) -> None:
        """Back to the sessions, with the cursor where it was."""
        if self.opened is not None:
            self.opened = None
            self.show()
            self.rows.go(self._at)

    def action_find(self) -> None:
        """Sessions with a word in an exercise or a note."""
        self.opened = None
        self.show()

        def typed(word: str) -> None:
            self.word = word.strip()
            self.show()
            self.rows.go(0)

        self.host.ask("find:", self.word, typed, typed)

    def action_edit(self) -> None:
        """Correct one set in the one-line notation."""
        session = self.book.session(self.opened) if self.opened else None
        value = self.rows.value
        if session is None or not isinstance(value, OneSet):
            self.say("enter opens the session; then e corrects the set under the cursor")
            return

        def answer(typed: str) -> None:
            with self.guarded():
                exercise = self.book.library.exercises.get(value.entry.exercise)
                rows = parse(typed, exercise.kind if exercise else None, single=True)
                self.book.correct(session, value.rows, rows)

        old = show(map(written, value.rows), self.book.unit)
        self.ask(f"set {value.rows[0].number}:", old, answer)

    def action_delete(self) -> None:
        """Delete the session, or in an open one the set; u brings it back."""
        value = self.rows.value
        session = self.book.session(self.opened) if self.opened else None
        with self.guarded():
            if isinstance(value, Session):
                self.book.delete(value)
                self.say("deleted; u brings it back", "good")
            elif session is not None and isinstance(value, OneSet):
                self.book.delete_set(session, value.rows)
                self.say("deleted; u brings it back", "good")

    def action_undo(self) -> None:
        """Take the last change of the log back."""
        with self.guarded():
            back = self.book.undo()
            self.say("nothing to undo here" if back is None else "undone", "good")
