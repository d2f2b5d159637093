"""Today: what each key does in the session that is shown."""

from __future__ import annotations

from typing import Literal

from tui.app.logbook import Logbook
from tui.domain.calculator.loads import Loads
from tui.domain.calculator.morning_pain import PAIN_STOP, PAIN_WORDS
from tui.domain.model.library.parser import EQUIPMENT, substitutes
from tui.domain.model.notation import parse, planned, show, written
from tui.domain.model.units import to_kg
from tui.domain.model.values import Exercise, SetKind
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
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
)
from tui.domain.session.live import Item, Key
from tui.ui.commands import TODAY, bindings
from tui.ui.pane import Host
from tui.ui.panes.gym_pane import GymPane
from tui.ui.panes.today_lines import short_of, unread
from tui.ui.why import Asked

# One load step in kilograms where nothing is known of what is owned: the smallest pair of plates,
# in the unit the runner thinks in.
LOAD_STEP_KG = {"kg": 2.5, "lb": to_kg(5, "lb")}
REASONS = {"p": "pain", "t": "time", "e": "equipment", "o": "other"}
RATINGS = {"rir": ("reps left, 0 to 5", 10), "pain": ("pain, 0 none to 10", 10)}


class TodayPane(GymPane):
    """The session, the clock that leads it and what comes next, under the keys of Today."""

    BINDINGS = bindings(TODAY)

    def __init__(self, book: Logbook, host: Host) -> None:
        super().__init__(book, host, id="today")

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
        self.picked = keys[max(0, min(len(keys) - 1, place + by))]
        self.show_clock()
        self.rows.redraw(self.rows.cursor)

    def action_edit(self) -> None:
        """Correct a set, or log it otherwise than planned, in the one-line notation."""
        if (item := self.with_item()) and (key := self.key(item)):
            self._type(item, key, f"set {key.number}:", self._shown(item, key))

    def action_fail(self) -> None:
        """The set went less far than planned: say how far."""
        if (item := self.with_item()) and (key := self.key(item)):
            self._type(
                item,
                key,
                "got how far?",
                short_of(self.live, item, key, self.book.profile.unit, self.book.now()),
            )

    def _type(self, item: Item, key: Key, label: str, value: str) -> None:
        def answer(typed: str) -> None:
            self.do(Write(key, parse(typed, item.kind, single=True)), follow=True)

        self.ask(label, value, answer)

    def _shown(self, item: Item, key: Key) -> str:
        rows = self.live.rows.get(key)
        if rows and rows[0].undone is None:
            return show(map(written, rows), self.book.profile.unit)
        return planned([item.planned(key)], self.book.profile.unit)

    def action_adjust(self, load: int, steps: int) -> None:
        """One step more or less for the sets still open: of load, to the next that is owned."""
        if item := self.with_item():
            by = load * LOAD_STEP_KG[self.book.profile.unit]
            self.do(Adjust(item.id, by, steps, self._loads(item)))

    def _loads(self, item: Item) -> Loads | None:
        """The loads to step through; None where nothing is said of them, or in another unit."""
        exercise = self.exercise(item)
        loads = None if exercise is None else self.book.profile.setup.inventory.loads(exercise)
        if loads is not None and loads.owned is None and self.book.profile.unit != "kg":
            return None
        return loads

    def action_rate(self, name: Literal["rir", "pain"]) -> None:
        """How the set that was just logged felt."""
        key = self.logged_key()
        if key is None:
            self.say("log the set first (enter), then say how it was", "warn")
            return
        label, most = RATINGS[name]
        told = {getattr(row, name) for row in self.live.rows[key]}
        # Where the sides differ an answer would make them alike: none is offered.
        old = told.pop() if len(told) == 1 else None

        def answer(typed: str) -> None:
            if not typed.isdecimal() or int(typed) > most:
                raise Refused(f"a whole number, please: {label}")
            self.do(Mark(key, name, int(typed)))
            if name == "pain" and int(typed) >= PAIN_STOP:
                self.say(PAIN_WORDS, "warn")

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
            self.do(Skip((key,), _reason(typed)), follow=True)

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
            word: self.book.profile.library.exercises[other]
            for word, other in (("easier", exercise.easier), ("harder", exercise.harder))
            if other is not None
        }
        if not found:
            self.say(f"no easier or harder variant of {exercise.name} in the library")
            return
        found = {word: other for word, other in found.items() if self._may(other)}
        if not found:
            self.say(PAIN_WORDS, "warn")
            return

        def answer(typed: str) -> None:
            other = next((e for word, e in found.items() if word.startswith(typed.lower())), None)
            if other is None:
                raise Refused(f"say {' or '.join(found)}")
            self.do(Swap(item.id, self.book.planner.item(other, self.book.now().date())))

        offers = " / ".join(f"{word}: {other.name}" for word, other in found.items())
        self.ask(f"{offers}?", next(iter(found)), answer)

    def action_swap(self) -> None:
        """Another exercise of the same category, the nearest first, for what is still open."""
        item = self.with_item()
        exercise = self.exercise(item) if item else None
        if item is None or exercise is None:
            return
        able = self.book.profile.setup_on(self.book.now().date()).inventory.can_do
        others = [e for e in substitutes(self.book.profile.library, exercise, EQUIPMENT) if able(e)]
        if not others:
            self.say(f"no other {exercise.category} exercise with what is at hand")
            return
        others = [other for other in others if self._may(other)]
        if not others:
            self.say(PAIN_WORDS, "warn")
            return

        def answer(other: Exercise) -> None:
            self.do(Swap(item.id, self.book.planner.item(other, self.book.now().date())))

        self.host.choose(f"In place of {exercise.name}: {exercise.category}", others, answer)

    def action_add(self) -> None:
        """Choose an exercise in the library."""
        self.host.choose_exercise()

    def action_find(self) -> None:
        """Find an exercise in the library."""
        self.host.choose_exercise()

    def add(self, exercise: Exercise) -> None:
        """Put an exercise at the end of the session, and here the cursor on it."""
        self.do(Put(self.book.planner.item(exercise, self.book.now().date())))
        self.host.action_pane("today")
        self.rows.show(self._values(), len(self.live.items) - 1)
        if not self._may(exercise):
            self.say(PAIN_WORDS, "warn")

    def _may(self, exercise: Exercise) -> bool:
        """True unless pain has the exercise rest today."""
        return self.book.planner.sore(exercise, self.book.now().date()) is None

    def action_add_set(self) -> None:
        """One more set like the last."""
        if item := self.with_item():
            self.do(AddSet(item.id))

    def action_warm_up(self) -> None:
        """Lighter sets before the work."""
        if item := self.with_item():
            one = LOAD_STEP_KG[self.book.profile.unit]
            loads, exercise = self._loads(item), self.exercise(item)
            light = (lambda kg: kg // one * one) if loads is None else loads.down
            bar = None if exercise is None else self.book.profile.setup.inventory.bar_of(exercise)
            heavy = exercise is not None and exercise.loading == "heavy"
            self.do(AddWarmups(item.id, light, heavy, None if bar is None else bar.kg))

    def action_superset(self) -> None:
        """Join with the exercise below, or part."""
        if item := self.with_item():
            self.do(Superset(item.id))

    def action_move(self, by: int) -> None:
        """Move the exercise up or down."""
        if item := self.with_item():
            self.do(Move(item.id, by))

    def action_undo(self) -> None:
        """Take the last step back; of a session just finished, the finish."""
        if self.book.recorder.live is not None:
            self.do(Undo())
            return
        with self.guarded():
            self.book.recorder.reopen()
            self.say("the session is open again", "good")

    def action_empty(self) -> None:
        """Begin a session with no plan."""
        if self.book.recorder.live is not None:
            self.say("a session is under way: F finishes it")
            return
        with self.guarded():
            self.book.recorder.start(None)

    def action_snack(self) -> None:
        """Begin a snack: a few minutes after a run."""
        if self.book.recorder.live is not None:
            self.say("a session is under way: F finishes it")
            return
        with self.guarded():
            self.book.recorder.start(self.book.read_all().planner.snack(self.book.now().date()))

    def clock(self, op: str) -> None:
        """The clock keys, from any pane."""
        if op != "space" and self.book.recorder.live is None:
            self.say("the clock is not running: space starts it")
            return
        if item := self.with_item():
            self.do(Clock(op, item.id), follow=op == "space")

    def action_how(self) -> None:
        """How to do the exercise."""
        item = self.item
        exercise = self.exercise(item) if item else None
        if self.resting is not None:
            exercise = self.book.profile.library.exercises.get(self.resting.exercise)
        if exercise is not None:
            self.host.open_exercise(exercise)

    def action_trend(self) -> None:
        """How the exercise goes: last time, the trend, left and right."""
        if self.item is not None:
            self.host.open_trend(self.item.exercise)
        elif self.resting is not None:
            self.host.open_trend(self.resting.exercise)
        elif not self.book.planner.is_fully_loaded:
            self.say(unread(self.book))
        else:
            self.say("no exercise is here to look at; in the Library (1) T shows any")

    def action_why(self) -> None:
        """Where the numbers of this exercise come from, or why it rests."""
        item = self.item
        exercise = self.exercise(item) if item else None
        programme = self.book.profile.library.programmes.get(self.live.programme or "")
        if item is not None and exercise is not None:
            named = programme.name if programme is not None else ""
            said = self.advice(item)
            self.host.open_why(Asked(exercise=exercise, said=said, item=item, programme=named))
        elif self.resting is not None:
            exercise = self.book.profile.library.exercises[self.resting.exercise]
            self.host.open_why(Asked(exercise=exercise, said=self.resting))
        elif self.plan is not None and self.plan.resting:
            self.host.open_resting(self.plan.resting)

    def action_finish(self) -> None:
        """End the session and show what it added up to."""
        if self.book.recorder.live is None:
            self.say("no session is under way: enter begins the one shown")
            return
        left = sum(key.kind is SetKind.WORK for key in self.live.unfinished())
        if not left or not self.live.rows:
            self.host.finish("time")
            return

        many = "1 set is" if left == 1 else f"{left} sets are"
        self.ask(
            f"{many} open: time, pain, equipment, other?",
            "time",
            lambda typed: self.host.finish(_reason(typed)),
        )


def _reason(typed: str) -> str:
    """The reason that is meant; its first letter is enough. Raises Refused."""
    reason = REASONS.get(typed[:1].lower())
    if reason is None:
        raise Refused("say time, pain, equipment or other")
    return reason
