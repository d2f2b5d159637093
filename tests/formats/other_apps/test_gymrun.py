"""GymRun: both headers, the order of sets by their numbers, and times that say too little."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.formats.other_apps.gymrun import APP, fits, read
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

NEW = (
    "Date;Time;Routine;Exercise;Set;Weight;Reps;Duration;Distance;Para6;Para7;Para8;Para9;Para10;"
    "Note;Type;Book;Version1"
)
# A semicolon ends each line, too.
OLD = "Data;Czas;Ćwiczenie;Seria;Waga;Powt.;Uwaga;"


def log_of(header: str, *rows: str) -> OtherLog:
    table = table_of("\r\n".join([header, *rows]))
    assert fits(table.plain)
    return read(table)


def test_the_newer_header() -> None:
    log = log_of(
        NEW,
        "29.04.2025;12:00:00;Chest;Bench Press;1;62,5;10;;;;;;;;slow\\nlow;1;1;1",
        "29.04.2025;12:05:00;Chest;Bench Press;2;65;8;;;;;;;;;1;1;1",
        "29.04.2025;12:15:00;Chest;Plank;1;;;0:01:00;;;;;;;;1;1;1",
        "29.04.2025;12:20:00;Chest;Plank;2;;0;;;;;;;;;1;1;1",
        "29.04.2025;19:00:00;;Squat;1;100;5;20;;;;;;;;1;1;1",
        "29.04.2025;19:10:00;;Bike;1;;;20;5;;;;;;;1;1;1",
    )
    assert (log.app, log.rows, log.empty) == (APP, 6, 1)
    assert [str(one) for one in log.problems] == [
        "line 7: Duration '20' may be minutes or seconds; write it as 0:10:00 in the file"
    ]
    noon, evening = log.workouts
    assert (noon.name, evening.name) == ("Chest", "")
    assert noon.started == datetime.fromisoformat("2025-04-29 12:00")
    assert noon.finished == datetime.fromisoformat("2025-04-29 12:15")
    bench, plank = noon.entries
    assert [(one.weight, one.unit, one.reps, one.note) for one in bench.sets] == [
        (62.5, "", 10, "slow\nlow"),
        (65, "", 8, ""),
    ]
    assert [one.seconds for one in plank.sets] == [60]
    assert [(one.reps, one.seconds) for one in evening.entries[0].sets] == [(5, None)]


def test_the_old_header_in_polish() -> None:
    log = log_of(
        OLD,
        "09.01.20;21:12:58;Przysiad;1;15;10;;",
        "09.01.20;21:13:00;Przysiad;2;17,5;10;ciężko;",
        "09.01.20;21:20:00;Martwy ciąg;1;50;10;;",
        "09.01.20;21:30:00;Przysiad;1;15;12;;",
    )
    assert (log.rows, log.problems) == (4, ())
    [one] = log.workouts
    assert one.started == datetime.fromisoformat("2020-01-09 21:12:58")
    assert [(entry.name, len(entry.sets)) for entry in one.entries] == [
        ("Przysiad", 2),
        ("Martwy ciąg", 1),
        ("Przysiad", 1),
    ]
    assert one.entries[0].sets[1].note == "ciężko"


def test_what_cannot_be_read_is_told_of_by_its_line() -> None:
    log = log_of(
        NEW,
        "29.04.2025;noon;Chest;Bench Press;1;62,5;10",
        "29.04.2025;;Chest;Bench Press;first;62,5;10",
        "29.04.2025;;Chest;;1;62,5;10",
        "29.04.2025",
        "4/5/2025;;Chest;Bench Press;1;62,5;10",
        "29.04.2025;;Chest;Bench Press;;62,5;10",
    )
    assert [one.line for one in log.problems] == [2, 3, 4, 5, 6]
    [one] = log.workouts
    assert one.dated
    assert [done.weight for done in one.entries[0].sets] == [62.5]


@pytest.mark.parametrize(
    "header",
    [
        ["date", "time", "exercise", "set", "weight", "reps", "rpe"],
        ["date", "exercise", "set", "weight", "reps"],
        [],
    ],
)
def test_other_headers_do_not_fit(header: list[str]) -> None:
    assert not fits(header)
