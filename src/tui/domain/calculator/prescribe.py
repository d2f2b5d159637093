"""What to do next of one exercise: the guards, the rule of its kind, and the way up and down.

The order is that of the guards: pain, race, gap, easier week, sides; the rule of the kind comes
last and can only be lowered by them.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tui.domain.calculator import holds, jumps, ladder, reps
from tui.domain.calculator.advice import Action, Advice, Reason
from tui.domain.calculator.advice_builder import instead, nothing, rests_on, sureness, told
from tui.domain.calculator.guard import Guards, without_swap
from tui.domain.calculator.guards import tapering
from tui.domain.calculator.heavy import confidence, estimate, heavy
from tui.domain.calculator.jumps import Share
from tui.domain.calculator.reasons import sources_of
from tui.domain.calculator.rule_context import question
from tui.domain.calculator.sets import eased
from tui.domain.calculator.sides import balance
from tui.domain.calculator.state import Setup, State
from tui.domain.calculator.step import Ask, Step, even, is_clean, named
from tui.domain.model.library.parser import EQUIPMENT, substitutes
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
CLIMBED = (Kind.BODYWEIGHT, Kind.HOLD, Kind.CLUSTER, Kind.ECCENTRIC)
MOVES = (Action.VARIANT_UP, Action.VARIANT_DOWN)
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
    """What to do of ``exercise`` on ``today``, after the log that ``state`` is the fold of.

    ``dose`` is that of a programme's slot where it is not the exercise's own, ``deload`` a planned
    easier week of the programme, ``share`` the exercise's part in the session's jumps; ``avoid``
    are exercises that are no substitute and no variant to go on to, being in the session already.
    Raises nothing: whatever the log holds, there is an answer.
    """
    way = _Way(setup, state, today, deload=deload, share=share, avoid=avoid)
    return way.advice(exercise, dose)


class _Way:
    """One question to the calculator, followed along the ladder of variants; an exercise that was
    asked already is not asked again."""

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

    def advice(self, exercise: Exercise, dose: Dose | None = None) -> Advice:
        self.asked.add(exercise.id)
        if not self.setup.inventory.can_do(exercise):
            return self._without_equipment(exercise)
        ask = self._asked(exercise, dose)
        if (ahead := self._further_up(ask)) is not None:
            return ahead
        if ask.guards.stops:
            return _rest(ask)
        if ask.guards.swaps:
            quiet = self._quiet(exercise)
            if quiet is not None:
                return self._isometric(ask, quiet)
            if exercise.kind is Kind.PLYOMETRIC:
                return _rest(ask)
            ask = replace(ask, guards=without_swap(ask.guards))
        if ask.course is None and (other := self._before_first(ask)) is not None:
            return other
        if exercise.kind is Kind.PLYOMETRIC:
            return self._jumps(ask)
        if exercise.loading == "heavy" and ask.loads is not None:
            return self._lift(ask)
        even_sides = balance(ask)
        step = RULES[exercise.kind](ask)
        if step.action in MOVES and not ask.guards and not even_sides.holds:
            return self._moved(ask, step)
        if step.action in MOVES:
            step = replace(step, action=Action.HOLD)
        step = even_sides.held(ask, step)
        return told(ask, eased(ask, step) if ask.guards else named(ask, step), even_sides)

    def _asked(self, exercise: Exercise, dose: Dose | None = None) -> Ask:
        return question(self.setup, self.state, exercise, self.today, dose, deload=self.deload)

    def _further_up(self, ask: Ask) -> Advice | None:
        """The advice for the harder variant that the runner has gone on to; None where she has not.
        How long ago the easier one was done is no matter then."""
        course = self.state.courses.get(ask.exercise.id)
        if course is None or not _climbs(ask.exercise):
            return None
        higher = ladder.rung(self.setup, ask.exercise, up=True)
        there = None if higher is None else self.state.courses.get(higher.id)
        if higher is None or there is None or there.last.day < course.last.day:
            return None
        if higher.id in self.avoid or self._asked(higher).guards.sore:
            return None
        before = replace(ask, course=course, guards=Guards())
        step = RULES[ask.exercise.kind](before)
        up = step.action is Action.VARIANT_UP and higher.id not in self.asked
        return self._moved(before, step) if up else None

    # -- other exercises ---------------------------------------------------------------------------

    def _without_equipment(self, exercise: Exercise) -> Advice:
        """The nearest exercise of the category that can be done with what is at hand, and without
        pain."""
        ask = self._asked(exercise)
        if ask.guards.sore:
            return _rest(ask)
        reason = Reason("NO_EQUIPMENT", {"exercise": exercise.id})
        sore: tuple[Reason, ...] = ()
        for other in substitutes(self.setup.library, exercise, EQUIPMENT):
            if other.id in self.asked | self.avoid or not self.setup.inventory.can_do(other):
                continue
            hurts = self._asked(other).guards.sore
            if hurts is not None:
                sore = sore or (reason, hurts)
            else:
                inner = self.advice(other)
                stand_in = self.setup.library.exercises[inner.variant]
                action = _swapped(self._asked(stand_in).guards)
                return instead(exercise, action, inner, reason)
        return nothing(exercise, sore or (Reason("NO_SUBSTITUTE"),))

    def _before_first(self, ask: Ask) -> Advice | None:
        """What comes before an exercise's first time: a known one in a taper, strength before high
        jumps, two legs before one in slow lowerings."""
        exercise = ask.exercise
        if tapering(self.setup, self.today) and exercise.kind is not Kind.MOBILITY:
            return self._known_instead(ask)
        easier = self.setup.library.exercises.get(exercise.easier or "")
        if (
            ask.level is Level.BEGINNER
            and easier is not None
            and exercise.kind is easier.kind is Kind.ECCENTRIC
            and easier.sides is Sides.BOTH
            and easier.id not in self.asked
        ):
            advice = self.advice(easier)
            if advice.action is Action.VARIANT_UP and advice.variant == exercise.id:
                return None
            return instead(exercise, advice.action, advice, Reason("TWO_LEGS_FIRST"))
        return None

    def _known_instead(self, ask: Ask) -> Advice:
        fired = tuple(guard.reason for guard in ask.guards.fired)
        reasons = (*fired, Reason("NOTHING_NEW"))
        alike = [
            other
            for other in self.setup.library.exercises.values()
            if other.category == ask.exercise.category
            and other.kind is not Kind.MOBILITY
            and other.id in self.state.courses
            and other.id not in self.asked
            and self.setup.inventory.can_do(other)
            and not self._asked(other).guards.sore
        ]
        if not alike:
            return nothing(ask.exercise, reasons)
        newest = max(alike, key=lambda other: self.state.courses[other.id].last.day)
        inner = self.advice(newest)
        return instead(ask.exercise, _swapped(ask.guards), inner, Reason("NOTHING_NEW"))

    def _quiet(self, exercise: Exercise) -> Exercise | None:
        """What is quiet enough where a region answers badly: its hold, else the easier variant;
        None where the exercise is that itself."""
        quiet = ladder.isometric(self.setup, exercise)
        if quiet is not None:
            # A hold of another region may hurt as well, and any may load one that must rest.
            found = self._asked(quiet).guards
            elsewhere = quiet.region != exercise.region
            quiet = None if found.stops or (elsewhere and found.swaps) else quiet
        if quiet is not None or exercise.kind is Kind.PLYOMETRIC:
            return quiet
        easier = ladder.rung(self.setup, exercise, up=False)
        return None if easier is None or self._asked(easier).guards.stops else easier

    def _isometric(self, ask: Ask, quiet: Exercise) -> Advice:
        """Where a region hurts: its quiet hold in place of the exercise."""
        first = ask.guards.fired[0]
        reasons = tuple(guard.reason for guard in ask.guards.fired)
        dose = quiet.doses[ask.level]
        measures = Measures(hold_s=ISOMETRIC_S) if quiet.kind is Kind.HOLD else dose.measures
        step = Step(action=first.action, sets=even(measures, ISOMETRIC_SETS))
        shown = replace(ask, exercise=quiet, dose=dose, course=None, guards=Guards())
        advice = told(shown, step)
        return replace(
            advice,
            exercise=ask.exercise.id,
            reasons=(*reasons, Reason("ISOMETRIC", {"exercise": quiet.id})),
            sources=sources_of(reasons, ask.exercise),
        )

    def _moved(self, ask: Ask, step: Step) -> Advice:
        """Up or down the ladder; where there is no rung, the exercise stays."""
        up = step.action is Action.VARIANT_UP
        other = ladder.rung(self.setup, ask.exercise, up=up)
        if other is None or other.id in self.avoid:
            return told(ask, ladder.stayed(step, up=up))
        if (sore := self._asked(other).guards.sore) is not None:
            held = replace(step, action=Action.HOLD, reasons=(sore,))
            return told(ask, held if up else ladder.stayed(step, up=up))
        if other.id in self.asked:
            # Whoever asked is that variant, and knows what to make of it.
            return replace(told(ask, step), variant=other.id)
        course = self.state.courses.get(other.id)
        if course is None or course.last.day < ask.bouts[-1].day:
            if course is not None and not ladder.earned_since(ask, course.last.day):
                again = replace(step, action=Action.HOLD, reasons=(Reason("CONFIRM_TOP"),))
                return told(ask, again)
            return self._first_of(ask, step, other)
        inner = self.advice(other)
        if inner.action in MOVES and inner.variant == ask.exercise.id:
            # The variant was too much, or too little: back to this one as it was.
            return told(ask, replace(step, action=inner.action, reasons=inner.reasons))
        return instead(ask.exercise, inner.action, inner)

    def _first_of(self, ask: Ask, step: Step, other: Exercise) -> Advice:
        """The first session of a variant."""
        inner = self.advice(other)
        if step.action is Action.VARIANT_UP and other.kind is ask.exercise.kind is Kind.HOLD:
            seconds = holds.edge(ask.exercise.id, other.id)
            count = ask.setup.library.exercises[other.id].doses[ask.level].sets
            asked = self._asked(other)
            first = Step(action=Action.START, sets=even(Measures(hold_s=seconds), count))
            inner = told(asked, first)
        changed = instead(ask.exercise, step.action, inner)
        reasons = (*step.reasons, Reason("VARIANT", {"exercise": inner.variant}))
        return replace(changed, reasons=reasons, days=rests_on(ask), confidence=sureness(ask))

    def _jumps(self, ask: Ask) -> Advice:
        wait = jumps.waits(ask)
        sore = jumps.spared(ask.guards, ask.exercise) is not None
        if self.share is not None and (sore or self.share.contacts == 0):
            return nothing(ask.exercise, (wait or Reason("JUMPS_DONE"),))
        if wait is not None:
            rope = self.advice(self.setup.library.exercises[jumps.ROPE])
            why = () if wait in rope.reasons else (wait,)
            return instead(ask.exercise, _swapped(ask.guards), rope, *why)
        even_sides = balance(ask)
        if self.share is not None:
            return told(ask, jumps.share_of(ask, self.share), even_sides)
        step = jumps.jump(ask)
        if step.action is Action.VARIANT_UP:
            harder = ladder.next_tier(self.setup, ask.exercise)
            if harder is None or jumps.gate(replace(ask, exercise=harder)) is not None:
                reason = Reason("AT_CEILING") if harder is None else Reason("HIGH_PLYO_GATE_SOON")
                held = replace(step, action=Action.HOLD, reasons=(*step.reasons, reason))
                return told(ask, held, even_sides)
            inner = self.advice(harder)
            reasons = (*step.reasons, Reason("VARIANT", {"exercise": harder.id}))
            moved = instead(ask.exercise, Action.VARIANT_UP, inner)
            return replace(moved, reasons=reasons, days=rests_on(ask))
        return told(ask, step, even_sides)

    def _lift(self, ask: Ask) -> Advice:
        lift = heavy(ask)
        even_sides = balance(ask)
        if _out_of_plates(ask, lift.step) and not even_sides.holds:
            higher = ladder.rung(self.setup, ask.exercise, up=True)
            if higher is not None and higher.id not in self.asked:
                why = tuple(r for r in lift.step.reasons if r.code != "AT_CEILING")
                up = replace(lift.step, action=Action.VARIANT_UP, reasons=why)
                return self._moved(ask, up)
        advice = told(ask, lift.step, even_sides)
        known = lift.tracker is not None and lift.tracker.informed
        shown = estimate(lift.tracker) if known and lift.tracker is not None else None
        return replace(advice, estimate=shown, confidence=confidence(lift.tracker))


def _climbs(exercise: Exercise) -> bool:
    """True for what goes on to a harder variant from the top of its range."""
    return exercise.kind in CLIMBED or (
        exercise.kind is Kind.LOADED and exercise.loading != "heavy"
    )


def _swapped(guards: Guards) -> Action:
    """What another exercise in place of one is called: by the first guard that fired, if any."""
    return guards.fired[0].action if guards else Action.SUBSTITUTE


def _rest(ask: Ask) -> Advice:
    return nothing(ask.exercise, tuple(guard.reason for guard in ask.guards.fired))


def _out_of_plates(ask: Ask, step: Step) -> bool:
    """True where the heaviest load owned was lifted for the most reps, and would be again."""
    heaviest = None if ask.loads is None else ask.loads.heaviest
    top = ask.dose.reps_top
    if heaviest is None or top is None or ask.guards or not ask.bouts:
        return False
    last = ask.bouts[-1]
    done = is_clean(last) and (last.done.reps or 0) >= top
    return done and last.done.load_kg == heaviest == step.sets[0].load_kg
