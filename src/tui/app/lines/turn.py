"""Whose turn it is to log, line by line: asks to take the session over from another window."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from tui.app.lines.talk import Heard, Talk
from tui.app.logbook import Logbook
from tui.app.taking_over import POLL_S, Answer, TakingOver
from tui.domain.session.actions import Refused
from tui.present.session_questions import YES_OR_NO


class LineTurn:
    """A log that another window writes. ``over`` says that this is settled, ``taken`` that ``book``
    may write now. Lines go in and come out as in a session; ``now`` returns seconds of a clock that
    nobody sets."""

    def __init__(self, book: Logbook, now: Callable[[], float] = monotonic) -> None:
        self.book = book
        self.over = False
        self.taken = False
        self._now = now
        self._talk = Talk()
        self._attempt: TakingOver | None = None

    def begin(self, told: str = "") -> Heard:
        """Say who logs, by default as far as that is known, and ask whether to log from here."""
        self._ask(told or self.book.access.looking)
        return self._talk.heard()

    def line(self, typed: str) -> Heard:
        """Take a typed line: the answer. While the other window is asked, nothing is."""
        with self._talk.guarded():
            if self._attempt is None and not self._talk.answer(typed):
                self.over = True
        self._ask_again()
        return self._talk.heard()

    def tick(self) -> Heard:
        """Time has passed."""
        with self._talk.guarded():
            self._look()
        self._ask_again()
        return self._talk.heard()

    def wait_s(self) -> float | None:
        """The seconds until :meth:`tick` may have something to say; None if only a line can."""
        return None if self._attempt is None else POLL_S

    def leave(self) -> Heard:
        """Leave it as it is."""
        if self._attempt is not None:
            self._attempt.leave()
        self.over = True
        return self._talk.heard()

    def _ask(self, told: str) -> None:
        self._talk.ask_key(f"{told} Log from here?", YES_OR_NO, self._answered)

    def _ask_again(self) -> None:
        """Enter alone is no answer: it logs a set, as a rule."""
        if not (self.over or self._attempt or self._talk.is_asking):
            self._ask(self.book.access.looking)

    def _answered(self, key: str) -> None:
        if key == "n":
            self.over = True
            return
        self._attempt = TakingOver(self.book, self._now)
        self._look()

    def _look(self) -> None:
        attempt = self._attempt
        if attempt is None:
            return
        try:
            answer = attempt.look()
        except BaseException:
            self._attempt = None
            raise
        if answer is Answer.NONE_YET:
            return
        self._attempt = None
        if answer is Answer.TAKEN:
            self.taken = self.over = True
            self._talk.say("Logged from here now.")
        elif answer is Answer.SILENT:
            self._offer_end(attempt)

    def _offer_end(self, attempt: TakingOver) -> None:
        words = attempt.silent_words()
        if attempt.may_end:
            self._talk.ask_key(f"{words} End it?", YES_OR_NO, lambda key: self._end(attempt, key))
        else:
            self._talk.say(f"{words} Close it there.")

    def _end(self, attempt: TakingOver, key: str) -> None:
        if key == "n":
            self.over = True
        elif attempt.end():
            self._attempt = attempt
        else:
            raise Refused("It cannot be ended from here.")
