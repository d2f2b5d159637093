"""Moves a finished session from its journal into the log: at finish, or at the next start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui.domain.model.values import Session
from tui.store.atomic import confirm
from tui.store.journal import Journal
from tui.store.journal_lines import Event
from tui.store.repository import Repository


def file_journal(
    repository: Repository,
    path: Path,
    to_session: Callable[[list[Event]], Session | None],
    events: Sequence[Event] | None = None,
) -> Session | None:
    """Put the session of a journal on disk into the log, then remove the journal; return the
    session as it is in the log, or None if there was nothing in it. ``events`` are what to make of
    a damaged one, as for :meth:`Journal.open`.

    If it is killed at any point, calling it again ends in the same state: the journal is removed
    only once the session is on disk, and a session already there is not written again. A journal
    that is gone was filed before. Raises StoreError; then the journal is still there. So it is
    after NotSynced, as the log alone might not outlast a power failure.
    """
    if not path.exists():
        return None
    return file_open_journal(repository, Journal.open(path, events), to_session)


def file_open_journal(
    repository: Repository, journal: Journal, to_session: Callable[[list[Event]], Session | None]
) -> Session | None:
    """:func:`file_journal` for an open journal: what counts is what was written to it, even if its
    file is gone. The journal is closed when this returns."""
    try:
        if journal.notice:
            repository.notices.append(journal.notice)
        session = to_session(journal.events)
        if session is not None:
            session = repository.put_session(session)
            # One that was there already may have been written, but not confirmed, before.
            confirm(repository.paths.year(session.day.year))
        journal.remove()
    finally:
        journal.close()
    return session
