from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from tests.strategies import (
    CALF,
    HOLDS,
    JUMP,
    PLANK,
    POOL,
    SQUAT,
    START,
    TOO_HEAVY,
    TOWEL,
    WALL_SIT,
    as_read,
    deep,
    examples,
    json_values,
    new_id,
    start,
    texts,
)
from tui.domain.model.notation import parse
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import (
    UNDONE,
    Measures,
    Prescription,
    SetEntry,
    SetKind,
    Side,
)
from tui.domain.session import events
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    Finish,
    Log,
    Mark,
    Move,
    Put,
    Refused,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Tick,
    Undo,
    Write,
)
from tui.domain.session.clock import work_ends_at
from tui.domain.session.event_codec import event_from_doc, event_to_doc
from tui.domain.session.events import Change, ClockOp, Event, Plan
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.replay import apply, replay, session_of, to_session
from tui.domain.session.steps import step

Data = tuple[tuple[Item, ...], Mapping[Key, Any], tuple[Key, ...], str]


def data(live: Live) -> Data:
    """All that undo brings back."""
    return live.items, live.rows, live.pending, live.note


def begun(*items: Item) -> Live:
    live = replay([start(*items)])
    assert live is not None
    return live


# -- any steps in any order ------------------------------------------------------------------------

places = st.integers(0, 9)
typed = st.sampled_from(
    ["8", "90000", "8 60kg rir2", "7/side", "L40s R38s", "6x5s pain4", "5 t10", "20c"]
)


def easier(
    _live: Live, _item: Item, plan: Prescription, rows: Sequence[SetEntry]
) -> Prescription | None:
    """After a set logged with reps left, one rep fewer in all sets."""
    if rows[-1].rir is None:
        return None
    sets = tuple(
        replace(
            s,
            goals=tuple(
                replace(g, measures=replace(g.measures, reps=max(1, (g.measures.reps or 2) - 1)))
                for g in s.goals
            ),
        )
        for s in plan.sets
    )
    return replace(plan, sets=sets)


