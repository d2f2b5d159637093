"""The runner's settings, calendar and own library, read and changed through one class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from tui.app.write_access import WriteAccess
from tui.domain.calculator import Setup
from tui.domain.calculator.adherence import DEFAULT_PROGRAMME
from tui.domain.model.codec import Doc
from tui.domain.model.library.parser import Library
from tui.domain.model.text import clean, clip
from tui.domain.model.units import UNITS
from tui.domain.model.values import Level, Programme
from tui.domain.planning.calendar_codec import calendar_of, changed, diary_of
from tui.domain.planning.calendar_queries import away_on
from tui.domain.planning.dated_values import Held
from tui.domain.planning.diary import Diary
from tui.domain.planning.settings import CLOCKS, WEEK_STARTS, inventory_of, profile_of
from tui.store.errors import NotSynced, StoreError
from tui.store.own_library import OwnLibrary
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

if TYPE_CHECKING:
    from tui.domain.planning.calendar_changes import Change

# How many days back a run still counts in an answer.
RUN_DAYS = 60
# How much of an unknown value a notice shows, in characters.
SHOWN = 40
Setting = TypeVar("Setting")


def unknown_setting_notice(key: str, value: str, meant: str) -> str:
    """The notice for a setting that names something unknown; ``meant`` says what is allowed."""
    return f"profile.json: {key}: {clip(clean(value), SHOWN)} is none; {meant}"


class Profile:
    """Settings, calendar and library, as stored and in the form the calculator takes.

    ``library`` is the shipped library with the runner's own laid over it, ``shipped`` returns the
    shipped one, ``notice`` takes a line for the runner.
    """

    def __init__(
        self,
        paths: Paths,
        access: WriteAccess,
        library: Library,
        *,
        shipped: Callable[[], Library],
        now: Callable[[], datetime],
        notice: Callable[[str], None],
    ) -> None:
        self._paths = paths
        self._access = access
        self._now = now
        self._notice = notice
        self.store = ProfileStore(paths, writable=False)
        self.own_library = OwnLibrary(paths, shipped)
        self.library = library
        self._setup: Setup | None = None
        self._diary: Diary | None = None

    # -- reading -------------------------------------------------------------------------------

    def setting(self, key: str, default: Setting) -> Setting:
        """The value of a setting; ``default``, and a notice, if it cannot be read or has the wrong
        type."""
        try:
            value = self.store.get(key, default)
        except StoreError as refused:
            self._notice(str(refused))
            return default
        if isinstance(value, type(default)):
            return value
        file = self.store.file_of(key)
        self._notice(f"{file}: {key} is not what it should be; it is left as it is")
        return default

    @property
    def unit(self) -> str:
        """The unit for showing loads: kg or lb; kg if the setting is unknown."""
        wanted = self.setting("unit", "kg")
        return wanted if wanted in UNITS else "kg"

    @property
    def hours(self) -> int:
        """The hours of the clock that times of day are shown by, 24 or 12; 24 if the setting is
        unknown."""
        wanted = self.setting("clock", CLOCKS[0])
        return int(wanted if wanted in CLOCKS else CLOCKS[0])

    @property
    def sunday_first(self) -> bool:
        """Whether weeks are shown from Sunday; what is planned and counted goes by the calendar's
        weeks (ISO) all the same."""
        return self.setting("week_starts", WEEK_STARTS[0]) == "sun"

    def level(self, day: date) -> Level:
        """The runner's level on a day."""
        return self.setup.profile.level(day)

    @property
    def programme(self) -> Programme:
        """The programme that the runner follows; the default one, and a notice, if the library does
        not have it."""
        wanted = self.setting("programme", DEFAULT_PROGRAMME)
        found = self.library.programmes.get(wanted)
        if found is None:
            named = unknown_setting_notice("programme", wanted, "stridelift library list names all")
            self._notice(named)
            return self.library.programmes[DEFAULT_PROGRAMME]
        return found

    @property
    def setup(self) -> Setup:
        """Everything advice depends on besides the log; the same value until a setting changes."""
        if self._setup is None:
            stored = self._stored()
            self._setup = Setup(
                library=self.library,
                profile=profile_of(stored, self._notice),
                inventory=inventory_of(stored, self._notice),
                calendar=calendar_of(stored, self._notice),
            )
        return self._setup

    def setup_on(self, day: date) -> Setup:
        """:attr:`setup` with the equipment at hand on a day, at home or away."""
        away = away_on(self.diary, day)
        if away is None:
            return self.setup
        inventory = replace(self.setup.inventory, equipment=away.equipment)
        return replace(self.setup, inventory=inventory)

    @property
    def diary(self) -> Diary:
        """Runs, days away and free times; only runs of the last weeks and upcoming ones, as no
        answer needs earlier ones. It is not part of :attr:`setup`, because the state folded from
        the log does not depend on it."""
        if self._diary is None:
            since = self._now().date() - timedelta(days=RUN_DAYS)
            self._diary = diary_of(self._stored(), self._notice, since)
        return self._diary

    def _stored(self) -> dict[str, list[Held]]:
        try:
            return self.store.histories()
        except StoreError as refused:
            self._notice(str(refused))
            return {}

    def unknown_settings(self) -> Iterator[str]:
        """Yield a notice for each setting that names something unknown: which one, and what is
        allowed. An unknown programme goes to ``notice`` instead."""
        programme = self.programme
        if programme.id == self.setting("programme", DEFAULT_PROGRAMME):
            schedule = self.setting("schedule", "")
            # The schedule of an earlier programme is kept until that one is chosen again.
            every = {one.id for each in self.library.programmes.values() for one in each.schedules}
            if schedule and schedule not in every:
                own = ", ".join(one.id for one in programme.schedules)
                yield unknown_setting_notice("schedule", schedule, f"{programme.id} has {own}")
        unit = self.setting("unit", "kg")
        if unit not in UNITS:
            yield unknown_setting_notice("unit", unit, f"{', '.join(UNITS)} are")

    # -- changing ------------------------------------------------------------------------------

    def open_for_writing(self) -> None:
        """Start writing: this instance now has the right to."""
        self.store = ProfileStore(self._paths, writable=True)
        # What refuses it is reported where the library is loaded.
        with suppress(StoreError):
            if line := self.own_library.settle(self._paths.merged_dir):
                self._notice(line)

    def only_look(self) -> None:
        """Write no more: another instance may."""
        self.store = ProfileStore(self._paths, writable=False)

    def forget(self) -> None:
        """Drop cached settings, so that they are read again."""
        self._setup = None
        self._diary = None

    @contextmanager
    def _forgetting(self) -> Iterator[None]:
        """Drop cached settings after a write, also one that failed: what is in the file counts."""
        try:
            yield
        finally:
            self.forget()

    def reload(self) -> None:
        """Reload settings and library as another instance left them."""
        library, left_out = self.own_library.load()
        if library != self.library:
            self.library = library
        if left_out:
            self._notice(left_out)
        self.forget()

    def set(self, key: str, value: object) -> None:
        """Store a setting that applies from today on. Raises ReadOnly or StoreError."""
        self._access.check()
        now = self._now()
        with self._forgetting():
            self.store.set(key, value, now.date(), now)

    def unset(self, key: str) -> None:
        """Remove a setting and its earlier values. Raises ReadOnly or StoreError."""
        self.put_back(key, ())

    def put_back(self, key: str, held: Sequence[Held]) -> None:
        """Restore a setting: ``held`` is its history before :meth:`set` changed it."""
        self._access.check()
        with self._forgetting():
            self.store.put_back(key, held, self._now())

    def change_calendar(self, change: Change) -> None:
        """Store a change of the calendar; :meth:`unkeep` undoes it. Raises ReadOnly or StoreError;
        then nothing has changed."""
        documents = self.store.documents(change.listed.key)
        changes = changed(documents, change.listed, drop=change.drop, add=change.add)
        self.change_documents(change.listed.key, changes)

    def change_documents(self, table: str, changes: Mapping[str, Doc | None]) -> None:
        """Store documents of a table by id, or remove those that are None; :meth:`unkeep` undoes
        it. Raises ReadOnly or StoreError; then nothing has changed."""
        self._access.check()
        with self._forgetting():
            self.store.keep(table, changes, self._now())

    def unkeep(self) -> str | None:
        """Undo the last change of the calendar and return its key, or None if there is none."""
        self._access.check()
        with self._forgetting():
            return self.store.unkeep(self._now())

    def rekeep(self) -> str | None:
        """Do the last change of the calendar again that was undone, and return its key, or None if
        there is none."""
        self._access.check()
        with self._forgetting():
            return self.store.rekeep(self._now())

    def take(self, tables: Mapping[str, Mapping[str, Doc]]) -> None:
        """Store documents of profile.json as they are, with their stamps. Raises ReadOnly or
        StoreError."""
        self._access.check()
        with self._forgetting():
            self.store.take(tables)

    def put_library(self, own: Doc) -> None:
        """Write a whole library of the runner's own, and use it from now on. Raises ReadOnly or
        StoreError; then nothing has changed."""
        self._access.check()
        with self._forgetting():
            self.own_library.put(own)
            self.library, _ = self.own_library.load()

    def change_library(self, edit: Callable[[Mapping[str, Any]], Doc]) -> None:
        """Write a change of the runner's own library and use it from now on. Raises ReadOnly or
        StoreError; then nothing has changed."""
        self._access.check()
        with self._forgetting():
            try:
                self.library = self.own_library.change(edit, self._now())
            except NotSynced:
                self.library, _ = self.own_library.load()
                raise
