"""What a runner can do in a live session: each step turns a state into the events that follow.

``step`` applies a command to a state. The caller writes the events to the journal before it shows
the new state. A command that cannot be done raises :class:`Refused`, whose message says why;
nothing happens then.
"""

from __future__ import annotations

from datetime import datetime

from tui.domain.model.codec import Doc
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.domain.session import autoregulation as easing
from tui.domain.session import clock_steps, plan_steps, set_steps
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    Finish,
    Log,
    Mark,
    Move,
    Put,
    Refused,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Tick,
    Undo,
    Write,
)
from tui.domain.session.autoregulation import Replan
from tui.domain.session.events import Made
from tui.domain.session.live import Live
from tui.domain.session.replay import apply


def step(
    live: Live, command: Command, now: datetime, replan: Replan | None = None
) -> tuple[Live, list[Doc]]:
    """The state after ``command`` at ``now`` (aware) and the events to write; raises Refused.

    A timed set that ran out since the last step is marked first, whatever the command is. What
    ``replan`` makes lighter after a set is part of the same step.
    """
    if live.finished is not None:
        raise Refused("the session is finished")
    live, timed_out = _applied(live, clock_steps.tick(live, now), now)
    try:
        _must_know(live, command)
        live, made = _applied(live, _events(live, command, now), now)
    except BadDocument as bad:
        raise Refused(str(bad)) from None
    eased = [] if replan is None else easing.after(live, command, replan)
    live, lighter = _applied(live, eased, now, more=True)
    return live, timed_out + made + lighter


def _applied(
    live: Live, made: Made, now: datetime, *, more: bool = False
) -> tuple[Live, list[Doc]]:
    """The state after ``made``; with ``more`` it belongs to the step before."""
    events = [{"e": name, "at": now.isoformat(), **doc} for name, doc in made]
    undoable = [event for event in events if event["e"] not in ("clock", "undo")]
    for event in undoable if more else undoable[1:]:
        event["more"] = True
    for event in events:
        live = apply(live, event)
    return live, events


def _must_know(live: Live, command: Command) -> None:
    """Refuse what speaks of an exercise or a set that is not, or no longer, in the session."""
    known = True
    match command:
        case (
            Log(item) | Adjust(item) | Swap(item) | Move(item) | AddSet(item) | AddWarmups(item)
            | Superset(item)
        ):  # fmt: skip
            known = any(other.id == item for other in live.items)
        case Write(key) | Mark(key):
            known = live.plans(key)
        case Skip(keys):
            known = all(map(live.plans, keys))
    if not known:
        raise Refused("that is not in the session any more")


def _events(live: Live, command: Command, now: datetime) -> Made:
    match command:
        case Log(item):
            return set_steps.log(live, item, now)
        case Write(key, rows):
            return set_steps.write(live, key, rows, now)
        case Mark(key, name, value):
            return set_steps.mark(live, key, name, value, now)
        case Skip(keys, reason):
            return set_steps.skip(live, keys, reason, now)
        case SessionNote(note):
            return [("note", {"text": note})]
        case Clock(op, item):
            return clock_steps.press(live, op, item)
        case Tick():
            return []
        case Undo():
            if live.before is None:
                raise Refused("nothing to undo")
            return [("undo", {})]
        case Finish(reason):
            left = [key for key in live.unfinished() if live.rows and key.kind is SetKind.WORK]
            undone = set_steps.leave_out(live, left, reason, now)
            return [*set_steps.confirm(live), *undone, ("finish", {})]
        case _:
            return _changes(live, command)


def _changes(
    live: Live, command: Adjust | Put | Swap | Move | AddSet | AddWarmups | Superset
) -> Made:
    """The events of a command that changes what is planned, not what was done."""
    match command:
        case Adjust(item, load_kg, steps, loads):
            return plan_steps.adjust(live, item, load_kg, steps, loads)
        case Put(item, place):
            return plan_steps.put(live, item, place)
        case Swap(item, other):
            return plan_steps.swap(live, item, other)
        case Move(item, by):
            return plan_steps.move(live, item, by)
        case AddSet(item):
            return plan_steps.add_set(live, item)
        case AddWarmups():
            return plan_steps.add_warmups(live, command)
        case Superset(item):
            return plan_steps.superset(live, item)
