"""Finished sessions as a calendar: one event each, under the same uid every time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from msgspec.structs import replace

from tests.strategies import examples, texts
from tui.formats.runs import read_runs
from tui.formats.sessions_ics import Finished, render

STAMP = datetime.fromisoformat("2026-11-30T08:00:00.5+01:00")
LIFT = Finished(
    id="01KB",
    started=datetime.fromisoformat("2026-11-03T18:30:00.25+01:00"),
    ended=datetime.fromisoformat("2026-11-03T19:15:10+01:00"),
    title="Trail Speed",
    lines=("Back squat: 3 × 8 · 60 kg", "Note: firm; next time, more"),
)


def one(session: Finished) -> Any:
    """The only event of the calendar, as another program reads it."""
    [component] = icalendar.Calendar.from_ical(render([session], STAMP)).walk("VEVENT")
    return component


def test_an_event_is_at_the_instants_of_its_session() -> None:
    lines = render([LIFT], STAMP).split(b"\r\n")
    assert b"DTSTART:20261103T173000Z" in lines
    assert b"DTEND:20261103T181510Z" in lines
    assert b"DTSTAMP:20261130T070000Z" in lines
    assert b"UID:01KB@stridelift" in lines
    assert one(LIFT)["DESCRIPTION"] == "\n".join(LIFT.lines)


def test_a_session_without_an_end_is_of_its_local_day() -> None:
    late = datetime.fromisoformat("2026-11-03T00:30:00+01:00")
    made = one(replace(LIFT, started=late, ended=None))
    assert (made["DTSTART"].dt, made["DTEND"].dt) == (date(2026, 11, 3), date(2026, 11, 4))


@pytest.mark.parametrize("late", [timedelta(), timedelta(milliseconds=1), timedelta(hours=-1)])
def test_an_event_never_ends_before_it_begins(late: timedelta) -> None:
    made = one(replace(LIFT, ended=LIFT.started + late))
    assert made["DTEND"].dt - made["DTSTART"].dt == timedelta(minutes=1)


def test_a_calendar_of_sessions_is_no_calendar_of_runs() -> None:
    data = render([replace(LIFT, title="Long run 20 km")], STAMP)
    window = (date(2026, 11, 1), date(2026, 12, 1))
    assert read_runs("log.ics", data, ZoneInfo("UTC"), window, STAMP).runs == ()


@examples(30)
@given(texts, texts)
def test_any_text_stays_the_text_of_its_session(title: str, line: str) -> None:
    made = one(replace(LIFT, title=title, lines=(line,)))
    assert made["DTSTART"].dt.astimezone(UTC).day == 3
    assert "\n" not in str(made.get("DESCRIPTION", ""))
