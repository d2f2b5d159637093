"""How the forecasts of reps in reserve are judged."""

from __future__ import annotations

from datetime import date

import pytest

from tui.domain.calculator.accuracy import MISSED, Accuracy, Forecast, accuracy

DAY = date(2026, 10, 1)


def forecast(expected: float, reported: float, *, wide: float = 1.5, **judged: bool) -> Forecast:
    low, high = expected - wide, expected + wide
    return Forecast(DAY, expected, low, high, reported, **judged)


@pytest.mark.parametrize(
    ("expected", "reported", "inside"),
    [
        (2.0, 2, True),
        (2.0, 4, True),  # 3.5 and a half
        (2.0, 5, False),
        (7.0, 5, True),  # five is five or more
        (6.9, 4, False),
        (-1.0, 0, True),  # none is less than one
        (0.5, MISSED, True),
        (2.2, MISSED, False),
    ],
)
def test_whether_a_report_lay_in_the_range(expected: float, reported: float, inside: bool) -> None:
    assert forecast(expected, reported).inside is inside


def test_averages_are_of_what_can_be_reported() -> None:
    told = [forecast(7.0, 5), forecast(2.0, 1, heavy=True), forecast(1.0, MISSED, heavy=True)]
    assert accuracy(told) == Accuracy(
        sessions=3, expected=2.7, reported=2.0, inside=3, light=0, heavy=2
    )


def test_without_a_forecast_nothing_is_said() -> None:
    assert accuracy([]) is None
    assert accuracy([forecast(1, 1), forecast(1, 4, light=True)]) is not None
