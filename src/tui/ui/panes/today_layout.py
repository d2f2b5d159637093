"""Where things stand on the Today pane: list, big field and lines keep their places from state to
state, and what matters least goes first where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from tui.ui.widgets.big_field import MIDDLE_FROM, TALL_FROM
from tui.ui.widgets.ranked import Ranked, kept, ranked
from tui.ui.widgets.styled_text import Line

# The header above the pane, message and hints below it.
OTHER_ROWS = 3
# What the list leaves for context, field, three lines below it and a blank line between.
BELOW_LIST = 12
# How much higher than middle digits tall ones are, with the blank lines around them.
TALL_MORE = 4
# From so many rows on there are blank lines around the context; with fewer, one below the list.
ROOMY = 24
BLANK = 9


class Layout(Struct, frozen=True):
    """The lines above the list, those between it and the big field, and those under the field."""

    top: list[Line]
    above_field: list[Line]
    below_field: list[Line]


def list_rows(values: int, rows: int) -> int:
    """The rows that a list of ``values`` gets in a terminal of ``rows``. Where digits are small,
    the exercise under the cursor stands alone."""
    if rows < MIDDLE_FROM:
        return 1
    blank = 2 if rows >= ROOMY else 0
    tall = TALL_MORE if rows >= TALL_FROM[1] else 0
    return max(1, min(values, rows - OTHER_ROWS - blank - BELOW_LIST - tall))


def laid_out(
    context: Sequence[Ranked],
    field: Sequence[Line],
    notices: Sequence[Ranked],
    told: Sequence[Ranked],
    rows: int,
    room: int,
) -> Layout:
    """The lines that fit beside the list in a terminal of ``rows``, where ``room`` of them are
    left: the ``context``, the big ``field``, which always stays, ``notices`` of the day above it,
    and what is ``told`` below it. The blank lines above the field depend on ``rows`` alone, so that
    it does not move."""
    blank: list[Line] = [[]]
    around = ranked(0, blank) if rows >= ROOMY else []
    top = [*around, *context, *around]
    above = ranked(0 if rows >= MIDDLE_FROM else BLANK, blank)
    if notices:
        above += [*notices, *ranked(BLANK, blank)]
    below = [*(ranked(BLANK, blank) if field else []), *told]
    stays = kept([*top, *above, *below], room - len(field))
    lines = [line for _, line in (*top, *above, *below)]
    ends = (0, len(top), len(top) + len(above), len(lines))
    parts = [
        [line for line, stay in zip(lines[start:end], stays[start:end], strict=True) if stay]
        for start, end in pairwise(ends)
    ]
    return Layout(*parts)
