"""Turns logged sessions into calendar events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tui.domain.model.library.parser import Library
from tui.domain.model.values import ROUTINE, SNACK, Session
from tui.formats.sessions_ics import Finished
from tui.present.history import session_statements
from tui.present.words import session_title

STRENGTH = "Strength"


def events(sessions: Iterable[Session], library: Library, unit: str) -> list[Finished]:
    """An event for each session, with what was done; loads in ``unit``. One that was logged
    afterwards ends as it begins: then only its day is known."""
    return [
        Finished(
            id=session.id,
            started=session.started,
            ended=_end(session),
            title=_title(session, library),
            lines=[
                *session_statements(session, library, unit),
                *([f"Note: {session.note}"] if session.note else ()),
            ],
        )
        for session in sessions
    ]


def _end(session: Session) -> datetime | None:
    ended = session.finished
    return ended if ended is not None and ended > session.started else None


def _title(session: Session, library: Library) -> str:
    known = {ROUTINE, SNACK, *library.programmes}
    return session_title(session, library) if session.programme in known else STRENGTH
