"""The side of a set in its note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.values import Side
from tui.formats.side_notes import MARKS, heard, told

notes = st.lists(st.sampled_from([*MARKS.values(), "·", "slow"]), max_size=3).map(" ".join)


@given(st.sampled_from(Side), notes)
def test_what_was_told_is_heard(side: Side, note: str) -> None:
    assert heard(told(side, note)) == (side, note)


@pytest.mark.parametrize("note", ["", "slow", "Left side felt stiff", "left side", "Left"])
def test_a_note_that_only_speaks_of_a_side_tells_none(note: str) -> None:
    assert heard(note) == (Side.BOTH, note)
    assert told(Side.BOTH, note) == note
