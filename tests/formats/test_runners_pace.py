"""Tracks that nobody ran: too fast for anyone, or slower than a walk on the flat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.formats.runners_pace import Passed, unlike_a_run

DEGREE_M = 111_195


def north(kmh: float, seconds: int, step: int = 5) -> list[Passed]:
    """A track due north at a steady speed."""
    return [(float(at), 47 + at * kmh / 3.6 / DEGREE_M, 7.0) for at in range(0, seconds + 1, step)]


def round_and_round(kmh: float, seconds: int) -> list[Passed]:
    """To and fro over ten seconds, as in a yard."""
    straight = north(kmh, 10, 1)
    return [(float(at), *straight[abs(at % 20 - 10)][1:]) for at in range(seconds)]


@given(st.floats(5.3, 24.7), st.integers(0, 4000), st.integers(1, 300))
def test_whatever_a_runner_can_do_may_be_a_run(kmh: float, seconds: int, step: int) -> None:
    assert unlike_a_run([north(kmh, seconds, step)], 0) == ""


@given(st.floats(25.3, 900), st.integers(240, 4000), st.integers(1, 30))
def test_what_nobody_can_run_is_none(kmh: float, seconds: int, step: int) -> None:
    assert unlike_a_run([north(kmh, seconds, step)], 0) == "faster than anyone runs"


def test_a_sprint_is_a_run() -> None:
    assert unlike_a_run([north(30, 150)], 0) == ""


def test_a_ride_is_known_by_its_fast_parts() -> None:
    assert unlike_a_run([north(15, 1800), north(32, 240)], 0) == "faster than anyone runs"


def test_a_swim_is_slow_all_the_time() -> None:
    assert unlike_a_run([north(2.5, 1200)], 0) == "slower than a walk"
    assert unlike_a_run([north(2.5, 1200), north(10, 120)], 0) == ""


@pytest.mark.parametrize(("climb", "words"), [(40, ""), (5, "slower than a walk")])
def test_a_steep_way_may_be_slow(climb: float, words: str) -> None:
    assert unlike_a_run([north(3, 1200)], climb) == words


def test_running_to_and_fro_is_not_slow() -> None:
    assert unlike_a_run([round_and_round(9, 1200)], 0) == ""


@pytest.mark.parametrize("segments", [[], [[]], [[(0.0, 47.0, 7.0)]], [north(0, 1200)]])
def test_where_nobody_moved_nothing_is_known(segments: list[list[Passed]]) -> None:
    assert unlike_a_run(segments, 0) == ""
