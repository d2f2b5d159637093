"""What the runner keeps beside the log: settings, the calendar, a library of her own; and whether
this instance may write any of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tui.app.planner import Standing
from tui.domain.model.codec import Doc
from tui.domain.model.library.parser import Library
from tui.domain.model.validation import BadDocument
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import changed
from tui.store.lock import WriterLock
from tui.store.own_library import OwnLibrary
from tui.store.paths import Paths
from tui.store.profile import Held, ProfileStore
from tui.store.repository import Repository


class ReadOnly(Exception):
    """A change was asked of a logbook that another instance is writing; the message says who."""


class Keeping(Standing):
    """Settings, calendar and library as they are kept. ``shipped`` gives the library that the
    runner's own is laid over."""

    def __init__(
        self,
        paths: Paths,
        library: Library,
        now: Callable[[], datetime],
        shipped: Callable[[], Library],
    ) -> None:
        super().__init__(
            Repository(paths, writable=False), ProfileStore(paths, writable=False), library, now
        )
        self.paths = paths
        self.own_library = OwnLibrary(paths, shipped)
        self.lock = WriterLock(paths)
        self.writable = False
        self._closed = ""

    @property
    def only_looking(self) -> str:
        """Why nothing can be written: who writes, or what the disk says."""
        return f"only looking: {self._closed or f'{self.lock.holder()} writes this log'}"

    def _must_write(self) -> None:
        """Make sure that what is written now is kept: this instance is the writer, and the folder
        is still the one it opened. Raises ReadOnly or StoreError."""
        self.writable = self.writable and self.lock.hold()
        if not self.writable:
            raise ReadOnly(self.only_looking)

    def _look_at_kept(self) -> None:
        """Take settings and library as another instance left them."""
        self.library, left_out = self.own_library.load()
        if left_out:
            self.notice(left_out)
        self.settings_changed()

    def set(self, key: str, value: object) -> None:
        """Keep a setting from today on."""
        self._must_write()
        self.profile.set(key, value, since=self.now().date())
        self.settings_changed()

    def keep(self, key: str, value: object) -> None:
        """Keep a list of the calendar, which holds for no day; :meth:`unkeep` takes that back."""
        self._must_write()
        self.profile.keep(key, value)
        self.settings_changed()

    def change_calendar(self, change: Change) -> None:
        """Keep a change of the calendar. Raises BadDocument where profile.json holds something else
        than the list, ReadOnly or StoreError; nothing has changed then."""
        try:
            listed, stored = change.listed, self.profile.histories()
            items = changed(stored, listed, drop=change.drop, add=change.add)
        except BadDocument as bad:
            raise BadDocument(f"profile.json: {bad}; correct it there") from bad
        self.keep(change.listed.key, items)

    def unkeep(self) -> str | None:
        """Take the last change of the calendar back; its key, None where there is none left."""
        self._must_write()
        key = self.profile.unkeep()
        self.settings_changed()
        return key

    def put_back(self, key: str, held: Sequence[Held]) -> None:
        """Have a setting again as it was: ``held`` is its history before :meth:`set` changed it."""
        self._must_write()
        if held:
            since, value = held[-1]
            self.profile.set(key, value, since=since)
        else:
            self.profile.remove(key)
        self.settings_changed()

    def change_library(self, edit: Callable[[Mapping[str, Any]], Doc]) -> None:
        """Write a change of the runner's own library and use it from now on. Raises ReadOnly or
        StoreError, and then nothing has changed."""
        self._must_write()
        self.library = self.own_library.change(edit)
        self.settings_changed()
