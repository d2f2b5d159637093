"""Reads the log one year at a time, newest first, and answers from the years read so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from tui.domain.model.sums import counted
from tui.domain.model.values import Entry, Record, Session
from tui.store.errors import StoreError
from tui.store.repository import Repository, each_once, records_once


class LogReader:
    """The log as far as it has been read. ``refused`` are the years that could not be read, and
    ``hidden`` says that the folder of years could not be; ``notice`` got a line about it.
    ``unfiled`` are sessions that are finished but not filed yet, because their writer died and this
    instance is read-only. ``changes`` counts the changes of what :meth:`sessions` returns."""

    def __init__(self, repository: Repository, notice: Callable[[str], None]) -> None:
        self.repository = repository
        self.refused: set[int] = set()
        self.hidden = False
        self.unfiled: list[Session] = []
        self.changes = 0
        self._notice = notice
        self._read: dict[int, list[Session]] = {}
        self._records: dict[int, list[Record]] = {}
        self._unread: list[int] | None = None
        self._sorted: list[Session] | None = None
        self._last: dict[str, tuple[date, Entry]] | None = None
        self._known: frozenset[str] | None = None

    @property
    def begun(self) -> bool:
        """True once reading has begun."""
        return self._unread is not None

    @property
    def years_read(self) -> Collection[int]:
        """The years that have been read."""
        return self._read.keys()

    @property
    def gaps(self) -> bool:
        """True if a year could not be read."""
        return self.hidden or bool(self.refused)

    @property
    def complete(self) -> bool:
        """True once every year has been read, so that sums and bests cover the whole log."""
        return self._unread is not None and not self._unread and not self.gaps

    def read_year(self) -> int | None:
        """Read the newest unread year and return its number; None if all are read."""
        if self._unread is None:
            self._unread = self._years()
        if not self._unread:
            return None
        year = self._unread.pop(0)
        self.changed()
        self._take_year(year)
        return year

    def _take_year(self, year: int) -> None:
        """Read a year; one that is refused stays as it was read before."""
        try:
            self._read[year] = self.repository.sessions(year)
            self._records[year] = self.repository.records(year)
            self.refused.discard(year)
        except StoreError as refused:
            self._read.setdefault(year, [])
            self.refused.add(year)
            self._notice(str(refused))

    def read_again(self, years: Collection[int]) -> bool:
        """Read years again whose files have changed, come or gone, if they were read before; True
        if what they say has changed."""
        if self._unread is None:
            # Nothing is shown of them yet, but a plan may rest on them.
            self.changed()
            return True
        before = self._said(years)
        there = self._years()
        for year in () if self.hidden else years:
            if year not in there:
                self._forget_year(year)
            elif year not in self._unread:
                self._take_year(year)
        if self._said(years) == before:
            return False
        self.changed()
        return True

    def _said(self, years: Iterable[int]) -> list[object]:
        """What was read of these years, to compare it by."""
        read = [{s.id: s for s in self._read.get(year, ())} for year in years]
        return [read, [self._records.get(year) for year in years], {*self.refused}, self.hidden]

    def _forget_year(self, year: int) -> None:
        self._read.pop(year, None)
        self._records.pop(year, None)
        self.refused.discard(year)
        if self._unread is not None and year in self._unread:
            self._unread.remove(year)

    def read_all(self) -> None:
        """Read every year."""
        while self.read_year() is not None:
            pass

    def sessions(self) -> Sequence[Session]:
        """The sessions read so far without deleted ones and those in which nothing is left, oldest
        first; the same list until the log changes."""
        if self._sorted is None:
            every = each_once(s for read in (*self._read.values(), self.unfiled) for s in read)
            self._sorted = sorted((s for s in every if not s.deleted), key=lambda s: s.started)
        return self._sorted

    def session(self, session_id: str) -> Session | None:
        """One session by id from the years read so far, even if deleted."""
        copies = [s for year in self._read.values() for s in year if s.id == session_id]
        return next(iter(each_once(copies)), None)

    def records(self, since: date = date.min) -> list[Record]:
        """The records by date, without deleted ones, from the year of ``since`` on, however much of
        the log has been read; a year that cannot be read is reported and left out."""
        found: list[Record] = []
        for year in reversed([year for year in self._years() if year >= since.year]):
            try:
                found += self.repository.records(year)
            except StoreError as refused:
                self._notice(str(refused))
        every = records_once(found)
        return sorted((r for r in every if not r.deleted), key=lambda r: (r.day, r.id))

    def everything(self) -> tuple[list[Session], list[Record]]:
        """All sessions and records of the log as they are stored, with all that is deleted and all
        that is finished but not filed yet. Raises StoreError if a year cannot be read, rather than
        return half a log."""
        years = self.repository.years()
        sessions = [s for year in years for s in self.repository.stored(year)] + self.unfiled
        records = [r for year in years for r in self.repository.records(year)]
        return each_once(sessions), records_once(records)

    def last_entry(self, exercise: str) -> tuple[date, Entry] | None:
        """The day and entry of an exercise's last session in the years read so far."""
        if self._last is None:
            self._last = {
                entry.exercise: (session.day, entry)
                for session in self.sessions()
                for entry in session.live()
                if counted(entry)
            }
        return self._last.get(exercise)

    def knows(self, exercise: str) -> bool:
        """Whether a set of an exercise, warm-ups too, is in the years read so far."""
        if self._known is None:
            entries = (entry for session in self.sessions() for entry in session.live())
            self._known = frozenset(entry.exercise for entry in entries)
        return exercise in self._known

    def _years(self) -> list[int]:
        """The years that have a file, newest first; none, and a notice, if the disk refuses."""
        try:
            years = list(self.repository.years())
        except StoreError as refused:
            self.hidden = True
            self._notice(str(refused))
            return []
        self.hidden = False
        return years

    def changed(self) -> None:
        """Note that the log has changed."""
        self.changes += 1
        self._sorted = self._last = self._known = None

    def reopen(self, repository: Repository) -> None:
        """Switch to another repository on the same files, and drop what was read."""
        self.repository = repository
        self.forget()

    def switch(self, repository: Repository) -> None:
        """Switch to another repository on the same files, which still say what was read."""
        self.repository = repository

    def forget(self) -> None:
        """Drop what was read, so that it is read again."""
        self.changed()
        self._read.clear()
        self._records.clear()
        self._unread = None
        self.refused.clear()
        self.hidden = False

    def take(self, session: Session) -> None:
        """Update what was read with a session that was just written."""
        self.changed()
        for sessions in self._read.values():
            sessions[:] = [s for s in sessions if s.id != session.id]
        self._read.setdefault(session.day.year, []).append(session)

    def take_record(self, record: Record) -> None:
        """Update what was read with a record that was just written."""
        self.changed()
        if self.begun:
            # The record may be the first document of its year, which then has no session to read.
            self._read.setdefault(record.day.year, [])
