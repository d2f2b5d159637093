"""Detect when an easier (deload) week is due, and count strength sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tui.domain.calculator.bouts import (
    Grade,
)
from tui.domain.calculator.guards import (
    DELOAD_DAYS,
    STREAK_DAYS,
)
from tui.domain.calculator.state import (
    ExerciseHistory,
    NoReserve,
    State,
    Strain,
)
from tui.domain.model.phases import HARD_LEG_LOAD
from tui.domain.model.readiness import Ready
from tui.domain.model.values import Exercise, Kind, Level, SetEntry

STRENGTH_SETS = 3
LOAD_WEEKS = 4
LOW_DAYS = 2
KEPT_EMPTIED = 16
GETTING_ON = 5


def strength_counted(
    state: State,
    exercises: Mapping[str, Exercise],
    done: Mapping[str, Sequence[SetEntry]],
) -> State:
    """The state with its count of strength sessions updated."""
    sets = sum(
        len({row.number for row in rows})
        for name, rows in done.items()
        if exercises[name].kind is not Kind.PLYOMETRIC
    )
    lifted = any(
        exercises[name].leg_load >= HARD_LEG_LOAD and exercises[name].kind is not Kind.PLYOMETRIC
        for name in done
    )
    strong = sets >= STRENGTH_SETS and lifted
    return replace(
        state,
        strength=state.last if strong and state.strength is None else state.strength,
        strength_count=state.strength_count + strong,
    )


def strain_after(
    state: State,
    exercises: Mapping[str, Exercise],
    done: Mapping[str, Sequence[SetEntry]],
    level: Level,
) -> Strain:
    """The evidence for an easier week after a session, and whether one is due (source project:
    never by the calendar alone)."""
    strain, day = state.strain, state.last
    assert day is not None
    gone = strain.since is not None and (day - strain.since).days <= DELOAD_DAYS
    loaded = [name for name in done if exercises[name].kind is Kind.LOADED]
    lifts = [name for name in loaded if name in state.histories]
    if not lifts or gone:
        return strain
    monday = day - timedelta(days=day.weekday())
    weeks = strain.weeks
    if weeks and (monday - weeks[-1]).days > STREAK_DAYS:
        weeks = ()
    if not weeks or weeks[-1] != monday:
        weeks = (*weeks, monday)[-LOAD_WEEKS:]
    emptied = NoReserve.NO
    if all(row.rir == 0 for name in lifts for row in done[name]):
        # A runner who is progressing needs no easier week, however hard it was.
        got_on = any(_progressed(state.histories[name]) for name in lifts)
        emptied = NoReserve.GOT_ON if got_on else NoReserve.STUCK
    missed = set(strain.missed).difference(lifts)
    missed |= {name for name in lifts if _two_misses(state.histories[name])}
    changed = Strain(
        weeks=weeks,
        emptied=(*strain.emptied, emptied)[-KEPT_EMPTIED:],
        missed=tuple(sorted(missed)),
        since=strain.since,
        cause=strain.cause,
    )
    cause = ""
    if len(changed.missed) >= 2:
        cause = "DELOAD_MISSES"
    elif _emptied_lately(changed.emptied):
        cause = "DELOAD_EMPTY"
    elif _low_lately(state.ready, strain.since, day):
        cause = "DELOAD_READY"
    ready = level is Level.BEGINNER or len(weeks) >= LOAD_WEEKS
    if not cause or not ready:
        return changed
    # The evidence is used up, but keep that sets were emptied: it shows how this runner reports.
    told = tuple(min(one, NoReserve.GOT_ON) for one in changed.emptied)
    return Strain(since=day, cause=cause, emptied=told)


def _emptied_lately(emptied: Sequence[NoReserve]) -> bool:
    """Whether two of the last three sessions left no rep in any set, without progress. Not for a
    runner who reported the same before: then it says nothing."""
    return emptied[-3:].count(NoReserve.STUCK) >= 2 and not any(emptied[:-3])


def _low_lately(told: Sequence[Ready], since: date | None, day: date) -> bool:
    """Whether two of the last three readiness reports were low, since the last easier week and
    within four weeks."""
    low = (one.day for one in told if one.low)
    late = [d for d in low if (day - d).days < 7 * LOAD_WEEKS and (since is None or d > since)]
    return len(late) >= LOW_DAYS


def _progressed(history: ExerciseHistory) -> bool:
    """Whether an exercise has progressed in load or help, or in reps with the same of it, over the
    last few sessions."""
    then, now = history.bouts[-GETTING_ON:][0].asked, history.last.asked
    return (now.net_kg or 0.0, now.reps or 0) > (then.net_kg or 0.0, then.reps or 0)


def _two_misses(history: ExerciseHistory) -> bool:
    return len(history.bouts) >= 2 and all(b.grade is Grade.MISS for b in history.bouts[-2:])
