"""The questions about pain on the morning after a session."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.leaving_sore import stop_words
from tui.app.morning_answers import tell_morning, typed_ache, typed_pain
from tui.domain.calculator.morning_pain import (
    MOST_PAIN,
    morning_questions,
    region_name,
)
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.session.actions import Undo
from tui.ui.panes.pane import Pane


class MorningQuestions:
    """Asks for the morning's pain through the prompt of ``pane``; the plan follows at once."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self.book = pane.book

    def begin(self) -> None:
        """Ask about each region that hurt in the last session, or long ago without a word since; if
        none did, ask where and how much."""
        day = self.book.now().date()
        if self.book.planner.planned(day) is None:
            self.pane.say("Your log is still being read. A moment.", "warn")
            return
        state, setup = self.book.planner.state(day), self.book.profile.setup
        self._ask_of(list(morning_questions(setup, state, day)))

    def _ask_of(self, regions: Sequence[str], worst: int = 0) -> None:
        if not regions:
            self.pane.ask(
                "What hurts this morning, and how much?",
                self._told,
                why=f"As in knee 3, 0 none to {MOST_PAIN} worst.",
            )
            return
        region, rest = regions[0], regions[1:]
        label = f"{region_name(region).capitalize()} this morning, 0 none to {MOST_PAIN} worst?"
        if rest:
            # A line, not a digit: the 0 of a 10 would be the answer to the next question.
            self._ask_in_a_line(label, region, rest, worst)
            return
        skipped = list[bool]()

        def answer(key: str) -> None:
            skipped.append(self._tell(region, int(key), worst=worst))

        def undo() -> None:
            if skipped and skipped.pop():
                self.book.recorder.do(Undo())

        self.pane.ask_digit(label, MOST_PAIN, answer, undo=undo)

    def _ask_in_a_line(self, label: str, region: str, rest: Sequence[str], worst: int) -> None:
        def answer(typed: str) -> None:
            self._tell(region, typed_pain(typed), rest, worst)

        self.pane.ask(label, answer)

    def _told(self, typed: str) -> None:
        """Take an answer such as ``knee 3``."""
        self._tell(*typed_ache(typed))

    def _tell(self, region: str, pain: int, rest: Sequence[str] = (), worst: int = 0) -> bool:
        """Record the pain of one region, then ask about the ``rest``; ``worst`` is the highest pain
        answered so far. True if sets of the session were left out for it."""
        skipped = 0
        with self.pane.guarded():
            skipped = tell_morning(self.book, region, pain)
            if max(pain, worst) >= PAIN_STOP:
                self.pane.say(stop_words(skipped), "warn")
            else:
                self.pane.say(f"Noted: {region_name(region)} {pain} this morning.", "good")
            if rest:
                self._ask_of(rest, max(worst, pain))
        return bool(skipped)
