"""The end of a session: what it added up to, beat and reached."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.model.sums import Best, bests, new_bests
from tui.domain.model.values import Session
from tui.domain.review.milestones import BACK, Standings, milestones
from tui.domain.session.live import Live

# What comes of a session is asked for the day on which legs and jumps are rested again.
RESTED = timedelta(days=3)


class Summary(Struct, frozen=True):
    """A finished session, what in it beats the log, and what it reached for the first time."""

    session: Session
    best: list[Best]
    reached: list[str]


def finish(book: Logbook, reason: str) -> Summary | None:
    """End the session under way; None where nothing was logged. Raises what
    :meth:`Logbook.finish` raises."""
    live = book.recorder.live
    assert live is not None
    earlier = list(book.read_all().reader.sessions())
    day = live.started.date()
    then, before = book.planner.state(day - BACK), book.planner.state(day)
    said = _said(book, live, day)
    session = book.recorder.finish(reason)
    if session is None:
        return None
    later = _said(book, live, day + RESTED)
    known = Standings(
        then=then,
        before=before,
        after=book.planner.state(day),
        advice={name: (said[name], later[name]) for name in said},
    )
    weight = book.profile.setup.profile.body_weight_kg
    reached = milestones(session, earlier, known, book.profile.library, weight, book.profile.unit)
    best = new_bests(session, bests(earlier, book.profile.unit), book.profile.unit)
    return Summary(session, best, reached)


def _said(book: Logbook, live: Live, day: date) -> dict[str, Advice]:
    """What is said on a day of each exercise of a session."""
    exercises = [book.profile.library.exercises.get(item.exercise) for item in live.items]
    return {
        exercise.id: book.planner.advise(exercise, day, book.planner.live_dose(live, exercise, day))
        for exercise in exercises
        if exercise is not None
    }
