from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import (
    POOL,
    extras,
    json_values,
    maybe,
    measures,
    moments,
    names,
    set_entries,
    start,
    texts,
)
from tui.domain.model.values import Goal, Kind, Prescription, SetKind, SetPlan, Side, Sides
from tui.domain.session.event_codec import event_from_doc, event_to_doc
from tui.domain.session.events import ClockOp, Event, Finish, Note, Plan, Sets, Start, Undo
from tui.domain.session.live import Item, Key

numbers = st.integers(1, 999)
kinds = st.sampled_from(SetKind)
keys = st.builds(Key, item=names, kind=kinds, number=numbers)
goals = st.sampled_from([[Side.BOTH], [Side.LEFT], [Side.LEFT, Side.RIGHT]]).flatmap(
    lambda sides: st.tuples(
        *(st.builds(Goal, side=st.just(side), measures=measures) for side in sides)
    )
)
prescriptions = st.builds(
    Prescription,
    sets=st.lists(
        st.builds(SetPlan, number=numbers, kind=kinds, goals=goals),
        max_size=3,
        unique_by=lambda planned: (planned.kind, planned.number),
    ).map(tuple),
    rest_s=st.integers(0, 900),
    target_rir=maybe(st.integers(0, 10)),
    fast=st.booleans(),
)
items = st.builds(
    Item,
    id=names,
    exercise=names,
    kind=st.sampled_from(Kind),
    sides=st.sampled_from(Sides),
    plan=prescriptions,
    now=prescriptions,
    feet=st.sampled_from([None, 1, 2]),
    superset=maybe(names),
)
some_items = st.lists(
    items | items.map(lambda item: replace(item, now=item.plan)),
    max_size=2,
    unique_by=lambda item: item.id,
).map(tuple)
rows = st.lists(set_entries, max_size=2).map(tuple)
at_any_time = {"at": moments}
undoable = {**at_any_time, "more": st.booleans()}
events: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        Start, id=names, items=some_items, programme=maybe(names), part=maybe(names), **at_any_time
    ),
    st.builds(Plan, items=some_items, **undoable),
    st.builds(Sets, key=keys, rows=rows, pending=st.booleans(), **undoable),
    st.builds(Note, text=texts, **undoable),
    st.builds(ClockOp, op=st.sampled_from(["start", "rest"]), key=keys, **at_any_time),
    st.builds(
        ClockOp,
        op=st.sampled_from(["pause", "resume", "skip", "repeat", "add", "stop"]),
        **at_any_time,
    ),
    st.builds(Undo, **at_any_time),
    st.builds(Finish, **undoable),
)


@given(events)
def test_an_event_reads_back_and_is_written_again_in_the_same_bytes(event: Event) -> None:
    line = json.dumps(event_to_doc(event))
    again = event_from_doc(json.loads(line))
    assert again == event
    assert json.dumps(event_to_doc(again)) == line


@given(events, extras, st.booleans())
def test_fields_of_another_program_change_nothing(
    event: Event, others: dict[str, Any], first: bool
) -> None:
    doc = event_to_doc(event)
    assert event_from_doc(others | doc if first else doc | others) == event


@given(
    st.sampled_from(["pause", "resume", "skip", "repeat", "add", "stop", "dance"]),
    json_values,
    json_values,
)
def test_only_the_start_of_a_clock_and_a_rest_name_a_set(
    op: str, item: object, number: object
) -> None:
    doc = {"e": "clock", "at": "2026-11-03T18:00:00+01:00", "op": op}
    assert event_from_doc({**doc, "item": item, "number": number}) == event_from_doc(doc)


def test_what_does_not_apply_is_left_out_and_the_fields_have_their_order() -> None:
    at = start().at
    key = Key("1", SetKind.WORK, 2)
    written: dict[Event, list[str]] = {
        Start(at=at, id="S"): ["e", "at", "id", "items"],
        start(): ["e", "at", "id", "items", "programme", "part"],
        Plan(at=at, items=POOL[:1], more=True): ["e", "at", "items", "more"],
        Sets(at=at, key=key, rows=()): ["e", "at", "item", "kind", "number", "rows"],
        Sets(at=at, key=key, rows=(), pending=True, more=True): [
            *("e", "at", "item", "kind", "number", "rows", "pending", "more"),
        ],
        Note(at=at, text=""): ["e", "at", "text"],
        ClockOp(at=at, op="rest", key=key): ["e", "at", "op", "item", "kind", "number"],
        ClockOp(at=at, op="add"): ["e", "at", "op"],
        Undo(at=at): ["e", "at"],
        Finish(at=at): ["e", "at"],
    }
    assert {event: list(event_to_doc(event)) for event in written} == written
    assert {type(event) for event in written} == {*get_args(Event)}


@pytest.mark.parametrize("truth", [1, "yes", [0], True])
def test_whatever_is_true_joins_an_event_to_its_step(truth: object) -> None:
    doc = event_to_doc(Note(at=start().at, text="x"))
    assert event_from_doc({**doc, "more": truth}) == Note(at=start().at, text="x", more=True)
