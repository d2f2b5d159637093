"""Plan the jumps of one session: divide its budget of foot contacts among the exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator import jumps, ladder
from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import Grade
from tui.domain.calculator.jumps import Share
from tui.domain.calculator.rule_context import rule_context
from tui.domain.calculator.state import JumpDay, Setup, State
from tui.domain.calculator.step import RuleContext
from tui.domain.model.values import Dose, Exercise, Kind, Sides

PAIR = 2  # One landing on both feet, or one on each foot.


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
    over. A few jumps beside other work get their part of the band, rise by their own history and
    stay on their tier (source project).
    """
    asked = {
        exercise.id: (rule_context(setup, state, exercise, today, dose, deload=deload), dose)
        for exercise, dose in work
        if exercise.kind is Kind.PLYOMETRIC
    }
    if not asked:
        return {}
    asks = [context for context, _ in asked.values()]
    exercises = {context.exercise.id: context.exercise for context in asks}
    # Jumps that wait keep their share: the others do not get more for it.
    wanted = {name: _contacts(exercises[name], dose) for name, (_, dose) in asked.items()}
    # If no jump is allowed, take the first: rope skipping replaces it.
    # A jump ruled out by pain keeps its share, so that the others do not get more.
    able = [context for context in asks if jumps.comes_later(context) is None] or asks[:1]
    hardest = max(able, key=lambda context: jumps.tier_of(context.exercise))
    floor, top = jumps.BANDS[hardest.level]
    few = _few(work, sum(wanted.values()), floor)
    known = jumps.own_jumps(hardest) if few else state.jumps
    action, total, reasons = jumps.budget(hardest, known if few else None)
    rising = action is Action.VARIANT_UP
    up = None if few else _higher(able, hardest, going=rising)
    lead = hardest if up is None else replace(up[0], exercise=up[1])
    if up is not None:
        action, total, reasons = jumps.budget(lead)
    if few:
        part = top if known and action is not Action.LAYOFF else total
        total, top = part * few // floor, top * few // floor
    rises = jumps.may_rise(action, reasons)
    told: tuple[Reason, ...] = ()
    if action is Action.VARIANT_UP:
        tier = jumps.tier_of(lead.exercise)
        alike = [context for context in able if jumps.tier_of(context.exercise) == tier]
        told = ladder.no_harder_jump([lead, *alike], reasons)
        action, reasons = Action.HOLD, ()
    waiting = [context for context in asks if jumps.reason_to_wait(context) is not None]
    if hardest.guards and known:
        full = [one for one in known if not one.guarded or jumps.sore(hardest.guards)]
        last = (full or known)[-1]
        total = min(total, _as_a_whole(last.contacts, wanted, waiting))
    going_on = [lead if up is not None and one is up[0] else one for one in asks]
    own = {asks[n].exercise.id: jumps.last_full(one) for n, one in enumerate(going_on)}
    most = top if action is Action.INCREASE else total
    givers = [context.exercise.id for context in asks if context not in waiting]
    shared = _kept(shares(exercises, wanted, total), own, givers, most)
    able_names = [context.exercise.id for context in able]
    free = [context.exercise.id for context in able if context not in waiting]
    going = next((name for name in free if shared[name]), (free or able_names)[0])
    shared[going] = max(2, shared[going])
    teller = _teller(hardest if up is None else up[0], free)
    return {
        name: Share(
            contacts=shared[name] if name in able_names else 0,
            action=action,
            first=floor // len(asked),
            reasons=told if name == teller and told else reasons,
            up=up[1] if up is not None and up[0].exercise.id == name else None,
            rises=rises,
            waits=name == going and bool(free) and bool(waiting),
        )
        for name in asked
    }


def _few(work: Sequence[tuple[Exercise, Dose]], asked: int, floor: int) -> int:
    """The contacts ``asked`` for, if they are a few jumps beside other work: less than half of the
    band's ``floor``. Otherwise 0."""
    beside = any(one.kind not in (Kind.PLYOMETRIC, Kind.MOBILITY) for one, _ in work)
    return asked if beside and 2 * asked < floor else 0


def _teller(lead: RuleContext, free: Sequence[str]) -> str:
    """The jump that tells what holds for the session: the ``lead``, but box jumps only if alone,
    as they tell of their own limit."""
    others = [name for name in free if name != jumps.BOX]
    return others[0] if lead.exercise.id == jumps.BOX and others else lead.exercise.id


def _kept(
    shared: Mapping[str, int],
    own: Mapping[str, JumpDay | None],
    givers: Sequence[str],
    most: int,
) -> dict[str, int]:
    """The shares of a session, without a clean jump falling by a rounding step: it keeps the pair
    of contacts while the session has room (up to ``most``), or takes it from one of the ``givers``
    that gets more than last time. ``own`` are the last full sessions of each."""
    kept = dict(shared)
    last = {name: 0 if one is None else one.contacts for name, one in own.items()}
    for name, one in own.items():
        clean = one is not None and one.grade is Grade.CLEAN
        if not (clean and 0 < last[name] - kept[name] <= PAIR):
            continue
        if sum(kept.values()) + PAIR > most:
            giver = max(givers, key=lambda other: kept[other] - last[other], default=name)
            if kept[giver] - last[giver] < PAIR:
                continue
            kept[giver] -= PAIR
        kept[name] += PAIR
    return kept


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
        made[jumps.BOX] = min(jumps.BOX_CONTACTS, share) // PAIR * PAIR
        del left[jumps.BOX]
        total -= made[jumps.BOX]
    weight = sum(left.values())
    for name in sorted(left, key=lambda name: exercises[name].jump_feet or 1, reverse=True):
        share = total if weight == left[name] else total * left[name] // weight
        made[name] = share // PAIR * PAIR
        total -= made[name]
        weight -= left[name]
    return {name: made[name] for name in wanted}
