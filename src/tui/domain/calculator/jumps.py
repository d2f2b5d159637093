"""Jumps, dosed in foot contacts: the budget of a session and how it is laid out in sets.

Bands by level, two contacts for a landing on both feet, one for one, and strength work for weeks
before the high jumps are trailrunner-lift's; how the budget grows is the project's.
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
UNSOUND = ("form", "effort", "pain")  # Why jumps that were done are not to be more.
LOW_SET, HIGH_SET = 10, 5  # Jumps in a set, of the low tier and of the others.


class Share(Struct, frozen=True):
    """What one exercise has of the jumps of a session: ``contacts`` of its budget, and what is
    said of that budget. ``up`` is the harder jump to do in its place, where the session goes on to
    the next tier or has gone."""

    contacts: int
    action: Action
    reasons: tuple[Reason, ...] = ()
    up: Exercise | None = None


def jump(context: RuleContext) -> Step:
    """The jumps of an exercise that has the whole budget of the session."""
    action, contacts, reasons = budget(context)
    return _with_most(context, action, contacts, reasons)


def share_of(context: RuleContext, share: Share) -> Step:
    """The jumps of an exercise that has a share of the session's."""
    return _with_most(context, share.action, share.contacts, share.reasons)


def _with_most(
    context: RuleContext, action: Action, contacts: int, reasons: tuple[Reason, ...]
) -> Step:
    """So many contacts, box jumps no more than they may have."""
    if context.exercise.id == BOX and contacts > BOX_CONTACTS and action is not Action.VARIANT_UP:
        contacts = BOX_CONTACTS
        most = Reason("BOX_MOST", {"contacts": BOX_CONTACTS})
        # Whatever the session may grow to, the box jumps do not.
        action, reasons = (
            (Action.HOLD, (most,)) if action is Action.INCREASE else (action, (*reasons, most))
        )
    return Step(action=action, sets=in_sets(context.exercise, contacts), reasons=reasons)


def gate(context: RuleContext) -> Reason | None:
    """Why high jumps must wait, None where they need not: weeks and sessions of strength first."""
    if tier_of(context.exercise) < HIGH:
        return None
    weeks = GATE_WEEKS[context.level]
    first, done = context.state.strength, context.state.strength_count
    if first is not None and (context.day - first).days >= 7 * weeks and done >= GATE_SESSIONS:
        return None
    return Reason("HIGH_PLYO_GATE", {"weeks": weeks, "sessions": GATE_SESSIONS, "done": done})


def spared(guards: Guards, exercise: Exercise) -> Reason | None:
    """Why pain leaves a jump above the low tier out, None where it does not."""
    return guards.low_jumps if tier_of(exercise) > 0 else None


def waits(context: RuleContext) -> Reason | None:
    """Why a jump must wait, None where it need not: for pain, or because another comes first."""
    return spared(context.guards, context.exercise) or comes_later(context)


def comes_later(context: RuleContext) -> Reason | None:
    """Why other work comes before a jump, None where none does: strength before the high ones, the
    low ones first after a month without."""
    if context.guards.jumps_anew and tier_of(context.exercise) > 0:
        return Reason("JUMPS_LOW")
    return gate(context)


def tier_of(exercise: Exercise) -> int:
    """0 low, 1 medium, 2 high."""
    return TIERS.get(exercise.jump_tier or "low", 0)


def budget(context: RuleContext) -> tuple[Action, int, tuple[Reason, ...]]:
    """The foot contacts of a session whose hardest jump is the one asked for."""
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
        # Cut short, the session is asked for again as it was meant to be: at the floor at least.
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
    """An increase, a hold or a decrease of contacts."""
    if now == last:
        return Action.HOLD
    return Action.INCREASE if now > last else Action.DECREASE


def _eased(context: RuleContext, contacts: int, known: Sequence[JumpDay]) -> int:
    """Contacts under the guards, an even number; never above the last session's."""
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
    """So many contacts in even sets of 5 to 10 jumps of the low tier, 3 to 5 of the others; of a
    jump on one leg each side does half of them."""
    feet = exercise.jump_feet or 1
    sides = 2 if exercise.sides is not Sides.BOTH else 1
    jumps = max(1, contacts // (feet * sides))
    size = LOW_SET if tier_of(exercise) == 0 else HIGH_SET
    count = -(-jumps // size)
    least, more = divmod(jumps, count)
    return tuple(Measures(contacts=(least + (number < more)) * feet) for number in range(count))
