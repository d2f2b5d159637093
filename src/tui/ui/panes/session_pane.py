"""The session on the screen: shown with its clock, walked through by a cursor, and stepped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.calculator.advice import Reason
from tui.domain.calculator.morning_pain import called, unasked
from tui.domain.calculator.reasons import sentence
from tui.domain.calculator.state import Ache
from tui.domain.model.cells import fitted
from tui.domain.model.notation import planned
from tui.domain.model.readiness import Ready, of_day, words
from tui.domain.model.values import Exercise
from tui.domain.planning.today import Plan
from tui.domain.session.actions import Command, Log, Mark, Refused, Write
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.steps import step
from tui.ui.pane import Host
from tui.ui.panes.ticking import TickingPane
from tui.ui.panes.today_lines import (
    context,
    draw_item,
    draw_resting,
    idle_lines,
    morning_line,
    next_lines,
)
from tui.ui.widgets.clock_face import clock_lines
from tui.ui.widgets.lists import List
from tui.ui.widgets.styled_text import Line, Lines

EDGES = 2


class SessionPane(TickingPane):
    """Shows the live session, or the one that is planned until the first step begins it: ``plan``,
    None while the log has not been read to where it is known."""

    def __init__(self, book: Logbook, host: Host, *, id: str) -> None:
        super().__init__(book, host, id=id)
        self.picked: Key | None = None
        self.plan: Plan | None = None
        self.hurt: Mapping[str, Ache] = {}
        self.ready: Ready | None = None

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
        return self.book.profile.library.exercises.get(item.exercise)

    def show(self) -> None:
        """Show the session, with the cursor on the exercise it stood on."""
        here, before = self.item, self.live.id
        self.plan = None
        self.live = self.book.recorder.live or self._draft()
        if self.live.id != before:
            self.hear_from_now()
        places = {item.id: i for i, item in enumerate(self.live.items)}
        self.set_class(not self.live.items, "-idle")
        self.rows.show(self._values(), places.get(here.id) if here else None)
        self.show_clock()

    def _values(self) -> list[Item | Advice]:
        """The exercises, then those that rest today, unless all of them do."""
        resting = self.plan.resting if self.plan is not None and self.plan.items else ()
        return [*self.live.items, *resting]

    def _draft(self) -> Live:
        now = self.book.now()
        self.plan = plan = self.book.planner.planned(now.date())
        if plan is None:
            self.hurt, self.ready = {}, None
            return Live(id="", started=now)
        state = self.book.planner.state(now.date())
        self.hurt, self.ready = unasked(state, now.date()), of_day(state.ready, now.date())
        return Live(
            id="",
            started=now,
            programme=plan.programme.id,
            part=plan.part.id,
            items=plan.items,
        )

    def advice(self, item: Item) -> Advice | None:
        """What the calculator says of an item of the session shown; None of a warm-up."""
        plan = self.plan
        if plan is None:
            plan = self.book.planner.next_plan(self.live.started.date())
        same = (plan.programme.id, plan.part.id) == (self.live.programme, self.live.part)
        if same and any((i.id, i.exercise) == (item.id, item.exercise) for i in plan.items):
            return plan.advice.get(item.id)
        exercise, day = self.exercise(item), self.live.started.date()
        if exercise is None:
            return None
        return self.book.planner.advise(
            exercise, day, self.book.planner.live_dose(self.live, exercise, day)
        )

    def show_clock(self) -> None:
        """Show the clock and the lines that change with it, and wait for its next change."""
        now = self.book.now()
        item = self.item
        # A pane that is not shown has no width; when it is, it has the screen's, less its edges.
        width = self.rows.size.width or max(1, self.screen.size.width - EDGES)
        key = self.key(item) if item else None
        head = context(self.book, self.live, self.plan, now, width)
        told = [] if self.book.recorder.live is not None else self._told_today(now.date(), width)
        self.query_one("#context", Lines).set([head, *told, []])
        self.query_one("#clock", Lines).set(clock_lines(self.live, now, self._whose_clock(item)))
        self.query_one("#next", Lines).set(self._next(item, key, width))
        self.arm(now)

    def _told_today(self, day: date, width: int) -> list[Line]:
        """The morning that is asked for, and how the runner said she is."""
        lines = [morning_line(self.hurt, day, width)]
        if self.ready is not None:
            lines.append([(fitted(words(self.ready, called(self.ready.region)), width), "dim")])
        return [line for line in lines if line]

    def _next(self, item: Item | None, key: Key | None, width: int) -> list[Line]:
        if item is not None and key is not None:
            return next_lines(self.book, self.live, item, key, width)
        nothing = item is not None or self.book.recorder.live is not None
        return idle_lines(self.book, self.plan, self.resting, width, nothing=nothing)

    @property
    def resting(self) -> Advice | None:
        """What was said of the exercise under the cursor, where that rests."""
        value = self.rows.value
        return value if isinstance(value, Advice) else None

    def _whose_clock(self, here: Item | None) -> str:
        """The exercise that the clock leads, where the cursor stands on another."""
        clock = self.live.clock
        if clock is None or not clock.led or here is None or clock.key.item == here.id:
            return ""
        item = self.live.item(clock.key.item)
        exercise = self.exercise(item)
        return exercise.name if exercise else item.exercise

    def _draw(self, item: Item | Advice, width: int) -> Line:
        if isinstance(item, Advice):
            return draw_resting(self.book, item, width)
        exercise = self.exercise(item)
        name = exercise.name if exercise else item.exercise
        picked = self.picked if item is self.item else None
        return draw_item(self.live, item, name, picked, self.book.profile.unit, width)

    def on_rows_moved(self) -> None:
        """Another exercise: what is next is another thing."""
        self.picked = None
        self.show_clock()

    def do(self, command: Command, *, follow: bool = False) -> None:
        """Take a step; the first one begins the planned session. ``follow`` moves the cursor to
        what is to be done next."""
        with self.guarded():
            if self.book.recorder.live is None:
                self._begin(command)
            before, self.live = self.live, self.book.recorder.do(command)
            self._tell_lighter(before, command)
            self.picked = None
            self.hear_from_now()
            if follow:
                self._follow()

    def _tell_lighter(self, before: Live, command: Command) -> None:
        """Say so where the step made what is left of a lift lighter."""
        match command:
            case Log(item_id) | Write(Key(item=item_id)) | Mark(Key(item=item_id)):
                item = self.live.item(item_id)
            case _:
                return
        old, coming = before.item(item_id), self.live.open_keys(item)
        if not coming or old.plan == item.plan:
            return
        new = item.planned(coming[0])
        load = new.goals[0].measures.load_kg
        if load is not None and load != old.planned(coming[0]).goals[0].measures.load_kg:
            reason = Reason("IN_SESSION", {"load": load})
            self.say(sentence(reason, self.book.profile.library, self.book.profile.unit))
        else:
            reps = planned([new], self.book.profile.unit)
            self.say(f"That set was harder than planned: {reps} for the next.")

    def _begin(self, command: Command) -> None:
        """Begin the session that is shown; Refused where another one is next by now, or where
        ``command`` cannot be its first step."""
        plan = self.book.read_all().planner.next_plan(self.book.now().date())
        shown = (self.live.programme, self.live.part, self.live.items)
        if shown != (plan.programme.id, plan.part.id, plan.items):
            self.show()
            raise Refused("the plan has changed: this is next now")
        step(self.live, command, self.book.now())
        self.book.recorder.start(plan)

    def _follow(self) -> None:
        here = self.item
        coming = self.live.suggested(here.id if here else None)
        if coming is not None:
            self.rows.values = self._values()
            self.rows.go([item.id for item in self.live.items].index(coming.id))

    def with_item(self) -> Item | None:
        """The exercise under the cursor, or a word that there is none."""
        item = self.item
        if item is None:
            self.say(self._nothing(), "warn")
        return item

    def _nothing(self) -> str:
        """Why keys have nothing to act on."""
        if self.resting is not None:
            return "it rests today: w says why, a adds it all the same"
        if self.book.recorder.live is None and self.plan is None:
            return "your log is still being read: a moment"
        if self.plan is not None and self.plan.resting:
            return "rest today: w says why, a adds what you like all the same"
        return "no exercise here yet: a adds one"

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
