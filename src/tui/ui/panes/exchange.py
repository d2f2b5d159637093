"""Swap an exercise of the session for another one: a variant, or one of the same category."""

from __future__ import annotations

from collections.abc import Callable

from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.library.substitutes import substitutes
from tui.domain.model.values import Exercise
from tui.domain.session.actions import Swap
from tui.domain.session.live import Item
from tui.present.words import job_words
from tui.ui.panes.pane import Pane


class Exchange:
    """Offers other exercises for the sets still open, through the prompt of ``pane``, leaving out
    those that rest today because of pain; ``do`` takes the step."""

    def __init__(self, pane: Pane, do: Callable[[Swap], None]) -> None:
        self.pane = pane
        self.book = pane.book
        self.do = do

    def may(self, exercise: Exercise) -> bool:
        """Whether the exercise may be done today, that is, does not rest because of pain."""
        day, live = self.book.now().date(), self.book.recorder.live
        return not self.book.planner.rests_for_pain(exercise, day, live)

    def offer_variants(self, item: Item, exercise: Exercise) -> None:
        """Offer an easier or harder variant."""
        found = {
            word: self.book.profile.library.exercises[other]
            for word, other in (("easier", exercise.easier), ("harder", exercise.harder))
            if other is not None
        }
        if not found:
            self.pane.say(f"The library has no easier or harder {exercise.name}.")
            return
        found = {word: other for word, other in found.items() if self.may(other)}
        if not found:
            self.pane.say(PAIN_WORDS, "warn")
            return

        options = {word[0]: f"{word}: {other.name}" for word, other in found.items()}
        by_key = {word[0]: other for word, other in found.items()}
        self.pane.ask_key(
            f"Instead of {exercise.name}?",
            options,
            lambda key: self._swap(item, by_key[key]),
            usual=next(iter(options)),
        )

    def offer_category(self, item: Item, exercise: Exercise) -> None:
        """Offer another exercise of the same role or category, the nearest first."""
        able = self.book.profile.setup_on(self.book.now().date()).inventory.can_do
        others = list(substitutes(self.book.profile.library, exercise, able))
        if not others:
            self.pane.say(
                f"Nothing like {exercise.name} can be done with what is at hand. 0 adds kit."
            )
            return
        others = [other for other in others if self.may(other)]
        if not others:
            self.pane.say(PAIN_WORDS, "warn")
            return
        title = f"In place of {exercise.name}: {job_words(exercise)}"
        self.pane.navigator.choose(title, others, lambda other: self._swap(item, other))

    def _swap(self, item: Item, other: Exercise) -> None:
        self.do(Swap(item.id, self.book.planner.item(other, self.book.now().date())))
