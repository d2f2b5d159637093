"""The calendar in profile.json: reading, editing by hand, changing, and reading again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import json_values, maybe, moments, names, texts
from tui.domain.calculator.advice import Priority, Race
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.validation import BadDocument
from tui.domain.planning.calendar_codec import (
    AWAY,
    RACES,
    RUNS,
    STEP_DOWN,
    WEEKLY,
    Listed,
    calendar_of,
    changed,
    diary_of,
    listed,
)
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.run_parser import a_run, run_text, weekly_text
from tui.domain.planning.settings import Stored

DAY = date(2026, 11, 29)
KINDS: tuple[Listed[Any], ...] = (RACES, STEP_DOWN, RUNS, WEEKLY, AWAY)


def stored(**values: Any) -> Stored:
    return {key: [(date.min, value)] for key, value in values.items()}


def kept(kind: Listed[Any], *values: object) -> list[Any]:
    """The documents of a list with only these values, by id."""
    return [doc for _, doc in sorted(changed({}, kind, add=values).items())]


def fields(kind: Listed[Any], *values: object) -> list[Any]:
    """What the documents hold besides their ids."""
    docs = changed({}, kind, add=values).items()
    assert all(doc is not None and doc["id"] == name for name, doc in docs)
    return [{key: value for key, value in (doc or {}).items() if key != "id"} for _, doc in docs]


# --- reading --------------------------------------------------------------------------------------


def test_where_nothing_was_said_the_diary_is_empty() -> None:
    assert diary_of({}) == Diary()
    assert diary_of(stored(runs=[], weekly_runs=[], away=[], slots="none")) == Diary()


def test_the_diary_has_runs_by_day_and_what_else_was_said() -> None:
    diary = diary_of(
        stored(
            runs=[
                {
                    "id": "x1",
                    "day": "2026-11-30",
                    "kind": "long",
                    "time": "08:04:31",
                    "at": "2026-11-30T08:04:31+01:00",
                    "distance_m": 24000,
                    "climb_m": 900.5,
                    "duration_s": 9000,
                    "name": "Ridge",
                },
                {"day": "2026-11-29"},
            ],
            weekly_runs=[
                {"weekday": "Sunday", "kind": "long"},
                {"weekday": "tue", "time": "07:00"},
            ],
            away=[{"first": "2026-12-20", "last": "2027-01-03", "equipment": ["band"]}],
            slots="fri, tue 13:00",
        )
    )
    assert diary == Diary(
        runs=(
            Run(id="2026-11-29", day=DAY),
            Run(
                id="x1",
                day=date(2026, 11, 30),
                kind=RunKind.LONG,
                start=time(8, 4, 31),
                at=datetime(2026, 11, 30, 7, 4, 31, tzinfo=UTC),
                distance_m=24000.0,
                climb_m=900.5,
                duration_s=9000.0,
                name="Ridge",
            ),
        ),
        weekly=(WeeklyRun(1, RunKind.EASY, time(7)), WeeklyRun(6, RunKind.LONG)),
        away=(Away(date(2026, 12, 20), date(2027, 1, 3), frozenset({"band"})),),
        openings=(Opening(1, time(13)), Opening(4)),
    )


def test_a_day_away_has_nothing_at_hand_unless_that_is_said() -> None:
    raw = [{"first": "2026-12-20"}, {"first": "2026-12-21", "equipment": "all"}]
    bare, full = diary_of(stored(away=raw)).away
    assert (bare.last, bare.equipment) == (bare.first, frozenset())
    assert full.equipment == EQUIPMENT


ODD = [
    ("runs", {"kind": "easy"}, "day is missing"),
    ("runs", {"day": "2026-11-31"}, "day must be a date"),
    ("runs", {"day": "0001-01-01"}, "1900 to 2999"),
    ("runs", {"day": "2026-11-29", "kind": "jog"}, "kind cannot be 'jog'"),
    ("runs", {"day": "2026-11-29", "time": "7"}, "a time such as 07:00"),
    ("runs", {"day": "2026-11-29", "time": "07:00+01:00"}, "no UTC offset"),
    ("runs", {"day": "2026-11-29", "at": "2026-11-29T07:00"}, "UTC offset"),
    ("runs", {"day": "2026-11-29", "distance_m": -1}, "distance_m must be from 0"),
    ("runs", {"day": "2026-11-29", "climb_m": 1e300}, "climb_m must be from 0"),
    ("runs", {"day": "2026-11-29", "duration_s": "1h"}, "duration_s must be a number"),
    ("runs", "2026-11-29", "a run has a day"),
    ("weekly_runs", {"kind": "easy"}, "weekday is missing"),
    ("weekly_runs", {"weekday": "funday"}, "one such as tue, not 'funday'"),
    ("weekly_runs", 1, "a weekly run has"),
    ("away", {"first": "2026-12-20", "last": "2026-12-19"}, "2026-12-20 or later"),
    ("away", {"first": "2026-12-20", "equipment": ["dumbels"]}, "not 'dumbels'"),
    ("away", None, "days away have"),
    ("races", {"name": "x"}, "day is missing"),
    ("races", {"day": "2027-04-04", "priority": "D"}, "A, B or C"),
    ("races", {"day": "3999-04-04"}, "1900 to 2999"),
    ("step_down", {"monday": 20261129}, "monday must be text"),
    ("step_down", "2026-11-29", "a step-down week has a monday"),
]


@pytest.mark.parametrize(("key", "value", "hint"), ODD)
def test_what_makes_no_sense_is_left_out_alone_and_told_of(
    key: str, value: object, hint: str
) -> None:
    [kind] = [kind for kind in KINDS if kind.key == key]
    told: list[str] = []
    assert listed(stored(**{key: [value]}), kind, told.append) == []
    [line] = told
    assert line.startswith(f"profile.json: {key}: ")
    assert line.endswith("; it is left out")
    assert hint in line


def test_a_run_has_its_time_as_a_clock_shows_it_or_none() -> None:
    with pytest.raises(BadDocument, match="time"):
        RUNS.read({"day": "2026-11-29", "time": "24:01"})


def test_free_times_that_make_no_sense_are_told_of_as_well() -> None:
    told: list[str] = []
    assert diary_of(stored(slots=["tue"]), told.append) == Diary()
    [line] = told
    assert line.startswith("profile.json: slots takes weekdays")


@given(json_values)
def test_whatever_stands_in_a_file_is_read_or_told_of(value: Any) -> None:
    keys = [kind.key for kind in KINDS]
    makers: tuple[Callable[..., object], ...] = (calendar_of, diary_of)
    for make in makers:
        for raw in ([value], [{"day": value, "first": value, "weekday": value}]):
            told: list[str] = []
            make(stored(**dict.fromkeys(keys, raw), slots=value), told.append)
            assert all("\n" not in line and line.startswith("profile.json: ") for line in told)


def test_runs_before_a_day_are_not_even_looked_at() -> None:
    raw = [
        {"day": "2026-09-29", "kind": "nonsense"},
        {"day": "2026-09-30", "kind": "long"},
        {"day": "2026-12-01"},
        {"day": 7},
    ]
    told: list[str] = []
    diary = diary_of(stored(runs=raw), told.append, since=date(2026, 9, 30))
    assert [run.day for run in diary.runs] == [date(2026, 9, 30), date(2026, 12, 1)]
    assert len(told) == 1
    assert "day must be text" in told[0]


# --- writing --------------------------------------------------------------------------------------


def test_each_value_is_kept_in_plain_words() -> None:
    assert fields(RACES, Race(day=DAY, name="Ridge", priority=Priority.B)) == [
        {"day": "2026-11-29", "name": "Ridge", "priority": "B"}
    ]
    assert kept(STEP_DOWN, date(2026, 11, 23)) == [{"id": "2026-11-23", "monday": "2026-11-23"}]
    assert fields(WEEKLY, WeeklyRun(1, RunKind.SPEED, time(7)), WeeklyRun(6, RunKind.LONG)) == [
        {"weekday": "tue", "kind": "speed", "time": "07:00"},
        {"weekday": "sun", "kind": "long"},
    ]
    run = a_run("2026-11-29 08:00 long 24km +900m 2:30h", DAY)
    assert kept(RUNS, run) == [
        {
            "id": "2026-11-29T08:00",
            "day": "2026-11-29",
            "kind": "long",
            "time": "08:00",
            "distance_m": 24000,
            "climb_m": 900,
            "duration_s": 9000,
        }
    ]
    assert fields(AWAY, Away(DAY, DAY, frozenset({"dumbbells", "band"}))) == [
        {"first": "2026-11-29", "last": "2026-11-29", "equipment": ["band", "dumbbells"]}
    ]


@pytest.mark.parametrize(
    ("kind", "one", "same", "other"),
    [
        (
            RACES,
            Race(day=DAY, name="Ridge Ü", priority=Priority.A),
            Race(day=DAY, name="RIDGE ü", priority=Priority.C),
            Race(day=DAY, name="Ridge", priority=Priority.A),
        ),
        (AWAY, Away(DAY, DAY), Away(DAY, DAY, EQUIPMENT), Away(DAY, DAY + timedelta(days=1))),
        (
            WEEKLY,
            WeeklyRun(1, RunKind.LONG, time(7)),
            WeeklyRun(1, RunKind.LONG, time(7)),
            WeeklyRun(1, RunKind.LONG),
        ),
        (STEP_DOWN, DAY, DAY, DAY + timedelta(days=7)),
        (
            RUNS,
            a_run("2026-11-29 8:00", DAY),
            a_run("2026-11-29 8:00 24km", DAY),
            a_run("2026-11-29", DAY),
        ),
    ],
)
def test_what_is_told_on_two_machines_has_one_id(
    kind: Listed[Any], one: Any, same: Any, other: Any
) -> None:
    assert kind.name(one) == kind.name(same) != kind.name(other)


def test_a_change_touches_only_what_goes_and_what_comes() -> None:
    documents: dict[str, Any] = {
        "x": {"nonsense": 1},
        "y": {"day": "2027-05-01", "name": "Autumn", "by": "hand"},
        "z": {"day": "2027-04-04", "name": "Spring", "priority": "c"},
    }
    added = Race(day=date(2027, 4, 20), name="Hill")
    name = RACES.name(added)
    assert changed(documents, RACES, drop=lambda race: race.name == "Spring", add=[added]) == {
        "z": None,
        name: {"id": name, "day": "2027-04-20", "name": "Hill", "priority": "A"},
    }


def test_what_is_not_dropped_is_not_written_over_either() -> None:
    bare, band = Away(DAY, DAY), Away(DAY, DAY, frozenset({"band"}))
    here = {AWAY.name(band): AWAY.doc(band)}
    [(name, doc)] = changed(here, AWAY, drop=bare.__eq__, add=[bare]).items()
    assert name not in here
    assert AWAY.read(doc) == bare
    assert changed(here, AWAY, drop=band.__eq__, add=[bare]).keys() == here.keys()


# --- there and back -------------------------------------------------------------------------------

days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
kinds = st.sampled_from(RunKind)
to_the_minute = st.times().map(lambda t: t.replace(second=0, microsecond=0))
runs = st.builds(
    Run,
    id=names,
    day=days,
    kind=kinds,
    start=maybe(st.times()),
    at=maybe(moments),
    distance_m=maybe(st.floats(0, 1_000_000)),
    climb_m=maybe(st.floats(0, 100_000)),
    duration_s=maybe(st.floats(0, 1_000_000)),
    name=texts,
)
weekly_runs = st.builds(WeeklyRun, st.integers(0, 6), kinds, maybe(st.times()))
aways = st.builds(
    lambda first, days, equipment: Away(first, first + timedelta(days=days), equipment),
    st.dates(date(1900, 1, 1), date(2998, 12, 31)),
    st.integers(0, 300),
    st.frozensets(st.sampled_from(sorted(EQUIPMENT))),
)
races = st.builds(Race, day=days, name=texts, priority=st.sampled_from(Priority))
mondays = days.map(lambda day: day - timedelta(days=day.weekday())).filter(lambda d: d.year >= 1900)


@given(
    st.lists(runs, max_size=4, unique_by=lambda run: run.id),
    st.lists(weekly_runs, max_size=4),
    st.lists(aways, max_size=4),
)
def test_what_is_kept_is_read_as_it_was(
    some: list[Run], weekly: list[WeeklyRun], away: list[Away]
) -> None:
    lists = stored(
        runs=kept(RUNS, *some), weekly_runs=kept(WEEKLY, *weekly), away=kept(AWAY, *away)
    )
    told: list[str] = []
    diary = diary_of(lists, told.append)
    assert told == []
    assert set(diary.runs) == set(some)
    assert set(diary.weekly) == set(weekly)
    assert set(diary.away) == set(away)
    assert [run.day for run in diary.runs] == sorted(run.day for run in some)


@given(st.lists(races, max_size=4), st.lists(mondays, max_size=4))
def test_races_and_easier_weeks_are_read_as_they_were(some: list[Race], weeks: list[date]) -> None:
    calendar = calendar_of(stored(races=kept(RACES, *some), step_down=kept(STEP_DOWN, *weeks)))
    assert set(calendar.races) == set(some)
    assert calendar.step_down == frozenset(weeks)


@given(
    days,
    kinds,
    maybe(to_the_minute),
    maybe(st.integers(1, 100_000).map(lambda n: n * 10.0)),
    maybe(st.integers(1, 100_000)),
    maybe(st.integers(1, 16_000)),
)
def test_a_run_goes_from_typing_to_the_file_and_back_to_what_can_be_typed(
    day: date,
    kind: RunKind,
    start: time | None,
    metres: float | None,
    climb: int | None,
    minutes: int | None,
) -> None:
    words = [f"{day}", kind.value, f"{start:%H:%M}" if start else ""]
    words += [f"{metres / 1000:g}km" if metres else "", f"+{climb}m" if climb else ""]
    typed = a_run(" ".join([*words, f"{minutes}min" if minutes else ""]), DAY)
    [read] = diary_of(stored(runs=kept(RUNS, typed))).runs
    assert read == typed
    assert a_run(run_text(read), DAY) == typed


@given(st.builds(WeeklyRun, st.integers(0, 6), kinds, maybe(to_the_minute)))
def test_a_weekly_run_goes_there_and_back(run: WeeklyRun) -> None:
    [read] = diary_of(stored(weekly_runs=kept(WEEKLY, a_run(weekly_text(run), DAY)))).weekly
    assert read == run
