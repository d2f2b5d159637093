"""In-session adjustment of a lift: lighten the remaining sets if it turns out harder than planned;
make them heavier only while its right load is still looked for (source project)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.heavy import lift_on, lift_range, sides_on
from tui.domain.calculator.lift_fold import lift_sets, sides_of
from tui.domain.calculator.rule_context import rule_context
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.tracker import Plan, rest_of_session
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
    """The plan of a lift with its remaining sets changed, after ``rows``, the work sets done so
    far: lighter if they were harder than planned, heavier if all of them were easy while the right
    load is still looked for. None to keep the plan."""
    context = rule_context(setup, state, exercise, today, dose, deload=deload)
    if exercise.loading != "heavy" or context.loads is None:
        return None
    lift, how = lift_on(context), lift_range(context)
    on_the_day = sides_on(context, how, lift)
    changed = False
    sets = list(plan.sets)
    for side in sides_of(exercise):
        known = on_the_day.get(side)
        mine = [row for row in rows if side is Side.BOTH or row.side in (side, Side.BOTH)]
        if known is None or not mine:
            continue
        places = [
            (place, goal.measures)
            for place, one in enumerate(plan.sets)
            for goal in one.goals
            if side is Side.BOTH or goal.side in (side, Side.BOTH)
        ]
        pairs = tuple((m.load_kg or 0.0, m.reps or 0) for _, m in places)
        usual = pairs[0][0] if pairs else 0.0
        done = lift_sets(mine, lift, usual)
        planned = Plan(pairs, known.plan.level)
        after = rest_of_session(known.morning, how, lift, planned, done)
        if after == pairs:
            continue
        changed = True
        for (place, measures), (load, count) in zip(
            places[len(mine) :], after[len(mine) :], strict=True
        ):
            other = replace(measures, load_kg=load, reps=count)
            goals = tuple(
                replace(goal, measures=other)
                if side is Side.BOTH or goal.side in (side, Side.BOTH)
                else goal
                for goal in sets[place].goals
            )
            sets[place] = replace(sets[place], goals=goals)
    return replace(plan, sets=tuple(sets)) if changed else None
