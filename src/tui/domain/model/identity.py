"""Which set a row is, in two copies of the log.

The ids of sets count places (``<session>-2-1l``), so two copies that grew apart on one day give one
id to two sets. The exercise and the second at which a set was done tell them apart: no correction
changes either.
"""

from __future__ import annotations

from datetime import datetime

from tui.domain.model.ids import derived
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import SetEntry


def birth(row: SetEntry) -> datetime | None:
    """The second at which a set was done; None where that is not known, as of a set that was logged
    for a past day. Exports leave parts of a second out."""
    known = edited_at(row.at) > float("-inf")
    return datetime.fromisoformat(row.at).replace(microsecond=0) if known else None


def same_set(exercise: str, row: SetEntry, other: str, known: SetEntry) -> bool:
    """Whether a row of ``exercise`` and a ``known`` one of the ``other``, both with one id, are
    copies of one set. Where a time is missing, the later one may be a correction: then they are."""
    times = birth(row), birth(known)
    return exercise == other and (None in times or times[0] == times[1])


def own_id(exercise: str, row: SetEntry) -> str:
    """The id of a set whose id is another set's in this log: the same whenever it comes in, and
    whatever was corrected meanwhile."""
    born = birth(row)
    told = "" if born is None else str(int(born.timestamp()))
    milliseconds = 0 if born is None else int(born.timestamp()) * 1000
    return derived(milliseconds, f"set {row.id} {exercise} {told}")
