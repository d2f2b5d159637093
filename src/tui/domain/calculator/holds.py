"""Progression rules for isometric holds, clusters, slow eccentrics, carries and mobility.

The doses at either end come from the articles (kawamoto-speed: clusters of five-second holds, ten
seconds down; trailrunner-lift: the side plank up to a minute); the steps between are the project's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import Bout, Grade, size
from tui.domain.calculator.reps import ARTICLE, next_back
from tui.domain.calculator.step import (
    RuleContext,
    Step,
    even,
    held,
    is_clean,
    is_miss,
    lightened,
    more_sets,
    reachable,
    running,
    sets_asked,
    standing,
    way_back,
    working,
)
from tui.domain.calculator.system_load import USUAL_WEIGHT_KG
from tui.domain.model.values import Kind, Measures

HOLD_STEP_S = 5
HOLD_CAP_S = 60
# Calf and squat holds have a lower cap.
SHORT_CAP_S = 45
SHORT_HOLDS = frozenset(
    {"calf-hold", "single-leg-calf-hold", "single-leg-squat-hold", "split-squat-hold"}
)
# The share of the cap at which the harder variant starts.
VARIANT_SHARE = 0.5
VARIANT_SHARES = {"single-leg-wall-sit": 1 / 3}
MISSES_LESS = 3
LESS = 0.8
RUNGS = ((8, 5), (8, 6), (8, 8), (6, 10))  # Number of holds, seconds each.
LOST_DOWN = 3
LOST_EASIER = 3  # After so many such sessions on the lowest rung, the easier variant follows.
ARTICLE_PLACE = 4  # The article's dose, among the lowerings.
LOWERINGS = ((3, 5), (5, 5), (6, 5), (8, 5), (10, 5), (10, 6), (10, 7), (10, 8))  # Seconds, reps.
# With one more set, once the cap or the last rung was reached, it goes on from here.
MORE_SETS_SHARE = 0.85
LAST_RUNG, LAST_LOWERING = 2, 6
SORE_SESSIONS, SORE_SETS = 2, 2
DISTANCE_STEP_M, DISTANCE_TOP_M, DISTANCE_START_M = 10, 40, 20
DURATION_STEP_S, DURATION_TOP_S, DURATION_START_S = 10, 60, 30
BIG_CARRY_JUMP = 1.25
CARRY_SHARE = 0.12  # Of the body weight in each hand, for a first carry (source project).


def cap_s(exercise_id: str) -> int:
    """The seconds at which a hold is long enough to move on to a harder one."""
    return SHORT_CAP_S if exercise_id in SHORT_HOLDS else HOLD_CAP_S


def down_to_5(seconds: float) -> float:
    """Seconds rounded down to a multiple of 5, at least 5."""
    return max(HOLD_STEP_S, math.floor(seconds / HOLD_STEP_S + 1e-9) * HOLD_STEP_S)


def hold(context: RuleContext) -> Step:
    """Five seconds more after a clean session with effort of at most 8, up to the cap; after two
    sessions at the cap, the harder variant. A runner who held longer goes on from the cap."""
    if not context.bouts:
        return _start(context)
    base = working(context.bouts)
    cap = cap_s(context.exercise.id)
    times = running(context.bouts, lambda one: is_clean(one) and (one.done.hold_s or 0) >= cap)
    if (base.hold_s or 0) > cap and times < 2:
        reason = Reason("CAP", {"seconds": cap})
        return _step(context, Action.HOLD, replace(base, hold_s=cap), reason)
    seconds = base.hold_s or HOLD_STEP_S
    misses = running(context.bouts, is_miss)
    if misses >= MISSES_LESS and seconds <= HOLD_STEP_S:
        return _step(context, Action.VARIANT_DOWN, base, Reason("MISSES", {"sessions": misses}))
    if misses and misses % MISSES_LESS == 0:
        less = replace(base, hold_s=down_to_5(seconds * LESS))
        reason = Reason("MISSES", {"sessions": misses})
        return _step(context, Action.DECREASE, less, reason)
    if misses:
        return _step(context, Action.HOLD, base, Reason("MISSED"))
    if not is_clean(context.bouts[-1]):
        return _step(context, Action.HOLD, base, *held(context.bouts[-1]))
    if seconds < cap:
        longer = max(seconds, min(cap, down_to_5(seconds + HOLD_STEP_S)))
        reason = Reason("LONGER", {"seconds": longer})
        return _step(context, Action.INCREASE, replace(base, hold_s=longer), reason)
    if times < 2:
        return _step(context, Action.HOLD, base, Reason("CONFIRM_TOP"))
    at_cap = replace(base, hold_s=cap)
    return _step(context, Action.VARIANT_UP, at_cap, Reason("CAP_TWICE", {"seconds": cap}))


def variant_start_s(easier: str, harder: str) -> float:
    """The seconds at which a harder hold starts once the easier one has reached its cap."""
    return down_to_5(cap_s(easier) * VARIANT_SHARES.get(harder, VARIANT_SHARE))


def cluster(context: RuleContext) -> Step:
    """The next rung after two clean sessions with effort of at most 7, on the way back from pain or
    a layoff after one. One rung down if three holds on a side did not count; from the lowest rung,
    after three such sessions, the easier variant."""
    if not context.bouts:
        return _start(context)
    last = context.bouts[-1]
    base = working(context.bouts)
    rung = rung_of(base)
    if _gave_way(last) and rung > 0:
        reason = Reason("HOLDS_LOST", {"holds": last.lost})
        return _step(context, Action.DECREASE, _on(base, rung - 1), reason)
    lost = running(context.bouts, lambda one: _gave_way(one) and rung_of(one.asked) == 0)
    if lost >= LOST_EASIER:
        return _step(context, Action.VARIANT_DOWN, base, Reason("MISSES", {"sessions": lost}))
    if lost or is_miss(last):
        return _step(context, Action.HOLD, base, Reason("MISSED"))
    if not is_clean(last):
        return _step(context, Action.HOLD, base, *held(last))
    goal = way_back(context)
    if goal is not None and (more := _rung_back(base, goal)) is not None:
        facts = {"holds": more.holds or 1, "seconds": more.hold_s or HOLD_STEP_S}
        return _step(context, Action.INCREASE, more, Reason("BACK_HOLDS", facts))
    times = running(context.bouts, lambda one: is_clean(one) and rung_of(one.done) >= rung)
    if times < 2:
        return _step(context, Action.HOLD, base, Reason("CONFIRM"))
    if rung + 1 < len(RUNGS):
        holds, seconds = RUNGS[rung + 1]
        reason = Reason("NEXT_RUNG", {"holds": holds, "seconds": seconds})
        return _step(context, Action.INCREASE, _on(base, rung + 1), reason)
    load = base.load_kg
    after = None if load is None or context.loads is None else context.loads.above(load)
    if after is not None:
        banded = replace(_on(base, 0), load_kg=after)
        return _step(context, Action.INCREASE, banded, Reason("NEXT_LOAD", {"load": after}))
    return _step(context, Action.VARIANT_UP, base, Reason("TOP_RUNG"))


def _rung_back(base: Measures, goal: Measures) -> Measures | None:
    """The next dose of a cluster on the way back to ``goal``: the rest of its rung, then a rung;
    None if there is none."""
    rung = rung_of(base)
    if (base.holds or 0) >= min(RUNGS[rung][0], goal.holds or 0):
        rung = min(rung + 1, len(RUNGS) - 1)
    after = min(_on(base, rung), goal, key=lambda one: size(Kind.CLUSTER, one))
    return after if size(Kind.CLUSTER, after) > size(Kind.CLUSTER, base) else None


def _gave_way(one: Bout) -> bool:
    """Whether so many holds on a side did not count that it was too much."""
    return one.lost >= LOST_DOWN and one.grade is not Grade.FRESH


def rung_of(measures: Measures) -> int:
    """The highest rung that a cluster reaches."""
    seconds = measures.hold_s or 0
    return max((n for n, (_, s) in enumerate(RUNGS) if s <= seconds + 1e-9), default=0)


def _on(base: Measures, rung: int) -> Measures:
    holds, seconds = RUNGS[rung]
    return replace(base, holds=holds, hold_s=seconds)


def eccentric(context: RuleContext) -> Step:
    """First slower, up to ten seconds, then more reps: a step up after two clean sessions, a step
    back after two that fell short, from the lowest after three the easier variant. The first two
    sessions have at most two sets, because new slow lowerings make the muscles sore; in the third
    only the sets rise. On the way back from pain or a layoff, the tempo comes back with the same
    reps, a step after each clean session."""
    sessions = context.history.sessions if context.history is not None else 0
    usual = _sets(context)
    count = min(usual, SORE_SETS) if sessions < SORE_SESSIONS else usual
    sore = (Reason("SORENESS", {"sets": count}),) if count < usual else ()
    if not context.bouts:
        own = context.exercise.doses[context.level].measures
        first = replace(context.dose.measures, tempo_s=own.tempo_s, reps=own.reps)
        asks = _article_asks(context, first)
        reasons = (Reason("START"), *asks, *sore)
        return Step(action=Action.START, sets=even(first, count), reasons=reasons)
    base = working(context.bouts)
    place = _lowering(base)

    def step(action: Action, place: int, *reasons: Reason) -> Step:
        seconds, reps = LOWERINGS[place]
        moved = action in (Action.INCREASE, Action.DECREASE)
        to = replace(base, tempo_s=seconds, reps=reps) if moved else base
        asks = _article_asks(context, to)
        return Step(action=action, sets=even(to, count), reasons=(*reasons, *asks, *sore))

    short = running(context.bouts, lambda one: one.grade in (Grade.PARTIAL, Grade.MISS))
    if short >= 2 and short % 2 == 0 and place > 0:
        return step(Action.DECREASE, place - 1, Reason("SHORT_TWICE"))
    if short >= LOST_EASIER and place == 0:
        return step(Action.VARIANT_DOWN, place, Reason("MISSES", {"sessions": short}))
    if not is_clean(context.bouts[-1]):
        return step(Action.HOLD, place, *held(context.bouts[-1]))
    if sessions >= SORE_SESSIONS and context.bouts[-1].sets < count:
        return more_sets(base, count)
    goal = way_back(context)
    if goal is not None and (more := _lowering_back(base, goal)) is not None:
        facts = {"seconds": more.tempo_s or 1, "reps": more.reps or 1}
        return _step(context, Action.INCREASE, more, Reason("BACK_TEMPO", facts))
    times = running(context.bouts, lambda one: is_clean(one) and _lowering(one.done) >= place)
    if times < 2:
        return step(Action.HOLD, place, Reason("CONFIRM"))
    if place + 1 < len(LOWERINGS) and not (place >= ARTICLE_PLACE and _has_harder(context)):
        seconds, reps = LOWERINGS[place + 1]
        slower = Reason("SLOWER", {"seconds": seconds, "reps": reps})
        return step(Action.INCREASE, place + 1, slower)
    return step(Action.VARIANT_UP, place, Reason("TOP_RUNG"))


def _has_harder(context: RuleContext) -> bool:
    """Whether there is a harder variant to go on with: at the article's ten seconds, one leg comes
    before more reps on two."""
    harder = context.setup.library.exercises.get(context.exercise.harder or "")
    return harder is not None and context.setup.inventory.can_do(harder)


def _lowering_back(base: Measures, goal: Measures) -> Measures | None:
    """The next dose of a slow lowering on the way back to ``goal``: slower, then a rep more; None
    if there is none."""
    slow, before = base.tempo_s or 0, goal.tempo_s or 0
    reps, most = base.reps or 1, goal.reps or 1
    if slow < before:
        slower = next((s for s, _ in LOWERINGS if s > slow + 1e-9), before)
        return replace(base, tempo_s=min(slower, before), reps=min(reps, most))
    return replace(base, reps=reps + 1) if reps < most else None


def _article_asks(context: RuleContext, dose: Measures) -> tuple[Reason, ...]:
    """The lowering that the article asks of this exercise or of the next one up the ladder, if the
    dose is still on the way there."""
    seconds = LOWERINGS[ARTICLE_PLACE][0]
    harder = context.setup.library.exercises.get(context.exercise.harder or "")
    rungs = (context.exercise, harder) if harder is not None else (context.exercise,)
    named = any(ARTICLE in rung.sources for rung in rungs)
    if not named or (dose.tempo_s or 0) >= seconds:
        return ()
    return (Reason("ARTICLE_TEMPO", {"seconds": seconds}),)


def _lowering(measures: Measures) -> int:
    """The place of a dose on the ladder of lowerings."""
    reached = (measures.tempo_s or 0, measures.reps or 0)
    places = [
        n
        for n, (seconds, reps) in enumerate(LOWERINGS)
        if seconds <= reached[0] + 1e-9 and reps <= max(reached[1], LOWERINGS[0][1])
    ]
    return places[-1] if places else 0


def carry(context: RuleContext) -> Step:
    """Further after a clean session; after two sessions at the longest distance or time, the next
    weight from the shortest one. On the way back from pain or a layoff: the next weight after each
    clean session, up to the one before it."""
    if not context.bouts:
        return _start(context)
    base = reachable(context, working(context.bouts))
    misses = running(context.bouts, is_miss)
    if misses >= 2 and (less := lightened(context, base, misses)) != base:
        return _step(context, Action.DECREASE, less, Reason("MISSES", {"sessions": misses}))
    if misses:
        return _step(context, Action.HOLD, base, Reason("MISSED"))
    if not is_clean(context.bouts[-1]):
        return _step(context, Action.HOLD, base, *held(context.bouts[-1]))
    way = CarryScale.of(base)
    if (back := next_back(context, base)) is not None:
        heavier = way.at(replace(base, load_kg=back), way.start)
        return _step(context, Action.INCREASE, heavier, Reason("BACK_UP", {"load": back}))
    if way.reached(base) < way.top:
        return _further(context, base, way, way.top)
    if _times_at(context.bouts, way, way.top) < 2:
        return _step(context, Action.HOLD, base, Reason("CONFIRM_TOP"))
    load = base.load_kg
    after = None if load is None or context.loads is None else context.loads.above(load)
    if load is None or after is None:
        return _step(context, Action.VARIANT_UP, base, Reason("AT_TOP_WEIGHT"))
    extended = way.top + way.step
    if after > load * BIG_CARRY_JUMP + 1e-9:
        if way.reached(base) < extended:
            percent = round(100 * (after / load - 1))
            facts = {"percent": percent, "load": after, "top": extended}
            return _further(context, base, way, extended, Reason("REP_EXTEND", facts))
        if _times_at(context.bouts, way, extended) < 2:
            return _step(context, Action.HOLD, base, Reason("CONFIRM_TOP"))
    heavier = way.at(replace(base, load_kg=after), way.start)
    return _step(context, Action.INCREASE, heavier, Reason("NEXT_LOAD", {"load": after}))


class CarryScale:
    """The unit of a carry, metres or seconds, with its start, step and top."""

    def __init__(self, name: str, start: int, step: int, top: int) -> None:
        self.name, self.start, self.step, self.top = name, start, step, top

    @classmethod
    def of(cls, measures: Measures) -> CarryScale:
        if measures.distance_m is None and measures.duration_s is not None:
            return cls("duration_s", DURATION_START_S, DURATION_STEP_S, DURATION_TOP_S)
        return cls("distance_m", DISTANCE_START_M, DISTANCE_STEP_M, DISTANCE_TOP_M)

    def reached(self, measures: Measures) -> float:
        value: float | None = getattr(measures, self.name)
        return value or 0

    def at(self, measures: Measures, value: float) -> Measures:
        if self.name == "distance_m":
            return replace(measures, distance_m=value)
        return replace(measures, duration_s=value)


def _times_at(bouts: Sequence[Bout], way: CarryScale, far: float) -> int:
    load = bouts[-1].done.load_kg
    return running(
        bouts,
        lambda one: is_clean(one) and one.done.load_kg == load and way.reached(one.done) >= far,
    )


def _further(
    context: RuleContext, base: Measures, way: CarryScale, top: float, why: Reason | None = None
) -> Step:
    far = min(top, math.floor(way.reached(base) / way.step + 1e-9) * way.step + way.step)
    code = "FURTHER" if way.name == "distance_m" else "LONGER"
    fact = "metres" if way.name == "distance_m" else "seconds"
    return _step(context, Action.INCREASE, way.at(base, far), why or Reason(code, {fact: far}))


def mobility(context: RuleContext) -> Step:
    """A small dose that stays the same (klein-six: little and often)."""
    action = Action.HOLD if context.history is not None else Action.START
    return _step(context, action, context.dose.measures, Reason("MOBILITY"))


def _start(context: RuleContext) -> Step:
    measures = context.dose.measures
    reason = Reason("START")
    if (
        context.exercise.kind is Kind.CARRY
        and context.loads is not None
        and measures.load_kg is None
    ):
        weight = context.state.body_kg or context.setup.profile.body_weight_kg or USUAL_WEIGHT_KG
        light = context.loads.down(CARRY_SHARE * weight)
        measures = replace(measures, load_kg=light)
        reason = Reason("START_LIGHT", {"load": light})
    return _step(context, Action.START, measures, reason)


def _step(context: RuleContext, action: Action, measures: Measures, *reasons: Reason) -> Step:
    return Step(action=action, sets=even(measures, _sets(context)), reasons=reasons)


def _sets(context: RuleContext) -> int:
    """The number of sets; one more if that was given on the last rung."""
    if not context.bouts:
        return context.dose.sets
    asked = standing(context).asked
    match context.exercise.kind:
        case Kind.HOLD:
            late = (asked.hold_s or 0) >= last_hold_s(context.exercise.id)
        case Kind.CLUSTER:
            late = rung_of(asked) >= LAST_RUNG
        case Kind.ECCENTRIC:
            late = _lowering(asked) >= LAST_LOWERING
        case Kind.CARRY:
            late = context.loads is None or context.loads.above(asked.load_kg or 0) is None
        case _:
            late = False
    return sets_asked(context, late=late)


def last_hold_s(exercise_id: str) -> float:
    """The seconds at which a hold goes on with one more set, after its cap."""
    return down_to_5(cap_s(exercise_id) * MORE_SETS_SHARE)
