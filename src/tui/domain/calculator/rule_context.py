"""What the rules are asked: one exercise, one day, and all that the log and the guards say."""

from __future__ import annotations

from datetime import date

from tui.domain.calculator.guards import guards
from tui.domain.calculator.log_fold import since_break
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.step import Ask
from tui.domain.model.values import Dose, Exercise


def question(
    setup: Setup,
    state: State,
    exercise: Exercise,
    today: date,
    dose: Dose | None = None,
    *,
    deload: bool = False,
) -> Ask:
    """What the rules are asked of an exercise on a day."""
    level = setup.profile.level(today)
    course = state.courses.get(exercise.id)
    return Ask(
        setup=setup,
        state=state,
        exercise=exercise,
        dose=dose if dose is not None else exercise.doses[level],
        level=level,
        day=today,
        course=None if course is None else since_break(setup, course, today),
        loads=setup.inventory.loads(exercise),
        guards=guards(setup, state, exercise, today, deload=deload),
    )
