from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.calculator.advice import Best, Calendar, Dated, Priority, Profile, Race, Taper
from tui.domain.calculator.loads import Inventory, Plate, Weight
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Level
from tui.domain.planning.calendar_codec import calendar_of
from tui.domain.planning.settings import (
    SETTINGS,
    Stored,
    inventory_of,
    profile_of,
    setting_of,
)

DAY = date(2026, 11, 2)
LATER = date(2027, 2, 1)


def parsed(key: str, typed: str) -> Any:
    setting = setting_of(key)
    assert setting is not None
    return setting.parse(typed)


def stored(**values: Any) -> Stored:
    """One value for each key; ``__`` stands for the dot."""
    return {key.replace("__", "."): [(DAY, value)] for key, value in values.items()}


# --- what is typed --------------------------------------------------------------------------------

RIGHT = [
    ("level", "Advanced", "advanced", "advanced"),
    ("unit", "lb", "lb", "lb"),
    ("body_weight", "70", 70, "70kg"),
    ("body_weight", "70.5 kg", 70.5, "70.5kg"),
    ("body_weight", "154lb", "154lb", "154lb"),
    ("max.back-squat", "100", 100, "100kg"),
    ("max.back-squat", "225 lbs", "225lb", "225lb"),
    ("max.back-squat", "80 x 5", "80x5", "80x5, about 92.7kg"),
    ("max.back-squat", "175lbx1", "175lbx1", "175lbx1, about 79.4kg"),
    ("extra_set", "off", False, "off"),
    ("race_week", "on", True, "on"),
    ("barbell.kg", "45lb", "45lb", "45lb"),
    ("hex_bar.kg", "25", 25, "25kg"),
    ("barbell.plates", "20x2 10x2 1.25x2", ["20x2", "10x2", "1.25x2"], "20x2 10x2 1.25x2"),
    ("barbell.plates", "45lbx4, 2.5 lb x 2", ["45lbx4", "2.5lbx2"], "45lbx4 2.5lbx2"),
    ("barbell.plates", "none", [], "none"),
    ("dumbbells", "8 10 12.5", [8, 10, 12.5], "8 10 12.5"),
    ("dumbbells", "5..30/2.5, 40lb", ["5..30/2.5", "40lb"], "5..30/2.5 40lb"),
    ("kettlebells", "none", [], "none"),
    ("bands", "10 20", [10, 20], "10 20"),
    ("equipment", "rack, barbell plates", ["barbell", "plates", "rack"], "barbell plates rack"),
    ("equipment", "none", [], "none"),
    ("equipment", "ALL", "all", "all"),
    ("taper", "lighten", "lighten", "lighten"),
    ("pain_baseline", "2", 2, "2"),
    ("old_injuries", "achilles, Knee", ["knee", "ankle-calf"], "knee ankle-calf"),
    ("old_injuries", "none", [], "none"),
    ("tips", "off", False, "off"),
    ("programme", "blocks", "blocks", "blocks"),
    ("slots", "tue 13:00, Friday", "tue 13:00 fri", "tue 13:00 fri"),
    ("slots", "NONE", "none", "none"),
    ("bells", "off", {"change": False, "count": False}, "off"),
    ("bells", "count", {"change": False, "count": True}, "count"),
    ("bells", "on", {"change": True, "count": True}, "on"),
    ("cues", "none", {"title": False, "notify": False, "flash": False}, "none"),
    ("cues", "flash, title", {"title": True, "notify": False, "flash": True}, "title flash"),
    ("notify_by", "777", "777", "777"),
    ("cursor", "on", True, "on"),
    ("backup.to", " /media/my nas ", "/media/my nas", "/media/my nas"),
    ("backup.to", "~/nas", "~/nas", "~/nas"),
    ("keys.log", "l,L", "l,L", "l,L"),
]


@pytest.mark.parametrize(("key", "typed", "kept", "shown"), RIGHT)
def test_what_is_typed_is_kept_close_to_the_typing(
    key: str, typed: str, kept: object, shown: str
) -> None:
    setting = setting_of(key)
    assert setting is not None
    assert setting.parse(typed) == kept
    assert setting.show(kept) == shown
    # What is shown can be typed again, except for the words after a comma.
    if "about" not in shown:
        assert setting.parse(shown) == kept


