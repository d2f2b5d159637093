"""What the three panes share: a title line, a list, and a way to say what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Protocol

from textual.containers import Vertical
from textual.message import Message

from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.domain.calculator import Advice
from tui.domain.model.values import Exercise
from tui.domain.session.actions import Refused
from tui.store.errors import StoreError
from tui.ui.bells import Bells
from tui.ui.why import Asked
from tui.ui.widgets.lists import List
from tui.ui.widgets.prompt import REFUSALS, Prompt


class Host(Protocol):
    """What a pane may ask of the screen it stands on."""

    bells: Bells
    prompt: Prompt

    def say(self, words: str, role: str = "") -> None:
        """One line at the bottom until the next key."""

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
        *,
        empty: Callable[[], None] | None = None,
        keys: str = "",
    ) -> None:
        """Ask for one line, as a Question has it."""

    def choose_exercise(self) -> None:
        """Find an exercise for today in the library."""

    def choose(
        self, title: str, exercises: Sequence[Exercise], answer: Callable[[Exercise], None]
    ) -> None:
        """Choose one of these; ``answer`` gets it, unless none is taken."""

    def add_exercise(self, exercise: Exercise) -> None:
        """Put an exercise into today's session."""

    def open_exercise(self, exercise: Exercise) -> None:
        """Show how to do it."""

    def open_why(self, asked: Asked) -> None:
        """Show where its numbers come from."""

    def open_resting(self, resting: Sequence[Advice]) -> None:
        """Show why nothing is to be done."""

    def open_trend(self, name: str) -> None:
        """Show how an exercise goes, by its id."""

    def open_week(self, day: date) -> None:
        """Show the week of a day, done and planned."""

    def look_at(self, session_id: str) -> None:
        """Show a session over where one is."""

    def lead(self, name: str) -> None:
        """From whatever lies over the panes to a pane, the season or the review."""

    def open_session(self, session_id: str) -> None:
        """To a session in History, from wherever one is."""

    def finish(self, reason: str) -> None:
        """End the session."""

    def read_log(self) -> None:
        """Read what is not read of the log, and show it."""

    def look_again(self) -> None:
        """Where this instance only looks: see what the writer did since."""

    def show(self) -> None:
        """Show everything as the book stands now."""

    def action_pane(self, name: str) -> None:
        """Give a pane the keys."""


class Pane(Vertical):
    """One of the three panes; ``book`` is what it shows and changes."""

    class Changed(Message):
        """The log or the session changed: every pane shows it anew."""

    def __init__(self, book: Logbook, host: Host, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.book = book
        self.host = host

    @property
    def rows(self) -> List:
        """The list of the pane; it has the keys when the pane has."""
        return self.query_one(List)

    def say(self, words: str, role: str = "") -> None:
        """One line at the bottom until the next key."""
        self.host.say(words, role)

    def ask(self, label: str, value: str, answer: Callable[[str], None]) -> None:
        """Ask for one line of text; ``answer`` gets it, unless it is left empty, and may refuse
        it."""
        self.host.ask(label, value, answer)

    @contextmanager
    def guarded(self, *, quiet: bool = False) -> Iterator[None]:
        """Say in one line why a step cannot be taken; nothing has changed then. Of an answer the
        prompt says it, which keeps what was typed. Otherwise tell the screen that something did,
        unless ``quiet``."""
        try:
            yield
        except REFUSALS as problem:
            words, role = str(problem), "warn"
            if isinstance(problem, ReadOnly):
                words, role = self._take_over(words)
            if self.host.prompt.taking:
                raise Refused(words) from problem
            self.say(words, role)
        else:
            if not quiet:
                self.post_message(self.Changed())

    def _take_over(self, refusal: str) -> tuple[str, str]:
        """Write from now on, if whoever did has gone; what there is to say of that, and how."""
        try:
            gone = self.book.take_over()
        except StoreError as problem:
            gone, refusal = False, str(problem)
        if not gone:
            return refusal, "warn"
        self.host.read_log()
        return "the other one has gone: you write now. Press it again.", "good"

    def show(self) -> None:
        """Show the book as it stands now."""
        raise NotImplementedError(f"{type(self).__name__} shows nothing")
