"""Whether two sessions from different sources are one workout, logged twice (source project).

A runner who moves from one app to another, or wears a watch while she logs, has the same workout in
two files; counted twice, it would double what she lifted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, time, timedelta

from tui.domain.model.values import Session
from tui.domain.model.visible import visible

DAY = timedelta(days=1)
# Two workouts that begin so near each other, of which one has no end, are one.
SAME_START = timedelta(minutes=1)
# Where a session is put of which only the day is known.
NOON = time(12)


class Workouts:
    """The workouts of a log by day, to look up whether another one is among them."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._days: dict[date, list[Session]] = {}
        for session in sessions:
            seen = visible(session)
            if not seen.deleted and seen.live():
                self._days.setdefault(seen.day, []).append(seen)

    def have(self, session: Session, *, by_watch: bool = False) -> bool:
        """Whether one of them is the same workout. What a watch takes an exercise for
        (``by_watch``) says nothing."""
        return any(
            same_workout(session, other, by_watch=by_watch)
            for day in (session.day - DAY, session.day, session.day + DAY)
            for other in self._days.get(day, ())
        )


def same_workout(one: Session, other: Session, *, by_watch: bool = False) -> bool:
    """Whether two sessions are one workout: they were at the same time by at least half of the
    shorter, or begin within a minute if one has no end, and have an exercise in common. If only the
    day of one is known, at least half the sets of the shorter must be the same."""
    if _only_day(one) or _only_day(other):
        return one.day == other.day and _half_in_common(one, other)
    if one.finished is None or other.finished is None:
        together = abs(one.started - other.started) <= SAME_START
    else:
        both = min(one.finished, other.finished) - max(one.started, other.started)
        shorter = min(one.finished - one.started, other.finished - other.started)
        together = both > timedelta() and both >= shorter / 2
    return together and (by_watch or not _exercises(one).isdisjoint(_exercises(other)))


def _only_day(session: Session) -> bool:
    timed = any(row.at for entry in session.entries for row in entry.sets)
    return session.finished is None and not timed and session.started.time() == NOON


def _exercises(session: Session) -> set[str]:
    return {entry.exercise for entry in session.live()}


def _half_in_common(one: Session, other: Session) -> bool:
    mine, theirs = _sets(one), _sets(other)
    shorter = min(mine.total(), theirs.total())
    return shorter > 0 and 2 * (mine & theirs).total() >= shorter


def _sets(session: Session) -> Counter[tuple[object, ...]]:
    """The sets, as far as every app can write them: loads to the hundred grams, no sides."""
    return Counter(
        (
            entry.exercise,
            row.done.reps,
            None if row.done.load_kg is None else round(row.done.load_kg, 1),
            round(row.done.hold_s or row.done.duration_s or 0),
        )
        for entry in session.live()
        for row in entry.live()
    )
