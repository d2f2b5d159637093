"""How a set compares with what was planned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.model.outcome import Outcome, outcome
from tui.domain.model.values import Measures, SetEntry, Side


def row(done: Measures, planned: Measures | None, side: Side = Side.BOTH) -> SetEntry:
    return SetEntry(id="1", edited="", number=1, side=side, done=done, prescribed=planned)


PLAN = Measures(reps=8, load_kg=60)


@pytest.mark.parametrize(
    ("done", "came"),
    [
        (PLAN, Outcome.AS_PLANNED),
        (Measures(reps=9, load_kg=60), Outcome.MORE),
        (Measures(reps=8, load_kg=62.5), Outcome.MORE),
        (Measures(reps=7, load_kg=60), Outcome.SHORT),
        (Measures(reps=8, load_kg=50), Outcome.SHORT),
        # The reps decide, not the load.
        (Measures(reps=9, load_kg=50), Outcome.MORE),
        (Measures(reps=8), Outcome.AS_PLANNED),
    ],
)
def test_one_set(done: Measures, came: Outcome) -> None:
    assert outcome([row(done, PLAN)]) is came


def test_nothing_planned_is_as_planned_and_nothing_done_is_left_out() -> None:
    assert outcome([row(PLAN, None)]) is Outcome.AS_PLANNED
    undone = replace(row(Measures(), PLAN), undone="time")
    assert outcome([undone]) is Outcome.LEFT_OUT
    assert outcome([row(PLAN, PLAN, Side.LEFT), replace(undone, side=Side.RIGHT)]) is Outcome.SHORT
    assert outcome([replace(row(PLAN, PLAN), flags=("aborted",))]) is Outcome.SHORT


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 20))
def test_the_shorter_side_decides(left: int, right: int, planned: int) -> None:
    plan = Measures(reps=planned)
    rows = [
        row(Measures(reps=left), plan, Side.LEFT),
        row(Measures(reps=right), plan, Side.RIGHT),
    ]
    came = outcome(rows)
    assert (came is Outcome.SHORT) is (min(left, right) < planned)
    assert (came is Outcome.MORE) is (min(left, right) >= planned < max(left, right))
