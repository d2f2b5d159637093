"""The questions about this morning's pain, line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.app.leaving_sore import stop_words
from tui.app.lines.talk import Talk
from tui.app.morning_answers import tell_morning, typed_ache, typed_pain
from tui.app.today_session import TodaySession
from tui.domain.calculator.morning_pain import MOST_PAIN, morning_questions, region_name
from tui.domain.calculator.pain import PAIN_STOP


class LineMorning:
    """Asks for the morning's pain; ``told`` is called when the plan may be another one for it."""

    def __init__(self, session: TodaySession, talk: Talk, told: Callable[[], None]) -> None:
        self.session = session
        self.book = session.book
        self.talk = talk
        self._told = told

    def ask(self, typed: str) -> None:
        """Take an answer such as ``knee 3``; without one ask about each region that hurt in the
        last session, or where it hurts. Raises Refused."""
        if typed:
            self._tell(*typed_ache(typed))
            return
        day = self.book.now().date()
        state, setup = self.book.planner.state(day), self.book.profile.setup
        regions = list(morning_questions(setup, state, day))
        if regions:
            self._ask_of(regions)
            return
        self.talk.ask(
            f"What hurts this morning, and how much? As in knee 3, 0 none to {MOST_PAIN} worst.",
            lambda answer: self._tell(*typed_ache(answer)),
            empty=lambda: None,
        )

    def _ask_of(self, regions: Sequence[str]) -> None:
        region, rest = regions[0], regions[1:]

        def answer(typed: str) -> None:
            self._tell(region, typed_pain(typed))
            if rest:
                self._ask_of(rest)

        self.talk.ask(
            f"{region_name(region).capitalize()} this morning, 0 none to {MOST_PAIN} worst?",
            answer,
            empty=lambda: None,
        )

    def _tell(self, region: str, pain: int) -> None:
        skipped = tell_morning(self.book, region, pain)
        if pain >= PAIN_STOP:
            self.talk.say(stop_words(skipped))
        else:
            self.talk.say(f"Noted: {region_name(region)} {pain} this morning.")
        self.session.refresh()
        self._told()
