"""What a journal with damaged lines still tells.

Replaying refuses a journal with a hole in it: the sets after a lost change of plan belong to
nothing. Here every set that can be read is kept, and room is made for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tui.domain.model.codec import Doc
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Goal as SetGoal
from tui.domain.model.values import Kind, Prescription, SetPlan, Side, Sides
from tui.domain.session.event_codec import event_from_doc, event_to_doc
from tui.domain.session.events import Change, Event, Plan, Sets, Start, Undo
from tui.domain.session.live import Item, Live
from tui.domain.session.replay import apply

# What stands for the exercise of a set if every line that named it is lost.
UNKNOWN = "unknown"


class Salvage(NamedTuple):
    """Lines that can be replayed, and how many of those given are left out."""

    docs: list[Doc]
    refused: int


def salvage(docs: Sequence[Doc], gaps: Collection[int], session_id: str) -> Salvage:
    """The lines of a journal that can be replayed. ``gaps`` are the places in ``docs`` before which
    a line is lost, ``session_id`` is the session's id if its start is lost."""
    known = _items(docs)
    live: Live | None = None
    kept: list[Doc] = []
    refused = 0
    # The steps since the last line that is lost; None while none is. An undo that goes further back
    # took back what is lost, and must not take back what is not.
    steps: int | None = None
    for place, doc in enumerate(docs):
        if place in gaps:
            steps = 0
        try:
            event = event_from_doc(doc)
            if isinstance(event, Undo) and steps == 0:
                raise BadDocument("what it takes back is lost")
            line = doc
            if isinstance(event, Change) and event.more and steps == 0:
                event, line = replace(event, more=False), _without_more(doc)
            made, live = _applied(live, event, line, known, session_id)
        except BadDocument:
            refused += 1
            steps = 0
            continue
        kept += made
        if steps is not None:
            steps += _step(event)
    return Salvage(kept, refused)


def _applied(
    live: Live | None, event: Event, doc: Doc, known: Mapping[str, Item], session_id: str
) -> tuple[list[Doc], Live]:
    """The lines to write for an event, and the state after it; raises BadDocument."""
    if live is None and not isinstance(event, Start):
        began = Start(at=event.at, id=session_id)
        made, live = _applied(apply(None, began), event, doc, known, session_id)
        return [event_to_doc(began), *made], live
    try:
        return [doc], apply(live, event)
    except BadDocument:
        if live is None or not isinstance(event, Sets):
            raise
    room = Plan(at=event.at, more=event.more, items=_with_room(live, event, known))
    planned = event_to_doc(room)
    event_from_doc(planned)
    event = replace(event, more=True)
    return [planned, doc | {"more": True}], apply(apply(live, room), event)


def _with_room(live: Live, event: Sets, known: Mapping[str, Item]) -> tuple[Item, ...]:
    """The items, with the set of an event among them."""
    key = event.key
    there = any(item.id == key.item for item in live.items)
    item = live.item(key.item) if there else known.get(key.item)
    if item is None:
        sides = Sides.BOTH if any(r.side is Side.BOTH for r in event.rows) else Sides.PER_SIDE
        nothing = Prescription(sets=(), rest_s=0)
        item = Item(
            id=key.item,
            exercise=UNKNOWN,
            kind=Kind.BODYWEIGHT,
            sides=sides,
            plan=nothing,
            now=nothing,
        )
    if key not in item.keys():
        goals = tuple(SetGoal(side=row.side, measures=row.done) for row in event.rows)
        added = SetPlan(number=key.number, goals=goals, kind=key.kind)
        item = replace(item, now=replace(item.now, sets=(*item.now.sets, added)))
    return live.items_with(item) if there else (*live.items, item)


def _items(docs: Sequence[Doc]) -> dict[str, Item]:
    """Every item that any line names, as it was last."""
    found: dict[str, Item] = {}
    for doc in docs:
        try:
            event = event_from_doc(doc)
        except BadDocument:
            continue
        if isinstance(event, Start | Plan):
            found |= {item.id: item for item in event.items}
    return found


def _without_more(doc: Doc) -> Doc:
    return {key: value for key, value in doc.items() if key != "more"}


def _step(event: Event) -> int:
    """How many more steps an undo could take back after this event."""
    if isinstance(event, Undo):
        return -1
    return 1 if isinstance(event, Change) and not event.more else 0
