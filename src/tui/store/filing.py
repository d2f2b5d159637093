"""From a live journal to the log: at finish, and at the start after a kill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tui.domain.model.values import Session
from tui.store.journal import Event, Journal
from tui.store.repository import Repository


def fold(
    repository: Repository, path: Path, to_session: Callable[[list[Event]], Session | None]
) -> Session | None:
    """Put the session that a journal on disk tells of into the log, then remove the journal; gives
    the session, None where there was nothing in it.

    Killed anywhere and called again, it ends in the same state: the journal goes only once the
    session is on disk, and a session that is there already is not written again. A journal that is
    gone was folded before. Raises StoreError: then the journal is still there.
    """
    if not path.exists():
        return None
    return file(repository, Journal.open(path), to_session)


def file(
    repository: Repository, journal: Journal, to_session: Callable[[list[Event]], Session | None]
) -> Session | None:
    """:func:`fold` for a journal that is open: what counts is what was written to it, whatever has
    become of its file. It is closed when this returns."""
    try:
        if journal.notice:
            repository.notices.append(journal.notice)
        session = to_session(journal.events)
        if session is not None:
            repository.put_session(session)
        journal.remove()
    finally:
        journal.close()
    return session
