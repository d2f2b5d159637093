"""The live session: what happened so far, folded from its events.

Everything that happens is an event, a small JSON object with the instant ``at`` at which it
happened; the journal on disk is the list of them. ``replay`` of that list is the whole state, the
clock and the undo history with it, so that a session survives any death of the program.

    start   items, programme …      the session begins with its planned exercises
    plan    items                   the exercises or their targets changed
    sets    key, rows, pending      the rows of one set are now these; pending: not yet confirmed
    note    text                    the note on the session
    clock   op, key                 start, rest, pause, resume, skip, repeat, add, stop
    undo                            the last step is taken back
    finish                          the session is over

Events of one step after its first carry ``more``: undo takes all of them back at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from tui.core.cadence import Timeline, compile_set, rest_only
from tui.core.clock import Stopwatch, View, add, repeat, show, skip, work_ends_at
from tui.core.codec import (
    BadDocument,
    Doc,
    choice,
    instant,
    need,
    one_set,
    prescription_from_doc,
    prescription_to_doc,
    set_from_doc,
    text,
    whole,
)
from tui.core.codec import items as objects
from tui.core.model import (
    Entry,
    Goal,
    Kind,
    Prescription,
    Session,
    SetEntry,
    SetKind,
    SetPlan,
    Sides,
)

Event = Mapping[str, Any]
EXTRA_S = 15.0


class Key(NamedTuple):
    """Which set: its item, and its number among the work or the warm-up sets of that item."""

    item: str
    kind: SetKind
    number: int


class Item(Struct, frozen=True, kw_only=True):
    """One exercise of the session. ``plan`` is what was prescribed, ``now`` what the runner means
    to do; they part when the runner changes a load or adds a set. ``feet`` turns reps of a jump
    into contacts."""

    id: str
    exercise: str
    kind: Kind
    sides: Sides
    plan: Prescription
    now: Prescription
    feet: int | None = None
    superset: str | None = None

    def keys(self) -> list[Key]:
        """The planned sets in the order in which they are done."""
        return [Key(self.id, s.kind, s.number) for s in self.now.sets]

    def planned(self, key: Key) -> SetPlan:
        """What the runner means to do in one set."""
        return next(s for s in self.now.sets if (s.kind, s.number) == key[1:])

    def prescribed(self, key: Key) -> Mapping[str, Goal]:
        """What was prescribed for one set, by side; empty for a set the runner added."""
        found = [s for s in self.plan.sets if (s.kind, s.number) == key[1:]]
        return {goal.side: goal for goal in found[0].goals} if found else {}


class Running(Struct, frozen=True, kw_only=True):
    """The clock of one set: its phases and how long they have run. ``led`` is False when only the
    rest runs, after a set that was logged by hand."""

    key: Key
    timeline: Timeline
    watch: Stopwatch
    led: bool

    def view(self, now: datetime) -> View:
        """What the clock shows at ``now``."""
        return show(self.timeline, self.watch.elapsed(now.timestamp()))


class Live(Struct, frozen=True, kw_only=True, eq=False):
    """The state of a session under way. ``before`` is the state that undo returns to; it is no part
    of what the state is, and a long session has a long chain of them, too deep to walk."""

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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Live) and self._state() == other._state()

    def __hash__(self) -> int:
        return hash((self.id, self.stamp))

    def __repr__(self) -> str:
        return f"Live{self._state()}"

    def _state(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name != "before")

    def item(self, item_id: str) -> Item:
        """The item with this id; raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def plans(self, key: Key) -> bool:
        """True for a set of this session, done or not."""
        return any(item.id == key.item and key in item.keys() for item in self.items)

    def is_open(self, key: Key) -> bool:
        """True while nothing is logged for this set."""
        return key not in self.rows

    def open_keys(self, item: Item) -> list[Key]:
        """The sets of an item that are still to do."""
        return [key for key in item.keys() if self.is_open(key)]

    def unfinished(self) -> list[Key]:
        """All sets that are still to do."""
        return [key for item in self.items for key in self.open_keys(item)]

    def done_count(self, item: Item) -> int:
        """How many sets of an item are logged."""
        return len(item.keys()) - len(self.open_keys(item))

    def suggested(self, item_id: str | None = None) -> Item | None:
        """The item to do next: this one while it has sets left, else the next one that has; of a
        superset the first of those with the fewest sets done. None when all is done."""
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
        """The items of one superset that still have sets to do, in order (at least this one)."""
        if item.superset is None:
            return [item]
        group = [other for other in self.items if other.superset == item.superset]
        return [other for other in group if self.open_keys(other)] or [item]

    def rest_after(self, key: Key) -> int:
        """Seconds of rest that follow a set: none inside a round of a superset, none after the
        last set of the session."""
        item = self.item(key.item)
        if not [other for other in self.unfinished() if other != key]:
            return 0
        if item.superset is not None:
            done = self.done_count(item) + (1 if self.is_open(key) else 0)
            behind = [p for p in self.partners(item) if p.id != item.id]
            if any(self.done_count(other) < done for other in behind):
                return 0
        return item.now.rest_s


