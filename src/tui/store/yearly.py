"""Folds the log into the calculator's state year by year, and reuses years that have not changed.

The state at the end of a year follows from the year before and from the year's own file, so it is
found by a key made of both (:mod:`tui.store.fold_cache`). After a change only the years from the
changed one on are folded again, in this process and in the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from tui.domain.calculator import Setup, State, advance, fold, in_order
from tui.domain.model.codec import Doc, session_from_doc, session_to_doc
from tui.domain.model.last_times import last_times
from tui.domain.model.values import Record, Session
from tui.store.errors import StoreError
from tui.store.fold_cache import End, FoldCache, first_key, next_key, settled
from tui.store.hash_index import HashIndex
from tui.store.repository import Repository, each_once, records_once

# How many of the last years are kept on disk. The newest changes with every session, the one
# before it hardly ever.
KEPT_YEARS = 2

Happening = Session | Record


class YearFolds:
    """States of the log in ``repository`` under ``setup``; ``tell`` gets a line for each year that
    cannot be read.

    ``unfiled`` are sessions that are done but not yet in a file. With any of them, with a duplicate
    id, or with a document in the wrong year, the log cannot be folded year by year, and is folded
    in one go.

    ``unreadable`` are the years that the last state lacks because they could not be read, and
    ``hidden`` says that it lacks all of them.
    """

    def __init__(self, repository: Repository, setup: Setup, tell: Callable[[str], None]) -> None:
        self._repository = repository
        self._setup = setup
        self._tell = tell
        self._cache = FoldCache(repository.paths)
        self._index = HashIndex(repository.paths)
        self._first = first_key(setup, self._index.program())
        self._ends: dict[bytes, End] = {}
        self.unreadable: set[int] = set()
        self.hidden = False
        self._last: Mapping[str, Doc] = {}

    def at_hand(self, read: Collection[int], unfiled: Sequence[Session]) -> bool:
        """Whether :meth:`state` would read no years other than those in ``read``."""
        years = self._years()
        keys = None if unfiled else self._keys(years)
        if keys is None:
            return set(years) <= set(read)
        for year, key in zip(reversed(years), reversed(keys), strict=True):
            if self._knows(key):
                return True
            if year not in read:
                return False
        return True

    def state(self, day: date, unfiled: Sequence[Session]) -> State:
        """The state after the whole log up to and including ``day``."""
        years = self._years()
        self.unreadable = set()
        try:
            found = None if unfiled else self._by_years(years, day)
        except StoreError:
            found = None  # Folding in one go reports the error.
        return self._in_one_go(years, day, unfiled) if found is None else found

    def last_times(self, exercises: Iterable[str]) -> dict[str, Session]:
        """The last session of each of these exercises in the whole log, as it was for the last
        :meth:`state` (:func:`tui.domain.model.last_times.last_times`)."""
        there = {name: self._last[name] for name in exercises if name in self._last}
        return {name: session_from_doc(doc) for name, doc in there.items()}

    def _by_years(self, years: Sequence[int], day: date) -> State | None:
        """The state on a day, from those at the ends of years; None if not possible."""
        keys = self._keys(years)
        if keys is None:
            return None
        # Go to the last year whatever the day, to be sure that no id occurs twice.
        last = self._end(years, keys, len(years))
        if last is None:
            return None
        state, self._last = last.state, last.last
        if last.until is not None and last.until > day:
            place = bisect_left(years, day.year)
            before = self._end(years, keys, place)
            if before is None:
                return None
            this = self._happenings(day.year) if day.year in years else []
            state = _after(self._setup, before.state, (h for h in this if h.day <= day))
        if self._keys(years) != keys:
            # Another process wrote while we read, so what we read may not be what we hashed.
            self._ends.clear()
            return None
        self._keep(keys)
        self._index.keep(years)
        return state

    def _end(self, years: Sequence[int], keys: Sequence[bytes], count: int) -> End | None:
        """The end of the first ``count`` years, folded on from the newest known end."""
        known = count
        while known and not self._knows(keys[known - 1]):
            known -= 1
        end = self._ends[keys[known - 1]] if known else End()
        for year, key in zip(years[known:count], keys[known:count], strict=True):
            made = self._year_after(end, year)
            if made is None:
                return None
            end = self._ends[key] = made
        return end

    def _year_after(self, before: End, year: int) -> End | None:
        """The end of a year from the end of the year before; None if it cannot be built on it."""
        happened = self._happenings(year)
        ids = frozenset(one.id for one in happened)
        twice = len(ids) < len(happened) or not before.ids.isdisjoint(ids)
        if twice or any(one.day.year != year for one in happened):
            return None
        sessions = [one for one in happened if isinstance(one, Session)]
        known = [session_from_doc(doc) for doc in before.last.values()]
        return End(
            state=settled(_after(self._setup, before.state, happened)),
            until=max((one.day for one in happened), default=before.until),
            ids=before.ids | ids,
            last=_docs(last_times([*known, *sessions])),
        )

    def _keep(self, keys: Sequence[bytes]) -> None:
        self._ends = {key: self._ends[key] for key in keys if key in self._ends}
        # A notice about a file comes up when it is read, so such a log must be read each time.
        if not self._repository.notices:
            self._cache.keep({k: self._ends[k] for k in keys[-KEPT_YEARS:] if k in self._ends})

    def _knows(self, key: bytes) -> bool:
        if key not in self._ends and (kept := self._cache.load(key)) is not None:
            self._ends[key] = kept
        return key in self._ends

    def _keys(self, years: Sequence[int]) -> list[bytes] | None:
        """The keys of the years; None if a file cannot be hashed."""
        keys: list[bytes] = []
        for year in years:
            digest = self._index.digest(year)
            if digest is None:
                return None
            keys.append(next_key(keys[-1] if keys else self._first, digest))
        return keys

    def _years(self) -> list[int]:
        """The years of the log, oldest first."""
        try:
            years = self._repository.years()[::-1]
        except StoreError as refused:
            self.hidden = True
            self._tell(str(refused))
            return []
        self.hidden = False
        return years

    def _happenings(self, year: int) -> list[Happening]:
        return [*self._repository.sessions(year), *self._repository.records(year)]

    def _in_one_go(self, years: Sequence[int], day: date, unfiled: Sequence[Session]) -> State:
        sessions: list[Session] = []
        records: list[Record] = []
        for year in reversed(years):
            try:
                sessions += self._repository.sessions(year)
                records += self._repository.records(year)
            except StoreError as refused:
                self.unreadable.add(year)
                self._tell(str(refused))
        sessions = each_once([*sessions, *unfiled])
        self._last = _docs(last_times(sessions))
        happened: list[Happening] = [*sessions, *records_once(records)]
        return fold(self._setup, (one for one in happened if one.day <= day))


def _docs(found: Mapping[str, Session]) -> dict[str, Doc]:
    return {name: session_to_doc(session) for name, session in found.items()}


def _after(setup: Setup, state: State, happened: Iterable[Happening]) -> State:
    """The state after all of these sessions and records."""
    for one in in_order(happened):
        state = advance(setup, state, one)
    return state
