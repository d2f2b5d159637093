"""Prescribe the next session of an exercise from guards, progression rule and exercise ladder.

Guards come first: pain, race, layoff, easier week, sides. The progression rule of the exercise's
kind comes last, and the guards can only lower it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator import holds, jumps, ladder, reps
from tui.domain.calculator.accuracy import accuracy
from tui.domain.calculator.advice import Action, Advice, Reason
from tui.domain.calculator.advice_builder import (
    build_advice,
    rest_advice,
    rests_on,
    substitute_advice,
    sureness,
)
from tui.domain.calculator.bar_lifts import is_new_bar_lift
from tui.domain.calculator.ceiling import beyond
from tui.domain.calculator.climb import climbs
from tui.domain.calculator.guard import Guards, without_swap
from tui.domain.calculator.guards import tapering
from tui.domain.calculator.heavy import confidence, estimate, expected, heavy, too_heavy_yet
from tui.domain.calculator.jumps import Share
from tui.domain.calculator.old_injuries import (
    gentler_start,
    half_step,
    is_mastered,
    named_region,
)
from tui.domain.calculator.ramp import lift_ramp
from tui.domain.calculator.reasons import sources_of
from tui.domain.calculator.rule_context import rule_context
from tui.domain.calculator.sets import eased
from tui.domain.calculator.sides import balance
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.step import RuleContext, Step, even, is_clean, relabelled, working
from tui.domain.calculator.tracker import TOP_REPS
from tui.domain.model.library.substitutes import same_role, substitutes
from tui.domain.model.phases import HARD_LEG_LOAD
from tui.domain.model.values import Dose, Exercise, Kind, Level, Measures, Sides

RULES = {
    Kind.LOADED: reps.high_rep,
    Kind.BODYWEIGHT: reps.bodyweight,
    Kind.HOLD: holds.hold,
    Kind.CLUSTER: holds.cluster,
    Kind.ECCENTRIC: holds.eccentric,
    Kind.CARRY: holds.carry,
    Kind.MOBILITY: holds.mobility,
}
MOVES = (Action.VARIANT_UP, Action.VARIANT_DOWN)
CALF = "calf"  # A role.
ISOMETRIC_S, ISOMETRIC_SETS = 30, 3


def prescribe(
    setup: Setup,
    state: State,
    exercise: Exercise,
    today: date,
    dose: Dose | None = None,
    *,
    deload: bool = False,
    share: Share | None = None,
    avoid: frozenset[str] = frozenset(),
) -> Advice:
    """What to do in ``exercise`` on ``today``, given the ``state`` of the log.

    ``dose`` is that of a programme's slot if it differs from the exercise's own, ``deload`` marks a
    planned easier week of the programme, ``share`` is the exercise's share of the session's jumps.
    ``avoid`` are exercises already in the session, so not available as a substitute or variant.
    Never raises: whatever the log holds, there is an answer.
    """
    way = _Prescriber(setup, state, today, deload=deload, share=share, avoid=avoid)
    return way.advice(exercise, dose)


def keeps_dose(exercise: Exercise, stand_in: Exercise) -> bool:
    """Whether a programme's dose for an exercise is also that of its stand-in: both heavy lifts."""
    return exercise.loading == stand_in.loading == "heavy"


