"""Find an exercise: a list that narrows as the runner types, from any screen."""

from __future__ import annotations

from msgspec import Struct
from textual.app import ComposeResult

from tui.domain.model.library.search import find
from tui.domain.model.values import Exercise
from tui.domain.planning.own_exercises import Draft
from tui.domain.session.actions import Refused
from tui.ui.commands import FIND, bindings
from tui.ui.exercise_rows import ExerciseRows, stands_unasked
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, spread
from tui.ui.widgets.virtual_list import VirtualList

EDGES = 2
HELP = "up and down choose, enter {does}, tab leaves"


class Heading(Struct, frozen=True):
    """The row above the gym's exercises."""

    words: str


class New(Struct, frozen=True):
    """The row for an exercise of one's own with this name."""

    name: str


GYM = Heading("In the gym")


class FindScreen(ListScreen):
    """The exercises that stand unasked, those done last first, or those of all that a word means.
    Enter opens the card of the one under the cursor or, when ``adding``, adds it to today's
    session."""

    BINDINGS = bindings(FIND)
    place = FIND
    DEFAULT_CSS = """
    FindScreen #find-title { height: 2; margin: 1 1 0 1; }
    FindScreen.-short #find-title { height: 1; margin: 0 1; }
    FindScreen VirtualList { margin: 0 1; }
    """

    def __init__(self, navigator: Navigator, word: str = "", *, adding: bool = False) -> None:
        super().__init__(navigator)
        self.word = word
        self.adding = adding
        self.drawn = ExerciseRows(self.book, navigator.coming)
        # Until the prompt is there, letters are not for the list: they belong to the search.
        self._opening = True
        # Whether an answer closes the prompt; else whoever leaves it leaves the screen.
        self._answers = False
        # What was found nowhere: a second enter makes it an exercise of one's own.
        self._missed = ""

    def compose(self) -> ComposeResult:
        """Title, exercises, the bottom rows."""
        yield from self.top()
        yield Lines(id="find-title")
        yield VirtualList(self._draw, stops=lambda row: isinstance(row, Exercise | New), id="found")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Open the search prompt, once the list has had the focus."""
        super().on_mount()
        self.later(self._begin)

    def _begin(self) -> None:
        self._opening = False
        self.action_find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore the list's keys until the search prompt is open."""
        return not self._opening and super().check_action(action, parameters)

    def on_screen_resume(self) -> None:
        """Show what was changed on a screen above."""
        self.show()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Show the exercises found, and the row for a new one."""
        every = self.book.profile.library.exercises.values()
        found = self._found()
        title: Line = [("Add to today" if self.adding else "Find an exercise", "loud")]
        count: Line = [(f"{len(found)} of {len(every)}", "dim")]
        width = self.size.width - EDGES
        self.query_one("#find-title", Lines).set([spread(title, count, width), []])
        more = [None, New(self.word)] if self.word else []
        self.rows.show([*self._grouped(found), *more])

    def _grouped(self, found: list[Exercise]) -> list[Exercise | Heading | None]:
        """What was found, the gym's under a heading; one that is the best match stays first."""
        gym = [one for one in found if not stands_unasked(self.book, one)]
        if not gym or len(gym) == len(found):
            return [*found]
        best = gym[:1] if found[0] is gym[0] else []
        hers = [one for one in found if one not in gym]
        rest = gym[len(best) :]
        return [*best, *hers, *([None, GYM, *rest] if rest else [])]

    def _found(self) -> list[Exercise]:
        library, last = self.book.profile.library, self.book.reader.last_entry
        if self.word:
            return find(library, self.word)
        days = {one.id: done[0] for one in library.exercises.values() if (done := last(one.id))}
        unasked = (e for e in library.exercises.values() if stands_unasked(self.book, e))
        by_name = sorted(unasked, key=lambda one: one.name)
        return sorted(by_name, key=lambda one: -days[one.id].toordinal() if one.id in days else 0)

    def _draw(self, row: Exercise | Heading | New | None, width: int) -> Line:
        if isinstance(row, Heading):
            return [(f" {row.words}", "dim")]
        if isinstance(row, Exercise):
            return self.drawn.draw(row, width)
        return [] if row is None else [(f" New exercise “{row.name}” …", "")]

    # -- keys ----------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Search as the runner types."""

        def typed(word: str) -> None:
            self.word = word.strip()
            self.show()
            self.rows.go(0)

        def answer(word: str) -> None:
            if word != self.word:
                typed(word)
            if isinstance(self.rows.value, New) and not self._found() and word != self._missed:
                self._missed = word
                raise Refused(f"Nothing is called “{word}”. Enter again makes it one of yours.")
            self._answers = True
            self.action_take()

        does = "adds it" if self.adding else "opens its card"
        self.ask("Find", answer, value=self.word, typed=typed, why=HELP.format(does=does))

    def action_find_exercise(self) -> None:
        """Search again: this is where exercises are found."""
        self.action_find()

    def _prompt_closed(self, by_backspace: bool) -> None:
        """Leave with the prompt, unless it was answered or a row was clicked."""
        left = self.focused is self.prompt.field and not self._answers
        self._answers = False
        super()._prompt_closed(by_backspace)
        if left:
            self.action_leave()

    def action_take(self) -> None:
        """Open or add the exercise under the cursor, or make a new one."""
        row = self.rows.value
        if isinstance(row, New):
            self.navigator.open_form(Draft(name=f"{row.name[:1].upper()}{row.name[1:]}"))
        elif row is not None and self.adding:
            self.navigator.add(row)
        elif row is not None:
            self.navigator.open_card(row)

    def open_row(self) -> None:
        """Open the card of the exercise that is clicked."""
        self.action_card()

    def action_card(self) -> None:
        """Open the card of the exercise under the cursor."""
        if isinstance(self.rows.value, Exercise):
            self.navigator.open_card(self.rows.value)

    def action_add(self) -> None:
        """Add the exercise under the cursor to today's session."""
        if isinstance(self.rows.value, Exercise):
            self.navigator.add(self.rows.value)
