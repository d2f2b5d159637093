"""The state of a live session: its exercises, the sets logged so far and those still to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, field

from tui.domain.model.codec import checked
from tui.domain.model.logged import with_contacts
from tui.domain.model.validation import whole
from tui.domain.model.values import (
    SLOW,
    Goal,
    Kind,
    Measures,
    Prescription,
    SetEntry,
    SetKind,
    SetPlan,
    Sides,
    Way,
)
from tui.domain.session.cadence import Timeline
from tui.domain.session.clock import Stopwatch, View, show, work_ends_at

# The fields of a session that hold other states of it.
OTHERS = ("before", "after")


class Key(NamedTuple):
    """Identifies a set: its item and its number among the item's work or warm-up sets."""

    item: str
    kind: SetKind
    number: int


class Item(Struct, frozen=True, kw_only=True):
    """One exercise of the session. ``plan`` is what was prescribed, ``now`` what the runner intends
    to do: they differ once the runner changes a load or adds a set. ``feet`` is the number of foot
    contacts per jump. ``id`` is its own within the session, ``entry`` the id it will have in the
    log; a planned item has none yet."""

    id: str
    entry: str = ""
    exercise: str
    kind: Kind
    sides: Sides
    plan: Prescription
    now: Prescription
    feet: int | None = None
    superset: str | None = None

    @property
    def way(self) -> Way:
        """How the exercise is counted."""
        return Way(self.feet, self.kind is Kind.CARRY and self.sides is Sides.BOTH)

    @property
    def is_warm_up(self) -> bool:
        """Whether it is there to warm up alone, without a work set."""
        return all(planned.kind is SetKind.WARMUP for planned in self.now.sets)

    def keys(self) -> list[Key]:
        """The planned sets in the order they are done."""
        return [Key(self.id, s.kind, s.number) for s in self.now.sets]

    def planned(self, key: Key) -> SetPlan:
        """What the runner intends to do in one set."""
        return next(s for s in self.now.sets if (s.kind, s.number) == key[1:])

    def prescribed(self, key: Key) -> Mapping[str, Goal]:
        """The prescribed goals of one set by side; empty for a set the runner added."""
        found = [s for s in self.plan.sets if (s.kind, s.number) == key[1:]]
        return {goal.side: goal for goal in found[0].goals} if found else {}

    def logged(self, m: Measures) -> Measures:
        """Measures as logged for this item, with foot contacts; raises BadDocument if one is out of
        range."""
        return checked(with_contacts(self.kind, self.feet, m))

    def check(self) -> None:
        """Raises BadDocument for a plan that could not be read back from a journal."""
        for planned in (*self.plan.sets, *self.now.sets):
            whole({"number": planned.number}, "number", 1, 999)
            for goal in planned.goals:
                checked(goal.measures)


class Running(Struct, frozen=True, kw_only=True):
    """The running clock of one set. ``led`` is False if only the rest is timed, after a set that
    was logged by hand."""

    key: Key
    timeline: Timeline
    watch: Stopwatch
    led: bool

    def view(self, now: datetime) -> View:
        """What the clock shows at ``now``."""
        return show(self.timeline, self.watch.elapsed(now.timestamp()))


def work_over(clock: Running, now: datetime) -> float | None:
    """The elapsed seconds at which the work of a timed set ended; None if it has not ended."""
    ends = work_ends_at(clock.timeline)
    if not clock.led or ends is None or clock.watch.elapsed(now.timestamp()) < ends:
        return None
    return ends


class Live(Struct, frozen=True, kw_only=True, eq=False):
    """The state of a session in progress. ``before`` is the state that undo returns to, ``after``
    the one that redo does. They are left out of comparison and repr: a long session's chain of
    states is too deep for recursion."""

    id: str
    started: datetime
    programme: str | None = None
    part: str | None = None
    note: str = ""
    items: tuple[Item, ...] = ()
    rows: Mapping[Key, tuple[SetEntry, ...]] = field(default_factory=dict)
    pending: tuple[Key, ...] = ()
    clock: Running | None = None
    finished: datetime | None = None
    stamp: str = ""
    before: Live | None = None
    after: Live | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Live) and self._state() == other._state()

    def __hash__(self) -> int:
        return hash((self.id, self.stamp))

    def __repr__(self) -> str:
        return f"Live{self._state()}"

    def _state(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in OTHERS)

    @property
    def steps(self) -> int:
        """The number of steps that undo can take back."""
        count, live = 0, self.before
        while live is not None:
            count, live = count + 1, live.before
        return count

    def item(self, item_id: str) -> Item:
        """The item with this id; raises KeyError if there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def items_with(self, changed: Item) -> tuple[Item, ...]:
        """The items, with ``changed`` in place of the one with its id."""
        return tuple(changed if item.id == changed.id else item for item in self.items)

    def plans(self, key: Key) -> bool:
        """Whether a set is part of this session, done or not."""
        return any(item.id == key.item and key in item.keys() for item in self.items)

    def is_open(self, key: Key) -> bool:
        """Whether nothing is logged yet for a set."""
        return key not in self.rows

    def open_keys(self, item: Item) -> list[Key]:
        """The sets of an item that are still to do."""
        return [key for key in item.keys() if self.is_open(key)]

    def unfinished(self) -> list[Key]:
        """All sets that are still to do."""
        return [key for item in self.items for key in self.open_keys(item)]

    def done_count(self, item: Item) -> int:
        """The number of logged sets of an item."""
        return len(item.keys()) - len(self.open_keys(item))

    @property
    def progress(self) -> tuple[int, int]:
        """The number of sets that are logged, and of all sets."""
        done = sum(self.done_count(item) for item in self.items)
        return done, sum(len(item.keys()) for item in self.items)

    def slowed(self, item: Item) -> list[Key]:
        """The work sets still to do of an item whose last two were both slow; empty otherwise."""
        work = [key for key in item.keys() if key.kind is SetKind.WORK]
        logged = [key for key in work if not self.is_open(key)]
        done = [key for key in logged if self.rows[key][0].undone is None]
        slow = [any(SLOW in row.flags for row in self.rows[key]) for key in done[-2:]]
        return [key for key in work if self.is_open(key)] if slow == [True, True] else []

    def suggested(self, item_id: str | None = None) -> Item | None:
        """The item to do next: this one while it has open sets, else the next one that has. In a
        superset, the one with the fewest sets done. None when all is done."""
        order = list(self.items)
        if item_id is not None:
            here = next((i for i, item in enumerate(order) if item.id == item_id), 0)
            order = order[here:] + order[:here]
        for item in order:
            if not self.open_keys(item):
                continue
            return min(self.partners(item), key=self.done_count)
        return None

    def partners(self, item: Item) -> list[Item]:
        """The items of this item's superset with sets still to do, in order; at least this item."""
        if item.superset is None:
            return [item]
        group = [other for other in self.items if other.superset == item.superset]
        return [other for other in group if self.open_keys(other)] or [item]

    def rest_after(self, key: Key) -> int:
        """Seconds of rest after a set: 0 within a round of a superset and after the last set of the
        session."""
        item = self.item(key.item)
        if not [other for other in self.unfinished() if other != key]:
            return 0
        if item.superset is not None:
            done = self.done_count(item) + (1 if self.is_open(key) else 0)
            behind = [p for p in self.partners(item) if p.id != item.id]
            if any(self.done_count(other) < done for other in behind):
                return 0
        return item.now.rest_s
