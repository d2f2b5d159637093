"""Writes finished sessions as a calendar file (iCalendar, RFC 5545), beside the planned week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.domain.model.text import clean
from tui.formats.ics_writer import OWN, empty_calendar

if TYPE_CHECKING:
    from icalendar import Event


class Finished(Struct, frozen=True, kw_only=True):
    """One finished session: its id, when it began and ended (aware), a title and lines about it.
    Without an end only its day is known."""

    id: str
    started: datetime
    ended: datetime | None
    title: str
    lines: Sequence[str] = ()


def render(sessions: Sequence[Finished], stamp: datetime) -> bytes:
    """A calendar file with an event for each session, written at ``stamp`` (aware). The same
    session has the same uid each time, which an import of runs passes over."""
    calendar = empty_calendar()
    for session in sessions:
        calendar.add_component(_event(session, stamp))
    return bytes(calendar.to_ical())


def _event(session: Finished, stamp: datetime) -> Event:
    from icalendar import Event  # slow to load

    made = Event()
    made.add("uid", f"{clean(session.id)}{OWN}")
    made.add("dtstamp", _utc(stamp))
    if session.ended is None:
        made.add("dtstart", session.started.date())
        made.add("dtend", session.started.date() + timedelta(days=1))
    else:
        # An event must not end before it begins, whatever a clock did meanwhile.
        made.add("dtstart", _utc(session.started))
        made.add("dtend", _utc(max(session.ended, session.started + timedelta(minutes=1))))
    # It is over: it takes no time from a day that is planned.
    made.add("transp", "TRANSPARENT")
    made.add("summary", clean(session.title))
    if session.lines:
        made.add("description", "\n".join(" ".join(clean(one).split()) for one in session.lines))
    return made


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
