"""Which of two copies is the newer one, and how an edit comes to be newer than what it edits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import inf

from msgspec.structs import replace

from tui.domain.model.values import Entry, Record, Session

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GRAIN = timedelta(microseconds=1)


def edited_at(stamp: object) -> float:
    """The instant of an ``edited`` stamp in microseconds since 1970, exact and comparable across
    UTC offsets; before everything else (minus infinity) where it is no instant."""
    if not isinstance(stamp, str):
        return -inf
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return -inf
    return -inf if moment.tzinfo is None else (moment - EPOCH) // GRAIN


def newest(stamps: Iterable[str]) -> str:
    """The latest of these stamps; empty where there is none."""
    return max(stamps, key=edited_at, default="")


def after(stamp: str, known: Iterable[str]) -> str:
    """``stamp`` where it is later than all that is ``known``, else a microsecond after the latest
    of them: an edit wins over what it edits whatever the clock says, set back or set right."""
    latest = newest(known)
    if edited_at(stamp) > edited_at(latest):
        return stamp
    try:
        return (datetime.fromisoformat(latest) + GRAIN).isoformat()
    except (ValueError, OverflowError):
        # No instant at all, or the last one there is: of equals the one that is put counts.
        return latest or stamp


def edit_of_session(new: Session, old: Session) -> Session:
    """``new`` as an edit of ``old``: it, and each entry and set in it that differs, is stamped
    later than anything in ``old``. What did not change keeps its stamp."""
    if new == old:
        return new
    known = [old.edited]
    for entry in old.entries:
        known += [entry.edited, *(row.edited for row in entry.sets)]
    entries = {entry.id: entry for entry in old.entries}
    return replace(
        new,
        edited=after(new.edited, known),
        entries=tuple(_edit_of_entry(e, entries.get(e.id), known) for e in new.entries),
    )


def _edit_of_entry(new: Entry, old: Entry | None, known: list[str]) -> Entry:
    if new == old:
        return new
    before = {row.id: row for row in old.sets} if old is not None else {}
    sets = tuple(
        row if row == before.get(row.id) else replace(row, edited=after(row.edited, known))
        for row in new.sets
    )
    return replace(new, edited=after(new.edited, known), sets=sets)


def edit_of_record(new: Record, old: Record) -> Record:
    """``new`` as an edit of ``old``, stamped later than it."""
    return new if new == old else replace(new, edited=after(new.edited, [old.edited]))
