"""The time that everything goes by."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tui import bootstrap


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Zurich")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_it_goes_on_steadily_whatever_becomes_of_the_wall_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wall, steady = [1_790_000_000.0], [50.0]
    monkeypatch.setattr(time, "time", lambda: wall[0])
    monkeypatch.setattr(bootstrap, "steady", lambda: steady[0])
    now = bootstrap.make_clock()
    first = now()
    wall[0] -= 3600
    steady[0] += 90.5
    assert now() - first == timedelta(seconds=90.5)
    assert now().utcoffset() is not None


def test_another_day_keeps_the_time_of_day() -> None:
    now = bootstrap.make_clock(date(2026, 2, 3))()
    assert now.date() == date(2026, 2, 3)
    assert now.utcoffset() is not None


@pytest.mark.usefixtures("elsewhere")
def test_the_hour_that_comes_twice_is_two_hours_long(monkeypatch: pytest.MonkeyPatch) -> None:
    steady = [0.0]
    monkeypatch.setattr(time, "time", lambda: 1_792_886_400.0)  # 2026-10-25 02:00 +02:00
    monkeypatch.setattr(bootstrap, "steady", lambda: steady[0])
    now = bootstrap.make_clock()
    seen = []
    for _ in range(4):
        seen.append(now())
        steady[0] += 1800
    assert [moment.strftime("%H:%M %z") for moment in seen] == [
        "02:00 +0200",
        "02:30 +0200",
        "02:00 +0100",
        "02:30 +0100",
    ]
    assert [moment.timestamp() - seen[0].timestamp() for moment in seen] == [0, 1800, 3600, 5400]


def test_the_steady_clock_is_not_the_one_on_the_wall() -> None:
    first, second = bootstrap.steady(), bootstrap.steady()
    assert 0 <= second - first < 60
    assert abs(first - time.time()) > 1_000_000
