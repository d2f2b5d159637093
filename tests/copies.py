"""Joins a copy of a log into another one, in one step."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.logbook import Logbook
from tui.app.taking_in import News, news_for, write_news
from tui.domain.model.values import Record, Session


def take_in(book: Logbook, sessions: Sequence[Session], records: Sequence[Record]) -> News:
    """Join these into the log, and return what they brought. Raises StoreError."""
    found = news_for(book, sessions, records)
    write_news(book, found)
    return found
