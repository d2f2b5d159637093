"""The session that the Today pane shows: the one under way, else a draft of the planned one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.app.day_state import DayKind, DayState, done_on
from tui.app.logbook import Logbook
from tui.app.session_summary import Summary, looked_back
from tui.domain.calculator import Advice
from tui.domain.calculator.advice import Reason, Taper
from tui.domain.calculator.morning_pain import morning_questions
from tui.domain.calculator.reasons import sentence
from tui.domain.calculator.state import PainReport
from tui.domain.model.notation import Form, planned
from tui.domain.model.readiness import Ready, of_day
from tui.domain.model.values import Entry, Exercise, Prescription, Programme, Session, SetKind
from tui.domain.planning.calendar_queries import race_rest, runs_on
from tui.domain.planning.easier_weeks import MOBILITY
from tui.domain.planning.today import Plan
from tui.domain.session.actions import Command, Flag, Log, Mark, Put, Write
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.steps import step

if TYPE_CHECKING:
    from tui.app.exercise_card import Card

NEXT_DAY = timedelta(days=1)


class TodaySession:
    """The session of the day. ``live`` is the session shown. Until the first step it is a draft of
    ``plan``; ``plan`` is None once the session is under way, and until enough of the log is
    read. ``day`` says what kind of day it is, as long as there is a plan."""

    def __init__(self, book: Logbook) -> None:
        self.book = book
        self.live = Live(id="", started=book.now())
        self.plan: Plan | None = None
        self.day: DayState | None = None
        self._after: tuple[int, str, Summary] | None = None
        self.hurt: Mapping[str, PainReport] = {}
        self.ready: Ready | None = None

    @property
    def under_way(self) -> bool:
        """Whether the first step has begun it."""
        return self.book.recorder.live is not None

    @property
    def known(self) -> bool:
        """Whether it is under way, or enough of the log has been read to plan it."""
        return self.under_way or self.plan is not None

    def refresh(self) -> None:
        """Update from the current state of the logbook."""
        self.plan = self.day = None
        self.live = self.book.recorder.live or self._draft()

    def _draft(self) -> Live:
        now = self.book.now()
        plan = self.book.planner.planned(now.date())
        if plan is None:
            self.hurt, self.ready = {}, None
            return Live(id="", started=now)
        self.day = self._day_state(plan, now.date())
        self.plan = plan = self.day.plan
        state = self.book.planner.state(now.date())
        self.hurt, self.ready = (
            morning_questions(self.book.profile.setup, state, now.date()),
            of_day(state.ready, now.date()),
        )
        return Live(
            id="",
            started=now,
            programme=plan.programme.id,
            part=plan.part.id,
            items=plan.items,
        )

    def _day_state(self, plan: Plan, today: date) -> DayState:
        """What kind of day it is. In the days before a race the routine of mobility takes the place
        of a plan in which everything rests."""
        book, profile = self.book, self.book.profile
        race = race_rest(profile.setup.calendar, today, c_week=profile.setup.profile.c_race_week)
        mobility = profile.library.routines.get(MOBILITY)
        if race is not None and not plan.items and mobility is not None:
            made = book.planner.routine(mobility, today).plan
            # Nothing that works the legs (project).
            items = tuple(item for item in made.items if not self._leg_load(item))
            plan = replace(made, items=items, due=plan.due, marks=plan.marks, resting=plan.resting)
        done = done_on(book.reader.sessions(), today)
        after = self._summed_up(done[-1]) if done and book.reader.complete else None
        state = book.planner.state(today)
        return DayState(
            today=today,
            plan=plan,
            library=profile.library,
            unit=profile.unit,
            hours=profile.hours,
            done=done,
            runs=runs_on(profile.diary, today),
            race=race,
            best=() if after is None else tuple(after.best),
            after=None if after is None else after.after,
            lightens=profile.setup.profile.taper is Taper.LIGHTEN,
            tomorrow=tuple(morning_questions(profile.setup, state, today + NEXT_DAY)),
        )

    def _leg_load(self, item: Item) -> int:
        exercise = self.book.profile.library.exercises.get(item.exercise)
        return 0 if exercise is None else exercise.leg_load

    def _summed_up(self, session: Session) -> Summary:
        """The summary of the last session, made once for each change of the log: its bests need
        the whole of it."""
        key = (self.book.reader.changes, session.id)
        if self._after is None or self._after[:2] != key:
            self._after = (*key, looked_back(self.book, session))
        return self._after[2]

    # -- what is in it -------------------------------------------------------------------------

    def values(self) -> list[Item | Advice | Entry]:
        """The exercises, then the advice of those that rest today (left out if all do); on a day
        that is done, what was done."""
        day = self.day
        if day is None:
            return list(self.live.items)
        if day.kind is DayKind.DONE:
            return [entry for session in day.done for entry in session.live()]
        if day.kind is DayKind.RACE or not day.plan.items:
            return list(self.live.items)
        return [*self.live.items, *day.plan.resting]

    def exercise(self, item: Item) -> Exercise | None:
        """The exercise of an item; None if it is no longer in the library."""
        return self.book.profile.library.exercises.get(item.exercise)

    def name(self, item: Item) -> str:
        """The name of an item's exercise."""
        exercise = self.exercise(item)
        return exercise.name if exercise else item.exercise

    def advice(self, item: Item) -> Advice | None:
        """The calculator's advice for an item; None for one with warm-up sets alone, or no longer
        in the library."""
        if all(one.kind is SetKind.WARMUP for one in item.plan.sets):
            return None
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

    def work_of(self, exercise: Exercise) -> Item | None:
        """Where the session has the work sets of an exercise, or None."""
        work = (one for one in self.live.items if one.exercise == exercise.id)
        return next((one for one in work if not one.is_warm_up), None)

    def advice_without(self, exercise: Exercise) -> Advice | None:
        """The advice for an exercise that is not in the session: that it rests today, or what would
        come next; None until enough of the log is read."""
        resting = () if self.plan is None else self.plan.resting
        said = next((one for one in resting if one.exercise == exercise.id), None)
        if said is None and self.book.planner.is_known():
            said = self.book.planner.advise(exercise, self.book.now().date())
        return said

    def coming(self, exercise: Exercise) -> tuple[str, Prescription] | None:
        """The sets of an exercise that come next, in the session or without it, behind the id of
        the exercise to do for it: its own, or what stands in for it. None until that is known."""
        if (item := self.work_of(exercise)) is not None:
            return exercise.id, item.now
        said = self.advice_without(exercise)
        return None if said is None else (said.variant, said.plan)

    def card(self, exercise: Exercise, item: Item | None = None) -> Card:
        """The card of an exercise: as it stands in the session, in ``item`` or else where its work
        sets are; or as it comes next without it."""
        from tui.app.exercise_card import card_of  # Not needed at every start.

        live = self.live
        item = item or self.work_of(exercise)
        if item is None:
            return card_of(self.book, exercise, self.advice_without(exercise))
        day = live.started.date()
        race = self.day is not None and self.day.kind is DayKind.RACE
        if self.plan is not None and self.plan.due is not None and not race:
            day = self.plan.due.day
        programme = self.book.profile.library.programmes.get(live.programme or "")
        named = programme.name if programme and _holds(programme, exercise) else ""
        said = self.advice(item)
        return card_of(self.book, exercise, said, item=item, day=day, programme=named)

    def key(self, item: Item, picked: Key | None) -> Key | None:
        """The set that keys act on: the one ``picked``, else one that waits to be confirmed, else
        the next open one, else the last."""
        keys = item.keys()
        if picked in keys:
            return picked
        waiting = [key for key in self.live.pending if key.item == item.id]
        return next(iter([*waiting, *self.live.open_keys(item), *reversed(keys)]), None)

    def logged_key(self, picked: Key | None) -> Key | None:
        """The set to annotate: ``picked`` if it is logged, else the one logged last."""
        return self._last_of(list(self.live.rows), picked)

    def done_key(self, picked: Key | None) -> Key | None:
        """The set to rate: ``picked`` if it was done, else the one done last."""
        rows = self.live.rows
        return self._last_of([key for key in rows if rows[key][0].undone is None], picked)

    def _last_of(self, keys: Sequence[Key], picked: Key | None) -> Key | None:
        if picked in keys:
            return picked
        return max(keys, key=lambda key: self.live.rows[key][0].at, default=None)

    # -- steps ---------------------------------------------------------------------------------

    def begin(self, command: Command) -> bool:
        """Begin the session shown; False if the plan has changed meanwhile. On a day without a
        session, an exercise that is added begins one of its own. Raises Refused if ``command``
        cannot be its first step."""
        if isinstance(command, Put) and self.day is not None and self.day.kind is not DayKind.TRAIN:
            self.book.recorder.start(None)
            return True
        plan = self.plan_now()
        shown = (self.live.programme, self.live.part, self.live.items)
        if shown != (plan.programme.id, plan.part.id, plan.items):
            return False
        step(self.live, command, self.book.now(), self.book.recorder.new_id)
        self.book.recorder.start(plan)
        return True

    def plan_now(self) -> Plan:
        """The session to do today, from the whole log as it is now."""
        today = self.book.now().date()
        return self._day_state(self.book.read_all().planner.next_plan(today), today).plan

    def do(self, command: Command) -> str:
        """Take a step in the session under way. The result says so if the step made the remaining
        sets of the exercise lighter or heavier, else it is empty."""
        before, self.live = self.live, self.book.recorder.do(command)
        match command:
            case (
                Log(item_id)
                | Write(Key(item=item_id))
                | Mark(Key(item=item_id))
                | Flag(Key(item=item_id))
            ):
                return self.changed_words(before, item_id)
            case _:
                return ""

    def changed_words(self, earlier: Live, item_id: str) -> str:
        """What has become of the sets of an exercise still to come, lighter or heavier, since
        ``earlier``; empty if nothing has."""
        old, item = earlier.item(item_id), self.live.item(item_id)
        coming, unit = self.live.open_keys(item), self.book.profile.unit
        if not coming or old.plan == item.plan:
            return ""
        new, before = item.planned(coming[0]), old.planned(coming[0])
        load, was = (one.goals[0].measures.load_kg for one in (new, before))
        if load is None or load == was:
            dose = planned([new], unit, Form.LONG, way=item.way)
            return f"That set was harder than planned: {dose} for the next."
        code = "SEARCH_SET" if load > (was or 0.0) else "IN_SESSION"
        return sentence(Reason(code, {"load": load}), self.book.profile.library, unit)


def _holds(programme: Programme, exercise: Exercise) -> bool:
    """Whether an exercise is in a programme, not only in a routine put to one of its sessions."""
    slots = (slot for part in programme.parts for slot in part.slots)
    return any(exercise.id in slot.exercises for slot in slots)
