"""Where the runner stands: settings and log, as the calculator takes them, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from tui.app.log_reader import Reading
from tui.domain.calculator import Advice, Setup, State, prescribe
from tui.domain.calculator.adherence import DEFAULT_PROGRAMME, easier_week
from tui.domain.calculator.advice import Reason
from tui.domain.calculator.guards import guards
from tui.domain.model.library.parser import Library
from tui.domain.model.phases import DELOAD
from tui.domain.model.text import clean, clip
from tui.domain.model.units import UNITS
from tui.domain.model.values import Dose, Exercise, Level, Programme
from tui.domain.planning.calendar_codec import calendar_of, diary_of
from tui.domain.planning.calendar_queries import away_on
from tui.domain.planning.diary import Diary
from tui.domain.planning.horizon import Ahead, weeks_ahead
from tui.domain.planning.placement import Placed
from tui.domain.planning.settings import inventory_of, profile_of
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
from tui.store.profile import Held, ProfileStore
from tui.store.repository import Repository

if TYPE_CHECKING:
    from tui.store.yearly import YearFolds

# How far back a run may lie and still count in an answer.
RUN_DAYS = 60
# As much of a setting that is none as a notice shows.
SHOWN = 40
Setting = TypeVar("Setting")


def none_such(key: str, value: str, meant: str) -> str:
    """The notice of a setting that names what there is not; ``meant`` says what it may be."""
    return f"profile.json: {key}: {clip(clean(value), SHOWN)} is none; {meant}"


class Standing(Reading):
    """The log as far as it has been read, the settings, and the calculator's answers from both."""

    def __init__(
        self,
        repository: Repository,
        profile: ProfileStore,
        library: Library,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(repository)
        self.now = now
        self.profile = profile
        self.library = library
        self._setup: Setup | None = None
        self._diary: Diary | None = None
        self._state: tuple[date, State] | None = None
        self._folds: YearFolds | None = None

    # -- settings ------------------------------------------------------------------------------

    def setting(self, key: str, default: Setting) -> Setting:
        """The value of a setting; ``default``, and a notice, where it cannot be read or is of
        another type."""
        try:
            value = self.profile.get(key, default)
        except StoreError as refused:
            self.notice(str(refused))
            return default
        if isinstance(value, type(default)):
            return value
        self.notice(f"profile.json: {key} is not what it should be; it is left as it is")
        return default

    @property
    def unit(self) -> str:
        """The unit in which the runner wants to see loads: kg or lb; kg where that is no unit."""
        wanted = self.setting("unit", "kg")
        return wanted if wanted in UNITS else "kg"

    def level(self, day: date) -> Level:
        """The runner's level on a day."""
        return self.setup.profile.level(day)

    @property
    def setup(self) -> Setup:
        """All that advice depends on beside the log."""
        if self._setup is None:
            stored = self._stored()
            self._setup = Setup(
                library=self.library,
                profile=profile_of(stored, self.notice),
                inventory=inventory_of(stored, self.notice),
                calendar=calendar_of(stored, self.notice),
            )
        return self._setup

    @property
    def diary(self) -> Diary:
        """Runs, days away and free times; of the runs those of the last weeks and all to come, as
        no answer takes earlier ones. It is no part of :attr:`setup`: what the log comes to does not
        depend on it."""
        if self._diary is None:
            since = self.now().date() - timedelta(days=RUN_DAYS)
            self._diary = diary_of(self._stored(), self.notice, since)
        return self._diary

    def _stored(self) -> dict[str, list[Held]]:
        try:
            return self.profile.histories()
        except StoreError as refused:
            self.notice(str(refused))
            return {}

    def settings_changed(self) -> None:
        """Take the settings anew."""
        self._setup = None
        self._diary = None
        self._state = None
        self._folds = None

    def forget(self) -> None:
        """Drop what was read, so that it is read anew."""
        super().forget()
        self._folds = None

    # -- what is next --------------------------------------------------------------------------

    def state(self, day: date) -> State:
        """What the calculator knows of the whole log up to and with a day, however much of it has
        been read to be shown."""
        if self._state is None or self._state[0] != day:
            self._state = (day, self._yearly.state(day, self._unfiled))
        return self._state[1]

    @property
    def _yearly(self) -> YearFolds:
        from tui.store.yearly import YearFolds  # Hashing is 5 ms that only advice has to take.

        if self._folds is None:
            self._folds = YearFolds(self.repository, self.setup, self.notice)
        return self._folds

    @property
    def all_told(self) -> bool:
        """True once all of the log that can be read has been, and what it comes to is known."""
        return self.known() and (self.complete or self.gaps)

    def planned(self, today: date) -> Plan | None:
        """:meth:`next_plan` where the log is :meth:`known`, else None."""
        return self.next_plan(today) if self.known() else None

    def known(self) -> bool:
        """True where what the log comes to takes no year that was not read yet and so no time;
        False before anything was read."""
        try:
            begun = self._unread is not None or not self.repository.years()
        except StoreError:
            begun = False  # The first year that is to be read says why.
        return begun and self._yearly.at_hand(self._read.keys(), self._unfiled)

    def next_plan(self, today: date) -> Plan:
        """The session that is next by the runner's programme, from the whole log: what was not read
        yet is read for it, unless it is remembered what it came to."""
        due = self.due(today)
        return plan(self.setup_on(today), self.state(today), self.programme, today, due)

    def due(self, today: date) -> Placed | None:
        """The next session of the week's plan, or of the next week's; None where there is none."""
        weeks = self.ahead(today, 2)
        return next((one for week in weeks for one in week.plan.placed), None)

    def snack(self, today: date) -> Plan:
        """A few minutes after a run, with what is at hand."""
        from tui.domain.planning.micro_session import snack  # Not for every start.

        return snack(self.setup_on(today), self.state(today), self.diary, today)

    def ahead(self, today: date, count: int) -> list[Ahead]:
        """The week of ``today`` and those after it, ``count`` in all, as they are planned."""
        state = self.state(today)
        return weeks_ahead(self.setup, state, self.diary, self.programme, today, count)

    def setup_on(self, day: date) -> Setup:
        """All that advice depends on beside the log, with the equipment of where the runner is on
        a day."""
        away = away_on(self.diary, day)
        if away is None:
            return self.setup
        inventory = replace(self.setup.inventory, equipment=away.equipment)
        return replace(self.setup, inventory=inventory)

    @property
    def programme(self) -> Programme:
        """The programme that the runner follows; the usual one, and a notice, where the library
        has none of that id."""
        wanted = self.setting("programme", DEFAULT_PROGRAMME)
        found = self.library.programmes.get(wanted)
        if found is None:
            self.notice(none_such("programme", wanted, "stridelift library list names all"))
            return self.library.programmes[DEFAULT_PROGRAMME]
        return found

    def advise(self, exercise: Exercise, today: date, dose: Dose | None = None) -> Advice:
        """What to do next of an exercise, with ``dose`` or, where it is of the session that is
        next, as the programme doses it there."""
        state, setup = self.state(today), self.setup_on(today)
        if dose is not None:
            return prescribe(setup, state, exercise, today, dose, deload=self._easier(today))
        _, phase, part = upcoming(setup, state, self.programme, today, self.due(today))
        easier = phase.name == DELOAD
        work = slot_work(setup, state, self.programme, part.id, exercise, today, deload=easier)
        if work is None:
            return prescribe(setup, state, exercise, today)
        said = prescribe(setup, state, exercise, today, work.dose, deload=easier)
        return with_reasons(said, work)

    def sore(self, exercise: Exercise, today: date) -> Reason | None:
        """Why an exercise rests for pain on a day; None where it does not."""
        return guards(self.setup, self.state(today), exercise, today).sore

    def _easier(self, today: date) -> bool:
        """True in a week that the programme plans to be easier."""
        return easier_week(self.setup, self.state(today), self.programme.id, today)

    def item(self, exercise: Exercise, today: date) -> Item:
        """An exercise as it would be added to a session on a day; with the library's dose where
        the calculator would rather have it rest."""
        said = self.advise(exercise, today)
        if said.plan.sets and said.variant == exercise.id:
            return advised_item(exercise, said)
        return item(exercise, self.level(today))

    def live_dose(self, live: Live, exercise: Exercise, day: date) -> Dose | None:
        """The dose that the programme of a session under way gives an exercise; None for its
        own."""
        programme = self.library.programmes.get(live.programme or "")
        if programme is None:
            return None
        work = slot_work(self.setup_on(day), self.state(day), programme, live.part, exercise, day)
        return None if work is None else work.dose

    def _log_changed(self) -> None:
        super()._log_changed()
        self._state = None
