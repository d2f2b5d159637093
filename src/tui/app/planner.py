"""Says what to do next: runs the calculator on the runner's profile and log."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.app.log_reader import LogReader
from tui.app.profile import Profile
from tui.domain.calculator import Advice, Setup, State, prescribe
from tui.domain.calculator.adherence import easier_week
from tui.domain.calculator.advice_builder import unsure
from tui.domain.calculator.guards import guards
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.library.parser import dose_for
from tui.domain.model.phases import DELOAD
from tui.domain.model.regions import loaded
from tui.domain.model.values import ROUTINE, Dose, Exercise, Routine, Session, SetKind
from tui.domain.planning.easier_weeks import stand_in
from tui.domain.planning.horizon import Ahead, weeks_ahead
from tui.domain.planning.placement import Placed
from tui.domain.planning.today import (
    Plan,
    advised_item,
    item,
    plan,
    slot_work,
    upcoming,
    with_reasons,
)
from tui.domain.session.live import Item, Live
from tui.store.errors import StoreError
from tui.store.repository import Repository

if TYPE_CHECKING:
    from tui.domain.planning.routines import DayRoutine
    from tui.store.yearly import YearFolds


class Planner:
    """The calculator applied to a log and a profile; ``notice`` gets a line for each year that
    cannot be read."""

    def __init__(self, reader: LogReader, profile: Profile, notice: Callable[[str], None]) -> None:
        self._reader = reader
        self._profile = profile
        self._notice = notice
        self._state: tuple[date, int, Setup, State] | None = None
        self._folds: tuple[Repository, Setup, YearFolds] | None = None

    def state(self, day: date) -> State:
        """The calculator's state after the whole log up to and including a day, however much of the
        log has been read for display."""
        changes, setup = self._reader.changes, self._profile.setup
        known = self._state
        if known is None or known[:2] != (day, changes) or known[2] is not setup:
            state = self._yearly.state(day, self._reader.unfiled)
            known = self._state = (day, changes, setup, state)
        return known[3]

    def last_times(self, exercises: Collection[str], day: date) -> dict[str, Session]:
        """The last session of each of these exercises, as far as there is one, with its entry of it
        alone: from the whole log, as :meth:`state` knows it."""
        self.state(day)
        return self._yearly.last_times(exercises)

    @property
    def _yearly(self) -> YearFolds:
        from tui.store.yearly import YearFolds  # Not needed by what only reads or writes the log.

        repository, setup = self._reader.repository, self._profile.setup
        known = self._folds
        if known is None or known[0] is not repository or known[1] is not setup:
            known = (repository, setup, YearFolds(repository, setup, self._notice))
            self._folds = known
        return known[2]

    @property
    def is_fully_loaded(self) -> bool:
        """True once everything readable in the log has been read, and its state is known."""
        return self.is_known() and (self._reader.complete or self._reader.gaps)

    def is_known(self) -> bool:
        """True if the state of the log is available without reading another year; False before
        anything was read."""
        reader = self._reader
        try:
            begun = reader.begun or not reader.repository.years()
        except StoreError:
            begun = False  # Reading the first year reports the reason.
        return begun and self._yearly.at_hand(reader.years_read, reader.unfiled)

    def planned(self, today: date) -> Plan | None:
        """:meth:`next_plan` if the log :meth:`is_known`, else None."""
        return self.next_plan(today) if self.is_known() else None

    def next_plan(self, today: date) -> Plan:
        """The next session of the runner's programme, from the whole log: years not read yet are
        read, unless their state is cached."""
        profile = self._profile
        due = self.due(today)
        made = plan(profile.setup_on(today), self.state(today), profile.programme, today, due)
        return self._as_far_as_known(made, today)

    def has_gap(self, today: date) -> bool:
        """Whether part of this year's log or the last one's, on which advice rests, cannot be read
        or is missing for good."""
        self.state(today)
        folds, recent = self._yearly, (today.year, today.year - 1)
        if folds.hidden or not folds.unreadable.isdisjoint(recent):
            return True
        return any(self._reader.repository.incomplete(year) for year in recent)

    def _as_far_as_known(self, made: Plan, today: date) -> Plan:
        if not self.has_gap(today):
            return made
        return replace(made, advice={key: unsure(said) for key, said in made.advice.items()})

    def due(self, today: date) -> Placed | None:
        """The next session in the plan for this week or the next, or None."""
        weeks = self.ahead(today, 2)
        return next((one for week in weeks for one in week.plan.placed), None)

    def snack(self, today: date) -> Plan:
        """A few minutes of strength after a run, with the equipment at hand."""
        from tui.domain.planning.micro_session import snack  # Not needed at every start.

        setup, state = self._profile.setup_on(today), self.state(today)
        return self._as_far_as_known(snack(setup, state, self._profile.diary, today), today)

    def routine(self, one: Routine, today: date) -> DayRoutine:
        """A routine as it would be done on a day, with the equipment at hand."""
        from tui.domain.planning.routines import on_day  # Not needed at every start.

        profile = self._profile
        found = on_day(profile.setup_on(today), self.state(today), profile.diary, one, today)
        return replace(found, plan=self._as_far_as_known(found.plan, today))

    def stand_in(self, today: date) -> Routine | None:
        """The routine that may stand in for a session on a day, or None."""
        return stand_in(self._profile.setup, today)

    def ahead(self, today: date, count: int) -> list[Ahead]:
        """The plans for the week of ``today`` and the following ones, ``count`` in all."""
        profile, state = self._profile, self.state(today)
        return weeks_ahead(profile.setup, state, profile.diary, profile.programme, today, count)

    def advise(self, exercise: Exercise, today: date, dose: Dose | None = None) -> Advice:
        """What to do next for an exercise: with ``dose`` or, if it belongs to the next session,
        with the programme's dose there."""
        said = self._advised(exercise, today, dose)
        return unsure(said) if self.has_gap(today) else said

    def _advised(self, exercise: Exercise, today: date, dose: Dose | None) -> Advice:
        profile = self._profile
        state, setup = self.state(today), profile.setup_on(today)
        if dose is not None:
            return prescribe(setup, state, exercise, today, dose, deload=self._easier(today))
        _, phase, part = upcoming(setup, state, profile.programme, today, self.due(today))
        easier = phase.name == DELOAD
        work = slot_work(setup, state, profile.programme, part.id, exercise, today, deload=easier)
        if work is None:
            return prescribe(setup, state, exercise, today)
        said = prescribe(setup, state, exercise, today, work.dose, deload=easier)
        return with_reasons(said, work)

    def rests_for_pain(self, exercise: Exercise, today: date, live: Live | None = None) -> bool:
        """True if pain reported so far, or for a set of the ``live`` session, makes an exercise
        rest on a day."""
        if guards(self._profile.setup, self.state(today), exercise, today).sore is not None:
            return True
        if live is None:
            return False
        known = self._profile.library.exercises
        hurt = {
            known[name].region
            for key, rows in live.rows.items()
            if any((row.pain or 0) >= PAIN_STOP for row in rows)
            and (name := live.item(key.item).exercise) in known
        }
        return not hurt.isdisjoint(loaded(exercise))

    def _easier(self, today: date) -> bool:
        """True in a week that the programme makes easier."""
        profile = self._profile
        return easier_week(profile.setup, self.state(today), profile.programme.id, today)

    def item(self, exercise: Exercise, today: date) -> Item:
        """An exercise as it would be added to a session on a day; with the library's dose if the
        calculator would let it rest."""
        said = self.advise(exercise, today)
        if said.plan.sets and said.variant == exercise.id:
            return advised_item(exercise, said)
        return item(exercise, self._profile.level(today))

    def live_dose(self, live: Live, exercise: Exercise, day: date) -> Dose | None:
        """The dose that the live session's programme or routine gives an exercise, else its own
        with as many sets as were planned; None for just its own."""
        setup, library = self._profile.setup_on(day), self._profile.library
        programme = library.programmes.get(live.programme or "")
        if programme is not None:
            work = slot_work(setup, self.state(day), programme, live.part, exercise, day)
            if work is not None:
                return work.dose
        items = [one for one in live.items if one.exercise == exercise.id]
        planned = [one for item in items[:1] for one in item.plan.sets if one.kind is SetKind.WORK]
        if not planned:
            return None
        routine = library.routines.get(live.part or "") if live.programme == ROUTINE else None
        slots = () if routine is None else routine.slots
        slot = next((one for one in slots if exercise.id in one.exercises), None)
        return replace(dose_for(exercise, setup.profile.level(day), slot), sets=len(planned))
