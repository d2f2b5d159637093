"""Finish the session under way and sum it up: its bests, its milestones, a line for afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice, State
from tui.domain.calculator.advice import Reason
from tui.domain.model.outcome import Outcome, outcome
from tui.domain.model.sums import Best, bests, by_set, counted, new_bests
from tui.domain.model.values import Session
from tui.domain.planning.aftercare import aftercare
from tui.domain.planning.calendar_queries import runs_on
from tui.domain.planning.placement import Placed
from tui.domain.review.consequence import consequence
from tui.domain.review.milestones import BACK, StateComparison, milestones
from tui.domain.session.live import Live

# Advice after the session is asked for a day on which legs and jumps are rested again.
RESTED = timedelta(days=3)
NEXT_DAY = timedelta(days=1)


class Summary(Struct, frozen=True):
    """A finished session, the bests it set, the milestones it reached, in words, what to say about
    food or sleep ``after`` it, what changes most (``then``), and the session ``coming`` next."""

    session: Session
    best: list[Best]
    reached: list[str]
    after: Reason | None = None
    then: Advice | None = None
    coming: Placed | None = None


def finish(book: Logbook, reason: str) -> Summary | None:
    """End the session under way. None if nothing was logged. Raises what :meth:`Recorder.finish`
    raises."""
    live = book.recorder.live
    assert live is not None
    earlier = list(book.read_all().reader.sessions())
    day = live.started.date()
    then, before = book.planner.state(day - BACK), book.planner.state(day)
    advice_before = _advice(book, live, day)
    session = book.recorder.finish(reason)
    if session is None:
        return None
    advice_after = _advice(book, live, day + RESTED)
    known = StateComparison(
        then=then,
        before=before,
        after=book.planner.state(day),
        advice={name: (said, advice_after[name]) for name, said in advice_before.items()},
    )
    weight = book.profile.setup.profile.body_weight_kg
    reached = milestones(session, earlier, known, book.profile.library, weight, book.profile.unit)
    return Summary(
        session,
        _best(book, session, earlier),
        reached,
        _after(book, session, before),
        consequence(known.advice, _short(session)),
        book.planner.due(day),
    )


def looked_back(book: Logbook, session: Session) -> Summary:
    """A session of a log that is read whole, summed up later: without its milestones, which only
    its finish can tell."""
    earlier = [one for one in book.reader.sessions() if one.started < session.started]
    ready = book.planner.state(session.day).ready
    before = replace(book.planner.state(session.day - NEXT_DAY), ready=ready)
    return Summary(session, _best(book, session, earlier), [], _after(book, session, before))


def _short(session: Session) -> set[str]:
    """The exercises in which a work set fell short of its plan."""
    return {
        entry.exercise
        for entry in session.live()
        if any(outcome(rows) is Outcome.SHORT for rows in by_set(counted(entry)))
    }


def _best(book: Logbook, session: Session, earlier: Sequence[Session]) -> list[Best]:
    unit = book.profile.unit
    return new_bests(session, bests(earlier, unit), unit)


def _after(book: Logbook, session: Session, before: State) -> Reason | None:
    days = (session.day, session.day + NEXT_DAY)
    runs = (run for day in days for run in runs_on(book.profile.diary, day))
    return aftercare(session, book.profile.library, before, runs)


def _advice(book: Logbook, live: Live, day: date) -> dict[str, Advice]:
    """The advice of a day for each exercise of a session, by exercise id."""
    exercises = [book.profile.library.exercises.get(item.exercise) for item in live.items]
    return {
        exercise.id: book.planner.advise(exercise, day, book.planner.live_dose(live, exercise, day))
        for exercise in exercises
        if exercise is not None
    }
