"""The marks of sets: by shape first, so that nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.model.outcome import Outcome, outcome
from tui.domain.model.values import SetEntry, SetKind
from tui.ui.widgets.styled_text import Span

TO_DO, WAITING, LEFT_OUT = "○", "◐", "–"
WARM_UP, WARMED_UP = "∘", "•"
DONE: dict[Outcome, Span] = {
    Outcome.AS_PLANNED: ("●", "good"),
    Outcome.MORE: ("▲", "good"),
    Outcome.SHORT: ("▼", "warn"),
}
LOOK: Span = (" !", "warn")
# Pain from here on is worth a look (project).
PAIN_SEEN = 3
LEGEND = (
    (TO_DO, "to do"),
    ("●", "done as planned"),
    ("▲", "more than planned"),
    ("▼", "fell short"),
    (WAITING, "the clock ran out: was it so?"),
    (LEFT_OUT, "left out"),
    (f"{WARM_UP} {WARMED_UP}", "warm-up to do, done"),
    (f"[{TO_DO}]", "the set that the keys speak of"),
    ("!", "behind the marks: pain of 3 or more, or something wrong"),
)


def to_do(kind: SetKind) -> Span:
    """The mark of a set still to do."""
    return (WARM_UP if kind is SetKind.WARMUP else TO_DO, "dim")


def logged(rows: Sequence[SetEntry]) -> Span:
    """The mark of a logged set; ``rows`` are its sides. Warm-ups are not measured by the plan."""
    if rows[0].undone is not None:
        return (LEFT_OUT, "dim")
    if rows[0].kind is SetKind.WARMUP:
        return (WARMED_UP, "good")
    return DONE[outcome(rows)]


def worth_a_look(rows: Sequence[SetEntry]) -> bool:
    """Whether a logged set hurt, or something went wrong in it."""
    done = rows[0].undone is None
    return done and any((row.pain or 0) >= PAIN_SEEN or row.flags for row in rows)
