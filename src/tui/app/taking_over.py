"""Takes the right to write over from an instance that is open in another window.

It is asked by a file (:mod:`tui.store.requests`), lets go at its next look, and looks from then on.
One that does not answer, because it is stopped or its line is dead, can be ended: every step is on
disk, so nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from time import monotonic

from tui.app.logbook import Logbook
from tui.domain.model.text import as_sentence
from tui.store.lock import Holder

# How often to look whether it has let go, and how long to wait for that, in seconds.
POLL_S = 0.02
PATIENCE_S = 3.0
# How long one that was asked to end has for it.
GRACE_S = 2.0


class Answer(Enum):
    """How far it has come: nothing yet; this instance writes; another one was faster; no answer."""

    NONE_YET = auto()
    TAKEN = auto()
    TO_ANOTHER = auto()
    SILENT = auto()


class TakingOver:
    """One attempt to become the writer on ``book``. ``holder`` is the process that was asked; None
    if that is not known. Call :meth:`look` every :data:`POLL_S` until it has come to an end.
    ``now`` returns seconds of a clock that nobody sets. Raises StoreError."""

    def __init__(self, book: Logbook, now: Callable[[], float] = monotonic) -> None:
        self._book = book
        self._now = now
        self._ending = False
        self._killed = False
        self.holder: Holder | None = book.access.writer
        book.access.ask()
        self._until = now() + PATIENCE_S

    def look(self) -> Answer:
        """Take the right to write if it is free. Raises StoreError; then nothing is asked any
        more."""
        try:
            taken = self._book.take_over()
        except BaseException:
            self.leave()
            raise
        if taken:
            return Answer.TAKEN
        if not self._book.access.asking:
            return Answer.TO_ANOTHER
        if self._now() < self._until:
            return Answer.NONE_YET
        if self._ending and not self._killed and self.holder is not None:
            self._killed = True
            self._until = self._now() + GRACE_S
            if self.holder.end(at_once=True):
                return Answer.NONE_YET
        self.leave()
        return Answer.SILENT

    def silent_words(self) -> str:
        """That the process that has the right to write does not answer."""
        name = "the other window" if self.holder is None else self.holder.words()
        return as_sentence(f"{name} does not answer")

    @property
    def may_end(self) -> bool:
        """Whether the process that does not answer can be ended from here."""
        return self.holder is not None and self.holder.may_be_ended()

    def end(self) -> bool:
        """Ask the process that does not answer to end; if it has not after :data:`GRACE_S`, it is
        ended. False if that cannot be done from here. Go on to :meth:`look`. Raises StoreError."""
        if self.holder is None or not self.holder.end():
            return False
        self._ending = True
        self._book.access.ask()
        self._until = self._now() + GRACE_S
        return True

    def leave(self) -> None:
        """Ask no longer."""
        self._book.access.ask_no_longer()
