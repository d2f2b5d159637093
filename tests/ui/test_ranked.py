"""Which lines stay when there is no room for all."""

from __future__ import annotations

from tui.ui.widgets.ranked import Ranked, kept, ranked


def test_lines_go_by_rank_where_there_is_little_room() -> None:
    lines: list[Ranked] = [*ranked(0, [[]]), *ranked(9, [[]]), *ranked(2, [[]]), *ranked(0, [[]])]
    assert kept(lines, 9) == [True] * 4
    assert kept(lines, 3) == [True, False, True, True]
    assert kept(lines, 1) == [True, False, False, True]
