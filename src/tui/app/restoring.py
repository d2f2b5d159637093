"""Brings back what is in a backup: added to the log, or so that the old state counts again.

First a plan says what would change; carrying it out writes exactly that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.app.backup_reader import BackupContents
from tui.app.backups import backup_before
from tui.app.logbook import Logbook
from tui.app.taking_in import keep_lost
from tui.domain.model.joining import Documents, Lost
from tui.domain.model.library.own_entries import (
    TABLES,
    is_deleted,
    join_libraries,
    present,
    stamped,
)
from tui.domain.model.library.parser import overlay
from tui.domain.model.reinstating import reinstated, reinstated_record
from tui.domain.model.text import clean, number_of
from tui.domain.model.values import Record, Session
from tui.domain.model.versions import canonical, content_of
from tui.domain.model.visible import visible
from tui.domain.planning.dated_values import history
from tui.domain.planning.profile_joining import SETTINGS, join_profiles, reinstated_profile
from tui.store.archive import LIBRARY, PROFILE
from tui.store.atomic import backup_of, write
from tui.store.errors import StoreError
from tui.store.tables import Tables

# The set that a side belongs to: its entry, kind and number, and whether it was done.
Place = tuple[str, str, int, bool]
# What becomes of a session: it comes back, is not as it was in the backup, was deleted since and
# stays so, exists only now and stays, or is deleted.
BACK, DIFFERS, DELETED, HERE, GONE = "back", "differs", "deleted", "here", "gone"


class Changed(Struct, frozen=True, kw_only=True):
    """What becomes of a session. The numbers are sets: those that come back (``back``), that differ
    and become as in the backup (``old``) or stay as they are (``now``), that exist only now and
    stay (``here``) or are deleted (``gone``). ``head``: its date, programme or note differs, and
    which of the two counts, ``old`` or ``now``. ``emptied``: it was not deleted as a whole, but
    each of its sets was."""

    id: str
    day: date
    what: str
    back: int = 0
    old: int = 0
    now: int = 0
    here: int = 0
    gone: int = 0
    head: str = ""
    emptied: bool = False


class Named(Struct, frozen=True, kw_only=True):
    """Names of settings or of own exercises: which change, and which differ from the backup but
    stay as they are."""

    change: tuple[str, ...] = ()
    stay: tuple[str, ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """What restoring would do. ``records`` counts mornings, readiness and metrics as
    :class:`Changed` counts sets."""

    old: BackupContents
    replace: bool
    changed: tuple[Changed, ...]
    records: Mapping[str, int]
    settings: Named
    library: Named
    lacks: tuple[str, ...]
    files: dict[str, bytes]
    sessions: tuple[Session, ...]
    written: tuple[Record, ...]
    lost: tuple[Lost, ...]
    profile: Tables
    own: Mapping[str, Any] | None

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.files or self.sessions or self.written or self.profile or self.own)


# -- the plan ----------------------------------------------------------------------------------


def plan(book: Logbook, old: BackupContents, *, replacing: bool = False, only: str = "") -> Plan:
    """What restoring a backup would do: join it into the log or, ``replacing``, make its state
    count. With ``only``, that session alone, as it was. Raises StoreError."""
    if replacing and (odd := (*old.lacks, *_not_understood(old, ()))):
        raise StoreError(
            f"this backup cannot replace the log: {odd[0]}. Without --replace, what is in it is "
            "added."
        )
    now = book.now().isoformat()
    # Whoever has one in hand would write over what is restored of it.
    live = book.recorder.under_way
    known = Documents()
    known.take(*book.reader.everything())
    before = {one.id: one for one in known.sessions()}
    # Of a session that went on after the backup, the log knows what was taken back in it.
    new = {k: v for k, v in old.under_way.items() if replacing or only or k not in before}
    wanted = {
        id_: one
        for id_, one in {**old.sessions, **new}.items()
        if id_ not in live and (not only or id_ == only)
    }
    joined = Documents()
    joined.take(before.values(), known.records.values())
    joined.take(wanted.values(), () if only else old.records.values())
    after = {one.id: one for one in joined.sessions()}
    records = dict(joined.records)
    if replacing or only:
        for id_, one in after.items():
            if id_ in wanted or (replacing and id_ not in live):
                after[id_] = reinstated(wanted.get(id_), one, now)
    if replacing:
        for id_, record in records.items():
            records[id_] = reinstated_record(old.records.get(id_), record, now)
    files = {} if only else _missing_files(book, old)
    profile, settings = ({}, Named()) if only else _profile(book, old, now, replacing)
    own, library, why = (None, Named(), "") if only else _library(book, old, now, replacing)
    why = "" if LIBRARY in files else why
    changed = [
        _changed(before.get(id_), wanted.get(id_), one)
        for id_, one in after.items()
        if not only or id_ == only
    ]
    order = [one for one in changed if one is not None]
    return Plan(
        old=old,
        replace=replacing,
        changed=tuple(sorted(order, key=lambda one: (one.day, one.id), reverse=True)),
        records={} if only else _records(known.records, old.records, records),
        settings=settings,
        library=library,
        lacks=(*old.lacks, *_not_understood(old, files), *([why] if why else [])),
        files=files,
        sessions=tuple(one for id_, one in after.items() if one != before.get(id_)),
        written=tuple(one for id_, one in records.items() if one != known.records.get(id_)),
        lost=tuple(joined.lost),
        profile={} if PROFILE in files else profile,
        own=None if LIBRARY in files else own,
    )


def _missing_files(book: Logbook, old: BackupContents) -> dict[str, bytes]:
    """The files of the backup that are not there now: they come back as they were, with all that
    this version does not understand."""
    paths = {name: book.paths.root / name for name in old.whole}
    return {
        name: old.whole[name]
        for name, path in paths.items()
        if not path.exists() and not backup_of(path).exists()
    }


def _not_understood(old: BackupContents, files: Collection[str]) -> list[str]:
    """A line for each year in which there is something that cannot be joined."""
    return [
        f"{name}: {number_of(count, 'thing')} in the backup not understood, left out"
        for name, count in old.strange.items()
        if count and name not in files
    ]


def _changed(was: Session | None, old: Session | None, new: Session) -> Changed | None:
    """What becomes of a session; None if all three are the same."""
    here, then, after = _sets(was), _sets(old), _sets(new)
    told: dict[str, set[Place]] = {name: set() for name in ("back", "old", "now", "here", "gone")}
    for row in dict.fromkeys((*here, *then, *after)):
        place = (after.get(row) or here.get(row) or then[row])[0]
        if row in after and row not in here:
            told["back"].add(place)
        elif row in here and row not in after:
            told["gone"].add(place)
        elif row in here and row in then and here[row][1] != then[row][1]:
            told["old" if after[row][1] == then[row][1] else "now"].add(place)
        elif row in here and row not in then:
            told["here"].add(place)
    counts = {name: _done(places) for name, places in told.items()}
    alive = [one is not None and not visible(one).deleted for one in (was, old, new)]
    head = ""
    match alive:
        case [False, _, True]:
            what = BACK
        case [False, True, False]:
            what, counts = DELETED, counts | {"back": _done({place for place, _ in then.values()})}
        case [True, _, False]:
            what = GONE
        case [True, False, True]:
            what = HERE
        case [True, True, True]:
            assert was is not None and old is not None
            what = DIFFERS
            if _head(was) != _head(old):
                head = "old" if _head(new) == _head(old) else "now"
            if not head and not any(told.values()):
                return None
        case _:
            return None
    day = new.day if old is None or what != DELETED else old.day
    emptied = what == DELETED and not new.deleted
    return Changed(id=new.id, day=day, what=what, head=head, emptied=emptied, **counts)


def _done(places: Iterable[Place]) -> int:
    """How many sets these are; one that was left out is none."""
    return sum(done for _, _, _, done in places)


def _sets(session: Session | None) -> dict[str, tuple[Place, object]]:
    """The sides of sets that a session shows: each with the set it belongs to, and what it says."""
    if session is None or (shown := visible(session)).deleted:
        return {}
    return {
        row.id: (
            (entry.id, row.kind, row.number, row.undone is None),
            (entry.exercise, replace(row, edited="", replaces=(), number=0)),
        )
        for entry in shown.live()
        for row in entry.live()
    }


def _head(session: Session) -> object:
    return replace(visible(session), edited="", replaces=(), entries=())


def _records(
    here: Mapping[str, Record], then: Mapping[str, Record], after: Mapping[str, Record]
) -> dict[str, int]:
    counts = dict.fromkeys(("back", "old", "now", "here", "gone", "deleted"), 0)
    for id_, new in after.items():
        was, old, said = (_said(one) for one in (here.get(id_), then.get(id_), new))
        if was is None and said is not None:
            counts["back"] += 1
        elif was is not None and said is None:
            counts["gone"] += 1
        elif was is None and old is not None:
            counts["deleted"] += 1
        elif was is not None and old is None:
            counts["here"] += 1
        elif was != old:
            counts["old" if said == old else "now"] += 1
    return counts


def _said(record: Record | None) -> object:
    if record is None or record.deleted:
        return None
    return replace(record, edited="", replaces=())


def _profile(book: Logbook, old: BackupContents, now: str, replacing: bool) -> tuple[Tables, Named]:
    """The documents of profile.json to write, and what they are in words."""
    if old.profile is None and not replacing:
        return {}, Named()
    mine, theirs = book.profile.store.stored(), old.profile or {}
    same = join_profiles(mine, mine)
    after = join_profiles(mine, theirs)
    if replacing:
        after = reinstated_profile(after, theirs, now)
    changed = {
        table: {name: doc for name, doc in docs.items() if doc != same.get(table, {}).get(name)}
        for table, docs in after.items()
    }
    here, then, made = _shown_settings(mine), _shown_settings(theirs), _shown_settings(after)
    return {table: docs for table, docs in changed.items() if docs}, _named(here, then, made)


def _shown_settings(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What counts of a profile, by name."""
    shown = {
        name: canonical([(str(day), value) for day, value in held])
        for name, doc in tables.get(SETTINGS, {}).items()
        if (held := history(doc))
    }
    for table in tables.keys() - {SETTINGS}:
        for id_, doc in tables[table].items():
            if isinstance(doc, dict) and doc.get("deleted") is not True:
                content = {key: value for key, value in doc.items() if key not in ("id", "edited")}
                shown[_item(table, id_, doc)] = canonical(content)
    return shown


