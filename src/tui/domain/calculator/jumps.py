"""Progression rules for plyometrics, dosed in foot contacts: a session's budget and its sets.

The bands by level, two contacts for a landing on both feet and one for a single foot, and weeks of
strength work before high jumps are trailrunner-lift's; how the budget grows is the project's.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import Grade
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.jump_fold import TIERS
from tui.domain.calculator.state import JumpDay
from tui.domain.calculator.step import RuleContext, Step
from tui.domain.model.values import Exercise, Level, Measures, Sides

BANDS = {
    Level.BEGINNER: (80, 100),
    Level.INTERMEDIATE: (100, 120),
    Level.ADVANCED: (120, 140),
}
HIGH = TIERS["high"]
GATE_WEEKS = {Level.BEGINNER: 6, Level.INTERMEDIATE: 4, Level.ADVANCED: 4}
GATE_SESSIONS = 6
BOX, BOX_CONTACTS = "box-jump", 30
ROPE = "rope-skipping"
APART_DAYS = 2
UNSOUND = ("form", "effort", "pain")  # The causes for which jumps must not be increased.
LOW_SET, HIGH_SET = 10, 5  # Most jumps in a set, for the low tier and for the others.


class Share(Struct, frozen=True):
    """One exercise's share of a session's jumps: its ``contacts``, and the action and reasons of
    the session's budget. ``up`` is the harder jump to do instead, if the session goes up a tier or
    has done so."""

    contacts: int
    action: Action
    reasons: tuple[Reason, ...] = ()
    up: Exercise | None = None


def jump(context: RuleContext) -> Step:
    """The jumps of an exercise that gets the whole budget of the session."""
    action, contacts, reasons = budget(context)
    return _with_most(context, action, contacts, reasons)


def share_of(context: RuleContext, share: Share) -> Step:
    """The jumps of an exercise that gets a share of the session's budget."""
    return _with_most(context, share.action, share.contacts, share.reasons)


def _with_most(
    context: RuleContext, action: Action, contacts: int, reasons: tuple[Reason, ...]
) -> Step:
    """The step with the given contacts, capped for box jumps."""
    if context.exercise.id == BOX and contacts > BOX_CONTACTS and action is not Action.VARIANT_UP:
        contacts = BOX_CONTACTS
        most = Reason("BOX_MOST", {"contacts": BOX_CONTACTS})
        # The session may grow, but the box jumps do not.
        action, reasons = (
            (Action.HOLD, (most,)) if action is Action.INCREASE else (action, (*reasons, most))
        )
    return Step(action=action, sets=in_sets(context.exercise, contacts), reasons=reasons)


def high_jump_block(context: RuleContext) -> Reason | None:
    """Why high jumps must wait for weeks and sessions of strength work, or None."""
    if tier_of(context.exercise) < HIGH:
        return None
    weeks = GATE_WEEKS[context.level]
    first, done = context.state.strength, context.state.strength_count
    if first is not None and (context.day - first).days >= 7 * weeks and done >= GATE_SESSIONS:
        return None
    return Reason("HIGH_PLYO_GATE", {"weeks": weeks, "sessions": GATE_SESSIONS, "done": done})


def pain_block(guards: Guards, exercise: Exercise) -> Reason | None:
    """Why pain rules out a jump above the low tier, or None."""
    return guards.low_jumps if tier_of(exercise) > 0 else None


def reason_to_wait(context: RuleContext) -> Reason | None:
    """Why a jump must wait, for pain or because other work comes first, or None."""
    return pain_block(context.guards, context.exercise) or comes_later(context)


def comes_later(context: RuleContext) -> Reason | None:
    """Why other work comes before a jump, or None: strength before high jumps, and low jumps first
    after a month without any."""
    if context.guards.jumps_anew and tier_of(context.exercise) > 0:
        return Reason("JUMPS_LOW")
    return high_jump_block(context)


