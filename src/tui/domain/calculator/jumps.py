"""Progression rules for plyometrics, dosed in foot contacts: a session's budget and its sets.

The bands by level, two contacts for a landing on both feet and one for a single foot, and weeks of
strength work before high jumps are trailrunner-lift's; how the budget grows is the project's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Facts, Reason
from tui.domain.calculator.bouts import Grade
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import (
    STREAK_DAYS,
    gap_days,
    gap_share,
    jumps_left,
    rested_for_race,
)
from tui.domain.calculator.jump_fold import TIERS
from tui.domain.calculator.sides import Balance
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
LATELY_DAYS = 28  # Full sessions longer ago than this count for less.
BOX, BOX_CONTACTS = "box-jump", 30
FIRST_HIGH = 20  # The contacts of the first session of a high jump (source project).
ROPE = "rope-skipping"
APART_DAYS = 2
UNSOUND = ("form", "effort", "pain")  # The causes for which jumps must not be increased.
SET_JUMPS = (10, 5, 5)  # Most jumps in a set, by tier.
# With these actions of the session's budget an exercise may get more than last time.
RISES = (Action.START, Action.INCREASE, Action.VARIANT_UP)
HOLDS = {"form": "HOLD_LANDING", "effort": "HOLD_EFFORT", "pain": "HOLD_PAIN"}
HELD = frozenset({*HOLDS.values(), "HOLD_SHORT"})


class Share(Struct, frozen=True):
    """One exercise's share of a session's jumps: its ``contacts``, and the action and reasons of
    the session's budget. ``first`` is the most it may begin with if it was never done before.
    ``up`` is the harder jump to do instead, if the session goes up a tier or has done so.
    ``rises``: it may get more than last time. ``waits``: other jumps of the session wait, and it is
    told here that their contacts do too."""

    contacts: int
    action: Action
    first: int
    reasons: tuple[Reason, ...] = ()
    up: Exercise | None = None
    rises: bool = False
    waits: bool = False


def jump(context: RuleContext, sides: Balance) -> Step:
    """The jumps of an exercise asked about alone: the whole budget, by its own history."""
    own = own_jumps(context)
    action, contacts, reasons = budget(context, own)
    first, _ = BANDS[context.level]
    known = _known(context)
    if context.guards and known:
        first = min(first, known[-1].contacts)
    share = Share(
        contacts=contacts,
        action=action,
        first=first,
        reasons=reasons,
        rises=may_rise(action, reasons),
    )
    return share_of(context, share, sides)


def share_of(context: RuleContext, share: Share, sides: Balance) -> Step:
    """The jumps of an exercise that gets a share of the session's budget: never more than its own
    history allows, whatever the others leave over (source project)."""
    own = own_jumps(context)
    rises = share.rises and not sides.holds
    most = _most(context, own, rises=rises) if own else int(share.first * context.guards.contacts)
    few = not own and tier_of(context.exercise) == HIGH and min(share.contacts, most) > FIRST_HIGH
    contacts = FIRST_HIGH if few else min(share.contacts, most)
    if context.exercise.id == BOX:
        contacts = min(contacts, BOX_CONTACTS)
    sets = _with_room(context.exercise, contacts, sides)
    now = _total(context.exercise, sets)
    away = bool(own) and _away(context, own[-1].day) >= STREAK_DAYS
    if share.action is Action.VARIANT_UP and not (context.guards or away or sides.holds):
        return Step(action=share.action, sets=sets, reasons=share.reasons)
    if not own:
        action, reasons = _told_first(context, share, now)
        reasons = (Reason("FIRST_HIGH"),) if few else reasons
    elif away:
        action = Action.LAYOFF
        reasons = () if context.guards else (Reason("LAYOFF_JUMP", _days_since(context, own[-1])),)
    else:
        action, reasons = _told(context, share, own, now)
    pause = context.guards.same_jumps
    if pause is not None and own and now > own[-1].contacts:
        reasons = (Reason("LAYOFF_JUMPS_ON", pause.facts), *reasons)
    if share.waits:
        reasons = (*reasons, Reason("JUMPS_WAIT"))
    return Step(action=action, sets=sets, reasons=reasons)


# -- an exercise's own history ---------------------------------------------------------------------


def own_jumps(context: RuleContext) -> tuple[JumpDay, ...]:
    """The sessions of the exercise itself, oldest first."""
    return _since_race(context, context.state.jumped.get(context.exercise.id, ()))


def last_full(context: RuleContext) -> JumpDay | None:
    """The exercise's last session that was not easier by plan; without one, the last, if any."""
    own = own_jumps(context)
    return _full(own) if own else None


