"""The jumps of one session: its budget of foot contacts, divided among them."""

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
    """The share of each jump of a session, by exercise: the budget of its hardest jump that may be
    done, divided as the programme's doses say; no contacts for those that must wait, empty where
    the session has no jumps.

    From the top of the band twice the session goes up a tier, its first jump of the hardest for
    the next harder one, and begins at the floor; it stays there until jumps begin anew.
    """
    asked = {
        exercise.id: (rule_context(setup, state, exercise, today, dose, deload=deload), dose)
        for exercise, dose in work
        if exercise.kind is Kind.PLYOMETRIC
    }
    if not asked:
        return {}
    asks = [context for context, _ in asked.values()]
    # Where none may be done, the first is; the rope takes its place.
    # What pain takes away keeps its share: the others are not to have more for it.
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
            action=_called(
                action, state, total, first=up is not None and up[0].exercise.id == name
            ),
            reasons=reasons,
            up=up[1] if up is not None and up[0].exercise.id == name else None,
        )
        for name in asked
    }


def _called(action: Action, state: State, total: int, *, first: bool) -> Action:
    """What a jump's share is called: where the session begins a tier, only the jump of that tier
    is a first; the others have more of the session, as much, or less."""
    if action is not Action.START or not state.jumps:
        return action
    return Action.VARIANT_UP if first else jumps.compared(total, state.jumps[-1].contacts)


def _contacts(exercise: Exercise, dose: Dose) -> int:
    sides = 1 if exercise.sides is Sides.BOTH else 2
    return (dose.measures.contacts or 0) * dose.sets * sides


def _higher(
    able: Sequence[RuleContext], hardest: RuleContext, *, going: bool
) -> tuple[RuleContext, Exercise] | None:
    """The jump of the session that gives way to one of the next tier, and that one; None where the
    session does not go up (``going``) and has not, or strength must come first."""
    # An easier session with easier jumps takes nothing back.
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
            continue  # Where nothing rises, nothing is new.
        if jumps.waits(replace(context, exercise=harder)) is None:
            return context, harder
    return None


def shares(
    exercises: Mapping[str, Exercise], wanted: Mapping[str, int], total: int
) -> dict[str, int]:
    """The budget of a session, ``total`` contacts, divided among its jumps in the proportions that
    the programme gives them (contacts by exercise); box jumps have thirty at most."""
    left = dict(wanted)
    made: dict[str, int] = {}
    if jumps.BOX in left and len(left) > 1:
        share = total * left[jumps.BOX] // sum(left.values())
        made[jumps.BOX] = min(jumps.BOX_CONTACTS, share) // 2 * 2
        del left[jumps.BOX]
        total -= made[jumps.BOX]
    weight = sum(left.values())
    for name in sorted(left, key=lambda name: exercises[name].jump_feet or 1, reverse=True):
        step = 2  # A landing on both feet, or one on each.
        share = total if weight == left[name] else total * left[name] // weight
        made[name] = share // step * step
        total -= made[name]
        weight -= left[name]
    return {name: made[name] for name in wanted}
