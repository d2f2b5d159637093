"""Plan the jumps of one session: divide its budget of foot contacts among the exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator import jumps, ladder
from tui.domain.calculator.advice import Action
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
    jumps that must wait get no contacts, and their shares are not handed on. After two sessions at
    the top of the band the session goes up a tier: the first of its hardest jumps is replaced by
    the next harder one, and contacts start at the floor. It stays on that tier until jumps start
    over.
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
    lead = hardest if up is None else replace(up[0], exercise=up[1])
    if up is not None:
        action, total, reasons = jumps.budget(lead)
    if action is Action.VARIANT_UP:
        action, reasons = Action.HOLD, (*reasons, ladder.no_harder_jump(lead))
    exercises = {context.exercise.id: context.exercise for context in asks}
    # Jumps that wait keep their share: the others do not get more for it.
    wanted = {name: _contacts(exercises[name], dose) for name, (_, dose) in asked.items()}
    waiting = [context for context in asks if jumps.reason_to_wait(context) is not None]
    if hardest.guards and state.jumps:
        full = [one for one in state.jumps if not one.guarded or jumps.sore(hardest.guards)]
        last = (full or state.jumps)[-1]
        total = min(total, _as_a_whole(last.contacts, wanted, waiting))
    shared = shares(exercises, wanted, total)
    able_names = [context.exercise.id for context in able]
    free = [context.exercise.id for context in able if context not in waiting]
    going = next((name for name in free if shared[name]), (free or able_names)[0])
    shared[going] = max(2, shared[going])
    floor, _ = jumps.BANDS[hardest.level]
    return {
        name: Share(
            contacts=shared[name] if name in able_names else 0,
            action=action,
            first=floor // len(asked),
            reasons=reasons,
            up=up[1] if up is not None and up[0].exercise.id == name else None,
            waits=name == going and bool(free) and bool(waiting),
        )
        for name in asked
    }


def _as_a_whole(last: int, wanted: Mapping[str, int], waiting: Sequence[RuleContext]) -> int:
    """The contacts of the whole session if the jumps that do not wait are to have no more than the
    ``last`` session had."""
    every = sum(wanted.values())
    going = every - sum(wanted[context.exercise.id] for context in waiting)
    return last * every // going if going else last


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
