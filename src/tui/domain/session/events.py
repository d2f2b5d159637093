"""The events of a session: what each says, and how it is written and read.

Everything that happens is an event, a small JSON object with the instant ``at`` at which it
happened; the journal on disk is the list of them.

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

from collections.abc import Iterable, Mapping
from typing import Any

from tui.domain.model.codec import Doc, prescription_from_doc, prescription_to_doc, set_to_doc
from tui.domain.model.validation import BadDocument, choice, need, objects, text, whole
from tui.domain.model.values import Kind, SetEntry, SetKind, Sides
from tui.domain.session.live import Item, Key, Live

Event = Mapping[str, Any]
# The events of a step before they have their instant: the name of each, and what it says.
Made = list[tuple[str, Doc]]


def sets_event(key: Key, rows: Iterable[SetEntry], *, pending: bool = False) -> tuple[str, Doc]:
    """The event that gives a set its rows; ``pending`` where they are not yet confirmed."""
    doc: Doc = {**key_to_doc(key), "rows": [set_to_doc(row) for row in rows]}
    return ("sets", {**doc, "pending": True} if pending else doc)


def plan_event(live: Live, changed: Item) -> tuple[str, Doc]:
    """The event that puts an item in the place of the one with its id."""
    return items_event(changed if item.id == changed.id else item for item in live.items)


def items_event(items: Iterable[Item]) -> tuple[str, Doc]:
    """The event that makes these the items of the session."""
    return ("plan", {"items": [item_to_doc(item) for item in items]})


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


def items_from_doc(doc: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items of a start or plan event; raises BadDocument."""
    found = tuple(item_from_doc(item) for item in objects(doc, "items"))
    if len({item.id for item in found}) != len(found):
        raise BadDocument("two items with one id")
    return found
