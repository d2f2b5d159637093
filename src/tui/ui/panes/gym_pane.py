"""No gym today: what can be done with what every home has, before a session and in the midst of
one."""

from __future__ import annotations

from tui.domain.planning.calendar_changes import gym_or_none
from tui.domain.planning.today import advised_item
from tui.domain.session.actions import Swap
from tui.ui.panes.ready_pane import ReadyPane


class GymPane(ReadyPane):
    """A pane whose session finds stand-ins for what is not at hand today."""

    def action_no_gym(self) -> None:
        """Today without a gym, or with it again; what is open of a session finds its stand-ins."""
        book, day = self.book, self.book.now().date()
        with self.guarded():
            change = gym_or_none(book.profile.diary, day)
            book.profile.change_calendar(change)
            self._stand_ins()
            self.say(f"{change.words}; G takes it back", "good")

    def _stand_ins(self) -> None:
        """Swap what is open in the live session and cannot be done here; u brings each back."""
        book, day = self.book, self.book.now().date()
        if book.recorder.live is None:
            return
        able = book.profile.setup_on(day).inventory.can_do
        for item in book.recorder.live.items:
            exercise = self.exercise(item)
            if exercise is None or able(exercise) or not book.recorder.live.open_keys(item):
                continue
            said = book.planner.advise(
                exercise, day, book.planner.live_dose(book.recorder.live, exercise, day)
            )
            if said.plan.sets and said.variant != exercise.id:
                other = advised_item(book.profile.library.exercises[said.variant], said)
                book.recorder.do(Swap(item.id, other))
