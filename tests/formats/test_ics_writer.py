"""The week as a calendar: what RFC 5545 asks for, and the same thing under the same uid."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import texts
from tui.formats.ics_writer import Event, render

STAMP = datetime.fromisoformat("2026-11-01T08:00:00.5+01:00")
LIFT = Event(
    uid="a@stridelift", day=date(2026, 11, 3), start=time(18, 30), minutes=45, title="Lift A"
)


def one(event: Event) -> Any:
    """The only event of the calendar, as another program reads it."""
    [component] = icalendar.Calendar.from_ical(render([event], STAMP)).walk("VEVENT")
    return component


def test_a_timed_event_is_at_its_hour_wherever_the_runner_is() -> None:
    made = one(LIFT)
    assert made["DTSTART"].dt == datetime(2026, 11, 3, 18, 30)  # noqa: DTZ001  of no zone
    assert made["DTEND"].dt == datetime(2026, 11, 3, 19, 15)  # noqa: DTZ001  of no zone
    assert b"\r\nDTSTART:20261103T183000\r\n" in render([LIFT], STAMP)


def test_an_event_may_end_on_the_next_day() -> None:
    late = replace(LIFT, start=time(23, 50))
    assert b"\r\nDTEND:20261104T003500\r\n" in render([late], STAMP)


def test_an_event_without_a_time_is_of_its_day_and_leaves_it_free() -> None:
    made = one(replace(LIFT, start=None))
    assert (made["DTSTART"].dt, made["DTEND"].dt) == (date(2026, 11, 3), date(2026, 11, 4))
    assert made["TRANSP"] == "TRANSPARENT"
    assert b"DTSTART;VALUE=DATE:20261103" in render([replace(LIFT, start=None)], STAMP)


def test_an_event_never_ends_before_it_begins() -> None:
    made = one(replace(LIFT, minutes=0))
    assert made["DTEND"].dt > made["DTSTART"].dt


def test_what_every_calendar_must_say() -> None:
    lines = render([LIFT], STAMP).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"VERSION:2.0" in lines
    assert b"PRODID:-//stridelift//stridelift//EN" in lines
    assert b"UID:a@stridelift" in lines
    assert b"DTSTAMP:20261101T070000Z" in lines
    assert lines[-2:] == [b"END:VCALENDAR", b""]


def test_the_same_week_later_differs_by_its_stamp_alone() -> None:
    events = [LIFT, replace(LIFT, uid="b@stridelift", start=None)]
    later = render(events, STAMP + timedelta(days=1))
    assert render(events, STAMP).replace(b"20261101T", b"20261102T") == later


def test_events_keep_their_order() -> None:
    data = render([replace(LIFT, uid="b@stridelift"), LIFT], STAMP)
    assert [str(e["UID"])[0] for e in icalendar.Calendar.from_ical(data).walk("VEVENT")] == [
        "b",
        "a",
    ]


@pytest.mark.parametrize("text", ["Lift; hard, 3 x 8", r"back\slash \n", "END:VEVENT", "ä" * 100])
def test_text_comes_through_as_it_was(text: str) -> None:
    made = one(replace(LIFT, title=text, notes=f"{text}\nsecond line"))
    assert (made["SUMMARY"], made["DESCRIPTION"]) == (text, f"{text}\nsecond line")


@given(texts, texts, st.none() | st.times(), st.integers(0, 600))
def test_whatever_is_in_it_the_file_is_one_event_in_short_lines(
    title: str, notes: str, start: time | None, minutes: int
) -> None:
    event = replace(LIFT, title=title, notes=notes, start=start, minutes=minutes)
    data = render([event], STAMP)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert sum(line.startswith(b"BEGIN:VEVENT") for line in data.split(b"\r\n")) == 1
    assert one(event)["DTSTAMP"].dt == datetime(2026, 11, 1, 7, tzinfo=UTC)
