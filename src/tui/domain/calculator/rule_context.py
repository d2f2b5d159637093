"""Build the input of the progression rules: an exercise, a day, its history and its guards."""

from __future__ import annotations

from datetime import date

from tui.domain.calculator.guards import guards
from tui.domain.calculator.log_fold import since_break
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.step import RuleContext
from tui.domain.model.values import Dose, Exercise


def rule_context(
    setup: Setup,
    state: State,
    exercise: Exercise,
    today: date,
    dose: Dose | None = None,
    *,
    deload: bool = False,
) -> RuleContext:
    """The context for the rules of an exercise on a day."""
    level = setup.profile.level(today)
    history = state.histories.get(exercise.id)
    return RuleContext(
        setup=setup,
        state=state,
        exercise=exercise,
        dose=dose if dose is not None else exercise.doses[level],
        level=level,
        day=today,
        history=None if history is None else since_break(setup, history, today),
        loads=setup.inventory.loads(exercise),
        guards=guards(setup, state, exercise, today, deload=deload),
    )
