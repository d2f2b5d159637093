"""Edit timestamps: compare them, and find one that is later than others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import inf

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
