"""Ids of schema 1, which counted places, and the ids that take their place.

An entry was ``<session>-2``, a set ``<session>-2-1l``: two copies of a log gave one id to two sets.
The new ids are derived from the old ones and from what distinguishes them, so that every copy of a
log comes to the same ids by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.domain.model.ids import derived
from tui.domain.model.stamps import EPOCH, edited_at

Doc = Mapping[str, Any]

# What follows the session's id: the entry's number or name, then the set's kind, number and side. A
# second side, added by a correction, had the id of the first with a tail.
ENTRY = re.compile(r"-(\d{1,6})")
SET = re.compile(r"-.+-w?\d{1,6}[blr](?:-[blr]+)*")


def is_entry(old: str, session_id: str) -> bool:
    """Whether an entry's id counts places in its session."""
    return _follows(ENTRY, old, session_id)


def is_set(old: str, session_id: str) -> bool:
    """Whether a set's id counts places in its session."""
    return _follows(SET, old, session_id)


def _follows(tail: re.Pattern[str], old: str, session_id: str) -> bool:
    return old.startswith(session_id) and tail.fullmatch(old, len(session_id)) is not None


def entry_id(started: datetime, old: str, exercise: str) -> str:
    """The id in place of an entry's positional one; sorts like its number."""
    number = int(old.rpartition("-")[2])
    return derived(_milliseconds(started) + number, f"entry {old} {exercise}")


def set_id(started: datetime, old: str, exercise: str, at: str, edited: str) -> str:
    """The id in place of a set's positional one. Sets that two copies gave the same id are told
    apart by the second of ``at``, when they were done (exports leave out parts of a second); a set
    logged for a past day has only the instant it was ``edited``.

    With ``at``, it is the id under which schema 1 imported a set whose own was taken."""
    done = edited_at(at)
    if done > float("-inf"):
        second = int(done // 1_000_000)
        return derived(second * 1000, f"set {old} {exercise} {second}")
    return derived(_milliseconds(started), f"set {old} {exercise} {edited}")


def migrated_session(doc: Doc) -> dict[str, Any]:
    """A session's document of schema 1 in the form of schema 2; one that is not understood is
    returned as it is. A deleted session is as new as anything in it, so that it stays deleted."""
    entries = doc.get("entries")
    try:
        started = datetime.fromisoformat(str(doc.get("started")))
    except ValueError:
        return dict(doc)
    if started.tzinfo is None or not isinstance(entries, Sequence) or isinstance(entries, str):
        return dict(doc)
    if not all(isinstance(entry, Mapping) for entry in entries):
        return dict(doc)
    moved = [_entry(entry, str(doc.get("id")), started) for entry in entries]
    ids = [str(entry.get("id")) for entry in moved]
    if ids != sorted(ids):
        moved = [{**entry, "order": place} for place, entry in enumerate(moved)]
    new = {**doc, "entries": moved}
    if doc.get("deleted") is True:
        stamps = [stamp for entry in entries for stamp in _edits(entry)]
        new["edited"] = max([str(doc.get("edited", "")), *stamps], key=edited_at)
    return new


def _entry(doc: Doc, session: str, started: datetime) -> dict[str, Any]:
    old, exercise = str(doc.get("id")), str(doc.get("exercise"))
    new = dict(doc)
    if is_entry(old, session):
        new |= {"id": entry_id(started, old, exercise), "was": old}
    sets = doc.get("sets")
    if isinstance(sets, Sequence) and not isinstance(sets, str):
        new["sets"] = [
            _set(row, session, exercise, started) if isinstance(row, Mapping) else row
            for row in sets
        ]
        if doc.get("deleted") is True and all(isinstance(row, Mapping) for row in sets):
            del new["deleted"]
            new["sets"] = [_buried(row, str(doc.get("edited", ""))) for row in new["sets"]]
    return new


def _buried(row: Doc, stamp: str) -> dict[str, Any]:
    """A set of a deleted exercise as deleted itself: that exercise's first set was undone, and the
    sets that another copy has in its place are none of it."""
    edited = str(row.get("edited", ""))
    return {**row, "deleted": True, "edited": max(edited, stamp, key=edited_at)}


def _set(doc: Doc, session: str, exercise: str, started: datetime) -> dict[str, Any]:
    old = str(doc.get("id"))
    if not is_set(old, session):
        return dict(doc)
    at, edited = str(doc.get("at", "")), str(doc.get("edited", ""))
    return {**doc, "id": set_id(started, old, exercise, at, edited), "was": old}


def _edits(entry: Doc) -> list[str]:
    sets = entry.get("sets")
    rows = sets if isinstance(sets, Sequence) and not isinstance(sets, str) else ()
    found = [entry.get("edited"), *(row.get("edited") for row in rows if isinstance(row, Mapping))]
    return [stamp for stamp in found if isinstance(stamp, str)]


def _milliseconds(started: datetime) -> int:
    return (started - EPOCH) // timedelta(milliseconds=1)
