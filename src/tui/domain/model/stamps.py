"""Edit timestamps: compare them, and stamp each edit later than what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import inf

from msgspec.structs import replace

from tui.domain.model.values import Entry, Record, Session

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GRAIN = timedelta(microseconds=1)


def edited_at(stamp: object) -> float:
    """An ``edited`` stamp in microseconds since 1970, exact and comparable across UTC offsets.
    Minus infinity, before everything else, if it is not an instant."""
    if not isinstance(stamp, str):
        return -inf
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return -inf
    return -inf if moment.tzinfo is None else (moment - EPOCH) // GRAIN


def newest(stamps: Iterable[str]) -> str:
    """The latest of these stamps, or an empty string."""
    return max(stamps, key=edited_at, default="")


def stamp_after(stamp: str, known: Iterable[str]) -> str:
    """``stamp`` if it is later than all ``known`` stamps, else a microsecond after the latest of
    them: an edit must win over what it edits even if the clock has been set back or corrected."""
    latest = newest(known)
    if edited_at(stamp) > edited_at(latest):
        return stamp
    try:
        return (datetime.fromisoformat(latest) + GRAIN).isoformat()
    except (ValueError, OverflowError):
        # Not an instant, or the last possible one: with equal stamps, the copy being saved wins.
        return latest or stamp


def edit_of_session(new: Session, old: Session) -> Session:
    """``new`` as an edit of ``old``: the session, and each entry and set that differs, is stamped
    later than anything in ``old``. What did not change keeps its stamp."""
    if new == old:
        return new
    known = [old.edited]
    for entry in old.entries:
        known += [entry.edited, *(row.edited for row in entry.sets)]
    entries = {entry.id: entry for entry in old.entries}
    return replace(
        new,
        edited=stamp_after(new.edited, known),
        entries=tuple(_edit_of_entry(e, entries.get(e.id), known) for e in new.entries),
    )


def _edit_of_entry(new: Entry, old: Entry | None, known: list[str]) -> Entry:
    if new == old:
        return new
    before = {row.id: row for row in old.sets} if old is not None else {}
    sets = tuple(
        row if row == before.get(row.id) else replace(row, edited=stamp_after(row.edited, known))
        for row in new.sets
    )
    return replace(new, edited=stamp_after(new.edited, known), sets=sets)


def edit_of_record(new: Record, old: Record) -> Record:
    """``new`` as an edit of ``old``, stamped later if it differs."""
    return new if new == old else replace(new, edited=stamp_after(new.edited, [old.edited]))
