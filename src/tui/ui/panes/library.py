"""The Library pane: all exercises, filtered; each leads to its card."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.app.logbook import Logbook
from tui.domain.model.values import Exercise
from tui.ui.commands import LIBRARY, bindings
from tui.ui.exercise_rows import ExerciseRows, stands_unasked
from tui.ui.host import Host
from tui.ui.panes.pane import Pane
from tui.ui.widgets.styled_text import Line, Lines, Span
from tui.ui.widgets.virtual_list import VirtualList


class LibraryPane(Pane):
    """All exercises but the gym's that were never done, or those of one category, equipment or
    kind."""

    BINDINGS = bindings(LIBRARY)

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="library")
        self.only: dict[str, str] = {}
        self.choosing: str | None = None
        self.drawn = ExerciseRows(book, self.navigator.coming, kit=True)

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
        shown = "  ".join(self.only.values())
        title: Line = [("Library", "loud"), (f"  {count} {shown}".rstrip(), "")]
        more = len(self.book.profile.library.exercises) - count
        if self.only or not more:
            return title
        return [*title, ("   /", "accent"), (f" finds {more} more", "dim")]

    def _every(self) -> list[Exercise]:
        every = self.book.profile.library.exercises.values()
        return [one for one in every if stands_unasked(self.book, one)]

    def _found(self) -> list[Exercise]:
        return sorted(filter(self._fits, self._every()), key=lambda e: e.name)

    def _fits(self, exercise: Exercise) -> bool:
        has = {
            "category": (exercise.category,),
            "equipment": exercise.equipment,
            "kind": (exercise.kind.value,),
        }
        return all(value in has[name] for name, value in self.only.items())

    def _options(self) -> list[str]:
        every = self._every()
        if self.choosing == "category":
            found = {e.category for e in every}
        elif self.choosing == "kind":
            found = {e.kind.value for e in every}
        else:
            found = {thing for e in every for thing in e.equipment}
        return sorted(found)

    def _draw(self, value: object, width: int) -> Line:
        return self.drawn.draw(value, width) if isinstance(value, Exercise) else [(str(value), "")]

    # -- keys ----------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Find an exercise by its name."""
        self.navigator.open_find()

    def action_new(self) -> None:
        """Make an exercise of one's own."""
        self.navigator.open_form()

    def action_choose(self, name: str) -> None:
        """Choose a category, equipment or kind to filter by; a second time, drop that filter."""
        if self.only.pop(name, None) is None:
            self.choosing = name
        self.show()
        self.rows.go(0)

    def action_everything(self) -> None:
        """Show all exercises again."""
        self.only, self.choosing = {}, None
        self.show()

    def open_row(self) -> None:
        """Open what is under the cursor."""
        self.action_open()

    def action_open(self) -> None:
        """Open the card of the exercise, or apply the filter chosen."""
        value = self.rows.value
        if self.choosing and isinstance(value, str):
            self.only[self.choosing] = value
            self.choosing = None
            self.show()
            self.rows.go(0)
        elif isinstance(value, Exercise):
            self.navigator.open_card(value)

    def action_trend(self) -> None:
        """Show the trend of the exercise."""
        value = self.rows.value
        if isinstance(value, Exercise):
            self.navigator.open_trend(value.id)

    def action_add(self) -> None:
        """Add the exercise to today's session."""
        value = self.rows.value
        if isinstance(value, Exercise):
            self.navigator.add(value)
