"""Steps that record what was done: log, correct, rate, skip and confirm sets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tui.domain.model.codec import qualifiers
from tui.domain.model.ids import beside
from tui.domain.model.logged import as_typed, on_sides
from tui.domain.model.notation import Written
from tui.domain.model.validation import text
from tui.domain.model.values import FLAGS, SLOW, Measures, SetEntry, Side
from tui.domain.session.actions import Refused
from tui.domain.session.events import ClockOp, Event, Note, Plan, Sets
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.plan_steps import with_load

# Makes the id of a new row; every call gives another one, in order.
NewId = Callable[[], str]


def log(live: Live, item_id: str, now: datetime, new_id: NewId) -> list[Event]:
    """Log the next set of an item as planned, or confirm the unconfirmed one; raises Refused."""
    item = live.item(item_id)
    waiting = [key for key in live.pending if key.item == item_id]
    if waiting:
        return confirm(live, now)
    keys = live.open_keys(item)
    if not keys:
        raise Refused("All sets of this exercise are done. A adds one, F finishes.")
    rows = as_planned(live, keys[0], now, new_id)
    return [*confirm(live, now), *_logged(live, keys[0], rows, now)]


def _logged(live: Live, key: Key, rows: Sequence[SetEntry], now: datetime) -> list[Event]:
    """The events of a set just done: its rows, and the start of the rest if it is new."""
    made: list[Event] = [Sets(at=now, key=key, rows=tuple(rows))]
    if not live.is_open(key):
        return made
    if live.rest_after(key):
        return [*made, ClockOp(at=now, op="rest", key=key)]
    return [*made, ClockOp(at=now, op="stop")] if live.clock is not None else made


def write(
    live: Live, key: Key, typed: Sequence[Written], now: datetime, new_id: NewId
) -> list[Event]:
    """Log or correct one set as typed. A typed load or help is filled in for the open sets without
    one."""
    item = live.item(key.item)
    old = {row.side: row for row in live.rows.get(key, ())}
    rows: list[SetEntry] = []
    for row in on_sides(item.sides, typed):
        base = old.get(row.side) or _entry(item, key, row.side, row.measures, now, new_id())
        made = replace(row, measures=item.logged(row.measures))
        rows.append(as_typed(base, made, now.isoformat()))
    items = with_load(live, item, key, rows[0].done)
    return [
        *confirm(live, now, leave=(key,)),
        *_logged(live, key, rows, now),
        *([Plan(at=now, items=items)] if items != live.items else []),
    ]


def mark(live: Live, key: Key, name: str, value: Any, now: datetime) -> list[Event]:
    """Set the field ``name`` of a logged set. Raises Refused for an open set, BadDocument for a
    value out of range."""
    if live.is_open(key):
        raise Refused("No set is logged yet. enter logs this one.")
    told = {name: value}
    checked = {"note": text(told, "note"), **qualifiers(told)}[name]
    changed = {"edited": now.isoformat(), name: checked}
    rows = tuple(replace(row, **changed) for row in live.rows[key])
    return [Sets(at=now, key=key, rows=rows, pending=key in live.pending)]


def flag(live: Live, key: Key, name: str, now: datetime) -> list[Event]:
    """Add a flag to a logged set, or take it back if every side has it. Raises Refused for a set
    that is open or was left out, BadDocument for an unknown flag."""
    rows = live.rows.get(key, ())
    if not rows or rows[0].undone is not None:
        raise Refused("No set is logged yet. enter logs this one.")
    [name] = qualifiers({"flags": [name]})["flags"]
    back = all(name in row.flags for row in rows)

    def told(row: SetEntry) -> tuple[str, ...]:
        kept = set(row.flags) - {name} if back else {*row.flags, name}
        return tuple(one for one in FLAGS if one in kept)

    flagged = tuple(replace(row, edited=now.isoformat(), flags=told(row)) for row in rows)
    return [Sets(at=now, key=key, rows=flagged, pending=key in live.pending)]


def again(live: Live, now: datetime) -> list[Event]:
    """Do again what was just undone, of the plan, the sets and the note. The clock goes on as it
    is. Raises Refused if another step was taken since."""
    after = live.after
    if after is None:
        raise Refused("Nothing to do again.")
    made: list[Event] = []
    if after.items != live.items:
        made.append(Plan(at=now, items=after.items))
    for key, rows in after.rows.items():
        waits, now_there = key in after.pending, live.rows.get(key, ())
        if _bare(rows) != _bare(now_there) or waits != (key in live.pending):
            stamped = tuple(replace(row, edited=now.isoformat()) for row in rows)
            made.append(Sets(at=now, key=key, rows=stamped, pending=waits))
    if after.note != live.note:
        made.append(Note(at=now, text=after.note))
    # A step that changed nothing is one that undo takes back all the same.
    return made or [Note(at=now, text=after.note)]


def _bare(rows: Sequence[SetEntry]) -> list[SetEntry]:
    """Rows without the stamp of their last edit."""
    return [replace(row, edited="") for row in rows]


def end_slow(live: Live, item_id: str, now: datetime) -> list[Event]:
    """Leave out the rest of an item after two slow sets in a row (clarke-runrun ends a set when a
    rep slows; two in a row as the end of the exercise are the project's). Raises Refused if there
    is nothing to leave out."""
    keys = live.slowed(live.item(item_id))
    if not keys:
        raise Refused("No two slow sets in a row, or no set after them to leave out.")
    return _left_out(live, keys, "other", now, flags=(SLOW,))


def skip(live: Live, keys: Sequence[Key], reason: str, now: datetime) -> list[Event]:
    """Leave the open or unconfirmed sets among ``keys`` undone; raises Refused without any."""
    open_to_it = [
        key
        for key in keys
        if key in live.pending or all(row.undone for row in live.rows.get(key, ()))
    ]
    if not open_to_it:
        raise Refused("This set is logged already. e corrects a set.")
    return _left_out(live, open_to_it, reason, now)


def _left_out(
    live: Live, keys: Sequence[Key], reason: str, now: datetime, *, flags: tuple[str, ...] = ()
) -> list[Event]:
    """Leave sets undone, confirm those that wait, and stop the clock if it led one of them."""
    left_out = leave_out(live, keys, reason, now, flags=flags)
    made = [*confirm(live, now, leave=keys), *left_out]
    if live.clock is not None and live.clock.key in keys:
        made.append(ClockOp(at=now, op="stop"))
    return made


def leave_out(
    live: Live, keys: Iterable[Key], reason: str, now: datetime, *, flags: tuple[str, ...] = ()
) -> list[Event]:
    """Log sets as left undone; raises BadDocument for an unknown reason. In whichever copy of its
    journal a session is finished, such a row has the same id."""
    made: list[Event] = []
    undone = qualifiers({"undone": reason})["undone"]
    for key in keys:
        item = live.item(key.item)
        old = {row.side: row.id for row in live.rows.get(key, ())}
        place = f"{item.id} {key.kind} {key.number}"
        rows = tuple(
            replace(
                _entry(
                    item,
                    key,
                    side,
                    Measures(),
                    now,
                    old.get(side) or beside(item.entry or live.id, f"left {place} {side}"),
                ),
                undone=undone,
                flags=flags,
            )
            for side in (goal.side for goal in item.planned(key).goals)
        )
        made.append(Sets(at=now, key=key, rows=rows))
    return made


def confirm(live: Live, now: datetime, leave: Collection[Key] = ()) -> list[Event]:
    """Confirm all unconfirmed sets except ``leave``, which are being written anyway."""
    waiting = [key for key in live.pending if key not in leave]
    return [Sets(at=now, key=key, rows=live.rows[key]) for key in waiting]


def as_planned(live: Live, key: Key, now: datetime, new_id: NewId) -> list[SetEntry]:
    """The rows of a set done at ``now`` just as the runner intended."""
    item = live.item(key.item)
    planned = item.planned(key)
    return [_entry(item, key, goal.side, goal.measures, now, new_id()) for goal in planned.goals]


def _entry(
    item: Item, key: Key, side: Side, done: Measures, now: datetime, new_id: str
) -> SetEntry:
    goal = item.prescribed(key).get(side)
    return SetEntry(
        id=new_id,
        edited=now.isoformat(),
        number=key.number,
        side=side,
        kind=key.kind,
        done=item.logged(done),
        prescribed=None if goal is None else item.logged(goal.measures),
        at=now.isoformat(),
    )