def _item(table: str, id_: str, doc: Mapping[str, Any]) -> str:
    """An item of the calendar in words: ``races 2027-05-09 Ridge Race``."""
    fields = ("day", "monday", "weekday", "first", "last", "time", "kind", "name")
    told = [str(doc[key]) for key in fields if doc.get(key)]
    return clean(" ".join([table.replace("_", " "), *(told or [id_])]))


def _named(here: Mapping[str, str], then: Mapping[str, str], after: Mapping[str, str]) -> Named:
    names = sorted(here.keys() | then.keys() | after.keys())
    change = [name for name in names if here.get(name) != after.get(name)]
    stay = [
        name
        for name in names
        if name in here and name not in change and here[name] != then.get(name)
    ]
    return Named(change=tuple(change), stay=tuple(stay))


def _library(
    book: Logbook, old: BackupContents, now: str, replacing: bool
) -> tuple[Mapping[str, Any] | None, Named, str]:
    """The own library to write, what changes in words, and why it cannot be written."""
    if old.library is None and not replacing:
        return None, Named(), ""
    own = book.profile.own_library
    mine, theirs = own.stored(), old.library or {}
    for copy, whose in ((mine, "yours"), (theirs, "the one in the backup")):
        if copy and overlay(own.shipped(), copy)[1]:
            return None, Named(), f"library.json is left as it is: {whose} has problems"
    after: Mapping[str, Any] = join_libraries(mine, theirs).library
    if replacing:
        after = stamped(after, {**_frame(mine), **present(theirs)}, now)
    here, then, made = _entries(mine), _entries(theirs), _entries(after)
    changes = canonical(join_libraries(mine, mine).library) != canonical(_sorted(after))
    return (after if changes else None), _named(here, then, made), ""


