"""How a set that was done compares with what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from tui.domain.model.values import Measures, SetEntry

# The amounts decide; a load only where they are the same.
AMOUNTS = ("reps", "holds", "hold_s", "contacts", "distance_m", "duration_s")
ABORTED = "aborted"


class Outcome(StrEnum):
    """What became of a planned set."""

    LEFT_OUT = "left out"
    SHORT = "short"
    MORE = "more"
    AS_PLANNED = "as planned"


def outcome(rows: Sequence[SetEntry]) -> Outcome:
    """What became of a set, whose sides are ``rows``. It fell short if a side did, or was broken
    off; one that was not planned is as planned."""
    done = [row for row in rows if row.undone is None]
    if not done:
        return Outcome.LEFT_OUT
    signs = [_sign(row.done, row.prescribed) for row in done if row.prescribed is not None]
    if len(done) < len(rows) or any(ABORTED in row.flags for row in done) or -1 in signs:
        return Outcome.SHORT
    return Outcome.MORE if 1 in signs else Outcome.AS_PLANNED


def _sign(done: Measures, planned: Measures) -> int:
    """-1 for less than was planned, 1 for more, 0 for the same."""
    for names in (AMOUNTS, ("load_kg",)):
        pairs = [(getattr(done, name), getattr(planned, name)) for name in names]
        known = [(one, other) for one, other in pairs if None not in (one, other)]
        if any(one < other for one, other in known):
            return -1
        if any(one > other for one, other in known):
            return 1
    return 0
