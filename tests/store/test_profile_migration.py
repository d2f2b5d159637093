"""profile.json of schema 1 becomes documents, the same on every machine, nothing left out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from tests.calendars import KINDS
from tests.strategies import json_values
from tui.domain.model.versions import canonical
from tui.domain.planning.calendar_codec import calendar_of, diary_of
from tui.store.migrations import STEPS
from tui.store.paths import Paths
from tui.store.profile import ProfileStore
from tui.store.profile_migration import profile_to_2

OLD: dict[str, Any] = {
    "unit": {"value": "lb", "since": "2026-11-02"},
    "level": {
        "value": "intermediate", "since": "2027-02-01", "by": "hand",
        "earlier": [{"value": "beginner", "since": "2026-11-02"}],
    },
    "races": {"value": [
        {"day": "2027-05-09", "name": "Ridge Ü", "priority": "B", "note": "hilly"},
        {"day": "2027-05-09", "name": "RIDGE ü", "priority": "C"},
        {"day": "soon", "name": "Someday"},
        "?",
    ]},
    "runs": {"value": [
        {"id": "r1", "day": "2026-11-19", "at": "2026-11-19T18:04:31+01:00"},
        {"day": "2026-11-29", "kind": "long", "time": "08:00"},
        {"day": "2026-11-29", "kind": "easy", "time": "08:00"},
    ]},
    "weekly_runs": {"value": [{"weekday": "tue", "kind": "speed", "time": "07:00"}]},
    "step_down": {"value": ["2026-12-09", 7]},
    "away": {"value": [{"first": "2026-12-20"}], "by": "hand"},
}  # fmt: skip


def test_the_step_is_the_one_from_1_to_2() -> None:
    assert STEPS[1]({"settings": OLD}) == profile_to_2({"settings": OLD})


def test_a_file_without_settings_is_left_as_it_is() -> None:
    log = {"sessions": {"A": {"id": "A"}}, "races": {}}
    assert profile_to_2(log) is log


def test_values_are_stamped_with_the_start_of_their_day() -> None:
    settings = profile_to_2({"settings": OLD})["settings"]
    assert settings == {
        "unit": {"value": "lb", "since": "2026-11-02", "edited": "2026-11-02T00:00:00+00:00"},
        "level": {
            "value": "intermediate", "since": "2027-02-01", "by": "hand",
            "edited": "2027-02-01T00:00:00+00:00",
            "earlier": [
                {"value": "beginner", "since": "2026-11-02", "edited": "2026-11-02T00:00:00+00:00"}
            ],
        },
        "away": {"by": "hand"},
    }  # fmt: skip


def test_the_lists_of_the_calendar_become_tables() -> None:
    made = profile_to_2({"settings": OLD})
    assert [*made["runs"]][:2] == ["r1", "2026-11-29T08:00"]
    assert made["step_down"]["2026-12-07"] == {"monday": "2026-12-09", "id": "2026-12-07"}
    held = {key: [(date.min, [*made[key].values()])] for key in KINDS}
    told: list[str] = []
    calendar, diary = calendar_of(held, told.append), diary_of(held, told.append)
    assert [race.name for race in calendar.races] == ["RIDGE ü", "Ridge Ü"]
    assert calendar.step_down == {date(2026, 12, 7)}
    assert [len(diary.runs), len(diary.weekly), len(diary.away)] == [3, 1, 1]
    assert len(told) == 3


def test_a_race_has_the_id_that_adding_it_again_would_give_it() -> None:
    made = profile_to_2({"settings": {"races": {"value": OLD["races"]["value"][:1]}}})["races"]
    [(name, doc)] = made.items()
    assert name == KINDS["races"].name(KINDS["races"].read(doc))
    assert doc["note"] == "hilly"


def test_what_an_earlier_value_had_ended_stays_ended() -> None:
    held = [{"value": 1, "since": "2026-01-01"}, {"value": 3, "since": "2026-12-01"}]
    made = profile_to_2({"settings": {"x": {"value": 2, "since": "2026-06-01", "earlier": held}}})
    stamped = made["settings"]["x"]["earlier"]
    assert [item.get("dropped") for item in stamped] == [None, True]


def test_an_old_file_is_written_anew_only_with_the_first_change(paths: Paths) -> None:
    paths.root.mkdir()
    paths.profile.write_bytes(orjson.dumps({"meta": {"schema_version": 1}, "settings": OLD}))
    before = paths.profile.read_bytes()
    profile = ProfileStore(paths, writable=True)
    assert len(profile.documents("races")) == 4
    assert paths.profile.read_bytes() == before


items = st.one_of(
    json_values,
    st.fixed_dictionaries(
        {},
        optional={
            **{k: st.sampled_from(["2026-11-29", "2026-11-30", 7]) for k in ("day", "first")},
            "name": st.sampled_from(["a", "A", 1]),
            "weekday": st.sampled_from(["tue", "Tuesday"]),
            "id": st.sampled_from(["x", 7]),
        },
    ),
    st.sampled_from(["2026-11-29", "2026-11-30"]),
)
lists = st.fixed_dictionaries({"value": st.lists(items, max_size=4) | json_values})


@given(st.dictionaries(st.sampled_from([*KINDS, "x"]), lists | json_values, max_size=3))
def test_whatever_is_in_the_file_goes_along(settings: dict[str, Any]) -> None:
    before = json.dumps(settings)
    made = profile_to_2({"settings": settings})
    assert json.dumps(settings) == before
    assert json.dumps(profile_to_2({"settings": settings})) == json.dumps(made)
    for key, setting in settings.items():
        if key not in made:
            assert json.dumps(made["settings"][key]) == json.dumps(setting)
            continue
        held = setting["value"] if isinstance(setting["value"], list) else [setting["value"]]
        assert all(doc["id"] == name for name, doc in made[key].items())
        texts = [
            {canonical({k: v for k, v in doc.items() if k != "id"})} for doc in made[key].values()
        ]
        wanted = [content(key, item) for item in held]
        assert set().union(*texts) == set(wanted) if held else made[key] == {}


def content(key: str, item: Any) -> str:
    """What the document of an item must hold, besides its id."""
    if key == "step_down":
        return canonical({"monday": item})
    doc = item if isinstance(item, dict) else {"value": item}
    return canonical({k: v for k, v in doc.items() if k != "id"})
