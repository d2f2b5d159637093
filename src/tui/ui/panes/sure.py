"""The question whether an odd set is right, before it is written."""

from __future__ import annotations

from collections.abc import Callable

from tui.domain.calculator.plausibility import Doubt
from tui.present.session_questions import sure_question
from tui.ui.panes.pane import Pane


def ask_if_sure(pane: Pane, odd: Doubt, log: Callable[[], None], edit: Callable[[], None]) -> None:
    """Ask about a typed set: y writes it with ``log``, as confirmed; e or enter goes back to what
    was typed with ``edit``; n drops it."""

    def answer(key: str) -> None:
        if key != "n":
            (log if key == "y" else edit)()

    label = sure_question(odd.confirmed, pane.book.profile.unit)
    options = {"y": "yes", "e": "edit", "n": "no"}
    pane.ask_key(label, options, answer, usual="e", why=odd.words)
