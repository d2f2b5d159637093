"""What import and export share: the whole log."""

from __future__ import annotations

from tui.app.logbook import Logbook
from tui.domain.model.values import Record, Session
from tui.store.repository import each_once


def everything(book: Logbook) -> tuple[list[Session], list[Record]]:
    """All sessions and records, deleted ones too. Raises StoreError if a year cannot be read: half
    a log is not passed off as the whole."""
    years = book.repository.years()
    sessions = [s for year in years for s in book.repository.sessions(year)]
    records = [r for year in years for r in book.repository.records(year)]
    return each_once(sessions), each_once(records)
