"""The planned week as a calendar (iCalendar, RFC 5545) for any calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.domain.model.text import clean

if TYPE_CHECKING:
    from icalendar import Calendar

# How the uids of this program's own events end; so they are known again when a calendar comes in.
OWN = "@stridelift"


class Event(Struct, frozen=True, kw_only=True):
    """One thing of the week. ``uid`` is the same for the same thing however often it is written,
    and ends with ``OWN``; without ``start`` it is of its whole day, else it takes ``minutes``, one
    at least."""

    uid: str
    day: date
    start: time | None
    minutes: int
    title: str
    notes: str = ""


def render(events: Sequence[Event], stamp: datetime) -> bytes:
    """A calendar file with ``events``, written at ``stamp`` (aware). Times are those of whatever
    place the runner is in, so no zone is written; a whole day stays free for other things. To
    bring in the file of a later day changes the events in place, as their uids stay."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//stridelift//stridelift//EN")
    calendar.add("version", "2.0")
    for event in events:
        _add(calendar, event, stamp)
    return bytes(calendar.to_ical())


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
