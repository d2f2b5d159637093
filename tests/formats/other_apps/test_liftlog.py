"""LiftLog: newest workout first, a local time and a unit for each set."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.formats.other_apps import liftlog
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

HEAD = "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes\n"
ROWS = (
    "b2,2026-10-16T10:50:06,Row,60,lbs,8,8,\n"
    "b2,2026-10-16T10:44:39,Bench Press,67.5,kg,11,12,slow\\nand low\n"
    "b2,2026-10-16T10:44,Bench Press,67.5,kg,12,12,slow\\nand low\n"
    "b2,2026-10-16T10:55:00,Bench Press,0,nil,0,12,\n"
    "b2,2026-10-16T10:57:00,Row,40,kg,15,8,\n"
    "a1,2026-10-14T18:00:00,Pull-ups,0,nil,7,8,\n"
    "a1,2026-10-14T18:02:00,Pull-ups,5,stone,7,8,\n"
    "a1,2026-10-14T18:02:00,,5,kg,7,8,\n"
)


def read(text: str) -> OtherLog:
    table = table_of(text)
    assert liftlog.fits(table.plain)
    return liftlog.read(table)


def test_everything_is_counted() -> None:
    log = read(HEAD + ROWS)
    assert (log.rows, log.empty, log.skipped, log.rests) == (8, 1, 0, 0)
    assert [str(one) for one in log.problems] == [
        "line 8: 'stone' is not a unit of weight; only kg and lb are known",
        "line 9: names no exercise",
    ]
    assert [[len(e.sets) for e in w.entries] for w in log.workouts] == [[1], [2, 1, 1]]


def test_sets_are_in_the_order_of_their_times() -> None:
    first, second = read(HEAD + ROWS).workouts
    assert (first.started, second.started) == (
        datetime(2026, 10, 14, 18),  # noqa: DTZ001  local, as in the file
        datetime(2026, 10, 16, 10, 44),  # noqa: DTZ001
    )
    bench, row, again = second.entries
    assert (bench.name, bench.note) == ("Bench Press", "slow\nand low")
    assert [(one.reps, one.weight, one.unit) for one in bench.sets] == [
        (12, 67.5, "kg"),
        (11, 67.5, "kg"),
    ]
    assert [(one.reps, one.unit) for one in row.sets] == [(8, "lb")]
    assert (again.name, [one.reps for one in again.sets]) == ("Row", [15])
    assert [(one.weight, one.unit) for one in first.entries[0].sets] == [(None, "")]


def test_a_time_with_its_zone_keeps_it() -> None:
    row = "a,2026-10-16T10:44:39.5+02:00[Europe/Berlin],Row,60,kg,8,8,\n"
    [workout] = read(HEAD + row).workouts
    assert workout.started.isoformat() == "2026-10-16T10:44:39.500000+02:00"


def test_older_exports_call_the_time_a_date() -> None:
    row = "a,2026-10-16,Row,60,kg,8,8,\n"
    [workout] = read(HEAD.replace("Timestamp", "Date") + row).workouts
    assert (workout.started.isoformat(), workout.dated) == ("2026-10-16T00:00:00", True)


@pytest.mark.parametrize(
    "header", [("date", "exercise", "reps"), ("sessionid", "exercise", "reps", "targetreps")]
)
def test_other_tables_are_none_of_its(header: tuple[str, ...]) -> None:
    assert not liftlog.fits(header)
