"""Update the rep-max trackers of a lift, one per side, after a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tui.domain.calculator.advice import holding
from tui.domain.calculator.bouts import (
    REASONED,
    plan_of,
    rir_of,
)
from tui.domain.calculator.estimates import one_rm
from tui.domain.calculator.state import Estimated, Setup
from tui.domain.calculator.tracker import LiftSet, Tracker, begin, updated
from tui.domain.model.values import Exercise, SetEntry, Side, Sides

# Estimates newer than this are all kept; of older ones only the last of each month.
EVERY_ESTIMATE = timedelta(days=400)


def trackers_after(
    setup: Setup,
    exercise: Exercise,
    trackers: Mapping[str, Tracker],
    rows: Sequence[SetEntry],
    day: date,
    *,
    easy: bool,
    light: bool,
) -> dict[str, Tracker]:
    """The trackers of a lift, by side, after the sets of a day."""
    changed = dict(trackers)
    for side in sides_of(exercise):
        mine = [row for row in rows if row.side in (side, Side.BOTH) or side is Side.BOTH]
        tracker = tracker_before(setup, exercise, changed.get(side), day)
        sets = lift_sets(mine)
        done = [one for one in sets if one is not None]
        if tracker is None:
            guess = first_guess(done)
            if guess is None:
                continue
            tracker, sets = begin(guess, day), heaviest_only(sets)
        undone = any(row.undone is not None and row.undone not in REASONED for row in mine)
        if not done and not undone:
            continue
        changed[side] = updated(
            tracker,
            sets,
            day,
            left_undone=undone,
            at_ceiling=_at_ceiling(setup, exercise, done, day),
            easy=easy,
            light=light,
        )
    return changed


def estimated_after(
    known: tuple[Estimated, ...], trackers: Mapping[str, Tracker], day: date
) -> tuple[Estimated, ...]:
    """The history of estimates of a lift, including those that a day's session informed. A second
    session of the day replaces the estimates of the first."""
    made = [
        Estimated(day, Side(side), tracker.z, tracker.variance)
        for side, tracker in trackers.items()
        if tracker.told == day
    ]
    if not made:
        return known
    if known and (known[-1].day.year, known[-1].day.month) != (day.year, day.month):
        known = _thinned(known, day - EVERY_ESTIMATE)
    return (*(one for one in known if one.day != day), *made)


def _thinned(known: tuple[Estimated, ...], until: date) -> tuple[Estimated, ...]:
    """The estimates, with those before a day reduced to the last of each month and side."""
    old = {(one.day.year, one.day.month, one.side): one for one in known if one.day < until}
    return (*old.values(), *(one for one in known if one.day >= until))


def sides_of(exercise: Exercise) -> tuple[Side, ...]:
    """The sides for which an exercise is tracked."""
    return (Side.BOTH,) if exercise.sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)


def tracker_before(
    setup: Setup, exercise: Exercise, known: Tracker | None, day: date
) -> Tracker | None:
    """The tracker for a day's session: the one from the log, or one from the runner's stated
    maximum. A newly stated maximum starts a new one. None if nothing is known."""
    stated = setup.profile.maxes.get(exercise.id, ())
    if known is None:
        return begin(holding(stated, day, 0.0), day) if stated else None
    anew = [dated for dated in stated[1:] if known.last < dated.since <= day]
    if not anew:
        return known
    return replace(begin(anew[-1].value, known.last), sets=known.sets, fresh=False)


def lift_sets(rows: Sequence[SetEntry]) -> list[LiftSet | None]:
    """The sets of one side as the tracker reads them, in order; None for a set left undone or
    without load or reps."""
    sets: list[LiftSet | None] = []
    for row in rows:
        asked = plan_of(row)
        load, done = row.done.load_kg, row.done.reps
        if row.undone is not None or not load or load <= 0 or done is None:
            sets.append(None)
            continue
        lighter = asked.load_kg is not None and load < asked.load_kg
        wanted = asked.reps if asked.reps is not None else done
        if "aborted" in row.flags and done >= wanted:
            wanted = done + 1
        set_ = LiftSet(load, wanted, done, rir_of(row), lighter=lighter)
        sets.append(set_ if wanted else None)
    return sets


def heaviest_only(sets: Sequence[LiftSet | None]) -> list[LiftSet | None]:
    """The sets with the heaviest load, counted from the first of them: the lead-up sets say
    nothing."""
    top = max((one.load_kg for one in sets if one is not None), default=0.0)
    return [one for one in sets if one is not None and one.load_kg == top]


def first_guess(sets: Sequence[LiftSet]) -> float | None:
    """A first guess at the one-rep maximum, in kg, from the heaviest set done, or None."""
    loaded = [one for one in sets if one.load_kg > 0 and one.done > 0]
    if not loaded:
        return None
    best = max(loaded, key=lambda one: (one.load_kg, one.done))
    return one_rm(best.load_kg, best.done + min(best.rir or 0.0, 4.0))


def _at_ceiling(setup: Setup, exercise: Exercise, sets: Sequence[LiftSet], day: date) -> bool:
    """Whether the heaviest owned load was planned for at least the top of the range."""
    loads = setup.inventory.loads(exercise)
    heaviest = None if loads is None else loads.heaviest
    top = exercise.doses[setup.profile.level(day)].reps_top
    if heaviest is None or top is None:
        return False
    return any(one.load_kg >= heaviest and one.reps >= top for one in sets)
