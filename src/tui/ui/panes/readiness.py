"""The readiness questions before a session: legs, sleep and pain, one key each."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui.domain.calculator.morning_pain import PAIN_WORDS, region_name, region_of
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.readiness import (
    AS_PLANNED_WORDS,
    LEAST,
    LIGHTER_WORDS,
    MOST,
    MOST_PAIN,
    WHERE_FROM,
    Ready,
    of_day,
    readiness,
    words,
)
from tui.domain.session.actions import Refused
from tui.ui.panes.pane import Pane
from tui.ui.widgets.prompt import YES_OR_NO

WHERE = "knee, calf, shin, foot, hip, hamstring, back, shoulder, other"


class ReadinessQuestions:
    """Asks how the runner is through the prompt of ``pane``; the plan follows at once."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self.book = pane.book

    def begin(self) -> None:
        """Ask about legs, sleep and pain, before the session begins."""
        day = self.book.now().date()
        if self.book.recorder.live is not None:
            self.pane.say("A session is under way. p tells pain; R asks before the next one.")
        elif self.book.planner.planned(day) is None:
            self.pane.say("Your log is still being read. A moment.", "warn")
        else:
            self._ask_legs(Ready(day=day, legs=MOST, sleep=MOST))

    def _ask_legs(self, told: Ready) -> None:
        self._ask_mark(
            "legs, 1 heavy to 5 fresh?",
            lambda key: self._ask_sleep(replace(told, legs=int(key))),
        )

    def _ask_sleep(self, told: Ready) -> None:
        self._ask_mark(
            "sleep (aim: 7-9 h, Wyles), 1 poor to 5 good?",
            lambda key: self._ask_pain(replace(told, sleep=int(key))),
        )

    def _ask_pain(self, told: Ready) -> None:
        def then(key: str) -> None:
            known = replace(told, pain=int(key))
            if known.pain >= WHERE_FROM:
                self._ask_where(known)
            else:
                self._offer(known)

        self.pane.ask_digit("pain, 0 none to 9 worst?", MOST_PAIN, then)

    def _ask_where(self, told: Ready) -> None:
        """Ask where it hurts; enter alone leaves it open."""

        def answer(typed: str) -> None:
            region = region_of(typed)
            if region is None:
                raise Refused(f"One of these, please: {WHERE}.")
            self._offer(replace(told, region=region))

        self.pane.ask(f"where? {WHERE}", answer, empty=lambda: self._offer(told))

    def _offer(self, told: Ready) -> None:
        """On a low day offer a lighter session, unless today's session is done."""
        state = self.book.planner.state(told.day)
        before = of_day(state.ready, told.day)
        if state.last == told.day:
            self._keep(replace(told, light=before is not None and before.light))
        elif told.low:
            self.pane.ask_key(
                "lighter today?",
                YES_OR_NO,
                lambda key: self._keep(replace(told, light=key == "y")),
                usual="y",
            )
        else:
            self._keep(told)

    def _keep(self, told: Ready) -> None:
        with self.pane.guarded():
            self.book.recorder.tell(readiness(told, self.book.now().isoformat()))
            if told.pain >= PAIN_STOP:
                self.pane.say(PAIN_WORDS, "warn")
            elif told.light:
                self.pane.say(LIGHTER_WORDS, "good")
            else:
                stays = f" {AS_PLANNED_WORDS}" if told.low else ""
                self.pane.say(f"Noted: {words(told, region_name(told.region))}.{stays}", "good")

    def _ask_mark(self, label: str, then: Callable[[str], None]) -> None:
        """Ask for a mark from 1 to 5, and call ``then`` with it at once."""
        self.pane.ask_digit(label, MOST, then, least=LEAST)
