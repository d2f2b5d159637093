"""What the rules are asked: one exercise, one day, and all that the log and the guards say."""

from __future__ import annotations

from datetime import date

from tui.core.model import Dose, Exercise
from tui.core.progression.fold import since_break
from tui.core.progression.guards import guards
from tui.core.progression.state import Setup, State
from tui.core.progression.step import Ask


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
