"""Writes the planned week as a calendar file (iCalendar, RFC 5545) for any calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.domain.model.text import clean

if TYPE_CHECKING:
    from icalendar import Calendar

# The ending of our own events' uids, to recognise them when a calendar is imported.
OWN = "@stridelift"


class Event(Struct, frozen=True, kw_only=True):
    """One event of the week. ``uid`` stays the same each time the event is written, and ends with
    ``OWN``. Without ``start`` it lasts the whole day, else ``minutes``, at least 1."""

    uid: str
    day: date
    start: time | None
    minutes: int
    title: str
    notes: str = ""


def render(events: Sequence[Event], stamp: datetime) -> bytes:
    """A calendar file with ``events``, written at ``stamp`` (aware). Times are local wherever the
    runner is, so no zone is written; a whole-day event leaves the day free. Importing a later file
    updates the events in place, as their uids stay the same."""
    calendar = empty_calendar()
    for event in events:
        _add(calendar, event, stamp)
    return bytes(calendar.to_ical())


def empty_calendar() -> Calendar:
    """A calendar of ours without an event; before it is written it needs one."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//stridelift//stridelift//EN")
    calendar.add("version", "2.0")
    return calendar


def _add(calendar: Calendar, event: Event, stamp: datetime) -> None:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    if event.start is None:
        made.add("dtstart", event.day)
        made.add("dtend", event.day + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    else:
        begins = datetime.combine(event.day, event.start.replace(second=0, microsecond=0))
        made.add("dtstart", begins)
        made.add("dtend", begins + timedelta(minutes=max(event.minutes, 1)))
    made.add("summary", clean(event.title))
    if event.notes:
        made.add("description", "\n".join(clean(line) for line in event.notes.splitlines()))
    calendar.add_component(made)
