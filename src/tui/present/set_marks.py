"""The mark of a set that was done, by its shape alone: as planned, more, or less."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.model.values import Measures, SetEntry, SetKind

AS_PLANNED, MORE, LESS, LEFT_OUT, WARMED_UP = "●", "▲", "▼", "–", "•"
# What is compared, the amount of work before the load it was done with.
COMPARED = ("holds", "hold_s", "reps", "distance_m", "duration_s", "contacts", "load_kg")


def set_mark(rows: Sequence[SetEntry]) -> str:
    """The mark of one set, whose sides are ``rows``; the weaker side speaks for it."""
    if rows[0].undone is not None:
        return LEFT_OUT
    if rows[0].kind is SetKind.WARMUP:
        return WARMED_UP
    found = [_compared(row.done, row.prescribed) for row in rows]
    return LESS if min(found) < 0 else MORE if max(found) > 0 else AS_PLANNED


def _compared(done: Measures, planned: Measures | None) -> int:
    """-1 for less than planned, 1 for more, 0 for as planned or without a plan."""
    for name in COMPARED:
        was, wanted = getattr(done, name), getattr(planned, name, None)
        if was is not None and wanted is not None and was != wanted:
            return 1 if was > wanted else -1
    return 0
