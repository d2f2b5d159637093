"""The Today pane: shows the session of the day and handles its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from textual.app import ComposeResult
from textual.css.scalar import Scalar
from textual.events import Click

from tui.app.day_state import DayKind, DayState, begin_question
from tui.app.leaving_sore import leave_sore, stop_words
from tui.app.logbook import Logbook
from tui.app.today_session import TodaySession
from tui.domain.calculator import Advice
from tui.domain.calculator.loads import STEP_KG, Loads
from tui.domain.calculator.morning_pain import PAIN_WORDS, region_name
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.cells import fitted
from tui.domain.model.notation import Written
from tui.domain.model.readiness import words
from tui.domain.model.text import as_sentence, number_of
from tui.domain.model.values import Entry, Exercise, SetKind
from tui.domain.planning.today import Plan
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    Insert,
    Move,
    Put,
    Redo,
    Remove,
    SessionNote,
    Skip,
    Superset,
    Undo,
)
from tui.domain.session.live import Item, Key, Live
from tui.present.progress_words import all_done_words
from tui.present.session_questions import REASONS, YES_OR_NO
from tui.present.step_words import set_name, step_words
from tui.ui.clicks import mark_at
from tui.ui.commands import TODAY, bindings
from tui.ui.host import Host
from tui.ui.panes.done_rows import draw_done
from tui.ui.panes.exchange import Exchange
from tui.ui.panes.morning import MorningQuestions
from tui.ui.panes.no_gym import NoGym
from tui.ui.panes.offer import offer_lines
from tui.ui.panes.old_injuries import OldInjuryQuestions
from tui.ui.panes.pane import Pane
from tui.ui.panes.readiness import ReadinessQuestions
from tui.ui.panes.session_clock import SessionClock
from tui.ui.panes.set_lines import told_lines
from tui.ui.panes.set_rating import SetRating
from tui.ui.panes.set_writing import SetWriting
from tui.ui.panes.today_field import field, shows_clock
from tui.ui.panes.today_hints import today_hints
from tui.ui.panes.today_layout import OTHER_ROWS, Layout, laid_out, list_rows
from tui.ui.panes.today_lines import (
    all_done_line,
    context,
    fetch_line,
    gap_line,
    idle_lines,
    instead_line,
    legs_line,
    morning_line,
    unread,
    warm_up_line,
)
from tui.ui.panes.today_rows import columns, draw_item, draw_resting
from tui.ui.panes.today_states import (
    body_lines,
    head_lines,
    list_heading,
    race_lines,
)
from tui.ui.sharing import Shared, Sharing, SharingKeys, shared_session
from tui.ui.widgets.big_field import field_lines, height_in
from tui.ui.widgets.ranked import Ranked, ranked
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

EDGES = 2
CHANGED = "The plan has changed meanwhile; here is the new one. enter begins it."
NONE_LOGGED = "No set is logged yet. enter logs this one."


class TodayPane(SharingKeys, Pane):
    """The session, its clock and what comes next. ``picked`` is the set the runner chose for the
    keys to act on, or None."""

    BINDINGS = bindings(TODAY)

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="today")
        self.session = TodaySession(book)
        self.clock = SessionClock(self, self.session, self.show_field)
        self.sharing = Sharing(self)
        self.readiness = ReadinessQuestions(self)
        self.morning = MorningQuestions(self)
        self.no_gym = NoGym(self)
        self.exchange = Exchange(self, self.do)
        self.writing = SetWriting(self, self.session, self.do, self._typed)
        self.rating = SetRating(self, self.session, self.do, self._rest_what_hurts)
        self.picked: Key | None = None
        self._drawn_id = ""  # The id of the session drawn last; empty if it was not begun.
        self._layout = Layout([], [], [])

    def compose(self) -> ComposeResult:
        """Context line, exercises, the big field with what belongs to its set."""
        yield Lines(id="context")
        yield VirtualList(self._draw, id="items")
        yield Lines(id="field")

    # -- what is shown -------------------------------------------------------------------------

    @property
    def item(self) -> Item | None:
        """The exercise under the cursor."""
        value = self.rows.value
        return value if isinstance(value, Item) else None

    @property
    def resting(self) -> Advice | None:
        """The advice for the exercise under the cursor if it rests today, or None."""
        value = self.rows.value
        return value if isinstance(value, Advice) else None

    @property
    def done(self) -> Entry | None:
        """What was done today and is under the cursor, or None."""
        value = self.rows.value
        return value if isinstance(value, Entry) else None

    def show(self) -> None:
        """Redraw the session; the cursor stays on its exercise."""
        here, before = self.item, self.session.live.id
        self.session.refresh()
        live = self.session.live
        if live.id != before:
            self.clock.hear_from_now()
            self.navigator.keep_setup()
        if (self._drawn_id and live.id != self._drawn_id) or (live.id and not self.rows.values):
            # Another session, or one that goes on: begin with what is next in it.
            here = live.suggested() or next(iter(live.items), None)
        self._drawn_id = live.id
        places = {item.id: i for i, item in enumerate(live.items)}
        self.rows.show(self.session.values(), places.get(here.id) if here else None)
        self.show_lines()

    def show_lines(self) -> None:
        """Draw everything but the list: the context, the big field and the lines of its set. Then
        wait for the clock's next change."""
        now, session, size = self.book.now(), self.session, self.screen.size
        width, list_height = self._width, list_rows(len(self.rows.values), size.height)
        if self.rows.styles.max_height != Scalar.from_number(list_height):
            self.rows.styles.max_height = list_height
        heading = [] if session.day is None else list_heading(session.day, width)
        notices = [] if session.under_way else ranked(2, self._told_today(now.date(), width)[:1])
        damage = 1 if self.book.damage() else 0
        room = size.height - OTHER_ROWS - damage - list_height - len(heading)
        big = self._field()
        told = self._told(width, headed=bool(big) and not shows_clock(session, now))
        told += offer_lines(self.book, width)
        head = self._head(now, width)
        self._layout = laid_out(head, big, notices, told, size.height, room)
        self.query_one("#context", Lines).set([*self._layout.top, *heading])
        self.show_field()

    def show_field(self) -> None:
        """Draw the big field; nothing else changes with the time. Then wait for the clock's next
        change."""
        lines = [*self._layout.above_field, *self._field(), *self._layout.below_field]
        self.query_one("#field", Lines).set(lines)
        self.clock.arm(self.book.now())

    @property
    def _width(self) -> int:
        """The width of the lines; a hidden pane has none, shown it has the screen's less its
        edges."""
        return self.rows.size.width or max(1, self.screen.size.width - EDGES)

    @property
    def _calm(self) -> DayState | None:
        """The day, if it has no session to do now."""
        day = self.session.day
        return None if day is None or day.kind is DayKind.TRAIN else day

    def _field(self) -> list[Line]:
        if self._calm is not None:
            return []
        item, size = self.item, self.screen.size
        key = None if item is None else self._key(item)
        found = field(self.session, item, key, self._width)
        return [] if found is None else field_lines(found, height_in(*size), self._width)

    def _head(self, now: datetime, width: int) -> list[Ranked]:
        """What stands above the list: what kind of day it is and why, or the session with what it
        needs; that the plan does not know all of the log."""
        session, plan, day = self.session, self.session.plan, self.session.day
        gap = ranked(0, [gap_line(width)] if plan is not None and plan.has_gap else [])
        if (calm := self._calm) is not None:
            first, *why = head_lines(calm, legs_line(self.book, now), width)
            return [*ranked(3, [first]), *gap, *ranked(4, why)]
        head = ranked(3, [context(self.book, session.live, plan, now, width)])
        if day is None:
            return head
        fetch = fetch_line(self.book, session.live, width)
        near = race_lines(day, width)
        return [*head, *gap, *ranked(3, near), *ranked(4, [fetch] if fetch else [])]

    def _told_today(self, day: date, width: int) -> list[Line]:
        """The question about this morning's pain, how the runner said she is, and what an easier
        week offers, the most important one first."""
        lines = [morning_line(self.session.hurt, day, width)]
        if (plan := self.session.plan) is not None:
            lines.append(warm_up_line(plan, width))
        if (ready := self.session.ready) is not None:
            told = as_sentence(words(ready, region_name(ready.region)))
            lines.append([(fitted(told, width), "dim")])
        if (easier := self.book.planner.stand_in(day)) is not None:
            lines.append(instead_line(easier, width))
        return [line for line in lines if line]

    def _told(self, width: int, *, headed: bool) -> list[Ranked]:
        """What is told below the big field; ``headed``: the set is in the field already."""
        session, item = self.session, self.item
        day = None if self.resting is not None else self._calm
        if day is not None and (body := body_lines(day, width)):
            return ranked(1, body)
        done = all_done_line(session.live)
        lines = ranked(0, [done] if done else [])
        if item is not None and (key := self._key(item)) is not None:
            return [*lines, *told_lines(session, item, key, width, headed=headed)]
        nothing = item is not None or session.under_way
        idle = idle_lines(self.book, session.plan, self.resting, width, nothing=nothing)
        return [*lines, *ranked(1, idle)]

    def _draw(self, item: Item | Advice | Entry, width: int) -> Line:
        if isinstance(item, Entry):
            return draw_done(
                item, self.rows.values, self.book.profile.library, self.book.profile.unit, width
            )
        if isinstance(item, Advice):
            return draw_resting(self.book, item, width)
        live, unit = self.session.live, self.book.profile.unit
        picked = self.picked if item is self.item else None
        shape = columns(live, unit, width)
        return draw_item(live, item, self.session.name(item), picked, unit, shape)

    def on_virtual_list_moved(self) -> None:
        """Another exercise is under the cursor: show its next set."""
        self.picked = None
        self.show_lines()

    def hinted(self) -> Mapping[str, str]:
        """The keys worth showing now, by command, with a word each: what enter does comes first."""
        item, clock = self.item, self.session.live.clock
        key = None if item is None else self._key(item)
        view = None if clock is None else clock.view(self.book.now())
        return dict(today_hints(self.session, item, key, view, leads=self.clock.leading))

    # -- steps ---------------------------------------------------------------------------------

    def do(
        self,
        command: Command,
        *,
        follow: bool = False,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Take a step; the first one begins the planned session, on another day than its own once
        the runner says so. ``follow`` moves the cursor to the exercise to do next; ``then`` is
        called once the step is taken."""
        if not isinstance(command, Put) and self._asks_to_begin(
            lambda: self._take(command, follow=follow, then=then)
        ):
            return
        self._take(command, follow=follow, then=then)

    def _take(self, command: Command, *, follow: bool, then: Callable[[], None] | None) -> None:
        with self.guarded():
            if not self.session.under_way and not self.session.begin(command):
                # The step is about an exercise of the plan before. A prompt that kept its answer
                # would give it to another exercise.
                self.show()
                self.say(CHANGED, "warn")
                return
            lighter = self.session.do(command)
            # What was said before may no longer be true.
            self.host.hush()
            if lighter:
                self.say(lighter)
            self.picked = None
            self.clock.hear_from_now()
            if follow:
                self._follow()
            if then is not None:
                then()

    def _follow(self) -> None:
        here, live = self.item, self.session.live
        coming = live.suggested(here.id if here else None)
        if coming is not None:
            self.rows.values = self.session.values()
            self._go_to(coming)

    def go_on(self) -> None:
        """Put the cursor on what is to do next in a session under way."""
        if self.session.under_way and (coming := self.session.live.suggested()) is not None:
            self._go_to(coming)

    def _go_to(self, item: Item) -> None:
        """Put the cursor on an exercise."""
        self.rows.go([one.id for one in self.session.live.items].index(item.id))

    def _with_item(self) -> Item | None:
        """The exercise under the cursor, or None with a message."""
        item = self.item
        if item is None:
            self.say(self._nothing(), "warn")
        return item

    def _nothing(self) -> str:
        """Why there is no exercise for a key to act on."""
        plan = self.session.plan
        if self.resting is not None:
            return "This exercise rests today. w says why, a adds one all the same."
        if not self.session.known:
            return "Your log is still being read. A moment."
        if self.done is not None:
            return "Today is done: e corrects it, z is a snack, a adds an exercise."
        if plan is not None and plan.resting:
            return "Rest today. w says why, a adds what you like all the same."
        return "No exercise here yet. a adds one."

    def _key(self, item: Item) -> Key | None:
        """The set of an exercise that keys act on."""
        return self.session.key(item, self.picked)

    # -- keys: sets ----------------------------------------------------------------------------

    def action_log(self) -> None:
        """Log the set as shown; on an exercise that is done, go on to the next one. A session that
        is for another day begins once the runner says so."""
        if self._asks_to_begin(self._begin_shown) or not (item := self._with_item()):
            return
        live = self.session.live
        if live.rows and not live.open_keys(item) and not self._waits(item):
            self._go_on(item)
        else:
            self.writing.log(item)

    def _asks_to_begin(self, go: Callable[[], None]) -> bool:
        """Ask whether to begin the session shown, if this is not its day, and then go on; False if
        there is nothing to ask."""
        day = self.session.day
        question = "" if self.session.under_way or day is None else begin_question(day)
        if question:
            self.ask_key(question, YES_OR_NO, lambda key: go() if key == "y" else None, usual="n")
        return bool(question)

    def _begin_shown(self) -> None:
        """Begin the session shown, without a set."""
        with self.guarded():
            self.begin(self.session.plan_now())
            self.post_message(self.Changed())

    def _waits(self, item: Item) -> bool:
        """Whether a set of an exercise waits to be confirmed."""
        return any(key.item == item.id for key in self.session.live.pending)

    def _go_on(self, item: Item) -> None:
        """Go from an exercise that is done to the next one, saying so."""
        live, name = self.session.live, self.session.name
        coming = live.suggested(item.id)
        if coming is not None:
            self._follow()
            self.say(f"{name(item)} is done. Next: {name(coming)}.")
        elif live.pending:
            waiting = live.item(live.pending[0].item)
            self._go_to(waiting)
            self.say(f"{name(item)} is done. {name(waiting)} waits for a yes: enter.")
        else:
            self.say(f"{all_done_words(live)} F finishes.")

    def action_pick(self, by: int) -> None:
        """Pick the set before (-1) or after (1) in this exercise."""
        item = self.item
        if item is None or not item.keys():
            return
        keys = item.keys()
        here = self._key(item)
        place = 0 if here is None else keys.index(here)
        self._pick(keys[max(0, min(len(keys) - 1, place + by))])

    def _pick(self, key: Key) -> None:
        self.picked = key
        self.show_lines()
        self.rows.redraw(self.rows.cursor)

    def clicked(self, event: Click) -> None:
        """Pick the set whose mark is clicked; on the clock do what space does."""
        if event.widget is self.rows and (item := self.item):
            keys = item.keys()
            mark = mark_at(self.rows.line(self.rows.cursor), event.x, len(keys))
            if mark is not None:
                # The row's cursor may have moved here just now, and that is still to be told.
                self.call_later(self._pick, keys[mark])
        elif (
            event.widget is not None and event.widget.id == "field" and self._has_clock_at(event.y)
        ):
            self.clock_key("space")

    def _has_clock_at(self, row: int) -> bool:
        """Whether the clock is in this row below the list."""
        row -= len(self._layout.above_field)
        return shows_clock(self.session, self.book.now()) and 0 <= row < len(self._field())

    def action_edit(self) -> None:
        """Correct a set, or log it differently than planned, in the one-line notation; once the day
        is done, correct its session in History."""
        if (day := self.session.day) is not None and day.kind is DayKind.DONE:
            self.navigator.open_in_history(day.done[-1].id)
            return
        if (item := self._with_item()) and (key := self._key(item)):
            self.writing.edit(item, key)

    def action_fail(self) -> None:
        """Log a set that fell short of the plan: ask how far it got."""
        if (item := self._with_item()) and (key := self._key(item)):
            self.writing.fail(item, key)

    def _typed(self, key: Key, rows: Sequence[Written]) -> None:
        """A set was typed: it may end its exercise, or hurt too much."""
        self.rating.offer_end(key)
        if any((row.pain or 0) >= PAIN_STOP for row in rows):
            self._rest_what_hurts()

    def rest_if_sore(self) -> None:
        """In a session that goes on, leave out what pain reported meanwhile makes rest."""
        if self.book.access.granted:
            with self.guarded():
                if skipped := leave_sore(self.book):
                    self.say(stop_words(skipped), "warn")

    def _rest_what_hurts(self) -> None:
        """Leave out what loads a region that hurts too much, and say where to go with it."""
        with self.guarded():
            self.say(stop_words(leave_sore(self.book)), "warn")

    def action_adjust(self, load: int, steps: int) -> None:
        """Adjust the open sets by steps: load (to the next one owned), or reps, time and so on."""
        if item := self._with_item():
            by = load * STEP_KG[self.book.profile.unit]
            picked = self.picked
            warm_up = picked if picked and picked.kind is SetKind.WARMUP else None
            self.do(Adjust(item.id, by, steps, self._loads(item), warm_up))

    def _loads(self, item: Item) -> Loads | None:
        """The loads to step through; None if none are known."""
        exercise = self.session.exercise(item)
        return None if exercise is None else self.book.profile.setup.inventory.loads(exercise)

    def action_rate(self, name: Literal["rir", "pain"]) -> None:
        """Ask how the set that was just done felt."""
        key = self.session.done_key(self.picked)
        if key is None:
            self.say(NONE_LOGGED, "warn")
        else:
            self.rating.rate(key, name)

    def action_flag(self) -> None:
        """Ask what went wrong with the set that was just done."""
        key = self.session.done_key(self.picked)
        if key is None:
            self.say(NONE_LOGGED, "warn")
        else:
            self.rating.flag(key)

    def action_skip(self) -> None:
        """Leave the set out, and ask for the reason."""
        if not (item := self._with_item()) or not (key := self._key(item)):
            return

        def answer(reason: str) -> None:
            self.do(Skip((key,), REASONS[reason]), follow=True)

        self.ask_key(f"Skip {set_name(key)}. Why?", REASONS, answer, usual="t")

    def action_note(self) -> None:
        """Write a note on the set that was just logged."""
        key = self.session.logged_key(self.picked)
        if key is None:
            self.say("No set is logged yet. N notes the session.", "warn")
        else:
            self.rating.note(key)

    def action_leave_out(self) -> None:
        """Leave the exercise out: if nothing of it is logged it goes, else its open sets do, for a
        reason."""
        if not (item := self._with_item()):
            return
        live = self.session.live
        if not live.done_count(item):
            words = f"{self.session.name(item)} is left out. u brings it back."
            self.do(Remove(item.id), follow=True, then=lambda: self.say(words))
            return
        keys = tuple(live.open_keys(item))
        if not keys:
            self.say(f"{self.session.name(item)} is done. X throws the whole session away.")
            return
        self.ask_key(
            f"Leave out {number_of(len(keys), 'set')} of {self.session.name(item)}. Why?",
            REASONS,
            lambda reason: self.do(Skip(keys, REASONS[reason]), follow=True),
            usual="t",
        )

    def action_session_note(self) -> None:
        """Write a note on the whole session."""
        self.ask(
            "Note on this session:",
            lambda typed: self.do(SessionNote(typed)),
            value=self.session.live.note,
        )

    # -- keys: exercises ---------------------------------------------------------------------

    def action_variant(self) -> None:
        """Offer an easier or harder variant for the sets still open."""
        if (item := self._with_item()) and (exercise := self.session.exercise(item)):
            self.exchange.offer_variants(item, exercise)

    def action_swap(self) -> None:
        """Offer another exercise of the same category for the sets still open, nearest first."""
        if (item := self._with_item()) and (exercise := self.session.exercise(item)):
            self.exchange.offer_category(item, exercise)

    def action_add(self) -> None:
        """Find an exercise, and add it."""
        self.navigator.open_find(adding=True)

    def action_find(self) -> None:
        """Find an exercise."""
        self.navigator.open_find()

    def add(self, exercise: Exercise) -> None:
        """Add an exercise at the end of the session, and put the cursor on it."""

        def added() -> None:
            self.rows.show(self.session.values(), len(self.session.live.items) - 1)
            if not self.exchange.may(exercise):
                self.say(PAIN_WORDS, "warn")
            else:
                self.say(f"Added: {exercise.name}. u takes it out again.")

        self.host.action_pane("today")
        self.do(Put(self.book.planner.item(exercise, self.book.now().date())), then=added)

    def insert(self, items: tuple[Item, ...], *, before: bool) -> None:
        """Add exercises before or after those of the session, and put the cursor on the first."""
        place = 0 if before else len(self.session.live.items)
        self.do(
            Insert(items, before),
            then=lambda: self.rows.show(self.session.values(), place),
        )

    def action_add_set(self) -> None:
        """Add a set like the last one."""
        if item := self._with_item():
            self.do(AddSet(item.id))

    def action_warm_up(self) -> None:
        """Add warm-up sets before the work sets."""
        if item := self._with_item():
            one = STEP_KG[self.book.profile.unit]
            loads, exercise = self._loads(item), self.session.exercise(item)
            light = (lambda kg: kg // one * one) if loads is None else loads.down
            bar = None if exercise is None else self.book.profile.setup.inventory.bar_of(exercise)
            heavy = exercise is not None and exercise.loading == "heavy"
            self.do(AddWarmups(item.id, light, heavy, None if bar is None else bar.kg))

    def action_superset(self) -> None:
        """Make a superset with the exercise below, or split it again."""
        if item := self._with_item():
            self.do(Superset(item.id))

    def action_move(self, by: int) -> None:
        """Move the exercise up or down."""
        if item := self._with_item():
            self.do(Move(item.id, by))

    # -- keys: the day, the session ------------------------------------------------------------

    def action_readiness(self) -> None:
        """Ask about legs, sleep and pain, before the session begins."""
        self.readiness.begin()

    def action_morning(self) -> None:
        """Ask how much hurts what hurt in the last session, else where and how much."""
        self.morning.begin()

    def action_no_gym(self) -> None:
        """Plan today without a gym, or with it again."""
        self.no_gym.switch()

    def action_undo(self) -> None:
        """Undo the last step, or the finish of a session just finished."""
        if self.session.under_way:
            after = self.session.live
            if after.before is None:
                self.say("Nothing to undo. X throws the session away.")
                return
            self.do(Undo())
            if (before := self.session.live) is not after:
                words = self._step_words(before, after)
                changed = [k for k, rows in after.rows.items() if rows != before.rows.get(k)]
                if changed and before.plans(changed[0]):
                    # To the set that is open again, lest enter logs another one.
                    self.rows.values = self.session.values()
                    self._go_to(before.item(changed[0].item))
                self.say(f"Undone: {words}. U does it again.")
            return
        if self.navigator.take_back_setup():
            return
        with self.guarded():
            self.book.recorder.reopen()
            self.say("The session is open again.", "good")

    def action_redo(self) -> None:
        """Do again what was undone."""
        if not self.session.under_way:
            self.say("Nothing to do again.")
            return
        before = self.session.live
        self.do(Redo())
        if self.session.live is not before:
            self.say(f"Done again: {self._step_words(before, self.session.live)}.")

    def _step_words(self, before: Live, after: Live) -> str:
        return step_words(before, after, self.session.name, self.book.profile.unit)

    def action_empty(self) -> None:
        """Begin an empty session."""
        if self.session.under_way:
            self.say("A session is under way. F finishes it.")
            return
        with self.guarded():
            self.book.recorder.start(None)

    def action_snack(self) -> None:
        """Begin a snack: a few minutes of strength after a run."""
        if self.session.under_way:
            self.say("A session is under way. F finishes it.")
            return
        with self.guarded():
            self.begin(self.book.read_all().planner.snack(self.book.now().date()))

    def begin(self, plan: Plan) -> None:
        """Begin a session that is not the one shown, with the cursor on its first exercise. Raises
        ReadOnly or StoreError."""
        self.book.recorder.start(plan)
        self.session.refresh()
        self.rows.show(self.session.values(), 0)

    def clock_key(self, op: str) -> None:
        """Handle a clock key, from any pane."""
        if op != "space" and not self.session.under_way:
            self.say("The clock is not running. space starts it.")
            return
        if self._asks_to_begin(self._begin_shown):
            return
        if item := self._with_item():
            self.do(Clock(op, item.id), follow=op == "space")

    def shared(self) -> Shared | None:
        """The last session of a day that is done, with its bests, ready to share."""
        day = self.session.day
        if day is None or day.kind is not DayKind.DONE:
            return None
        return shared_session(self.book, day.done[-1], day.best)

    def action_how(self) -> None:
        """Show the card of the exercise."""
        item = self.item
        exercise = self.session.exercise(item) if item else None
        if (other := self.done or self.resting) is not None:
            exercise = self.book.profile.library.exercises.get(other.exercise)
        if exercise is not None:
            self.navigator.open_card(exercise, item)

    def action_trend(self) -> None:
        """Show the trend of the exercise."""
        if self.item is not None:
            self.navigator.open_trend(self.item.exercise)
        elif (other := self.done or self.resting) is not None:
            self.navigator.open_trend(other.exercise)
        elif not self.book.planner.is_fully_loaded:
            self.say(unread(self.book))
        else:
            self.say("No exercise is here to look at. In the Library (1) T shows any.")

    def action_why(self) -> None:
        """Show where the numbers of the exercise come from, or why all rests today."""
        day = self.session.day
        if day is not None and day.kind is DayKind.RACE:
            self.navigator.open_resting(day.plan.resting)
        elif self.rows.value is not None:
            self.action_how()
        elif self.session.plan is not None and self.session.plan.resting:
            self.navigator.open_resting(self.session.plan.resting)

    def action_finish(self) -> None:
        """End the session, asking for a reason if sets are not done, and show its summary."""
        live = self.session.live
        if not self.session.under_way:
            self.say("No session is under way. enter begins the one shown.")
            return
        if not live.rows and live.note:
            self._finish("time")
            return
        if not live.rows:
            self.ask_key(
                "Nothing is logged.",
                {"x": "throw the session away", "k": "keep it open"},
                lambda key: self._discard() if key == "x" else None,
                usual="x",
            )
            return
        left = sum(key.kind is SetKind.WORK for key in live.unfinished())
        if not left:
            self._finish("time")
            return
        self.ask_key(
            f"{number_of(left, 'set')} {'is' if left == 1 else 'are'} open. Why?",
            REASONS,
            lambda reason: self._finish(REASONS[reason]),
            usual="t",
        )

    def action_discard(self) -> None:
        """Throw the session away, once the runner says so."""
        if not self.session.under_way:
            self.say("No session is under way. In History x deletes one.")
            return
        done = len(self.session.live.rows)
        if not done:
            self._discard()
            return
        self.ask_key(
            f"Throw this session away, {number_of(done, 'set')}?",
            YES_OR_NO,
            lambda key: self._discard() if key == "y" else None,
            usual="n",
        )

    def _discard(self) -> None:
        with self.guarded():
            done = len(self.session.live.rows)
            self.book.recorder.discard()
            kept = "u brings it back" + ("; so does X in History." if done else ".")
            self.say(f"The session is thrown away. {kept}")

    def _finish(self, reason: str) -> None:
        """End the session, once it is told how what was injured once is now."""
        OldInjuryQuestions(self).begin(lambda: self.host.finish(reason))
