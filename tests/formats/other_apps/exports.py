"""An export of each kind that other apps write, made up here, and what is in it.

They have what real ones have: headers of every age, languages, encodings, units, rests, skipped
rows, rows of nothing, notes of several lines, and endurance among the strength work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from tests.formats.other_apps import test_alpha_progression as alpha
from tests.formats.other_apps import test_fitbod as fitbod
from tests.formats.other_apps import test_fitnotes as fitnotes
from tests.formats.other_apps import test_garmin_fit as garmin
from tests.formats.other_apps import test_gymbook as gymbook
from tests.formats.other_apps import test_gymrun as gymrun
from tests.formats.other_apps import test_hevy as hevy
from tests.formats.other_apps import test_liftlog as liftlog
from tests.formats.other_apps import test_liftosaur as liftosaur
from tests.formats.other_apps import test_strong as strong
from tests.formats.other_apps import test_stronglifts as stronglifts
from tests.formats.other_apps import test_stronglifts_old as stronglifts_old
from tests.formats.other_apps import test_wger as wger
from tests.formats.runfiles import fit, session

KINDS = ("work", "warmup", "drop", "failure")
PARTS = ("rows", "rest", "skipped", "empty", *KINDS, "holds", "assisted", "endurance", "metrics")


class Export(NamedTuple):
    """A file, what its app is called, what is in it (what is not named is not there), and what the
    runner has to say for it to be read."""

    data: bytes
    app: str
    has: Mapping[str, int]
    args: tuple[str, ...] = ()


def _lines(*rows: str, end: str = "\n") -> bytes:
    return end.join([*rows, ""]).encode()


# --- Strong ---------------------------------------------------------------------------------------

LEGS = '2026-03-02 18:05:00,"Legs",1h 2m,'
STRONG_ROWS = (
    f'{LEGS}"Squat (Barbell)",W,40.0,5,0,0,"low bar","felt\n good",',
    f'{LEGS}"Squat (Barbell)",1,60,8.0,0.0,0.0,"","felt good",8.5',
    f'{LEGS}"Squat (Barbell)",1,60,8,0,0,,,',
    f'{LEGS}"Squat (Barbell)",F,60,7,0,0,,,',
    f'{LEGS}"Squat (Barbell)",D,40,9,0,0,,,',
    f'{LEGS}"Squat (Barbell)",Rest Timer,0,0,0,120,,,',
    f'{LEGS}"Plank",1,0,0,0,45.0,,,',
    f'{LEGS}"Running",1,0,0,5.2,1800,,,',
    f'{LEGS}"Aerobics",1,0,0,0,600,,,',
    f'{LEGS}"Pull Up (Assisted)",1,20,8,0,0,,,',
    f'{LEGS}"Press",1,50,0,0,0,,,',
    f'{LEGS}"Squat (Barbell)",1,50,10,0,0,,,',
)
STRONG_HAS = {
    "rows": 12,
    "workouts": 1,
    "rest": 1,
    "empty": 1,
    "work": 5,
    "warmup": 1,
    "failure": 1,
    "drop": 1,
    "holds": 1,
    "assisted": 1,
    "endurance": 1,
    "runs_offered": 1,
}
BEINE = '2026-03-02 18:05:00,"Beine",43m,"Kniebeuge",'
STRONG_ABROAD = (
    f'{BEINE}W,20,8,0,0,"","",',
    f'{BEINE}Ruhezeit,0,0,0,90,"","",',
    f'{BEINE}1,"62,5",8,0,0,"","",7',
    f'{BEINE}Odpočinek,0,0,0,90,"","",',
    f'{BEINE}Ruhezeit,0,0,0,0,"","",',
)
ABROAD_HAS = {"rows": 5, "workouts": 1, "rest": 3, "work": 1, "warmup": 1}
PUSH = '"7";"2026-03-02 18:05:00";"Push";"3480";'
STRONG_QUOTED = (
    f'{PUSH}"Bench Press";"Note";"";"";"";"";"";"slow; and\nwide";"good"',
    f'{PUSH}"Bench Press";"WARM_UP";"13.6077711";"8";"";"";"";"";"good"',
    f'{PUSH}"Bench Press";"1";"65.181223569";"8";"8";"";"0.0";"";"good"',
    f'{PUSH}"Bench Press";"Rest Timer";"";"";"";"";"120";"";"good"',
    f'{PUSH}"Bench Press";"FAILURE";"60";"3";"";"";"";"";"good"',
    f'{PUSH}"Running";"1";"";"";"";"5200";"1800";"";"good"',
)
FIRST = '2022-02-16 17:40:08;"First";'
STRONG_UNITS = (
    f'{FIRST}"Press";1;45;lbs;2;;;;0;"";"a note";58m',
    f'{FIRST}"Press";2;40;kg;2;;;;0;;;58m',
    f'{FIRST}"Press";3;;;12;;;;0;;;58m',
    f'{FIRST}"Treadmill";1;0;;0;;3;miles;600;;;58m',
    f'{FIRST}"Farmers Walk";1;24;kg;0;;40;m;;;;58m',
)
OLD_RUN = "2017-05-06 07:08:09,Run and lift,"
STRONG_2017 = (
    f"{OLD_RUN}Squat,0,60,5,0,0,",
    f"{OLD_RUN}Squat,1,60,5,0,0,",
    f"{OLD_RUN}Wall Sit,0,0,0,0,40,",
    f"{OLD_RUN}Running,0,0,0,2.5,900,easy",
)
KG = ("--unit", "kg")
STRONG = {
    "strong 2017": Export(
        _lines(strong.OLDEST.strip(), *STRONG_2017, end="\r\n"),
        "Strong",
        {"rows": 4, "workouts": 1, "work": 3, "holds": 1, "runs_offered": 1},
    ),
    "strong 2019": Export(
        _lines(strong.OLDER.strip(), '2019-05-06 07:08:09,"A","Squat",1,60,5,0,0,"","",9'),
        "Strong",
        {"rows": 1, "workouts": 1, "work": 1},
        KG,
    ),
    "strong 2026": Export(_lines(strong.HEAD.strip(), *STRONG_ROWS), "Strong", STRONG_HAS, KG),
    "strong in UTF-16": Export(
        _lines(strong.HEAD.strip(), *STRONG_ROWS).decode().encode("utf-16"),
        "Strong",
        STRONG_HAS,
        KG,
    ),
    "strong with a mark and CRLF": Export(
        b"\xef\xbb\xbf" + _lines(strong.HEAD.strip(), *STRONG_ROWS, end="\r\n"),
        "Strong",
        STRONG_HAS,
        KG,
    ),
    "strong with 12 hours": Export(
        _lines(
            strong.HEAD.strip(),
            *(row.replace("18:05:00", "6:05:00\u202fPM") for row in STRONG_ROWS),
        ),
        "Strong",
        STRONG_HAS,
        KG,
    ),
    "strong in French": Export(
        _lines(strong.FRENCH.strip(), *STRONG_ABROAD, end="\r\n"), "Strong", ABROAD_HAS, KG
    ),
    "strong in German": Export(
        _lines(strong.GERMAN.strip(), *STRONG_ABROAD), "Strong", ABROAD_HAS, KG
    ),
    "strong of Android": Export(
        _lines(strong.SEMICOLONS.strip(), *STRONG_QUOTED),
        "Strong",
        {
            "rows": 6,
            "workouts": 1,
            "rest": 1,
            "empty": 1,
            "runs_offered": 1,
            "work": 1,
            "warmup": 1,
            "failure": 1,
        },
    ),
    "strong with a unit in each row": Export(
        _lines(strong.UNITS.strip(), *STRONG_UNITS),
        "Strong",
        {"rows": 5, "workouts": 1, "work": 4, "runs_offered": 1},
    ),
}

# --- Hevy -----------------------------------------------------------------------------------------

PULL = '"Pull 💪","10 abr. 2026, 07:00","10 abr. 2026, 07:40","",'
HEVY_ROWS = (
    f'{PULL}"Chin Up","1","",0,"normal",,8,,,',
    f'{PULL}"Dumbbell Row","1","",0,"normal",22.68,10,,,',
    f'{PULL}"Chin Up","1","",1,"normal",,7,,,',
    f'{hevy.WHEN}"Squat (Barbell)",,"knees\\nout",0,"warmup",22.68,10,,,',
    f'{hevy.WHEN}"Squat (Barbell)",,"knees\\nout",1,"normal",60,5,,,8.5',
    f'{hevy.WHEN}"Squat (Barbell)",,"knees\\nout",2,"dropset",40,8,,,',
    f'{hevy.WHEN}"Squat (Barbell)",,"knees\\nout",3,"failure",60,3,,,10',
    f'{hevy.WHEN}"Squat (Barbell)",,"knees\\nout",4,"normal",60,,,,',
    f'{hevy.WHEN}"Plank",,"",0,"normal",,,,45,',
    f'{hevy.WHEN}"Treadmill",,"",0,"normal",,,2.5,900,',
    f'{hevy.WHEN}"Cycling",,"",0,"normal",,,12,1800,',
    f'{hevy.WHEN}"Pull Up (Assisted)",,"",0,"normal",-20,8,,,',
    f'{hevy.WHEN}"Squat (Barbell)",,"",0,"normal",50,8,,,',
)
HEVY_HAS = {
    "rows": 13,
    "workouts": 2,
    "empty": 1,
    "endurance": 1,
    "runs_offered": 1,
    "work": 7,
    "warmup": 1,
    "drop": 1,
    "failure": 1,
    "holds": 1,
    "assisted": 1,
}
HEVY = {
    f"hevy in {what}": Export(_lines(head.strip(), *HEVY_ROWS), "Hevy", HEVY_HAS)
    for what, head in (
        ("kilograms", hevy.HEAD),
        ("pounds and miles", hevy.POUNDS),
        ("pounds and kilometres", hevy.MIXED),
    )
}

# --- FitNotes -------------------------------------------------------------------------------------

DAY = "2025-03-01,"
FITNOTES_ROWS = (
    f"{DAY}Barbell Squat,Legs,60.0,kgs,8,,,,felt\\neasy",
    f"{DAY}Barbell Squat,Legs,132.28,lbs,8,,,,",
    f"{DAY}{fitnotes.PRESS},Shoulders,12.5,kgs,8,,,,good, really",
    f"{DAY}Side Plank,Abs,0.0,kgs,0,10,kg,0:01:05,",
    f"{DAY}Side Plank,Abs,0.0,kgs,0,,,0:00:30,",
    f"{DAY}Running (Treadmill),Cardio,,,,5.0,km,0:25:30,",
    f"{DAY}Assault Bike,Cardio,,,,,,0:10:00,",
    f"{DAY}Morning Machine,Cardio,,,,,,0:10:00,",
    f"{DAY}Deadlift,Back,100,kgs,0,,,,",
)
FITNOTES_HAS = {
    "rows": 9,
    "workouts": 1,
    "empty": 1,
    "work": 5,
    "holds": 2,
    "endurance": 2,
    "runs_offered": 1,
}
FITNOTES = {
    "fitnotes": Export(_lines(fitnotes.ANDROID, *FITNOTES_ROWS), "FitNotes", FITNOTES_HAS),
    "fitnotes without comments": Export(
        _lines(
            fitnotes.ANDROID.removesuffix(",Comment"),
            *(row[: row.rindex(",")] for row in FITNOTES_ROWS if "really" not in row),
        ),
        "FitNotes",
        {**FITNOTES_HAS, "rows": 8, "work": 4},
    ),
    "fitnotes of old": Export(
        _lines(
            "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time",
            "2014-03-01,Deadlift,Back,225,5,,,",
            "2014-03-01,Plank,Abs,,,,,0:00:30",
        ),
        "FitNotes",
        {"rows": 2, "workouts": 1, "work": 2, "holds": 1},
    ),
    "fitnotes of iOS": Export(
        _lines(
            fitnotes.IOS,
            f"{DAY}Deadlift,Back,100,,5,,,,heavy,Warm-up",
            f"{DAY}Deadlift,Back,,225,5,,,,,wr",
        ),
        "FitNotes",
        {"rows": 2, "workouts": 1, "work": 1, "warmup": 1},
    ),
    "fitnotes, the body": Export(
        _lines(
            "Date,Time,Measurement,Value,Unit",
            "2025-03-01,07:00:00,Bodyweight,70.5,kgs",
            "2025-03-02,07:00:00,Bodyweight,155,lbs",
            "2025-03-02,07:00:00,Waist,80,cm",
            "2025-03-02,07:00:00,Neck,,cm",
        ),
        "FitNotes",
        {"rows": 4, "empty": 1, "metrics": 3},
    ),
}

# --- others ---------------------------------------------------------------------------------------

AT = "2026-10-1"
OTHERS = {
    "wger": Export(
        json.dumps(
            wger.page(
                wger.log(1, exercise_name="Squat"),
                wger.log(2, exercise_name="Squat", repetitions_unit=2, repetitions="12"),
                wger.log(3, exercise_name="Squat", next_log=4),
                wger.log(4, exercise_name="Squat", weight="110", weight_unit=2),
                wger.log(
                    5,
                    exercise_name="Plank",
                    repetitions_unit=3,
                    repetitions="60.00",
                    weight=None,
                ),
                wger.log(6, exercise_name="Running", repetitions_unit=4, repetitions=30, weight=0),
                wger.log(7, exercise_name="Squat", repetitions="0.00"),
            )
        ).encode(),
        "wger",
        {
            "rows": 7,
            "workouts": 1,
            "empty": 1,
            "runs_offered": 1,
            "work": 3,
            "failure": 1,
            "drop": 1,
            "holds": 1,
        },
    ),
    "liftosaur": Export(
        _lines(liftosaur.HEAD.strip(), *liftosaur.ROWS.split("\r\n")[:6], end="\r\n"),
        "Liftosaur",
        {"rows": 6, "workouts": 1, "empty": 1, "work": 3, "warmup": 2, "assisted": 1},
    ),
    "liftosaur of old": Export(
        _lines(
            liftosaur.OLD_HEAD.strip(),
            "2023-03-01T10:00:00.000Z,P,Day 1,Squat,0,5,5,9,0,225,lb,,Quads,,",
        ),
        "Liftosaur",
        {"rows": 1, "workouts": 1, "work": 1},
    ),
    "liftlog": Export(
        _lines(liftlog.HEAD.strip(), *liftlog.ROWS.splitlines()[:6]),
        "LiftLog",
        {"rows": 6, "workouts": 2, "empty": 1, "work": 5},
    ),
    "stronglifts": Export(
        b"\xef\xbb\xbf"
        + _lines(
            stronglifts.header(),
            stronglifts.row("Squat", "5,55,5,55,0,55"),
            stronglifts.row("Chinups", "10,-5,8,,6,0"),
            stronglifts.row("Plank", "60,,45,,0,", by=",3×60"),
            end="\r\n",
        ),
        "StrongLifts",
        {
            "rows": 9,
            "workouts": 1,
            "empty": 2,
            "work": 7,
            "holds": 2,
            "assisted": 1,
            "metrics": 1,
        },
    ),
    "stronglifts in pounds": Export(
        _lines(
            stronglifts.header(unit="LB"), stronglifts.row("Squat", "5,135,5,135,,", body="175")
        ),
        "StrongLifts",
        {"rows": 2, "workouts": 1, "work": 2, "metrics": 1},
    ),
    "stronglifts of old": Export(
        _lines(
            stronglifts_old.HEADER,
            "02/21/18,so\\ntired,,175,Squat,,135,5,5,0,Bench Press,,95,5,4,",
            "02/23/18,,80,,Squat,60,,5,5,5,,,,,,",
        ),
        "StrongLifts",
        {"rows": 8, "workouts": 2, "empty": 1, "work": 7, "metrics": 2},
    ),
    "gymbook": Export(
        _lines(
            gymbook.ITALIAN,
            gymbook.italian("20 ripetizioni", "0,00 kg", kind="Set di riscaldamento"),
            gymbook.italian("8 ripetizioni", "62,50 kg"),
            gymbook.italian("8 ripetizioni", "62,50 kg", skipped="Sì"),
            gymbook.italian("8 ripetizioni", "40,00 kg", kind="Set di defaticamento"),
            '09/01/25,Gambe,18:20,Plank,Addome,A,,Set,45 secondi,"0,00 kg",,No',
            '09/01/25,Gambe,18:30,Cyclette,Cardio,,,Set,10 minuti,"1,50 km",,No',
            '09/01/25,Gambe,18:30,Cyclette,Cardio,,,Set,0 minuti,"0,00 km",,No',
        ),
        "GymBook",
        {
            "rows": 7,
            "workouts": 1,
            "skipped": 1,
            "empty": 1,
            "work": 2,
            "warmup": 2,
            "holds": 1,
            "endurance": 1,
        },
    ),
    "gymrun": Export(
        _lines(
            gymrun.NEW,
            "29.04.2025;12:00:00;Chest;Bench Press;1;62,5;10;;;;;;;;slow\\nlow;1;1;1",
            "29.04.2025;12:05:00;Chest;Bench Press;2;65;8;;;;;;;;;1;1;1",
            "29.04.2025;12:15:00;Chest;Plank;1;;;0:01:00;;;;;;;;1;1;1",
            "29.04.2025;12:20:00;Chest;Plank;2;;0;;;;;;;;;1;1;1",
            end="\r\n",
        ),
        "GymRun",
        {"rows": 4, "workouts": 1, "empty": 1, "work": 3, "holds": 1},
        KG,
    ),
    "alpha progression": Export(
        _lines(
            alpha.TITLE,
            f'{alpha.SQUAT};"WU1 · 37,5 kg · 9 reps<br>WU2 · 72,5 kg · 7 reps"',
            alpha.COLUMNS,
            "1;115;8;1",
            "2;102,5;10;0,5",
            "3;-;-;-",
            "",
            '"Core";"2026-02-17 17:04 h";"52 min"',
            '"1. Plank · 30 secs"',
            "#;KG;SECS",
            "1;+0;45",
            '"2. Bike · Cardio · 10 mins"',
            "#;KM;MINS",
            "1;2,5;10",
        ),
        "Alpha Progression",
        {
            "rows": 7,
            "workouts": 2,
            "empty": 1,
            "work": 3,
            "warmup": 2,
            "holds": 1,
            "endurance": 1,
        },
    ),
    "fitbod 2019": Export(
        _lines(
            fitbod.OLD,
            "2019-05-03 18:00:00 +0000,Leg Press,1,10,85,,",
            "2019-05-01 10:02:51 +0000,Leg Press,1,12,40.5,TRUE,",
            "2019-05-01 10:02:51 +0000,Assisted Pull Up,1,8,-18.14,,",
            "2019-05-01 10:02:51 +0000,Plank,1,0,5,,",
        ),
        "Fitbod",
        {"rows": 4, "workouts": 2, "empty": 1, "work": 2, "warmup": 1, "assisted": 1},
        KG,
    ),
    "fitbod": Export(
        _lines(
            fitbod.NEW,
            "2026-06-30 18:00:00 +0100,Dumbbell Bench Press,10,22.5,0,0,0.0,0.0,false,,2.0",
            "2026-06-30 18:00:00 +0100,Plank,0,0.0,45,0.0,0.0,0.0,false,,1.0",
            "2026-06-30 18:00:00 +0100,Rowing,0,0.0,600,2000.0,0.0,7.0,true,,1.0",
        ),
        "Fitbod",
        {"rows": 3, "workouts": 1, "work": 2, "holds": 1, "endurance": 1},
    ),
    "a watch": Export(
        fit(
            garmin.done(0, reps=8, weight=1000),
            garmin.done(30, kind=garmin.RESTING, ms=90_000),
            garmin.done(120, reps=8, weight=1000),
            garmin.done(150, kind=garmin.RESTING, ms=90_000),
            garmin.done(240, ms=45_500, what=(garmin.PLANK,)),
            garmin.done(300, ms=0, weight=1000),
            session(datetime(2026, 11, 3, 17, tzinfo=UTC), garmin.TRAINING),
        ),
        "Garmin",
        {"rows": 6, "workouts": 1, "rest": 2, "empty": 1, "work": 3, "holds": 1},
    ),
    "a table": Export(
        _lines(
            "Date,Exercise,Set,Weight,Reps,Seconds,Workout",
            "2026-11-03,Squat,W,20,8,,A",
            "2026-11-03,Squat,1,60,8,,A",
            "2026-11-03,Squat,Rest,,,90,A",
            "2026-11-03,Squat,2,60,0,,A",
            "2026-11-03,Plank,1,,,45,A",
        ),
        "",
        {"rows": 5, "workouts": 1, "rest": 1, "empty": 1, "work": 2, "warmup": 1, "holds": 1},
        KG,
    ),
}

EXPORTS: Mapping[str, Export] = {**STRONG, **HEVY, **FITNOTES, **OTHERS}
