"""Which of several windows on one log writes: this one gives way, or takes the session over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.timer import Timer

from tui.app.logbook import Logbook
from tui.app.taking_over import POLL_S, Answer, TakingOver
from tui.store.errors import StoreError
from tui.store.requests import Request
from tui.ui.commands import EVERYWHERE, at
from tui.ui.screens.base_screen import BaseScreen

TAKES_OVER = "take-over"


class Turns:
    """The right to log, as the main screen has it or not. ``every`` calls back every so many
    seconds, ``top`` returns the screen in sight, and ``taken`` shows everything anew once this
    window logs. Nothing here waits: the screen goes on meanwhile."""

    def __init__(
        self,
        book: Logbook,
        own_keys: Mapping[str, str],
        *,
        every: Callable[[float, Callable[[], None]], Timer],
        top: Callable[[], BaseScreen[Any]],
        taken: Callable[[str], None],
    ) -> None:
        self._book = book
        self._own_keys = own_keys
        self._every = every
        self._top = top
        self._taken = taken
        self._attempt: TakingOver | None = None
        self._timer: Timer | None = None
        self._given: Request | None = None

    # -- giving way ----------------------------------------------------------------------------

    def give_way(self) -> bool:
        """Let the window log that asks for it; whether one did. Raises StoreError: then this one
        still logs."""
        asked = self._book.hand_over()
        if asked is not None:
            self._given = asked
        return asked is not None

    def writer(self) -> str:
        """Why nothing can be written here: who logs; empty if this window does."""
        access, given = self._book.access, self._given
        if access.granted:
            return ""
        if given is not None and access.may_ask and self._has(given):
            return f"The session is logged from {given.place()} now."
        return access.looking

    def looking(self) -> str:
        """Why nothing can be written here, and which key changes that."""
        access, given = self._book.access, self._given
        if not access.may_ask:
            return self.writer()
        does = "takes it back" if given is not None and self._has(given) else "logs from here"
        return f"{self.writer()} {self._key()} {does}."

    def _has(self, given: Request) -> bool:
        """Whether the window that this one gave way to still logs."""
        writer = self._book.access.writer
        return writer is None or writer.pid == given.pid

    def _key(self) -> str:
        """The key that takes over; while a line is being typed, one that is no letter of it."""
        [command] = (c for c in at(EVERYWHERE, own=self._own_keys) if c.id == TAKES_OVER)
        keys = command.shown.split(" ")
        if not self._top().prompt.is_open:
            return keys[0]
        apart = [key for key in keys if len(key) > 1]
        return apart[0] if apart else f"tab, then {keys[0]}"

    # -- taking over ---------------------------------------------------------------------------

    def take(self) -> None:
        """Ask the window that logs to give way, and log from here as soon as it does."""
        access = self._book.access
        if access.granted:
            self._say("This window logs already.")
        elif self._attempt is None:
            self._begin()

    def _begin(self) -> None:
        access = self._book.access
        if access.closed:
            self._say(access.looking, "warn")
            return
        try:
            self._attempt = TakingOver(self._book)
        except StoreError as refused:
            self._say(str(refused), "warn")
            return
        self._say("Asking the other window …")
        self._timer = self._every(POLL_S, self.look)

    def look(self) -> None:
        """See how far it has come."""
        attempt = self._attempt
        if attempt is None:
            return
        try:
            answer = attempt.look()
        except StoreError as refused:
            self._end()
            self._say(str(refused), "warn")
            return
        if answer is Answer.NONE_YET:
            return
        self._end()
        if answer is Answer.TAKEN:
            self._given = None
            place = "" if attempt.holder is None else attempt.holder.place()
            before = f"; {place} did before" if place else ""
            self._taken(f"This window logs now{before}.")
        elif answer is Answer.TO_ANOTHER:
            self._given = None
            self._say(self.looking(), "warn")
        else:
            self._offer_end(attempt)

    def stop(self) -> None:
        """Ask no longer."""
        if self._attempt is not None:
            self._attempt.leave()
        self._end()

    def _end(self) -> None:
        self._attempt = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _offer_end(self, attempt: TakingOver) -> None:
        """The other window does not answer: offer to end it, if that can be done from here."""
        words = attempt.silent_words()
        top = self._top()
        if not attempt.may_end:
            self._say(f"{words} Close it there.", "warn")
        elif top.prompt.is_open:
            self._say(f"{words} Leave this line, and try again.", "warn")
        else:
            top.ask_key(
                words, {"k": "end it"}, lambda _: self._kill(attempt), why="All it logged is kept."
            )

    def _kill(self, attempt: TakingOver) -> None:
        if not attempt.end():
            self._say(f"{attempt.silent_words()} It cannot be ended from here.", "warn")
            return
        self._attempt = attempt
        self._say("Ending it …")
        self._timer = self._every(POLL_S, self.look)

    def _say(self, words: str, role: str = "") -> None:
        self._top().say(words, role)
