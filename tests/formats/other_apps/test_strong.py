"""Strong: every age of its export, in several languages, with the exact counts."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind, Side
from tui.formats.other_apps import strong
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherEntry, OtherLog

OLDEST = "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes\r\n"
OLDER = (
    "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,"
    "RPE\n"
)
HEAD = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
)
FRENCH = (
    "Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,Réps,Distance,"
    "Secondes,Notes,Notes d'entraînement,RPE\r\n"
)
GERMAN = (
    "Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,Entfernung,"
    "Sekunden,Notizen,Workout-Notizen,RPE\n"
)
UNKNOWN = "Tg,Nm,Dr,Vj,Rd,Sv,Mr,Tl,Sk,Pz,Pt,RPE\n"
SEMICOLONS = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";'
    '"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"\n'
)
UNITS = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
    "Seconds;Notes;Workout Notes;Workout Duration\n"
)
WHEN = '2026-03-02 18:05:00,"Legs",1h 2m,'


def read(text: str) -> OtherLog:
    table = table_of(text)
    assert strong.fits(table.plain)
    return strong.read(table)


def entries(rows: str, head: str = HEAD) -> tuple[OtherEntry, ...]:
    log = read(head + rows)
    assert not log.problems
    [workout] = log.workouts
    return workout.entries


def counts(log: OtherLog) -> tuple[int, int, int, int]:
    """Rows, rests, empty rows and sets."""
    sets = sum(len(entry.sets) for workout in log.workouts for entry in workout.entries)
    return log.rows, log.rests, log.empty, sets


def numbers(entry: OtherEntry) -> list[int | None]:
    return [one.reps for one in entry.sets]


def test_an_export_of_today() -> None:
    log = read(
        HEAD
        + WHEN
        + '"Squat (Barbell)",W,40.0,5,0,0,"low bar","felt good",\n'
        + WHEN
        + '"Squat (Barbell)",1,60,8.0,0.0,0.0,"","felt good",8.5\n'
        + WHEN
        + '"Squat (Barbell)",F,60,7,0,0,,,\n'
        + WHEN
        + '"Squat (Barbell)",D,40,9,0,0,,,\n'
        + WHEN
        + '"Squat (Barbell)",Rest Timer,0,0,0,120,,,\n'
        + WHEN
        + '"Plank",1,0,0,0,45.0,,,\n'
        + WHEN
        + '"Running",1,0,0,5.2,1800,,,\n'
        + WHEN
        + '"Press",1,50,0,0,0,,,\n'
    )
    assert counts(log) == (8, 1, 1, 6)
    assert not log.problems
    [workout] = log.workouts
    assert (workout.name, workout.note) == ("Legs", "felt good")
    assert workout.started == datetime(2026, 3, 2, 18, 5)  # noqa: DTZ001  local
    assert workout.finished == datetime(2026, 3, 2, 19, 7)  # noqa: DTZ001  local
    squat, plank, run = workout.entries
    assert [one.kind for one in squat.sets] == [
        SetKind.WARMUP,
        SetKind.WORK,
        SetKind.FAILURE,
        SetKind.DROP,
    ]
    assert numbers(squat) == [5, 8, 7, 9]
    assert [one.weight for one in squat.sets] == [40, 60, 60, 40]
    assert [one.note for one in squat.sets] == ["low bar", "", "", ""]
    assert {one.unit for one in squat.sets} == {""}
    assert [one.rir for one in squat.sets] == [None, 1.5, None, None]
    assert (plank.sets[0].seconds, plank.sets[0].weight, plank.sets[0].reps) == (45, None, None)
    # The file does not say whether these are kilometres or miles.
    assert (run.sets[0].distance, run.sets[0].distance_m) == (5.2, None)


def test_the_oldest_counts_sets_from_0_and_tells_units_in_the_header() -> None:
    log = read(
        OLDEST
        + "2017-05-06 07:08:09,Run and lift,Squat,0,60,5,0,0,\r\n"
        + "2017-05-06 07:08:09,Run and lift,Squat,1,60,5,0,0,\r\n"
        + "2017-05-06 07:08:09,Run and lift,Run,0,0,0,2.5,900,easy\r\n"
    )
    assert counts(log) == (3, 0, 0, 3)
    squat, run = log.workouts[0].entries
    assert [(one.weight, one.unit) for one in squat.sets] == [(60, "kg"), (60, "kg")]
    assert (run.sets[0].distance_m, run.sets[0].distance, run.sets[0].note) == (2500, None, "easy")


def test_an_older_one_without_a_duration() -> None:
    log = read(OLDER + '2019-05-06 07:08:09,"A","Squat",1,60,5,0,0,"","",9\n')
    assert counts(log) == (1, 0, 0, 1)
    assert log.workouts[0].finished is None
    assert log.workouts[0].entries[0].sets[0].rir == 1


@pytest.mark.parametrize("head", [FRENCH, GERMAN, UNKNOWN, FRENCH.replace("'", "’")])
def test_a_header_in_another_language(head: str) -> None:
    log = read(
        head
        + '2026-03-02 18:05:00,"Beine",43m,"Kniebeuge",W,20,8,0,0,"","",\n'
        + '2026-03-02 18:05:00,"Beine",43m,"Kniebeuge",Ruhezeit,0,0,0,90,"","",\n'
        + '2026-03-02 18:05:00,"Beine",43m,"Kniebeuge",1,"62,5",8,0,0,"","",7\n'
        + '2026-03-02 18:05:00,"Beine",43m,"Kniebeuge",Odpočinek,0,0,0,90,"","",\n'
        + '2026-03-02 18:05:00,"Beine",43m,"Kniebeuge",Ruhezeit,0,0,0,0,"","",\n'
    )
    assert counts(log) == (5, 3, 0, 2)
    [entry] = log.workouts[0].entries
    assert [(one.kind, one.weight, one.rir) for one in entry.sets] == [
        (SetKind.WARMUP, 20, None),
        (SetKind.WORK, 62.5, 3),
    ]
    assert log.workouts[0].finished == datetime(2026, 3, 2, 18, 48)  # noqa: DTZ001  local


def test_semicolons_with_everything_in_quotes() -> None:
    when = '"7";"2026-03-02 18:05:00";"Push";"3480";'
    log = read(
        SEMICOLONS
        + when
        + '"Bench Press";"Note";"";"";"";"";"";"slow; and\nwide";"good"\n'
        + when
        + '"Bench Press";"WARM_UP";"13.6077711";"8";"";"";"";"";"good"\n'
        + when
        + '"Bench Press";"1";"65.181223569";"8";"8";"";"0.0";"";"good"\n'
        + when
        + '"Bench Press";"Rest Timer";"";"";"";"";"120";"";"good"\n'
        + when
        + '"Bench Press";"FAILURE";"60";"3";"";"";"";"";"good"\n'
        + when
        + '"Bench Press";"DROP_SET";"40";"3";"";"";"";"";"good"\n'
        + when
        + '"Running";"1";"";"";"";"5200";"1800";"";"good"\n'
    )
    assert counts(log) == (7, 1, 1, 5)
    [workout] = log.workouts
    assert (workout.name, workout.note) == ("Push", "good")
    assert workout.finished == datetime(2026, 3, 2, 19, 3)  # noqa: DTZ001  local
    bench, run = workout.entries
    assert bench.note == "slow; and\nwide"
    assert [(one.weight, one.unit) for one in bench.sets[:2]] == [
        (13.6077711, "kg"),
        (65.181223569, "kg"),
    ]
    assert [one.kind for one in bench.sets] == [
        SetKind.WARMUP,
        SetKind.WORK,
        SetKind.FAILURE,
        SetKind.DROP,
    ]
    assert (run.sets[0].distance_m, run.sets[0].seconds) == (5200, 1800)


@pytest.mark.parametrize("tail", ["58m", None])
def test_semicolons_with_a_unit_in_each_row(tail: str | None) -> None:
    ends = f";{tail}\n" if tail else "\n"
    head = UNITS if tail else UNITS.replace(";Workout Duration", "")
    when = '2022-02-16 17:40:08;"First";'
    log = read(
        head
        + when
        + f'"Press";1;45;lbs;2;;;;0;"";"a note"{ends}'
        + when
        + f'"Press";2;40;kg;2;;;;0;;{ends}'
        + when
        + f'"Press";3;;;12;;;;0;;{ends}'
        + when
        + f'"Treadmill";1;0;;0;;3;miles;600;;{ends}'
        + when
        + f'"Carry";1;24;kg;0;;40;m;;;{ends}'
        + when
        + f'"Carry";2;24;stone;0;;40;m;;;{ends}'
        + when
        + f'"Carry";3;24;kg;0;;40;miglia;;;{ends}'
    )
    assert counts(log) == (7, 0, 0, 5)
    assert [str(one) for one in log.problems] == [
        "line 7: 'stone' is not a unit of weight; only kg and lb are known",
        "line 8: 'miglia' is not a unit of length; write km, m or mi",
    ]
    [workout] = log.workouts
    assert (workout.note, bool(workout.finished)) == ("a note", bool(tail))
    press, treadmill, carry = workout.entries
    assert [(one.weight, one.unit) for one in press.sets] == [(45, "lb"), (40, "kg"), (None, "")]
    assert treadmill.sets[0].distance_m == 4828.03
    assert carry.sets[0].distance_m == 40


@pytest.mark.parametrize(
    ("title", "unit"), [("Weight (kg)", "kg"), ("Weight (lbs)", "lb"), ("lb", "lb"), ("Weight", "")]
)
def test_the_unit_of_the_header(title: str, unit: str) -> None:
    [entry] = entries(WHEN + "Squat,1,60,5,0,0,,,\n", HEAD.replace("Weight", title))
    assert entry.sets[0].unit == unit


def test_columns_may_be_fewer_elsewhere_and_more() -> None:
    rows = "5,Squat, 2026-03-02 ,1,x\n6,Squat,2026-03-02,2\n"
    [entry] = entries(rows, "REPS ,Exercise  Name, Date,set order,Mood\n")
    assert numbers(entry) == [5, 6]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        # The same number twice is one exercise; a count that begins again is another.
        (["S1", "S1", "S2", "S2"], [4]),
        (["S1", "S2", "S3", "S1", "S2"], [3, 2]),
        (["S0", "S1", "S0"], [2, 1]),
        (["S1", "S3", "S3"], [3]),
        (["S1", "S2", "S3", "SF", "S2"], [4, 1]),
        (["SW", "S1", "S2", "SW", "SW", "S1"], [3, 3]),
        (["SW", "S1", "S2", "SF", "SD", "S1"], [5, 1]),
        (["S1", "SW", "S2"], [3]),
        (["SW", "SW"], [2]),
        # Another exercise between.
        (["S1", "S2", "B1", "S1"], [2, 1, 1]),
        (["S1", "B1", "S1"], [1, 1, 1]),
        (["SF", "B1", "SF"], [1, 1, 1]),
        # In turns: the count goes on.
        (["SW", "BW", "S1", "B1", "S2", "B2"], [3, 3]),
        (["S1", "B1", "S2", "B2"], [2, 2]),
        # The set that was not done counts on as well.
        (["S1", "S2", "-1", "S2"], [2, 1]),
    ],
)
def test_an_exercise_done_twice_is_two_entries(orders: list[str], expected: list[int]) -> None:
    rows = [
        f"{WHEN}{'Bench' if one[0] == 'B' else 'Squat'},{one[1]},60,{int(one[0] != '-')},0,0,,,\n"
        for one in orders
    ]
    assert [len(entry.sets) for entry in entries("".join(rows))] == expected


def test_the_note_of_a_set_that_was_not_done_stays_with_the_exercise() -> None:
    rows = WHEN + 'Squat,1,60,0,0,0,"belt on",,\n' + WHEN + "Squat,2,60,5,0,0,,,\n"
    [entry] = entries(rows)
    assert (entry.note, [one.note for one in entry.sets]) == ("belt on", [""])


def test_a_workout_of_the_same_name_on_another_day_is_another() -> None:
    rows = [f"2026-03-0{day} 4:05:00\u202fPM,Legs,20s,Squat,1,60,5,0,0,,,\n" for day in (5, 4)]
    log = read(HEAD + "".join(rows))
    assert [one.started for one in log.workouts] == [
        datetime(2026, 3, day, 16, 5)  # noqa: DTZ001  local
        for day in (4, 5)
    ]
    assert [one.dated for one in log.workouts] == [False, False]


def test_a_bad_row_is_named_and_left_out() -> None:
    log = read(
        HEAD
        + "yesterday,Legs,1h,Squat,1,60,5,0,0,,,\n"
        + WHEN
        + ",1,60,5,0,0,,,\n"
        + WHEN
        + "Squat,1,heavy,5,0,0,,,\n"
        + WHEN
        + "Squat,1,60,5,0,0,a,note,,\n"
        + WHEN
        + "Squat,1,60,5,0,0,a,b,,,cd\n"
        + WHEN
        + "Squat,1,60,5,0,0,a,b,,,\n"
        + WHEN
        + "Squat,2,60,6\n"
    )
    assert counts(log) == (7, 0, 0, 3)
    assert [str(one) for one in log.problems] == [
        "line 2: 'yesterday' is not a date that can be read",
        "line 3: names no exercise",
        "line 4: Weight must be a number, not 'heavy'",
        "line 6: has 14 cells where the header has 12",
    ]


def test_a_workout_that_was_never_ended_keeps_its_sets() -> None:
    row = '"1";"2026-03-02 18:05:00";"A";"990000.0";"Squat";"1";"60";"5";"";"";"";"";""\n'
    log = read(SEMICOLONS + row)
    assert counts(log) == (1, 0, 0, 1)
    assert log.workouts[0].finished is None


def test_assistance_is_negative_and_a_side_is_told_by_our_own_exports() -> None:
    [entry] = entries(
        WHEN
        + 'Pull Up,1,-20,5,0,0,"Left side · \'=x",,\n'
        + WHEN
        + 'Pull Up,2,-20,5,0,0,"Left side felt stiff",,\n'
    )
    assert [(one.weight, one.side, one.note) for one in entry.sets] == [
        (-20, Side.LEFT, "'=x"),
        (-20, Side.BOTH, "Left side felt stiff"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment",
        "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time,Comment",
        "Day,Workout,Notes,Exercise,Set,Weight,Reps,Distance,Seconds,Mood,Sleep,RPE",
        "a,b,c,d,e,f,g,h,i,j,k,l",
        "a,b,c,d,e,f,g,h,i",
        "title,start_time,exercise_title,set_index",
        "Date,Exercise Name,Set Order",
    ],
)
def test_other_tables_are_none_of_its(header: str) -> None:
    table = table_of(header + "\n")
    assert not strong.fits(table.plain)
    with pytest.raises(BadDocument):
        strong.read(table)