def _known(context: RuleContext) -> tuple[JumpDay, ...]:
    """The sessions with jumps of any kind, oldest first."""
    return _since_race(context, context.state.jumps)


def _since_race(context: RuleContext, known: Sequence[JumpDay]) -> tuple[JumpDay, ...]:
    """The sessions up to the day; after the rest for a race their runs start over."""
    known = tuple(one for one in known if one.day <= context.day)
    if known and rested_for_race(context.setup, known[-1].day, context.day):
        return tuple(replace(one, grade=Grade.FRESH) for one in known)
    return known


def _full(own: Sequence[JumpDay]) -> JumpDay:
    """The last session that was not easier by plan; without one, the last."""
    return next((one for one in reversed(own) if not one.guarded), own[-1])


def _away(context: RuleContext, day: date) -> int:
    return gap_days(context.setup, day, context.day)


def _days_since(context: RuleContext, one: JumpDay) -> Facts:
    """The days since a session, as a reason tells them: all of them, rest for a race or not."""
    return {"days": (context.day - one.day).days}


def _most(context: RuleContext, own: Sequence[JumpDay], *, rises: bool) -> int:
    """The most contacts that an exercise's own history allows: a tenth or one set more than its
    last full session if it ``rises``, the same if not, and less after a gap."""
    last, full = own[-1], _full(own)
    away, age = _away(context, last.day), _away(context, full.day)
    # Planned easier sessions are no ceiling, but only for four weeks.
    late = int(full.contacts * gap_share(age)) if age >= LATELY_DAYS else _more(full)
    most = max(_more(last), late)
    if not (rises and full.grade is Grade.CLEAN):
        again = full.contacts if full.cause in UNSOUND else max(full.asked, full.contacts)
        most = min(most, again)
    if away >= STREAK_DAYS:
        most = min(most, last.contacts)
        # A second gap as long as the one before takes nothing more: someone who jumps every three
        # weeks would end at none.
        before = _days_between(context, own)
        if before is None or jumps_left(before) > jumps_left(away):
            most = min(most, int(full.contacts * jumps_left(age)))
    if context.guards:
        # What a gap takes is taken above.
        shares = [g.contacts for g in context.guards.fired if g.action is not Action.LAYOFF]
        most = min(most, int(full.contacts * min(shares, default=1.0)))
    return min(most, last.contacts) if sore(context.guards) else most


