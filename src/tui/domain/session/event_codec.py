"""Convert session events to plain JSON documents, the lines of a journal, and back.

The document of an event has its name ``e``, the instant ``at``, and its own fields:

    start   id, items, programme, part
    plan    items
    sets    item, kind, number, rows, pending
    note    text
    clock   op, and item, kind, number for start and rest
    undo
    finish

``more: true`` marks an event that belongs to the same step as the one before it. What does not
apply is left out; unknown keys are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.model.codec import (
    Doc,
    prescription_from_doc,
    prescription_to_doc,
    set_from_doc,
    set_to_doc,
)
from tui.domain.model.validation import BadDocument, choice, instant, need, objects, text, whole
from tui.domain.model.values import Kind, SetKind, Sides
from tui.domain.session.events import Change, ClockOp, Event, Finish, Note, Plan, Sets, Start, Undo
from tui.domain.session.live import Item, Key


def event_to_doc(event: Event) -> Doc:
    """An event as a document."""
    doc: Doc = {"e": event.__struct_config__.tag, "at": event.at.isoformat()}
    match event:
        case Start():
            doc |= {"id": event.id, "items": [item_to_doc(item) for item in event.items]}
            if event.programme:
                doc["programme"] = event.programme
            if event.part:
                doc["part"] = event.part
        case Plan():
            doc["items"] = [item_to_doc(item) for item in event.items]
        case Sets():
            doc |= {**key_to_doc(event.key), "rows": [set_to_doc(row) for row in event.rows]}
            if event.pending:
                doc["pending"] = True
        case Note():
            doc["text"] = event.text
        case ClockOp():
            doc |= {"op": event.op, **({} if event.key is None else key_to_doc(event.key))}
    if isinstance(event, Change) and event.more:
        doc["more"] = True
    return doc


def event_from_doc(doc: object) -> Event:
    """An event from its document; raises BadDocument."""
    if not isinstance(doc, Mapping):
        raise BadDocument("an event must be an object")
    what, at, more = need(doc, "e"), instant(doc, "at"), bool(doc.get("more"))
    match what:
        case "start":
            return Start(
                at=at,
                id=need(doc, "id"),
                items=_items_from_doc(doc),
                programme=text(doc, "programme") or None,
                part=text(doc, "part") or None,
            )
        case "plan":
            return Plan(at=at, more=more, items=_items_from_doc(doc))
        case "sets":
            key, pending = _key_from_doc(doc), bool(doc.get("pending"))
            rows = tuple(set_from_doc(row) for row in objects(doc, "rows"))
            return Sets(at=at, more=more, key=key, rows=rows, pending=pending)
        case "note":
            return Note(at=at, more=more, text=text(doc, "text"))
        case "clock":
            op = need(doc, "op")
            return ClockOp(
                at=at, op=op, key=_key_from_doc(doc) if op in ("start", "rest") else None
            )
        case "undo":
            return Undo(at=at)
        case "finish":
            return Finish(at=at, more=more)
    raise BadDocument(f"an unknown event {what!r}")


def key_to_doc(key: Key) -> Doc:
    """The fields with which an event names a set."""
    return {"item": key.item, "kind": key.kind.value, "number": key.number}


def _key_from_doc(doc: Mapping[str, Any]) -> Key:
    number = whole(doc, "number", 1, 999)
    if number is None:
        raise BadDocument("number is missing")
    return Key(need(doc, "item"), choice(doc, "kind", SetKind, SetKind.WORK), number)


def item_to_doc(item: Item) -> Doc:
    """An item as a document, as in a start or plan event."""
    doc: Doc = {"id": item.id, "exercise": item.exercise, "kind": item.kind.value}
    doc["sides"] = item.sides.value
    if item.entry:
        doc["entry"] = item.entry
    if item.feet is not None:
        doc["feet"] = item.feet
    if item.superset:
        doc["superset"] = item.superset
    doc["plan"] = prescription_to_doc(item.plan)
    if item.now != item.plan:
        doc["now"] = prescription_to_doc(item.now)
    return doc


def _item_from_doc(doc: Mapping[str, Any]) -> Item:
    plan, now = doc.get("plan"), doc.get("now")
    if not isinstance(plan, Mapping) or not isinstance(now, Mapping | None):
        raise BadDocument("plan must be an object")
    prescribed = prescription_from_doc(plan)
    return Item(
        id=need(doc, "id"),
        entry=text(doc, "entry"),
        exercise=need(doc, "exercise"),
        kind=choice(doc, "kind", Kind, Kind.BODYWEIGHT),
        sides=choice(doc, "sides", Sides, Sides.BOTH),
        feet=whole(doc, "feet", 1, 2),
        superset=text(doc, "superset") or None,
        plan=prescribed,
        now=prescribed if now is None else prescription_from_doc(now),
    )


def _items_from_doc(doc: Mapping[str, Any]) -> tuple[Item, ...]:
    found = tuple(_item_from_doc(item) for item in objects(doc, "items"))
    if len({item.id for item in found}) != len(found):
        raise BadDocument("two items with one id")
    return found
