"""The pages of text: nothing in them is cut off."""

from __future__ import annotations

import pytest

from tui.domain.model.cells import cell_width
from tui.ui.commands import TODAY
from tui.ui.texts import help_lines


@pytest.mark.parametrize("width", [43, 78])
def test_help_fits_a_phone_and_a_terminal(width: int) -> None:
    lines = ["".join(text for text, _ in line) for line in help_lines(TODAY, {}, width)]
    assert [line for line in lines if cell_width(line) > width] == []
