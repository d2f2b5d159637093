"""No gym today: plan the day, or swap exercises of the session under way, with what every home
has."""

from __future__ import annotations

from tui.domain.model.text import as_sentence
from tui.domain.planning.calendar_changes import gym_or_none
from tui.domain.planning.today import advised_item
from tui.domain.session.actions import Swap
from tui.ui.panes.pane import Pane


class NoGym:
    """Switches today between gym and no gym, for ``pane``."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self.book = pane.book

    def switch(self) -> None:
        """Plan today without a gym, or with it again; in a session under way, swap the exercises
        still open."""
        with self.pane.guarded():
            change = gym_or_none(self.book.profile.diary, self.book.now().date())
            self.book.profile.change_calendar(change)
            self._swap_open()
            self.pane.say(f"{as_sentence(change.words)} G takes it back.", "good")

    def _swap_open(self) -> None:
        """Swap the open exercises that cannot be done with today's equipment; u undoes each."""
        book, day = self.book, self.book.now().date()
        if book.recorder.live is None:
            return
        exercises = book.profile.library.exercises
        able = book.profile.setup_on(day).inventory.can_do
        for item in book.recorder.live.items:
            exercise = exercises.get(item.exercise)
            if exercise is None or able(exercise) or not book.recorder.live.open_keys(item):
                continue
            said = book.planner.advise(
                exercise, day, book.planner.live_dose(book.recorder.live, exercise, day)
            )
            if said.plan.sets and said.variant != exercise.id:
                book.recorder.do(Swap(item.id, advised_item(exercises[said.variant], said)))
