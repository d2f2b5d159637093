"""Reads and checks the fields common to all lines of a set log, and fills in what lines omit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from math import inf
from typing import Any

from tui.domain.model.codec import SET_KEYS, Doc
from tui.domain.model.ids import derived
from tui.domain.model.stamps import edited_at
from tui.domain.model.validation import BadDocument, instant, need, text
from tui.domain.model.validation import day as date_at
from tui.domain.model.values import Record
from tui.formats.json_lines import canonical

YEARS = (1900, 2999)
LONGEST_ID = 100
# The fields with which a deletion of schema 1 identifies its set or exercise, beside the id.
TARGET_KEYS = ("exercise", "at")
DELETED = "deleted"

# The defaults of a set line.
USUAL: Doc = {"type": "set", "side": "both", "kind": "work", "confirmed": False}
# The fields of a set line that are about its session, and those a set in the log does not have.
OF_SESSION = frozenset({"started", "finished", "programme", "part"})
OF_LINE = OF_SESSION | {"type", "session", "entry", "superset", "date", "time", "offset"}
OF_LINE |= {"exercise", "set", "entry_order"}
# Fields of a set in the log that a line gives in another form.
RESERVED = SET_KEYS & {"number", "at", "deleted"}


def ident(doc: Mapping[str, Any], key: str) -> str:
    """The id at ``key``; raises BadDocument."""
    value = need(doc, key)
    if len(value) > LONGEST_ID or not value.isprintable():
        raise BadDocument(f"{key} must be at most {LONGEST_ID} characters that can be read")
    return value


def line_day(doc: Mapping[str, Any]) -> date:
    """The date of a line; raises BadDocument for a date out of range."""
    day = date_at(doc, "date")
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise BadDocument(f"date must be of the years {YEARS[0]} to {YEARS[1]}, not {day}")
    return day


def line_id(doc: Mapping[str, Any], day: date) -> str:
    """The id of a line. A line without one gets an id made from its content: equal lines always get
    the same id, whatever the order of their fields and however a program writes numbers, empty
    fields or defaults."""
    if doc.get("id"):
        return ident(doc, "id")
    midnight = datetime.combine(day, time(), UTC)
    return derived(int(midnight.timestamp() * 1000), canonical(_spoken(doc)))


def _spoken(doc: Mapping[str, Any]) -> Doc:
    """The fields of a line, without its defaults and empty ones."""
    usual = USUAL if doc.get("type") in (None, "set") else {}
    return {
        key: value
        for key, value in doc.items()
        if value not in (None, "", [], {}) and value != usual.get(key)
    }


def line_stamp(doc: Mapping[str, Any], day: date, at: datetime | None = None) -> str:
    """When a line was last edited; raises BadDocument. A line that does not say is as old as the
    training it records, so that it never overrides a correction."""
    if not doc.get("edited"):
        return first_stamp(day, at)
    instant(doc, "edited")
    return text(doc, "edited")


def first_stamp(day: date, at: datetime | None) -> str:
    """The stamp of something that was never edited."""
    return (at or datetime.combine(day, time(), UTC)).isoformat()


def valid(edited: str) -> str:
    """The stamp, if it is a valid instant, else an empty string."""
    return edited if edited_at(edited) > -inf else ""


def tombstone(doc: Doc) -> Record:
    """A ``deleted`` line as a record, for a log that never held what it deletes; raises
    BadDocument."""
    need(doc, "edited")
    edited = line_stamp(doc, date.min)
    day = datetime.fromisoformat(edited).date()
    values = {key: told for key in TARGET_KEYS if (told := text(doc, key))}
    return Record(
        id=ident(doc, "id"), edited=edited, type=DELETED, day=day, values=values, deleted=True
    )


def when(at: datetime) -> Doc:
    """An instant as the three fields of a line, to the second."""
    offset = at.isoformat().removeprefix(at.replace(tzinfo=None).isoformat())
    clock = at.time().isoformat(timespec="seconds")
    if not at.second:
        clock = clock.removesuffix(":00")
    return {"date": at.date().isoformat(), "time": clock, "offset": offset}
