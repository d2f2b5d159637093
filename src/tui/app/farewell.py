"""The line in the shell after the full screen: where the session stands, or what is next."""

from __future__ import annotations

from tui.app.logbook import Logbook
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.text import number_of
from tui.domain.model.values import SetKind
from tui.domain.planning.wording import when_words
from tui.domain.session.live import Live


def farewell(book: Logbook) -> str:
    """One line on the session that is kept, or on the one that was finished here and the next one;
    empty if there is neither, or another instance writes."""
    if not book.access.granted:
        return ""
    if (live := book.recorder.live) is not None:
        return _kept(book, live)
    done = book.recorder.finished_here
    if done is None:
        return ""
    rows = [[row for row in entry.live() if row.undone is None] for entry in done.live()]
    sets = sum(len({(row.kind, row.number) for row in of_one}) for of_one in rows)
    words, today = f"{number_of(sets, 'set')} logged.", book.now().date()
    plan = book.planner.planned(today)
    if plan is None or plan.due is None or plan.due.day == today:
        return words
    return f"{words} Next: {plan.programme.name}, {when_words(plan.due, today)}."


def _kept(book: Logbook, live: Live) -> str:
    work = [key for item in live.items for key in item.keys() if key.kind is SetKind.WORK]
    done = sum(not live.is_open(key) for key in work)
    coming = live.suggested()
    name = "" if coming is None else exercise_name(book.profile.library, coming.exercise)
    then = f", next {name}" if name else ""
    return f"Session kept at {done} of {number_of(len(work), 'set')}{then}."
