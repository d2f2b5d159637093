"""Rows of the History pane: weeks and sessions, the sets of an open session, what was deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.calculator.morning_pain import region_name
from tui.domain.model.cells import cell_width, fitted, folded, padded
from tui.domain.model.deleted import Deleted
from tui.domain.model.library.catalog import Library, exercise_name
from tui.domain.model.notation_show import Form
from tui.domain.model.outcome import Outcome, outcome
from tui.domain.model.stamps import edited_at
from tui.domain.model.sums import Sums, by_set, weeks
from tui.domain.model.text import number_of
from tui.domain.model.values import Entry, Session, SetEntry, SetKind
from tui.domain.planning.wording import clock, short_day
from tui.domain.review.context import summed, total
from tui.domain.review.log_search import Wanted
from tui.present.changes import deleted_words, done_text
from tui.present.words import lifted_text, session_title, sums_words, undone_word
from tui.ui.marks import LOOK, logged, worth_a_look
from tui.ui.panes.today_lines import unread
from tui.ui.widgets.styled_text import Line, Span, spread, width_of

NO_SESSIONS = ["No sessions yet. 2 goes to today's, a adds a past one."]
NO_SETS = "No sets yet. a adds the first."
NOTE = " Note  "
NO_NOTE = "none yet; e writes one"
NONE_DELETED = ["Nothing was deleted. X goes back to all sessions."]
BACK = "X back to all"

DATE, SETS, MINUTES = 13, 9, 8
# Room for what was odd about a session, in a wide list and in a narrow one; there is none and no
# minutes in the narrowest.
TOLD, NARROW = 17, 70
TOLD_NARROW, NARROWEST = 9, 48
LEAST = 20


class Week(Struct, frozen=True):
    """The heading of a week."""

    first: date
    sessions: tuple[Session, ...]


class Note(Struct, frozen=True):
    """The row of an open session's note."""

    words: str


class OneSet(Struct, frozen=True):
    """A set of an open session: ``rows`` are its sides."""

    entry: Entry
    rows: tuple[SetEntry, ...]


# -- titles ----------------------------------------------------------------------------------------


def title_lines(
    book: Logbook, count: int, deleted: int, word: str, wanted: Wanted, width: int
) -> list[Line]:
    """The title: how many sessions are listed (or that the log is still being read) and how many
    things were deleted; below it the search and the filter."""
    words = " and ".join(_looked_for(word, wanted))
    every = number_of(len(book.reader.sessions()), "session")
    many = f"{count} of {every}" if words else every
    shown = many if book.reader.complete else unread(book)
    right: Line = [(f"{deleted} deleted: X", "dim")] if deleted else []
    return [
        spread([("History", "loud"), (f"  {shown}", "")], right, width),
        [(f"Only {words}", "accent")] if words else [],
    ]


def deleted_title(count: int, width: int) -> list[Line]:
    """The title of what was deleted."""
    return [spread([("Deleted", "loud"), (f"  {count}", "")], [(BACK, "dim")], width), []]


def session_lines(book: Logbook, session: Session, width: int) -> list[Line]:
    """The title of an open session: when it was, what it was, and as many of its sums as fit."""
    library, unit = book.profile.library, book.profile.unit
    made = summed(session, library.exercises)
    sums = [_short(made, words, unit) for words in sums_words(made, unit) if " min" not in words]
    name = session_title(session, library) if session.live() else "A past session"
    year = "" if session.day.year == book.now().year else f" {session.day.year}"
    left: Line = [
        (f"{short_day(session.day)}{year}{_times(session, book.profile.hours)}", "loud"),
        (f"  {name}", ""),
    ]
    room = width - width_of(left) if session.live() else 0
    right = _fitting(room, *(" · ".join(sums[:count]) for count in range(len(sums), 0, -1)))
    if not right:
        left = [left[0], (fitted(left[1][0], max(0, width - width_of(left[:1]))), "")]
    return [spread(left, [(right.strip(), "")], width) if right else left, []]


