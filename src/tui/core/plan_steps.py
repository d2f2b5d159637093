"""Steps that change what is planned, not what was done: amounts and loads, sets, exercises.

Each raises Refused where it cannot be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count
from typing import Any

from msgspec.structs import replace

from tui.core.actions import Refused
from tui.core.events import Made, items_event, plan_event
from tui.core.live import Item, Key, Live
from tui.core.logged import with_contacts
from tui.core.model import Goal, Measures, SetKind, SetPlan

HOLD_STEP_S = 5
DISTANCE_STEP_M = 5


def with_load(live: Live, item: Item, key: Key, load_kg: float | None) -> Made:
    """The load of the set ``key`` on it and on the open sets of its kind that had none, so that all
    of them read alike; nothing where none changes."""
    if load_kg is None:
        return []

    def change(m: Measures) -> Measures:
        return replace(m, load_kg=load_kg) if m.load_kg is None else m

    keys = [k for k in item.keys() if k == key or (live.is_open(k) and k.kind is key.kind)]
    loaded = _changed(item, keys, change)
    return [] if loaded == item else [plan_event(live, loaded)]


def adjust(live: Live, item_id: str, load_kg: float, steps: int) -> Made:
    """The open sets of an item with ``load_kg`` and so many ``steps`` of their amount more."""
    item = live.item(item_id)
    still = live.open_keys(item)
    if not still:
        raise Refused("all its sets are logged: e corrects one, A adds one")

    def change(m: Measures) -> Measures:
        if load_kg and (m.load_kg is not None or none_loaded):
            m = replace(m, load_kg=max(0.0, round((m.load_kg or 0) + load_kg, 3)))
        return with_contacts(item.kind, item.feet, stepped(m, steps, item.feet or 1))

    loads = [g.measures.load_kg for key in still for g in item.planned(key).goals]
    none_loaded = all(load is None for load in loads)
    if load_kg < 0 and none_loaded:
        raise Refused("it has no load to take from")
    return [plan_event(live, _changed(item, still, change))]


def _changed(item: Item, keys: Collection[Key], change: Callable[[Measures], Measures]) -> Item:
    """The item with what is meant to be done in the sets ``keys`` changed."""
    sets = tuple(
        replace(s, goals=tuple(replace(g, measures=change(g.measures)) for g in s.goals))
        if Key(item.id, s.kind, s.number) in keys
        else s
        for s in item.now.sets
    )
    return replace(item, now=replace(item.now, sets=sets))


def stepped(m: Measures, steps: int, feet: int) -> Measures:
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


def put(live: Live, item: Item, place: int | None) -> Made:
    """Another item at ``place``, from 0; last with None."""
    where = len(live.items) if place is None else place
    fresh = replace(item, id=_free_id(live))
    return [items_event([*live.items[:where], fresh, *live.items[where:]])]


def swap(live: Live, item_id: str, other: Item) -> Made:
    """The other exercise takes the place of what is open; sets that are logged stay as they are."""
    item = live.item(item_id)
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
    return [items_event([*live.items[:where], *kept, fresh, *live.items[where + 1 :]])]


def _first_sets(item: Item, count: int) -> Item:
    plan = replace(item.plan, sets=item.plan.sets[:count])
    return replace(item, plan=plan, now=plan)


def _free_id(live: Live) -> str:
    taken = {item.id for item in live.items}
    return next(name for n in count(len(taken) + 1) if (name := str(n)) not in taken)


def move(live: Live, item_id: str, by: int) -> Made:
    """An item further up (below 0) or down by so many places."""
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    there = here + by
    if not 0 <= there < len(items):
        raise Refused("it is already the first" if by < 0 else "it is already the last")
    items.insert(there, items.pop(here))
    return [items_event(items)]


def add_set(live: Live, item_id: str) -> Made:
    """One more set of an item, like its last."""
    item = live.item(item_id)
    if not item.now.sets:
        raise Refused("it has no set to repeat")
    last = item.now.sets[-1]
    more = replace(last, number=1 + max(s.number for s in item.now.sets if s.kind is last.kind))
    longer = replace(item, now=replace(item.now, sets=(*item.now.sets, more)))
    return [plan_event(live, longer)]


def add_warmups(live: Live, item_id: str, light: Callable[[float], float]) -> Made:
    """Two warm-up sets first: half the load for five, then 70 % for three, but no more reps than
    the work sets have (source project).
    ``light`` gives the load in kg to take for a share of it."""
    item = live.item(item_id)
    work = [s for s in item.now.sets if s.kind is SetKind.WORK]
    if not work or len(work) != len(item.now.sets):
        raise Refused("it has warm-up sets already" if item.now.sets else "it has no set")
    loaded = [s for s in work if s.goals[0].measures.load_kg is not None]
    model = (loaded or work)[0]
    ramp = tuple(
        SetPlan(
            number=number,
            kind=SetKind.WARMUP,
            goals=tuple(
                Goal(side=goal.side, measures=_light(goal.measures, share, reps, light))
                for goal in model.goals
            ),
        )
        for number, share, reps in ((1, 0.5, 5), (2, 0.7, 3))
    )
    warmed = replace(item, now=replace(item.now, sets=(*ramp, *item.now.sets)))
    return [plan_event(live, warmed)]


def _light(m: Measures, share: float, reps: int, light: Callable[[float], float]) -> Measures:
    load = None if m.load_kg is None else light(m.load_kg * share)
    return replace(m, load_kg=load, reps=None if m.reps is None else min(reps, m.reps))


def superset(live: Live, item_id: str) -> Made:
    """An item joined with the one after it, or all of its superset parted."""
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    joined = items[here].superset
    if joined is not None:
        parted = [replace(i, superset=None) if i.superset == joined else i for i in items]
        return [items_event(parted)]
    if here + 1 == len(items) or items[here + 1].superset is not None:
        raise Refused("a superset joins an exercise with the one below it")
    for place in (here, here + 1):
        items[place] = replace(items[place], superset=f"s{items[here].id}")
    return [items_event(items)]