class _Prescriber:
    """Answers one ``prescribe`` call, following the ladder of variants; no exercise is asked
    twice."""

    def __init__(
        self,
        setup: Setup,
        state: State,
        today: date,
        *,
        deload: bool,
        share: Share | None,
        avoid: frozenset[str],
    ) -> None:
        self.setup, self.state, self.today = setup, state, today
        self.deload, self.share, self.avoid = deload, share, avoid
        self.asked: set[str] = set()
        self.spared = False  # One rung lower has been taken for what was injured once.

    def advice(self, exercise: Exercise, dose: Dose | None = None) -> Advice:
        self.asked.add(exercise.id)
        if not self.setup.inventory.can_do(exercise):
            return self._without_equipment(exercise, dose)
        context = self._asked(exercise, dose)
        if (ahead := self._further_up(context)) is not None:
            return ahead
        if context.guards.stops:
            return _rest(context)
        if context.guards.swaps:
            quiet = self._quiet(exercise, context.guards.quiet_for)
            if quiet is not None:
                return self._isometric(context, quiet)
            if exercise.kind is Kind.PLYOMETRIC:
                return _rest(context)
            context = replace(context, guards=without_swap(context.guards))
        if context.history is None and (other := self._before_first(context)) is not None:
            return other
        if exercise.kind is Kind.PLYOMETRIC:
            return self._jumps(context)
        helped = bool(context.bouts) and working(context.bouts).assist_kg is not None
        if exercise.loading == "heavy" and context.loads is not None and not helped:
            return self._lift(context)
        if (below := self._further_down(context)) is not None:
            return below
        even_sides = balance(context)
        step = self._careful(context, RULES[exercise.kind](context))
        if step.action in MOVES and not context.guards and not even_sides.holds:
            return self._moved(context, step)
        if step.action in MOVES:
            step = replace(step, action=Action.HOLD)
        step = even_sides.held(context, step)
        return build_advice(
            context,
            eased(context, step) if context.guards else relabelled(context, step),
            even_sides,
        )

    def _asked(self, exercise: Exercise, dose: Dose | None = None) -> RuleContext:
        return rule_context(self.setup, self.state, exercise, self.today, dose, deload=self.deload)

    def _further_up(self, context: RuleContext) -> Advice | None:
        """The advice for the harder variant that the runner has moved on to, or None. Then it does
        not matter how long ago the easier one was done."""
        history = self.state.histories.get(context.exercise.id)
        if history is None or not climbs(context.exercise):
            return None
        higher = ladder.next_variant(self.setup, context.exercise, up=True)
        there = None if higher is None else self.state.histories.get(higher.id)
        if higher is None or there is None or there.last.day < history.last.day:
            return None
        if higher.id in self.avoid or self._asked(higher).guards.sore:
            return None
        before = replace(context, history=history, guards=Guards())
        step = RULES[context.exercise.kind](before)
        up = step.action is Action.VARIANT_UP and higher.id not in self.asked
        return self._moved(before, step) if up else None

    def _further_down(self, context: RuleContext) -> Advice | None:
        """The advice for the easier variant that the runner went back to because this one was too
        hard, or None. It does not matter how long ago that was: she earns the way up there."""
        history = self.state.histories.get(context.exercise.id)
        lower = ladder.next_variant(self.setup, context.exercise, up=False)
        there = None if lower is None else self.state.histories.get(lower.id)
        if history is None or lower is None or there is None or not climbs(context.exercise):
            return None
        if there.last.day < history.last.day or lower.id in self.avoid | self.asked:
            return None
        before = replace(context, history=history, guards=Guards())
        step = RULES[context.exercise.kind](before)
        return self._moved(before, step) if step.action is Action.VARIANT_DOWN else None

    # -- other exercises ---------------------------------------------------------------------------

    def _without_equipment(self, exercise: Exercise, dose: Dose | None) -> Advice:
        """The advice for the exercise nearest to this one in what it does that is possible with the
        equipment at hand and without pain. A heavy lift that stands in for one keeps its dose."""
        context = self._asked(exercise)
        if context.guards.sore:
            return _rest(context)
        reason = Reason("NO_EQUIPMENT", {"exercise": exercise.id})
        sore: tuple[Reason, ...] = ()
        able = self.setup.inventory.can_do
        # Without a known job nothing is known to do it as well.
        for other in substitutes(self.setup.library, exercise, able) if exercise.role else ():
            if other.id in self.asked | self.avoid:
                continue
            hurts = self._asked(other).guards.sore
            if hurts is not None:
                sore = sore or (reason, hurts)
            else:
                inner = self.advice(other, dose if keeps_dose(exercise, other) else None)
                stand_in = self.setup.library.exercises[inner.variant]
                action = _swap_action(self._asked(stand_in).guards)
                note = () if same_role(exercise, stand_in) else (Reason("OTHER_ROLE"),)
                return substitute_advice(exercise, action, inner, reason, *note)
        return rest_advice(
            exercise, sore or (Reason("NO_SUBSTITUTE") if exercise.role else reason,)
        )

    def _before_first(self, context: RuleContext) -> Advice | None:
        """The advice for what comes before an exercise's first time, or None: a known exercise in a
        taper, what must be mastered first, and for beginners two legs before one in slow
        lowerings."""
        exercise = context.exercise
        if tapering(self.setup, self.today) and exercise.kind is not Kind.MOBILITY:
            return self._known_instead(context)
        if (first := self._to_master(exercise)) is not None:
            reason = Reason("MASTER_FIRST", {"exercise": first.id})
            return substitute_advice(
                exercise, _swap_action(context.guards), self.advice(first), reason
            )
        easier = self.setup.library.exercises.get(exercise.easier or "")
        if (
            context.level is Level.BEGINNER
            and easier is not None
            and exercise.kind is easier.kind is Kind.ECCENTRIC
            and easier.sides is Sides.BOTH
            and easier.id not in self.asked
        ):
            advice = self.advice(easier)
            if advice.action is Action.VARIANT_UP and advice.variant == exercise.id:
                return None
            return substitute_advice(exercise, advice.action, advice, Reason("TWO_LEGS_FIRST"))
        return self._spared(context)

    def _spared(self, context: RuleContext) -> Advice | None:
        """The advice for the rung below an exercise that works a region injured once, until that
        went well; None for other exercises, or without such a rung. It is one rung, not more."""
        exercise = context.exercise
        region = named_region(self.setup.profile, exercise)
        lower = self._rung_below(exercise)
        if region is None or lower is None or self.spared or is_mastered(self.state, lower):
            return None
        self.spared = True
        reason = Reason("SPARED_FIRST", {"region": region, "exercise": lower.id})
        note = () if same_role(exercise, lower) else (Reason("OTHER_ROLE"),)
        action = _swap_action(context.guards)
        return substitute_advice(exercise, action, self.advice(lower), reason, *note)

    def _rung_below(self, exercise: Exercise) -> Exercise | None:
        """The easier variant, if it can be done in this session."""
        lower = ladder.next_variant(self.setup, exercise, up=False)
        return lower if lower is not None and self._can_do_now(lower) else None

    def _careful(self, context: RuleContext, step: Step) -> Step:
        """A step as it is for what was injured once: a smaller first session where there is no rung
        below, and half steps from then on."""
        region = named_region(self.setup.profile, context.exercise)
        if region is None:
            return step
        if context.history is not None:
            return half_step(context, step, region)
        lower = ladder.next_variant(self.setup, context.exercise, up=False)
        earned = lower is not None and (lower.id in self.asked or is_mastered(self.state, lower))
        if self.spared or earned:
            return step
        return gentler_start(context, step, region)

    def _to_master(self, exercise: Exercise) -> Exercise | None:
        """The exercise that must go well before the first time of this one, or None if it did
        (klein-six: the lunge before the rear foot goes up)."""
        needed = exercise.prerequisite
        if needed is None or not self.asked.isdisjoint(needed.exercises):
            return None
        known = [self.state.histories.get(name) for name in needed.exercises]
        clean = sum(is_clean(bout) for one in known if one is not None for bout in one.bouts)
        if clean >= needed.clean_sessions:
            return None
        # The rung below comes first, if it is one of them.
        names = sorted(needed.exercises, key=lambda name: name != exercise.easier)
        others = (self.setup.library.exercises[name] for name in names)
        return next((one for one in others if self._can_do_now(one)), None)

    def _can_do_now(self, exercise: Exercise) -> bool:
        """Whether an exercise is not in this session yet, can be done and loads nothing sore."""
        return (
            exercise.id not in self.asked | self.avoid
            and self.setup.inventory.can_do(exercise)
            and self._asked(exercise).guards.sore is None
        )

    def _known_instead(self, context: RuleContext) -> Advice:
        """The advice for the known exercise closest to one that is not started in a taper; of
        several, the one done last. The last lift before a race is not lost to a new exercise."""
        fired = tuple(guard.reason for guard in context.guards.fired)
        reasons = (Reason("NOTHING_NEW"), *fired)
        known = [
            other
            for other in self.setup.library.exercises.values()
            if other.kind is not Kind.MOBILITY
            and not other.bare
            and other.id in self.state.histories
            and self._can_do_now(other)
        ]
        alike = _closest(context.exercise, known)
        if not alike:
            return rest_advice(context.exercise, reasons)
        newest = max(alike, key=lambda other: self.state.histories[other.id].last.day)
        inner = self.advice(newest)
        note = () if same_role(context.exercise, newest) else (Reason("OTHER_ROLE"),)
        return substitute_advice(
            context.exercise, _swap_action(context.guards), inner, Reason("NOTHING_NEW"), *note
        )

    def _quiet(self, exercise: Exercise, region: str) -> Exercise | None:
        """An exercise quiet enough for a region that reacts badly: its isometric hold or else the
        easier variant; None if there is none."""
        quiet = ladder.isometric(self.setup, exercise, region)
        if quiet is not None:
            # A hold of another region may hurt too, and any hold may load a region that must rest.
            found = self._asked(quiet).guards
            elsewhere = quiet.region != region
            quiet = None if found.stops or (elsewhere and found.swaps) else quiet
        if quiet is not None or exercise.kind is Kind.PLYOMETRIC:
            return quiet
        easier = ladder.next_variant(self.setup, exercise, up=False)
        return None if easier is None or self._asked(easier).guards.stops else easier

    def _isometric(self, context: RuleContext, quiet: Exercise) -> Advice:
        """The advice to do a quiet hold instead of an exercise whose region hurts."""
        first = context.guards.fired[0]
        reasons = _asking(context.guards)
        dose = quiet.doses[context.level]
        measures = Measures(hold_s=ISOMETRIC_S) if quiet.kind is Kind.HOLD else dose.measures
        step = Step(action=first.action, sets=even(measures, ISOMETRIC_SETS))
        shown = replace(context, exercise=quiet, dose=dose, history=None, guards=Guards())
        advice = build_advice(shown, step)
        return replace(
            advice,
            exercise=context.exercise.id,
            reasons=(*reasons, Reason("ISOMETRIC", {"exercise": quiet.id})),
            sources=sources_of(reasons, context.exercise),
        )

    def _moved(self, context: RuleContext, step: Step) -> Advice:
        """The advice to move up or down the ladder; without another rung, the exercise gets harder
        in itself, or gets less."""
        up = step.action is Action.VARIANT_UP
        other = ladder.next_variant(self.setup, context.exercise, up=up)
        # What is done with help gets harder by less of it first.
        helped = up and step.sets[0].assist_kg is not None
        if other is None or other.id in self.avoid or helped:
            return build_advice(context, beyond(context, step) if up else ladder.at_bottom(step))
        if (sore := self._asked(other).guards.sore) is not None:
            held = replace(step, action=Action.HOLD, reasons=(sore,))
            return build_advice(context, held if up else ladder.at_bottom(step))
        history = self.state.histories.get(other.id)
        before = None if history is None else history.last.day
        if before is not None and before >= context.bouts[-1].day:
            before = None
        if up and before is not None and not ladder.earned_since(context, before):
            again = replace(step, action=Action.HOLD, reasons=(Reason("CONFIRM_TOP"),))
            return build_advice(context, again)
        if other.id in self.asked:
            # That variant is asking about this exercise, and will handle the answer.
            return replace(build_advice(context, step), variant=other.id)
        if history is None:
            return self._first_of(context, step, other)
        if before is not None:
            return self._once_more(context, step, self._asked(other))
        inner = self.advice(other)
        if inner.action in MOVES and inner.variant == context.exercise.id:
            # That variant was too hard or too easy: back to this exercise.
            back = replace(step, action=inner.action, reasons=inner.reasons)
            here = self._asked(context.exercise, context.dose)
            return self._once_more(self._asked(other), back, here)
        return substitute_advice(context.exercise, inner.action, inner)

    def _once_more(self, context: RuleContext, step: Step, there: RuleContext) -> Advice:
        """The first session of a variant that was done before: at the bottom of its range on the
        way up, with a little less than the last time on the way down."""
        if there.guards.stops:
            return replace(_rest(there), exercise=context.exercise.id)
        if step.action is Action.VARIANT_UP:
            if there.exercise.loading == "heavy":
                return self._first_of(context, step, there.exercise)
            again = ladder.bottom(there, context.exercise)
        else:
            again = ladder.begun_again(there)
        made = eased(there, again) if there.guards else again
        changed = substitute_advice(context.exercise, step.action, build_advice(there, made))
        reasons = (*step.reasons, Reason("VARIANT", {"exercise": there.exercise.id}))
        return replace(changed, reasons=reasons, days=rests_on(context))

    def _first_of(self, context: RuleContext, step: Step, other: Exercise) -> Advice:
        """The first session of a variant."""
        inner = self.advice(other)
        if step.action is Action.VARIANT_UP and other.kind is context.exercise.kind is Kind.HOLD:
            seconds = holds.variant_start_s(context.exercise.id, other.id)
            count = context.setup.library.exercises[other.id].doses[context.level].sets
            asked = self._asked(other)
            first = Step(action=Action.START, sets=even(Measures(hold_s=seconds), count))
            inner = build_advice(asked, first)
        changed = substitute_advice(context.exercise, step.action, inner)
        reasons = (*step.reasons, Reason("VARIANT", {"exercise": inner.variant}))
        return replace(
            changed, reasons=reasons, days=rests_on(context), confidence=sureness(context)
        )

    def _jumps(self, context: RuleContext) -> Advice:
        wait = jumps.reason_to_wait(context)
        sore = jumps.pain_block(context.guards, context.exercise) is not None
        if self.share is not None and (sore or self.share.contacts == 0):
            return rest_advice(context.exercise, (wait or Reason("JUMPS_DONE"),))
        if wait is not None:
            rope = self.advice(self.setup.library.exercises[jumps.ROPE])
            why = () if wait in rope.reasons else (wait,)
            return substitute_advice(context.exercise, _swap_action(context.guards), rope, *why)
        even_sides = balance(context)
        if self.share is not None:
            step = self._careful(context, jumps.share_of(context, self.share, even_sides))
            return build_advice(context, step, even_sides)
        step = self._careful(context, jumps.jump(context, even_sides))
        if step.action is Action.VARIANT_UP:
            harder = ladder.next_tier(self.setup, context.exercise)
            if (
                harder is None
                or jumps.high_jump_block(replace(context, exercise=harder)) is not None
            ):
                reasons = ladder.no_harder_jump([context], step.reasons)
                held = replace(step, action=Action.HOLD, reasons=reasons)
                return build_advice(context, held, even_sides)
            inner = self.advice(harder)
            reasons = (*step.reasons, Reason("VARIANT", {"exercise": harder.id}))
            moved = substitute_advice(context.exercise, Action.VARIANT_UP, inner)
            return replace(moved, reasons=reasons, days=rests_on(context))
        return build_advice(context, step, even_sides)

    def _lift(self, context: RuleContext) -> Advice:
        lift = heavy(context)
        lift = replace(lift, step=self._careful(context, lift.step))
        even_sides = balance(context)
        if too_heavy_yet(lift.side, lift.lift):
            lighter = self._lighter_lift(context)
            if lighter is not None:
                return lighter
            heavy_bar = Reason("BAR_TOO_HEAVY", {"load": lift.lift.loads.lightest})
            lift = replace(lift, step=replace(lift.step, reasons=(heavy_bar,)))
        if _out_of_plates(context, lift.step) and not even_sides.holds:
            higher = ladder.next_variant(self.setup, context.exercise, up=True)
            if higher is not None and higher.id not in self.asked:
                why = tuple(r for r in lift.step.reasons if r.code != "AT_CEILING")
                up = replace(lift.step, action=Action.VARIANT_UP, reasons=why)
                return self._moved(context, up)
        advice = build_advice(context, lift.step, even_sides)
        tracker = lift.side.tracker
        load = lift.step.sets[0].load_kg or 0.0
        shown = estimate(tracker, lift.lift, load) if tracker.informed else None
        reasons = advice.reasons
        if is_new_bar_lift(context.exercise, context.history):
            reasons = (*reasons, Reason("TRAINER"))
        told = context.history.forecasts if context.history is not None else ()
        return replace(
            advice,
            reasons=reasons,
            sources=sources_of(reasons, context.exercise),
            estimate=shown,
            expected=expected(lift),
            accuracy=accuracy(told),
            confidence=confidence(tracker),
            warmup=lift_ramp(self.setup.inventory, context.exercise, advice.plan.sets),
        )

    def _lighter_lift(self, context: RuleContext) -> Advice | None:
        """The advice for the easier variant of a lift whose lightest load is too heavy to begin
        with, or None."""
        easier = ladder.next_variant(self.setup, context.exercise, up=False)
        if easier is None or easier.id in self.asked | self.avoid:
            return None
        if self._asked(easier).guards.sore is not None:
            return None
        assert context.loads is not None
        reason = Reason("BAR_TOO_HEAVY", {"load": context.loads.lightest})
        action = _swap_action(context.guards)
        return substitute_advice(context.exercise, action, self.advice(easier), reason)


