"""In-session adjustment: lighten the remaining sets of a lift that turns out harder than planned,
but never make them heavier (source project)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.heavy import lift_range
from tui.domain.calculator.lift_fold import lift_sets, sides_of, tracker_before
from tui.domain.calculator.rule_context import rule_context
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.step import RuleContext
from tui.domain.calculator.tracker import (
    harder_than_planned,
    level,
    predicted,
    solve,
    without_easy_reports,
)
from tui.domain.model.values import Dose, Exercise, Prescription, SetEntry, Side


def after_set(
    setup: Setup,
    state: State,
    exercise: Exercise,
    today: date,
    dose: Dose | None,
    plan: Prescription,
    rows: Sequence[SetEntry],
    *,
    deload: bool = False,
) -> Prescription | None:
    """The plan of a lift with its remaining sets lightened, if ``rows``, the work sets done so far,
    were harder than planned; None to keep the plan. Never heavier."""
    context = rule_context(setup, state, exercise, today, dose, deload=deload)
    if exercise.loading != "heavy" or context.loads is None:
        return None
    changed = False
    sets = list(plan.sets)
    for side in sides_of(exercise):
        mine = [row for row in rows if side is Side.BOTH or row.side in (side, Side.BOTH)]
        places = [
            (place, goal.measures)
            for place, one in enumerate(plan.sets)
            for goal in one.goals
            if side is Side.BOTH or goal.side in (side, Side.BOTH)
        ]
        planned = [(m.load_kg or 0.0, m.reps or 0) for _, m in places]
        rest = _rest_of_session(context, planned, mine, side)
        if rest is None:
            continue
        changed = True
        for (place, measures), (load, count) in zip(places[len(mine) :], rest, strict=True):
            less = replace(measures, load_kg=load, reps=count)
            goals = tuple(
                replace(goal, measures=less)
                if side is Side.BOTH or goal.side in (side, Side.BOTH)
                else goal
                for goal in sets[place].goals
            )
            sets[place] = replace(sets[place], goals=goals)
    return replace(plan, sets=tuple(sets)) if changed else None


def _rest_of_session(
    context: RuleContext, planned: Sequence[tuple[float, int]], rows: Sequence[SetEntry], side: Side
) -> tuple[tuple[float, int], ...] | None:
    """The remaining sets of a side if ``rows``, its work sets done so far, were harder than
    planned; None to keep the plan. ``planned`` is the (load, reps) of every set. Never in a first
    session, and never heavier."""
    how = lift_range(context)
    known = context.history.trackers if context.history is not None else {}
    tracker = tracker_before(context.setup, context.exercise, known.get(side), context.day)
    if tracker is None or tracker.fresh or context.loads is None or not rows:
        return None
    now = predicted(tracker, context.day)
    sets = lift_sets(rows)
    easy = context.guards.lowers and context.guards.planned
    shift = harder_than_planned(now, without_easy_reports(sets) if easy else sets)
    if shift is None:
        return None
    by = level(now) + math.log(context.guards.load) + shift
    made: list[tuple[float, int]] = []
    for number in range(len(rows), len(planned)):
        before = planned[number]
        again = solve(by, how, context.loads, number, before[0])
        made.append(min(before, again))
    return tuple(made) if tuple(made) != tuple(planned[len(rows) :]) else None
