"""Stores settings, races and runs in ``profile.json``, and what is one machine's in ``local.json``.

Both files hold documents that can be joined with those of another copy: a value of a setting on a
day, a run, a race. Each has the stamp of its last edit, and what is removed stays as a tombstone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.domain.model.codec import Doc
from tui.domain.model.stamps import stamp_after
from tui.domain.model.text import clean
from tui.domain.model.versions import canonical, stamp_of
from tui.domain.planning.dated_values import Held, history, with_history, with_value
from tui.domain.planning.profile_joining import SETTINGS, given_way, in_order, join_profiles
from tui.store.atomic import backup_of
from tui.store.damage import set_aside_copies
from tui.store.errors import NotSynced
from tui.store.paths import Paths
from tui.store.tables import Tables

if TYPE_CHECKING:
    from tui.store.database import Database

MOST_BYTES = 16_000_000
# The settings of this machine alone: its keyboard, its bell, its terminal, when it syncs.
LOCAL = (
    "bells",
    "clock",
    "cues",
    "cursor",
    "enter_guard",
    "keys",
    "mouse",
    "notify_by",
    "sync",
    "theme",
    "week_starts",
)


# A table, and what it held at some ids; None where there was nothing.
Kept = tuple[str, dict[str, Doc | None]]


class Joined(NamedTuple):
    """How many settings and items of the calendar came from another copy, and the documents that
    gave way to them, by table and id."""

    came: int
    gave_way: Tables


class ProfileStore:
    """The files of ``paths``. If a file is not there, reading it costs nothing.

    ``notices`` collects what the runner should know about a damaged file, one line each. Each
    change is stamped ``now`` or, if what it changes has a later stamp, just after that one.
    """

    def __init__(self, paths: Paths, *, writable: bool) -> None:
        self.notices: list[str] = []
        self._paths = paths
        self._writable = writable
        # What to go back to: before each change by keep, and from each change that was undone.
        self._kept: list[Kept] = []
        self._unkept: list[Kept] = []

    @property
    def damaged(self) -> bool:
        """Whether a damaged profile.json waits to be dealt with. Known once it has been read."""
        return "_profile" in self.__dict__ and self._profile.damaged

    def look_at_damage(self) -> None:
        """Forget the notices about a damaged profile.json: when it is read next, it is looked at
        anew."""
        self.__dict__.pop("_profile", None)
        path = clean(str(self._paths.profile))
        self.notices[:] = [line for line in self.notices if not line.startswith(path)]

    # -- settings ------------------------------------------------------------------------------

    def get(self, key: str, default: Any = None) -> Any:
        """The current value at ``key``, or ``default``. Raises StoreError."""
        held = self.history(key)
        return held[-1][1] if held else default

    def history(self, key: str) -> list[Held]:
        """The values at ``key`` with the day each applied from, oldest first, the current one last;
        empty if there is none. Raises StoreError."""
        return history(self._setting(key))

    def histories(self) -> dict[str, list[Held]]:
        """What advice may depend on, by key: :meth:`history` of every setting that has a value and
        is not this machine's alone, and each list of the calendar as one value without a day.
        Raises StoreError."""
        if not _there(self._paths.profile):
            return {}
        found = {
            key: held
            for key, doc in self._profile.by_id(SETTINGS).items()
            if key not in LOCAL and (held := history(doc))
        }
        for name in self._profile.tables() - {SETTINGS}:
            if live := list(self.documents(name).values()):
                found[name] = [(date.min, live)]
        return found

    def local_histories(self) -> dict[str, list[Held]]:
        """:meth:`history` of the settings that are this machine's alone. Raises StoreError."""
        return {key: held for key in LOCAL if (held := self.history(key))}

    def file_of(self, key: str) -> str:
        """The name of the file that :meth:`get` takes ``key`` from. Raises StoreError."""
        return self._paths.local.name if self._is_local(key) else self._paths.profile.name

    def set(self, key: str, value: Any, since: date, now: datetime) -> None:
        """Store the JSON ``value``, which applies from ``since``; it is on disk when this returns.

        Earlier values stay with their days; values for that day or a later one are replaced. Raises
        StoreError.
        """
        self._put(key, with_value(self._setting(key), value, since, now.isoformat()))

    def put_back(self, key: str, held: Sequence[Held], now: datetime) -> None:
        """Give ``key`` exactly the values ``held``, with their days. Raises StoreError."""
        there = self._setting(key)
        if there or held:
            self._put(key, with_history(there, held, now.isoformat()))

    def remove(self, key: str, now: datetime) -> None:
        """Remove the value at ``key`` and its history, if there is one. Raises StoreError."""
        self.put_back(key, (), now)

    def _setting(self, key: str) -> Doc:
        """The setting as stored; empty if there is none."""
        if self._is_local(key):
            return self._local.by_id(SETTINGS).get(key, {})
        if not _there(self._paths.profile):
            return {}
        return self._profile.by_id(SETTINGS).get(key, {})

    def _is_local(self, key: str) -> bool:
        """Whether a setting lies in local.json. Before its first change on this machine, a version
        that kept it in profile.json may have left it there."""
        if key not in LOCAL or not _there(self._paths.local):
            return False
        return key in self._local.by_id(SETTINGS)

    def _put(self, key: str, setting: Doc) -> None:
        database = self._local if key in LOCAL else self._profile
        database.put({SETTINGS: {key: setting}})

    # -- tables of documents -------------------------------------------------------------------

    def documents(self, table: str) -> dict[str, Doc]:
        """The documents of a table by id, without removed ones; do not change them. Raises
        StoreError."""
        if not _there(self._paths.profile):
            return {}
        found = self._profile.by_id(table)
        return {name: doc for name, doc in found.items() if doc.get("deleted") is not True}

    def keep(self, table: str, changes: Mapping[str, Doc | None], now: datetime) -> None:
        """Store documents of a table by id, or remove those that are None; it is on disk when this
        returns. :meth:`unkeep` undoes it. Raises StoreError."""
        there = self._profile.by_id(table)
        before = {name: there.get(name) for name in changes}
        self._unkept.clear()
        self._kept.append((table, before))
        with unless_written(self._kept.pop):
            self._edit(table, changes, now)

    def unkeep(self, now: datetime) -> str | None:
        """Undo the last :meth:`keep`; call it again to undo the one before. Returns the table, or
        None if there is nothing to undo. Raises StoreError."""
        return self._turn_back(self._kept, self._unkept, now)

    def rekeep(self, now: datetime) -> str | None:
        """Do the last :meth:`keep` again that was undone and not followed by another. Returns the
        table, or None if there is nothing to do again. Raises StoreError."""
        return self._turn_back(self._unkept, self._kept, now)

    def _turn_back(self, turned: list[Kept], other: list[Kept], now: datetime) -> str | None:
        """Store what a table held before the last change in ``turned``; how to turn that back is
        noted in the ``other`` list."""
        if not turned:
            return None
        table, before = turned.pop()
        there = self._profile.by_id(table)
        other.append((table, {name: there.get(name) for name in before}))

        def as_before() -> None:
            other.pop()
            turned.append((table, before))

        with unless_written(as_before):
            self._edit(table, before, now)
        return table

    def _edit(self, table: str, changes: Mapping[str, Doc | None], now: datetime) -> None:
        """Store documents under a stamp later than those they replace. What a document held before
        it was removed stays in its tombstone."""
        there = self._profile.by_id(table)
        edits = dict[str, Doc]()
        for name, doc in changes.items():
            old = there.get(name)
            new = doc if doc is not None else old and {**old, "deleted": True}
            if new is not None and (old is None or _content(new) != _content(old)):
                edits[name] = new
        known = (stamp_of(there[name]) for name in changes if name in there)
        stamp = stamp_after(now.isoformat(), known)
        if edits:
            self._profile.put({table: {k: _document(k, stamp, doc) for k, doc in edits.items()}})

    # -- another copy --------------------------------------------------------------------------

    def stored(self) -> dict[str, dict[str, Any]]:
        """Everything in profile.json by table and id, with what was removed; do not change it.
        Raises StoreError."""
        if not _there(self._paths.profile):
            return {}
        return {name: dict(self._profile.by_id(name)) for name in sorted(self._profile.tables())}

    def take(self, tables: Mapping[str, Mapping[str, Doc]]) -> None:
        """Store documents as they are, with their stamps, in one write: what a join made of ours
        and another copy. Raises StoreError."""
        self._profile.put(tables)

    def settle(self) -> None:
        """Have profile.json as this version writes it, mended if it was damaged. Raises
        StoreError."""
        self._profile.put({SETTINGS: {}})

    def join(self, theirs: Tables, *, dry_run: bool = False) -> Joined:
        """Join the tables of another copy of profile.json into it, or with ``dry_run`` only say
        what would come of it: of two versions of a document the later one counts. Two machines
        that join the same copies write the same bytes. Raises StoreError."""
        mine = self.stored()
        joined = join_profiles(mine, theirs)
        # Also the same documents in another order of their fields are another file.
        if not dry_run and json.dumps(joined) != json.dumps(mine):
            self._profile.put(joined)
        came = sum(
            canonical(doc) != canonical(mine.get(name, {}).get(key))
            for name, table in joined.items()
            for key, doc in table.items()
        )
        return Joined(came, given_way(mine, joined))

    # -- files ---------------------------------------------------------------------------------

    @cached_property
    def _profile(self) -> Database:
        return self._opened(self._paths.profile)

    @cached_property
    def _local(self) -> Database:
        return self._opened(self._paths.local)

    def _opened(self, path: Path) -> Database:
        from tui.store.database import Database  # Loads tinydb only when it is needed.

        return Database(path, writable=self._writable, notices=self.notices, most=MOST_BYTES)


@contextmanager
def unless_written(back: Callable[[], object]) -> Iterator[None]:
    """If the block fails call ``back``, but not after NotSynced: then the file is written."""
    try:
        yield
    except NotSynced:
        raise
    except BaseException:
        back()
        raise


def _there(path: Path) -> bool:
    try:
        return path.exists() or backup_of(path).exists() or bool(set_aside_copies(path))
    except OSError:
        # The disk does not say; reading it will.
        return True


def _document(name: str, stamp: str, doc: Doc) -> Doc:
    made: Doc = in_order({**doc, "id": name, "edited": stamp})
    return made


def _content(doc: Doc) -> str:
    return canonical({key: value for key, value in doc.items() if key not in ("id", "edited")})
