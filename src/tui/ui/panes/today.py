"""Today: the session with its sets, the clock that leads it, and what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from textual.app import ComposeResult
from textual.timer import Timer

from tui.core.clock import clock_text, cues, next_tick
from tui.core.model import Exercise
from tui.core.notation import parse, planned, show, written
from tui.core.session import Item, Key, Live
from tui.core.steps import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    Log,
    Mark,
    Move,
    Put,
    Refused,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Undo,
    Write,
    step,
)
from tui.logbook import Logbook
from tui.ui.clockface import clock_lines
from tui.ui.commands import TODAY, bindings
from tui.ui.ink import Line, Lines
from tui.ui.lists import List
from tui.ui.pane import Host, Pane
from tui.ui.panes.today_lines import context, draw_item, next_lines, short_of

LOAD_STEP_KG = 2.5
REASONS = {"p": "pain", "t": "time", "e": "equipment", "o": "other"}
PAIN_STOP = 6
PAIN_WORDS = "stop what hurts, and have it looked at by a professional; this is no medical advice"
RATINGS = {"rir": ("reps left, 0 to 5", 10), "pain": ("pain, 0 none to 10", 10)}


class TodayPane(Pane):
    """Shows the live session, or the one that is planned until the first step begins it."""

    BINDINGS = bindings(TODAY)

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="today")
        self.live = Live(id="", started=book.now())
        self._timer: Timer | None = None
        self._heard = 0.0
        self._picked: Key | None = None

    def compose(self) -> ComposeResult:
        """Context, exercises, clock, what is next."""
        yield Lines(id="context")
        yield List(self._draw, id="items")
        yield Lines(id="clock")
        yield Lines(id="next")

    # -- showing -------------------------------------------------------------------------------

    @property
    def item(self) -> Item | None:
        """The exercise under the cursor."""
        value = self.rows.value
        return value if isinstance(value, Item) else None

    def exercise(self, item: Item) -> Exercise | None:
        """The library's entry for an item; None if it is not in the library any more."""
        return self.book.library.exercises.get(item.exercise)

    @property
    def leading(self) -> bool:
        """True while the clock leads a set that is not logged yet."""
        clock = self.live.clock
        return clock is not None and clock.led and self.live.is_open(clock.key)

    def show(self) -> None:
        """Show the session, with the cursor on the exercise it stood on."""
        here, before = self.item, self.live.id
        self.live = self.book.live or self._draft()
        if self.live.id != before:
            self._hear_from_now()
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
        self.query_one("#clock", Lines).set(clock_lines(self.live, now))
        self.query_one("#next", Lines).set(next_lines(self.book, self.live, item, key, width))
        self._arm(now)

    def _draw(self, item: Item, width: int) -> Line:
        exercise = self.exercise(item)
        name = exercise.name if exercise else item.exercise
        picked = self._picked if item is self.item else None
        return draw_item(self.live, item, name, picked, width)

    # -- time ----------------------------------------------------------------------------------

    def _arm(self, now: datetime) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        clock = self.live.clock
        if clock is None or clock.watch.paused_at is not None:
            return
        elapsed = clock.watch.elapsed(now.timestamp())
        wait = max(0.01, next_tick(clock.timeline, elapsed) - elapsed)
        self._timer = self.set_timer(wait, self.tick)

    def tick(self) -> None:
        """The shown second is over: ring what is due, mark a set that ran out, show the clock."""
        clock = self.live.clock
        if clock is None:
            return
        elapsed = clock.watch.elapsed(self.book.now().timestamp())
        for cue in cues(clock.timeline, self._heard, elapsed):
            self.host.bells.ring(cue)
        self._heard = elapsed
        with self.guarded(quiet=True):
            if self.book.tick():
                self.post_message(self.Changed())
        self.show_clock()

    # -- steps ---------------------------------------------------------------------------------

    def do(self, command: Command, *, follow: bool = False) -> None:
        """Take a step; the first one begins the planned session. ``follow`` moves the cursor to
        what is to be done next."""
        with self.guarded():
            if self.book.live is None:
                self._begin(command)
            self.live = self.book.do(command)
            self._picked = None
            self._hear_from_now()
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

    def _hear_from_now(self) -> None:
        """What the clock rang before this step is not rung again."""
        clock = self.live.clock
        now = self.book.now().timestamp()
        self._heard = 0.0 if clock is None else clock.watch.elapsed(now)

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
        if self._picked in keys:
            return self._picked
        waiting = [key for key in self.live.pending if key.item == item.id]
        return next(iter([*waiting, *self.live.open_keys(item), *reversed(keys)]), None)

    def logged_key(self) -> Key | None:
        """The set that was logged last in the session, or the logged one that is picked."""
        if self._picked in self.live.rows:
            return self._picked
        rows = self.live.rows
        return max(rows, key=lambda key: rows[key][0].at, default=None)

    def action_log(self) -> None:
        """Enter: as prescribed."""
        if item := self.with_item():
            self.do(Log(item.id), follow=True)

    def action_pick(self, by: int) -> None:
        """Left and right: another set of this exercise."""
        item = self.item
        if item is None or not item.keys():
            return
        keys = item.keys()
        here = self.key(item)
        place = 0 if here is None else keys.index(here)
        self._picked = keys[max(0, min(len(keys) - 1, place + by))]
        self.show_clock()
        self.rows.redraw(self.rows.cursor)

    def action_edit(self) -> None:
        """Correct a set, or log it otherwise than planned, in the one-line notation."""
        if (item := self.with_item()) and (key := self.key(item)):
            self._type(item, key, f"set {key.number}:", self._shown(item, key))

    def action_fail(self) -> None:
        """The set went less far than planned: say how far."""
        if (item := self.with_item()) and (key := self.key(item)):
            self._type(item, key, "got how far?", short_of(self.live, item, key, self.book.now()))

    def _type(self, item: Item, key: Key, label: str, value: str) -> None:
        def answer(typed: str) -> None:
            with self.guarded():
                rows = parse(typed, item.kind, single=True)
                self.do(Write(key, rows), follow=True)

        self.ask(label, value, answer)

    def _shown(self, item: Item, key: Key) -> str:
        rows = self.live.rows.get(key)
        if rows and rows[0].undone is None:
            return show(written(row) for row in rows)
        return planned([item.planned(key)])

    def action_adjust(self, load: int, steps: int) -> None:
        """One step more or less for the sets still open."""
        if item := self.with_item():
            self.do(Adjust(item.id, load * LOAD_STEP_KG, steps))

    def action_rate(self, name: Literal["rir", "pain"]) -> None:
        """How the set that was just logged felt."""
        key = self.logged_key()
        if key is None:
            self.say("log the set first (enter), then say how it was", "warn")
            return
        label, most = RATINGS[name]
        old = getattr(self.live.rows[key][0], name)

        def answer(typed: str) -> None:
            if typed.isdecimal() and int(typed) <= most:
                self.do(Mark(key, name, int(typed)))
                if name == "pain" and int(typed) >= PAIN_STOP:
                    self.say(PAIN_WORDS, "warn")
            else:
                self.say(f"a whole number from 0 to {most}, please", "warn")

        self.ask(f"{self._called(key)}: {label}?", "" if old is None else f"{old:g}", answer)

    def _called(self, key: Key) -> str:
        item = self.live.item(key.item)
        exercise = self.exercise(item)
        return f"{exercise.name if exercise else item.exercise} {key.number}"

    def action_skip(self) -> None:
        """Leave the set undone, with the reason."""
        if not (item := self.with_item()) or not (key := self.key(item)):
            return

        def answer(typed: str) -> None:
            reason = REASONS.get(typed[:1].lower())
            if reason is None:
                self.say("say time, pain, equipment or other", "warn")
            else:
                self.do(Skip((key,), reason), follow=True)

        self.ask(f"skip set {key.number}: time, pain, equipment, other?", "time", answer)

    def action_note(self) -> None:
        """A note on the set that was just logged."""
        key = self.logged_key()
        if key is None:
            self.say("log the set first (enter); N notes the session", "warn")
            return
        old = self.live.rows[key][0].note
        self.ask(f"{self._called(key)}:", old, lambda typed: self.do(Mark(key, "note", typed)))

    def action_session_note(self) -> None:
        """A note on the whole session."""
        self.ask("note:", self.live.note, lambda typed: self.do(SessionNote(typed)))

    def action_variant(self) -> None:
        """An easier or a harder exercise for what is still open."""
        item = self.with_item()
        exercise = self.exercise(item) if item else None
        if item is None or exercise is None:
            return
        found = {
            word: self.book.library.exercises[other]
            for word, other in (("easier", exercise.easier), ("harder", exercise.harder))
            if other is not None
        }
        if not found:
            self.say(f"no easier or harder variant of {exercise.name} in the library")
            return

        def answer(typed: str) -> None:
            other = next((e for word, e in found.items() if word.startswith(typed.lower())), None)
            if other is None:
                self.say(f"say {' or '.join(found)}", "warn")
            else:
                self.do(Swap(item.id, self.book.item(other)))

        offers = " / ".join(f"{word}: {other.name}" for word, other in found.items())
        self.ask(f"{offers}?", next(iter(found)), answer)

    def action_add(self) -> None:
        """Choose an exercise in the library."""
        self.host.choose_exercise()

    def action_find(self) -> None:
        """Find an exercise in the library."""
        self.host.choose_exercise()

    def add(self, exercise: Exercise) -> None:
        """Put an exercise at the end of the session and the cursor on it."""
        self.do(Put(self.book.item(exercise)))
        self.rows.show(self.live.items, len(self.live.items) - 1)

    def action_add_set(self) -> None:
        """One more set like the last."""
        if item := self.with_item():
            self.do(AddSet(item.id))

    def action_warm_up(self) -> None:
        """Two lighter sets before the work."""
        if item := self.with_item():
            self.do(AddWarmups(item.id, lambda kg: kg // LOAD_STEP_KG * LOAD_STEP_KG))

    def action_superset(self) -> None:
        """Join with the exercise below, or part."""
        if item := self.with_item():
            self.do(Superset(item.id))

    def action_move(self, by: int) -> None:
        """Move the exercise up or down."""
        if item := self.with_item():
            self.do(Move(item.id, by))

    def action_undo(self) -> None:
        """Take the last step back."""
        if self.book.live is None:
            self.say("nothing to undo in this session; in History u undoes the last change")
        else:
            self.do(Undo())

    def action_empty(self) -> None:
        """Begin a session with no plan."""
        if self.book.live is not None:
            self.say("a session is under way: F finishes it")
            return
        with self.guarded():
            self.book.start(None)

    def clock(self, op: str) -> None:
        """The clock keys, from any pane."""
        if op != "space" and self.book.live is None:
            self.say("the clock is not running: space starts it")
            return
        item = self.item
        if item is None:
            self.say("no exercise here yet: a adds one", "warn")
            return
        self.do(Clock(op, item.id), follow=op == "space")

    def action_how(self) -> None:
        """How to do the exercise."""
        item = self.item
        exercise = self.exercise(item) if item else None
        if exercise is not None:
            self.host.open_exercise(exercise)

    def action_why(self) -> None:
        """Where the numbers of this exercise come from."""
        item = self.item
        exercise = self.exercise(item) if item else None
        if item is not None and exercise is not None:
            self.host.open_why(item, exercise, self.live)

    def action_finish(self) -> None:
        """End the session and show what it added up to."""
        if self.book.live is None:
            self.say("no session is under way: enter begins the one shown")
            return
        left = len(self.live.unfinished())
        if not left or not self.live.rows:
            self.host.finish("time")
            return

        def answer(typed: str) -> None:
            reason = REASONS.get(typed[:1].lower())
            if reason is None:
                self.say("say time, pain, equipment or other", "warn")
            else:
                self.host.finish(reason)

        many = "1 set is" if left == 1 else f"{left} sets are"
        self.ask(f"{many} open: time, pain, equipment, other?", "time", answer)

    def resumed(self) -> str:
        """Go on with a session that was begun earlier, and what to say of that."""
        self.tick()
        clock = self.live.clock
        words = "Your session goes on where it was."
        if clock is None:
            return words
        if clock.watch.paused_at is not None:
            return f"{words} The clock is paused: {clock.view(self.book.now()).words()}."
        view = clock.view(self.book.now())
        if view.over_s:
            return f"{words} The rest ended {clock_text(view.over_s)} ago."
        return f"{words} The clock ran on: {view.words()}."

    def on_rows_moved(self) -> None:
        """Another exercise: what is next is another thing."""
        self._picked = None
        self.show_clock()
