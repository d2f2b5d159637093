"""FitNotes: each generation of the export, names with commas, and the body tracker."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.values import SetKind
from tui.formats.other_apps.fitnotes import APP, fits, read
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog, OtherSet

ANDROID = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"
IOS = "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind"
PRESS = "Overhead Press (Each Side, Dumbbells)"


def log_of(header: str, *rows: str) -> OtherLog:
    table = table_of("\n".join([header, *rows]))
    assert fits(table.plain)
    return read(table)


def sets_of(log: OtherLog) -> list[OtherSet]:
    return [one for workout in log.workouts for entry in workout.entries for one in entry.sets]


def test_a_day_is_one_workout_without_a_time() -> None:
    log = log_of(
        ANDROID,
        "2025-03-01,Barbell Squat,Legs,60.0,kgs,8,,,,felt\\neasy",
        "2025-03-01,Pull Up,Back,0.0,kgs,5,,,,",
        "2025-03-01,Barbell Squat,Legs,62.5,kgs,8,,,,",
        "2025-02-27,Barbell Squat,Legs,57.5,kgs,8,,,,",
    )
    assert (log.app, log.rows, log.empty, log.problems) == (APP, 4, 0, ())
    earlier, later = log.workouts
    assert (earlier.started, later.started) == (
        datetime.fromisoformat("2025-02-27"),
        datetime.fromisoformat("2025-03-01"),
    )
    assert earlier.dated
    assert later.finished is None
    # The app has one list of sets for an exercise and a day, so it is one entry.
    squat, pull = later.entries
    assert (squat.name, squat.category) == ("Barbell Squat", "Legs")
    assert [(one.weight, one.unit, one.reps, one.note) for one in squat.sets] == [
        (60, "kg", 8, "felt\neasy"),
        (62.5, "kg", 8, ""),
    ]
    assert [(one.weight, one.unit, one.reps) for one in pull.sets] == [(None, "", 5)]


@pytest.mark.parametrize(
    ("header", "row", "unit"),
    [
        ("Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time", "100,5,,,", "lb"),
        ("Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time", "100,5,,,", "kg"),
        ("Date,Exercise,Category,Weight,Reps,Distance,Distance Unit,Time", "100,5,,,", ""),
        (ANDROID.removesuffix(",Comment"), "100.0,lbs,5,,,", "lb"),
        (ANDROID.upper(), "100,LBS,5,,,,", "lb"),
        ("Date,Exercise,Category,Reps,Weight,Weight Unit", "5,100,kgs", "kg"),
        (IOS, "100,,5,,,,,wr", "kg"),
        (IOS, ",100,5,,,,,wr", "lb"),
    ],
)
def test_the_unit_is_that_of_the_row_else_of_the_header(header: str, row: str, unit: str) -> None:
    [one] = sets_of(log_of(header, f"2019-03-01,Deadlift,Back,{row}"))
    assert (one.weight, one.unit, one.reps) == (100, unit, 5)


def test_a_unit_that_is_none_is_refused_with_its_row_alone() -> None:
    log = log_of(
        ANDROID,
        "2025-03-01,Deadlift,Back,10,stone,5,,,,",
        "2025-03-01,Deadlift,Back,100,kgs,5,,,,",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: 'stone' is not a unit of weight; only kg and lb are known"
    ]
    assert len(sets_of(log)) == 1


@pytest.mark.parametrize(
    ("cells", "seconds", "reps", "distance"),
    [
        ("0.0,kgs,0,,,0:00:30", 30, None, None),
        ("0.0,kgs,0,10,kg,0:01:05", 65, None, None),  # A plank's distance in kilograms.
        ("5,kgs,12,,,0:00:45", 45, 12, None),
        (",,,5.0,km,0:25:30", 1530, None, 5000),
        (",,,400,m,", None, None, 400),
        (",,,1,mi,0:08:00", 480, None, 1609.34),
        (",,,100,ft,0:00:20", 20, None, 30.48),
        (",,8,5,,", None, 8, None),  # A distance without a unit says nothing.
    ],
)
def test_time_and_distance(
    cells: str, seconds: float, reps: int | None, distance: float | None
) -> None:
    [one] = sets_of(log_of(ANDROID, f"2025-03-01,Side Plank,Abs,{cells},"))
    assert (one.seconds, one.reps, one.distance_m) == (seconds, reps, distance)


def test_rows_in_which_nothing_was_done_are_counted() -> None:
    log = log_of(
        ANDROID,
        "2025-03-01,Deadlift,Back,100,kgs,0,,,,",
        "2025-03-01,Plank,Abs,,,,10,kg,,",
        "2025-03-01,Plank,Abs,,,,,,0:00:00,",
    )
    assert (log.rows, log.empty, log.workouts) == (3, 3, ())


@pytest.mark.parametrize(
    ("header", "row", "name", "note"),
    [
        (ANDROID, f"{PRESS},Shoulders,12.5,kgs,8,,,,", PRESS, ""),
        (ANDROID, f"{PRESS},Shoulders,12.5,kgs,8,,,,good, really", PRESS, "good, really"),
        (ANDROID, "Curl, Incline, Slow,Biceps,12.5,kgs,8,,,,", "Curl, Incline, Slow", ""),
        (ANDROID, "Deadlift,Back,12.5,kgs,8,,,,hips, then bar", "Deadlift", "hips, then bar"),
        (ANDROID, "Deadlift,Back,12.5,kgs,8,,,,,", "Deadlift", ""),  # One more comma in each row.
        (ANDROID.removesuffix(",Comment"), f"{PRESS},Shoulders,12.5,kgs,8,,,", PRESS, ""),
        (ANDROID.removesuffix(",Comment"), "Deadlift,Back,12.5,kgs,8,,,,", "Deadlift", ""),
        (ANDROID, f'"{PRESS}",Shoulders,12.5,kgs,8,,,,', PRESS, ""),
    ],
)
def test_commas_that_are_no_ends_of_cells(header: str, row: str, name: str, note: str) -> None:
    log = log_of(header, f"2025-03-01,{row}")
    [entry] = log.workouts[0].entries
    assert (entry.name, log.problems) == (name, ())
    [one] = entry.sets
    assert (one.weight, one.unit, one.reps, one.note) == (12.5, "kg", 8, note)


def test_a_plank_with_a_comma_and_a_comment_with_another() -> None:
    log = log_of(ANDROID, "2025-03-01,Plank, side,Abs,,,,,,0:00:30,good, really")
    [entry] = log.workouts[0].entries
    assert (entry.name, entry.category) == ("Plank, side", "Abs")
    assert (entry.sets[0].seconds, entry.sets[0].note) == (30, "good, really")


NAMES = st.lists(st.text("abc ()1", min_size=1).filter(str.strip), min_size=1, max_size=5)


@given(NAMES, st.sampled_from(["", "60.0,kgs"]), st.integers(1, 50))
def test_a_name_of_any_number_of_commas_comes_back(parts: list[str], load: str, reps: int) -> None:
    name = ",".join(parts)
    log = log_of(ANDROID, f"2025-03-01,{name},Legs,{load or ','},{reps},,,,")
    [entry] = log.workouts[0].entries
    assert (entry.name, entry.category, entry.sets[0].reps) == (name.strip(), "Legs", reps)


def test_a_row_that_cannot_be_put_right_is_told_of() -> None:
    log = log_of(
        ANDROID,
        "2025-03-01,A,B,C,D,E,F,G,H,I,J,K",
        "2025-03-01," + "," * 500,
        "1 March,Deadlift,Back,100,kgs,5,,,,",
        "2025-03-01,,Back,100,kgs,5,,,,",
        "2025-03-01",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: has 2 cells more than the header; is a comma in 'A'?",
        "line 3: has 492 cells more than the header",
        "line 4: '1 March' is not a date that can be read",
        "line 5: names no exercise",
        "line 6: names no exercise",
    ]
    assert (log.rows, log.empty) == (5, 0)


@pytest.mark.parametrize(
    ("kind", "read_as"),
    [
        ("wr", SetKind.WORK),
        ("", SetKind.WORK),
        ("Warm-up", SetKind.WARMUP),
        ("Drop set", SetKind.DROP),
        ("failure", SetKind.FAILURE),
        ("to Failure", SetKind.FAILURE),
    ],
)
def test_the_kind_in_words_is_that_of_the_set(kind: str, read_as: SetKind) -> None:
    [one] = sets_of(log_of(IOS, f"2026-04-29,Bench Press,Chest,60,,8,,,,,{kind}"))
    assert one.kind is read_as


def test_the_body_tracker() -> None:
    log = log_of(
        "Date,Time,Measurement,Value,Unit,Comment",
        "2025-03-01,07:00:00,Bodyweight,70.5,kgs,",
        "2025-03-02,07:00:00,Bodyweight,155,lbs,after a run",
        "2025-03-02,07:00:00,Waist,80,cm,",
        "2025-03-02,07:00:00,Body Fat,14.5,%,",
        "2025-03-02,07:00:00,Hüfte (links),60,cm,",
        "2025-03-02,07:00:00,Neck,,cm,",
        "2025-03-02,07:00:00,Bodyweight,700,kgs,",
        "2025-03-02,07:00:00,Bodyweight,70,,",
        "2025-03-02,07:00:00,***,70,,",
    )
    assert [(one.day, one.metric, one.value) for one in log.metrics] == [
        (date(2025, 3, 1), "body-weight-kg", 70.5),
        (date(2025, 3, 2), "body-weight-kg", 70.307),
        (date(2025, 3, 2), "waist-cm", 80),
        (date(2025, 3, 2), "body-fat-percent", 14.5),
        (date(2025, 3, 2), "hufte-links-cm", 60),
    ]
    assert (log.rows, log.empty, log.workouts) == (9, 1, ())
    assert [one.line for one in log.problems] == [8, 9, 10]
    assert "from 20 to 350 kg" in log.problems[0].message


@pytest.mark.parametrize("header", [["date", "exercise", "reps"], ["date", "time", "value"], []])
def test_other_headers_do_not_fit(header: list[str]) -> None:
    assert not fits(header)
