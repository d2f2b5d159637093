"""What a session asks, wherever it is done."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.model.notation import Form, Written, show
from tui.domain.session.live import Item, Key
from tui.domain.session.standing import bare
from tui.present.step_words import set_name

# Why a set was left out, by the key that says it.
REASONS = {"t": "time", "p": "pain", "e": "equipment", "o": "other"}
SLOW_WORDS = "When a rep slows, the set is over; after two such sets, so is the exercise."
# Question, most, and what is said of the answer.
RATINGS = {
    "rir": ("How many more could you have done, 0 to 5?", 5, "{} spare"),
    "pain": ("Pain in that set, 0 none to 10 worst?", 10, "Pain {}"),
}


def short_question(item: Item, key: Key, stands: Sequence[Written], unit: str) -> str:
    """How far a set got that fell short; ``stands`` is the guess that enter takes."""
    reps, planned = stands[0].measures.reps, item.planned(key).goals[0].measures.reps
    called = set_name(key).capitalize()
    if reps is not None and planned is not None:
        return f"{called}: how many of {planned} did you get? [{reps}]"
    guess = show(bare(stands), unit, Form.LONG, way=item.way)
    return f"{called}: how far did you get? [{guess}]"


def sure_question(rows: Sequence[Written], unit: str) -> str:
    """Whether an odd set is right: ``Log 8 × 600 kg?``"""
    alone = (Written(number=1, side=row.side, measures=row.measures) for row in rows)
    return f"Log {show(alone, unit, Form.LONG)}?"