@pytest.mark.parametrize(
    ("key", "typed", "hint"),
    [
        ("level", "expert", "beginner, intermediate or advanced"),
        ("unit", "stone", "kg or lb"),
        ("body_weight", "7", "20 to 400 kg"),
        ("body_weight", "heavy", "45lb"),
        ("max.back-squat", "80x0", "80x5"),
        ("max.back-squat", "80x17", "16 times"),
        ("max.back-squat", "x5", "80x5"),
        ("max.back-squat", "", "80x5"),
        ("max.back-squat", "0", "20, 12.5kg or 45lb"),
        ("extra_set", "maybe", "on or off"),
        ("barbell.kg", "500", "1 to 100 kg"),
        ("barbell.kg", "15 20", "20, 12.5kg or 45lb"),
        ("barbell.plates", "20", "20x2"),
        ("barbell.plates", "20x0", "20x2"),
        ("barbell.plates", "20x101", "20x2"),
        ("barbell.plates", "", "none"),
        ("dumbbells", "8,10", "12.5kg"),
        ("dumbbells", "30..5/2.5", "5..30/2.5"),
        ("dumbbells", "5..30/0", "5..30/2.5"),
        ("dumbbells", "5..30lb/5kg", "5..30/2.5"),
        ("dumbbells", "1..1000/0.001", "at most 200"),
        ("dumbbells", "5..30", "5..30/2.5"),
        ("equipment", "dumbels", "barbell"),
        ("equipment", "", "none"),
        ("pain_baseline", "11", "0 to 10"),
        ("pain_baseline", "-1", "0 to 10"),
        ("pain_baseline", "1.5", "0 to 10"),
        ("old_injuries", "soul", "hip, knee, ankle-calf"),
        ("old_injuries", "other", "hip, knee, ankle-calf"),
        ("tips", "weekly", "on or off"),
        ("programme", " ", "id"),
        ("slots", "13:00", "tue 13:00 fri, or none"),
        ("bells", "loud", "on, off, change or count"),
        ("cues", "loud", "none, or some of title, notify, flash"),
        ("notify_by", "7", "auto, 9, 777 or 99"),
        ("backup.to", "nas", "/media/nas or ~/nas"),
        ("backup.to", " ", "/media/nas or ~/nas"),
        ("keys.log", "l,,L", "ctrl+l"),
        ("keys.log", "l L", "ctrl+l"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_may_be_written(
    key: str, typed: str, hint: str
) -> None:
    with pytest.raises(BadDocument) as refusal:
        parsed(key, typed)
    assert hint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_setting_is_found_by_its_key_and_no_other() -> None:
    assert setting_of("max.lunge") is SETTINGS["max.EXERCISE"]
    assert setting_of("barbell.kg") is SETTINGS["barbell.kg"]
    for key in ("", "max", "max.", "keys", "keys.", "barbell", "levels", "races"):
        assert setting_of(key) is None
    assert all(setting.meaning for setting in SETTINGS.values())


READERS: tuple[Callable[[Stored, Callable[[str], None]], object], ...] = (
    *(profile_of, inventory_of, calendar_of),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.just("80x5"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(JSON)
def test_whatever_stands_in_a_file_is_read_or_told_of(value: Any) -> None:
    keys = [*SETTINGS, "max.lunge", "max."]
    for make in READERS:
        told: list[str] = []
        lists = {key: [(DAY, [value])] for key in ("races", "step_down")}
        make({**{key: [(DAY, value)] for key in keys}, **lists}, told.append)
        assert all("\n" not in line and line.startswith("profile.json: ") for line in told)


@given(st.sampled_from(list(SETTINGS.values())), st.text())
def test_what_is_kept_can_be_read(setting: Any, typed: str) -> None:
    try:
        kept = setting.parse(typed)
    except BadDocument:
        return
    setting.read(kept)
    assert isinstance(setting.show(kept), str)


# --- what is made of it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "nothing"),
    [(profile_of, Profile()), (inventory_of, Inventory()), (calendar_of, Calendar())],
)
def test_where_nothing_was_said_all_is_usual(
    make: Callable[[Stored], object], nothing: object
) -> None:
    assert make({}) == nothing


def test_the_profile_keeps_the_days_of_what_changes_what_was_advised() -> None:
    profile = profile_of(
        {
            "level": [(DAY, "beginner"), (LATER, "intermediate")],
            "max.back-squat": [(DAY, 80), (LATER, "225lb")],
            "max.deadlift": [(DAY, "90x1")],
            "extra_set": [(DAY, True), (LATER, False)],
            "body_weight": [(DAY, 70), (LATER, "154lb")],
            "pain_baseline": [(DAY, 2)],
            "taper": [(DAY, "lighten")],
            "race_week": [(DAY, False)],
            "old_injuries": [(DAY, ["back"]), (LATER, ["itb", "hip"])],
        }
    )
    assert profile == Profile(
        levels=(Dated(DAY, Level.BEGINNER), Dated(LATER, Level.INTERMEDIATE)),
        maxes={
            "back-squat": (Dated(DAY, Best(80.0)), Dated(LATER, Best(102.058))),
            "deadlift": (Dated(DAY, Best(90.0)),),
        },
        extra_set=(Dated(DAY, True), Dated(LATER, False)),
        body_weight_kg=69.853,
        pain_baseline=2,
        taper=Taper.LIGHTEN,
        c_race_week=False,
        old_injuries=("hip", "knee"),
    )


def test_a_load_that_can_be_done_five_times_means_a_max() -> None:
    [held] = profile_of(stored(max__lunge="80x5")).maxes["lunge"]
    # The chart has 86.3 % for five reps to failure.
    assert held.value.single_kg == pytest.approx(80 / 0.863)


def test_the_inventory_has_ranges_spread_out_and_pounds_as_pounds() -> None:
    inventory = inventory_of(
        stored(
            barbell__kg="45lb",
            hex_bar__kg=25,
            barbell__plates=["20x2", "45lbx4"],
            dumbbells=["5..10/2.5", "25lb", 10],
            kettlebells=[],
            bands="10..30lb/10",
            equipment=["band"],
        )
    )
    assert inventory == Inventory(
        bar=Weight(45.0, "lb"),
        hex_bar=Weight(25.0),
        plates=(Plate(20.0, "kg", 2), Plate(45.0, "lb", 4)),
        dumbbells=(Weight(5.0), Weight(7.5), Weight(10.0), Weight(25.0, "lb")),
        kettlebells=(),
        bands=(Weight(10.0, "lb"), Weight(20.0, "lb"), Weight(30.0, "lb")),
        equipment=frozenset({"band"}),
    )
    assert inventory_of(stored(equipment="all")).equipment is None


def test_only_the_last_word_on_what_is_owned_counts() -> None:
    twice = {"dumbbells": [(DAY, "nonsense"), (LATER, [8])]}
    told: list[str] = []
    assert inventory_of(twice, told.append).dumbbells == (Weight(8.0),)
    assert told == []


def test_the_calendar_has_races_by_date_and_weeks_by_their_mondays() -> None:
    races = [
        {"day": "2027-05-01", "name": "Autumn"},
        {"day": "2027-04-04", "name": "Spring", "priority": "c"},
    ]
    weeks = [{"monday": "2026-11-16"}, {"monday": "2026-11-29"}]
    calendar = calendar_of(stored(races=races, step_down=weeks))
    assert calendar == Calendar(
        races=(
            Race(day=date(2027, 4, 4), name="Spring", priority=Priority.C),
            Race(day=date(2027, 5, 1), name="Autumn", priority=Priority.A),
        ),
        step_down=frozenset({date(2026, 11, 16), date(2026, 11, 23)}),
    )


def test_what_makes_no_sense_is_left_out_alone_and_told_of() -> None:
    told: list[str] = []
    odd: dict[str, list[tuple[date, Any]]] = {
        "level": [(DAY, "expert"), (LATER, "advanced")],
        "max.lunge": [(DAY, "much")],
        "max.\x1b": [(DAY, [])],
        "pain_baseline": [(DAY, 12)],
        "barbell.kg": [(DAY, {})],
        "races": [(DAY, [{"name": "x"}, {"day": "2027-04-04", "priority": "D"}, 7])],
        "step_down": [(DAY, {"2026-11-16": True})],
    }
    profile = profile_of(odd, told.append)
    assert profile == Profile(levels=(Dated(LATER, Level.ADVANCED),))
    assert inventory_of(odd, told.append) == Inventory()
    assert calendar_of(odd, told.append) == Calendar()
    assert len(told) == 9
    assert all(line.startswith("profile.json: ") and "left out" in line for line in told)
    assert not any("\x1b" in line for line in told)
    assert any("level takes beginner, intermediate or advanced" in line for line in told)
