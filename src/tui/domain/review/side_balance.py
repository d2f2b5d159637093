"""Left-right balance: lists the exercises with recent comparisons of their sides.

It is shown as a trend, from two sessions on, and does not predict injury (source project).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from tui.domain.model.sums import counted
from tui.domain.model.values import Exercise, Session, Sides
from tui.domain.review.context import ReviewContext
from tui.domain.review.e1rm_history import LAST, e1rm_history
from tui.domain.review.exercise_history import trained
from tui.domain.review.sides import Pair, pairs
from tui.domain.review.year import first_day

MOST = 8


class SideTrend(Struct, frozen=True):
    """Left against right of one ``exercise`` (its id), oldest first, at least two."""

    exercise: str
    pairs: tuple[Pair, ...]


def side_trends(context: ReviewContext, since: date) -> tuple[SideTrend, ...]:
    """The one-sided exercises compared on ``since`` or later, each with its last twelve sessions of
    the year; at most eight, the largest latest difference first."""
    found = [
        SideTrend(name, _pairs(context, context.setup.library.exercises[name], sessions))
        for name, sessions in _by_exercise(context).items()
        if sessions[-1].day >= since
    ]
    compared = [one for one in found if one.pairs and one.pairs[-1].day >= since]
    return tuple(sorted(compared, key=lambda one: (one.pairs[-1].percent, one.exercise))[:MOST])


def _by_exercise(context: ReviewContext) -> Mapping[str, list[Session]]:
    """The year's sessions, oldest first, by each one-sided exercise done in them."""
    known, first = context.setup.library.exercises, first_day(context.today)
    sessions = [s for s in context.sessions if not s.deleted and first <= s.day <= context.today]
    found: dict[str, list[Session]] = {}
    for session in sorted(sessions, key=lambda one: (one.day, one.started)):
        for name in {entry.exercise for entry in session.live() if counted(entry)}:
            if name in known and known[name].sides is not Sides.BOTH:
                found.setdefault(name, []).append(session)
    return found


def _pairs(context: ReviewContext, exercise: Exercise, sessions: list[Session]) -> tuple[Pair, ...]:
    found = trained(sessions[-LAST:], exercise.id, exercise, context.today)
    first = first_day(context.today)
    lifts = [one for one in e1rm_history(context.state, exercise) if one.day >= first]
    days = sorted({one.day for one in lifts})[-LAST:]
    return tuple(pairs(exercise, found, [one for one in lifts if one.day in days]))