def _times(session: Session, hours: int) -> str:
    """From when to when a session was, after its day; empty if that is not known."""
    begun, over = session.started, session.finished
    if over is not None and over > begun:
        ended = over.astimezone(begun.tzinfo)
        return f", {clock(begun.time(), hours)} to {clock(ended.time(), hours)}"
    # Sets of another day are logged at noon if no time is given.
    return "" if (begun.hour, begun.minute) == (12, 0) else f", {clock(begun.time(), hours)}"


def none_words(word: str, wanted: Wanted) -> list[str]:
    """What is shown when no session is listed: why, and what to do."""
    looked_for = _looked_for(word, wanted)
    if not looked_for:
        return NO_SESSIONS
    key = "f" if wanted else "/"
    return [f"Nothing with {' and '.join(looked_for)}. {key} changes it, left shows all."]


def _looked_for(word: str, wanted: Wanted) -> list[str]:
    """The search and each part of the filter, in words."""
    quoted = [f"“{words}”" for words in (word, " ".join(wanted.exercise)) if words]
    named = [f"category {wanted.category}"] if wanted.category else []
    if wanted.programme:
        named.append(f"programme “{' '.join(wanted.programme)}”")
    return [*quoted, *named, *wanted.has]


# -- rows ------------------------------------------------------------------------------------------


def week_rows(sessions: Iterable[Session], *, sunday: bool = False) -> list[object]:
    """Sessions under the headings of their weeks, from Monday or from ``sunday``, newest first."""
    rows: list[object] = []
    for first, within in weeks(sessions, sunday=sunday):
        rows += [Week(first, tuple(within)), *within]
    return rows


def session_rows(session: Session, width: int) -> list[object]:
    """The note of a session, in as many rows as it takes, and its exercises, each followed by its
    sets."""
    rows: list[object] = [Note(session.note)]
    rows += _note_lines(session.note, width)[1:]
    count = len(rows)
    for entry in session.live():
        rows.append(entry)
        rows += [OneSet(entry, sides) for sides in by_set(entry.live())]
    return rows if len(rows) > count else [*rows, NO_SETS]


def _note_lines(note: str, width: int) -> list[str]:
    """A note in lines that fit behind its name."""
    indent = " " * len(NOTE)
    return [line.removeprefix(" ") for line in folded(note, max(LEAST, width - 1), indent)]


def id_of(value: object) -> str | None:
    """The id of the session, exercise, set or deletion that a row shows; None for any other row."""
    match value:
        case Session() | Entry():
            return value.id
        case OneSet(_, rows):
            return rows[0].id
        case Deleted(session, _, _, rows):
            return rows[0].id if rows else session.id
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
        case Note(words):
            first = "".join(_note_lines(words, width + 1)[:1]).strip()
            return [(NOTE, "dim"), (first, "") if words else (NO_NOTE, "dim")]
        case Entry():
            name = exercise_name(book.profile.library, value.exercise)
            return [(fitted(f" {name}", width), "strong")]
        case OneSet():
            return _set_line(book, value, width)
        case Deleted():
            return _deleted_line(book, value, width)
        case _:
            return [(f" {value}", "dim")]


def _week_line(book: Logbook, week: Week, width: int) -> Line:
    head = f" {_week_name(week.first, book.now().date())}"
    sums: list[str] = []
    # No sums until the log is complete: the rest of the week may not have been read yet.
    if book.reader.complete:
        unit = book.profile.unit
        made = total(week.sessions, book.profile.library.exercises)
        sums = [number_of(made.sessions, "session")]
        sums += [_short(made, words, unit) for words in sums_words(made, unit)]
    right = _fitting(
        width - len(head), *("  ".join(sums[:count]) for count in (3, 2, 1) if sums[:count])
    )
    return spread([(head, "dim")], [(right.strip(), "dim")], width)


def _short(made: Sums, words: str, unit: str) -> str:
    """One of the sums in words; that a weight was lifted goes without saying."""
    return lifted_text(made.tonnage_kg, unit) if words.endswith("lifted") else words


def _week_name(first: date, today: date) -> str:
    """A week by its number in the calendar, or by its first day if that is no Monday; with its year
    if that is another one."""
    year, number, weekday = first.isocalendar()
    if weekday != 1:
        year = first.year
    name = f"Week {number}" if weekday == 1 else f"Week of {short_day(first)}"
    return name if year == today.year else f"{name}, {year}"


