"""The talk of a session line by line: what was said since the last line, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct

from tui.app.refusals import REFUSALS
from tui.domain.session.actions import Refused
from tui.store.errors import NotSynced

LEAVE = "q"


class Heard(Struct, frozen=True):
    """The lines to say, and how many bells to ring."""

    lines: tuple[str, ...]
    bells: int = 0


class Question(Struct, frozen=True, kw_only=True):
    """What is asked. ``answer`` gets the line typed, or the key of one of the ``options``; it may
    raise one of ``REFUSALS``, and the question stays. ``empty`` is called for enter alone."""

    answer: Callable[[str], None]
    empty: Callable[[], None]
    options: Mapping[str, str]


class Talk:
    """What is said and asked. At most one question is open; ``is_asking`` says whether one is."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._asked: Question | None = None
        self._refused = ""

    @property
    def is_asking(self) -> bool:
        return self._asked is not None

    def say(self, *lines: str) -> None:
        """Say lines; empty ones are left out."""
        self._said += filter(None, lines)

    def heard(self, bells: int = 0) -> Heard:
        """What was said since the last call, with ``bells``."""
        said, self._said = self._said, []
        return Heard(tuple(said), bells)

    def ask(self, label: str, answer: Callable[[str], None], *, empty: Callable[[], None]) -> None:
        """Ask for a line; ``empty`` is what enter alone does."""
        self._asked = Question(answer=answer, empty=empty, options={})
        self.say(label)

    def ask_key(
        self,
        label: str,
        options: Mapping[str, str],
        answer: Callable[[str], None],
        *,
        usual: str = "",
    ) -> None:
        """Ask for one of the keys of ``options``; enter alone is the ``usual`` one, or leaves."""
        shown = ", ".join(f"{key} {word}" for key, word in options.items())
        self._asked = Question(
            answer=answer, empty=lambda: answer(usual) if usual else None, options=options
        )
        self.say(f"{label} {shown} [{usual}]" if usual else f"{label} {shown}")

    def answer(self, typed: str) -> bool:
        """Take the answer to the open question; False if it was left. Raises one of ``REFUSALS``;
        then it is still open, unless the answer was taken all the same."""
        asked, word = self._asked, typed.strip()
        assert asked is not None
        self._asked = None
        if word == LEAVE:
            return False
        try:
            if not word:
                asked.empty()
            else:
                asked.answer(chosen_of(word, asked.options) if asked.options else word)
        except NotSynced:
            raise
        except REFUSALS:
            # A question that the answer led to is the one to go on with.
            if not self.is_asking:
                self._asked = asked
            raise
        return True

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """If a step is refused, say why. What refuses every second is said once."""
        try:
            yield
        except REFUSALS as refusal:
            if str(refusal) != self._refused:
                self.say(str(refusal))
            self._refused = str(refusal)
        else:
            self._refused = ""


def chosen_of(word: str, options: Mapping[str, str]) -> str:
    """The key that was typed, or the one whose word was. Raises Refused."""
    for key, name in options.items():
        if word.lower() in (key, name):
            return key
    raise Refused(f"One of these, please: {', '.join(options)}. {LEAVE} leaves it as it was.")
