"""Presents the calculator's advice on an exercise, in words and as JSON (see docs/format.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import asdict

from tui.domain.calculator.accuracy import MOST_TOLD, Accuracy
from tui.domain.calculator.advice import Action, Advice
from tui.domain.calculator.reasons import changes, why
from tui.domain.model.codec import Doc, measures_to_doc
from tui.domain.model.library.catalog import Library
from tui.domain.model.notation import Form, planned
from tui.domain.model.units import plain
from tui.domain.model.values import Exercise, Kind, Measures, Prescription, SetPlan
from tui.present.report import INDENT, statement_lines
from tui.present.words import ramp_words, reserve_text, rest_text, short_sources

TOP = (
    *("load_kg", "assist_kg", "reps", "holds", "hold_s"),
    *("tempo_s", "pause_s", "distance_m", "duration_s"),
)
WORDS = {
    Action.START: "start",
    Action.INCREASE: "more",
    Action.HOLD: "the same",
    Action.DECREASE: "less",
    Action.DELOAD: "an easier week",
    Action.TAPER: "taper",
    Action.LAYOFF: "back after a break",
    Action.REST: "rest",
    Action.SUBSTITUTE: "another exercise",
    Action.VARIANT_UP: "a harder variant",
    Action.VARIANT_DOWN: "an easier variant",
}


def advice_doc(advice: Advice, library: Library, day: date) -> Doc:
    """Advice as JSON: loads in kilograms, also in the words; the measures of the first set at the
    top level, those of every set in ``plan``; ``contacts`` is the total of the session."""
    exercise = library.exercises[advice.variant]
    plan = plan_docs(advice.plan.sets, exercise)
    first = advice.plan.sets[0].goals[0].measures if advice.plan.sets else Measures()
    shown = _with_reps(first, exercise)
    estimate = advice.estimate
    return {
        "date": day.isoformat(),
        "exercise": advice.exercise,
        "variant": advice.variant,
        "action": advice.action.value,
        "sets": whole_sets(advice.plan),
        **{name: getattr(shown, name) for name in TOP},
        "contacts": total_contacts(advice.plan) if exercise.kind is Kind.PLYOMETRIC else None,
        "rest_s": advice.plan.rest_s,
        "target_rir": advice.plan.target_rir,
        "plan": plan,
        "warmup": plan_docs(advice.warmup, exercise),
        "e1rm": None if estimate is None else estimate.one_rm_kg,
        "e1rm_low": None if estimate is None else estimate.low_kg,
        "e1rm_high": None if estimate is None else estimate.high_kg,
        "e1rm_compared": dict(estimate.compared) if estimate else {},
        "expected_rir": None if advice.expected is None else asdict(advice.expected),
        "accuracy": None if advice.accuracy is None else asdict(advice.accuracy),
        "confidence": advice.confidence.value,
        "reasons": [reason.code for reason in advice.reasons],
        "because": [{"code": reason.code, **reason.facts} for reason in advice.reasons],
        "why": why(advice, library),
        "rests_on": [day.isoformat() for day in advice.days],
        "sources": list(advice.sources),
    }


def whole_sets(plan: Prescription) -> int:
    """The number of sets that both sides do; an extra set for the weaker side does not count."""
    most = max((len(one.goals) for one in plan.sets), default=0)
    return sum(len(one.goals) == most for one in plan.sets)


def total_contacts(plan: Prescription) -> int:
    """The foot contacts of all sets, both sides."""
    return sum(goal.measures.contacts or 0 for one in plan.sets for goal in one.goals)


def plan_docs(sets: Sequence[SetPlan], exercise: Exercise) -> list[Doc]:
    """Planned sets as JSON, an object for each side of a set."""
    return [
        {
            "set": one.number,
            "side": goal.side.value,
            **measures_to_doc(_with_reps(goal.measures, exercise)),
        }
        for one in sets
        for goal in one.goals
    ]


def _with_reps(measures: Measures, exercise: Exercise) -> Measures:
    """A set of jumps with reps as well as contacts."""
    if exercise.kind is not Kind.PLYOMETRIC or measures.contacts is None:
        return measures
    return Measures(contacts=measures.contacts, reps=measures.contacts // (exercise.jump_feet or 1))


def advice_words(advice: Advice, library: Library, unit: str) -> list[str]:
    """Advice in words, one statement each: the action, the dose, why, what would change it, and the
    sources."""
    asked = library.exercises[advice.exercise]
    done = library.exercises[advice.variant]
    dose = planned(advice.plan.sets, unit, Form.LONG, way=done.way) or "rest"
    name = f"{done.name}  " if done.id != asked.id else ""
    rir = advice.plan.target_rir
    left = "" if rir is None or not advice.plan.sets else f", {reserve_text(rir)}"
    rest = f", {rest_text(advice.plan.rest_s)}" if advice.plan.sets else ""
    told = [f"{asked.name}: {WORDS[advice.action]}", f"{name}{dose}{left}{rest}"]
    if warm := ramp_words(advice.warmup, unit):
        told.append(warm)
    told += [why(advice, library, unit), *changes(advice)]
    if advice.days:
        days = ", ".join(f"{day.day} {day:%b %Y}" for day in advice.days)
        told.append(f"rests on {days}; confidence {advice.confidence.value}")
    told += forecast_words(advice)
    return [*told, f"source: {short_sources(library, advice.sources)}"]


def forecast_words(advice: Advice) -> list[str]:
    """What report is expected of the first set, and how the last forecasts fared."""
    told = []
    if (coming := advice.expected) is not None:
        told.append(
            f"expects about {plain(round(within(coming.rir)))} left after the first set "
            f"({plain(round(within(coming.low)))} to {plain(round(within(coming.high)))})"
        )
    if advice.accuracy is not None:
        told.append(accuracy_words(advice.accuracy))
    return told


def within(rir: float) -> float:
    """Reps in reserve as they can be reported: none to five or more."""
    return max(0.0, min(MOST_TOLD, rir))


def accuracy_words(found: Accuracy, whose: str = "its") -> str:
    """How forecasts of reps in reserve fared; ``whose`` they are."""
    many = found.sessions > 1
    of = f"{whose} last {found.sessions} forecasts" if many else f"{whose} last forecast"
    told = (
        f"{of}: {plain(found.expected)} left expected, {plain(found.reported)} reported; "
        f"{found.inside} of {found.sessions} in the range"
    )
    judged = [
        f"{count} too {word}"
        for count, word in ((found.light, "light"), (found.heavy, "heavy"))
        if count
    ]
    return f"{told}; loads {' and '.join(judged)}" if judged else told


def advice_lines(advice: Advice, library: Library, unit: str) -> list[str]:
    """Advice as lines, all but the first indented."""
    head, *told = advice_words(advice, library, unit)
    return [head, *statement_lines(told, INDENT)]
