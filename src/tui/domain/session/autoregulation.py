"""Autoregulation: change the remaining sets of a lift after a set that was harder than planned, or
that was easy while its right load is still looked for.

The calculator decides whether to change them (source project). The result is recorded as an
ordinary change of plan, so that a replay of the session needs no calculator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from tui.domain.model.values import Prescription, SetEntry, SetKind, SetPlan
from tui.domain.session.actions import Command, Flag, Log, Mark, Write
from tui.domain.session.live import Item, Key, Live

# Gives the changed plan of an item, from the rows of its work sets done so far, or None.
Replan = Callable[[Live, Item, Prescription, Sequence[SetEntry]], Prescription | None]


def replanned_items(live: Live, command: Command, replan: Replan) -> tuple[Item, ...]:
    """The items after ``command``, changed by ``replan`` if the command reported how a set went;
    otherwise unchanged. Sets that the runner changed by hand are left alone."""
    item = _reported(live, command)
    rows = None if item is None else _so_far(live, item)
    if item is None or not rows or not live.open_keys(item):
        return live.items
    work = tuple(s for s in item.plan.sets if s.kind is SetKind.WORK)
    changed = replan(live, item, replace(item.plan, sets=work), rows)
    if changed is None:
        return live.items
    return live.items_with(_with(live, item, {s.number: s for s in changed.sets}))


def _reported(live: Live, command: Command) -> Item | None:
    """The item for which a command reports how a set went, or None."""
    match command:
        case Log(item):
            return live.item(item)
        case Write(key) | Mark(key, "rir") | Flag(key):
            return live.item(key.item)
    return None


def _so_far(live: Live, item: Item) -> list[SetEntry] | None:
    """The rows of the work sets done so far; None if an earlier set is still open."""
    work = [key for key in item.keys() if key.kind is SetKind.WORK]
    done = [key for key in work if not live.is_open(key)]
    if done != work[: len(done)]:
        return None
    return [row for key in done for row in live.rows[key]]


def _with(live: Live, item: Item, changed: Mapping[int, SetPlan]) -> Item:
    """The item with its open work sets replaced by ``changed`` ones, in both plans."""
    new = {
        s: changed[s.number]
        for s in item.plan.sets
        if s.kind is SetKind.WORK
        and s.number in changed
        and s in item.now.sets
        and live.is_open(Key(item.id, s.kind, s.number))
    }

    def eased(old: Prescription) -> Prescription:
        return replace(old, sets=tuple(new.get(s, s) for s in old.sets))

    return replace(item, plan=eased(item.plan), now=eased(item.now))
