"""What the rules are asked: one exercise, one day, and all that the log and the guards say."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tui.core.model import Dose, Exercise
from tui.core.progression.bouts import Grade
from tui.core.progression.guards import STREAK_DAYS, gap_days, guards, rested_for_race
from tui.core.progression.state import Course, Setup, State
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
        course=None if course is None else _since_break(setup, course, today),
        loads=setup.inventory.loads(exercise),
        guards=guards(setup, state, exercise, today, deload=deload),
    )


def _since_break(setup: Setup, course: Course, today: date) -> Course:
    """A course whose rows of sessions begin anew where a long gap or a race lies between."""
    last = course.last.day
    if gap_days(setup, last, today) < STREAK_DAYS and not rested_for_race(setup, last, today):
        return course
    fresh = tuple(replace(one, grade=Grade.FRESH) for one in course.bouts)
    return replace(course, bouts=fresh, run=0)
