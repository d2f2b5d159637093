"""Alpha Progression: blocks of rows with titles, warm-ups in a cell, and units in the heads."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.domain.model.values import SetKind
from tui.formats.other_apps.alpha_progression import APP, fits, read
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog, OtherSet

TITLE = '"Legs, Day 2, Week 4, Plan";"2026-02-19 4:54 h";"1:02 hr"'
SQUAT = '"1. Hack Squats · Machine · 8 reps"'
COLUMNS = "#;KG;REPS;RIR"


def log_of(*rows: str) -> OtherLog:
    table = table_of("\n".join(rows))
    assert fits(table.plain)
    return read(table)


def sets_of(log: OtherLog) -> list[OtherSet]:
    return [one for workout in log.workouts for entry in workout.entries for one in entry.sets]


def test_two_workouts() -> None:
    log = log_of(
        "",
        TITLE,
        f'{SQUAT};"WU1 · 37,5 kg · 9 reps<br>WU2 · 72,5 kg · 7 reps"',
        COLUMNS,
        "1;115;8;1",
        "2;102,5;10;0,5",
        "3;-;-;-",
        '"2. Hyperextensions · Bodyweight · 10 reps · 2 dropsets";"WU1 · +0 kg · 8 reps"',
        "keep the back\\nflat",
        COLUMNS,
        "1;+35;10;0",
        "",
        '"Core";"2026-02-17 17:04 h";"52 min"',
        '"1. Plank · 30 secs"',
        "#;KG;SECS",
        "1;+0;45",
        '"2. Bike · Cardio · 10 mins"',
        "#;KM;MINS",
        "1;2,5;10",
    )
    assert (log.app, log.rows, log.empty, log.problems) == (APP, 9, 1, ())
    core, legs = log.workouts
    assert core.started == datetime.fromisoformat("2026-02-17 17:04")
    assert core.finished == datetime.fromisoformat("2026-02-17 17:56")
    assert legs.started == datetime.fromisoformat("2026-02-19 04:54")
    assert legs.finished == datetime.fromisoformat("2026-02-19 05:56")
    assert legs.name == "Legs, Day 2, Week 4, Plan"
    squat, hyper = legs.entries
    assert squat.name == "Hack Squats (Machine)"
    assert [(one.kind, one.weight, one.unit, one.reps, one.rir) for one in squat.sets] == [
        (SetKind.WARMUP, 37.5, "kg", 9, None),
        (SetKind.WARMUP, 72.5, "kg", 7, None),
        (SetKind.WORK, 115, "kg", 8, 1),
        (SetKind.WORK, 102.5, "kg", 10, 0.5),
    ]
    assert (hyper.name, hyper.note) == ("Hyperextensions (Bodyweight)", "keep the back\nflat")
    assert [(one.kind, one.weight, one.reps) for one in hyper.sets] == [
        (SetKind.WARMUP, None, 8),
        (SetKind.WORK, 35, 10),
    ]
    plank, bike = core.entries
    assert (plank.name, plank.sets[0].seconds, plank.sets[0].weight) == ("Plank", 45, None)
    assert (bike.sets[0].seconds, bike.sets[0].distance_m) == (600, 2500)


def test_pounds_and_warm_ups_on_lines_of_their_own() -> None:
    log = log_of(
        TITLE, f'{SQUAT};"WU1 · 45 lb · 9 reps\nWU2 · 90 lb · 5 reps"', "#;LB;REPS", "1;135;8"
    )
    assert [(one.weight, one.unit) for one in sets_of(log)] == [(45, "lb"), (90, "lb"), (135, "lb")]


def test_an_exercise_done_twice_is_two_entries() -> None:
    log = log_of(TITLE, SQUAT, COLUMNS, "1;100;8;1", SQUAT.replace("1.", "2."), COLUMNS, "1;90;8;1")
    assert [len(entry.sets) for entry in log.workouts[0].entries] == [1, 1]


def test_what_cannot_be_read_is_told_of_by_its_line() -> None:
    log = log_of(
        TITLE,
        "1;100;8;1",
        SQUAT,
        COLUMNS,
        "1;heavy;8;1",
        "2;100;8;20",
        '"Legs";"2026-02-30 4:54 h";"1:02 hr"',
        SQUAT,
        COLUMNS,
        "1;100;8;1",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: comes before the name of an exercise",
        "line 5: Weight must be a number, not 'heavy'",
        "line 6: RIR must be from 0 to 10, not 20",
        "line 7: '2026-02-30' is not a day of the calendar",
        "line 10: belongs to a workout whose date cannot be read",
    ]
    assert log.workouts == ()


@pytest.mark.parametrize("header", [["legs", "monday", "1:02 hr"], ["date"], ["a"] * 9, []])
def test_other_first_rows_do_not_fit(header: list[str]) -> None:
    assert not fits(header)
