"""Presents the log: sessions by week, one session, one exercise's sets; in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import asdict, astuple

from tui.domain.model.codec import Doc, set_to_doc
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form
from tui.domain.model.sums import Best, weeks
from tui.domain.model.text import number_of
from tui.domain.model.values import (
    Session,
    SetEntry,
)
from tui.domain.review.context import summed, total
from tui.present.report import Report, Section
from tui.present.table import Table, table
from tui.present.words import session_title, sets_text, sum_cells, sum_columns, sums_words


def history_report(
    sessions: Iterable[Session], library: Library, unit: str = "kg", *, sunday: bool = False
) -> Report:
    """Sessions by week, from Monday or from ``sunday``, with their sums, newest first; loads in
    ``unit``."""
    by_week = weeks(sessions, sunday=sunday)
    every = table(
        ("On", "Session", *sum_columns(unit), "Note"),
        [_cells(session, library, unit) for _, found in by_week for session in found],
    )
    if every is None:
        return Report(title="History", sections=(Section(statements=("Nothing is logged yet.",)),))
    rows = iter(every.rows)
    sections = []
    for first, found in by_week:
        made = [
            number_of(len(found), "session"),
            *sums_words(total(found, library.exercises), unit),
        ]
        sections.append(
            Section(
                title=f"Week of {first}: {', '.join(made)}",
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
    """The sets of one exercise by date, newest first, with their notes."""
    way = way_of(library, exercise)
    rows = [
        (day_text(session.day), sets_text(rows, unit, way=way), notes_text(rows))
        for session, rows in exercise_sets(sessions, exercise)
    ]
    said = [f"{day}: {sets}{f'; note: {note}' if note else ''}" for day, sets, note in rows]
    section = Section(
        statements=tuple(said or ["Nothing of it is logged yet."]),
        table=table(("On", "Sets", "Note"), rows),
    )
    return Report(title=exercise_name(library, exercise), sections=(section,))


def notes_text(rows: Iterable[SetEntry]) -> str:
    """The notes on sets, each one once."""
    return "; ".join(dict.fromkeys(row.note for row in rows if row.note))


def session_report(
    session: Session, library: Library, unit: str = "kg", bests: Sequence[Best] = ()
) -> Report:
    """A session: its sums, the sets of each exercise with those left out and why, the notes, and
    the ``bests`` in it; loads in ``unit``."""
    return Report(
        title=_heading(session, library),
        sections=tuple(_sections(session, library, unit, bests)),
    )


def _sections(
    session: Session, library: Library, unit: str, bests: Sequence[Best]
) -> Iterator[Section]:
    note = [f"Note: {session.note}"] if session.note else []
    made = ", ".join(sums_words(summed(session, library.exercises), unit))
    yield Section(statements=(f"{made}.", *note))
    rows = _exercise_rows(session, library, unit)
    if rows:
        yield Section(
            title="Sets",
            statements=tuple(map(_statement, rows)),
            table=table(("Exercise", "Sets", "Note"), rows),
        )
    if bests:
        yield _bests(bests, library)


def session_statements(session: Session, library: Library, unit: str = "kg") -> list[str]:
    """What was done in a session: a statement for each exercise, with its notes; loads in
    ``unit``."""
    return [_statement(row) for row in _exercise_rows(session, library, unit)]


def _exercise_rows(session: Session, library: Library, unit: str) -> list[tuple[str, str, str]]:
    """The name, the sets and the notes of each exercise."""
    return [
        (
            exercise_name(library, entry.exercise),
            sets_text(entry.live(), unit, way=way_of(library, entry.exercise)),
            notes_text(entry.live()),
        )
        for entry in session.live()
    ]


def _statement(row: tuple[str, str, str]) -> str:
    name, sets, note = row
    return f"{name}: {sets}{f'; note: {note}' if note else ''}"


def log_report(sessions: Iterable[Session], library: Library, unit: str = "kg") -> Report:
    """The whole log: a section for each session, newest first, with a statement for each exercise;
    loads in ``unit``."""
    # By day first: on a trip across the date line, the later instant may be the earlier day.
    ordered = sorted(sessions, key=lambda s: (s.day, s.started), reverse=True)
    sections = [
        Section(
            title=_heading(session, library),
            statements=tuple(session_statements(session, library, unit)),
            notes=(f"Note: {session.note}",) if session.note else (),
        )
        for session in ordered
    ]
    nothing = Section(statements=("Nothing is logged yet.",))
    return Report(title="Strength log", sections=tuple(sections) or (nothing,))


def _heading(session: Session, library: Library) -> str:
    return f"{day_text(session.day)}: {session_title(session, library)}"


class NamedBest(Struct, frozen=True):
    """A best in words; ``side`` is left, right, or empty if both did the same."""

    name: str
    side: str
    measure: str
    shown: str


def named_bests(bests: Iterable[Best], library: Library) -> list[NamedBest]:
    """Bests in words, merged into one if both sides did the same."""
    sides: dict[tuple[str, str, str], list[str]] = {}
    for one in bests:
        place = (exercise_name(library, one.exercise), one.measure, one.words)
        sides.setdefault(place, []).append(one.side.value)
    return [
        NamedBest(name, found[0] if found in (["left"], ["right"]) else "", measure, shown)
        for (name, measure, shown), found in sides.items()
    ]


def _bests(bests: Sequence[Best], library: Library) -> Section:
    named = named_bests(bests, library)
    return Section(
        title="Bests",
        statements=tuple(
            f"{' '.join(filter(None, [one.name, one.side]))}: {one.measure} {one.shown}"
            for one in named
        ),
        table=table(("Exercise", "Side", "Of", "Best"), map(astuple, named)),
    )


def exercise_sets(
    sessions: Iterable[Session], exercise: str
) -> list[tuple[Session, list[SetEntry]]]:
    """The sessions with sets of an exercise, newest first, each with those sets."""
    found = []
    # By day first: on a trip across the date line, the later instant may be the earlier day.
    for session in sorted(sessions, key=lambda s: (s.day, s.started), reverse=True):
        entries = [e for e in session.live() if e.exercise == exercise and not session.deleted]
        found += [(session, list(entry.live())) for entry in entries]
    return found


# -- as JSON ---------------------------------------------------------------------------------------


def history_doc(sessions: Iterable[Session], library: Library, unit: str = "kg") -> Doc:
    """Weeks, newest first, each with its sums and its sessions."""
    return {
        "weeks": [
            {
                "monday": monday.isoformat(),
                "sums": asdict(total(found, library.exercises)),
                "sessions": [_session_doc(session, library, unit) for session in found],
            }
            for monday, found in weeks(sessions)
        ]
    }


def _session_doc(session: Session, library: Library, unit: str) -> Doc:
    return {
        "id": session.id,
        "date": session.day.isoformat(),
        "started": session.started.isoformat(),
        "finished": session.finished and session.finished.isoformat(),
        "programme": session.programme,
        "part": session.part,
        "note": session.note,
        "sums": asdict(summed(session, library.exercises)),
        "exercises": [
            {
                "exercise": entry.exercise,
                "name": exercise_name(library, entry.exercise),
                "sets": sets_text(entry.live(), unit, Form.COMPACT),
            }
            for entry in session.live()
        ],
    }


def exercise_history_doc(
    sessions: Iterable[Session], exercise: str, library: Library, unit: str
) -> Doc:
    """The sets of one exercise by session, newest first."""
    return {
        "exercise": exercise,
        "name": exercise_name(library, exercise),
        "sessions": [
            {
                "session": session.id,
                "date": session.day.isoformat(),
                "sets": sets_text(rows, unit, Form.COMPACT),
                "rows": [set_to_doc(row) for row in rows],
            }
            for session, rows in exercise_sets(sessions, exercise)
        ],
    }
