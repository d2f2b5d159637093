"""The session on the screen: shown with its clock, walked through by a cursor, and stepped."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.core.actions import Command, Refused
from tui.core.live import Item, Key, Live
from tui.core.model import Exercise
from tui.core.steps import step
from tui.logbook import Logbook
from tui.ui.clockface import clock_lines
from tui.ui.ink import Line, Lines
from tui.ui.lists import List
from tui.ui.pane import Host
from tui.ui.panes.ticking import TickingPane
from tui.ui.panes.today_lines import context, draw_item, next_lines


class SessionPane(TickingPane):
    """Shows the live session, or the one that is planned until the first step begins it."""

    def __init__(self, book: Logbook, host: Host, *, id: str) -> None:
        super().__init__(book, host, id=id)
        self.picked: Key | None = None

    def compose(self) -> ComposeResult:
        """Context, exercises, clock, what is next."""
        yield Lines(id="context")
        yield List(self._draw, id="items")
        yield Lines(id="clock")
        yield Lines(id="next")

    @property
    def item(self) -> Item | None:
        """The exercise under the cursor."""
        value = self.rows.value
        return value if isinstance(value, Item) else None

    def exercise(self, item: Item) -> Exercise | None:
        """The library's entry for an item; None if it is not in the library any more."""
        return self.book.library.exercises.get(item.exercise)

    def show(self) -> None:
        """Show the session, with the cursor on the exercise it stood on."""
        here, before = self.item, self.live.id
        self.live = self.book.live or self._draft()
        if self.live.id != before:
            self.hear_from_now()
        places = {item.id: i for i, item in enumerate(self.live.items)}
        self.rows.show(self.live.items, places.get(here.id) if here else None)
        self.show_clock()

    def _draft(self) -> Live:
        plan = self.book.next_plan(self.book.now().date())
        return Live(
            id="",
            started=self.book.now(),
            programme=plan.programme.id,
            part=plan.part.id,
            items=plan.items,
        )

    def show_clock(self) -> None:
        """Show the clock and the lines that change with it, and wait for its next change."""
        now = self.book.now()
        item = self.item
        width = self.rows.size.width or self.size.width
        key = self.key(item) if item else None
        self.query_one("#context", Lines).set(context(self.book, self.live, now, width))
        self.query_one("#clock", Lines).set(clock_lines(self.live, now, self._whose_clock(item)))
        self.query_one("#next", Lines).set(next_lines(self.book, self.live, item, key, width))
        self.arm(now)

    def _whose_clock(self, here: Item | None) -> str:
        """The exercise that the clock leads, where the cursor stands on another."""
        clock = self.live.clock
        if clock is None or not clock.led or here is None or clock.key.item == here.id:
            return ""
        item = self.live.item(clock.key.item)
        exercise = self.exercise(item)
        return exercise.name if exercise else item.exercise

    def _draw(self, item: Item, width: int) -> Line:
        exercise = self.exercise(item)
        name = exercise.name if exercise else item.exercise
        picked = self.picked if item is self.item else None
        return draw_item(self.live, item, name, picked, self.book.unit, width)

    def on_rows_moved(self) -> None:
        """Another exercise: what is next is another thing."""
        self.picked = None
        self.show_clock()

    def do(self, command: Command, *, follow: bool = False) -> None:
        """Take a step; the first one begins the planned session. ``follow`` moves the cursor to
        what is to be done next."""
        with self.guarded():
            if self.book.live is None:
                self._begin(command)
            self.live = self.book.do(command)
            self.picked = None
            self.hear_from_now()
            if follow:
                self._follow()

    def _begin(self, command: Command) -> None:
        """Begin the session that is shown; Refused where another one is next by now, or where
        ``command`` cannot be its first step."""
        plan = self.book.read_all().next_plan(self.book.now().date())
        shown = (self.live.programme, self.live.part, self.live.items)
        if shown != (plan.programme.id, plan.part.id, plan.items):
            self.show()
            raise Refused("the plan has changed: this is next now")
        step(self.live, command, self.book.now())
        self.book.start(plan)

    def _follow(self) -> None:
        here = self.item
        coming = self.live.suggested(here.id if here else None)
        if coming is not None:
            self.rows.values = self.live.items
            self.rows.go([item.id for item in self.live.items].index(coming.id))

    def with_item(self) -> Item | None:
        """The exercise under the cursor, or a word that there is none."""
        item = self.item
        if item is None:
            self.say("no exercise here yet: a adds one", "warn")
        return item

    def key(self, item: Item) -> Key | None:
        """The set that keys speak of: the one picked, else the one that waits to be confirmed,
        else the next one, else the last."""
        keys = item.keys()
        if self.picked in keys:
            return self.picked
        waiting = [key for key in self.live.pending if key.item == item.id]
        return next(iter([*waiting, *self.live.open_keys(item), *reversed(keys)]), None)

    def logged_key(self) -> Key | None:
        """The set that was logged last in the session, or the logged one that is picked."""
        if self.picked in self.live.rows:
            return self.picked
        rows = self.live.rows
        return max(rows, key=lambda key: rows[key][0].at, default=None)
