"""The rep-max curve, the formulas compared with it, and the e1RM of a set."""

from __future__ import annotations

from itertools import pairwise
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.calculator.estimates import (
    CURVE,
    FORMULAS,
    brzycki,
    lander,
    log_share,
    one_rm,
    reps_at,
    share,
)

# The RTS chart as printed, to a tenth: a row for each RPE, a column for each of 1 to 12 reps.
CHART = """
10   100  95.5 92.2 89.2 86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0
9.5  97.8 93.9 90.7 87.8 85.0 82.4 79.9 77.4 75.1 72.3 69.4 66.7
9    95.5 92.2 89.2 86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0 65.3
8.5  93.9 90.7 87.8 85.0 82.4 79.9 77.4 75.1 72.3 69.4 66.7 64.0
8    92.2 89.2 86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0 65.3 62.6
7.5  90.7 87.8 85.0 82.4 79.9 77.4 75.1 72.3 69.4 66.7 64.0 61.3
7    89.2 86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0 65.3 62.6 59.9
6.5  87.8 85.0 82.4 79.9 77.4 75.1 72.3 69.4 66.7 64.0 61.3 58.6
6    86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0 65.3 62.6 59.9 57.2
"""
ROWS = [[float(cell) for cell in row.split()] for row in CHART.strip().splitlines()]
CELLS = [(rpe, reps, cell) for rpe, *row in ROWS for reps, cell in enumerate(row, 1)]

# The max that each formula estimates from 100 kg, to a tenth of a kilogram; a single stays 100.
NAMES = ("epley", "brzycki", "lombardi", "oconner", "wathan", "mayhew", "lander")
MAXES = {
    1: (100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0),
    2: (106.7, 102.9, 107.2, 105.0, 105.1, 111.4, 104.2),
    3: (110.0, 105.9, 111.6, 107.5, 109.0, 114.0, 107.2),
    5: (116.7, 112.5, 117.5, 112.5, 116.6, 119.0, 113.7),
    6: (120.0, 116.1, 119.6, 115.0, 120.3, 121.5, 117.3),
    8: (126.7, 124.1, 123.1, 120.0, 127.7, 126.3, 125.1),
    10: (133.3, 133.3, 125.9, 125.0, 134.7, 130.9, 134.1),
    12: (140.0, 144.0, 128.2, 130.0, 141.5, 135.4, 144.4),
    15: (150.0, 163.6, 131.1, 137.5, 150.9, 141.7, 163.3),
}
FORMULA_CELLS = [
    (name, reps, kilograms)
    for reps, row in MAXES.items()
    for name, kilograms in zip(NAMES, row, strict=True)
]

on_the_curve = st.floats(1, 16)
loads = st.floats(1, 500)


def test_the_chart_is_whole() -> None:
    assert len(CELLS) == 108


@pytest.mark.parametrize(("rpe", "reps", "cell"), CELLS)
def test_every_cell_of_the_chart_lies_on_the_curve(rpe: float, reps: int, cell: float) -> None:
    assert share(reps + 10 - rpe) == pytest.approx(cell, rel=0, abs=0.1)


def test_the_chart_is_nearer_than_a_twentieth_but_for_its_last_cell() -> None:
    # A half is printed rounded; only the last cell is another number than the curve's.
    off = [(r, n) for r, n, cell in CELLS if abs(share(n + 10 - r) - cell) > 0.0501]
    assert off == [(6.0, 12)]


def test_the_curve_meets_its_points_exactly() -> None:
    assert tuple(share(n) for n in range(1, 17)) == CURVE
    assert [reps_at(percent) for percent in CURVE] == list(range(1, 17))


@pytest.mark.parametrize(
    ("n", "percent"), [(1.5, 97.75), (2.25, 94.675), (10.5, 72.3), (15.5, 58.6)]
)
def test_the_curve_is_straight_between_its_points(n: float, percent: float) -> None:
    assert share(n) == pytest.approx(percent)
    assert reps_at(percent) == pytest.approx(n)


@pytest.mark.parametrize(
    ("n", "percent"), [(-3.0, 100.0), (0.0, 100.0), (0.99, 100.0), (16.01, 57.3), (200.0, 57.3)]
)
def test_the_curve_ends_at_one_and_sixteen(n: float, percent: float) -> None:
    assert share(n) == percent


