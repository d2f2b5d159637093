"""wger's JSON: units by their ids, numbers as text, names beside the logs or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.formats.other_apps import wger
from tui.formats.other_apps.workouts import OtherLog, OtherSet

AT = "2026-11-03T18:05:00+01:00"


def log(key: int, **fields: Any) -> dict[str, Any]:
    """A log as the API gives it."""
    return {
        "id": key,
        "date": AT,
        "session": 7,
        "routine": 1,
        "iteration": 1,
        "slot_entry": None,
        "next_log": None,
        "exercise": 73,
        "repetitions_unit": 1,
        "repetitions": "8.00",
        "repetitions_target": "8.00",
        "weight_unit": 1,
        "weight": "62.50",
        "weight_target": None,
        "rir": "1.5",
        "rir_target": None,
        "rest": 120,
        "rest_target": None,
        **fields,
    }


def page(*logs: dict[str, Any], count: int | None = None) -> dict[str, Any]:
    """A page of them."""
    return {
        "count": len(logs) if count is None else count,
        "next": None,
        "previous": None,
        "results": list(logs),
    }


def read(value: object, names: dict[int, str] | None = None) -> OtherLog:
    assert wger.fits(value)
    return wger.read(value, names or {})


def only(**fields: Any) -> OtherSet:
    [workout] = read(page(log(1, **fields))).workouts
    [done] = workout.entries[0].sets
    return done


def test_a_set_of_repetitions() -> None:
    done = only()
    assert (done.reps, done.weight, done.unit, done.rir) == (8, 62.5, "kg", 1.5)
    assert done.at == datetime.fromisoformat(AT)


@pytest.mark.parametrize(
    ("unit", "amount", "got"),
    [
        (2, 12, (12, None, None)),
        (3, "60.00", (None, 60, None)),
        (4, 1.5, (None, 90, None)),
        (5, 1, (None, None, 1609.34)),
        (6, "0.4", (None, None, 400)),
        (7, 12, (12, None, None)),
        (8, 40, (None, None, 40)),
        (None, 8, (8, None, None)),
        ({"id": 3, "name": "Seconds"}, "45", (None, 45, None)),
    ],
)
def test_what_is_counted_is_told_by_its_unit(unit: object, amount: object, got: object) -> None:
    done = only(repetitions_unit=unit, repetitions=amount)
    assert (done.reps, done.seconds, done.distance_m) == got
    assert done.kind is (SetKind.FAILURE if unit == 2 else SetKind.WORK)


@pytest.mark.parametrize(
    ("unit", "got"),
    [
        (1, (20, "kg", "")),
        (2, (20, "lb", "")),
        (3, (None, "", "")),
        (4, (None, "", "20 plates")),
        (5, (None, "", "20 km/h")),
        (6, (None, "", "20 mph")),
        (99, (None, "", "")),
        (None, (20, "", "")),
    ],
)
def test_only_kilograms_and_pounds_are_a_load(unit: object, got: object) -> None:
    done = only(weight=20, weight_unit=unit)
    assert (done.weight, done.unit, done.note) == got


def test_everything_is_counted() -> None:
    value = page(
        log(1),
        log(2, repetitions=0),
        log(3, repetitions=None),
        log(4, repetitions="many"),
        log(5, repetitions_unit=77),
        log(6, exercise=None),
        log(7, date="some day"),
        log(8, weight=[1]),
    )
    found = read(value)
    assert (found.rows, found.empty, found.rests, found.skipped) == (8, 2, 0, 0)
    assert [one.line for one in found.problems] == [4, 5, 6, 7, 8]
    assert [len(one.entries) for one in found.workouts] == [1]


def test_pages_newest_first_are_put_in_order() -> None:
    late = log(9, session=8, date="2026-11-05T07:00:00+01:00", exercise=5)
    first = log(1, slot_entry=3)
    second = log(2, slot_entry=3, date="2026-11-03T18:09:00+01:00", next_log=4)
    drop = log(4, slot_entry=3, date="2026-11-03T18:10:00+01:00", weight=50)
    again = log(5, slot_entry=6, date="2026-11-03T18:20:00+01:00")
    one, other = page(late, again, drop, count=5), page(second, first, count=5)
    found = read([one, other, {"exercises": [{"id": 73, "name": "Squats"}]}], {5: "Dips"})
    assert not found.problems
    tuesday, thursday = found.workouts
    assert [[s.line for s in e.sets] for e in tuesday.entries] == [[5, 4, 3], [2]]
    assert [s.kind for s in tuesday.entries[0].sets] == [SetKind.WORK, SetKind.WORK, SetKind.DROP]
    assert [e.name for e in tuesday.entries] == ["Squats", "Squats"]
    assert [e.name for e in thursday.entries] == ["Dips"]


def test_without_a_session_a_day_is_a_workout() -> None:
    old = {"exercise_base": 73, "reps": 5, "repetition_unit": 1, "weight": "50", "weight_unit": 2}
    found = read([{"id": 1, "date": "2021-02-03", **old}, {"id": 2, "date": "2021-02-04", **old}])
    assert [one.started.date() for one in found.workouts] == [date(2021, 2, 3), date(2021, 2, 4)]
    assert [one.dated for one in found.workouts] == [True, True]
    assert found.workouts[0].entries[0].sets[0].at is None


def test_midnight_is_only_a_date() -> None:
    [workout] = read(page(log(1, date="2024-11-03T00:00:00+01:00"))).workouts
    assert (workout.started.isoformat(), workout.dated) == ("2024-11-03T00:00:00", True)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "wger exercise 73"),
        ({"exercise": "73"}, "wger exercise 73"),
        ({"exercise": "Squats"}, "Squats"),
        ({"exercise_name": " Squats "}, "Squats"),
        ({"exercise": {"id": 73, "name": "Squats"}}, "Squats"),
        ({"exercise": {"id": 73}}, "wger exercise 73"),
        (
            {
                "exercise": {
                    "id": 73,
                    "translations": [
                        {"name": "Kniebeuge", "language": 1},
                        {"name": "Squats", "language": 2},
                    ],
                }
            },
            "Squats",
        ),
    ],
)
def test_the_name_of_an_exercise(fields: dict[str, Any], name: str) -> None:
    [workout] = read(page(log(1, **fields))).workouts
    assert workout.entries[0].name == name


def test_names_from_the_pages_of_exercises() -> None:
    info = {"id": 73, "category": {"id": 9}, "translations": [{"name": "Kniebeuge", "language": 1}]}
    exercises = {"count": 800, "next": "x", "previous": None, "results": [info]}
    found = read([exercises, page(log(1))], {73: "Squats"})
    assert found.workouts[0].entries[0].name == "Kniebeuge"
    assert (found.rows, found.problems) == (1, ())
    nameless = {"exercises": [{"id": 73, "name": " "}]}
    found = read([nameless, page(log(1))], {73: "Squats"})
    assert found.workouts[0].entries[0].name == "Squats"


def test_a_first_page_alone_is_told_of() -> None:
    [told] = read(page(log(1), log(2), count=431)).problems
    assert told.message == (
        "holds 2 of 431 logs; save the rest with ?limit=1000&offset=2 and put the pages into one "
        "list"
    )


@pytest.mark.parametrize("value", [None, 3, [], {}, [[]], {"results": [{"id": 1}]}, [{"a": 1}]])
def test_other_json_is_none_of_its(value: object) -> None:
    assert not wger.fits(value)
    with pytest.raises(BadDocument, match="holds no workout logs"):
        wger.read(value, {})


def test_a_page_without_logs_is_an_empty_log() -> None:
    assert read(page()).workouts == ()
