"""The fields that every line of a set log may have, read and checked; and the rules by which lines
that leave something out get it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time
from math import inf
from typing import Any

from msgspec.structs import replace

from tui.domain.model.codec import SET_KEYS, Doc
from tui.domain.model.ids import derived
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.validation import BadDocument, instant, need, text
from tui.domain.model.validation import day as date_at
from tui.domain.model.values import Entry, Record, SetEntry, SetKind, Side
from tui.formats.json_lines import canonical

YEARS = (1900, 2999)
LONGEST_ID = 100
# What a deletion says of the set or exercise that it means, beside its id.
MEANT = ("exercise", "at")
DELETED = "deleted"

# What a set line that leaves it out says all the same.
USUAL: Doc = {"type": "set", "side": "both", "kind": "work"}
# What a set line says of its session, and what it says that a set of the log does not hold itself.
OF_SESSION = frozenset({"started", "finished", "programme", "part"})
OF_LINE = OF_SESSION | {"type", "session", "entry", "superset", "date", "time", "offset"}
OF_LINE |= {"exercise", "set"}
# What a set of the log calls its own and a line says otherwise.
RESERVED = SET_KEYS & {"number", "at", "deleted"}


def ident(doc: Mapping[str, Any], key: str) -> str:
    """The id at ``key``; raises BadDocument."""
    value = need(doc, key)
    if len(value) > LONGEST_ID or not value.isprintable():
        raise BadDocument(f"{key} must be at most {LONGEST_ID} characters that can be read")
    return value


def line_day(doc: Mapping[str, Any]) -> date:
    """The date of a line; raises BadDocument for one that no log can have."""
    day = date_at(doc, "date")
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise BadDocument(f"date must be of the years {YEARS[0]} to {YEARS[1]}, not {day}")
    return day


def line_id(doc: Mapping[str, Any], day: date) -> str:
    """The id of a line. One without gets one made of what it says: lines that say the same always
    get the same, whatever the order of their fields and however a program writes a number, an empty
    field or what goes without saying."""
    if doc.get("id"):
        return ident(doc, "id")
    midnight = datetime.combine(day, time(), UTC)
    return derived(int(midnight.timestamp() * 1000), canonical(_spoken(doc)))


def _spoken(doc: Mapping[str, Any]) -> Doc:
    """The fields of a line that say something."""
    usual = USUAL if doc.get("type") in (None, "set") else {}
    return {
        key: value
        for key, value in doc.items()
        if value not in (None, "", [], {}) and value != usual.get(key)
    }


def line_stamp(doc: Mapping[str, Any], day: date, at: datetime | None = None) -> str:
    """When a line was last edited; raises BadDocument. A line that does not say is as old as what
    it tells of, so that it never stands above a correction."""
    if not doc.get("edited"):
        return first_stamp(day, at)
    instant(doc, "edited")
    return text(doc, "edited")


def first_stamp(day: date, at: datetime | None) -> str:
    """The stamp of something that was never edited."""
    return (at or datetime.combine(day, time(), UTC)).isoformat()


def valid(edited: str) -> str:
    """A stamp if it is an instant, else nothing."""
    return edited if edited_at(edited) > -inf else ""


def tombstone(doc: Doc) -> Record:
    """A ``deleted`` line as it stays in a log that never held what it means; raises BadDocument."""
    need(doc, "edited")
    edited = line_stamp(doc, date.min)
    day = datetime.fromisoformat(edited).date()
    values = {key: told for key in MEANT if (told := text(doc, key))}
    return Record(
        id=ident(doc, "id"), edited=edited, type=DELETED, day=day, values=values, deleted=True
    )


def entry_for(
    entries: Collection[Entry], session_id: str, entry_id: str, exercise: str, row: SetEntry
) -> Entry:
    """The entry of a session that a set belongs to: the one its line names, else the first of its
    exercise in which no other set has its place, else a new one. Where another exercise's entry
    has the id that is named, as two copies may give it, it is one beside that."""
    if any(entry.id == entry_id and entry.exercise != exercise for entry in entries):
        entry_id = f"{entry_id}-{exercise}"
    for entry in entries:
        if entry.exercise != exercise or entry.deleted:
            continue
        if entry.id == entry_id or not (entry_id or place(row) in map(place, entry.live())):
            return entry
    taken = {entry.id for entry in entries}
    wanted = entry_id or f"{session_id}-{exercise}"
    free, n = wanted, 1
    while free in taken:
        n += 1
        free = f"{wanted}-{n}"
    return Entry(id=free, edited="", exercise=exercise, sets=())


def place(row: SetEntry) -> tuple[SetKind, int, Side]:
    """Which set of its entry, and which side of it, a row is."""
    return row.kind, row.number, row.side


def moved(
    entries: Iterable[Entry], session_id: str, exercise: str, row: SetEntry
) -> tuple[Entry, ...]:
    """The entries of a session with a set of an exercise taken out of its entry and put into one
    where its place is free."""
    rest = [replace(e, sets=tuple(s for s in e.sets if s.id != row.id)) for e in entries]
    home = entry_for(rest, session_id, "", exercise, row)
    edited = newest([home.edited, row.edited])
    return put_entry(rest, replace(home, sets=(*home.sets, row), edited=edited))


def put_entry(entries: Iterable[Entry], changed: Entry) -> tuple[Entry, ...]:
    """The entries with one of them changed, or a new one after them."""
    before = list(entries)
    if all(entry.id != changed.id for entry in before):
        return (*before, changed)
    return tuple(changed if entry.id == changed.id else entry for entry in before)


def when(at: datetime) -> Doc:
    """An instant as the three fields of a line, to the second."""
    offset = at.isoformat().removeprefix(at.replace(tzinfo=None).isoformat())
    clock = at.time().isoformat(timespec="seconds")
    if not at.second:
        clock = clock.removesuffix(":00")
    return {"date": at.date().isoformat(), "time": clock, "offset": offset}
