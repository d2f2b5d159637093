from __future__ import annotations

import pytest

from tui.ui.widgets.styled_text import Line, _changed, width_of


@pytest.mark.parametrize(
    ("before", "after", "columns"),
    [
        ("ab", "ab", None),
        ("ab", "aX", (1, 2)),
        ("❤\ufe0fa", "❤\ufe0fb", (2, 3)),
        ("❤a", "❤\ufe0fa", (0, 3)),
        ("e\u0301a", "e\u0301b", (1, 2)),
        ("膝a", "膝b", (2, 3)),
    ],
)
def test_the_columns_that_changed_are_those_on_the_screen(
    before: str, after: str, columns: tuple[int, int] | None
) -> None:
    lines: list[Line] = [[(before, "")], [(after, "")]]
    assert _changed(*lines) == columns
    assert columns is None or columns[1] <= max(map(width_of, lines))
