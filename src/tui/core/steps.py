"""What a runner can do in a live session: each step turns a state into the events that follow.

``step`` applies a command to a state. The caller writes the events to the journal before it shows
the new state. A command that cannot be done raises :class:`Refused`, whose message says why;
nothing happens then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from itertools import count
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from tui.core.clock import Performed, performed
from tui.core.codec import BadDocument, Doc, set_to_doc
from tui.core.logged import on_sides, with_contacts
from tui.core.model import (
    Goal,
    Measures,
    Prescription,
    SetEntry,
    SetKind,
    SetPlan,
    Side,
    Sides,
)
from tui.core.notation import Written
from tui.core.session import Item, Key, Live, apply, item_to_doc, key_to_doc, work_over

HOLD_STEP_S = 5
DISTANCE_STEP_M = 5


class Refused(ValueError):
    """A step that cannot be taken now; the message says what to do instead."""


class Log(Struct, frozen=True):
    """Log the next set of an item as planned, or confirm the one that stands unconfirmed."""

    item: str


class Write(Struct, frozen=True):
    """Log or correct one set with what was typed."""

    key: Key
    rows: tuple[Written, ...]


class Mark(Struct, frozen=True):
    """Say something of a logged set: ``rir``, ``effort``, ``pain`` or ``note``."""

    key: Key
    field: Literal["rir", "effort", "pain", "note"]
    value: float | int | str | None


class Skip(Struct, frozen=True):
    """Leave sets undone for a reason: pain, time, equipment or other. Sets that are logged and
    confirmed stay as they are."""

    keys: tuple[Key, ...]
    reason: str


class Adjust(Struct, frozen=True):
    """Change the open sets of an item: load by ``load_kg`` kilograms, amount by ``steps``."""

    item: str
    load_kg: float = 0
    steps: int = 0


class Put(Struct, frozen=True):
    """Put an exercise into the session; before all others at ``place`` 0, last with None."""

    item: Item
    place: int | None = None


class Swap(Struct, frozen=True):
    """Do another exercise instead of what is still open of an item."""

    item: str
    other: Item


class Move(Struct, frozen=True):
    """Move an item up (-1) or down (+1)."""

    item: str
    by: int


class AddSet(Struct, frozen=True):
    """One more set of an item, like its last."""

    item: str


class AddWarmups(Struct, frozen=True):
    """Two lighter sets before the work of an item; ``light`` gives the load for a share of it."""

    item: str
    light: Callable[[float], float]


class Superset(Struct, frozen=True):
    """Join an item with the one after it, or part it again."""

    item: str


class SessionNote(Struct, frozen=True):
    text: str


class Clock(Struct, frozen=True):
    """``space``: start, pause or go on with the next set of ``item``. Others: skip, repeat, add,
    stop."""

    op: str
    item: str = ""


class Tick(Struct, frozen=True):
    """Time has passed: a timed set whose work is over stands done, unconfirmed."""


class Undo(Struct, frozen=True):
    """Take the last step back."""


class Finish(Struct, frozen=True):
    """End the session; what stands unconfirmed is done, what is open is left for ``reason``. Where
    no set was logged, none is left undone either."""

    reason: str = "time"


Command = (
    Log | Write | Mark | Skip | Adjust | Put | Swap | Move | AddSet | AddWarmups | Superset
    | SessionNote | Clock | Tick | Undo | Finish
)  # fmt: skip


def step(live: Live, command: Command, now: datetime) -> tuple[Live, list[Doc]]:
    """The state after ``command`` at ``now`` (aware) and the events to write; raises Refused.

    A timed set that ran out since the last step is marked first, whatever the command is.
    """
    if live.finished is not None:
        raise Refused("the session is finished")
    live, timed_out = _applied(live, _tick(live, now), now)
    try:
        _must_know(live, command)
        live, made = _applied(live, _events(live, command, now), now)
    except BadDocument as bad:
        raise Refused(str(bad)) from None
    return live, timed_out + made


def _applied(live: Live, made: Made, now: datetime) -> tuple[Live, list[Doc]]:
    events = [{"e": name, "at": now.isoformat(), **doc} for name, doc in made]
    undoable = [event for event in events if event["e"] not in ("clock", "undo")]
    for event in undoable[1:]:
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


Made = list[tuple[str, Doc]]


def _events(live: Live, command: Command, now: datetime) -> Made:
    match command:
        case Log(item):
            return _log(live, item, now)
        case Write(key, rows):
            return _write(live, key, rows, now)
        case Mark(key, name, value):
            return [_mark(live, key, name, value, now)]
        case Skip(keys, reason):
            return _skip(live, keys, reason, now)
        case SessionNote(note):
            return [("note", {"text": note})]
        case Clock(op, item):
            return _clock(live, op, item)
        case Tick():
            return []
        case Undo():
            if live.before is None:
                raise Refused("nothing to undo")
            return [("undo", {})]
        case Finish(reason):
            left = [key for key in live.unfinished() if live.rows and key.kind is SetKind.WORK]
            return [*_confirm(live), *_undone(live, left, reason, now), ("finish", {})]
        case _:
            return _changes(live, command)


def _changes(
    live: Live, command: Adjust | Put | Swap | Move | AddSet | AddWarmups | Superset
) -> Made:
    """The events of a command that changes what is planned, not what was done."""
    match command:
        case Adjust(item, load_kg, steps):
            return [_plan(live, _adjusted(live, live.item(item), load_kg, steps))]
        case Put(item, place):
            return [_put(live, item, place)]
        case Swap(item, other):
            return _swap(live, live.item(item), other)
        case Move(item, by):
            return [_move(live, item, by)]
        case AddSet(item):
            return [_plan(live, _longer(live.item(item)))]
        case AddWarmups(item, light):
            return [_plan(live, _warmed(live.item(item), light))]
        case Superset(item):
            return [_superset(live, item)]


def _log(live: Live, item_id: str, now: datetime) -> Made:
    item = live.item(item_id)
    waiting = [key for key in live.pending if key.item == item_id]
    if waiting:
        return _confirm(live)
    keys = live.open_keys(item)
    if not keys:
        raise Refused("all sets are logged: a adds an exercise, A a set, F finishes")
    return [*_confirm(live), *_logged(live, keys[0], _as_planned(live, keys[0], now))]


def _logged(live: Live, key: Key, rows: Sequence[SetEntry]) -> Made:
    """A set that was just done: its rows, and the rest that follows by itself."""
    made: Made = [_sets(key, rows)]
    if not live.is_open(key):
        return made
    if live.rest_after(key):
        return [*made, ("clock", {"op": "rest", **key_to_doc(key)})]
    return [*made, ("clock", {"op": "stop"})] if live.clock is not None else made


def _write(live: Live, key: Key, typed: Sequence[Written], now: datetime) -> Made:
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
    made = [*_confirm(live, leave=(key,)), *_logged(live, key, rows)]
    loaded = _loaded(live, item, key, rows[0].done.load_kg)
    return made if loaded == item else [*made, _plan(live, loaded)]


def _loaded(live: Live, item: Item, key: Key, load_kg: float | None) -> Item:
    """The item with the load of the set ``key`` on the open sets of its kind that had none."""

    def change(m: Measures) -> Measures:
        return replace(m, load_kg=load_kg) if m.load_kg is None else m

    keys = [other for other in live.open_keys(item) if other.kind is key.kind and other != key]
    return item if load_kg is None else _changed(item, keys, change)


def _mark(live: Live, key: Key, name: str, value: Any, now: datetime) -> tuple[str, Doc]:
    if live.is_open(key):
        raise Refused("log the set first (enter), then say how it was")
    rows = [replace(row, edited=now.isoformat(), **{name: value}) for row in live.rows[key]]
    return _sets(key, rows, pending=key in live.pending)


def _skip(live: Live, keys: Sequence[Key], reason: str, now: datetime) -> Made:
    open_to_it = [
        key
        for key in keys
        if key in live.pending or all(row.undone for row in live.rows.get(key, ()))
    ]
    if not open_to_it:
        raise Refused("it is logged already: e corrects it")
    made = [*_confirm(live, leave=open_to_it), *_undone(live, open_to_it, reason, now)]
    if live.clock is not None and live.clock.key in keys:
        made.append(("clock", {"op": "stop"}))
    return made


def _undone(live: Live, keys: Iterable[Key], reason: str, now: datetime) -> Made:
    made: Made = []
    for key in keys:
        item = live.item(key.item)
        rows = [
            replace(_entry(live, item, key, goal.side, Measures(), now), undone=reason)
            for goal in item.planned(key).goals
        ]
        made.append(_sets(key, rows))
    return made


def _confirm(live: Live, leave: Collection[Key] = ()) -> Made:
    """Confirm what stands unconfirmed, but for ``leave``, which is being written anyway."""
    return [_sets(key, live.rows[key]) for key in live.pending if key not in leave]


def _clock(live: Live, op: str, item_id: str) -> Made:
    clock = live.clock
    if op != "space":
        if clock is None:
            raise Refused("the clock is not running: space starts it")
        return [("clock", {"op": op})]
    if clock is not None and clock.led and live.is_open(clock.key):
        paused = clock.watch.paused_at is not None
        return [("clock", {"op": "resume" if paused else "pause"})]
    item = live.suggested(item_id or None)
    if item is None:
        raise Refused("all sets are logged: F finishes the session")
    key = live.open_keys(item)[0]
    return [*_confirm(live), ("clock", {"op": "start", **key_to_doc(key)})]


def _tick(live: Live, now: datetime) -> Made:
    clock = live.clock
    if clock is None or not live.is_open(clock.key):
        return []
    ends = work_over(clock, now)
    if ends is None:
        return []
    # The same instant however late the tick is: after a kill it may be the next day.
    moment = datetime.fromtimestamp(clock.watch.started + clock.watch.paused_s + ends, now.tzinfo)
    seen = {p.side: p for p in performed(clock.timeline, ends)}
    rows = [
        replace(row, done=cut_short(row.done, seen[row.side])) if row.side in seen else row
        for row in _as_planned(live, clock.key, moment)
    ]
    return [_sets(clock.key, rows, pending=True)]


def cut_short(planned: Measures, seen: Performed) -> Measures:
    """What was planned, less what the clock did not see done; it sees holds, lowerings and time."""
    less = {
        name: done
        for name in ("holds", "hold_s", "reps", "duration_s")
        if (goal := getattr(planned, name)) is not None
        and (done := getattr(seen, name)) is not None
        and done < goal
    }
    return replace(planned, **less)


def _as_planned(live: Live, key: Key, now: datetime) -> list[SetEntry]:
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


def _sets(key: Key, rows: Iterable[SetEntry], *, pending: bool = False) -> tuple[str, Doc]:
    doc: Doc = {**key_to_doc(key), "rows": [set_to_doc(row) for row in rows]}
    return ("sets", {**doc, "pending": True} if pending else doc)


def _plan(live: Live, changed: Item) -> tuple[str, Doc]:
    return _planned([changed if item.id == changed.id else item for item in live.items])


def _planned(items: Iterable[Item]) -> tuple[str, Doc]:
    return ("plan", {"items": [item_to_doc(item) for item in items]})


def _changed(item: Item, keys: Collection[Key], change: Callable[[Measures], Measures]) -> Item:
    """The item with what is meant to be done in the sets ``keys`` changed."""
    sets = tuple(
        replace(s, goals=tuple(replace(g, measures=change(g.measures)) for g in s.goals))
        if Key(item.id, s.kind, s.number) in keys
        else s
        for s in item.now.sets
    )
    return replace(item, now=replace(item.now, sets=sets))


def _adjusted(live: Live, item: Item, load_kg: float, steps: int) -> Item:
    still = live.open_keys(item)
    if not still:
        raise Refused("all its sets are logged: e corrects one, A adds one")

    def change(m: Measures) -> Measures:
        if load_kg:
            m = replace(m, load_kg=max(0.0, round((m.load_kg or 0) + load_kg, 3)))
        return with_contacts(item.kind, item.feet, _more(m, steps, item.feet or 1))

    return _changed(item, still, change)


def _more(m: Measures, steps: int, feet: int) -> Measures:
    """So many steps more or less of what a set is counted in; never below one step, unless it was
    there already. Contacts go up by the ``feet`` of one jump."""
    sizes = {"holds": 1, "reps": 1, "hold_s": HOLD_STEP_S, "duration_s": HOLD_STEP_S,
             "distance_m": DISTANCE_STEP_M, "contacts": feet}  # fmt: skip
    for name, size in sizes.items():
        value = getattr(m, name)
        if value is not None:
            changed: Any = max(min(value, size), value + steps * size)
            return replace(m, **{name: changed})
    return m


def _put(live: Live, item: Item, place: int | None) -> tuple[str, Doc]:
    where = len(live.items) if place is None else place
    fresh = replace(item, id=_free_id(live))
    return _planned([*live.items[:where], fresh, *live.items[where:]])


def _free_id(live: Live) -> str:
    taken = {item.id for item in live.items}
    return next(name for n in count(len(taken) + 1) if (name := str(n)) not in taken)


def _swap(live: Live, item: Item, other: Item) -> Made:
    """The other exercise takes the place of what is open; sets that are logged stay as they are."""
    still = live.open_keys(item)
    if not still:
        raise Refused("all its sets are logged: a adds an exercise")
    fresh = replace(other, id=_free_id(live), superset=item.superset)
    where = [i.id for i in live.items].index(item.id)
    if live.done_count(item) == 0:
        kept: list[Item] = []
    else:
        fresh = _first_sets(fresh, sum(key.kind is SetKind.WORK for key in still) or len(still))
        done = tuple(s for s in item.now.sets if Key(item.id, s.kind, s.number) not in still)
        kept = [replace(item, now=replace(item.now, sets=done))]
    return [_planned([*live.items[:where], *kept, fresh, *live.items[where + 1 :]])]


def _first_sets(item: Item, count: int) -> Item:
    plan = replace(item.plan, sets=item.plan.sets[:count])
    return replace(item, plan=plan, now=plan)


def _move(live: Live, item_id: str, by: int) -> tuple[str, Doc]:
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    there = here + by
    if not 0 <= there < len(items):
        raise Refused("it is already the first" if by < 0 else "it is already the last")
    items.insert(there, items.pop(here))
    return _planned(items)


def _longer(item: Item) -> Item:
    if not item.now.sets:
        raise Refused("it has no set to repeat")
    last = item.now.sets[-1]
    more = replace(last, number=1 + max(s.number for s in item.now.sets if s.kind is last.kind))
    return replace(item, now=replace(item.now, sets=(*item.now.sets, more)))


def _warmed(item: Item, light: Callable[[float], float]) -> Item:
    """Two warm-up sets first: half the load for five, then 70 % for three (source project)."""
    work = [s for s in item.now.sets if s.kind is SetKind.WORK]
    if not work or len(work) != len(item.now.sets):
        raise Refused("it has warm-up sets already" if item.now.sets else "it has no set")
    ramp = tuple(
        SetPlan(
            number=number,
            kind=SetKind.WARMUP,
            goals=tuple(
                Goal(side=goal.side, measures=_light(goal.measures, share, reps, light))
                for goal in work[0].goals
            ),
        )
        for number, share, reps in ((1, 0.5, 5), (2, 0.7, 3))
    )
    return replace(item, now=replace(item.now, sets=(*ramp, *item.now.sets)))


def _light(m: Measures, share: float, reps: int, light: Callable[[float], float]) -> Measures:
    load = None if m.load_kg is None else light(m.load_kg * share)
    return replace(m, load_kg=load, reps=None if m.reps is None else min(reps, m.reps))


def _superset(live: Live, item_id: str) -> tuple[str, Doc]:
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    joined = items[here].superset
    if joined is not None:
        parted = [replace(i, superset=None) if i.superset == joined else i for i in items]
        return _planned(parted)
    if here + 1 == len(items) or items[here + 1].superset is not None:
        raise Refused("a superset joins an exercise with the one below it")
    for place in (here, here + 1):
        items[place] = replace(items[place], superset=f"s{items[here].id}")
    return _planned(items)


def prescription(
    sets: int, measures: Measures, sides: Sides, rest_s: int, target_rir: int | None = None
) -> Prescription:
    """Equal sets; an exercise with sides gets a left and a right goal in each."""
    who = (Side.BOTH,) if sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    goals = tuple(Goal(side=side, measures=measures) for side in who)
    plans = tuple(SetPlan(number=n, goals=goals) for n in range(1, sets + 1))
    return Prescription(sets=plans, rest_s=rest_s, target_rir=target_rir)