def replay(events: Iterable[object]) -> Live | None:
    """The state after these events; None when there is not one. Raises BadDocument for an event
    that makes no sense, naming what is wrong."""
    live: Live | None = None
    for event in events:
        live = apply(live, event)
    return live


def apply(live: Live | None, event: object) -> Live:
    """The state after one more event; raises BadDocument when it makes no sense."""
    if not isinstance(event, Mapping):
        raise BadDocument("an event must be an object")
    what = need(event, "e")
    at = instant(event, "at")
    if what == "start":
        if live is not None:
            raise BadDocument("a second start")
        return Live(
            id=need(event, "id"),
            started=at,
            programme=text(event, "programme") or None,
            part=text(event, "part") or None,
            items=_items(event),
            stamp=at.isoformat(),
        )
    if live is None:
        raise BadDocument("the first event must be the start")
    if what == "undo":
        return _undone(live, at)
    if what == "clock":
        return replace(live, clock=_clock(live, event, at))
    step = replace(live, before=live.before if event.get("more") else live, stamp=at.isoformat())
    if what == "plan":
        return _with_items(step, _items(event))
    if what == "note":
        return replace(step, note=text(event, "text"))
    if what == "sets":
        return _with_sets(step, event)
    if what == "finish":
        return replace(step, finished=at, clock=None)
    raise BadDocument(f"an unknown event {what!r}")


def _with_items(live: Live, items: tuple[Item, ...]) -> Live:
    changed = replace(live, items=items)
    if not all(changed.plans(key) for key in live.rows):
        raise BadDocument("items leave out a set that is logged")
    clock = live.clock
    return changed if clock is None or changed.plans(clock.key) else replace(changed, clock=None)


def _with_sets(live: Live, event: Event) -> Live:
    key = key_from_doc(event)
    rows = tuple(set_from_doc(row) for row in objects(event, "rows"))
    one_set("rows", [row.side for row in rows])
    if not live.plans(key) or any((row.kind, row.number) != key[1:] for row in rows):
        raise BadDocument("rows of a set that is not planned")
    pending = tuple(other for other in live.pending if other != key)
    if event.get("pending"):
        pending = (*pending, key)
    return replace(live, rows={**live.rows, key: rows}, pending=pending)


def _undone(live: Live, at: datetime) -> Live:
    """One step back. The clock goes on, for time cannot be undone, unless it is past the work of
    a set that is open again: it would only mark it done once more."""
    if live.before is None:
        return live
    back = replace(live.before, clock=live.clock, stamp=at.isoformat())
    clock = back.clock
    if clock is None or not back.plans(clock.key):
        return replace(back, clock=None)
    over = not clock.led or work_over(clock, at) is not None
    return replace(back, clock=None) if over and back.is_open(clock.key) else back


def work_over(clock: Running, now: datetime) -> float | None:
    """The seconds on the clock of a timed set at which its work ended; None before that."""
    ends = work_ends_at(clock.timeline)
    if not clock.led or ends is None or clock.watch.elapsed(now.timestamp()) < ends:
        return None
    return ends