@pytest.mark.parametrize(
    ("percent", "n"), [(100.01, 0), (250.0, 0), (57.3, 16), (57.29, 16), (0.0, 16), (-5.0, 16)]
)
def test_too_heavy_is_no_rep_and_light_is_sixteen(percent: float, n: float) -> None:
    assert reps_at(percent) == n


@given(on_the_curve, on_the_curve)
def test_more_reps_are_a_smaller_share(one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert share(fewer) >= share(more)
    if more - fewer > 1e-6:
        assert share(fewer) > share(more)


@given(st.floats(0, 150), st.floats(0, 150))
def test_a_heavier_share_is_never_done_more_often(one: float, other: float) -> None:
    lighter, heavier = sorted((one, other))
    assert reps_at(lighter) >= reps_at(heavier)


@given(on_the_curve)
def test_reps_at_undoes_share(n: float) -> None:
    assert reps_at(share(n)) == pytest.approx(n, abs=1e-9)


@given(st.floats(57.3, 100))
def test_share_undoes_reps_at(percent: float) -> None:
    assert share(reps_at(percent)) == pytest.approx(percent, abs=1e-9)


def test_the_logarithm_of_a_single_is_nought() -> None:
    assert log_share(1) == 0
    assert log_share(0.4) == 0


@given(st.floats(-5, 30))
def test_the_logarithm_is_of_the_fraction(n: float) -> None:
    assert 100 * exp(log_share(n)) == pytest.approx(share(n))


@given(loads)
def test_a_single_to_the_limit_is_the_maximum(load: float) -> None:
    assert one_rm(load, 1) == load


def test_the_maximum_of_five_with_two_left() -> None:
    assert one_rm(81.1, 7) == pytest.approx(100)


@given(loads, on_the_curve)
def test_the_load_is_its_share_of_the_maximum(load: float, n: float) -> None:
    assert one_rm(load, n) * share(n) / 100 == pytest.approx(load)


def test_the_formulas_are_these() -> None:
    assert tuple(FORMULAS) == NAMES


@pytest.mark.parametrize(("name", "reps", "kilograms"), FORMULA_CELLS)
def test_every_formula_gives_its_published_value(name: str, reps: int, kilograms: float) -> None:
    # The table is rounded to a tenth, so half a tenth is all that may be between.
    assert FORMULAS[name](100, reps) == pytest.approx(kilograms, rel=0, abs=0.0501)


@pytest.mark.parametrize("name", NAMES)
@given(load=loads)
def test_a_single_is_given_back(name: str, load: float) -> None:
    assert FORMULAS[name](load, 1) == load


@pytest.mark.parametrize("name", NAMES)
@given(load=loads, reps=st.integers(1, 35))
def test_another_rep_is_a_higher_maximum(name: str, load: float, reps: int) -> None:
    assert FORMULAS[name](load, reps + 1) > FORMULAS[name](load, reps)


@pytest.mark.parametrize("name", NAMES)
@given(load=loads, reps=st.integers(1, 36))
def test_a_formula_is_in_proportion_to_the_load(name: str, load: float, reps: int) -> None:
    assert FORMULAS[name](2 * load, reps) == pytest.approx(2 * FORMULAS[name](load, reps))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reps", [0, -1])
def test_no_rep_is_no_maximum(name: str, reps: int) -> None:
    with pytest.raises(ValueError, match="at least one rep"):
        FORMULAS[name](100, reps)


def test_brzycki_and_epley_meet_at_ten() -> None:
    assert brzycki(100, 10) == pytest.approx(FORMULAS["epley"](100, 10))


def test_the_formulas_with_a_pole_end_before_it() -> None:
    assert brzycki(100, 36) == pytest.approx(3600)
    assert lander(100, 37) > 0
    with pytest.raises(ValueError, match="Brzycki"):
        brzycki(100, 37)
    with pytest.raises(ValueError, match="Lander"):
        lander(100, 38)


def test_the_curve_falls_at_every_point() -> None:
    assert all(heavier > lighter for heavier, lighter in pairwise(CURVE))
