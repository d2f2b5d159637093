"""Apply a runner's command to a live session: the new state, and the events that lead to it.

The caller of ``step`` writes the events to the journal before showing the new state. A command that
is not possible raises :class:`Refused`, whose message says why, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.domain.session import autoregulation, clock_steps, events, plan_steps, set_steps
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    EndSlow,
    Finish,
    Flag,
    Insert,
    Log,
    Mark,
    Move,
    Put,
    Redo,
    Refused,
    Remove,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Tick,
    Undo,
    Write,
)
from tui.domain.session.autoregulation import Replan
from tui.domain.session.events import Change, Event, Note, Plan
from tui.domain.session.live import Item, Live
from tui.domain.session.replay import apply
from tui.domain.session.set_steps import NewId


def step(
    live: Live,
    command: Command,
    now: datetime,
    new_id: NewId,
    replan: Replan | None = None,
) -> tuple[Live, list[Event]]:
    """The state after ``command`` at ``now`` (with a UTC offset) and the events to write; raises
    Refused. ``new_id`` makes the ids of new items and rows.

    A timed set that has run out since the last step is marked first, whatever the command. Sets
    that ``replan`` changes are part of the same step.
    """
    if live.finished is not None:
        raise Refused("This session is finished. u opens it again.")
    live, timed_out = _applied(live, clock_steps.tick(live, now, new_id))
    target = live.after
    try:
        _must_know(live, command)
        live, made = _applied(live, _events(live, command, now, new_id))
    except BadDocument as bad:
        raise Refused(str(bad)) from None
    items = live.items if replan is None else autoregulation.replanned_items(live, command, replan)
    replanned = [] if items == live.items else [_plan(live, items, now)]
    live, changed = _applied(live, replanned, more=True)
    if isinstance(command, Redo) and target is not None:
        live = replace(live, after=target.after)
    return live, timed_out + made + changed


def _applied(live: Live, made: Sequence[Event], *, more: bool = False) -> tuple[Live, list[Event]]:
    """The state after the events ``made``, and those events marked as one step; with ``more``, as
    part of the previous step."""
    taken: list[Event] = []
    for event in made:
        if isinstance(event, Change):
            taken.append(replace(event, more=more))
            more = True
        else:
            taken.append(event)
        live = apply(live, taken[-1])
    return live, taken


def _plan(live: Live, items: Sequence[Item], now: datetime) -> Plan:
    """The event that changes the plan to these items; raises BadDocument for a new item out of
    range."""
    for item in items:
        if item not in live.items:
            item.check()
    return Plan(at=now, items=tuple(items))


def _must_know(live: Live, command: Command) -> None:
    """Raises Refused for a command on an exercise or set that is not in the session (any more)."""
    known = True
    match command:
        case (
            Log(item) | Adjust(item) | Swap(item) | Move(item) | AddSet(item) | AddWarmups(item)
            | Superset(item) | EndSlow(item) | Remove(item)
        ):  # fmt: skip
            known = any(other.id == item for other in live.items)
        case Write(key) | Mark(key) | Flag(key):
            known = live.plans(key)
        case Skip(keys):
            known = all(map(live.plans, keys))
    if not known:
        raise Refused("That exercise is no longer in this session.")


def _events(live: Live, command: Command, now: datetime, new_id: NewId) -> Sequence[Event]:
    match command:
        case Log(item):
            return set_steps.log(live, item, now, new_id)
        case Write(key, rows):
            return set_steps.write(live, key, rows, now, new_id)
        case Mark(key, name, value):
            return set_steps.mark(live, key, name, value, now)
        case Flag(key, name):
            return set_steps.flag(live, key, name, now)
        case EndSlow(item):
            return set_steps.end_slow(live, item, now)
        case Skip(keys, reason):
            return set_steps.skip(live, keys, reason, now)
        case SessionNote(note):
            return [Note(at=now, text=note)]
        case Clock(op, item):
            return clock_steps.press(live, op, item, now)
        case Tick():
            return []
        case Undo():
            if live.before is None:
                raise Refused("Nothing to undo.")
            return [events.Undo(at=now)]
        case Redo():
            return set_steps.again(live, now)
        case Finish(reason):
            left = [key for key in live.unfinished() if live.rows and key.kind is SetKind.WORK]
            undone = set_steps.leave_out(live, left, reason, now)
            return [*set_steps.confirm(live, now), *undone, events.Finish(at=now)]
        case _:
            return [_plan(live, _changes(live, command, new_id), now)]


def _changes(
    live: Live,
    command: Adjust | Put | Insert | Remove | Swap | Move | AddSet | AddWarmups | Superset,
    new_id: NewId,
) -> Sequence[Item]:
    """The items after a command that changes the plan."""
    match command:
        case Adjust():
            return plan_steps.adjust(live, command)
        case Put(item, place):
            return plan_steps.put(live, item, place, new_id())
        case Insert(items, before):
            return plan_steps.insert(live, items, before=before, new_id=new_id)
        case Remove(item):
            return plan_steps.remove(live, item)
        case Swap(item, other):
            return plan_steps.swap(live, item, other, new_id())
        case Move(item, by):
            return plan_steps.move(live, item, by)
        case AddSet(item):
            return plan_steps.add_set(live, item)
        case AddWarmups():
            return plan_steps.add_warmups(live, command)
        case Superset(item):
            return plan_steps.superset(live, item)
