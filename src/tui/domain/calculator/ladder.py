"""The ladder of an exercise: its harder and easier variants, and the isometric hold of a region."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.holds import variant_start_s
from tui.domain.calculator.jumps import BANDS, high_jump_block, tier_of
from tui.domain.calculator.reps import AGAIN, rep_range
from tui.domain.calculator.sets import lowered
from tui.domain.calculator.state import Setup
from tui.domain.calculator.step import RuleContext, Step, even, is_clean, reachable, working
from tui.domain.model.values import Exercise, Kind

# The hold to fall back on when a region reacts badly to a session (source project, after the
# isometrics of trailrunner-lift). Nothing is quiet enough for a shin.
ISOMETRICS = {
    "ankle-calf": "calf-hold",
    "foot": "calf-hold",
    "knee": "shallow-wall-sit",
    "hamstring": "stability-ball-bridge",
    "hip": "shallow-wall-sit",
    "back": "side-plank",
    "shoulder": "plank",
}
CONFIRMED = 2


def next_variant(setup: Setup, exercise: Exercise, *, up: bool) -> Exercise | None:
    """The next harder or easier variant possible with the equipment at hand, or None."""
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
    """The first harder jump of a higher tier, or None."""
    other: Exercise | None = exercise
    seen = {exercise.id}
    while other is not None:
        other = next_variant(setup, other, up=True)
        if other is None or other.id in seen or other.kind is not Kind.PLYOMETRIC:
            return None
        if tier_of(other) > tier_of(exercise):
            return other
        seen.add(other.id)
    return None


def no_harder_jump(contexts: Sequence[RuleContext], told: Sequence[Reason]) -> tuple[Reason, ...]:
    """Why jumps whose top was confirmed do not move up a tier, with what was ``told`` of the top
    only if it is a matter of time: strength must come first. Else this is enough."""
    for context in contexts:
        harder = next_tier(context.setup, context.exercise)
        if harder is not None and high_jump_block(replace(context, exercise=harder)) is not None:
            return (*told, Reason("HIGH_PLYO_GATE_SOON"))
    _, top = BANDS[contexts[0].level]
    return (Reason("ENOUGH_JUMPS", {"contacts": top}),)


def isometric(setup: Setup, exercise: Exercise, region: str) -> Exercise | None:
    """The isometric hold for a region that an exercise works; None if there is none, if it is not
    possible with the equipment at hand, or if it is the exercise itself."""
    other = setup.library.exercises.get(ISOMETRICS.get(region, ""))
    if other is None or other.id == exercise.id or not setup.inventory.can_do(other):
        return None
    return other


def earned_since(context: RuleContext, day: date) -> bool:
    """Whether the top was confirmed in sessions after ``day``, on which a harder variant was last
    too hard."""
    newest = context.bouts[-CONFIRMED:]
    return len(newest) == CONFIRMED and all(is_clean(one) and one.day > day for one in newest)


def begun_again(context: RuleContext) -> Step:
    """The first session of an easier variant that was done before: four fifths of its last dose."""
    less = lowered(context, working(context.bouts), AGAIN)
    sets = even(reachable(context, less), context.dose.sets)
    return Step(action=Action.HOLD, sets=sets)


def bottom(context: RuleContext, below: Exercise) -> Step:
    """The first session of a variant after the one ``below`` it: the bottom of its range, with the
    load of the last time."""
    measures = context.dose.measures
    if context.exercise.kind in (Kind.BODYWEIGHT, Kind.LOADED):
        load = working(context.bouts).load_kg if context.exercise.kind is Kind.LOADED else None
        measures = replace(measures, reps=rep_range(context)[0], load_kg=load)
    elif context.exercise.kind is below.kind is Kind.HOLD:
        measures = replace(measures, hold_s=variant_start_s(below.id, context.exercise.id))
    sets = even(reachable(context, measures), context.dose.sets)
    return Step(action=Action.START, sets=sets)


def at_bottom(step: Step) -> Step:
    """The step for the same exercise at the bottom of the ladder: a fifth fewer reps, if that makes
    a difference."""
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
