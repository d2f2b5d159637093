"""Steps that say what was done: sets logged, corrected, remarked on, left out, confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tui.domain.model.logged import on_sides, with_contacts
from tui.domain.model.notation import Written
from tui.domain.model.values import Measures, SetEntry, SetKind, Side
from tui.domain.session.actions import Refused
from tui.domain.session.events import Made, key_to_doc, sets_event
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.plan_steps import with_load


def log(live: Live, item_id: str, now: datetime) -> Made:
    """The next set of an item as planned, or the one that stands unconfirmed; raises Refused."""
    item = live.item(item_id)
    waiting = [key for key in live.pending if key.item == item_id]
    if waiting:
        return confirm(live)
    keys = live.open_keys(item)
    if not keys:
        raise Refused("all sets are logged: a adds an exercise, A a set, F finishes")
    return [*confirm(live), *_logged(live, keys[0], as_planned(live, keys[0], now))]


def _logged(live: Live, key: Key, rows: Sequence[SetEntry]) -> Made:
    """A set that was just done: its rows, and the rest that follows by itself."""
    made: Made = [sets_event(key, rows)]
    if not live.is_open(key):
        return made
    if live.rest_after(key):
        return [*made, ("clock", {"op": "rest", **key_to_doc(key)})]
    return [*made, ("clock", {"op": "stop"})] if live.clock is not None else made


def write(live: Live, key: Key, typed: Sequence[Written], now: datetime) -> Made:
    """One set as it was typed, new or corrected. A load that was typed is the load of the open
    sets that had none."""
    item = live.item(key.item)
    old = {row.side: row for row in live.rows.get(key, ())}
    rows: list[SetEntry] = []
    for row in on_sides(item.sides, typed):
        base = old.get(row.side) or _entry(live, item, key, row.side, row.measures, now)
        rows.append(
            replace(
                base,
                edited=now.isoformat(),
                done=with_contacts(item.kind, item.feet, row.measures),
                rir=row.rir,
                effort=row.effort,
                pain=row.pain,
                flags=row.flags,
                note=row.note or base.note,
                undone=None,
            )
        )
    return [
        *confirm(live, leave=(key,)),
        *_logged(live, key, rows),
        *with_load(live, item, key, rows[0].done.load_kg),
    ]


def mark(live: Live, key: Key, name: str, value: Any, now: datetime) -> Made:
    """A set that is logged with ``value`` in its field ``name``; raises Refused for an open one."""
    if live.is_open(key):
        raise Refused("log the set first (enter), then say how it was")
    rows = [replace(row, edited=now.isoformat(), **{name: value}) for row in live.rows[key]]
    return [sets_event(key, rows, pending=key in live.pending)]


def skip(live: Live, keys: Sequence[Key], reason: str, now: datetime) -> Made:
    """The sets that are open or unconfirmed left out for a reason; Refused where none is."""
    open_to_it = [
        key
        for key in keys
        if key in live.pending or all(row.undone for row in live.rows.get(key, ()))
    ]
    if not open_to_it:
        raise Refused("it is logged already: e corrects it")
    made = [*confirm(live, leave=open_to_it), *leave_out(live, open_to_it, reason, now)]
    if live.clock is not None and live.clock.key in keys:
        made.append(("clock", {"op": "stop"}))
    return made


def leave_out(live: Live, keys: Iterable[Key], reason: str, now: datetime) -> Made:
    """Sets with no work done, for a reason."""
    made: Made = []
    for key in keys:
        item = live.item(key.item)
        rows = [
            replace(_entry(live, item, key, goal.side, Measures(), now), undone=reason)
            for goal in item.planned(key).goals
        ]
        made.append(sets_event(key, rows))
    return made


def confirm(live: Live, leave: Collection[Key] = ()) -> Made:
    """Confirm what stands unconfirmed, but for ``leave``, which is being written anyway."""
    return [sets_event(key, live.rows[key]) for key in live.pending if key not in leave]


def as_planned(live: Live, key: Key, now: datetime) -> list[SetEntry]:
    """The rows of a set done as the runner meant to, at ``now``."""
    item = live.item(key.item)
    planned = item.planned(key)
    return [_entry(live, item, key, goal.side, goal.measures, now) for goal in planned.goals]


def _entry(live: Live, item: Item, key: Key, side: Side, done: Measures, now: datetime) -> SetEntry:
    warm = "w" if key.kind is SetKind.WARMUP else ""
    goal = item.prescribed(key).get(side)
    return SetEntry(
        id=f"{live.id}-{item.id}-{warm}{key.number}{side.value[0]}",
        edited=now.isoformat(),
        number=key.number,
        side=side,
        kind=key.kind,
        done=with_contacts(item.kind, item.feet, done),
        prescribed=None if goal is None else with_contacts(item.kind, item.feet, goal.measures),
        at=now.isoformat(),
    )
