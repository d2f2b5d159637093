"""Cells that a spreadsheet would take for formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.formats.csv_cells import FORMULA, plain, safe


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    assert safe(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "Plank", "'quoted'", "5-4-3", "a=b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == plain(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\na1"), max_size=6))
def test_what_was_made_safe_is_read_as_it_was(text: str) -> None:
    made = safe(text)
    assert plain(made) == text
    assert not made.startswith(FORMULA)
