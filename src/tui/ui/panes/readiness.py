"""The readiness questions before a session: legs, sleep and pain, one key each."""

from __future__ import annotations

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
from tui.present.session_questions import YES_OR_NO
from tui.ui.panes.pane import Pane

WHERE = "knee, calf, shin, foot, hip, hamstring, back, shoulder or other"
USUAL = 3


class ReadinessQuestions:
    """Asks how the runner is through the prompt of ``pane``; the plan follows at once."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self.book = pane.book

    def begin(self) -> None:
        """Ask about legs, sleep and pain, before the session begins. Enter keeps what was told
        before, or what is usual."""
        day = self.book.now().date()
        if self.book.recorder.live is not None:
            self.pane.say("A session is under way. p tells pain; R asks before the next one.")
        elif self.book.planner.planned(day) is None:
            self.pane.say("Your log is still being read. A moment.", "warn")
        else:
            told = of_day(self.book.planner.state(day).ready, day)
            self._ask_legs(told or Ready(day=day, legs=USUAL, sleep=USUAL))

    def _ask_legs(self, told: Ready) -> None:
        self.pane.ask_digit(
            f"How are your legs, 1 heavy to 5 fresh? [{told.legs}]",
            MOST,
            lambda key: self._ask_sleep(replace(told, legs=int(key))),
            usual=str(told.legs),
            least=LEAST,
        )

    def _ask_sleep(self, told: Ready) -> None:
        self.pane.ask_digit(
            f"How did you sleep, 1 poor to 5 well? [{told.sleep}]",
            MOST,
            lambda key: self._offer(replace(told, sleep=int(key))),
            usual=str(told.sleep),
            least=LEAST,
            why="Aim: 7 to 9 hours (Wyles).",
        )

    def _offer(self, told: Ready) -> None:
        """On a low day offer a lighter session, unless today has none or it is done."""
        plan = self.book.planner.planned(told.day)
        elsewhere = plan is not None and plan.due is not None and plan.due.day != told.day
        if elsewhere or self.book.planner.state(told.day).last == told.day:
            self._ask_pain(told)
        elif told.low:
            self.pane.ask_key(
                "A lighter one today?",
                YES_OR_NO,
                lambda key: self._ask_pain(replace(told, light=key == "y")),
                usual="y",
            )
        else:
            self._ask_pain(replace(told, light=False))

    def _ask_pain(self, told: Ready) -> None:
        """Ask about pain last: only then a second digit can correct the first, or make it ten."""

        def then(key: str) -> None:
            pain = int(key)
            known = replace(told, pain=pain, region=told.region if pain >= WHERE_FROM else "")
            if pain >= WHERE_FROM:
                self._ask_where(known)
            else:
                self._keep(known)

        self.pane.ask_digit(
            f"Pain, 0 none to {MOST_PAIN} worst? [{told.pain}]",
            MOST_PAIN,
            then,
            usual=str(told.pain),
        )

    def _ask_where(self, told: Ready) -> None:
        """Ask where it hurts; enter alone keeps what was told, or leaves it open."""

        def answer(typed: str) -> None:
            region = region_of(typed)
            if region is None:
                raise Refused(f"One of these, please: {WHERE}.")
            self._keep(replace(told, region=region))

        named = f" [{region_name(told.region)}]" if told.region else ""
        self.pane.ask(
            f"Where does it hurt?{named}",
            answer,
            empty=lambda: self._keep(told),
            why=f"{WHERE[0].upper()}{WHERE[1:]}{'' if named else '; enter passes'}.",
        )

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
