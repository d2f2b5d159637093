"""Sets line by line: logged as planned, as typed, fallen short, with a first load; how it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from tui.app.first_load import load_advice, load_refusal, wants_load, with_load
from tui.app.leaving_sore import leave_sore, stop_words
from tui.app.lines.talk import Talk, chosen_of
from tui.app.plausible import doubt_about
from tui.app.today_session import TodaySession
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.calculator.plausibility import Doubt, not_owned
from tui.domain.model.amending import amend
from tui.domain.model.notation import Written
from tui.domain.model.text import number_of
from tui.domain.model.units import typed_load
from tui.domain.model.values import SLOW, SetKind
from tui.domain.session.actions import Command, EndSlow, Flag, Log, Mark, Refused, Skip, Write
from tui.domain.session.fell_short import short_of
from tui.domain.session.live import Item, Key
from tui.domain.session.standing import as_planned, standing, with_said
from tui.present.outcome import seen_words
from tui.present.session_questions import (
    FLAG_KEYS,
    NOT_RATED,
    RATINGS,
    REASONS,
    SLOW_WORDS,
    YES_OR_NO,
    short_question,
    sure_question,
)
from tui.present.step_words import set_name

NONE_LOGGED = "No set is logged yet. Enter logs this one."


class Do(Protocol):
    """Takes a step of the session and says ``told`` of it."""

    def __call__(self, command: Command, told: str) -> None: ...


class LineSets:
    """Writes sets of ``session`` by the steps of ``do``. ``rested`` is called when sets were left
    out because it hurts too much."""

    def __init__(
        self, session: TodaySession, talk: Talk, do: Do, rested: Callable[[], None]
    ) -> None:
        self.session = session
        self.book = session.book
        self.talk = talk
        self.do = do
        self._rested = rested
        # The set that was logged before its clock had run, with what the clock had seen of it.
        self._early: tuple[Key, tuple[Written, ...]] | None = None
        # The exercises whose load was asked for.
        self._asked: set[str] = set()
        # The items of the session for which it was said how to rate a set.
        self._rated: set[str] = set()

    def log(self, item: Item) -> None:
        """Log the next set as planned, or confirm the one that waits. A load that nobody knows is
        asked for; one changed to something odd is asked about."""
        live = self.session.live
        waits = any(key.item == item.id for key in live.pending)
        key = next(iter(live.open_keys(item)), None)
        if key is not None and not waits:
            if item.exercise not in self._asked and wants_load(self.book, item, key):
                self._ask_load(item, key)
                return
            goals, rows = item.planned(key).goals, as_planned(item, key)
            odd = goals != tuple(item.prescribed(key).values()) and self._doubt(item, key, rows)
            if odd:
                self._ask_if_sure(item, key, odd)
                return
        self._log(item)

    def _log(self, item: Item) -> None:
        before, now = self.session.live, self.book.now()
        key = next(iter(before.open_keys(item)), None)
        self._early = None
        self.do(Log(item.id), "Logged")
        if key is not None:
            self._say_rate(key)
        clock, rows = before.clock, self.session.live.rows
        if clock is None or not clock.led or clock.key != key or key not in rows:
            return
        if seen := seen_words(clock.timeline, clock.watch.elapsed(now.timestamp())):
            self._early = (key, short_of(before, item, key, now))
            self.talk.say(f"The clock had seen {seen}; f says how far it went.")

    def _ask_load(self, item: Item, key: Key) -> None:
        """Ask which weight to take, once in a session. It is that of the other open sets as well;
        enter alone logs without one."""
        unit = self.book.profile.unit

        def answer(typed: str) -> None:
            load = typed_load(typed, unit)
            if load is None:
                raise Refused(load_refusal(unit))
            if load:
                self._write_if_sure(item, key, with_load(item, key, load))
            else:
                without()

        def without() -> None:
            self._log(item)
            self._asked.add(item.exercise)

        self.talk.say(load_advice(item, key))
        self.talk.ask(f"Weight in {unit}?", answer, empty=without)

    # -- as typed ------------------------------------------------------------------------------

    def different(self, item: Item, key: Key, typed: str) -> None:
        """Log or correct a set by what was different. Raises NotationError."""
        stands = standing(self.session.live, item, key)
        self._amend(item, key, stands, typed)

    def ask_different(self, item: Item, key: Key) -> None:
        """Ask what was different about a set; enter alone is as it stands."""
        stands = standing(self.session.live, item, key)
        self.talk.ask(
            f"{set_name(key).capitalize()}. What was different?",
            lambda typed: self._amend(item, key, stands, typed),
            empty=lambda: self._write(item, key, stands),
        )

    def short(self, item: Item, key: Key, typed: str) -> None:
        """Log a set that fell short of the plan, or correct one, as far as it got; asks that
        without ``typed``. Right after an enter that came before the clock had run, that is about
        the set it logged."""
        live = self.session.live
        stands = short_of(live, item, key, self.book.now())
        if self._early is not None and self._early[0] in live.rows:
            key, stands = self._early
            item = live.item(key.item)
        stands = tuple(with_said(live, key, row) for row in stands)
        if typed:
            self._amend(item, key, stands, typed)
            return
        self.talk.ask(
            short_question(item, key, stands, self.book.profile.unit),
            lambda typed: self._amend(item, key, stands, typed),
            empty=lambda: self._write(item, key, stands),
        )

    def _amend(self, item: Item, key: Key, stands: Sequence[Written], typed: str) -> None:
        unit = self.book.profile.unit
        self._write_if_sure(item, key, amend(stands, typed, item.kind, unit=unit, feet=item.feet))

    def _write_if_sure(self, item: Item, key: Key, rows: Sequence[Written]) -> None:
        if odd := self._doubt(item, key, rows):
            self._ask_if_sure(item, key, odd)
        else:
            self._write(item, key, rows)

    def _doubt(self, item: Item, key: Key, rows: Sequence[Written]) -> Doubt | None:
        return doubt_about(self.book, self.session.live, item, key, rows)

    def _ask_if_sure(self, item: Item, key: Key, odd: Doubt) -> None:
        def answer(chosen: str) -> None:
            if chosen == "y":
                self._write(item, key, odd.confirmed)
            else:
                self.talk.say("Not logged. Type it again.")

        self.talk.say(odd.words)
        question = sure_question(odd.confirmed, self.book.profile.unit)
        self.talk.ask_key(question, YES_OR_NO, answer, usual="n")

    def _write(self, item: Item, key: Key, rows: Sequence[Written]) -> None:
        exercise = self.session.exercise(item)
        inventory, unit = self.book.profile.setup.inventory, self.book.profile.unit
        self._early = None
        self.do(Write(key, tuple(rows)), "Logged")
        self._say_rate(key)
        if exercise is not None:
            loads = dict.fromkeys(row.measures.load_kg or 0.0 for row in rows)
            told = (not_owned(load, exercise, inventory, unit) for load in loads)
            self.talk.say(*filter(None, told))
        if any((row.pain or 0) >= PAIN_STOP for row in rows):
            self._rest_what_hurts()
        self._offer_end(key)

    def _offer_end(self, key: Key) -> None:
        """After two slow sets in a row, ask whether to leave the rest of the exercise out."""
        live = self.session.live
        left = live.slowed(live.item(key.item))
        if not left or not any(SLOW in row.flags for row in live.rows.get(key, ())):
            return

        def answer(chosen: str) -> None:
            if chosen == "y":
                self.do(EndSlow(key.item), "Left out")

        self.talk.say(SLOW_WORDS)
        question = f"Two slow sets in a row: leave out {number_of(len(left), 'set')}?"
        self.talk.ask_key(question, YES_OR_NO, answer, usual="n")

    # -- how it was ----------------------------------------------------------------------------

    def _say_rate(self, key: Key) -> None:
        """After the first set of an exercise that is counted in reps, say how to tell how many more
        it could have been."""
        live = self.session.live
        item, rows = live.item(key.item), live.rows.get(key, ())
        rated = key.kind is SetKind.WORK and item.kind not in NOT_RATED and bool(rows)
        if item.id in self._rated or not rated or key in live.pending:
            return
        if all(row.done.reps is not None and row.rir is None for row in rows):
            self._rated.add(item.id)
            self.talk.say(f"{RATINGS['rir'][0]} r 2 says 2.")

    def skip(self, key: Key, typed: str) -> None:
        """Leave a set out for the reason typed, or ask for it."""

        def answer(reason: str) -> None:
            self.do(Skip((key,), REASONS[reason]), "Skipped")

        if typed:
            answer(chosen_of(typed, REASONS))
        else:
            self.talk.ask_key(f"Skip {set_name(key)}. Why?", REASONS, answer, usual="t")

    def rate(self, name: Literal["rir", "pain"], typed: str) -> None:
        """Say how many reps were to spare in the last set, or how much it hurt; asks that without
        ``typed``. Raises Refused."""
        key = self.session.done_key(None)
        if key is None:
            raise Refused(NONE_LOGGED)
        question, most, _ = RATINGS[name]

        def answer(told: str) -> None:
            if not (told.isascii() and told.isdigit() and int(told) <= most):
                raise Refused(f"0 to {most}, please. {question}")
            self.do(Mark(key, name, int(told)), "Noted")
            if name == "pain" and int(told) >= PAIN_STOP:
                self._rest_what_hurts()

        if typed:
            answer(typed)
        else:
            self.talk.ask(question, answer, empty=lambda: None)

    def flag(self, typed: str) -> None:
        """Say by the key typed what went wrong with the last set, or take it back; asks for the
        key without it. Raises Refused."""
        key = self.session.done_key(None)
        if key is None:
            raise Refused(NONE_LOGGED)

        def answer(chosen: str) -> None:
            self.do(Flag(key, FLAG_KEYS[chosen]), "Noted")
            self._offer_end(key)

        if typed:
            answer(chosen_of(typed, FLAG_KEYS))
        else:
            self.talk.ask_key("What went wrong with the last set?", FLAG_KEYS, answer)

    def note(self, typed: str) -> None:
        """Write a note on the last set; asks for it without ``typed``. Raises Refused."""
        key = self.session.logged_key(None)
        if key is None:
            raise Refused("No set is logged yet. N notes the session.")

        def answer(words: str) -> None:
            self.do(Mark(key, "note", words), "Noted")

        if typed:
            answer(typed)
        else:
            self.talk.ask("Note on the last set:", answer, empty=lambda: None)

    def _rest_what_hurts(self) -> None:
        """Leave out what loads a region that hurts too much, and say where to go with it."""
        skipped = leave_sore(self.book)
        self.session.refresh()
        self.talk.say(stop_words(skipped))
        if skipped:
            self._rested()
