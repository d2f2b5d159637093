"""The Library pane: find and filter exercises, open one, or add one to today."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.app.logbook import Logbook
from tui.domain.model.cells import fitted
from tui.domain.model.library.search import find
from tui.domain.model.values import Exercise
from tui.domain.session.actions import Refused
from tui.ui.commands import LIBRARY, bindings
from tui.ui.host import Host
from tui.ui.panes.pane import Pane
from tui.ui.widgets.styled_text import Line, Lines, Span, spread
from tui.ui.widgets.virtual_list import VirtualList

ROOM_FOR_CATEGORY = 44
NOT_FOUND = "No exercise here is called that. Another word, or tab."


class LibraryPane(Pane):
    """All exercises, those found by a word, or those of one category, equipment or kind."""

    BINDINGS = bindings(LIBRARY)

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="library")
        self.word = ""
        self.only: dict[str, str] = {}
        self.choosing: str | None = None
        self.adding = False

    def compose(self) -> ComposeResult:
        """Title, and the exercises."""
        yield Lines(id="library-title")
        yield VirtualList(self._draw, id="exercises")

    def show(self) -> None:
        """Show the exercises that match, or the values to choose a filter from."""
        values: list[object] = list(self._options() if self.choosing else self._found())
        title = self._title(len(values))
        none: list[Span] = [] if values else [("No exercise fits.", "")]
        if none and self.only:
            none += [("  x", "accent"), (" shows all", "dim")]
        self.query_one("#library-title", Lines).set([title, none])
        self.rows.show(values)

    def _title(self, count: int) -> Line:
        if self.choosing:
            return [(f"Only one {self.choosing}: ", "loud"), ("enter chooses", "dim")]
        words = [self.word, *self.only.values()]
        shown = "  ".join(word for word in words if word)
        head = "Add to today" if self.adding else "Library"
        hint = "  enter adds" if self.adding else ""
        return [(head, "loud"), (f"  {count} {shown}", ""), (hint, "dim")]

    def _found(self) -> list[Exercise]:
        fitting = [e for e in self.book.profile.library.exercises.values() if self._fits(e)]
        if not self.word:
            return sorted(fitting, key=lambda e: e.name)
        wanted = {e.id for e in fitting}
        return [e for e in find(self.book.profile.library, self.word) if e.id in wanted]

    def _fits(self, exercise: Exercise) -> bool:
        has = {
            "category": (exercise.category,),
            "equipment": exercise.equipment,
            "kind": (exercise.kind.value,),
        }
        return all(value in has[name] for name, value in self.only.items())

    def _options(self) -> list[str]:
        every = self.book.profile.library.exercises.values()
        if self.choosing == "category":
            found = {e.category for e in every}
        elif self.choosing == "kind":
            found = {e.kind.value for e in every}
        else:
            found = {thing for e in every for thing in e.equipment}
        return sorted(found)

    def _draw(self, value: object, width: int) -> Line:
        if not isinstance(value, Exercise):
            return [(str(value), "")]
        category = f"  {value.category} " if width >= ROOM_FOR_CATEGORY else ""
        name = fitted(value.name, width - len(category))
        return spread([(name, "")], [(category, "dim")], width)

    # -- keys ----------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Search as the runner types."""
        self.choosing = None
        self.show()

        def typed(word: str) -> None:
            self.word = word.strip()
            self.show()
            self.rows.go(0)

        def answer(word: str) -> None:
            if word != self.word:
                typed(word)
            if self.rows.value is None:
                raise Refused(NOT_FOUND)
            if self.adding:
                self.action_add()

        self.ask("find:", answer, value=self.word, typed=typed)

    def action_choose(self, name: str) -> None:
        """Choose a category, equipment or kind to filter by; a second time, drop that filter."""
        if self.only.pop(name, None) is None:
            self.choosing = name
        self.show()
        self.rows.go(0)

    def action_everything(self) -> None:
        """Show all exercises again."""
        self.word, self.only, self.choosing, self.adding = "", {}, None, False
        self.show()

    def open_row(self) -> None:
        """Open what is under the cursor."""
        self.action_open()

    def action_open(self) -> None:
        """Open the exercise, add it if one is being added, or apply the filter chosen."""
        value = self.rows.value
        if self.choosing and isinstance(value, str):
            self.only[self.choosing] = value
            self.choosing = None
            self.show()
            self.rows.go(0)
        elif isinstance(value, Exercise):
            if self.adding:
                self.action_add()
            else:
                self.navigator.open_exercise(value)

    def action_trend(self) -> None:
        """Show the trend of the exercise."""
        value = self.rows.value
        if isinstance(value, Exercise):
            self.navigator.open_trend(value.id)

    def action_add(self) -> None:
        """Add the exercise to today's session."""
        value = self.rows.value
        if isinstance(value, Exercise):
            self.host.add_exercise(value)
            self.adding, self.word = False, ""
            self.show()
