"""A past moment as typed: a day, a time of day, or both."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.model.validation import BadDocument
from tui.domain.planning.moment_parser import moment_of, moment_text

ZONE = timezone(timedelta(hours=1))
STANDING = datetime(2026, 11, 27, 18, 5, tzinfo=ZONE)
NOW = datetime(2026, 11, 29, 17, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("26 nov", "2026-11-26T18:05"),
        ("18:30", "2026-11-27T18:30"),
        ("26 nov 07:15", "2026-11-26T07:15"),
        ("7:15 26 nov", "2026-11-26T07:15"),
        ("-2 6pm", "2026-11-27T18:00"),
        ("yesterday 18:05", "2026-11-28T18:05"),
        ("14.2. 7:00", "2026-02-14T07:00"),
        ("2026-11-01", "2026-11-01T18:05"),
        # Today, at an hour that is still to come but was not typed.
        ("sun", "2026-11-29T18:05"),
    ],
)
def test_what_is_not_typed_stays(typed: str, meant: str) -> None:
    assert moment_of(typed, STANDING, NOW).isoformat() == f"{meant}:00+01:00"


@pytest.mark.parametrize(
    "typed", ["someday", "18:30 19:30", "sun 18:00", "2027-01-01", "25:00", ""]
)
def test_what_is_no_past_moment_is_refused(typed: str) -> None:
    if typed:
        with pytest.raises(BadDocument):
            moment_of(typed, STANDING, NOW)
    else:
        assert moment_of(typed, STANDING, NOW) == STANDING


@given(st.integers(0, 10 * 366 * 24 * 60))
@example(366 * 24 * 60)
def test_what_is_shown_can_be_typed(minutes: int) -> None:
    moment = NOW - timedelta(minutes=minutes)
    assert moment_of(moment_text(moment, NOW.date()), STANDING, NOW) == moment


def test_the_year_is_shown_where_it_is_not_the_last_one() -> None:
    moment = datetime(2025, 10, 2, 18, 5, tzinfo=ZONE)
    assert moment_text(moment, NOW.date()) == "2 oct 2025 18:05"
    assert moment_text(moment.replace(month=12), NOW.date()) == "2 dec 18:05"
