"""The rows of the settings screen: each setting has one, and what it shows can be typed on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.validation import BadDocument
from tui.domain.planning.settings import SETTINGS, inventory_of
from tui.present.setting_rows import ROWS, Row, Way, rows_with
from tui.present.setting_words import (
    Known,
    chosen_value,
    kit_value,
    standing,
    stored_value,
    usual_key,
    value_words,
)

LIBRARY = shipped_library()
BY_ID = {row.id: row for row in ROWS}


def known(**stored: Any) -> Known:
    """What the rows show with these settings, by key with ``__`` for a dot."""
    held = {key.replace("__", "."): [(date(2026, 11, 2), value)] for key, value in stored.items()}
    return Known(
        stored=held,
        library=LIBRARY,
        unit="kg",
        programme=LIBRARY.programmes["trail-speed"],
        schedule="",
        paused=False,
        races=1,
        weekly=3,
        folder="/data/log",
        sync="not set up",
    )


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting_of_the_shell_has_a_row(key: str) -> None:
    assert any(key in row.keys for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_every_row_says_what_it_is_in_a_line(row: Row) -> None:
    assert row.explains[0].isupper()
    assert row.explains.endswith(".")
    assert len(row.explains) <= 78
    assert len(row.label) <= 24
    assert value_words(row, known()) or row.way is Way.DATA
    keys = [one.key for one in row.choices]
    assert len({*keys}) == len(keys)
    assert "q" not in keys, "q leaves"
    assert bool(keys) == (row.way is Way.CHOICE)


CHOSEN = [(row, one) for row in ROWS for one in row.choices]


@pytest.mark.parametrize(("row", "one"), CHOSEN, ids=lambda x: getattr(x, "key", None) or x.label)
def test_what_is_chosen_is_what_stands_then(row: Row, one: Any) -> None:
    value = chosen_value(row, one, None)
    after = known() if value is None else known(**{row.id.replace(".", "__"): value})
    assert value_words(row, after) == one.words
    assert usual_key(row, after) == one.key


def test_one_bell_is_set_without_the_other() -> None:
    change, count = (row for row in ROWS if row.id == "bells")
    off = change.choices[1]
    assert chosen_value(change, off, {"change": True, "count": False}) == {
        "change": False,
        "count": False,
    }
    assert value_words(count, known(bells={"change": True, "count": False})) == "off"


weights = st.integers(1, 200).map(str) | st.integers(2, 400).map(lambda n: f"{n / 2:g}kg")
lists = st.lists(weights | st.integers(20, 200).map("{}lb".format), min_size=1, max_size=4)
plates = st.lists(st.tuples(weights, st.integers(1, 9)), min_size=1, max_size=4)


@given(lists.map(" ".join), st.sampled_from(["dumbbells", "kettlebells", "bands"]))
def test_a_list_as_it_stands_is_the_same_list_in_either_unit(line: str, name: str) -> None:
    row = BY_ID[name]
    value = stored_value(row, line, "kg")
    read = SETTINGS[name].read
    for unit in ("kg", "lb"):
        assert read(stored_value(row, standing(row, value, unit), unit)) == read(value)


@given(plates)
def test_plates_as_they_stand_are_the_same_plates(sizes: list[tuple[str, int]]) -> None:
    row = BY_ID["barbell.plates"]
    value = stored_value(row, " ".join(f"{size}x{count}" for size, count in sizes), "kg")
    read = SETTINGS["barbell.plates"].read
    for unit in ("kg", "lb"):
        assert read(stored_value(row, standing(row, value, unit), unit)) == read(value)
    shown = value_words(row, known(barbell__plates=value))
    assert read(stored_value(row, shown, "kg")) == read(value)


@given(st.integers(1, 20), st.integers(1, 30), st.sampled_from(["kg", "lb"]))
def test_a_range_can_be_typed_as_it_is_shown(low: int, steps: int, unit: str) -> None:
    row = BY_ID["dumbbells"]
    value = stored_value(row, f"{low}..{low + steps * 2.5:g}/2.5", unit)
    shown = value_words(row, known(dumbbells=value))
    assert shown == f"{low} to {low + steps * 2.5:g} {unit} in steps of 2.5"
    assert SETTINGS["dumbbells"].read(stored_value(row, shown, "kg")) == SETTINGS["dumbbells"].read(
        value
    )


@pytest.mark.parametrize(
    ("name", "line", "unit", "value", "shown"),
    [
        ("body_weight", "70", "kg", 70, "70 kg"),
        ("body_weight", "62,5 kg", "kg", 62.5, "62.5 kg"),
        ("body_weight", "154", "lb", "154lb", "154 lb"),
        ("body_weight", "none", "kg", None, "not told"),
        ("barbell.kg", "45", "lb", "45lb", "45 lb"),
        (
            "barbell.plates",
            "20x2 10x2 1.25x2",
            "kg",
            ["20x2", "10x2", "1.25x2"],
            "20×2 10×2 1.25×2",
        ),
        ("barbell.plates", "45x2 25 x 2", "lb", ["45lbx2", "25lbx2"], "45lb×2 25lb×2"),
        ("dumbbells", "8 10 12", "kg", [8, 10, 12], "8 10 12 kg"),
        ("dumbbells", "none", "kg", [], "none"),
        ("slots", "tue 13:00 fri", "kg", "tue 13:00 fri", "Tue 13:00, Fri"),
        ("slots", "none", "kg", "none", "any day"),
        ("old_injuries", "knee", "kg", ["knee"], "knee"),
    ],
)
def test_what_is_typed_on_a_row(name: str, line: str, unit: str, value: Any, shown: str) -> None:
    row = BY_ID[name]
    assert stored_value(row, line, unit) == value
    after = known() if value is None else known(**{name.replace(".", "__"): value})
    assert value_words(row, after) == shown


def test_a_refusal_names_the_row_and_what_can_be_typed() -> None:
    with pytest.raises(BadDocument, match=r"^Barbell takes a weight such as 20, .*not “?.*heavy"):
        stored_value(BY_ID["barbell.kg"], "heavy", "kg")


def test_best_lifts_are_told_as_a_set_with_how_many_more() -> None:
    one = known(max__back_squat=80)
    assert value_words(BY_ID["max.EXERCISE"], known()) == "not told"
    told = {"max.back-squat": [(date(2026, 1, 1), "80x5")], "max.lunge": [(date(2026, 1, 1), 40)]}
    both = Known(**{f: getattr(one, f) for f in one.__struct_fields__} | {"stored": told})
    assert value_words(BY_ID["max.EXERCISE"], both) == "back squat 80 kg × 5, and 1 more"


@pytest.mark.parametrize(("unit", "bar"), [("kg", "20 kg"), ("lb", "45 lb")])
def test_what_is_assumed_of_a_gym_is_what_the_plan_assumes(unit: str, bar: str) -> None:
    one = replace(known(unit=unit), unit=unit)
    assert value_words(BY_ID["barbell.kg"], one) == bar
    assumed = inventory_of(one.stored).bar
    assert f"{assumed.value:g} {assumed.unit}" == bar


def test_all_that_there_is_is_what_a_gym_has() -> None:
    assert kit_value(EQUIPMENT) == "all"
    assert kit_value(frozenset({"band", "barbell"})) == ["band", "barbell"]
    assert value_words(BY_ID["equipment"], known(equipment=["chair"])) == "what every home has"


@pytest.mark.parametrize(
    ("word", "labels"),
    [
        ("weigh", {"Weights in", "Body weight", "Lighten before a race"}),
        ("unit", {"Weights in"}),
        ("lighten", {"Lighten before a race"}),
        ("nothing of the kind", set()),
    ],
)
def test_a_row_is_found_by_what_runners_call_it(word: str, labels: set[str]) -> None:
    found = {row.label for row in rows_with(word)}
    assert found == labels
