"""Tables that no app of ours writes: columns by their names, dates by the whole of their column."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind, Side
from tui.formats.other_apps import columns
from tui.formats.other_apps.column_words import NAMES
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog, OtherSet


def read(text: str, named: str = "") -> OtherLog:
    table = table_of(text)
    return columns.read(table, columns.typed(named, table.header))


def only(names: str, cells: str, named: str = "") -> OtherSet:
    """The set of a row with a date and an exercise before these cells."""
    log = read(f"Date;Exercise;{names}\n2026-11-03;Squat;{cells}\n", named)
    assert log.problems == ()
    [workout] = log.workouts
    [done] = workout.entries[0].sets
    return done


def told(names: str, cells: str, named: str = "") -> str:
    """What is wrong with such a row."""
    [problem] = read(f"Date;Exercise;{names}\n2026-11-03;Squat;{cells}\n", named).problems
    return problem.message


@pytest.mark.parametrize(
    ("header", "places"),
    [
        (
            "Date,Time,Exercise,Set,Weight (kg),Reps,RPE,Notes",
            {
                "date": 0, "time": 1, "exercise": 2, "set": 3, "weight": 4, "reps": 5, "rpe": 6,
                "note": 7,
            },
        ),
        (
            "Datum;Übung;Satz-Nr.;Gewicht [kg];Wdh.;Dauer (s);Strecke (m);Seite;Notiz",
            {
                "date": 0, "exercise": 1, "set": 2, "weight": 3, "reps": 4, "seconds": 5,
                "distance": 6, "side": 7, "note": 8,
            },
        ),
        (
            "fecha,ejercicio,series,peso_kg,repeticiones,notas",
            {"date": 0, "exercise": 1, "sets": 2, "weight": 3, "reps": 4, "note": 5},
        ),
        (
            "Jour,Exercice,Série,Poids,Répétitions,Durée",
            {"date": 0, "exercise": 1, "set": 2, "weight": 3, "reps": 4, "seconds": 5},
        ),
        ("Data,Esercizio,Ripetizioni,Carico", {"date": 0, "exercise": 1, "reps": 2, "weight": 3}),
        ("Dato,Øvelse,Vægt,Gentagelser", {"date": 0, "exercise": 1, "weight": 2, "reps": 3}),
        ("Datum,Övning,Vikt,Reps", {"date": 0, "exercise": 1, "weight": 2, "reps": 3}),
        ("Data,Ćwiczenie,Ciężar,Powtórzenia", {"date": 0, "exercise": 1, "weight": 2, "reps": 3}),
        # A day may be a Monday or the second of a plan; the date is meant.
        ("Day,Date,EXERCISE ,reps", {"date": 1, "exercise": 2, "reps": 3}),
        # Neither is what its first word says.
        ("Exercise Notes,Workout Duration,Distance Unit", {}),
        ("Time (s),Set Type,Weight Unit", {"seconds": 0, "kind": 1, "unit": 2}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(header: str, places: dict[str, int]) -> None:
    table = table_of(f"{header}\n")
    assert columns.guess(table.header).places == places


def test_a_word_stands_for_one_column() -> None:
    words = [word.strip() for group in NAMES.values() for word in group.split(";")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        ("Date,Exercise,Reps", ()),
        ("Date,Exercise,Hold (s)", ()),
        ("Date,Exercise,Distance (m)", ()),
        ("Date,Exercise,Weight", ("reps, seconds or distance",)),
        ("When,What,Reps", ("date", "exercise")),
    ],
)
def test_what_has_to_be_known(header: str, lacking: tuple[str, ...]) -> None:
    assert columns.missing(columns.guess(header.split(","))) == lacking


def test_a_table_whose_columns_are_not_known_is_refused() -> None:
    with pytest.raises(BadDocument) as refused:
        read("When,What,Reps\n2026-11-03,Squat,8\n")
    assert str(refused.value) == (
        "has no column known for date and exercise; name it with --columns, as in --columns "
        "'date=NAME, exercise=NAME, reps=NAME'; it has When, What, Reps"
    )


def test_a_runner_names_columns() -> None:
    header = ["When, exactly", "What", "Load", "Reps", "Time"]
    got = columns.typed(
        "date:dmy = when exactly, Exercise=What, weight:LB=Load, seconds:min=Time", header
    )
    assert got.places == {"date": 0, "exercise": 1, "weight": 2, "reps": 3, "seconds": 4}
    assert got.written == {"date": "dmy", "weight": "lb", "seconds": "min"}
    assert columns.typed("date=When, exactly", header).places["date"] == 0
    assert "time" not in columns.typed("time=", header).places
    assert columns.typed("reps=Load (kg)", [*header, "Load (kg)"]).written == {}
    assert columns.typed("weight=Load (kg)", [*header, "Load (kg)"]).written == {"weight": "kg"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date=Datums", "has no column 'Datums'; it has Datum, Übung, Reps·"),
        ("Datum", "'Datum' names no column; write date=NAME, with one of date, time, exercise"),
        ("day=Datum", "'day=Datum' names no column"),
        ("date:ymd=Datum", "date:ymd is not known; write date:dmy"),
        ("reps:kg=Datum", "reps:kg is not known"),
    ],
)
def test_what_is_named_wrongly_is_told(text: str, message: str) -> None:
    with pytest.raises(BadDocument) as refused:
        columns.typed(text, ["Datum", "Übung", "Reps\x1b"])
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("cells", "started"),
    [
        (["2026-11-03", "2026-11-04"], "2026-11-03T00:00:00"),
        (["2026-11-03 00:00:00", "2026-11-04 00:00:00"], "2026-11-03T00:00:00"),
        (["2026-11-03T00:00:00Z", "2026-11-04"], "2026-11-03T00:00:00"),
        (["11/13/2026 0:00", "11/14/2026 0:00"], "2026-11-13T00:00:00"),
        (["2026-1-3", "2026-11-04"], "2026-01-03T00:00:00"),
        (["20261103", "20261104"], "2026-11-03T00:00:00"),
        (["2026/11/03", "2026/11/04"], "2026-11-03T00:00:00"),
        (["2026-11-03 18:05", "2026-11-04 18:05"], "2026-11-03T18:05:00"),
        (["2026-11-03 6:05 PM", "2026-11-04 18:05"], "2026-11-03T18:05:00"),
        (["2026-11-03T17:05:00Z", "2026-11-04T17:05:00Z"], "2026-11-03T17:05:00+00:00"),
        (["03.11.2026", "04.11.2026"], "2026-11-03T00:00:00"),
        (["3. 11. 2026", "4. 11. 2026 18:05"], "2026-11-03T00:00:00"),
        (["03/11/2026", "13/11/2026"], "2026-11-03T00:00:00"),
        (["11/03/26 6:05 pm", "11/13/26 7:00 am"], "2026-11-03T18:05:00"),
        (["3 Nov 2026, 18:05", "4. Dez. 2026"], "2026-11-03T18:05:00"),
    ],
)
def test_dates_in_many_forms(cells: list[str], started: str) -> None:
    rows = "".join(f'"{text}",Squat,8\n' for text in cells)
    log = read(f"Date,Exercise,Reps\n{rows}")
    assert (log.problems, len(log.workouts)) == ((), 2)
    first = log.workouts[0]
    assert first.started.isoformat() == started
    assert first.dated == started.endswith("T00:00:00")
    assert (first.entries[0].sets[0].at is None) == first.dated


def test_dates_that_could_be_two_are_refused_until_their_order_is_named() -> None:
    text = "Date,Exercise,Reps\n03/11/2026,Squat,8\n04/11/2026,Squat,8\n"
    with pytest.raises(BadDocument, match=r"'03/11/2026' can be read as two dates; .* 'date:dmy="):
        read(text)
    assert [one.started.month for one in read(text, "date:dmy=Date").workouts] == [11, 11]
    assert [one.started.month for one in read(text, "date:mdy=Date").workouts] == [3, 4]


def test_the_time_of_day() -> None:
    text = "Date,Time,Exercise,Reps\n2026-11-03,6:05 PM,Squat,8\n2026-11-03,,Row,5\n"
    log = read(text)
    assert [one.started.hour for one in log.workouts] == [0, 18]
    assert log.workouts[1].started == datetime(2026, 11, 3, 18, 5)  # noqa: DTZ001  as in the file


def test_a_column_of_times_that_are_lengths_is_refused() -> None:
    text = "Date,Time,Exercise,Reps\n2026-11-03,0:00:30,Plank,\n2026-11-03,0:00:45,Plank,\n"
    with pytest.raises(BadDocument, match="holds no times of day; name it with --columns 'seconds"):
        read(text)
    [workout] = read(text, "seconds=Time").workouts
    assert [one.seconds for one in workout.entries[0].sets] == [30, 45]


@pytest.mark.parametrize(
    ("names", "cells", "got"),
    [
        ("Reps;Weight (kg)", "8;62,5", {"reps": 8, "weight": 62.5, "unit": "kg"}),
        ("Reps;lbs", "8;135", {"weight": 135, "unit": "lb"}),
        ("Reps;Weight", "8;135", {"weight": 135, "unit": ""}),
        ("Reps;Weight", "8;135 lb", {"weight": 135, "unit": "lb"}),
        ("Reps;Weight;Unit", "8;60;KGS", {"weight": 60, "unit": "kg"}),
        ("Reps;Weight (kg);Unit", "8;60;lbs", {"weight": 60, "unit": "lb"}),
        ("Reps;Weight", "8;BW", {"weight": None, "unit": ""}),
        ("Reps;Weight", "8;-", {"weight": None, "unit": ""}),
        ("Reps;Weight", "8;-20kg", {"weight": -20, "unit": "kg"}),
        ("Reps;Duration", ";45", {"reps": None, "seconds": 45}),
        ("Reps;Duration", ";1:30", {"seconds": 90}),
        ("Reps;Duration", ";1m 30s", {"seconds": 90}),
        ("Reps;Duration", ";45 sec", {"seconds": 45}),
        ("Reps;Duration (min)", ";1.5", {"seconds": 90}),
        ("Reps;Duration (min)", ";1:30", {"seconds": 90}),
        ("Reps;Distance (km)", ";0.4", {"distance_m": 400}),
        ("Reps;Distance", ";40 m", {"distance_m": 40}),
        ("Reps;Distance", "8;0", {"distance_m": None}),
        ("Reps;RPE", "8;8.5", {"rir": 1.5}),
        ("Reps;RIR", "8;0", {"rir": 0}),
        ("Reps;RPE;RIR", "8;9;2", {"rir": 2}),
        ("Reps;Side", "8;Links", {"side": Side.LEFT}),
        ("Reps;Side", "8;R", {"side": Side.RIGHT}),
        ("Reps;Side", "8;", {"side": Side.BOTH}),
        ("Reps;Type", "8;Warm-up", {"kind": SetKind.WARMUP}),
        ("Reps;Type", "8;Drop Set", {"kind": SetKind.DROP}),
        ("Reps;Type", "8;1", {"kind": SetKind.WORK}),
        ("Reps;Warm-up", "8;TRUE", {"kind": SetKind.WARMUP}),
        ("Reps;Warm-up", "8;no", {"kind": SetKind.WORK}),
        ("Reps;Set", "8;F", {"kind": SetKind.FAILURE}),
        ("Reps;Notes", "8;slow\\nlow", {"note": "slow\nlow"}),
    ],
)
def test_the_values_of_a_set(names: str, cells: str, got: dict[str, Any]) -> None:
    done = only(names, cells)
    assert {name: getattr(done, name) for name in got} == got


@pytest.mark.parametrize(
    ("names", "cells", "message"),
    [
        ("Reps", "eight", "Reps must be a number, not 'eight'"),
        ("Reps;Weight", "8;60 stone", "'stone' is not a unit of weight; only kg and lb are known"),
        ("Reps;Duration", "8;3 laps", "'laps' is not a unit of time; write s, min or h"),
        ("Reps;Distance", "8;3 laps", "'laps' is not a unit of length; write km, m or mi"),
        (
            "Distance",
            "3",
            "the distance has no unit; name its column as in --columns 'distance:m=NAME'",
        ),
        ("Reps;Side", "8;up", "Side must be left, right or both, not 'up'"),
        ("Reps;Sets", "8;51", "Sets must be at most 50, not 51"),
    ],
)
def test_what_is_wrong_is_told_of_its_row(names: str, cells: str, message: str) -> None:
    assert told(names, cells) == message


def test_a_distance_whose_unit_was_named() -> None:
    assert only("Distance", "3", "distance:km=Distance").distance_m == 3000


def test_everything_is_counted() -> None:
    log = read(
        "Date,Exercise,Set,Weight,Reps,Seconds,Workout\n"
        "2026-11-03,Squat,W,20,8,,A\n"
        "2026-11-03,Squat,1,60,8,,A\n"
        "2026-11-03,Squat,Rest,,,90,A\n"
        "2026-11-03,Squat,2,60,0,,A\n"
        "2026-11-03,Plank,1,,,45,A\n"
        "2026-11-03,Row,1,,8,,B\n"
        "2026-11-03,,1,,8,,B\n"
        ",Row,1,,8,,B\n"
        "2026-11-05,Row\n"
    )
    assert (log.rows, log.rests, log.empty, log.skipped) == (9, 1, 2, 0)
    assert [str(one) for one in log.problems] == [
        "line 8: names no exercise",
        "line 9: has no date",
    ]
    assert [(w.name, [(e.name, len(e.sets)) for e in w.entries]) for w in log.workouts] == [
        ("A", [("Squat", 2), ("Plank", 1)]),
        ("B", [("Row", 1)]),
    ]


@pytest.mark.parametrize(
    ("numbers", "sets"),
    [
        # How many sets a row stands for.
        ([("Squat", "3"), ("Row", "2")], [3, 2]),
        ([("Squat", "1"), ("Row", "1")], [1, 1]),
        ([("Squat", "1"), ("Squat", "1")], [2]),
        # Which set it is, also in turns, also begun again.
        ([("Squat", "1"), ("Squat", "2"), ("Squat", "3")], [3]),
        ([("Squat", "1"), ("Row", "1"), ("Squat", "2"), ("Row", "2")], [2, 2]),
        ([("Squat", "1"), ("Squat", "2"), ("Row", "1"), ("Squat", "1")], [2, 1, 1]),
    ],
)
def test_a_column_of_sets_counts_or_numbers(
    numbers: list[tuple[str, str]], sets: list[int]
) -> None:
    rows = "".join(f"2026-11-03,{name},{number},8\n" for name, number in numbers)
    [workout] = read(f"Date,Exercise,Sets,Reps\n{rows}").workouts
    assert [len(one.sets) for one in workout.entries] == sets
