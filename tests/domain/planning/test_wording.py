"""Times of day in words."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.planning.wording import clock


@given(st.times())
def test_both_clocks_tell_the_same_minute(at: time) -> None:
    shown, half = clock(at, 12).split()
    hour, minute = map(int, shown.split(":"))
    assert clock(at) == f"{hour % 12 + 12 * (half == 'pm'):02}:{minute:02}"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (time(0, 5), "12:05 am"),
        (time(6), "6:00 am"),
        (time(12), "12:00 pm"),
        (time(18, 5), "6:05 pm"),
    ],
)
def test_noon_and_midnight_are_twelve(at: time, shown: str) -> None:
    assert clock(at, 12) == shown
