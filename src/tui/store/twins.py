"""Tells of sets that stand twice since two copies of schema 1 were joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.domain.model.text import clean
from tui.domain.model.values import Session, SetEntry
from tui.domain.model.visible import twins

NAMED = 3


def twin_line(path: Path, sessions: Iterable[Session]) -> str:
    """The notice about sets of a file of which nobody can say whether they are one, the later a
    correction, or two: which they are, and what to do. Empty without any."""
    pairs = [pair for session in sessions for pair in _pairs(session)]
    if not pairs:
        return ""
    more = f"; and {len(pairs) - NAMED} more" if len(pairs) > NAMED else ""
    return (
        f"{clean(str(path))}: {'; '.join(pairs[:NAMED])}{more}. Two copies of the log had them as "
        "one. In History, x removes the one that is shown, and the other takes its place; if both "
        "were done, log it again then."
    )


def _pairs(session: Session) -> Iterator[str]:
    # Only sets from schema 1 without a time can be meant.
    if not any(row.was and not row.at for entry in session.entries for row in entry.sets):
        return
    exercises = {row.id: entry.exercise for entry in session.entries for row in entry.sets}
    for older, newer in twins(session.entries):
        place = f"{session.day} {exercises[newer.id]}"
        yield clean(f"{place}: {_done(newer)} is shown, {_done(older)} is not")


def _done(row: SetEntry) -> str:
    # Parses and shows what is typed; nearly no log needs it here.
    from tui.domain.model.notation import show, written

    return show([written(row)]) or "a set left out"
