"""How a set was done, measured by its prescription."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.outcome import COMPARED, Gap, Outcome, gap, outcome, telling
from tui.domain.model.values import Measures, SetEntry, Side

amounts = st.none() | st.integers(min_value=0, max_value=20)
measures = st.builds(
    lambda values: Measures(**values), st.fixed_dictionaries(dict.fromkeys(COMPARED, amounts))
)


def row(done: Measures, prescribed: Measures | None, side: Side = Side.BOTH) -> SetEntry:
    return SetEntry(id="1", edited="", number=1, side=side, done=done, prescribed=prescribed)


@pytest.mark.parametrize(
    ("done", "planned", "expected"),
    [
        (Measures(reps=5), Measures(reps=5), None),
        (Measures(reps=3), Measures(reps=5), Gap("reps", 3, 5)),
        (Measures(reps=7), Measures(reps=5), Gap("reps", 7, 5)),
        # A weight that nobody knew is no difference.
        (Measures(reps=15, load_kg=20), Measures(reps=15), None),
        (Measures(reps=7, load_kg=60), Measures(reps=5, load_kg=62.5), Gap("load_kg", 60, 62.5)),
        (Measures(reps=3, load_kg=65), Measures(reps=5, load_kg=62.5), Gap("reps", 3, 5)),
        # 45 lb, which is rounded to the gram.
        (Measures(reps=5, load_kg=20.412), Measures(reps=5, load_kg=20.41), None),
        (
            Measures(reps=5, assist_kg=15),
            Measures(reps=5, assist_kg=20),
            Gap("assist_kg", -15, -20),
        ),
        (Measures(reps=5, assist_kg=20), Measures(reps=5, assist_kg=20), None),
        # How it is done is no amount.
        (Measures(reps=5, tempo_s=8), Measures(reps=5, tempo_s=10), None),
    ],
)
def test_the_telling_difference(done: Measures, planned: Measures, expected: Gap | None) -> None:
    assert gap(done, planned) == expected


def test_the_side_that_fell_short_tells() -> None:
    rows = [
        row(Measures(reps=9), Measures(reps=8), Side.LEFT),
        row(Measures(reps=6), Measures(reps=8), Side.RIGHT),
    ]
    assert telling(rows) == Gap("reps", 6, 8)
    assert outcome(rows) is Outcome.SHORT
    assert outcome(rows[:1]) is Outcome.MORE


def test_an_added_set_is_done_as_planned() -> None:
    assert outcome([row(Measures(reps=9), None)]) is Outcome.AS_PLANNED


@given(measures, measures)
def test_what_is_more_one_way_is_less_the_other(one: Measures, other: Measures) -> None:
    there = outcome([row(one, other)])
    back = outcome([row(other, one)])
    assert (there is Outcome.AS_PLANNED) == (back is Outcome.AS_PLANNED)
    if there is Outcome.MORE:
        assert back is Outcome.SHORT