class AnySession(RuleBasedStateMachine):
    """Any commands with time passing between them. A plain stack is the model of undo; the journal,
    read from disk after every step, is the model of the state."""

    @initialize(items=st.lists(st.sampled_from(POOL), max_size=4))
    def begin(self, items: list[Item]) -> None:
        self.now = START
        self.events: list[Event] = [start(*items)]
        self.live = begun(*items)
        self.stack: list[Data] = []
        self.slot_of: dict[str, tuple[Key, str, Side]] = {}

    def do(self, command: Command) -> None:
        before = self.live
        try:
            after, made = step(self.live, command, self.now, new_id, easier)
        except Refused as refused:
            assert str(refused).isprintable()  # noqa: PT017  # either outcome is right
            assert self.live is before
            return
        self.events += made
        replayed = before
        for event in as_read(made):
            came_from = data(replayed)
            replayed = apply(replayed, event)
            if isinstance(event, events.Undo):
                assert data(replayed) == self.stack.pop()
            elif isinstance(event, events.ClockOp):
                assert data(replayed) == came_from
            elif isinstance(event, Change) and not event.more:
                self.stack.append(came_from)
        assert replayed == after
        self.live = after

    def item(self, place: int) -> str:
        items = self.live.items
        return items[place % len(items)].id if items else "none"

    def key(self, place: int, nth: int) -> Key:
        keys = next((item.keys() for item in self.live.items if item.id == self.item(place)), [])
        return keys[nth % len(keys)] if keys else Key("none", SetKind.WORK, 1)

    @rule(seconds=st.sampled_from([0, 0.25, 1, 5, 12, 60, 400, 90_000]) | st.floats(0, 100))
    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def wait_for_the_clock(self) -> None:
        if self.live.clock is not None and self.live.clock.watch.paused_at is None:
            ends = work_ends_at(self.live.clock.timeline) or 0
            left = ends - self.live.clock.watch.elapsed(self.now.timestamp())
            self.now += timedelta(seconds=max(0, left))

    @rule()
    def tick(self) -> None:
        self.do(Tick())

    @rule(place=places)
    def log(self, place: int) -> None:
        self.do(Log(self.item(place)))

    @rule(place=places, nth=places, text=typed)
    def write(self, place: int, nth: int, text: str) -> None:
        self.do(Write(self.key(place, nth), parse(text, single=True)))

    @rule(place=places, nth=places, value=st.integers(-1, 11))
    def rate(self, place: int, nth: int, value: int) -> None:
        self.do(Mark(self.key(place, nth), "pain", value))

    @rule(place=places, nth=places, note=texts)
    def note_on_a_set(self, place: int, nth: int, note: str) -> None:
        self.do(Mark(self.key(place, nth), "note", note))

    @rule(place=places, nths=st.sets(places, min_size=1, max_size=3), why=st.sampled_from(UNDONE))
    def skip(self, place: int, nths: set[int], why: str) -> None:
        self.do(Skip(tuple({self.key(place, nth) for nth in nths}), why))

    @rule(
        place=places,
        kg=st.sampled_from([0, 2.5, -2.5, -200, 1e6]),
        steps=st.integers(-3, 3) | st.just(10**6),
    )
    def adjust(self, place: int, kg: float, steps: int) -> None:
        self.do(Adjust(self.item(place), kg, steps))

    @rule(item=st.sampled_from([*POOL, TOO_HEAVY]), where=st.none() | st.integers(0, 2))
    def put(self, item: Item, where: int | None) -> None:
        self.do(Put(item, where))

    @rule(place=places, other=st.sampled_from([*POOL, TOO_HEAVY]))
    def swap(self, place: int, other: Item) -> None:
        self.do(Swap(self.item(place), other))

    @rule(place=places, by=st.sampled_from([-1, 1]))
    def move(self, place: int, by: int) -> None:
        self.do(Move(self.item(place), by))

    @rule(place=places)
    def add_set(self, place: int) -> None:
        self.do(AddSet(self.item(place)))

    @rule(place=places)
    def add_warmups(self, place: int) -> None:
        self.do(AddWarmups(self.item(place), lambda kg: 2.5 * (kg // 2.5)))

    @rule(place=places)
    def superset(self, place: int) -> None:
        self.do(Superset(self.item(place)))

    @rule(note=texts)
    def note_on_the_session(self, note: str) -> None:
        self.do(SessionNote(note))

    @rule(place=places)
    def space(self, place: int) -> None:
        self.do(Clock("space", self.item(place)))

    @rule(op=st.sampled_from(["skip", "repeat", "add", "stop"]))
    def turn_the_clock(self, op: str) -> None:
        self.do(Clock(op))

    @rule(times=st.integers(1, 5))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.do(Undo())

    @invariant()
    def the_journal_is_the_whole_state(self) -> None:
        assert replay(as_read(self.events)) == self.live

    @invariant()
    def what_stands_unconfirmed_is_logged_and_what_runs_is_planned(self) -> None:
        live = self.live
        assert set(live.pending) <= set(live.rows)
        assert len(set(live.pending)) == len(live.pending)
        assert live.clock is None or live.plans(live.clock.key)
        coming = live.suggested()
        assert (coming is None) == (live.unfinished() == [])

    @invariant()
    def a_set_is_there_once_and_an_id_never_means_another(self) -> None:
        exercises = {item.id: item.exercise for item in self.live.items}
        rows = [(key, row) for key, rows in self.live.rows.items() for row in rows]
        for key, row in rows:
            assert (row.kind, row.number) == (key.kind, key.number)
            slot = (key, exercises[key.item], row.side)
            assert self.slot_of.setdefault(row.id, slot) == slot
            # A length or a load that was changed does not change what was prescribed.
            goal = self.live.item(key.item).prescribed(key).get(row.side)
            planned = None if goal is None else goal.measures
            assert row.prescribed == planned
        assert len({row.id for _, row in rows}) == len(rows)
        logged = [row for entry in to_session(self.live).entries for row in entry.sets]
        assert sorted(row.id for row in logged) == sorted(row.id for _, row in rows)

    def teardown(self) -> None:
        if not hasattr(self, "live"):
            return
        logged = dict(self.live.rows)
        self.do(Finish("time"))
        assert self.live.finished == self.now
        session = session_of(as_read(self.events))
        if not self.live.rows and not self.live.note:
            assert session is None
            return
        assert session == to_session(self.live)
        assert all(key.kind is SetKind.WARMUP for key in self.live.unfinished() if logged)
        added = [rows for key, rows in self.live.rows.items() if key not in logged]
        assert not added or logged or self.stack
        assert all(row.done == Measures() or not row.undone for rows in added for row in rows)


AnySession.TestCase.settings = examples(100, stateful_step_count=30)
TestAnySession = AnySession.TestCase


# -- undo to any depth -----------------------------------------------------------------------------


def test_five_thousand_steps_are_undone_one_by_one() -> None:
    live = begun(SQUAT)
    first = data(live)
    journal: list[Event] = [start(SQUAT)]
    for n in range(5000):
        live, made = step(live, SessionNote(str(n)), START + timedelta(seconds=n), new_id)
        journal += made
    again = replay(journal)
    # The chain of earlier states is far deeper than the interpreter can walk.
    assert again == live
    assert again is not live
    assert len(repr(live)) < 5000
    assert copy.copy(live) == replace(live) == live
    for n in range(4999, 0, -1):
        live, _ = step(live, Undo(), START + timedelta(hours=2), new_id)
        assert live.note == str(n - 1)
    live, _ = step(live, Undo(), START, new_id)
    assert data(live) == first


def test_an_undo_in_the_journal_is_undone_again_when_it_is_read() -> None:
    live = begun(SQUAT)
    journal: list[Event] = [start(SQUAT)]
    for command in (Log("1"), Log("1"), Undo(), Log("1"), Undo(), Undo()):
        live, made = step(live, command, START, new_id)
        journal += made
    assert [type(event) for event in journal].count(events.Undo) == 3
    assert live.rows == {}
    assert replay(as_read(journal)) == live


# -- what comes next -------------------------------------------------------------------------------


def after(live: Live, *commands: Command) -> Live:
    for n, command in enumerate(commands, start=1):
        live, _ = step(live, command, START + timedelta(minutes=n), new_id)
    return live


def test_next_is_this_exercise_then_the_ones_below_then_those_above() -> None:
    live = begun(CALF, JUMP, PLANK)
    assert live.suggested("2") == live.item("2")
    live = after(live, Log("2"), Log("2"), Log("2"), Log("2"))
    assert live.suggested("2") == live.item("3")
    live = after(live, Log("3"), Log("3"))
    assert live.suggested("3") == live.item("1")
    assert live.suggested("gone") == live.item("1")
    assert after(live, Log("1"), Log("1"), Log("1")).suggested("1") is None
    assert begun().suggested() is None


def test_sets_may_be_done_out_of_turn() -> None:
    live = begun(CALF)
    item = live.item("1")
    live = after(live, Write(Key("1", SetKind.WORK, 2), parse("20")), Log("1"))
    assert live.done_count(item) == 2
    assert live.open_keys(item) == [Key("1", SetKind.WORK, 3)]
    with pytest.raises(KeyError):
        live.item("7")


def test_rest_is_that_of_the_exercise_and_none_at_the_end() -> None:
    live = begun(SQUAT, WALL_SIT)
    assert live.rest_after(Key("1", SetKind.WORK, 1)) == 150
    live = after(live, Log("1"), Log("1"), Log("1"), Log("2"))
    assert live.rest_after(Key("2", SetKind.WORK, 1)) == 45
    assert live.rest_after(Key("2", SetKind.WORK, 2)) == 0


# -- the journal as others may have left it --------------------------------------------------------


def a_journal() -> list[Event]:
    """One of each event."""
    live = begun(WALL_SIT, PLANK, HOLDS, TOWEL)
    journal: list[Event] = [start(WALL_SIT, PLANK, HOLDS, TOWEL)]
    now = START
    commands: list[Command] = [
        Clock("space", "1"),
        Clock("space", "1"),
        Clock("space", "1"),
        Clock("add"),
        Clock("repeat"),
        Tick(),
        Log("2"),
        Mark(Key("2", SetKind.WORK, 1), "rir", 2),
        SessionNote("windy"),
        Undo(),
        AddWarmups("4", round),
        Superset("3"),
        Skip((Key("3", SetKind.WORK, 1),), "pain"),
        Finish("time"),
    ]
    for command in commands:
        now += timedelta(seconds=100 if isinstance(command, Tick) else 3)
        live, made = step(live, command, now, new_id)
        journal += made
    return journal


JOURNAL = a_journal()
DOCS: list[Any] = [event_to_doc(event) for event in JOURNAL]


def test_the_journal_of_these_tests_has_every_event() -> None:
    assert {type(event) for event in JOURNAL} == {*get_args(Event)}
    assert session_of(as_read(JOURNAL)) is not None


def test_every_beginning_of_a_journal_is_a_state() -> None:
    assert replay([]) is None
    assert session_of([]) is None
    live = None
    for n, event in enumerate(JOURNAL, start=1):
        live = apply(live, event)
        assert replay(as_read(JOURNAL[:n])) == live


def refused_or_sound(docs: list[Any]) -> None:
    """Reading raises only BadDocument, or gives a state from which the session can go on."""
    try:
        live = replay(map(event_from_doc, docs))
        session_of(map(event_from_doc, docs))
    except BadDocument as bad:
        assert str(bad).isprintable()  # noqa: PT017  # either outcome is right
        return
    if live is None or live.finished:
        return
    now = START + timedelta(days=2)
    for item in live.items:
        for command in (Tick(), Clock("space", item.id), Log(item.id), AddSet(item.id), Put(CALF)):
            with suppress(Refused):
                live, _ = step(live, command, now, new_id)
    with suppress(Refused):
        live, _ = step(live, Undo(), now, new_id)
    step(live, Finish(), now, new_id)


@given(st.lists(json_values, max_size=3), st.integers(0, 12))
def test_an_event_that_is_anything_is_refused_or_sound(values: list[Any], place: int) -> None:
    refused_or_sound(DOCS[:place] + values)


event_keys = st.sampled_from(
    ["e", "at", "id", "item", "items", "rows", "kind", "number", "pending", "more", "op", "text"]
)
event_values = json_values | st.sampled_from(
    [
        *("start", "plan", "sets", "note", "clock", "undo", "finish", "rest", "skip", "1", "work"),
        *(START.isoformat(), 1, 2, True, [], [{}], DOCS[0]["items"]),
    ]
)
some_events = st.dictionaries(event_keys, event_values).map(
    lambda event: {"e": "sets", "at": START.isoformat(), **event}
)


@given(st.lists(some_events, min_size=1, max_size=4), st.integers(0, 12))
@examples(300)
def test_an_event_of_the_right_fields_is_refused_or_sound(docs: list[Any], place: int) -> None:
    refused_or_sound(DOCS[:place] + docs)


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key within a JSON value."""
    found = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        found.append((value, key))
        if isinstance(inner, dict | list):
            found += spots(inner)
    return found


@given(st.data())
@examples(400)
def test_a_damaged_journal_is_refused_or_sound(draws: st.DataObject) -> None:
    docs = copy.deepcopy(DOCS[: draws.draw(st.integers(1, len(DOCS)))])
    for _ in range(draws.draw(st.integers(1, 2))):
        found = spots(docs)
        inside, key = found[draws.draw(st.integers(0, len(found) - 1))]
        match draws.draw(st.sampled_from(["drop", "change", "twice"])):
            case "change":
                inside[key] = copy.deepcopy(draws.draw(event_values))
            case "twice" if isinstance(inside, list):
                inside.insert(key, copy.deepcopy(inside[key]))
            case _:
                del inside[key]
        if not spots(docs):
            break
    refused_or_sound(docs)


AT = START.isoformat()
ROW = {"id": "S-1-1b", "number": 1, "side": "both", "hold_s": 45}
SETS = {"e": "sets", "at": AT, "item": "1", "number": 1}


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (7, "an event must be an object"),
        ({}, "e is missing"),
        ({"e": "undo"}, "at is missing"),
        ({"e": "undo", "at": "2026-11-03T18:00:00"}, "at needs a UTC offset"),
        ({"e": "dance", "at": AT}, "unknown event 'dance'"),
        ({"e": deep, "at": AT}, "e must be text"),
        (event_to_doc(start(CALF)), "a second start"),
        ({"e": "clock", "at": AT, "op": "pause"}, "pause without a clock"),
        ({"e": "clock", "at": AT, "op": "start", "item": "1", "number": 9}, "not planned"),
        ({"e": "clock", "at": AT, "op": "rest", "item": "9", "number": 1}, "not planned"),
        ({"e": "clock", "at": AT, "op": "start", "item": "1"}, "number is missing"),
        ({**SETS, "rows": []}, "rows must be one"),
        ({**SETS, "rows": [ROW, ROW]}, "rows must be one"),
        ({**SETS, "rows": [ROW], "item": "9"}, "not planned"),
        ({**SETS, "rows": [ROW], "kind": "warmup"}, "not planned"),
        ({**SETS, "rows": [{**ROW, "number": 2}]}, "not planned"),
        ({**SETS, "rows": [{**ROW, "hold_s": deep}]}, "hold_s must be a number"),
        ({"e": "plan", "at": AT, "items": [{"id": "1", "exercise": "x"}]}, "plan must be"),
        (
            {"e": "plan", "at": AT, "items": event_to_doc(start(CALF))["items"] * 2},
            "two items with one id",
        ),
        ({"e": "note", "at": AT, "text": 5}, "text must be text"),
    ],
)
def test_an_event_that_makes_no_sense_is_named(event: object, says: str) -> None:
    with pytest.raises(BadDocument, match=says) as caught:
        apply(begun(WALL_SIT), event_from_doc(event))
    assert len(str(caught.value)) < 200


def test_a_journal_begins_with_its_start() -> None:
    with pytest.raises(BadDocument, match="first event must be the start"):
        replay([events.Undo(at=START)])


def test_a_plan_cannot_leave_out_what_is_logged() -> None:
    live = after(begun(WALL_SIT), Log("1"))
    with pytest.raises(BadDocument, match="leave out a set that is logged"):
        apply(live, Plan(at=START, items=()))


def test_a_plan_that_leaves_out_the_running_set_stops_its_clock() -> None:
    live = after(begun(WALL_SIT), Clock("space"))
    assert live.clock is not None
    live = apply(live, Plan(at=START, items=()))
    assert live.clock is None


def test_a_clock_of_long_ago_does_not_break_the_present() -> None:
    old = datetime.fromisoformat("0002-01-01T00:00:00+14:00")
    clock = ClockOp(at=old, op="start", key=Key("1", SetKind.WORK, 1))
    live = replay([replace(start(WALL_SIT), at=old), clock])
    assert live is not None
    live, _ = step(live, Tick(), START, new_id)
    assert live.pending == (Key("1", SetKind.WORK, 1),)
    assert datetime.fromisoformat(live.rows[live.pending[0]][0].at).year <= 2
