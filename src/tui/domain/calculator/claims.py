"""When each reason may be said: its condition on the plan, the last session and the guards.

A reason that contradicts the numbers beside it would cost more trust than it gives. So each code
that speaks of them carries a condition here, and what does not hold is not said (source project).
Codes that only name a rule, a guard that fired or a fact of the library need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bar_lifts import is_new_bar_lift
from tui.domain.calculator.bouts import MORE, Bout, Grade, amount, size
from tui.domain.calculator.loads import EQUAL
from tui.domain.calculator.step import RuleContext
from tui.domain.model.regions import eased_for
from tui.domain.model.values import Kind, Measures, Sides

CLOSE = 0.06  # Numbers are told to one decimal.


class Claim(NamedTuple):
    """A reason beside what it stands with: the action, the sets of the plan and the context. The
    last session is the true last one of the exercise, eased or not."""

    reason: Reason
    action: Action
    sets: tuple[Measures, ...]
    context: RuleContext

    @property
    def last(self) -> Bout | None:
        history = self.context.history
        return None if history is None else history.last

    @property
    def first(self) -> Measures:
        return self.sets[0] if self.sets else Measures()

    def told(self, name: str) -> float:
        """A number of the reason; NaN if it has none of that name."""
        value = self.reason.facts.get(name)
        return float(value) if isinstance(value, int | float) else float("nan")

    def is_told(self, name: str, value: float | None) -> bool:
        """Whether the reason tells this number."""
        return value is not None and abs(self.told(name) - value) <= CLOSE

    @property
    def rises(self) -> bool:
        """Whether the plan is more than the last session, as planned and as done. Jumps are
        compared as a session, so their action tells."""
        kind = self.context.exercise.kind
        if self.last is None or kind is Kind.PLYOMETRIC:
            return self.action in RISING
        return size(kind, self.first) > max(size(kind, self.last.asked), size(kind, self.last.done))

    @property
    def counted(self) -> Bout | None:
        """The last session that progress is read from."""
        return self.context.bouts[-1] if self.context.bouts else None


Condition = Callable[[Claim], bool]


def holds(claim: Claim) -> bool:
    """Whether a reason may be said beside what it stands with."""
    return CONDITIONS.get(claim.reason.code, _always)(claim)


def _always(claim: Claim) -> bool:
    del claim
    return True


def sayable(
    reasons: Iterable[Reason], action: Action, sets: tuple[Measures, ...], context: RuleContext
) -> tuple[Reason, ...]:
    """The reasons that may be said beside an action and its sets; if none may, what is always true
    of an exercise done before."""
    told = list(reasons)
    kept = [one for one in told if holds(Claim(one, action, sets, context))]
    return tuple(kept) if kept or not told else (Reason("GOES_ON"),)


def _first_time(claim: Claim) -> bool:
    history = claim.context.history
    return history is None or not (history.bouts and history.last.done)


def _same(claim: Claim) -> bool:
    """It asks for no more than last time."""
    return claim.last is not None and not claim.rises and claim.action not in RISING


def _same_after(*causes: str) -> Condition:
    """It asks for no more than last time, which was not clean for one of these causes."""
    return lambda claim: _same(claim) and claim.last is not None and claim.last.cause in causes


def _same_graded(*grades: Grade) -> Condition:
    return lambda claim: _same(claim) and claim.last is not None and claim.last.grade in grades


def _missed(claim: Claim) -> bool:
    found = claim.counted
    return _same(claim) and found is not None and found.grade in (Grade.MISS, Grade.PARTIAL)


def _clean(claim: Claim) -> bool:
    return claim.counted is not None and claim.counted.grade is Grade.CLEAN


def _more(name: str, fact: str) -> Condition:
    """All was clean, and one measure is now what the reason tells."""
    return lambda claim: _clean(claim) and claim.is_told(fact, getattr(claim.first, name))


def _more_reps(claim: Claim) -> bool:
    done = claim.counted.done.reps if claim.counted is not None else None
    return _more("reps", "reps")(claim) and done is not None and (claim.first.reps or 0) > done


def _longer(claim: Claim) -> bool:
    name = "duration_s" if claim.context.exercise.kind is Kind.CARRY else "hold_s"
    return _more(name, "seconds")(claim)


def _rung(claim: Claim) -> bool:
    return claim.is_told("holds", claim.first.holds) and claim.is_told(
        "seconds", claim.first.hold_s
    )


def _slower(claim: Claim) -> bool:
    return claim.is_told("seconds", claim.first.tempo_s) and claim.is_told("reps", claim.first.reps)


def _more_sets(claim: Claim) -> bool:
    """The plan has so many sets, more than the last session."""
    count, last = len(claim.sets), claim.counted
    return claim.is_told("sets", count) and last is not None and last.sets < count


def _load(fact: str) -> Condition:
    """The load of the plan is the one the reason tells."""
    return lambda claim: claim.is_told(fact, claim.first.load_kg)


def _lifted(claim: Claim) -> float:
    """The heaviest load of the last session in kg."""
    history = claim.context.history
    trackers = history.trackers.values() if history is not None else ()
    done = claim.last.done.load_kg if claim.last is not None else None
    return max((one.lifted for one in trackers), default=done or 0.0)


def _heaviest(claim: Claim) -> float:
    return max((m.load_kg for m in claim.sets if m.load_kg is not None), default=0.0)


def _lighter(claim: Claim) -> bool:
    lifted = _lifted(claim)
    return lifted > 0 and claim.is_told("percent", 100 * (1 - _heaviest(claim) / lifted))


def _no_heavier(claim: Claim) -> bool:
    return _heaviest(claim) <= _lifted(claim) + EQUAL


def _miss_lighter(claim: Claim) -> bool:
    return (claim.first.load_kg or 0.0) < _lifted(claim) - EQUAL


def _search(claim: Claim) -> bool:
    return claim.action not in LOWER and _heaviest(claim) > _lifted(claim)


def _run_clean(claim: Claim) -> bool:
    history = claim.context.history
    return (
        history is not None
        and history.last.grade is Grade.CLEAN
        and claim.is_told("sessions", history.run)
    )


def _did_more(claim: Claim) -> bool:
    return claim.last is not None and claim.last.cause == MORE and claim.action not in LOWER


def _lighter_than_planned(claim: Claim) -> bool:
    return claim.last is not None and claim.last.grade is Grade.LIGHTER


def _less(claim: Claim) -> bool:
    """It asks for less than was planned last time."""
    if claim.last is None:
        return False
    kind = claim.context.exercise.kind
    return size(kind, claim.first) < size(kind, claim.last.asked)


def _estimate(claim: Claim) -> bool:
    return claim.is_told("load", claim.first.load_kg) and claim.is_told("reps", claim.first.reps)


def _all_of_it(claim: Claim) -> bool:
    """It is the same as last time."""
    if claim.last is None:
        return False
    kind = claim.context.exercise.kind
    return amount(kind, claim.first) == amount(kind, claim.last.asked) and _same(claim)


def _no_more_jumps(claim: Claim) -> bool:
    """It asks for no more contacts than the last session of the jump."""
    exercise, context = claim.context.exercise, claim.context
    own = [one for one in context.state.jumped.get(exercise.id, ()) if one.day <= context.day]
    sides = 1 if exercise.sides is Sides.BOTH else 2
    now = sum(one.contacts or 0 for one in claim.sets) * sides
    return bool(own) and 0 < now <= own[-1].contacts


def _named(claim: Claim) -> bool:
    """The runner has named the region, and the exercise works it."""
    regions = eased_for(claim.context.exercise)
    region = claim.reason.facts.get("region")
    return region in regions and region in claim.context.setup.profile.old_injuries


RISING = (Action.INCREASE, Action.VARIANT_UP)
LOWER = (Action.DECREASE, Action.LAYOFF, Action.VARIANT_DOWN)
CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        **dict.fromkeys(("START", "CHOOSE_LOAD"), _first_time),
        "START_LIGHT": lambda claim: _first_time(claim) and _load("load")(claim),
        **dict.fromkeys(("START_SHARE", "START_LIGHTEST", "START_WITH_BODY"), _load("load")),
        "NO_WEIGHT": lambda claim: not claim.first.load_kg,
        "BEGIN_AGAIN": lambda claim: claim.last is not None and not claim.last.done.reps,
        "ODD_BELIEVED": _load("load"),
        "SORENESS": lambda claim: claim.is_told("sets", len(claim.sets)),
        "LIGHTER": _lighter,
        # What was injured once.
        "SPARED_FIRST": _named,
        "FEWER_FIRST": lambda claim: _first_time(claim) and _named(claim),
        "HALF_STEP": lambda claim: claim.rises and _named(claim),
        # Going on.
        "MORE_REPS": _more_reps,
        "REP_EXTEND": lambda claim: _clean(claim) and claim.action not in LOWER,
        "LESS_HELP": lambda claim: _clean(claim) and claim.first.assist_kg is not None,
        "NEXT_LOAD": lambda claim: _load("load")(claim) and claim.rises,
        "BACK_UP": _load("load"),
        "LONGER": _longer,
        "FURTHER": _more("distance_m", "metres"),
        **dict.fromkeys(("NEXT_RUNG", "BACK_HOLDS"), _rung),
        **dict.fromkeys(("SLOWER", "BACK_TEMPO"), _slower),
        "MORE_SETS": _more_sets,
        "CONFIRM": _same,
        "CONFIRM_TOP": _same,
        # Staying and stepping back.
        "MISSED": _missed,
        "HOLD_SHORT": _same_after("short", "aborted", "undone"),
        "HOLD_FORM": _same_after("form"),
        "HOLD_SLOW": _same_after("slow"),
        "HOLD_EFFORT": _same_after("effort"),
        "HOLD_PAIN": _same_after("pain"),
        "HOLD_STOPPED": _same_graded(Grade.STOPPED),
        "HOLD_AGAIN": _same,
        "HOLDS_LOST": _less,
        "SHORT_TWICE": _less,
        "AS_BEFORE": _all_of_it,
        "LIGHTER_THAN_PLANNED": _lighter_than_planned,
        "NOTICED_MORE": _did_more,
        # Jumps.
        "LAYOFF_JUMPS_SAME": _no_more_jumps,
        # Lifts.
        "TRAINER": lambda claim: is_new_bar_lift(claim.context.exercise, claim.context.history),
        "NO_HEAVIER": _no_heavier,
        "MISS_LIGHTER": _miss_lighter,
        "SEARCH": _search,
        "RUN_CLEAN": _run_clean,
        "ESTIMATE": _estimate,
        "ESTIMATE_LIGHTEST": _load("load"),
        "HURT_AT": _load("load"),
        "BACK_TOWARDS": _load("load"),
    }
)