def _session_line(book: Logbook, session: Session, width: int) -> Line:
    library = book.profile.library
    made = summed(session, library.exercises)
    minutes = f"{made.minutes} min" if made.minutes else ""
    room = TOLD if width >= NARROW else TOLD_NARROW if width >= NARROWEST else 0
    told = _told(session, library)
    words = next(
        (fit for fit in (", ".join(told), *told) if cell_width(fit) <= room - 2),
        fitted(told[0], room - 2) if told else "",
    )
    right = f"{sums_words(made)[0]:>{SETS}}" + (f"{minutes:>{MINUTES}}" if room else "")
    name = padded(session_title(session, library), max(1, width - len(right) - room - DATE))
    return [
        (f" {short_day(session.day):<{DATE - 1}}", ""),
        (name, "strong"),
        (right, "dim"),
        (f"  {words}", "warn"),
    ]


def _told(session: Session, library: Library) -> list[str]:
    """What was odd about a session: the worst pain, with its place, and how many sets fell
    short."""
    told = []
    pain, where = max(
        ((row.pain or 0, entry.exercise) for entry in session.live() for row in entry.live()),
        default=(0, ""),
    )
    if pain:
        exercise = library.exercises.get(where)
        told.append(f"{'pain' if exercise is None else region_name(exercise.region)} {pain}")
    work = [
        rows
        for entry in session.live()
        for rows in by_set(entry.live())
        if rows[0].kind is SetKind.WORK
    ]
    short = sum(outcome(rows) is Outcome.SHORT for rows in work)
    return [*([f"{short} short"] if short else []), *told]


def done_of(rows: Sequence[SetEntry]) -> list[SetEntry]:
    """The sides of a set that were done."""
    return [row for row in rows if row.undone is None]


def _set_line(book: Logbook, one: OneSet, width: int) -> Line:
    """A set: its number, what was done, its note; at the end its mark, and what was planned where
    that differs."""
    rows, done, first = one.rows, done_of(one.rows), one.rows[0]
    library, unit = book.profile.library, book.profile.unit
    form = Form.LONG if width >= NARROWEST else Form.SHORT
    mark: list[Span] = [logged(rows), LOOK if worth_a_look(rows) else ("  ", "")]
    shown = (
        done_text(one.entry.exercise, done, library, unit, form)
        if done
        else f"left out ({undone_word(first)})"
    )
    left: list[Span] = [(f" {first.number}  ", "dim"), (shown, "" if done else "dim")]
    planned: Line = []
    if done and outcome(done) is not Outcome.AS_PLANNED:
        wanted = done_text(one.entry.exercise, as_planned(rows), library, unit, form)
        planned = [(f"planned {wanted}   ", "dim")]
    room = width - width_of(mark) - 1
    if width_of(left) + width_of(planned) + 1 > room:
        planned = []
    if first.note:
        note = f"  {first.note}"
        left.append((fitted(note, max(0, room - width_of(left) - width_of(planned))), "dim"))
    return spread(left, [*planned, *mark], width)


def as_planned(rows: Sequence[SetEntry]) -> list[SetEntry]:
    """The sides of a set as they were planned, without what was said of them."""
    return [
        replace(row, done=row.prescribed, undone=None, rir=None, effort=None, pain=None, flags=())
        for row in rows
        if row.prescribed is not None
    ]


def _deleted_line(book: Logbook, one: Deleted, width: int) -> Line:
    when = ""
    if edited_at(one.at) > 0:
        at = datetime.fromisoformat(one.at).astimezone(book.now().tzinfo)
        when = f"  {'deleted ' if width >= NARROWEST else ''}{short_day(at.date())}"
    words = deleted_words(one, book.profile.library)
    room = max(0, width - DATE - width_of([(when, "")]) - 1)
    left = [(f" {short_day(one.session.day):<{DATE - 1}}", ""), (fitted(words, room), "strong")]
    return spread(left, [(when, "dim")], width)


def _fitting(room: int, *words: str) -> str:
    """The first of ``words`` that fits, with a blank on each side; empty if none does."""
    return next((f" {word} " for word in words if len(word) + 2 <= room), "")
