"""The end of a session line by line: why sets are open, how old injuries are, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.app.lines.talk import Talk
from tui.app.session_summary import Summary, finish
from tui.app.today_session import TodaySession
from tui.domain.calculator.morning_pain import MOST_PAIN, PAIN_WORDS, pain_of, region_name
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.text import number_of
from tui.domain.model.values import SetKind
from tui.domain.planning.aftercare import aftercare_label, aftercare_words, regions_to_ask
from tui.domain.planning.wording import next_words
from tui.domain.review.context import summed
from tui.domain.session.actions import Mark, Refused
from tui.domain.session.live import Key
from tui.present.session_questions import REASONS
from tui.present.summary_words import bests_words, then_words
from tui.present.words import sums_words

AFTERWARDS = "Enter leaves. u opens it again."


class LineEnding:
    """Finishes ``session``, and calls ``ended`` once it is finished."""

    def __init__(self, session: TodaySession, talk: Talk, ended: Callable[[], None]) -> None:
        self.session = session
        self.book = session.book
        self.talk = talk
        self._ended = ended

    def finish(self) -> None:
        """End the session, asking for a reason if sets are open. Raises Refused."""
        live = self.session.live
        if not self.session.under_way:
            raise Refused("No session is under way. Enter begins the one planned.")
        if not live.rows and not live.note:
            self.talk.ask_key(
                "Nothing is logged.",
                {"x": "throw the session away", "k": "keep it open"},
                lambda key: self._discard() if key == "x" else None,
                usual="x",
            )
            return
        left = sum(key.kind is SetKind.WORK for key in live.unfinished()) if live.rows else 0
        if not left:
            self._ask_old_injuries("time")
            return
        self.talk.ask_key(
            f"{number_of(left, 'set')} {'is' if left == 1 else 'are'} open. Why?",
            REASONS,
            lambda key: self._ask_old_injuries(REASONS[key]),
            usual="t",
        )

    def _discard(self) -> None:
        self.book.recorder.discard()
        self._ended()
        self.talk.say("The session is thrown away.", AFTERWARDS)

    def _ask_old_injuries(self, reason: str) -> None:
        """Ask how what was injured once is now, then finish."""
        profile = self.book.profile
        asked = regions_to_ask(profile.setup.profile, profile.library, self.session.live)
        self._ask_regions(list(asked.items()), reason)

    def _ask_regions(self, regions: Sequence[tuple[str, Key]], reason: str) -> None:
        if not regions:
            self._end(reason)
            return
        (region, key), *rest = regions

        def answer(typed: str) -> None:
            pain = pain_of(typed)
            if pain is None:
                raise Refused(f"0 to {MOST_PAIN}, please; enter alone passes.")
            self.session.do(Mark(key, "pain", pain))
            if pain >= PAIN_STOP:
                self.talk.say(PAIN_WORDS)
            self._ask_regions(rest, reason)

        self.talk.ask(
            f"{region_name(region).capitalize()} now, 0 none to {MOST_PAIN} worst?",
            answer,
            empty=lambda: self._ask_regions(rest, reason),
        )

    def _end(self, reason: str) -> None:
        from tui.app.backups import backup_of_the_day  # Not needed before the end.

        found = finish(self.book, reason)
        self._ended()
        if found is None:
            self.talk.say("Nothing logged, nothing kept.", AFTERWARDS)
            return
        self.talk.say("Well done. The session is in your history.")
        self._say_summary(found)
        self.talk.say(*backup_of_the_day(self.book)(), AFTERWARDS)

    def _say_summary(self, found: Summary) -> None:
        library, unit = self.book.profile.library, self.book.profile.unit
        made = summed(found.session, library.exercises)
        self.talk.say(f"{', '.join(sums_words(made, unit))}.")
        self.talk.say(*(f"{words}." for words in bests_words(found.best, library, unit)))
        self.talk.say(*found.reached)
        if found.then is not None:
            self.talk.say(then_words(found.then, library, unit))
        if found.after is not None:
            self.talk.say(f"{aftercare_label(found.after)}: {aftercare_words(found.after)}")
        if found.coming is not None:
            self.talk.say(f"Next: {next_words(found.coming, self.book.profile.hours)}.")
