"""Reads what the journal of a session says: this machine's, another's, or one in a backup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tui.domain.model.codec import Doc
from tui.domain.model.values import Session
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.replay import session_of
from tui.domain.session.salvage import salvage
from tui.store.journal_lines import Scan

# A session that says nothing for so long is over.
OVER = timedelta(hours=12)


def readable(scan: Scan, session_id: str) -> list[Doc]:
    """The lines of a journal to go by. One that is whole is taken as it is, even if this version
    does not understand it; of a damaged one, all that can be replayed."""
    return salvage(scan.events, scan.gaps, session_id).docs if scan.damaged else scan.events


def count_readable(scan: Scan) -> int:
    """How many lines of a damaged journal can be replayed."""
    return len(scan.events) - salvage(scan.events, scan.gaps, "").refused


def session_in(docs: Iterable[Doc]) -> Session | None:
    """The session that the lines of a journal tell of, as far as it has come; None if nothing was
    done in it. Raises BadDocument."""
    return session_of(map(event_from_doc, docs))


def as_of(last: datetime, now: datetime) -> str:
    """When a session said something last, in the time zone of ``now``: the time alone if that was
    today."""
    there = last.astimezone(now.tzinfo)
    return f"{there:%H:%M}" if there.date() == now.date() else f"{there:%Y-%m-%d %H:%M}"
