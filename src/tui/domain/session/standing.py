"""How a set stands before something is typed about it: as planned or as done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.domain.model.notation import Written, written
from tui.domain.session.live import Item, Key, Live


def as_planned(item: Item, key: Key) -> tuple[Written, ...]:
    """A set done as planned."""
    return tuple(
        Written(number=1, side=goal.side, measures=goal.measures)
        for goal in item.planned(key).goals
    )


def standing(live: Live, item: Item, key: Key) -> tuple[Written, ...]:
    """A set as it was done, else as planned."""
    rows = live.rows.get(key)
    if rows and rows[0].undone is None:
        return tuple(map(written, rows))
    return as_planned(item, key)


def with_said(live: Live, key: Key, row: Written) -> Written:
    """A side with what was said of it when it was logged: pain, flags, a note."""
    old = [each for each in live.rows.get(key, ()) if each.side == row.side]
    if not old or old[0].undone is not None:
        return row
    said = old[0]
    return replace(row, pain=said.pain, effort=said.effort, flags=said.flags, note=said.note)


def bare(rows: Sequence[Written]) -> tuple[Written, ...]:
    """Sides without what was said of them."""
    return tuple(replace(row, rir=None, pain=None, flags=()) for row in rows)
