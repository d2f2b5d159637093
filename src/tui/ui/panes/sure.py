"""The question whether an odd set is right, before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.domain.calculator.plausibility import Doubt
from tui.domain.model.notation import Form, Written, show
from tui.ui.panes.pane import Pane


def ask_if_sure(pane: Pane, odd: Doubt, log: Callable[[], None], edit: Callable[[], None]) -> None:
    """Ask about a typed set: y writes it with ``log``, as confirmed; e or enter goes back to what
    was typed with ``edit``; n drops it."""

    def answer(key: str) -> None:
        if key != "n":
            (log if key == "y" else edit)()

    label = f"Log {_set_words(odd.confirmed, pane.book.profile.unit)}?"
    options = {"y": "yes", "e": "edit", "n": "no"}
    pane.ask_key(label, options, answer, usual="e", why=odd.words)


def _set_words(rows: Sequence[Written], unit: str) -> str:
    """One set without its marks: ``8 × 600 kg``."""
    bare = (Written(number=1, side=row.side, measures=row.measures) for row in rows)
    return show(bare, unit, Form.LONG)
