"""The rows of what was done: each exercise of a session with its sets and their marks, in
columns."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.model.cells import cell_width, exactly, fitted
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form
from tui.domain.model.sums import by_set, counted
from tui.domain.model.values import Entry
from tui.ui.marks import LOOK, logged, worth_a_look
from tui.ui.panes.today_rows import BEHIND, BRACKETS, LEAST_NAME, LONG_FROM, WIDEST_NAME, done_words
from tui.ui.widgets.styled_text import Line, Span


def draw_done(
    entry: Entry, every: Sequence[Entry], library: Library, unit: str, width: int
) -> Line:
    """One of the exercises of a session, its columns as wide as ``every`` one of them needs."""
    form = Form.LONG if width >= LONG_FROM else Form.SHORT
    marks = max(len(by_set(one.live())) for one in every)
    room = max(0, width - BRACKETS - marks - BEHIND)
    dose = max(cell_width(_dose(one, library, unit, form)) for one in every)
    name = min(room - dose - 1, WIDEST_NAME + 2)
    if name < LEAST_NAME:
        name, dose = room, 0
    called = exercise_name(library, entry.exercise)
    line: list[Span] = [(" ", ""), (exactly(fitted(called, name - 1), name), "strong")]
    if dose:
        line.append(
            (exactly(fitted(_dose(entry, library, unit, form), room - name - 1), room - name), "")
        )
    sets = by_set(entry.live())
    look = any(map(worth_a_look, sets))
    return [*line, *map(logged, sets), *([LOOK] if look else [])]


def _dose(entry: Entry, library: Library, unit: str, form: Form) -> str:
    """How much was done in the work sets; of what is there to warm up alone, in its warm-ups."""
    return done_words(counted(entry) or entry.live(), unit, form, way_of(library, entry.exercise))