def _clock(live: Live, event: Event, at: datetime) -> Running | None:
    op = need(event, "op")
    now = at.timestamp()
    if op == "stop":
        return None
    if op in ("start", "rest"):
        key = key_from_doc(event)
        if not live.plans(key):
            raise BadDocument("the clock of a set that is not planned")
        led = op == "start"
        timeline = _timeline(live, key) if led else rest_only(live.item(key.item).now.rest_s)
        return Running(key=key, timeline=timeline, watch=Stopwatch(started=now), led=led)
    clock = live.clock
    if clock is None:
        raise BadDocument(f"{op} without a clock")
    elapsed = clock.watch.elapsed(now)
    match op:
        case "pause":
            return replace(clock, watch=clock.watch.pause(now))
        case "resume":
            return replace(clock, watch=clock.watch.resume(now))
        case "skip":
            return replace(clock, timeline=skip(clock.timeline, elapsed))
        case "repeat":
            return replace(clock, timeline=repeat(clock.timeline, elapsed))
        case "add":
            return replace(clock, timeline=add(clock.timeline, elapsed, EXTRA_S))
    raise BadDocument(f"an unknown clock event {op!r}")


def _timeline(live: Live, key: Key) -> Timeline:
    item = live.item(key.item)
    return compile_set(item.planned(key), item.kind, item.sides, live.rest_after(key))


def _items(event: Event) -> tuple[Item, ...]:
    found = tuple(item_from_doc(doc) for doc in objects(event, "items"))
    if len({item.id for item in found}) != len(found):
        raise BadDocument("two items with one id")
    return found


def key_to_doc(key: Key) -> Doc:
    """The fields by which an event names a set."""
    return {"item": key.item, "kind": key.kind.value, "number": key.number}


def key_from_doc(doc: Mapping[str, Any]) -> Key:
    """The set that an event names; raises BadDocument."""
    number = whole(doc, "number", 1, 999)
    if number is None:
        raise BadDocument("number is missing")
    return Key(need(doc, "item"), choice(doc, "kind", SetKind, SetKind.WORK), number)


def item_to_doc(item: Item) -> Doc:
    """An item as it stands in a start or plan event."""
    doc: Doc = {"id": item.id, "exercise": item.exercise, "kind": item.kind.value}
    doc["sides"] = item.sides.value
    if item.feet is not None:
        doc["feet"] = item.feet
    if item.superset:
        doc["superset"] = item.superset
    doc["plan"] = prescription_to_doc(item.plan)
    if item.now != item.plan:
        doc["now"] = prescription_to_doc(item.now)
    return doc


def item_from_doc(doc: Mapping[str, Any]) -> Item:
    """An item from a start or plan event; raises BadDocument."""
    plan, now = doc.get("plan"), doc.get("now")
    if not isinstance(plan, Mapping) or not isinstance(now, Mapping | None):
        raise BadDocument("plan must be an object")
    prescribed = prescription_from_doc(plan)
    return Item(
        id=need(doc, "id"),
        exercise=need(doc, "exercise"),
        kind=choice(doc, "kind", Kind, Kind.BODYWEIGHT),
        sides=choice(doc, "sides", Sides, Sides.BOTH),
        feet=whole(doc, "feet", 1, 2),
        superset=text(doc, "superset") or None,
        plan=prescribed,
        now=prescribed if now is None else prescription_from_doc(now),
    )


def to_session(live: Live) -> Session:
    """The session as it goes into the log: exercises with at least one row, rows in set order.
    What stands done-unconfirmed counts as done."""
    entries = []
    for item in live.items:
        rows: Sequence[SetEntry] = [
            row for key in item.keys() if key in live.rows for row in live.rows[key]
        ]
        if rows:
            entries.append(
                Entry(
                    id=f"{live.id}-{item.id}",
                    edited=max(row.edited for row in rows),
                    exercise=item.exercise,
                    sets=tuple(rows),
                    superset=item.superset,
                )
            )
    return Session(
        id=live.id,
        edited=live.stamp,
        started=live.started,
        finished=live.finished,
        programme=live.programme,
        part=live.part,
        note=live.note,
        entries=tuple(entries),
    )


def session_of(events: Iterable[object]) -> Session | None:
    """The log entry that a journal stands for; None where nothing was done in it."""
    live = replay(events)
    if live is None or not (live.rows or live.note):
        return None
    return to_session(live)
