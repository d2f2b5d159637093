"""What the three panes share: a title line, a list, and a way to say what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.containers import Vertical
from textual.message import Message

from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.domain.session.actions import Refused
from tui.store.errors import StoreError
from tui.ui.host import Host
from tui.ui.widgets.prompt import REFUSALS
from tui.ui.widgets.virtual_list import VirtualList


class Pane(Vertical):
    """One of the three panes; ``book`` is what it shows and changes."""

    class Changed(Message):
        """The log or the session changed: every pane shows it anew."""

    def __init__(self, book: Logbook, host: Host, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.book = book
        self.host = host
        self.navigator = host.navigator
        self.say = host.say
        self.ask = host.ask

    @property
    def rows(self) -> VirtualList:
        """The list of the pane; it has the keys when the pane has."""
        return self.query_one(VirtualList)

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
