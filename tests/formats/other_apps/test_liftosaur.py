"""Liftosaur: flags as 0 and 1, a unit for each weight, rows for what was never done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.domain.model.values import SetKind
from tui.formats.other_apps import liftosaur
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

HEAD = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,"
    "Is AMRAP?,Required RPE,Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,"
    "Completed Weight Value,Completed Weight Unit,Ask Weight?,Completed Reps Time,Target Muscles,"
    "Synergist Muscles,Notes\r\n"
)
OLD_HEAD = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,RPE,"
    "Is AMRAP?,Weight Value,Weight Unit,Completed Reps Time,Target Muscles,Synergist Muscles,"
    "Notes\n"
)
ROWS = (
    '2026-03-01T10:00:00.000Z,Mine,Legs,"Squat, Barbell",1,5,5,0,,,0,20,kg,20,kg,0,'
    '2026-03-01T10:03:00.000Z,Quads,,"low\\nbar"\r\n'
    '2026-03-01T10:00:00.000Z,Mine,Legs,"Squat, Barbell",0,5,6,1,,8.5,1,60,kg,62.5,kg,0,'
    '2026-03-01T10:06:00.000Z,Quads,,"low\\nbar"\r\n'
    '2026-03-01T10:00:00.000Z,Mine,Legs,"Squat, Barbell",0,5,,0,,,0,60,kg,62.5,kg,0,,Quads,,\r\n'
    "2026-03-01T10:00:00.000Z,Mine,Legs,Chin Up,0,8,7,0,,,0,0,lb,-30,lb,0,,Lats,,\r\n"
    '2026-03-01T10:00:00.000Z,Mine,Legs,"Squat, Barbell",0,5,4,0,,,0,60,kg,,,0,,Quads,,\r\n'
    '2026-03-01T10:00:00.000Z,Mine,Legs,"Squat, Barbell",1,5,3,0,,,0,0,kg,0,kg,0,,Quads,,\r\n'
    "2026-02-27T10:00:00.000Z,Mine,,Plank,0,1,1,0,,,0,0,kg,0,stone,0,,Core,,\r\n"
    "2026-02-27T10:00:00.000Z,Mine,,Plank,0,1,few,0,,,0,0,kg,0,kg,0,,Core,,\r\n"
    "yesterday,Mine,,Plank,0,1,1,0,,,0,0,kg,0,kg,0,,Core,,\r\n"
)


def read(text: str) -> OtherLog:
    table = table_of(text)
    assert liftosaur.fits(table.plain)
    return liftosaur.read(table)


def test_everything_is_counted() -> None:
    log = read(HEAD + ROWS)
    assert (log.rows, log.empty, log.skipped, log.rests) == (9, 1, 0, 0)
    assert [one.line for one in log.problems] == [9, 10]
    assert [[len(e.sets) for e in w.entries] for w in log.workouts] == [[1], [2, 1, 1, 1]]


def test_a_workout_with_its_sets() -> None:
    plank, legs = read(HEAD + ROWS).workouts
    assert (plank.name, legs.name) == ("Mine", "Legs")
    assert legs.started == datetime(2026, 3, 1, 10, tzinfo=UTC)
    squat, chin_up, again, anew = legs.entries
    assert (squat.name, squat.note) == ("Squat, Barbell", "low\nbar")
    warmup, work = squat.sets
    assert warmup.kind is SetKind.WARMUP
    assert (work.kind, work.weight, work.unit, work.reps) == (SetKind.WORK, 62.5, "kg", 6)
    assert work.rir == 1.5
    assert work.at == datetime(2026, 3, 1, 10, 6, tzinfo=UTC)
    assert [(one.weight, one.unit) for one in chin_up.sets] == [(-30, "lb")]
    assert [(one.weight, one.reps) for one in again.sets] == [(60, 4)]
    # A warm-up after a work set begins the exercise anew.
    assert [(one.kind, one.weight) for one in anew.sets] == [(SetKind.WARMUP, None)]


def test_an_export_from_before_weights_were_asked_apart() -> None:
    row = "2023-03-01T10:00:00.000Z,P,Day 1,Squat,0,5,5,9,0,225,lb,,Quads,,\n"
    [workout] = read(OLD_HEAD + row).workouts
    [done] = workout.entries[0].sets
    assert (done.weight, done.unit, done.reps, done.rir) == (225, "lb", 5, 1)


@pytest.mark.parametrize("header", [("date", "exercise", "reps"), ("workout datetime", "exercise")])
def test_other_tables_are_none_of_its(header: tuple[str, ...]) -> None:
    assert not liftosaur.fits(header)
