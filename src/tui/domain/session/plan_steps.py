"""Steps that change what is planned, not what was done: amounts and loads, sets, exercises.

Each gives the items of the session as they are then, and raises Refused where it cannot be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count
from typing import Any

from msgspec.structs import replace

from tui.domain.calculator.loads import Loads
from tui.domain.model.logged import with_contacts
from tui.domain.model.values import Measures, SetKind, SetPlan
from tui.domain.session.actions import AddWarmups, Refused
from tui.domain.session.live import Item, Key, Live

Items = tuple[Item, ...]

HOLD_STEP_S = 5
DISTANCE_STEP_M = 5
# Shares of the work load and reps of the sets that lead up to it (source project).
RAMP = ((0.5, 5), (0.7, 3))
LAST_OF_RAMP = (0.85, 2)
BAR_REPS = 8
# The bar alone comes first where half the work load is clearly more, the last step where the work
# load is so many bars.
WELL_ABOVE, FAR_ABOVE = 1.25, 3.0


def with_load(live: Live, item: Item, key: Key, load_kg: float | None) -> Items:
    """The load of the set ``key`` on it and on the open sets of its kind that had none, so that all
    of them read alike."""
    if load_kg is None:
        return live.items

    def change(m: Measures) -> Measures:
        return replace(m, load_kg=load_kg) if m.load_kg is None else m

    keys = [k for k in item.keys() if k == key or (live.is_open(k) and k.kind is key.kind)]
    return live.items_with(_changed(item, keys, change))


def adjust(
    live: Live, item_id: str, load_kg: float, steps: int, loads: Loads | None = None
) -> Items:
    """The open sets of an item with ``load_kg`` and so many ``steps`` of their amount more; with
    ``loads`` each goes to the next of them that ``load_kg`` points to."""
    item = live.item(item_id)
    still = live.open_keys(item)
    if not still:
        raise Refused("all its sets are logged: e corrects one, A adds one")

    def change(m: Measures) -> Measures:
        if load_kg and (m.load_kg is not None or none_loaded):
            m = replace(m, load_kg=_next_load(m.load_kg or 0.0, load_kg, loads))
        return with_contacts(item.kind, item.feet, stepped(m, steps, item.feet or 1))

    goals = [goal for key in still for goal in item.planned(key).goals]
    none_loaded = all(goal.measures.load_kg is None for goal in goals)
    if load_kg < 0 and none_loaded:
        raise Refused("it has no load to take from")
    changed = _changed(item, still, change)
    if loads is not None and load_kg and changed == item:
        raise Refused(f"that is the {'heaviest' if load_kg > 0 else 'lightest'} you have")
    return live.items_with(changed)


def _next_load(kilograms: float, by: float, loads: Loads | None) -> float:
    """The load one step from ``kilograms``, up or down as ``by`` says; the same where the loads
    end."""
    if loads is None:
        return max(0.0, round(kilograms + by, 3))
    there = loads.above(kilograms) if by > 0 else loads.below(kilograms)
    return kilograms if there is None else there


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


def put(live: Live, item: Item, place: int | None) -> Items:
    """Another item at ``place``, from 0; last with None."""
    where = len(live.items) if place is None else place
    fresh = replace(item, id=_free_id(live))
    return (*live.items[:where], fresh, *live.items[where:])


def swap(live: Live, item_id: str, other: Item) -> Items:
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
    return (*live.items[:where], *kept, fresh, *live.items[where + 1 :])


def _first_sets(item: Item, count: int) -> Item:
    plan = replace(item.plan, sets=item.plan.sets[:count])
    return replace(item, plan=plan, now=plan)


def _free_id(live: Live) -> str:
    taken = {item.id for item in live.items}
    return next(name for n in count(len(taken) + 1) if (name := str(n)) not in taken)


def move(live: Live, item_id: str, by: int) -> Items:
    """An item further up (below 0) or down by so many places."""
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    there = here + by
    if not 0 <= there < len(items):
        raise Refused("it is already the first" if by < 0 else "it is already the last")
    items.insert(there, items.pop(here))
    return tuple(items)


def add_set(live: Live, item_id: str) -> Items:
    """One more set of an item, like its last."""
    item = live.item(item_id)
    if not item.now.sets:
        raise Refused("it has no set to repeat")
    last = item.now.sets[-1]
    more = replace(last, number=1 + max(s.number for s in item.now.sets if s.kind is last.kind))
    longer = replace(item, now=replace(item.now, sets=(*item.now.sets, more)))
    return live.items_with(longer)


def add_warmups(live: Live, command: AddWarmups) -> Items:
    """Warm-up sets first, each heavier than the one before and lighter than the work (source
    project): see :func:`ramp`. What has no load gets one short set. Raises Refused."""
    item = live.item(command.item)
    work = [s for s in item.now.sets if s.kind is SetKind.WORK]
    if not work or len(work) != len(item.now.sets):
        raise Refused("it has warm-up sets already" if item.now.sets else "it has no set")
    model = next((s for s in work if s.goals[0].measures.load_kg is not None), work[0])
    loads = [goal.measures.load_kg for goal in model.goals if goal.measures.load_kg]
    steps: list[tuple[float | None, int]] = [(None, RAMP[0][1])]
    if loads:
        steps = list(ramp(min(loads), command))
    if not steps:
        raise Refused("nothing lighter is there to warm up with")
    warm = tuple(
        SetPlan(
            number=number,
            kind=SetKind.WARMUP,
            goals=tuple(replace(g, measures=_light(g.measures, load, reps)) for g in model.goals),
        )
        for number, (load, reps) in enumerate(steps, start=1)
    )
    warmed = replace(item, now=replace(item.now, sets=(*warm, *item.now.sets)))
    return live.items_with(warmed)


def ramp(work_kg: float, how: AddWarmups) -> list[tuple[float, int]]:
    """Loads in kg and reps on the way to ``work_kg`` (source project): half of it and 70 %; of a
    heavy lift with a bar, that bar alone before and 85 % after, where they are far enough from the
    others. Loads that rise and stay below the work, no others."""
    wanted: list[tuple[float, int]] = [(how.light(work_kg * share), reps) for share, reps in RAMP]
    if how.heavy and how.bar_kg is not None:
        if work_kg * RAMP[0][0] >= how.bar_kg * WELL_ABOVE:
            wanted.insert(0, (how.bar_kg, BAR_REPS))
        if work_kg >= how.bar_kg * FAR_ABOVE:
            share, reps = LAST_OF_RAMP
            wanted.append((how.light(work_kg * share), reps))
    rising: list[tuple[float, int]] = []
    for load, reps in wanted:
        if (rising[-1][0] if rising else 0.0) < load < work_kg:
            rising.append((load, reps))
    return rising


def _light(m: Measures, load: float | None, reps: int) -> Measures:
    """A set to warm up with: no more reps than the work has, or than five."""
    most = max(m.reps or 0, RAMP[0][1])
    return replace(m, load_kg=load, reps=None if m.reps is None else min(reps, most))


def superset(live: Live, item_id: str) -> Items:
    """An item joined with the one after it, or all of its superset parted."""
    items = list(live.items)
    here = [item.id for item in items].index(item_id)
    joined = items[here].superset
    if joined is not None:
        return tuple(replace(i, superset=None) if i.superset == joined else i for i in items)
    if here + 1 == len(items) or items[here + 1].superset is not None:
        raise Refused("a superset joins an exercise with the one below it")
    for place in (here, here + 1):
        items[place] = replace(items[place], superset=f"s{items[here].id}")
    return tuple(items)
