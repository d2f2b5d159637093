"""Hevy: either unit, months in any language, a note on an exercise in each of its rows."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind, Side
from tui.formats.other_apps import hevy
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

HEAD = (
    '"title","start_time","end_time","description","exercise_title","superset_id",'
    '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km","duration_seconds",'
    '"rpe"\n'
)
POUNDS = HEAD.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
MIXED = HEAD.replace("weight_kg", "weight_lbs")
WHEN = '"Legs 🦵","8 Apr 2026, 16:50","8 Apr 2026, 17:42","",'


def read(text: str) -> OtherLog:
    table = table_of(text)
    assert hevy.fits(table.plain)
    return hevy.read(table)


def counts(log: OtherLog) -> tuple[int, int, int, int]:
    """Rows, rests, empty rows and sets."""
    sets = sum(len(entry.sets) for workout in log.workouts for entry in workout.entries)
    return log.rows, log.rests, log.empty, sets


def test_a_workout_with_every_kind_of_set() -> None:
    log = read(
        HEAD
        + WHEN.replace('""', '"line one\nline two"')
        + '"Squat (Barbell)",,"",0,"warmup",22.68,10,,,\n'
        + WHEN
        + '"Squat (Barbell)",,"",1,"normal",60,5,,,8.5\n'
        + WHEN
        + '"Squat (Barbell)",,"",2,"dropset",40,8,,,\n'
        + WHEN
        + '"Squat (Barbell)",,"",3,"failure",60,3,,,10\n'
        + WHEN
        + '"Squat (Barbell)",,"",4,"left",60,3,,,\n'
        + WHEN
        + '"Squat (Barbell)",,"",5,"normal",60,,,,\n'
        + WHEN
        + '"Plank",,"",0,"normal",,,,45,\n'
        + WHEN
        + '"Treadmill",,"",0,"normal",,,2.5,900,\n'
        + WHEN
        + '"Pull Up (Assisted)",,"",0,"normal",-20,8,,,\n'
    )
    assert counts(log) == (9, 0, 1, 8)
    assert not log.problems
    [workout] = log.workouts
    assert (workout.name, workout.note) == ("Legs 🦵", "line one\nline two")
    assert workout.started == datetime(2026, 4, 8, 16, 50)  # noqa: DTZ001  local
    assert workout.finished == datetime(2026, 4, 8, 17, 42)  # noqa: DTZ001  local
    squat, plank, run, pull_up = workout.entries
    assert [(one.kind, one.weight, one.unit, one.reps, one.rir) for one in squat.sets] == [
        (SetKind.WARMUP, 22.68, "kg", 10, None),
        (SetKind.WORK, 60, "kg", 5, 1.5),
        (SetKind.DROP, 40, "kg", 8, None),
        (SetKind.FAILURE, 60, "kg", 3, 0),
        (SetKind.WORK, 60, "kg", 3, None),
    ]
    assert (plank.sets[0].seconds, plank.sets[0].unit) == (45, "")
    assert (run.sets[0].distance_m, run.sets[0].seconds) == (2500, 900)
    assert pull_up.sets[0].weight == -20


@pytest.mark.parametrize("kind", ["warm_up", "WARMUP", "Warm-up"])
def test_spellings_of_a_warm_up(kind: str) -> None:
    log = read(HEAD + WHEN + f'"Row",,"",0,"{kind}",20,10,,,\n')
    assert log.workouts[0].entries[0].sets[0].kind is SetKind.WARMUP


@pytest.mark.parametrize(
    ("head", "unit", "far"), [(HEAD, "kg", 1000), (POUNDS, "lb", 1609.34), (MIXED, "lb", 1000)]
)
def test_the_units_are_those_of_the_header(head: str, unit: str, far: float) -> None:
    log = read(head + WHEN + '"Carry",,"",0,"normal",50,,1,,\n')
    [done] = log.workouts[0].entries[0].sets
    assert (done.weight, done.unit, done.distance_m) == (50, unit, far)


def test_tabs_and_titles_with_spaces() -> None:
    head = "Title\tStart Time\tExercise Title\tSet Index\tWeight KG\tReps\n"
    log = read(head + "Legs\t8 avr. 2026, 16:50\tRow\t0\t22,5\t8.0\n")
    [done] = log.workouts[0].entries[0].sets
    assert (done.weight, done.unit, done.reps) == (22.5, "kg", 8)


def test_a_note_on_an_exercise_is_read_once() -> None:
    log = read(
        HEAD
        + WHEN
        + '"Row",,"heel up\\nslow",0,"normal",20,10,,,\n'
        + WHEN
        + '"Row",,"heel up\\nslow",1,"normal",20,9,,,\n'
        + WHEN
        + '"Row",,"other",2,"normal",20,8,,,\n'
        + WHEN
        + '"Curl",,"",0,"normal",10,8,,,\n'
        + WHEN
        + '"Curl",,"last one",1,"normal",10,8,,,\n'
    )
    row, curl = log.workouts[0].entries
    assert row.note == "heel up\nslow"
    assert [one.note for one in row.sets] == ["", "", "other"]
    assert curl.note == ""
    assert [one.note for one in curl.sets] == ["", "last one"]


def test_a_side_is_told_by_our_own_exports() -> None:
    log = read(
        HEAD
        + WHEN
        + '"Row",,"Left side · slow",0,"normal",20,10,,,\n'
        + WHEN
        + '"Row",,"Right side · slow",1,"normal",20,9,,,\n'
        + WHEN
        + '"Row",,"Right side · fast",2,"normal",20,9,,,\n'
    )
    [entry] = log.workouts[0].entries
    assert [one.side for one in entry.sets] == [Side.LEFT, Side.RIGHT, Side.RIGHT]
    assert (entry.note, [one.note for one in entry.sets]) == ("slow", ["", "", "fast"])


def test_supersets_and_an_exercise_done_twice() -> None:
    log = read(
        HEAD
        + WHEN
        + '"A",0,"",0,"normal",20,1,,,\n'
        + WHEN
        + '"B",0,"",0,"normal",20,2,,,\n'
        + WHEN
        + '"A",0,"",1,"normal",20,3,,,\n'
        + WHEN
        + '"B",0,"",1,"normal",20,4,,,\n'
        + WHEN
        + '"C",1,"",0,"normal",20,5,,,\n'
        + WHEN
        + '"A",,"",0,"normal",20,6,,,\n'
        + WHEN
        + '"A",,"",0,"normal",20,,,,\n'
        + WHEN
        + '"A",,"",1,"normal",20,7,,,\n'
    )
    assert counts(log) == (8, 0, 1, 7)
    found = [
        (one.name, one.superset, [done.reps for done in one.sets])
        for one in log.workouts[0].entries
    ]
    assert found == [
        ("A", "0", [1, 3]),
        ("B", "0", [2, 4]),
        ("C", "1", [5]),
        ("A", "", [6]),
        ("A", "", [7]),
    ]


def test_without_a_set_index_another_exercise_parts_two_entries() -> None:
    head = "title,start_time,exercise_title,reps\n"
    when = 'Legs,"8 kwi 2026, 16:50",'
    log = read(head + "".join(f"{when}{name},5\n" for name in "AABA"))
    assert [len(one.sets) for one in log.workouts[0].entries] == [2, 1, 1]


def test_newest_first_becomes_oldest_first() -> None:
    rows = [
        f'"Legs","{when}, 16:50","{when}, 16:20","","Row",,"",0,"normal",20,8,,,\n'
        for when in ("3 févr. 2026", "25 Dez. 2025", "05.06.2025")
    ]
    log = read(HEAD + "".join(rows))
    assert [one.started.date().isoformat() for one in log.workouts] == [
        "2025-06-05",
        "2025-12-25",
        "2026-02-03",
    ]
    # An end before the start is none.
    assert {one.finished for one in log.workouts} == {None}


def test_a_bad_row_is_named_and_left_out() -> None:
    log = read(
        HEAD
        + WHEN.replace("8 Apr", "31 Feb")
        + '"Row",,"",0,"normal",20,8,,,\n'
        + WHEN
        + '"",,"",0,"normal",20,8,,,\n'
        + WHEN
        + '"Row",,"",0,"normal",20,many,,,\n'
        + WHEN
        + '"Row",,"",1,"normal",20,8\n'
    )
    assert counts(log) == (4, 0, 0, 1)
    assert [str(one) for one in log.problems] == [
        "line 2: '31 Feb 2026, 16:50' is not a date that can be read",
        "line 3: names no exercise",
        "line 4: Reps must be a number, not 'many'",
    ]


def test_other_tables_are_none_of_its() -> None:
    table = table_of("Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n")
    assert not hevy.fits(table.plain)
    with pytest.raises(BadDocument):
        hevy.read(table)
