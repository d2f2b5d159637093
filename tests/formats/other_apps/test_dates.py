"""Dates in a column, whose order the whole column settles, and times of day."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.dates import DAY_FIRST, MONTH_FIRST, Dates, clock, settled

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "others", "usual", "day"),
    [
        ("2025-01-09", [], "", date(2025, 1, 9)),
        ("2025-01-09 00:00:00", [], "", date(2025, 1, 9)),
        ("2025/1/9", [], "", date(2025, 1, 9)),
        ("09.01.20", [], "", date(2020, 1, 9)),
        ("9.1.2025", ["1.13.2025"], "", date(2025, 1, 9)),
        ("09/01/25", [], DAY_FIRST, date(2025, 1, 9)),
        ("09/01/25", [], MONTH_FIRST, date(2025, 9, 1)),
        # What the column shows is stronger than what its language would have.
        ("09/01/25", ["31/01/25"], MONTH_FIRST, date(2025, 1, 9)),
        ("09/01/25", ["01/31/25"], DAY_FIRST, date(2025, 9, 1)),
        ("09/01/25", ["01/31/25", "31/01/25"], DAY_FIRST, date(2025, 9, 1)),
        ("09/01/25", ["2025-01-31"], DAY_FIRST, date(2025, 1, 9)),
        ("09/09/25", [], "", date(2025, 9, 9)),
        (" 09-01-2025 ", ["31-01-2025"], "", date(2025, 1, 9)),
    ],
)
def test_dates(text: str, others: list[str], usual: str, day: date) -> None:
    rows = [(2, [text]), *((3, [other]) for other in others)]
    dates, again = settled(iter(rows), 0, usual)
    assert dates.day(text) == day
    assert list(again) == rows


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("09/01/25", "can be read as two dates; write it as 2025-12-31"),
        ("2025-02-30", "is not a day of the calendar"),
        ("2025-13-01", "is not a day of the calendar"),
        ("2025-00-00", "is not a day of the calendar"),
        ("0200-01-01", "in the years 1900 to 2999"),
        ("1.1.999", "in the years 1900 to 2999"),
        ("soon", "is not a date"),
        ("2025-01/09", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_is_said_so(text: str, wrong: str) -> None:
    with pytest.raises(BadDocument, match=wrong):
        Dates().day(text)


@given(st.lists(DAYS, min_size=1), st.sampled_from(["%d/%m/%y", "%m/%d/%Y"]))
def test_a_column_is_read_back(days: list[date], form: str) -> None:
    texts = [day.strftime(form) for day in days]
    order = DAY_FIRST if form.startswith("%d") else MONTH_FIRST
    read = Dates(order)
    assert [read.day(text) for text in texts] == [
        day.replace(year=2000 + day.year % 100) if form.endswith("y") else day for day in days
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("22:56", time(22, 56)),
        ("7:05:09", time(7, 5, 9)),
        ("10:56 PM", time(22, 56)),
        ("10:56\u202fpm", time(22, 56)),
        ("12:05 AM", time(0, 5)),
        ("12:05 p.m.", time(12, 5)),
        ("18.30", time(18, 30)),
        ("", None),
    ],
)
def test_times_of_day(text: str, at: time | None) -> None:
    assert clock(text) == at


@pytest.mark.parametrize("text", ["24:00", "10:60", "late", "10", "1:2"])
def test_what_is_no_time_of_day_is_said_so(text: str) -> None:
    with pytest.raises(BadDocument, match="is not a time of day"):
        clock(text)
