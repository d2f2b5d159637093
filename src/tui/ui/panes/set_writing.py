"""Logs and corrects sets of the session: as planned, as typed, fallen short, with a first load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from tui.app.first_load import load_advice, load_refusal, wants_load, with_load
from tui.app.plausible import doubt_about
from tui.app.today_session import TodaySession
from tui.domain.calculator.plausibility import Doubt, not_owned
from tui.domain.model.amending import amend
from tui.domain.model.notation import Form, Written, show
from tui.domain.model.units import typed_load
from tui.domain.session.actions import Command, Log, Refused, Write
from tui.domain.session.fell_short import short_of
from tui.domain.session.live import Item, Key
from tui.domain.session.standing import as_planned, standing, with_said
from tui.present.outcome import seen_words
from tui.present.session_questions import short_question
from tui.present.step_words import set_name
from tui.ui.panes.pane import Pane
from tui.ui.panes.sure import ask_if_sure

# An enter that logs the first set of another exercise has to wait longer, by this factor.
OTHER_EXERCISE = 2
USUAL_GUARD_MS = 400
WITHOUT = "0 is without a weight."


class Do(Protocol):
    """Takes a step of the session."""

    def __call__(
        self,
        command: Command,
        *,
        follow: bool = False,
        then: Callable[[], None] | None = None,
    ) -> None: ...


class SetWriting:
    """Writes sets of ``session`` for ``pane``, by the steps of ``do``. ``written`` hears of each
    set that was typed."""

    def __init__(
        self,
        pane: Pane,
        session: TodaySession,
        do: Do,
        written: Callable[[Key, Sequence[Written]], None],
    ) -> None:
        self.pane = pane
        self.book = pane.book
        self.session = session
        self.do = do
        self.written = written
        # When a set was last logged by enter, and of which exercise.
        self._logged: tuple[float, str] | None = None
        # The set that was logged before its clock had run, with what the clock had seen of it.
        self._early: tuple[Key, tuple[Written, ...]] | None = None
        # The exercises whose load was asked for in this session, by session.
        self._asked: set[tuple[str, str]] = set()

    # -- as planned ----------------------------------------------------------------------------

    def log(self, item: Item) -> None:
        """Log the next set as shown, or confirm the one that waits. An enter too soon after the one
        before does nothing; a load that nobody knows is asked for; one changed to something odd is
        asked about."""
        live = self.session.live
        waits = any(key.item == item.id for key in live.pending)
        key = next(iter(live.open_keys(item)), None)
        if not waits and self._too_soon(item, key):
            return
        if key is not None and not waits:
            if self._wants_load(item, key):
                self._ask_load(item, key)
                return
            goals = item.planned(key).goals
            if goals != tuple(item.prescribed(key).values()):
                rows = as_planned(item, key)
                if odd := self._doubt(item, key, rows):
                    self._ask_if_sure(item, key, odd, rows, show(rows, self.book.profile.unit))
                    return
        self._log(item)

    def _log(self, item: Item) -> None:
        before, now = self.session.live, self.book.now()
        key = next(iter(before.open_keys(item)), None)
        self._early = None

        def logged() -> None:
            self._logged = (self.pane.host.key_time, item.id)
            clock, rows = before.clock, self.session.live.rows
            if clock is None or not clock.led or clock.key != key or key not in rows:
                return
            self._early = (key, short_of(before, item, key, now))
            if seen := seen_words(clock.timeline, clock.watch.elapsed(now.timestamp())):
                self.pane.say(
                    f"Logged as planned. The clock had seen {seen}; f says how far it went.",
                    "good",
                )

        self.do(Log(item.id), follow=True, then=logged)

    def _too_soon(self, item: Item, key: Key | None) -> bool:
        """Whether an enter came so soon after the one that logged a set that it was not meant, with
        a message."""
        if self._logged is None or key is None:
            return False
        wait = self.book.profile.setting("enter_guard", USUAL_GUARD_MS) / 1000
        at, last = self._logged
        other = item.id != last
        if self.pane.host.key_time - at >= wait * (OTHER_EXERCISE if other else 1):
            return False
        named = f"{self.session.name(item)} {set_name(key)}" if other else set_name(key)
        self.pane.say(f"That set is logged. Enter again for {named}.")
        return True

    # -- the first load ------------------------------------------------------------------------

    def _wants_load(self, item: Item, key: Key) -> bool:
        """Whether a set is done with a weight that nobody knows yet, and was not asked for."""
        asked = (self.session.live.id, item.exercise) in self._asked
        return not asked and wants_load(self.book, item, key)

    def _ask_load(self, item: Item, key: Key) -> None:
        """Ask which weight to take. It is that of the other open sets as well; enter alone logs
        without one, and it is not asked again in this session."""
        unit = self.book.profile.unit

        def answer(typed: str) -> None:
            load = typed_load(typed, unit)
            if load is None:
                raise Refused(load_refusal(unit))
            if not load:
                without()
                return
            rows = with_load(item, key, load)
            if odd := self._doubt(item, key, rows):
                self._ask_if_sure(item, key, odd, rows, show(rows, unit))
            else:
                self.write(item, key, rows)
                self._logged = (self.pane.host.key_time, item.id)

        def without() -> None:
            self._log(item)
            self._asked.add((self.session.live.id, item.exercise))

        self.pane.ask(
            f"Weight in {unit}?",
            answer,
            empty=without,
            why=f"{load_advice(item, key)}, + and - change it. {WITHOUT}",
        )

    # -- as typed ------------------------------------------------------------------------------

    def edit(self, item: Item, key: Key) -> None:
        """Correct a set, or log it differently than planned; what is not typed stays as shown."""
        stands = standing(self.session.live, item, key)
        self._type(
            item, key, f"{_title(key)}, {self._long(item, stands)}. What was different?", stands
        )

    def fail(self, item: Item, key: Key) -> None:
        """Log a set that fell short of the plan, or correct one: ask how far it got. Right after an
        enter that came before the clock had run, that is about the set it logged."""
        live = self.session.live
        stands = short_of(live, item, key, self.book.now())
        if self._early is not None and self._early[0] in live.rows:
            key, stands = self._early
            item = live.item(key.item)
        stands = tuple(with_said(live, key, row) for row in stands)
        label = short_question(item, key, stands, self.book.profile.unit)
        self._type(item, key, label, stands)

    def _type(
        self, item: Item, key: Key, label: str, stands: Sequence[Written], value: str = ""
    ) -> None:
        unit = self.book.profile.unit

        def answer(typed: str) -> None:
            rows = amend(stands, typed, item.kind, unit=unit, feet=item.feet)
            if odd := self._doubt(item, key, rows):
                self._ask_if_sure(item, key, odd, stands, typed)
            else:
                self.write(item, key, rows)

        self.pane.ask(
            label,
            answer,
            value=value,
            standing=show(stands, unit),
            empty=lambda: self.write(item, key, stands),
        )

    def _ask_if_sure(
        self, item: Item, key: Key, odd: Doubt, stands: Sequence[Written], typed: str
    ) -> None:
        ask_if_sure(
            self.pane,
            odd,
            lambda: self.write(item, key, odd.confirmed),
            lambda: self._type(item, key, f"{_title(key)}:", stands, typed),
        )

    def write(self, item: Item, key: Key, rows: Sequence[Written]) -> None:
        """Write a set as typed, and say what should be known about it."""
        exercise = self.session.exercise(item)
        inventory, unit = self.book.profile.setup.inventory, self.book.profile.unit
        if exercise is not None:
            for row in rows:
                if told := not_owned(row.measures.load_kg or 0.0, exercise, inventory, unit):
                    self.pane.say(told)
        self.do(Write(key, tuple(rows)), follow=True, then=lambda: self.written(key, rows))

    def _long(self, item: Item, rows: Sequence[Written]) -> str:
        return show(rows, self.book.profile.unit, Form.LONG, way=item.way)

    def _doubt(self, item: Item, key: Key, rows: Sequence[Written]) -> Doubt | None:
        """What is odd about a set of an exercise done so."""
        return doubt_about(self.book, self.session.live, item, key, rows)


def _title(key: Key) -> str:
    return set_name(key).capitalize()
