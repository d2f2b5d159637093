"""Tell whether two rows with the same id are the same set, when two copies of a log are merged.

Set ids number positions (``<session>-2-1l``), so two copies that diverged on the same day can give
one id to two different sets. The exercise and the second at which a set was done tell them apart;
corrections change neither.
"""

from __future__ import annotations

from datetime import datetime

from tui.domain.model.ids import derived
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import SetEntry


def done_at_second(row: SetEntry) -> datetime | None:
    """The second at which a set was done; None if that is not known, as for a set that was logged
    for a past day or left out. Exports leave parts of a second out."""
    known = row.undone is None and edited_at(row.at) > float("-inf")
    return datetime.fromisoformat(row.at).replace(microsecond=0) if known else None


def same_set(exercise: str, row: SetEntry, other: str, known: SetEntry) -> bool:
    """Whether a row of ``exercise`` and a ``known`` row of exercise ``other`` with the same id are
    copies of one set. If a time is missing they are: one may be a correction of the other."""
    times = done_at_second(row), done_at_second(known)
    return exercise == other and (None in times or times[0] == times[1])


def own_id(exercise: str, row: SetEntry) -> str:
    """A new id for a set whose own id belongs to another set in this log. It is the same at every
    import, whatever has been corrected in the meantime."""
    born = done_at_second(row)
    told = "" if born is None else str(int(born.timestamp()))
    milliseconds = 0 if born is None else int(born.timestamp()) * 1000
    return derived(milliseconds, f"set {row.id} {exercise} {told}")
