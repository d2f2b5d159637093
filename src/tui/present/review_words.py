"""Wording for reviews, shared by all screens and reports: changes, sides, bands, annotations.

The results may contain text from files, so the caller must clean them before printing
(:func:`tui.domain.model.text.clean`).
"""

from __future__ import annotations

from tui.domain.calculator.advice import Estimate
from tui.domain.model.codec import Doc
from tui.domain.model.units import load_words
from tui.domain.model.values import Side
from tui.domain.review.annotations import Annotation
from tui.domain.review.e1rm_history import E1rm, Movement, Verdict
from tui.domain.review.plan_compliance import Compliance
from tui.domain.review.sides import USUAL_HIGH, USUAL_LOW, Pair
from tui.domain.review.weeks import Change
from tui.present.words import percent_text, rounded

VERDICTS = {
    Verdict.FEW: "too few sessions to say which way it goes",
    Verdict.SAME: "within the band, too little to call a change",
    Verdict.UNSURE: "beyond the band in one session alone; the next ones will tell",
    Verdict.MORE: "more than the band explains, in two sessions: a gain",
    Verdict.LESS: "less than the band explains, in two sessions; what comes next goes by it",
}
SIDES_NOTE = f"Sides that differ by {USUAL_LOW} to {USUAL_HIGH} % are normal."


def change_words(one: Change) -> str:
    """The change of a sum in words, or that the log does not reach back far enough."""
    if not one.known:
        return "the log began later"
    return "none before" if one.percent is None else percent_text(one.percent)


def share_words(one: Compliance) -> str:
    """Weight lifted in per cent of the weight prescribed."""
    return f"{100 * one.done / one.asked:.0f} %"


def pair_words(one: Pair) -> str:
    """The weaker side in per cent of the stronger, in words."""
    if one.weak is None:
        return "alike"
    strong = Side.RIGHT if one.weak is Side.LEFT else Side.LEFT
    return f"{one.weak} {one.percent:.0f} % of {strong}"


def pair_doc(one: Pair) -> Doc:
    """A comparison of sides as JSON."""
    return {
        "date": one.day.isoformat(),
        "percent": rounded(one.percent),
        "weak": one.weak and one.weak.value,
    }


def band_loads(made: Estimate, unit: str) -> tuple[str, str, str]:
    """An e1RM, and the lower and upper end of its band, as loads in ``unit``."""
    return (
        load_words(made.one_rm_kg, unit),
        load_words(made.low_kg, unit),
        load_words(made.high_kg, unit),
    )


def band_words(one: E1rm, unit: str) -> str:
    """An e1RM with its band, in words."""
    near, low, high = band_loads(one.estimate, unit)
    if one.estimate.vague:
        return f"near {near}, only a guess by now"
    return f"near {near}, likely {low} to {high}"


def moved_words(moved: Movement, span: str) -> str:
    """How an e1RM has moved over a ``span`` in words, and what to make of it."""
    said = VERDICTS[moved.verdict]
    known = moved.verdict is not Verdict.FEW
    return f"{percent_text(moved.percent)} {span}{said}" if known else said


def mark_words(mark: Annotation) -> str:
    """An annotation of a week, in words."""
    if mark.kind == "race":
        return f"race {mark.name}"
    if mark.kind == "block":
        return f"{mark.name} block"
    return "easier running" if mark.kind == "step_down" else f"{mark.name} begun"
