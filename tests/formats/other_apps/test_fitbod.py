"""Fitbod: warm-ups, assistance below zero, sets that stand for several, and both headers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.model.values import SetKind
from tui.formats.other_apps.fitbod import APP, fits, read
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog, OtherSet

OLD = "Date,Exercise,Sets,Reps,Weight,isWarmup,Note"
NEW = (
    "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,"
    "multiplier"
)


def log_of(header: str, *rows: str) -> OtherLog:
    table = table_of("\n".join([header, *rows]))
    assert fits(table.plain)
    return read(table)


def sets_of(log: OtherLog) -> list[OtherSet]:
    return [one for workout in log.workouts for entry in workout.entries for one in entry.sets]


def test_the_header_of_2019() -> None:
    log = log_of(
        OLD,
        "2019-05-03 18:00:00 +0000,Leg Press,1,10,85,,",
        "2019-05-01 10:02:51 +0000,Leg Press,1,12,40.5,TRUE,",
        "2019-05-01 10:02:51 +0000,Leg Press,1,12,80,,deep\\nslow",
        "2019-05-01 10:02:51 +0000,Assisted Pull Up,2,8,-18.14,,",
        "2019-05-01 10:02:51 +0000,Plank,1,0,5,,",
    )
    assert (log.app, log.rows, log.empty, log.problems) == (APP, 6, 1, ())
    first, second = log.workouts
    assert first.started == datetime(2019, 5, 1, 10, 2, 51, tzinfo=UTC)
    assert first.finished is None
    assert second.started == datetime(2019, 5, 3, 18, tzinfo=UTC)
    assert [(one.kind, one.weight, one.unit, one.reps, one.note) for one in sets_of(log)] == [
        (SetKind.WARMUP, 40.5, "", 12, ""),
        (SetKind.WORK, 80, "", 12, "deep\nslow"),
        (SetKind.WORK, -18.14, "", 8, ""),
        (SetKind.WORK, -18.14, "", 8, ""),
        (SetKind.WORK, 85, "", 10, ""),
    ]


def test_the_newer_header_has_units() -> None:
    log = log_of(
        NEW,
        "2026-06-30 18:00:00 +0100,Dumbbell Bench Press,10,22.5,0,0,0.0,0.0,false,,2.0",
        "2026-06-30 18:00:00 +0100,Plank,0,0.0,45,0.0,0.0,0.0,false,,1.0",
        "2026-06-30 18:00:00 +0100,Rowing,0,0.0,600,2000.0,0.0,7.0,true,,1.0",
    )
    assert log.workouts[0].started.utcoffset() == timedelta(hours=1)
    bench, plank, rowing = sets_of(log)
    # The load is that of one dumbbell, as we count it.
    assert (bench.weight, bench.unit, bench.reps, bench.seconds) == (22.5, "kg", 10, None)
    assert (plank.weight, plank.unit, plank.reps, plank.seconds) == (None, "", None, 45)
    assert (rowing.seconds, rowing.distance_m, rowing.kind) == (600, 2000, SetKind.WARMUP)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        (NEW.replace("kg", "lbs"), "lb"),
        (NEW.replace("kg", "lb").replace("Distance(m)", "Distance(mi)"), "lb"),
        (NEW.replace("Weight(kg)", " Weight (KG) "), "kg"),
        (NEW.replace("Weight(kg)", "Weight"), ""),
    ],
)
def test_the_unit_is_in_the_header(header: str, unit: str) -> None:
    [one] = sets_of(log_of(header, "2026-06-30 18:00:00,Squat,10,100,0,0,0,0,0,,1"))
    assert (one.weight, one.unit) == (100, unit)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("TRUE", SetKind.WARMUP),
        ("true", SetKind.WARMUP),
        ("1", SetKind.WARMUP),
        ("FALSE", SetKind.WORK),
        ("0", SetKind.WORK),
        ("", SetKind.WORK),
    ],
)
def test_warm_ups(cell: str, kind: SetKind) -> None:
    [one] = sets_of(log_of(OLD, f"2019-05-01,Squat,,10,100,{cell},"))
    assert one.kind is kind


@pytest.mark.parametrize(
    ("text", "started", "dated"),
    [
        ("2021-12-27 10:02:51 +0000", datetime(2021, 12, 27, 10, 2, 51, tzinfo=UTC), False),
        ("2021-12-27T10:02:51Z", datetime(2021, 12, 27, 10, 2, 51, tzinfo=UTC), False),
        ("2021-12-27 10:02:51", datetime.fromisoformat("2021-12-27 10:02:51"), False),
        ("2021-12-27", datetime.fromisoformat("2021-12-27"), True),
    ],
)
def test_dates(text: str, started: datetime, dated: bool) -> None:
    [one] = log_of(OLD, f"{text},Squat,1,10,100,,").workouts
    assert (one.started, one.dated) == (started, dated)


def test_what_cannot_be_read_is_told_of_by_its_line() -> None:
    log = log_of(
        OLD,
        "yesterday,Squat,1,10,100,,",
        "2019-05-01,Squat,1000000,10,100,,",
        "2019-05-01,Squat,1,ten,100,,",
        "2019-05-01,,1,10,100,,",
        "2019-05-01,Squat,0,10,100,,",
        "0001-01-01 00:00:00 +2359,Squat,1,10,100,,",
        "2019-05-01,Squat",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: 'yesterday' is not a date that can be read",
        "line 3: Sets must be from 0 to 100, not 1e+06",
        "line 4: Reps must be a number, not 'ten'",
        "line 5: names no exercise",
        "line 7: a date must be in the years 1900 to 2999, not 0001-01-01",
    ]
    assert (log.rows, log.empty, log.workouts) == (7, 2, ())


@pytest.mark.parametrize("header", [["date", "exercise", "reps", "weight"], []])
def test_other_headers_do_not_fit(header: list[str]) -> None:
    assert not fits(header)
