"""Asks how a set was: how many reps were to spare, pain, what went wrong, a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tui.app.today_session import TodaySession
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.text import number_of
from tui.domain.model.values import SLOW
from tui.domain.session.actions import EndSlow, Flag, Mark, Undo
from tui.domain.session.live import Key
from tui.present.session_questions import RATINGS, SLOW_WORDS, YES_OR_NO
from tui.present.step_words import set_name
from tui.ui.panes.flags import ask_flags
from tui.ui.panes.pane import Pane
from tui.ui.panes.set_writing import Do


class SetRating:
    """Asks about a set of ``session`` through the prompt of ``pane``, and notes the answer by the
    steps of ``do``. ``hurts`` is called when it hurts too much to go on."""

    def __init__(
        self, pane: Pane, session: TodaySession, do: Do, hurts: Callable[[], None]
    ) -> None:
        self.pane = pane
        self.session = session
        self.do = do
        self.hurts = hurts

    def called(self, key: Key) -> str:
        """A set by its exercise and number: ``Back Squat set 2``."""
        return f"{self.session.name(self.session.live.item(key.item))} {set_name(key)}"

    def rate(self, key: Key, name: Literal["rir", "pain"]) -> None:
        """Ask how many reps were to spare in a set, or how much it hurt."""
        question, most, noted = RATINGS[name]
        before = after = 0

        def answer(typed: str) -> None:
            nonlocal before, after

            with self.pane.guarded(quiet=True):
                # The end of a timed set is a step of its own, that no other digit takes back.
                self.pane.book.recorder.tick()
            was, before = self.session.live, self._steps

            def told() -> None:
                echo = f"{noted.format(typed)} in {self.called(key)}."
                changed = self.session.changed_words(was, key.item)
                self.pane.say(f"{echo} {changed or 'Another digit changes it.'}", "good")
                if name == "pain" and int(typed) >= PAIN_STOP:
                    self.hurts()

            self.do(Mark(key, name, int(typed)), then=told)
            after = self._steps

        def undo() -> None:
            # The answer may have changed more than its set: pain leaves other sets out. If a step
            # came after it, it stays, and is only written over.
            for left in range(after - before, 0, -1):
                if self._steps == before + left:
                    self.do(Undo())

        self.pane.ask_digit(question, most, answer, undo=undo, why=f"{self.called(key)}.")

    @property
    def _steps(self) -> int:
        live = self.pane.book.recorder.live
        return 0 if live is None else live.steps

    def flag(self, key: Key) -> None:
        """Ask what went wrong with a set. Each key gives a flag or takes it back; enter ends."""

        def noted() -> list[str]:
            return [flag for row in self.session.live.rows[key] for flag in row.flags]

        def toggle(flag: str) -> bool:
            self.do(Flag(key, flag))
            return not self.offer_end(key)

        ask_flags(self.pane, self.called(key), noted, toggle)

    def offer_end(self, key: Key) -> bool:
        """After two slow sets in a row, ask whether to leave the rest of the exercise out; False if
        there is nothing to ask."""
        live = self.session.live
        left = live.slowed(live.item(key.item))
        if not left or not any(SLOW in row.flags for row in live.rows.get(key, ())):
            return False

        def answer(typed: str) -> None:
            if typed == "y":
                self.do(EndSlow(key.item), follow=True)

        self.pane.ask_key(
            f"Two slow sets in a row: leave out {number_of(len(left), 'set')}?",
            YES_OR_NO,
            answer,
            usual="n",
            why=SLOW_WORDS,
        )
        return True

    def note(self, key: Key) -> None:
        """Write a note on a set."""
        self.pane.ask(
            f"Note on {self.called(key)}:",
            lambda typed: self.do(Mark(key, "note", typed)),
            value=self.session.live.rows[key][0].note,
        )
