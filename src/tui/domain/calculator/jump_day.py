"""Plan the jumps of one session: divide its budget of foot contacts among the exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator import jumps, ladder
from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.jumps import Share
from tui.domain.calculator.rule_context import rule_context
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.step import RuleContext
from tui.domain.model.values import Dose, Exercise, Kind, Sides


def session_jumps(
    setup: Setup,
    state: State,
    work: Sequence[tuple[Exercise, Dose]],
    today: date,
    *,
    deload: bool = False,
) -> dict[str, Share]:
    """The share of each jump of a session, by exercise; empty if the session has no jumps.

    The budget is that of the hardest jump allowed, divided in proportion to the programme's doses;
    jumps that must wait get no contacts. After two sessions at the top of the band the session goes
    up a tier: the first of its hardest jumps is replaced by the next harder one, and contacts start
    at the floor. It stays on that tier until jumps start over.
    """
    asked = {
        exercise.id: (rule_context(setup, state, exercise, today, dose, deload=deload), dose)
        for exercise, dose in work
        if exercise.kind is Kind.PLYOMETRIC
    }
    if not asked:
        return {}
    asks = [context for context, _ in asked.values()]
    # If no jump is allowed, take the first: rope skipping replaces it.
    # A jump ruled out by pain keeps its share, so that the others do not get more.
    able = [context for context in asks if jumps.comes_later(context) is None] or asks[:1]
    hardest = max(able, key=lambda context: jumps.tier_of(context.exercise))
    action, total, reasons = jumps.budget(hardest)
    up = _higher(able, hardest, going=action is Action.VARIANT_UP)
    if up is not None:
        action, total, reasons = jumps.budget(replace(up[0], exercise=up[1]))
    if action is Action.VARIANT_UP:
        ends = up is not None or ladder.next_tier(setup, hardest.exercise) is None
        ceiling = Reason("AT_CEILING") if ends else Reason("HIGH_PLYO_GATE_SOON")
        action, reasons = Action.HOLD, (*reasons, ceiling)
    wanted = {
        context.exercise.id: _contacts(context.exercise, asked[context.exercise.id][1])
        for context in able
    }
    shared = shares({context.exercise.id: context.exercise for context in able}, wanted, total)
    return {
        name: Share(
            contacts=shared.get(name, 0),
            action=_action_of(
                action, state, total, first=up is not None and up[0].exercise.id == name
            ),
            reasons=reasons,
            up=up[1] if up is not None and up[0].exercise.id == name else None,
        )
        for name in asked
    }


def _action_of(action: Action, state: State, total: int, *, first: bool) -> Action:
    """The action of one jump's share. When the session starts a tier, only the ``first`` jump of
    that tier is a step up; the others get more contacts than last time, the same, or fewer."""
    if action is not Action.START or not state.jumps:
        return action
    return Action.VARIANT_UP if first else jumps.compared(total, state.jumps[-1].contacts)


def _contacts(exercise: Exercise, dose: Dose) -> int:
    sides = 1 if exercise.sides is Sides.BOTH else 2
    return (dose.measures.contacts or 0) * dose.sets * sides


def _higher(
    able: Sequence[RuleContext], hardest: RuleContext, *, going: bool
) -> tuple[RuleContext, Exercise] | None:
    """The jump of the session to replace by one of the next tier, and that one. None if the session
    is not going up (``going``) and has not gone up before, or if strength must come first."""
    # An easier session with easier jumps does not undo the step up.
    known = [one for one in hardest.state.jumps if not one.guarded]
    tier = jumps.tier_of(hardest.exercise)
    gone = bool(known) and known[-1].tier > tier and not hardest.guards.jumps_anew
    if not (going or gone):
        return None
    mine = {context.exercise.id for context in able}
    for context in able:
        if jumps.tier_of(context.exercise) != tier:
            continue
        harder = ladder.next_tier(context.setup, context.exercise)
        if harder is None or harder.id in mine:
            continue
        if context.guards and harder.id not in context.state.histories:
            continue  # Under a guard nothing rises, so no new exercise is started.
        if jumps.reason_to_wait(replace(context, exercise=harder)) is None:
            return context, harder
    return None


def shares(
    exercises: Mapping[str, Exercise], wanted: Mapping[str, int], total: int
) -> dict[str, int]:
    """The session's ``total`` contacts divided among its jumps in the proportions ``wanted`` by the
    programme (contacts by exercise); box jumps get at most thirty."""
    left = dict(wanted)
    made: dict[str, int] = {}
    if jumps.BOX in left and len(left) > 1:
        share = total * left[jumps.BOX] // sum(left.values())
        made[jumps.BOX] = min(jumps.BOX_CONTACTS, share) // 2 * 2
        del left[jumps.BOX]
        total -= made[jumps.BOX]
    weight = sum(left.values())
    for name in sorted(left, key=lambda name: exercises[name].jump_feet or 1, reverse=True):
        step = 2  # One landing on both feet, or one on each foot.
        share = total if weight == left[name] else total * left[name] // weight
        made[name] = share // step * step
        total -= made[name]
        weight -= left[name]
    return {name: made[name] for name in wanted}
