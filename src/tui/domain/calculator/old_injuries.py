"""Regions that the runner names because they were injured once: an easier start, and half steps.

That a plan should know them is what the coaches of Team RunRun ask for; what follows from them is
the project's.
"""

from __future__ import annotations

import math

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Profile, Reason
from tui.domain.calculator.bouts import Grade, size
from tui.domain.calculator.jumps import in_sets, own_jumps
from tui.domain.calculator.loads import EQUAL
from tui.domain.calculator.sets import lowered
from tui.domain.calculator.state import State
from tui.domain.calculator.step import (
    RuleContext,
    Step,
    even,
    is_clean,
    more_sets,
    reachable,
    working,
)
from tui.domain.model.regions import eased_for
from tui.domain.model.values import Exercise, Kind, Measures, Sides

CLEAN_SESSIONS = 2  # So many clean sessions of the easier variant come first.
SINGLE_SET = 0.8  # What is left of a first session that has one set only.
# The smallest step up of each measure: half of its ordinary one, or one.
SMALLEST = {"reps": 1, "hold_s": 3, "tempo_s": 1, "distance_m": 5, "duration_s": 5}
CONTACTS = 2


def named_region(profile: Profile, exercise: Exercise) -> str | None:
    """The first region of an exercise that the runner has named, or None. Mobility has none."""
    if exercise.kind is Kind.MOBILITY:
        return None
    return next((one for one in eased_for(exercise) if one in profile.old_injuries), None)


def is_mastered(state: State, exercise: Exercise) -> bool:
    """Whether an exercise went well in two of its last sessions."""
    if exercise.kind is Kind.PLYOMETRIC:
        jumped = state.jumped.get(exercise.id, ())
        return sum(one.grade is Grade.CLEAN for one in jumped) >= CLEAN_SESSIONS
    history = state.histories.get(exercise.id)
    return history is not None and sum(map(is_clean, history.bouts)) >= CLEAN_SESSIONS


def gentler_start(context: RuleContext, step: Step, region: str) -> Step:
    """A first session with one set fewer; one of a single set with a fifth less."""
    if len(step.sets) > 1:
        sets = step.sets[:-1]
    elif context.exercise.kind is Kind.PLYOMETRIC:
        contacts = _contacts(context.exercise, step.sets)
        sets = in_sets(context.exercise, max(CONTACTS, int(contacts * SINGLE_SET) // 2 * 2))
    else:
        sets = even(lowered(context, step.sets[0], SINGLE_SET), 1)
    return replace(step, sets=sets, reasons=(*step.reasons, Reason("FEWER_FIRST", _of(region))))


def half_step(context: RuleContext, step: Step, region: str) -> Step:
    """A step that rises by half of what it would, but by at least the smallest step there is. What
    does not rise stays as it is, and so do clusters: a rung is their smallest step."""
    if step.action in (Action.VARIANT_UP, Action.VARIANT_DOWN):
        return step
    if context.exercise.kind is Kind.PLYOMETRIC:
        return _half_the_contacts(context, step, region)
    before = _before(context)
    kind = context.exercise.kind
    if before is None or kind is Kind.CLUSTER or size(kind, step.sets[0]) <= size(kind, before):
        return step
    if context.exercise.loading != "heavy" and context.bouts:
        last = context.bouts[-1]
        if 0 < last.sets < len(step.sets):  # A set more is a step of its own.
            return more_sets(reachable(context, working(context.bouts)), len(step.sets))
    sets = tuple(_halfway(context, before, one) for one in step.sets)
    return step if sets == step.sets else _halved(step, sets, region)


def _halved(step: Step, sets: tuple[Measures, ...], region: str) -> Step:
    # That it goes up by more than usual is no longer so.
    others = tuple(one for one in step.reasons if one.code != "SEARCH")
    return replace(step, sets=sets, reasons=(Reason("HALF_STEP", _of(region)), *others))


def _of(region: str) -> dict[str, float | str]:
    return {"region": region}


def _before(context: RuleContext) -> Measures | None:
    """What a set rises from: the most of the last session, planned or done, and of the last full
    one; None if nothing is known of either."""
    if context.history is None:
        return None
    last = context.history.last
    known = [last.asked, last.done, *([working(context.bouts)] if context.bouts else [])]
    most = max(known, key=lambda one: size(context.exercise.kind, one))
    loads = [one.lifted for one in context.history.trackers.values() if one.lifted]
    loads += [one.load_kg for one in known if one.load_kg is not None]
    return replace(most, load_kg=max(loads, default=None))


def _halfway(context: RuleContext, before: Measures, planned: Measures) -> Measures:
    """The planned measures, each that rises from ``before`` by half of it. With more load the
    others are what the plan has."""
    load, lifted = planned.load_kg, before.load_kg
    if load is not None and lifted is not None and load > lifted + EQUAL:
        return replace(planned, load_kg=_half_the_load(context, lifted, load))
    changed: dict[str, float] = {}
    for name, smallest in SMALLEST.items():
        now, last = getattr(planned, name), getattr(before, name)
        if now is not None and last is not None and now > last:
            half = smallest * math.floor((now - last) / 2 / smallest + 1e-9)
            changed[name] = min(now, last + max(smallest, half))
    return replace(planned, **changed)


def _half_the_load(context: RuleContext, lifted: float, load: float) -> float:
    """The load half way up, or the next one owned; ``load`` without known loads."""
    if context.loads is None:
        return load
    half = context.loads.down((lifted + load) / 2)
    if half > lifted + EQUAL:
        return half
    after = context.loads.above(lifted)
    return load if after is None else min(load, after)


def _half_the_contacts(context: RuleContext, step: Step, region: str) -> Step:
    own = own_jumps(context)
    now = _contacts(context.exercise, step.sets)
    if not own or now <= own[-1].contacts:
        return step
    last = own[-1].contacts
    target = last + max(CONTACTS, (now - last) // 2 // CONTACTS * CONTACTS)
    sets = in_sets(context.exercise, min(now, target))
    count = _contacts(context.exercise, sets)
    if count >= now:
        return step
    reasons = tuple(
        Reason(one.code, {"contacts": count}) if one.code == "MORE_CONTACTS" else one
        for one in step.reasons
    )
    return _halved(replace(step, reasons=reasons), sets, region)


def _contacts(exercise: Exercise, sets: tuple[Measures, ...]) -> int:
    """The foot contacts of the sets, both sides."""
    sides = 1 if exercise.sides is Sides.BOTH else 2
    return sum(one.contacts or 0 for one in sets) * sides
