"""Steps that change the plan of a live session: loads and amounts, sets, exercises, supersets.

Each returns the new items of the session, and raises Refused if it is not possible.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count
from typing import Any

from msgspec.structs import replace

from tui.domain.calculator.loads import Loads
from tui.domain.calculator.ramp import warmup_sets
from tui.domain.model.logged import with_contacts
from tui.domain.model.values import Measures, SetKind
from tui.domain.session.actions import AddWarmups, Adjust, Refused
from tui.domain.session.live import Item, Key, Live

Items = tuple[Item, ...]

HOLD_STEP_S = 5
DISTANCE_STEP_M = 5


def with_load(live: Live, item: Item, key: Key, done: Measures) -> Items:
    """The load or the help of ``done`` filled in for the set ``key`` and for the open sets of its
    kind that have neither yet, so that they all agree."""
    if done.net_kg is None:
        return live.items

    def change(m: Measures) -> Measures:
        if m.net_kg is not None:
            return m
        return replace(m, load_kg=done.load_kg, assist_kg=done.assist_kg)

    keys = [k for k in item.keys() if k == key or (live.is_open(k) and k.kind is key.kind)]
    return live.items_with(_changed(item, keys, change))


def adjust(live: Live, command: Adjust) -> Items:
    """The open work sets of an item with more load and their amount raised, or only the warm-up set
    that is named; see :class:`Adjust`. Raises Refused."""
    item, loads = live.item(command.item), command.loads
    load_kg, steps = command.load_kg, command.steps
    named = [key for key in live.open_keys(item) if key == command.warm_up]
    still = named or _open_work(live, item)
    if not still:
        raise Refused("All sets of this exercise are done. e corrects one, A adds one.")

    def change(m: Measures) -> Measures:
        if load_kg and m.assist_kg is not None:
            left = round(m.assist_kg - load_kg, 3)
            m = replace(m, assist_kg=left if left > 0 else None)
        elif load_kg and (m.load_kg is not None or none_loaded):
            m = replace(m, load_kg=_next_load(m.load_kg or 0.0, load_kg, loads))
        return with_contacts(item.kind, item.feet, stepped(m, steps, item.feet or 1))

    goals = [goal for key in still for goal in item.planned(key).goals]
    none_loaded = all(goal.measures.net_kg is None for goal in goals)
    if load_kg < 0 and none_loaded:
        raise Refused("There is no weight to take off yet. + adds one.")
    changed = _changed(item, still, change)
    if loads is not None and load_kg and changed == item:
        raise Refused(f"Your {'heaviest' if load_kg > 0 else 'lightest'} already. 0 adds kit.")
    return live.items_with(changed)


def _open_work(live: Live, item: Item) -> list[Key]:
    """The open work sets of an item; if there are none, its warm-up sets."""
    still = live.open_keys(item)
    return [key for key in still if key.kind is SetKind.WORK] or still


def _next_load(kilograms: float, by: float, loads: Loads | None) -> float:
    """The load one step from ``kilograms``, up or down by the sign of ``by``; unchanged at the end
    of the loads."""
    if loads is None:
        return max(0.0, round(kilograms + by, 3))
    there = loads.above(kilograms) if by > 0 else loads.below(kilograms)
    return kilograms if there is None else there


def _changed(item: Item, keys: Collection[Key], change: Callable[[Measures], Measures]) -> Item:
    """The item with the intended measures of the sets ``keys`` changed."""
    sets = tuple(
        replace(s, goals=tuple(replace(g, measures=change(g.measures)) for g in s.goals))
        if Key(item.id, s.kind, s.number) in keys
        else s
        for s in item.now.sets
    )
    return replace(item, now=replace(item.now, sets=sets))


def stepped(m: Measures, steps: int, feet: int) -> Measures:
    """The amount of a set raised or lowered by ``steps``; it does not go below one step, or below
    its value if that is less already. A step of contacts is the ``feet`` of one jump."""
    sizes = {"holds": 1, "reps": 1, "hold_s": HOLD_STEP_S, "duration_s": HOLD_STEP_S,
             "distance_m": DISTANCE_STEP_M, "contacts": feet}  # fmt: skip
    for name, size in sizes.items():
        value = getattr(m, name)
        if value is not None:
            changed: Any = max(min(value, size), value + steps * size)
            return replace(m, **{name: changed})
    return m


def put(live: Live, item: Item, place: int | None, new_id: str) -> Items:
    """The items with another one at ``place``, counted from 0; None puts it last."""
    where = len(live.items) if place is None else place
    fresh = replace(item, id=_free_id(live), entry=new_id)
    return (*live.items[:where], fresh, *live.items[where:])


def insert(live: Live, items: Items, *, before: bool, new_id: Callable[[], str]) -> Items:
    """The items with several others in front of them or behind them."""
    first = 0 if before else len(live.items)
    for place, item in enumerate(items, start=first):
        live = replace(live, items=put(live, item, place, new_id()))
    return live.items


def remove(live: Live, item_id: str) -> Items:
    """The items without one of which nothing is logged; raises Refused if something is."""
    item = live.item(item_id)
    if live.done_count(item):
        raise Refused("A set of it is logged: s leaves out what is still open.")
    return alone(tuple(other for other in live.items if other.id != item_id))


def swap(live: Live, item_id: str, other: Item, new_id: str) -> Items:
    """The items with the open sets of one replaced by another exercise; logged sets stay."""
    item = live.item(item_id)
    still = live.open_keys(item)
    if not still:
        raise Refused("All sets of this exercise are done. a adds another exercise.")
    fresh = replace(other, id=_free_id(live), entry=new_id, superset=item.superset)
    where = [i.id for i in live.items].index(item.id)
    if live.done_count(item) == 0:
        kept: list[Item] = []
    else:
        fresh = _first_sets(fresh, sum(key.kind is SetKind.WORK for key in still) or len(still))
        done = tuple(s for s in item.now.sets if Key(item.id, s.kind, s.number) not in still)
        kept = [replace(item, now=replace(item.now, sets=done))]
    return (*live.items[:where], *kept, fresh, *live.items[where + 1 :])


def _first_sets(item: Item, count: int) -> Item:
    plan = replace(item.plan, sets=item.plan.sets[:count])
    return replace(item, plan=plan, now=plan)


def _free_id(live: Live) -> str:
    taken = {item.id for item in live.items}
    return next(name for n in count(len(taken) + 1) if (name := str(n)) not in taken)


def move(live: Live, item_id: str, by: int) -> Items:
    """The items with one moved up (negative) or down ``by`` places."""
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    there = here + by
    if not 0 <= there < len(items):
        raise Refused(f"This exercise is the {'first' if by < 0 else 'last'} already.")
    items.insert(there, items.pop(here))
    return alone(tuple(items))


def add_set(live: Live, item_id: str) -> Items:
    """The items with one more set for an item, like its last."""
    item = live.item(item_id)
    if not item.now.sets:
        raise Refused("This exercise has no set to repeat.")
    last = item.now.sets[-1]
    more = replace(last, number=1 + max(s.number for s in item.now.sets if s.kind is last.kind))
    longer = replace(item, now=replace(item.now, sets=(*item.now.sets, more)))
    return live.items_with(longer)


def add_warmups(live: Live, command: AddWarmups) -> Items:
    """The items with warm-up sets added to one, rising in load but below the work: see
    :func:`tui.domain.calculator.ramp.warmup_sets`. Raises Refused."""
    item = live.item(command.item)
    work = [s for s in item.now.sets if s.kind is SetKind.WORK]
    if not work or len(work) != len(item.now.sets):
        raise Refused(
            "This exercise has warm-up sets already."
            if item.now.sets
            else "This exercise has no set to warm up for."
        )
    warm = warmup_sets(work, command.light, heavy=command.heavy, bar_kg=command.bar_kg)
    if not warm:
        raise Refused("You have nothing lighter to warm up with. 0 adds kit.")
    warmed = replace(item, now=replace(item.now, sets=(*warm, *item.now.sets)))
    return live.items_with(warmed)


def superset(live: Live, item_id: str) -> Items:
    """The items with one joined to the one after it, in a new superset or that of either.
    If the one after it is in the same superset or there is none, the item leaves its own. Raises
    Refused if there is nothing to join or to leave."""
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    mine, behind = items[here].superset, items[here + 1 : here + 2]
    if behind and (mine is None or behind[0].superset != mine):
        joined = mine or behind[0].superset or _free_superset(live, item_id)
        for place in (here, here + 1):
            items[place] = replace(items[place], superset=joined)
    elif mine is not None:
        items[here] = replace(items[here], superset=None)
    else:
        raise Refused("A superset joins an exercise with the one below it.")
    return alone(tuple(items))


def _free_superset(live: Live, item_id: str) -> str:
    """An id for a new superset: that of its first item, unless one that it has left has it."""
    taken = {item.superset for item in live.items}
    names = (f"s{item_id}" if n == 1 else f"s{item_id}-{n}" for n in count(1))
    return next(name for name in names if name not in taken)


def alone(items: Items) -> Items:
    """The items without supersets of a single exercise, or of exercises that are not in a row."""
    kept: list[Item] = []
    for place, item in enumerate(items):
        beside = [*items[max(0, place - 1) : place], *items[place + 1 : place + 2]]
        partnered = item.superset and any(other.superset == item.superset for other in beside)
        kept.append(item if partnered or not item.superset else replace(item, superset=None))
    return tuple(kept)
