"""No gym today: plan the day, or swap exercises of the session under way, with what every home
has."""

from __future__ import annotations

from tui.domain.model.text import as_sentence
from tui.domain.planning.calendar_changes import gym_or_none
from tui.domain.planning.today import advised_item
from tui.domain.session.actions import Swap
from tui.domain.session.live import Live
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
            if self.book.recorder.live is not None:
                self._swap_open(self.book.recorder.live)
                self._bring_back(self.book.recorder.live)
            self.pane.say(f"{as_sentence(change.words)} G takes it back.", "good")

    def _bring_back(self, live: Live) -> None:
        """Swap stand-ins of which nothing is logged for the exercises of the plan that do the same
        job and can be done again; u undoes each."""
        book, day = self.book, self.book.now().date()
        plan, exercises = book.planner.next_plan(day), book.profile.library.exercises
        if (plan.programme.id, plan.part.id) != (live.programme, live.part):
            return
        there, planned = ({item.exercise for item in items} for items in (live.items, plan.items))
        missing = [item for item in plan.items if item.exercise not in there]
        for item in live.items:
            if live.done_count(item) or item.exercise in planned:
                continue
            role = exercises[item.exercise].role if item.exercise in exercises else ""
            own = next((one for one in missing if exercises[one.exercise].role == role), None)
            if own is not None:
                missing.remove(own)
                book.recorder.do(Swap(item.id, own))

    def _swap_open(self, live: Live) -> None:
        """Swap the open exercises that cannot be done with today's equipment; u undoes each."""
        book, day = self.book, self.book.now().date()
        exercises = book.profile.library.exercises
        able = book.profile.setup_on(day).inventory.can_do
        for item in live.items:
            exercise = exercises.get(item.exercise)
            if exercise is None or able(exercise) or not live.open_keys(item):
                continue
            said = book.planner.advise(exercise, day, book.planner.live_dose(live, exercise, day))
            if said.plan.sets and said.variant != exercise.id:
                book.recorder.do(Swap(item.id, advised_item(exercises[said.variant], said)))