def _closest(exercise: Exercise, known: Sequence[Exercise]) -> list[Exercise]:
    """The ``known`` exercises that can take the place of a new one: for a heavy lift on the legs
    one of its role, else of its category, else any on the legs; for others those of its role, else
    of its category. A calf raise stands in for nothing else, nor anything else for it."""
    known = [other for other in known if (other.role == CALF) is (exercise.role == CALF)]
    role = [other for other in known if same_role(exercise, other)]
    alike = role or [other for other in known if other.category == exercise.category]
    if not _heavy_on_legs(exercise):
        return alike
    lifts = [other for other in known if _heavy_on_legs(other)]
    return [other for other in lifts if other in alike] or lifts or alike


def _heavy_on_legs(exercise: Exercise) -> bool:
    return exercise.loading == "heavy" and exercise.leg_load >= HARD_LEG_LOAD


def _swap_action(guards: Guards) -> Action:
    """The action for a swap to another exercise: that of the first guard that fired, if any."""
    return guards.fired[0].action if guards else Action.SUBSTITUTE


def _rest(context: RuleContext) -> Advice:
    """The advice to rest, for pain or what else asks for it: not for guards about how to work."""
    return rest_advice(context.exercise, _asking(context.guards))


def _asking(guards: Guards) -> tuple[Reason, ...]:
    """The reasons of the guards that ask for something else, not of those about how to work."""
    return tuple(guard.reason for guard in guards.fired if not (guard.away or guard.spare))


def _out_of_plates(context: RuleContext, step: Step) -> bool:
    """Whether the heaviest load owned was lifted for the most reps, and would be again."""
    heaviest = None if context.loads is None else context.loads.heaviest
    top = context.dose.reps_top
    if top is not None and context.dose.load_factor == 1.0:
        top = max(top, TOP_REPS)
    if heaviest is None or top is None or context.guards or not context.bouts:
        return False
    last = context.bouts[-1]
    done = is_clean(last) and (last.done.reps or 0) >= top
    return done and last.done.load_kg == heaviest == step.sets[0].load_kg
