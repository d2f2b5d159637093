"""The pages that the panes ask for: how to do an exercise, where its numbers come from, why there
is rest."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.model.values import Exercise
from tui.ui.texts import exercise_lines
from tui.ui.why import Asked, resting_lines, why_lines
from tui.ui.widgets.styled_text import Line
from tui.ui.widgets.text_page import Page


def exercise_page(book: Logbook, exercise: Exercise) -> Page:
    """How to do it, and what is next of it where that takes no time to say."""
    day = book.now().date()
    said = book.planner.advise(exercise, day) if book.planner.is_known() else None

    def lines(width: int) -> list[Line]:
        return exercise_lines(
            exercise, book.profile.library, book.profile.level(day), said, book.profile.unit, width
        )

    return Page(exercise.name, lines)


def why_page(book: Logbook, asked: Asked) -> Page:
    """Where the numbers come from."""

    def lines(width: int) -> list[Line]:
        return why_lines(
            asked, book.reader.sessions(), book.profile.library, book.profile.unit, width
        )

    return Page(f"Why: {asked.exercise.name}", lines)


def resting_page(book: Logbook, resting: Sequence[Advice]) -> Page:
    """Why nothing is to be done."""

    def lines(width: int) -> list[Line]:
        return resting_lines(resting, book.profile.library, book.profile.unit, width)

    return Page("Why: rest today", lines)
