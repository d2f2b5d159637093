"""One session in words, as it may be shown to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import Best, sums_words
from tui.domain.model.values import Session
from tui.domain.review.context import summed
from tui.present.history_text import notes_text
from tui.present.report import Report, Section, table
from tui.present.today_text import session_title, sets_text


def session_report(
    session: Session, library: Library, unit: str = "kg", bests: Sequence[Best] = ()
) -> Report:
    """A session: its sums, the sets of each exercise with what was left undone and why, the notes,
    and the ``bests`` in it; loads in ``unit``."""
    return Report(
        title=f"{day_text(session.day)}: {session_title(session, library)}",
        sections=tuple(_sections(session, library, unit, bests)),
    )


def _sections(
    session: Session, library: Library, unit: str, bests: Sequence[Best]
) -> Iterator[Section]:
    note = [f"Note: {session.note}"] if session.note else []
    made = ", ".join(sums_words(summed(session, library.exercises), unit))
    yield Section(statements=(f"{made}.", *note))
    rows = [
        (
            exercise_name(library, entry.exercise),
            sets_text(entry.live(), unit),
            notes_text(entry.live()),
        )
        for entry in session.live()
    ]
    if rows:
        yield Section(
            title="Sets",
            statements=tuple(
                f"{name}: {sets}{f'; note: {note}' if note else ''}" for name, sets, note in rows
            ),
            table=table(("Exercise", "Sets", "Note"), rows),
        )
    if bests:
        yield _bests(bests, library)


def _bests(bests: Sequence[Best], library: Library) -> Section:
    """One for both sides where they did the same."""
    sides: dict[tuple[str, str, str], list[str]] = {}
    for one in bests:
        place = (exercise_name(library, one.exercise), one.measure, one.shown)
        sides.setdefault(place, []).append(one.side.value)
    rows = [
        (name, found[0] if found in (["left"], ["right"]) else "", measure, shown)
        for (name, measure, shown), found in sides.items()
    ]
    return Section(
        title="Bests",
        statements=tuple(
            f"{' '.join(filter(None, [name, side]))}: {measure} {shown}"
            for name, side, measure, shown in rows
        ),
        table=table(("Exercise", "Side", "Of", "Best"), rows),
    )
