"""The climb of a track: hills count, what a watch gets wrong does not."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.formats.climb import climb_m


def flat(step: int, jitter: Random) -> list[tuple[float, float]]:
    """An hour and a half on the flat, with heights that waver by up to two metres."""
    return [(at, 100 + jitter.uniform(-2, 2)) for at in range(0, 5400, step)]


@pytest.mark.parametrize("step", [1, 2, 5, 10, 20])
@pytest.mark.parametrize("seed", range(5))
def test_a_flat_run_does_not_climb_however_its_heights_waver(step: int, seed: int) -> None:
    assert climb_m(flat(step, Random(seed))) == 0
    assert climb_m([(at, 100 + (2 if at // step % 2 else -2)) for at in range(0, 3600, step)]) == 0


def hills(at: float) -> float:
    """Up 20 m in a minute and down again in the next."""
    return 20 - abs(at % 120 - 60) / 3


def test_steep_hills_keep_their_tops() -> None:
    assert climb_m([(at, hills(at)) for at in range(1201)]) == pytest.approx(200)
    assert climb_m([(at, round(hills(at))) for at in range(1201)]) == pytest.approx(200, rel=0.05)


def test_hills_are_seen_through_noise() -> None:
    jitter = Random(1)
    track = [(at, hills(at) + jitter.uniform(-2, 2)) for at in range(1201)]
    assert climb_m(track) == pytest.approx(200, rel=0.2)


def test_few_points_far_apart_are_taken_as_they_are() -> None:
    heights = (100, 200, 100, 300, 298, 310)
    assert climb_m([(at * 300, height) for at, height in enumerate(heights)]) == 310


@pytest.mark.parametrize(
    ("heights", "climb"),
    [((), 0), ((5,), 0), ((0, 2.9), 0), ((0, 3), 3), ((0, 2, 0, 2, 0), 0), ((9, 0, 4), 4),
     ((0, 5, 3, 8), 8), ((0, 5, 2, 8), 11)],
)  # fmt: skip
def test_a_rise_counts_from_three_metres(heights: tuple[float, ...], climb: float) -> None:
    assert climb_m([(at * 100.0, height) for at, height in enumerate(heights)]) == climb


@given(st.lists(st.tuples(st.floats(0, 1e5), st.floats(-400, 9000)), max_size=60))
def test_the_climb_is_never_more_than_all_rises(track: list[tuple[float, float]]) -> None:
    track.sort()
    climb = climb_m(track)
    rises = sum(max(0.0, b - a) for (_, a), (_, b) in pairwise(track))
    assert 0 <= climb <= rises + 1e-6


def test_the_points_of_one_instant_end_too() -> None:
    jitter = Random(1)
    assert climb_m([(0, jitter.uniform(-2, 2)) for _ in range(20_000)]) == 0
