"""Heavy lifts with a bar, for which the articles send a runner to someone who knows them."""

from __future__ import annotations

from tui.domain.calculator.state import ExerciseHistory
from tui.domain.model.values import Exercise

BARS = frozenset({"barbell", "hex-bar"})
NEW_SESSIONS = 3  # A lift is new for so many sessions (source project).


def is_bar_lift(exercise: Exercise) -> bool:
    """Whether it is a heavy lift with a bar (trailrunner-lift: consider a trainer)."""
    return exercise.loading == "heavy" and not BARS.isdisjoint(exercise.equipment)


def is_new_bar_lift(exercise: Exercise, history: ExerciseHistory | None) -> bool:
    """Whether it is a heavy lift with a bar that has been done in fewer than three sessions."""
    return is_bar_lift(exercise) and (history is None or history.sessions < NEW_SESSIONS)
