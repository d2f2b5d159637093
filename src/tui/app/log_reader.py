"""Reading the log a year at a time, newest first, and what is known of it so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Self

from tui.domain.model.sums import counted
from tui.domain.model.values import Entry, Record, Session
from tui.store.errors import StoreError
from tui.store.repository import Repository, each_once


class Reading:
    """The log as far as it has been read. ``gaps`` is True when a year could not be read: the
    notices say which and why."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.gaps = False
        self._notices: list[str] = []
        self._read: dict[int, list[Session]] = {}
        self._unread: list[int] | None = None
        # Finished, but whoever wrote it died before it was filed, and this one only looks.
        self._unfiled: list[Session] = []
        self._sorted: list[Session] | None = None
        self._last: dict[str, tuple[date, Entry]] | None = None

    def notice(self, words: str) -> None:
        """Add to the notices, once."""
        if words not in self._notices:
            self._notices.append(words)

    @property
    def years_read(self) -> int:
        """How many years have been read."""
        return len(self._read)

    @property
    def complete(self) -> bool:
        """True when every year has been read, so that sums and bests are those of the whole log."""
        return self._unread is not None and not self._unread and not self.gaps

    def read_year(self) -> int | None:
        """Read the newest year that was not read yet; its number, or None when all are read."""
        if self._unread is None:
            self._unread = self._years()
        if not self._unread:
            return None
        year = self._unread.pop(0)
        self._log_changed()
        try:
            self._read[year] = self.repository.sessions(year)
        except StoreError as refused:
            self._read[year] = []
            self.gaps = True
            self.notice(str(refused))
        return year

    def read_all(self) -> Self:
        """Read every year."""
        while self.read_year() is not None:
            pass
        return self

    def read_back_to(self, exercises: Collection[str]) -> None:
        """Read years until a session of each of these exercises is known, or all are read."""
        while any(self.last_entry(name) is None for name in exercises):
            if self.read_year() is None:
                return

    def sessions(self) -> Sequence[Session]:
        """The sessions read so far that are not deleted, oldest first; the same list until the log
        changes."""
        if self._sorted is None:
            every = each_once(s for read in (*self._read.values(), self._unfiled) for s in read)
            self._sorted = sorted((s for s in every if not s.deleted), key=lambda s: s.started)
        return self._sorted

    def session(self, session_id: str) -> Session | None:
        """One session by id, of the years read so far, deleted ones among them."""
        copies = [s for year in self._read.values() for s in year if s.id == session_id]
        return next(iter(each_once(copies)), None)

    def records(self, since: date = date.min) -> list[Record]:
        """Every record of the log that is not deleted, by date, those of the years from that of
        ``since`` on, whatever was read of it so far; a year that cannot be read is told of and left
        out."""
        found: list[Record] = []
        for year in reversed([year for year in self._years() if year >= since.year]):
            try:
                found += self.repository.records(year)
            except StoreError as refused:
                self.notice(str(refused))
        every = each_once(found)
        return sorted((r for r in every if not r.deleted), key=lambda r: (r.day, r.id))

    def _years(self) -> list[int]:
        """The years that have a file, newest first; none, and a notice, where the disk refuses."""
        try:
            return list(self.repository.years())
        except StoreError as refused:
            self.gaps = True
            self.notice(str(refused))
            return []

    def last_entry(self, exercise: str) -> tuple[date, Entry] | None:
        """The day and entry of an exercise's last session, as far as the log has been read."""
        if self._last is None:
            self._last = {
                entry.exercise: (session.day, entry)
                for session in self.sessions()
                for entry in session.live()
                if counted(entry)
            }
        return self._last.get(exercise)

    def _log_changed(self) -> None:
        self._sorted = self._last = None

    def forget(self) -> None:
        """Drop what was read, so that it is read anew."""
        self._log_changed()
        self._read.clear()
        self._unread = None
        self.gaps = False

    def reread(self, session: Session) -> None:
        """Bring what was read in step with a session that was just written."""
        self._log_changed()
        for sessions in self._read.values():
            sessions[:] = [s for s in sessions if s.id != session.id]
        self._read.setdefault(session.day.year, []).append(session)
