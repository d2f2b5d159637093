"""The screen on which one exercise is chosen from a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from tui.domain.model.cells import fitted
from tui.domain.model.library.parser import find
from tui.domain.model.notation import Form
from tui.domain.model.values import Exercise, Slot
from tui.domain.planning.own_programmes import dose_words
from tui.domain.session.actions import Refused
from tui.present.words import things_words
from tui.ui.commands import PICK, bindings
from tui.ui.exercise_rows import stands_unasked
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, spread
from tui.ui.widgets.virtual_list import VirtualList

ROOM_FOR_GEAR = 60
DOSE_WIDTH = 20
NOT_FOUND = "No exercise here is called that; another word, or tab."


class PickScreen(ListScreen):
    """The ``exercises`` in the order given, the gym's only if they are searched; with ``finding``
    the search prompt opens at once."""

    BINDINGS = bindings(PICK)
    place = PICK
    DEFAULT_CSS = """
    PickScreen #pick-title { height: 2; margin: 0 1; }
    PickScreen.-short #pick-title { height: 1; }
    PickScreen VirtualList { margin: 0 1; max-width: 96; }
    """

    def __init__(
        self,
        navigator: Navigator,
        title: str,
        exercises: Sequence[Exercise],
        *,
        finding: bool = False,
    ) -> None:
        super().__init__(navigator)
        self.heading = title
        self.exercises = exercises
        self.finding = finding
        self.word = ""
        self.level = self.book.profile.level(self.book.now().date())

    def compose(self) -> ComposeResult:
        """Title, exercises, the bottom line."""
        yield from self.top()
        yield Lines(id="pick-title")
        yield VirtualList(self._draw, id="picks")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Open the search prompt if asked to."""
        super().on_mount()
        if self.finding:
            self.later(self._begin_to_find)

    def _begin_to_find(self) -> None:
        self.finding = False
        self.action_find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore the list's keys until the search prompt is open: letters belong to the search."""
        return not self.finding and super().check_action(action, parameters)

    def show(self) -> None:
        """Show the exercises found, or those that stand unasked if nothing was typed."""
        found = [e for e in self.exercises if stands_unasked(self.book, e)]
        if self.word:
            wanted = {exercise.id for exercise in self.exercises}
            found = [e for e in find(self.book.profile.library, self.word) if e.id in wanted]
        count = f"  {len(found)} {self.word}".rstrip()
        self.query_one("#pick-title", Lines).set([[(self.heading, "loud"), (count, "")], []])
        self.rows.show(found)

    def _draw(self, exercise: Exercise, width: int) -> Line:
        able = self.book.profile.setup.inventory.can_do(exercise)
        gear = things_words(exercise.equipment)
        words = gear if able else f"{gear} (not at hand)"
        if width < ROOM_FOR_GEAR:
            words = "" if able else "not at hand"
        dose = dose_words(exercise, self.level, Slot(exercises=(exercise.id,)), Form.LONG)
        right = [(f"  {words}", "dim"), (f"  {dose:<{DOSE_WIDTH}}", "")]
        room = width - sum(len(text) for text, _ in right) - 1
        return spread([(fitted(exercise.name, room), "")], right, width)

    # -- keys ----------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Search as the runner types; enter takes the exercise under the cursor."""

        def typed(word: str) -> None:
            self.word = word.strip()
            self.show()
            self.rows.go(0)

        def answer(word: str) -> None:
            if word != self.word:
                typed(word)
            if self.rows.value is None:
                raise Refused(NOT_FOUND)
            self.action_take()

        self.ask("Find", answer, value=self.word, typed=typed)

    def action_take(self) -> None:
        """Take the exercise under the cursor."""
        if self.rows.value is not None:
            self.dismiss(self.rows.value)

    def action_how(self) -> None:
        """Show how to do it."""
        exercise: Exercise | None = self.rows.value
        if exercise is not None:
            self.navigator.open_card(exercise)
