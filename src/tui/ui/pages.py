"""The pages that the panes ask for: how to do an exercise, where its numbers come from, why there
is rest."""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.model import Exercise
from tui.core.progression import Advice
from tui.logbook import Logbook
from tui.ui.ink import Line
from tui.ui.page import Page
from tui.ui.texts import exercise_lines
from tui.ui.why import Asked, resting_lines, why_lines


def exercise_page(book: Logbook, exercise: Exercise) -> Page:
    """How to do it, and what is next of it where that takes no time to say."""
    day = book.now().date()
    said = book.advise(exercise, day) if book.known() else None

    def lines(width: int) -> list[Line]:
        return exercise_lines(exercise, book.library, book.level(day), said, book.unit, width)

    return Page(exercise.name, lines)


def why_page(book: Logbook, asked: Asked) -> Page:
    """Where the numbers come from."""

    def lines(width: int) -> list[Line]:
        return why_lines(asked, book.sessions(), book.library, book.unit, width)

    return Page(f"Why: {asked.exercise.name}", lines)


def resting_page(book: Logbook, resting: Sequence[Advice]) -> Page:
    """Why nothing is to be done."""

    def lines(width: int) -> list[Line]:
        return resting_lines(resting, book.library, book.unit, width)

    return Page("Why: rest today", lines)
