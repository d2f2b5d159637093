"""The ladder of an exercise: harder and easier variants, and the quiet hold of a region."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.jumps import tier_of
from tui.domain.calculator.state import Setup
from tui.domain.calculator.step import RuleContext, Step, even, is_clean
from tui.domain.model.values import Exercise, Kind

# The hold to fall back to where a region answers badly to a session (source project, after the
# isometrics of trailrunner-lift).
ISOMETRICS = {
    "ankle-calf": "calf-hold",
    "knee": "wall-sit",
    "hamstring": "stability-ball-bridge",
    "hip": "wall-sit",
    "back": "side-plank",
    "shoulder": "plank",
}
CONFIRMED = 2


def rung(setup: Setup, exercise: Exercise, *, up: bool) -> Exercise | None:
    """The next harder or easier variant that can be done with what is at hand."""
    seen = {exercise.id}
    here = exercise
    while True:
        name = here.harder if up else here.easier
        other = setup.library.exercises.get(name or "")
        if other is None or other.id in seen:
            return None
        if setup.inventory.can_do(other):
            return other
        seen.add(other.id)
        here = other


def next_tier(setup: Setup, exercise: Exercise) -> Exercise | None:
    """The first harder jump of the next tier."""
    other: Exercise | None = exercise
    seen = {exercise.id}
    while other is not None:
        other = rung(setup, other, up=True)
        if other is None or other.id in seen or other.kind is not Kind.PLYOMETRIC:
            return None
        if tier_of(other) > tier_of(exercise):
            return other
        seen.add(other.id)
    return None


def isometric(setup: Setup, exercise: Exercise) -> Exercise | None:
    """The hold of an exercise's region that can be done with what is at hand; None where that is
    the exercise itself, or there is none."""
    other = setup.library.exercises.get(ISOMETRICS.get(exercise.region, ""))
    if other is None or other.id == exercise.id or not setup.inventory.can_do(other):
        return None
    return other


def earned_since(context: RuleContext, day: date) -> bool:
    """True where the top was confirmed in sessions after ``day``: the runner came back from a
    variant that was too much."""
    return sum(is_clean(one) and one.day > day for one in context.bouts) >= CONFIRMED


def stayed(step: Step, *, up: bool) -> Step:
    """The same exercise where the ladder ends: as it is at the top, a fifth less at the bottom,
    if that is less at all."""
    if up:
        return replace(step, action=Action.HOLD, reasons=(*step.reasons, Reason("AT_CEILING")))
    base = step.sets[0]
    if base.reps is not None:
        base = replace(base, reps=max(1, int(base.reps * 0.8)))
    if base == step.sets[0]:
        return replace(step, action=Action.HOLD, reasons=(Reason("MISSED"),))
    return Step(
        action=Action.DECREASE,
        sets=even(base, len(step.sets)),
        reasons=(*step.reasons, Reason("NO_EASIER")),
    )
