"""Keys that still belong to an answer of one key when it has been given.

Fingers are used to more: an enter behind the key, the rest of its word, a second digit to correct
the first. None of them may become a command, whatever the answer has opened meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from msgspec import Struct
from msgspec.structs import replace
from textual import events

from tui.app.refusals import REFUSALS
from tui.ui.widgets.prompt import Question, key_of, wanted

# For how long after the answer, or the last key that belonged to it, in seconds.
LATE_S = 2.0
# For how long after that the offer to change a digit may still be believed, in seconds.
READ_S = 10.0
TOO_LATE = "Too late to change that by a digit: ask again. Now digits lead to the panes."
DIGITS = "0123456789"
TEN = "10"


class Given(Struct, frozen=True, kw_only=True):
    """An answer of one key, just given. ``rest`` are the letters that would go on to spell its
    word, ``until`` the time of the last key that may belong to it, by the clock of events. ``undo``
    takes a digit back before another is given; ``refused`` shows why that is refused."""

    question: Question
    key: str
    rest: str
    until: float
    undo: Callable[[], None] | None
    refused: Callable[[str], None]


class LateKeys:
    """Holds the answer given last; the app asks it about every key."""

    def __init__(self) -> None:
        self.given: Given | None = None

    def swallows(self, key: events.Key, *, asking: bool) -> bool:
        """Whether a key belongs to the answer given last. If not, or while something else is
        ``asking``, no later key does."""
        given = self.given
        if given is None:
            return False
        self.given = None
        if asking:
            return False
        if key.time > given.until:
            return self._too_late(given, key)
        if key.key == "enter":
            return True
        until, char = key.time + LATE_S, key_of(given.question, key.character or "")
        if given.question.is_digit and char and char in DIGITS:
            self.given = replace(given, key=self._corrected(given, char), until=until)
            return True
        if char and given.rest.startswith(char):
            self.given = replace(given, rest=given.rest[1:], until=until)
            return True
        return False

    def _too_late(self, given: Given, key: events.Key) -> bool:
        """Whether a key is a digit that was meant for the answer, but comes too late to change it;
        then it does nothing, and says so."""
        digit = key_of(given.question, key.character or "")
        late = given.question.is_digit and bool(digit) and digit in DIGITS
        if late and key.time <= given.until + READ_S:
            given.refused(TOO_LATE)
            return True
        return False

    def _corrected(self, given: Given, digit: str) -> str:
        """Give another digit in place of the one just given; a 0 after a 1 makes 10. Returns the
        answer that holds now."""
        options = given.question.options
        answer = TEN if given.key == "1" and digit == "0" and TEN in options else digit
        if answer not in options:
            given.refused(wanted(given.question))
            return given.key
        if given.undo is not None:
            given.undo()
        try:
            given.question.answer(answer)
        except REFUSALS as problem:
            given.refused(str(problem))
        return answer


@runtime_checkable
class HasLateKeys(Protocol):
    """The app."""

    late_keys: LateKeys
