"""Asks what went wrong with a set, in the session under way and in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.present.session_questions import FLAG_KEYS
from tui.ui.panes.pane import Pane


def ask_flags(
    pane: Pane, called: str, noted: Callable[[], Iterable[str]], toggle: Callable[[str], bool]
) -> None:
    """Ask what went wrong with the set ``called`` so, until enter. Each key gives a flag or takes
    it back by ``toggle``, which says whether to ask on; ``noted`` are the flags the set has."""

    def answer(typed: str) -> None:
        if toggle(FLAG_KEYS[typed]):
            ask_flags(pane, called, noted, toggle)

    flags = ", ".join(dict.fromkeys(noted()))
    has = f" Noted: {flags}." if flags else ""
    why = f"{called}: what went wrong?{has} enter ends; the same key again takes it back."
    pane.ask_key("", FLAG_KEYS, answer, why=why)
