"""The questions about regions that were injured once, at the end of a session that worked them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.domain.calculator.morning_pain import MOST_PAIN, PAIN_WORDS, pain_of, region_name
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.planning.aftercare import regions_to_ask
from tui.domain.session.actions import Mark, Refused
from tui.domain.session.live import Key
from tui.ui.panes.pane import Pane


class OldInjuryQuestions:
    """Asks through the prompt of ``pane`` how the named regions are now, then goes on."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self.book = pane.book

    def begin(self, then: Callable[[], None]) -> None:
        """Ask about each region in turn, and call ``then`` once all are answered or passed over;
        at once if there is nothing to ask."""
        live, profile = self.book.recorder.live, self.book.profile
        asked = {} if live is None else regions_to_ask(profile.setup.profile, profile.library, live)
        self._ask(list(asked.items()), then)

    def _ask(self, regions: Sequence[tuple[str, Key]], then: Callable[[], None]) -> None:
        if not regions:
            then()
            return
        (region, key), *rest = regions

        def answer(typed: str) -> None:
            pain = pain_of(typed)
            if pain is None:
                raise Refused(f"0 to {MOST_PAIN}, please; enter alone passes.")
            with self.pane.guarded():
                self.book.recorder.do(Mark(key, "pain", pain))
                self._ask(rest, then)
                if pain >= PAIN_STOP:
                    self.pane.say(PAIN_WORDS, "warn")

        self.pane.ask(
            f"{region_name(region).capitalize()} now, 0 none to {MOST_PAIN} worst?",
            answer,
            empty=lambda: self._ask(rest, then),
        )
