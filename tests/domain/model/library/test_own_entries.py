"""Two copies of an own library become one, in whatever order, with nothing lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples
from tui.domain.model.library.own_entries import TABLES, join_libraries, present, stamped
from tui.domain.model.library.parser import Library, overlay
from tui.domain.model.versions import canonical, later

EARLY, LATE = "2026-11-02T18:00:00+01:00", "2026-11-02T17:30:00+00:00"
SOURCE = {"title": "T", "author": "A", "publisher": "P"}

fields = st.fixed_dictionaries(
    {"name": st.sampled_from(["a", "b"])},
    optional={
        "edited": st.sampled_from([EARLY, LATE, "2026-11-02T17:00:00+00:00"]),
        "deleted": st.just(True),  # a value
    },
)
entries = st.dictionaries(st.sampled_from("xyz"), fields, max_size=3)


def as_list(held: dict[str, Any]) -> list[Any]:
    return [{"id": name, **entry} for name, entry in held.items()]


libraries = st.fixed_dictionaries(
    {},
    optional={
        "schema_version": st.just(1),
        "exercises": entries.map(as_list),
        "programmes": entries.map(as_list),
        "sources": entries,
    },
)


def by_id(own: dict[str, Any], table: str) -> dict[str, Any]:
    held = own.get(table, {})
    return held if table == "sources" else {entry["id"]: entry for entry in held}


@examples(400)
@given(libraries, libraries, libraries)
def test_the_order_of_joining_makes_no_difference(
    one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]
) -> None:
    both = join_libraries(one, two)
    assert json.dumps(both.library) == json.dumps(join_libraries(two, one).library)
    left = join_libraries(both.library, three).library
    right = join_libraries(one, join_libraries(two, three).library).library
    assert json.dumps(left) == json.dumps(right)
    again = join_libraries(both.library, one)
    assert json.dumps(again.library) == json.dumps(both.library)
    for table in TABLES:
        for own in (one, two):
            for name, entry in by_id(own, table).items():
                found = by_id(both.library, table)[name]
                gave_way = (table, name, entry) in both.lost
                assert gave_way or canonical(found) == canonical(entry)
                assert later(found, entry) == found


@examples(200)
@given(libraries, libraries, st.sampled_from([EARLY, LATE]))
def test_an_edit_wins_over_what_it_edits(
    before: dict[str, Any], after: dict[str, Any], now: str
) -> None:
    made = stamped(before, present(after), now)
    found = present(made)
    for table in TABLES:
        wanted = by_id(present(after), table)
        assert by_id(found, table).keys() == wanted.keys()
        assert all(by_id(found, table)[name]["name"] == wanted[name]["name"] for name in wanted)
    joined = join_libraries(before, made).library
    assert all(by_id(joined, table) == by_id(made, table) for table in TABLES)


def test_an_entry_without_a_stamp_gives_way_to_one_with() -> None:
    mine = {"sources": {"x": {**SOURCE, "title": "Z"}}}
    theirs = {"sources": {"x": {**SOURCE, "edited": EARLY}}}
    for joined in (join_libraries(mine, theirs), join_libraries(theirs, mine)):
        assert joined.library == theirs
        assert joined.lost == (("sources", "x", mine["sources"]["x"]),)


def problems(**own: Any) -> list[str]:
    return [str(problem) for problem in overlay(Library(), {"schema_version": 1, **own})[1]]


@pytest.mark.parametrize(
    "entry", [{**SOURCE, "edited": EARLY}, {"deleted": True}, {"deleted": True, "edited": EARLY}]
)
def test_stamps_and_tombstones_are_no_problem(entry: dict[str, Any]) -> None:
    assert problems(sources={"x": entry}) == []


@pytest.mark.parametrize("table", ["exercises", "programmes"])
def test_a_tombstone_needs_an_id_of_its_own_and_nothing_else(table: str) -> None:
    gone = {"id": "x", "deleted": True}
    assert problems(**{table: [gone]}) == []
    assert "id: is missing" in problems(**{table: [{"deleted": True}]})[0]
    assert "is used by another entry" in problems(**{table: [gone, gone]})[0]
    assert any("is used by another" in line for line in problems(**{table: [gone, {"id": "x"}]}))


@pytest.mark.parametrize("stamp", ["yesterday", "2026-11-02", "2026-11-02T18:00:00", 7])
def test_a_stamp_is_an_instant(stamp: object) -> None:
    [line] = problems(sources={"x": {**SOURCE, "edited": stamp}})
    assert "sources.x.edited: must be as 2026-11-02T18:05:00+01:00" in line


def test_only_true_removes() -> None:
    [line] = problems(sources={"x": {**SOURCE, "deleted": False}})
    assert "sources.x.deleted: is unknown" in line
