"""Base class of the three panes: a list, and one way to report a refused step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from textual.containers import Vertical
from textual.events import Click
from textual.message import Message

from tui.app.logbook import Logbook
from tui.app.refusals import REFUSALS
from tui.app.write_access import ReadOnly
from tui.domain.session.actions import Refused
from tui.store.errors import NotSynced, StoreError
from tui.ui.host import Host
from tui.ui.widgets.virtual_list import VirtualList


class Pane(Vertical):
    """One of the three panes; it shows and changes ``book``, and ``host`` is its screen."""

    class Changed(Message):
        """The log or the session has changed: every pane redraws."""

    def __init__(self, book: Logbook, host: Host, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.book = book
        self.host = host
        self.navigator = host.navigator
        self.say = host.say
        self.ask = host.ask
        self.ask_key = host.ask_key
        self.ask_digit = host.ask_digit

    @property
    def rows(self) -> VirtualList:
        """The list of the pane; it has the focus when the pane has."""
        return self.query_one(VirtualList)

    @contextmanager
    def guarded(self, *, quiet: bool = False) -> Iterator[None]:
        """If a step is refused, say why in one line; nothing has changed then. While an answer is
        being taken the refusal is passed on to the prompt, which keeps what was typed. If the step
        succeeds, post :class:`Changed`, unless ``quiet``; after NotSynced do so and say it."""
        try:
            yield
        except NotSynced as late:
            # It has happened: a prompt that kept what was typed would have it done twice.
            self.say(str(late), "warn")
            self.post_message(self.Changed())
        except REFUSALS as problem:
            words, role = str(problem), "warn"
            if isinstance(problem, ReadOnly):
                words, role = self._take_over(self.navigator.looking())
            if self.host.prompt.taking:
                raise Refused(words) from problem
            self.say(words, role)
        else:
            if not quiet:
                self.post_message(self.Changed())

    def _take_over(self, refusal: str) -> tuple[str, str]:
        """Become the writing instance if the other has closed. Gives the message and its role."""
        try:
            gone = self.book.take_over()
        except StoreError as problem:
            gone, refusal = False, str(problem)
        if not gone:
            return refusal, "warn"
        self.host.read_log()
        return (
            "The other window is closed. This one logs now; press it again.",
            "good",
        )

    def hinted(self) -> Mapping[str, str]:
        """The keys worth showing now, by the id of their command, each with a word; none: those
        that the registry gives one."""
        return {}

    def on_click(self, event: Click) -> None:
        """Open the row under the cursor if it is clicked; a first click on a pane leads there."""
        if self.has_class("-current"):
            self.clicked(event)

    def clicked(self, event: Click) -> None:
        """What a click does in the pane that has the focus."""
        if event.widget is self.rows and self.rows.hit_again:
            self.open_row()

    def open_row(self) -> None:
        """Open what is under the cursor, if that can be opened."""

    def show(self) -> None:
        """Redraw from the current state of the logbook."""
        raise NotImplementedError(f"{type(self).__name__} shows nothing")
