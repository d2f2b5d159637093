"""The one line at the bottom where something is typed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from tui.app.write_access import ReadOnly
from tui.domain.model.notation import NotationError
from tui.domain.model.text import clean, clip
from tui.domain.model.validation import BadDocument
from tui.domain.session.actions import Refused
from tui.store.errors import StoreError
from tui.ui.widgets.styled_text import Lines, width_of

ROOM_TO_TYPE = 24
# Why a step cannot be taken: what was typed does not say it, the session, another writer, the disk.
REFUSALS = (NotationError, BadDocument, Refused, ReadOnly, StoreError)


class Question(Struct, frozen=True, kw_only=True):
    """What a prompt asks. ``answer`` gets the line on enter and may raise one of ``REFUSALS``;
    ``typed`` hears every change of a line that is looked for in a list; ``empty`` is what enter on
    an empty line comes to. With ``keys`` it is answered with one of them, at once."""

    answer: Callable[[str], None]
    typed: Callable[[str], None] | None = None
    empty: Callable[[], None] | None = None
    keys: str = ""


class PromptInput(Input):
    """An input that does not blink and that the tab key leaves."""

    BINDINGS = [
        Binding("tab,escape", "leave", "Leave it as it is", show=False),
        Binding("up", "move(-1)", "Up in the list", show=False),
        Binding("down", "move(1)", "Down in the list", show=False),
    ]

    def validate_value(self, value: str) -> str:
        """What is typed, pasted or corrected, on one line and harmless to the terminal."""
        return clean(value)

    def action_leave(self) -> None:
        """Give up; whoever asked hears nothing."""
        self.prompt.close()

    def action_move(self, by: int) -> None:
        """The list that is narrowed moves while one types."""
        self.prompt.move(by)

    async def action_submit(self) -> None:
        """Enter: at once, and not by a message, so that a key typed right behind it finds the
        screen that it was meant for."""
        self.prompt.take(self.value.strip())

    def on_blur(self) -> None:
        """The keys went elsewhere, as by a click on a row: what was typed is left. Where they went
        nowhere, as in a terminal grown too small, it waits."""
        if self.is_attached and self.screen.focused not in (None, self):
            self.prompt.close()

    @property
    def prompt(self) -> Prompt:
        """What this is the input of."""
        assert isinstance(self.parent, Prompt)
        return self.parent


class Prompt(Horizontal):
    """Asks for one line. Enter gives it; a line that will not do stays as it was typed, with what
    is wrong said, until it is put right or left. An empty line or tab leaves things as they are."""

    DEFAULT_CSS = """
    Prompt { height: 1; display: none; background: $surface; }
    Prompt.-open { display: block; }
    Prompt Lines { width: auto; min-width: 8; color: $accent; text-style: bold; }
    Prompt Input { height: 1; border: none; padding: 0; width: 1fr; background: $surface; }
    Prompt Input:focus { border: none; }
    """

    def __init__(
        self,
        closed: Callable[[], None],
        moved: Callable[[int], None],
        refused: Callable[[str], None],
    ) -> None:
        """``closed`` is called when it asks no more; ``moved`` when up (-1) or down (1) is pressed
        while a list is narrowed; ``refused`` with what is wrong, empty once that is over."""
        super().__init__(id="prompt")
        self.closed = closed
        self.moved = moved
        self.refused = refused
        self.question: Question | None = None
        self._wrong = False
        # An answer is being given: what stands in its way is for the prompt to say.
        self.taking = False

    def compose(self) -> ComposeResult:
        """The label and the input."""
        yield Lines(id="asked")
        field = PromptInput(id="typed", compact=True, select_on_focus=False)
        field.cursor_blink = False
        yield field

    def ask(self, label: str, value: str, question: Question) -> None:
        """Open with ``value``, the cursor behind it."""
        self.question, self._wrong = question, False
        asked = self.query_one("#asked", Lines)
        label = clip(clean(label), max(0, self.app.size.width - ROOM_TO_TYPE))
        asked.styles.width = width_of([(label, "")]) + 2
        asked.set([[(f"{label} ", "accent")]])
        field = self.field
        field.value = value
        field.cursor_position = len(value)
        self.add_class("-open")
        # At once: focus() alone waits its turn, and a key typed right behind would get ahead of it.
        self.screen.set_focus(field)

    @property
    def field(self) -> Input:
        """Where the line is typed."""
        return self.query_one("#typed", Input)

    @property
    def is_open(self) -> bool:
        """True while it asks."""
        return self.question is not None

    def close(self) -> None:
        """Ask no more."""
        if self.question is None:
            return
        self.question = None
        self.remove_class("-open")
        self._hush()
        self.closed()

    def _hush(self) -> None:
        """What was wrong with an answer is over."""
        if self._wrong:
            self._wrong = False
            self.refused("")

    def move(self, by: int) -> None:
        """Up or down in the list that is narrowed; any other stays on what is asked about."""
        if self.question is not None and self.question.typed is not None:
            self.moved(by)

    def take(self, line: str) -> None:
        """Answer with the line, then ask no more, unless the answer asked anew. Where it is
        refused it asks on as before."""
        question = self.question
        if question is None:
            return
        self._hush()
        self.taking = True
        try:
            rest = _answer(question, line)
        except REFUSALS as problem:
            if self.question is question:
                self._stay(question)
            self.refused(str(problem))
            return
        finally:
            self.taking = False
        if self.question is question:
            self.close()
        elif rest and self.question is not None:
            # A slow line brought more than one key: the others answer the next question.
            self.field.value = rest
            self.field.cursor_position = len(rest)

    def _stay(self, question: Question) -> None:
        """What was typed, to be put right; where one key answers, the next takes its place."""
        self._wrong = True
        if question.keys:
            self.field.select_all()
        else:
            self.field.cursor_position = len(self.field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell of every change; one of which it is told late is none any more."""
        event.stop()
        question = self.question
        if question is None or event.value != self.field.value:
            return
        if question.keys and event.value:
            self.take(event.value)
        elif question.typed is not None:
            question.typed(event.value)


def _answer(question: Question, line: str) -> str:
    """Answer; gives the rest of a line of which the first key was enough. Raises ``REFUSALS``."""
    if not line:
        if question.empty is not None:
            question.empty()
        elif question.typed is not None:
            question.typed(line)
        return ""
    if not question.keys:
        question.answer(line)
        return ""
    key, rest = line[0].lower(), line[1:]
    if key not in question.keys:
        most, last = question.keys[:-1], question.keys[-1]
        raise Refused(f"one of these keys: {', '.join(most)} or {last}")
    question.answer(key)
    return rest
