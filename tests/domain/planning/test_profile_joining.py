"""Two copies of profile.json that grew apart become one, in whatever order, with nothing lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples, json_values
from tui.domain.model.versions import canonical, later
from tui.domain.planning.dated_values import (
    Held,
    history,
    put_together,
    taken_apart,
    with_history,
    with_value,
)
from tui.domain.planning.profile_joining import Tables, join_profiles, reinstated_profile

DAYS = ("2026-01-01", "2026-06-01", "2027-01-01")
STAMPS = [f"2026-11-02T18:0{n}:00+01:00" for n in range(4)]
stamps = st.sampled_from([*STAMPS, "2026-11-02T17:00:00+00:00", "soon"])
small = st.sampled_from([1, 1.0, True, "a", None, {"b": 1, "a": [2]}, {"a": [2], "b": 1}])
documents = st.fixed_dictionaries(
    {"value": small},
    optional={
        "since": st.sampled_from([*DAYS, "x", 7]),
        "edited": stamps,
        "dropped": st.sampled_from([True, False, 1]),
        "by": small,
    },
)
odd = json_values | st.dictionaries(st.sampled_from(["since", "edited", "earlier", "x"]), small)
values = (documents | odd).flatmap(
    lambda top: (
        st.just(top)
        if not isinstance(top, dict)
        else st.lists(documents | odd, max_size=3).map(lambda earlier: {**top, "earlier": earlier})
        | st.just(top)
    )
)
rows = st.fixed_dictionaries(
    {"id": st.sampled_from("ab")},
    optional={"edited": stamps, "deleted": st.just(True), "day": small},  # a value
)
tables = st.fixed_dictionaries(
    {},
    optional={
        "settings": st.dictionaries(st.sampled_from(["level", "unit"]), values, max_size=2),
        "races": st.dictionaries(st.sampled_from("ab"), rows | json_values, max_size=2),
        "later": st.dictionaries(st.sampled_from("ab"), json_values, max_size=1),
    },
)


def file(joined: Mapping[str, Any]) -> str:
    """What is written for it: the order of keys counts."""
    return json.dumps(joined)


@examples(400)
@given(tables, tables, tables)
def test_the_order_of_joining_makes_no_difference(one: Tables, two: Tables, three: Tables) -> None:
    both = join_profiles(one, two)
    assert file(both) == file(join_profiles(two, one))
    assert file(join_profiles(both, three)) == file(join_profiles(one, join_profiles(two, three)))
    assert join_profiles(one, one) == join_profiles(one, {})
    for again in (one, two, both):
        assert file(join_profiles(both, again)) == file(both)


@examples(400)
@given(tables, tables)
def test_each_document_of_either_copy_is_there_or_a_later_one(one: Tables, two: Tables) -> None:
    before = json.dumps((one, two))
    both = join_profiles(one, two)
    assert json.dumps((one, two)) == before
    for copy in (one, two):
        for name, table in copy.items():
            for key, doc in table.items():
                found = both[name][key]
                if name != "settings":
                    assert canonical(later(found, doc)) == canonical(found)
                    continue
                there, wanted = taken_apart(found), taken_apart(doc)
                assert {*map(canonical, wanted.strange)} <= {*map(canonical, there.strange)}
                for day, held in wanted.documents.items():
                    assert canonical(later(there.documents[day], held)) == canonical(
                        there.documents[day]
                    )


@given(values)
def test_a_setting_is_put_together_as_it_was_taken_apart(setting: Any) -> None:
    apart = taken_apart(setting)
    whole = put_together(apart)
    again = taken_apart(whole)
    assert canonical(again.documents) == canonical(apart.documents)
    assert {*map(canonical, again.strange)} == {*map(canonical, apart.strange)}
    assert history(whole) == history(setting)
    assert file(put_together(again)) == file(whole)


@given(
    values,
    small,
    st.sampled_from(DAYS),
    st.sampled_from(STAMPS),
    st.lists(st.sampled_from(DAYS), unique=True),
)
def test_what_is_set_is_read_and_wins_over_what_was_there(
    setting: Any, value: Any, day: str, now: str, days: list[str]
) -> None:
    since = date.fromisoformat(day)
    new = with_value(setting, value, since, now)
    assert canonical(history(new)[-1][1]) == canonical(value)
    assert history(new)[-1][0] == since
    held: list[Held] = [(date.fromisoformat(each), value) for each in sorted(days)]
    for made in (new, with_history(setting, held, now), with_history(new, held, now)):
        joined = join_profiles({"settings": {"x": setting}}, {"settings": {"x": made}})
        assert history(joined["settings"]["x"]) == history(made)
    assert history(with_history(setting, held, now)) == held


def test_a_value_that_ended_later_ones_ends_them_in_the_other_copy_too() -> None:
    first = with_value({}, "beginner", date(2026, 1, 1), STAMPS[0])
    both = with_value(first, "advanced", date(2027, 1, 1), STAMPS[1])
    earlier = with_value(both, "intermediate", date(2026, 6, 1), STAMPS[2])
    joined = join_profiles({"settings": {"level": both}}, {"settings": {"level": earlier}})
    assert joined["settings"]["level"] == earlier
    assert earlier == {
        "value": "intermediate",
        "since": "2026-06-01",
        "edited": STAMPS[2],
        "earlier": [
            {"value": "beginner", "since": "2026-01-01", "edited": STAMPS[0]},
            {"value": "advanced", "since": "2027-01-01", "edited": STAMPS[2], "dropped": True},
        ],
    }


def test_what_was_unset_stays_so_unless_it_was_set_again_elsewhere_later() -> None:
    unit = with_value({}, "lb", date(2026, 1, 1), STAMPS[0])
    unset = with_history(unit, (), STAMPS[2])
    before = with_value(unit, "kg", date(2026, 1, 1), STAMPS[1])
    after = with_value(unit, "kg", date(2026, 1, 1), STAMPS[3])
    for other, held in ((unit, []), (before, []), (after, [(date(2026, 1, 1), "kg")])):
        joined = join_profiles({"settings": {"unit": unset}}, {"settings": {"unit": other}})
        assert history(joined["settings"]["unit"]) == held


def told(some: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What counts of a profile's documents, without their stamps."""
    counts = {}
    for table, docs in some.items():
        for name, doc in docs.items():
            if table == "settings":
                if held := history(doc):
                    counts[table, name] = canonical([(str(day), value) for day, value in held])
            elif isinstance(doc, dict) and doc.get("deleted") is not True:
                content = {key: value for key, value in doc.items() if key != "edited"}
                counts[table, name] = canonical(content)
    return counts


@examples(400)
@given(tables, tables, st.sampled_from(STAMPS))
def test_what_is_made_as_it_was_counts_and_wins_over_what_was_there(
    one: Tables, old: Tables, now: str
) -> None:
    there = join_profiles(one, old)
    # Of what is no document at all, the join's choice stays.
    old = {
        table: {name: doc for name, doc in docs.items() if isinstance(doc, dict)}
        for table, docs in old.items()
    }
    after = reinstated_profile(there, old, now)
    assert told(after) == told(old)
    assert told(join_profiles(there, after)) == told(old)
    assert file(reinstated_profile(after, old, now)) == file(after)