def _more(one: JumpDay) -> int:
    """A tenth more, or one more set of the size done (at most of the usual size)."""
    return max(one.contacts * 11 // 10, one.contacts + min(one.largest, SET_JUMPS[one.tier] * 2))


def _days_between(context: RuleContext, own: Sequence[JumpDay]) -> int | None:
    """The days between the last two sessions, or None."""
    return gap_days(context.setup, own[-2].day, own[-1].day) if len(own) > 1 else None


# -- what is said of it ----------------------------------------------------------------------------


def _told_first(context: RuleContext, share: Share, now: int) -> tuple[Action, tuple[Reason, ...]]:
    """The action and reasons for an exercise's first time."""
    new = tuple(reason for reason in share.reasons if reason.code == "NEW_TIER")
    action = Action.VARIANT_UP if share.up is not None else Action.START
    box = _box_most(context, share, now) if share.contacts > now else ()
    return action, (*(new or (_band(context),)), *box)


def _told(
    context: RuleContext, share: Share, own: Sequence[JumpDay], now: int
) -> tuple[Action, tuple[Reason, ...]]:
    """The action and reasons for ``now`` contacts of an exercise, compared with its last full
    session: more is an increase, less than that and than what was last done a decrease. The
    session's own reasons are told only where they are true of the exercise."""
    if context.guards:
        return Action.HOLD, share.reasons if context.guards.jumps_anew else ()
    full = _full(own)
    last = _total(context.exercise, in_sets(context.exercise, full.contacts))
    if now > max(full.contacts, own[-1].contacts) and full.grade is Grade.CLEAN:
        return Action.INCREASE, (Reason("MORE_CONTACTS", {"contacts": now}),)
    capped = _box_most(context, share, now)
    if now > last:
        again = full.asked - now < 2
        return Action.HOLD, _held(full) if again else (Reason("JUMPS_BY_STEPS"),)
    if now == last:
        if capped:
            return Action.HOLD, capped
        if full.grade is not Grade.CLEAN:
            return Action.HOLD, _held(full)
        if share.action in (Action.HOLD, Action.VARIANT_UP):
            others = any(reason.code in HELD for reason in share.reasons)
            told = share.reasons or _capped_by(context, share, full, now)
            return Action.HOLD, (Reason("JUMPS_HELD"),) if others else told
        return Action.HOLD, _capped_by(context, share, full, now)
    fewer = tuple(r for r in share.reasons if r.code in ("BAND_CAP", "NEW_TIER"))
    action = Action.DECREASE if now < own[-1].contacts else Action.HOLD
    return action, fewer or capped or _capped_by(context, share, full, now)


def _capped_by(context: RuleContext, share: Share, full: JumpDay, now: int) -> tuple[Reason, ...]:
    """What keeps ``now`` contacts from being more: the exercise's share, or its history."""
    if share.contacts - now < 2:
        return (Reason("JUMP_SHARE"),)
    if _away(context, full.day) >= LATELY_DAYS:
        return (Reason("FULL_LONG_AGO", _days_since(context, full)),)
    return (Reason("JUMPS_BY_STEPS"),)


def _box_most(context: RuleContext, share: Share, now: int) -> tuple[Reason, ...]:
    """The reason if box jumps stay at their most."""
    capped = context.exercise.id == BOX and now == BOX_CONTACTS <= share.contacts
    return (Reason("BOX_MOST", {"contacts": BOX_CONTACTS}),) if capped else ()


def _band(context: RuleContext) -> Reason:
    floor, top = BANDS[context.level]
    return Reason("BAND", {"floor": floor, "top": top})


def _held(last: JumpDay) -> tuple[Reason, ...]:
    """Why jumps hold after a session that was not clean."""
    if last.grade is Grade.FRESH:
        return (Reason("HOLD_AGAIN"),)
    if last.grade is Grade.STOPPED and last.cause != "pain":
        return (Reason("HOLD_STOPPED"),)
    return (Reason(HOLDS.get(last.cause, "HOLD_SHORT")),)


# -- what must wait --------------------------------------------------------------------------------


def high_jump_block(context: RuleContext) -> Reason | None:
    """Why high jumps must wait for weeks and sessions of strength work, or None."""
    if tier_of(context.exercise) < HIGH:
        return None
    weeks = GATE_WEEKS[context.level]
    first, done = context.state.strength, context.state.strength_count
    if first is not None and (context.day - first).days >= 7 * weeks and done >= GATE_SESSIONS:
        return None
    return Reason("HIGH_PLYO_GATE", {"weeks": weeks, "sessions": GATE_SESSIONS, "done": done})


def sore(guards: Guards) -> bool:
    """Whether pain is among what fired: then not even an easier session is gone beyond."""
    return any(guard.reason.code.startswith("PAIN") for guard in guards.fired)


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


# -- the session's budget --------------------------------------------------------------------------


def budget(
    context: RuleContext, known: Sequence[JumpDay] | None = None
) -> tuple[Action, int, tuple[Reason, ...]]:
    """The action, foot contacts and reasons for a session whose hardest jump is this exercise.
    ``known`` are the sessions from which it is read, of jumps of all kinds if not given."""
    floor, top = BANDS[context.level]
    every = _known(context)
    known = every if known is None else known
    counted = [one for one in known if not one.guarded]
    mine = tier_of(context.exercise)
    if context.guards.jumps_anew:
        return Action.LAYOFF, _eased(context, floor), (_band(context),)
    if not counted:
        new = bool(every) and not context.guards and all(mine > one.tier for one in every)
        reason = Reason("NEW_TIER", {"floor": floor}) if new else _band(context)
        return Action.START, _eased(context, floor), (reason,)
    last = counted[-1]
    base = max(floor, min(top, last.contacts))
    if context.guards:
        return Action.HOLD, _eased(context, base), ()
    if mine > last.tier:
        return Action.START, floor, (Reason("NEW_TIER", {"floor": floor}),)
    if (context.day - every[-1].day).days < APART_DAYS and context.exercise.id != ROPE:
        return Action.HOLD, base, (Reason("TOO_SOON"),)
    if last.contacts > top:
        facts = {"contacts": last.contacts, "top": top}
        return Action.DECREASE, top, (Reason("BAND_CAP", facts),)
    if last.grade is not Grade.CLEAN:
        # A session that was cut short is repeated as planned, with at least the floor.
        again = min(base, last.contacts) if last.cause in UNSOUND else base
        return Action.HOLD, again, _held(last)
    if last.contacts < top:
        # A session made smaller by first times, or by jumps that waited, is no step back.
        best = max(
            one.contacts for one in counted[-2:] if one is last or _counts(context, one, last)
        )
        tenth = min(top, best * 11 // 10 // 2 * 2)
        return Action.INCREASE, max(floor, base if best < floor else tenth), ()
    if _at_top(counted, top, mine) < 2:
        return Action.HOLD, base, (Reason("CONFIRM_TOP"),)
    return Action.VARIANT_UP, base, (Reason("TIER_UP", {"contacts": top}),)


def may_rise(action: Action, reasons: Sequence[Reason]) -> bool:
    """Whether an exercise of the session may get more than last time, up to its share: if the
    budget rises or is at its top, which others may have reached without it."""
    return action in RISES or any(reason.code == "CONFIRM_TOP" for reason in reasons)


def _counts(context: RuleContext, one: JumpDay, last: JumpDay) -> bool:
    """Whether a session before the last still says how much can be done: not if it was of easier
    jumps, or the step up a tier would be followed by all of its contacts at once."""
    lately = _away(context, one.day) < LATELY_DAYS
    return one.grade is Grade.CLEAN and lately and one.tier >= last.tier


def _eased(context: RuleContext, contacts: int) -> int:
    """Contacts under the guards: an even number."""
    return max(2, int(contacts * context.guards.contacts) // 2 * 2)


def _at_top(counted: Sequence[JumpDay], top: int, tier: int) -> int:
    times = 0
    for one in reversed(counted):
        if one.grade is not Grade.CLEAN or one.contacts < top or one.tier != tier:
            break
        times += 1
    return times


# -- sets ------------------------------------------------------------------------------------------


def in_sets(exercise: Exercise, contacts: int) -> tuple[Measures, ...]:
    """The contacts as even sets of 5 to 10 jumps for the low tier, 3 to 5 for the others, on each
    leg where they alternate; in a one-legged jump each side does half."""
    feet = exercise.jump_feet or 1
    jumps = max(1, contacts // (feet * _sides(exercise)))
    alternate = feet == 1 and _sides(exercise) == 1
    count = -(-jumps // (SET_JUMPS[tier_of(exercise)] * (2 if alternate else 1)))
    least, more = divmod(jumps, count)
    return tuple(Measures(contacts=(least + (number < more)) * feet) for number in range(count))


def _with_room(exercise: Exercise, contacts: int, sides: Balance) -> tuple[Measures, ...]:
    """The contacts in sets; the weaker side's extra set is one of them, not one more."""
    sets = in_sets(exercise, contacts)
    less = contacts
    while sides.more and less > 2 and _total(exercise, sets) + (sets[-1].contacts or 0) > contacts:
        less -= 2
        sets = in_sets(exercise, less)
    return sets


def _total(exercise: Exercise, sets: Sequence[Measures]) -> int:
    """The foot contacts of the sets, both sides."""
    return sum(one.contacts or 0 for one in sets) * _sides(exercise)


def _sides(exercise: Exercise) -> int:
    return 1 if exercise.sides is Sides.BOTH else 2
