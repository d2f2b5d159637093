"""Milestones: what a finished session reached for the first time.

A gain in strength is claimed only beyond the noise of the estimates (source project; test and
retest of a max differ by some 4 %, so a single pair only shows a gain of more than a tenth).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from tui.domain.calculator import Advice, State
from tui.domain.calculator.tracker import Tracker
from tui.domain.model.library.catalog import Library
from tui.domain.model.sums import counted
from tui.domain.model.units import load_words
from tui.domain.model.values import Kind, Session, SetEntry
from tui.domain.review.context import summed

COUNTS = (10, 25, 50, 100)
ROUND_HOLD_S = 60
ROUND_CONTACTS = 100
# The span over which to look for a gain, and the least gain in SDs of the difference.
BACK = timedelta(weeks=4)
BEYOND = 2.0
CONFIRMED = frozenset(
    {
        "TOP_TWICE",
        "LESS_HELP",
        "CAP_TWICE",
        "NEXT_LOAD",
        "REP_EXTEND",
        "TOP_RUNG",
        "TIER_UP",
        "ENOUGH_JUMPS",
    }
)


class StateComparison(Struct, frozen=True, kw_only=True):
    """The calculator's state ``then`` (four weeks ago), ``before`` the session and ``after`` it,
    and its advice before and after, by exercise."""

    then: State
    before: State
    after: State
    advice: Mapping[str, tuple[Advice, Advice]] = {}


def milestones(
    session: Session,
    earlier: Sequence[Session],
    known: StateComparison,
    library: Library,
    body_weight_kg: float | None = None,
    unit: str = "kg",
) -> list[str]:
    """What ``session`` reached that no session in ``earlier`` had, in words; loads in ``unit``.
    ``earlier`` is the whole log except this session."""
    return [
        *_sessions(earlier),
        *_stronger(session, known, library),
        *_confirmed(session, known, library),
        *_first_times(session, earlier, library, body_weight_kg, unit),
    ]


def _sessions(earlier: Sequence[Session]) -> Iterator[str]:
    count = 1 + sum(not s.deleted for s in earlier)
    if count in COUNTS:
        yield f"{count} sessions"


def _stronger(session: Session, known: StateComparison, library: Library) -> Iterator[str]:
    for name, called in _exercises(session, library).items():
        for side in ("both", "left", "right"):
            then, before, after = (
                _tracker(state, name, side) for state in (known.then, known.before, known.after)
            )
            if then is None or before is None or after is None:
                continue
            if has_improved(then, after) and not has_improved(then, before):
                percent = round(100 * (math.exp(after.z - then.z) - 1))
                shown = "" if side == "both" else f" {side}"
                yield f"{called}{shown}: some {percent} % stronger than four weeks ago"


def has_improved(then: Tracker, now: Tracker) -> bool:
    """Whether an estimate rose by more than its noise: two SDs of the difference."""
    return now.z - then.z > BEYOND * math.hypot(then.sd, now.sd)


def _tracker(state: State, exercise: str, side: str) -> Tracker | None:
    """The estimate of a side, or None if no set has informed it."""
    history = state.histories.get(exercise)
    found = None if history is None else history.trackers.get(side)
    return found if found is not None and found.informed else None


def _confirmed(session: Session, known: StateComparison, library: Library) -> Iterator[str]:
    for name, called in _exercises(session, library).items():
        if name not in known.advice:
            continue
        before, after = ({r.code for r in said.reasons} for said in known.advice[name])
        if CONFIRMED & after and not CONFIRMED & before:
            yield f"{called}: the top of its range, confirmed"


def _first_times(
    session: Session,
    earlier: Sequence[Session],
    library: Library,
    body_weight_kg: float | None,
    unit: str,
) -> Iterator[str]:
    for name, called in _exercises(session, library).items():
        mine = _rows([session], name)
        before = _rows(earlier, name)
        exercise = library.exercises[name]
        held = _most(row.done.hold_s for row in mine)
        if (
            exercise.kind is Kind.HOLD
            and _most(r.done.hold_s for r in before) < ROUND_HOLD_S <= held
        ):
            yield f"{called}: held for {ROUND_HOLD_S} seconds"
        lifted = _most(row.done.load_kg for row in mine if row.done.reps)
        own = body_weight_kg if exercise.loading == "heavy" else None
        if own and _most(r.done.load_kg for r in before if r.done.reps) < own <= lifted:
            yield f"{called}: your own weight, {load_words(own, unit)}"
    if _many_contacts(session, library) and not any(
        _many_contacts(one, library) for one in earlier
    ):
        yield f"{ROUND_CONTACTS} foot contacts in a session"


def _many_contacts(session: Session, library: Library) -> bool:
    return summed(session, library.exercises).contacts >= ROUND_CONTACTS


def _exercises(session: Session, library: Library) -> dict[str, str]:
    """The names of the exercises with work sets done, by id."""
    return {
        entry.exercise: library.exercises[entry.exercise].name
        for entry in session.live()
        if entry.exercise in library.exercises and counted(entry)
    }


def _rows(sessions: Iterable[Session], exercise: str) -> list[SetEntry]:
    return [
        row
        for session in sessions
        if not session.deleted
        for entry in session.live()
        if entry.exercise == exercise
        for row in counted(entry)
    ]


def _most(values: Iterable[float | None]) -> float:
    return max((value or 0.0 for value in values), default=0.0)
