"""Rows of the History pane: weeks, sessions, and the sets of an open session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.domain.model.cells import fitted, folded
from tui.domain.model.library.catalog import Library, exercise_name
from tui.domain.model.notation import show, written
from tui.domain.model.sums import by_set, weeks
from tui.domain.model.values import Entry, Session, SetEntry
from tui.domain.planning.wording import short_day
from tui.domain.review.context import summed, total
from tui.domain.review.log_search import Wanted, session_name
from tui.present.words import sums_words
from tui.ui.panes.today_lines import unread
from tui.ui.widgets.styled_text import Line, spread

NEXT = "2 goes to today's."
AGAIN = "f and an empty line: all again."

DATE, LEAST_NAME, LEAST_WIDTH = 13, 11, 20


class Week(Struct, frozen=True):
    """The heading of a week."""

    first: date
    sessions: tuple[Session, ...]


class OneSet(Struct, frozen=True):
    """A set of an open session: ``rows`` are its sides."""

    entry: Entry
    rows: tuple[SetEntry, ...]


def title_lines(book: Logbook, count: int, word: str, wanted: Wanted) -> list[Line]:
    """The title: how many sessions are listed (or that the log is still being read), and below it
    the search and the filter."""
    looked_for = [f"find {word}" if word else "", wanted.words]
    words = ", ".join(filter(None, looked_for))
    every = len(book.reader.sessions())
    many = f"{count} of {every} session{'' if every == 1 else 's'}" if words else f"{count}"
    shown = many if book.reader.complete else unread(book)
    return [[("History", "loud"), (f"  {shown}", "")], [(words, "accent")]]


def none_words(word: str, wanted: Wanted) -> list[str]:
    """The text shown when no session is listed."""
    if wanted:
        return ["None that fits.", AGAIN]
    return ["None with that word."] if word else ["No sessions yet.", NEXT]


def week_rows(sessions: Iterable[Session], *, sunday: bool = False) -> list[object]:
    """Sessions under the headings of their weeks, from Monday or from ``sunday``, newest first."""
    rows: list[object] = []
    for first, within in weeks(sessions, sunday=sunday):
        rows += [Week(first, tuple(within)), *within]
    return rows


def session_rows(session: Session, library: Library, unit: str, width: int) -> list[object]:
    """The exercises of a session, each followed by its sets; then the sums of the session, and its
    note."""
    rows: list[object] = []
    for entry in session.live():
        rows.append(entry)
        rows += [OneSet(entry, sides) for sides in by_set(entry.live())]
    made = "  ".join(sums_words(summed(session, library.exercises), unit))
    note = f"Note: {session.note}" if session.note else ""
    rows.append("")
    for words in (made, note):
        rows += folded(words, max(LEAST_WIDTH, width - 2))
    return rows


def id_of(value: object) -> str | None:
    """The id of the session, exercise or set that a row shows; None for any other row."""
    match value:
        case Session() | Entry():
            return value.id
        case OneSet(_, rows):
            return rows[0].id
    return None


def nearest_set(library: Library, rows: Sequence[object], words: Sequence[str]) -> int:
    """The index of the first set with the most of ``words`` in its note or the name of its
    exercise; the first set if none has any."""

    def having(place: int) -> int:
        value = rows[place]
        assert isinstance(value, OneSet)
        exercise = value.entry.exercise
        texts = [exercise, exercise_name(library, exercise), *(row.note for row in value.rows)]
        text = "\n".join(texts).casefold()
        return sum(word in text for word in words)

    sets = [place for place, value in enumerate(rows) if isinstance(value, OneSet)]
    return max(sets, key=having, default=0)


def row_line(book: Logbook, value: object, width: int) -> Line:
    """A row as a line, in a width of cells."""
    match value:
        case Week():
            return _week_line(book, value, width)
        case Session():
            return _session_line(book, value, width)
        case Entry():
            name = exercise_name(book.profile.library, value.exercise)
            return [(fitted(f" {name}", width), "strong")]
        case OneSet(_, rows):
            return _set_line(rows, book.profile.unit)
        case _:
            return [(str(value), "dim")]


def _week_line(book: Logbook, week: Week, width: int) -> Line:
    # No sums until the log is complete: the rest of the week may not have been read yet.
    known = book.profile.library.exercises
    words = (
        sums_words(total(week.sessions, known), book.profile.unit) if book.reader.complete else []
    )
    head = _week_name(week.first)
    right = _fitting(width - len(head), "  ".join(words[:2]), *words[:1])
    return spread([(head, "dim")], [(right, "dim")], width)


def _week_name(first: date) -> str:
    """A week by its number in the calendar, or by its first day if that is no Monday."""
    year, number, weekday = first.isocalendar()
    return f"Week {number}, {year}" if weekday == 1 else f"Week of {short_day(first)}"


def _session_line(book: Logbook, session: Session, width: int) -> Line:
    added = summed(session, book.profile.library.exercises)
    name = session_name(book.profile.library, session)
    sets, minutes = sums_words(added)[0], f"{added.minutes:>3} min"
    whole = f"{sets} {minutes}" if added.minutes else sets
    right = _fitting(width - DATE - min(len(name), LEAST_NAME), whole, sets)
    name = fitted(name, width - len(right) - DATE)
    left = [(f" {session.day:%a %d %b}  ", ""), (name, "strong")]
    return spread(left, [(right, "dim")], width)


def done_of(rows: Sequence[SetEntry]) -> list[SetEntry]:
    """The sides of a set that were done."""
    return [row for row in rows if row.undone is None]


def _set_line(rows: Sequence[SetEntry], unit: str) -> Line:
    done = done_of(rows)
    first = rows[0]
    if not done:
        return [(f"   {first.number}  left out ({first.undone})", "dim")]
    note = f"  {first.note}" if first.note else ""
    return [(f"   {first.number}  ", "dim"), (show(map(written, done), unit), ""), (note, "dim")]


def _fitting(room: int, *words: str) -> str:
    """The first of ``words`` that fits, with a blank on each side; empty if none does."""
    return next((f" {word} " for word in words if len(word) + 2 <= room), "")
