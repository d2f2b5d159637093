"""Make an earlier state of a document count again: as an edit of what is there now.

The edit is later than everything it replaces, so it wins in other copies of the log too.
"""

from __future__ import annotations

from msgspec.structs import replace

from tui.domain.model.edits import edit_of_record, edit_of_session, taken_back
from tui.domain.model.values import Record, Session
from tui.domain.model.visible import visible


def reinstated(old: Session | None, stored: Session, now: str) -> Session:
    """The next version of a ``stored`` session, which shows what ``old`` shows; with None, it is
    deleted. ``stored`` itself if it shows that already."""
    shown = visible(stored)
    wanted = None if old is None else visible(old)
    if wanted is not None and not wanted.deleted:
        return edit_of_session(taken_back(wanted, shown), stored, now)
    return stored if shown.deleted else edit_of_session(shown.tombstone(now), stored, now)


def reinstated_record(old: Record | None, stored: Record, now: str) -> Record:
    """The next version of a ``stored`` record, which says what ``old`` says; with None, it is
    deleted. ``stored`` itself if it says that already."""
    wanted = replace(stored, deleted=True) if old is None else old
    if wanted.deleted and stored.deleted:
        return stored
    return edit_of_record(wanted, stored, now)
