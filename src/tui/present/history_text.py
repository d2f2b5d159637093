"""What was done in words: all sessions by week, or the sets of one exercise."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import sums_words, weeks
from tui.domain.model.text import number_of
from tui.domain.model.values import Session, SetEntry
from tui.domain.review.context import summed, total
from tui.present.report import Report, Section, Table, table
from tui.present.review_columns import sum_cells, sum_columns
from tui.present.today_text import exercise_sets, session_title, sets_text


def history_report(sessions: Iterable[Session], library: Library, unit: str = "kg") -> Report:
    """Sessions by week with their sums, newest first; loads in ``unit``."""
    by_week = weeks(sessions)
    every = table(
        ("On", "Session", *sum_columns(unit), "Note"),
        [_cells(session, library, unit) for _, found in by_week for session in found],
    )
    if every is None:
        return Report(title="History", sections=(Section(statements=("Nothing is logged yet.",)),))
    rows = iter(every.rows)
    sections = []
    for monday, found in by_week:
        made = [
            number_of(len(found), "session"),
            *sums_words(total(found, library.exercises), unit),
        ]
        sections.append(
            Section(
                title=f"Week of {monday}: {', '.join(made)}",
                statements=tuple(_words(session, library, unit) for session in found),
                table=Table(every.columns, tuple(islice(rows, len(found)))),
            )
        )
    return Report(title="History", sections=tuple(sections))


def _words(session: Session, library: Library, unit: str) -> str:
    made = ", ".join(sums_words(summed(session, library.exercises), unit))
    words = f"{day_text(session.day)}: {session_title(session, library)}: {made}"
    return f"{words}; note: {session.note}" if session.note else words


def _cells(session: Session, library: Library, unit: str) -> tuple[str, ...]:
    made = sum_cells(summed(session, library.exercises), unit)
    return (day_text(session.day), session_title(session, library), *made, session.note)


def exercise_history_report(
    sessions: Iterable[Session], exercise: str, library: Library, unit: str = "kg"
) -> Report:
    """The sets of one exercise by date, newest first, with what was noted on them."""
    rows = [
        (day_text(session.day), sets_text(rows, unit), notes_text(rows))
        for session, rows in exercise_sets(sessions, exercise)
    ]
    said = [f"{day}: {sets}{f'; note: {note}' if note else ''}" for day, sets, note in rows]
    section = Section(
        statements=tuple(said or ["Nothing of it is logged yet."]),
        table=table(("On", "Sets", "Note"), rows),
    )
    return Report(title=exercise_name(library, exercise), sections=(section,))


def notes_text(rows: Iterable[SetEntry]) -> str:
    """What was noted on sets, each note once."""
    return "; ".join(dict.fromkeys(row.note for row in rows if row.note))