def _frame(own: Mapping[str, Any]) -> dict[str, Any]:
    """A library without entries."""
    return {key: value for key, value in own.items() if key not in TABLES}


def _sorted(own: Mapping[str, Any]) -> Mapping[str, Any]:
    return join_libraries(own, own).library


def _entries(own: Mapping[str, Any]) -> dict[str, str]:
    shown = {}
    for table in TABLES:
        held = own.get(table) or {}
        pairs: Iterable[tuple[str, Any]] = (
            held.items() if isinstance(held, dict) else ((one["id"], one) for one in held)
        )
        for name, entry in pairs:
            if not is_deleted(entry):
                shown[clean(name)] = content_of(entry)
    return shown


# -- carrying it out ---------------------------------------------------------------------------


def carry_out(book: Logbook, planned: Plan) -> Path | None:
    """Write what was planned; the same call again completes it if it was interrupted. Before the
    log is replaced, it is backed up: returns that backup. Raises ReadOnly or StoreError."""
    book.access.check()
    saved = backup_before(book) if planned.replace and planned else None
    for name, data in planned.files.items():
        write(book.paths.root / name, data)
    keep_lost(book.paths, planned.lost, book.notice)
    book.reader.repository.put_many(planned.sessions, planned.written)
    book.reader.forget()
    if planned.profile:
        book.profile.take(planned.profile)
    if planned.own is not None:
        book.profile.put_library(dict(planned.own))
    book.profile.reload()
    return saved
