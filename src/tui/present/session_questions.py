"""What a session asks, wherever it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.domain.calculator.morning_pain import region_name
from tui.domain.calculator.state import PainReport
from tui.domain.model.notation import Form, Written, show
from tui.domain.model.values import SLOW, Kind
from tui.domain.session.live import Item, Key
from tui.domain.session.standing import bare
from tui.present.step_words import set_name

DAYS_NAMED = 7  # Up to a week back a day goes by its name.
YES_OR_NO = {"y": "yes", "n": "no"}
# Of these nobody asks how many more it could have been.
NOT_RATED = frozenset({Kind.HOLD, Kind.CLUSTER, Kind.MOBILITY})
# Why a set was left out, by the key that says it.
REASONS = {"t": "time", "p": "pain", "e": "equipment", "o": "other"}
# The key of each flag: all but that a set was broken off, which f says.
FLAG_KEYS = {
    "s": SLOW,
    "f": "form",
    "l": "landing",
    "k": "knee",
    "h": "hips",
    "a": "ankle",
    "t": "tempo",
}
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


def hurt_words(region: str, ache: PainReport, today: date) -> tuple[str, str]:
    """What to ask about this morning after pain in a session, in full and in short."""
    ago = (today - ache.day).days
    when = f"on {ache.day:%A}" if ago < DAYS_NAMED else f"on {ache.day.day} {ache.day:%b}"
    when = "yesterday" if ago == 1 else when
    name = region_name(region)
    return (
        f"Your {name} hurt {ache.pain} {when}. How is it this morning?",
        f"{name.capitalize()} hurt {ache.pain} {when}. This morning?",
    )