def tier_of(exercise: Exercise) -> int:
    """The tier of a jump: 0 low, 1 medium, 2 high."""
    return TIERS.get(exercise.jump_tier or "low", 0)


def budget(context: RuleContext) -> tuple[Action, int, tuple[Reason, ...]]:
    """The action, foot contacts and reasons for a session whose hardest jump is this exercise."""
    floor, top = BANDS[context.level]
    known = [one for one in context.state.jumps if one.day <= context.day]
    counted = [one for one in known if not one.guarded]
    band = Reason("BAND", {"floor": floor, "top": top})
    if context.guards.jumps_anew:
        return Action.LAYOFF, _eased(context, floor, known), (band,)
    if not counted:
        return Action.START, _eased(context, floor, known), (band,)
    last = counted[-1]
    base = max(floor, min(top, last.contacts))
    mine = tier_of(context.exercise)
    if context.guards:
        return Action.HOLD, _eased(context, base, known), ()
    if mine > last.tier:
        return Action.START, floor, (Reason("NEW_TIER", {"floor": floor}),)
    if (context.day - known[-1].day).days < APART_DAYS and context.exercise.id != ROPE:
        return Action.HOLD, base, (Reason("TOO_SOON"),)
    if last.contacts > top:
        facts = {"contacts": last.contacts, "top": top}
        return Action.DECREASE, top, (Reason("BAND_CAP", facts),)
    if last.grade is not Grade.CLEAN:
        # A session that was cut short is repeated as planned, with at least the floor.
        again = min(base, last.contacts) if last.cause in UNSOUND else base
        return Action.HOLD, again, _held(last)
    if base < top:
        tenth = max(base, min(top, int(base * 11 // 10) // 2 * 2))
        more = floor if last.contacts < floor else tenth
        reason = Reason("MORE_CONTACTS", {"contacts": more, "top": top})
        return compared(more, last.contacts), more, (reason,)
    if _at_top(counted, top, mine) < 2:
        return compared(base, last.contacts), base, (Reason("CONFIRM_TOP"),)
    return Action.VARIANT_UP, base, (Reason("TIER_UP", {"contacts": top}),)


def compared(now: int, last: int) -> Action:
    """Whether contacts increase, hold or decrease."""
    if now == last:
        return Action.HOLD
    return Action.INCREASE if now > last else Action.DECREASE


def _eased(context: RuleContext, contacts: int, known: Sequence[JumpDay]) -> int:
    """Contacts under the guards: an even number, never more than last session."""
    eased = int(contacts * context.guards.contacts)
    if context.guards and known:
        eased = min(eased, known[-1].contacts)
    return max(2, eased // 2 * 2)


def _held(last: JumpDay) -> tuple[Reason, ...]:
    words = {"form": "HOLD_LANDING", "effort": "HOLD_EFFORT", "pain": "HOLD_PAIN"}
    if last.grade is Grade.FRESH:
        return (Reason("HOLD_AGAIN"),)
    return (Reason(words.get(last.cause, "HOLD_SHORT")),)


def _at_top(counted: Sequence[JumpDay], top: int, tier: int) -> int:
    times = 0
    for one in reversed(counted):
        if one.grade is not Grade.CLEAN or one.contacts < top or one.tier != tier:
            break
        times += 1
    return times


def in_sets(exercise: Exercise, contacts: int) -> tuple[Measures, ...]:
    """The contacts as even sets of 5 to 10 jumps for the low tier, 3 to 5 for the others; in a
    one-legged jump each side does half."""
    feet = exercise.jump_feet or 1
    sides = 2 if exercise.sides is not Sides.BOTH else 1
    jumps = max(1, contacts // (feet * sides))
    size = LOW_SET if tier_of(exercise) == 0 else HIGH_SET
    count = -(-jumps // size)
    least, more = divmod(jumps, count)
    return tuple(Measures(contacts=(least + (number < more)) * feet) for number in range(count))
