"""Makes exports of other apps for the benchmarks: made up, and the same every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

ROWS = 10_000
# So many sets of each exercise, and so many sets in a workout.
SETS, IN_WORKOUT = 3, 18
BEGUN = datetime(2012, 1, 2, 18, 5)  # noqa: DTZ001  wall-clock time, as in the files
EXERCISES = (
    *("Squat (Barbell)", "Bench Press (Barbell)", "Bent Over Row (Barbell)", "Leg Press"),
    *("Single Leg Calf Raise", "Lat Pulldown (Cable)", "Overhead Press (Dumbbell)", "Deadlift"),
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Row(NamedTuple):
    """One set: when its workout began, the number of that, the exercise, the number of the set in
    it, kilograms, repetitions, seconds, and a note."""

    at: datetime
    workout: int
    exercise: str
    number: int
    weight: float
    reps: int
    seconds: int
    note: str


class Made(NamedTuple):
    """A kind of export: its header, a line for a row, and what ends a line."""

    header: str
    line: Callable[[Row], str]
    end: str = "\n"


def rows() -> Iterator[Row]:
    """The sets of a log, oldest first."""
    for n in range(ROWS):
        workout, place = divmod(n, IN_WORKOUT)
        number = place // SETS
        held = number == IN_WORKOUT // SETS - 1
        yield Row(
            at=BEGUN + timedelta(days=7 * workout // 3, minutes=workout % 50),
            workout=workout,
            exercise="Plank" if held else EXERCISES[(workout * 5 + number) % len(EXERCISES)],
            number=place % SETS,
            weight=0 if held else 40 + 2.5 * (n % 31),
            reps=0 if held else 5 + n % 8,
            seconds=45 if held else 0,
            note="left calf a little tight" if n % 40 == 0 else "",
        )


def _clock(row: Row) -> str:
    return f"0:00:{row.seconds:02d}" if row.seconds else ""


def _written(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"


def _hevy(row: Row) -> str:
    end = row.at + timedelta(minutes=50)
    return (
        f'"Full body","{_written(row.at)}","{_written(end)}","","{row.exercise}",,"{row.note}",'
        f'{row.number},"normal",{row.weight or ""},{row.reps or ""},,{row.seconds or ""},8'
    )


def _liftosaur(row: Row) -> str:
    at = f"{row.at:%Y-%m-%dT%H:%M:%S}.000Z"
    return (
        f"{at},Mine,Day 1,{row.exercise},0,8,{row.reps or 1},0,,8,1,{row.weight},kg,{row.weight},"
        f"kg,0,{at},Quads,,{row.note}"
    )


def _stronglifts(row: Row) -> str:
    end = row.at + timedelta(minutes=50)
    load = row.weight or 20
    return (
        f'{row.at:%Y/%m/%d},{row.workout},"Workout A","Stronglifts 5×5",70,"{row.exercise}",5×5,,'
        f"5×{load},63.7,25,{25 * load},{75 * load},0.833,{row.at:%I:%M %p},{end:%I:%M %p},"
        f'"{row.note}"' + f",5,{load}" * 5
    )


MADE: Mapping[str, Made] = {
    "strong": Made(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
        "Workout Notes,RPE",
        lambda r: (
            f'{r.at},"Full body",50m,"{r.exercise}",{r.number + 1},{r.weight},{r.reps},0,'
            f'{r.seconds},"{r.note}","",8'
        ),
    ),
    "strong, Android": Made(
        '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";'
        '"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"',
        lambda r: (
            f'"{r.workout}";"{r.at}";"Full body";"3000";"{r.exercise}";"{r.number + 1}";'
            f'"{r.weight}";"{r.reps}";"";"";"{r.seconds or ""}";"{r.note}";""'
        ),
    ),
    "hevy": Made(
        '"title","start_time","end_time","description","exercise_title","superset_id",'
        '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
        '"duration_seconds","rpe"',
        _hevy,
    ),
    "fitnotes": Made(
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment",
        lambda r: (
            f"{r.at:%Y-%m-%d},{r.exercise},Legs,{r.weight},kgs,{r.reps or ''},,,{_clock(r)},"
            f"{r.note}"
        ),
    ),
    "fitbod": Made(
        "Date,Exercise,Sets,Reps,Weight,isWarmup,Note",
        lambda r: f"{r.at} +0000,{r.exercise},1,{r.reps or 1},{r.weight},,{r.note}",
    ),
    "gymbook": Made(
        "Data,Programma,Orario,Esercizio,Zona,Gruppi muscolari (Primari),Gruppi muscolari "
        "(Secondari),Set / Set di riscaldamento / Set di defaticamento,Ripetizioni / Tempo,"
        "Peso / Distanza,Appunti,Saltato",
        lambda r: (
            f"{r.at:%d/%m/%y},Gambe,{r.at:%H:%M},{r.exercise},Gambe,Q,,Set,"
            f'{r.reps or 45} {"ripetizioni" if r.reps else "secondi"},"{r.weight:.2f} kg",'
            f"{r.note},No"
        ),
    ),
    "gymrun": Made(
        "Date;Time;Routine;Exercise;Set;Weight;Reps;Duration;Distance;Para6;Note;Type;Book;Version1",
        lambda r: (
            f"{r.at:%d.%m.%Y};{r.at:%H:%M:%S};Full body;{r.exercise};{r.number + 1};{r.weight};"
            f"{r.reps or ''};{_clock(r)};;;{r.note};1;1;1"
        ),
        "\r\n",
    ),
    "stronglifts": Made(
        "Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Sets×Reps,"
        "Sets×Time,Top Set (Reps×KG),e1RM  (KG),Reps,Volume (KG),Workout Volume (KG),"
        "Duration (hours),Start Time (h:mm),End Time (h:mm),Notes"
        + "".join(f",Set {n} (Reps),Set {n} (KG)" for n in range(1, 6)),
        _stronglifts,
    ),
    "liftosaur": Made(
        "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,"
        "Is AMRAP?,Required RPE,Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,"
        "Completed Weight Value,Completed Weight Unit,Ask Weight?,Completed Reps Time,"
        "Target Muscles,Synergist Muscles,Notes",
        _liftosaur,
    ),
    "liftlog": Made(
        "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes",
        lambda r: (
            f"{r.workout},{r.at + timedelta(minutes=r.number):%Y-%m-%dT%H:%M:%S},{r.exercise},"
            f"{r.weight},kg,{r.reps or 1},8,{r.note}"
        ),
    ),
    "another table": Made(
        "Date,Exercise,Set,Weight (kg),Reps,Seconds,Notes",
        lambda r: (
            f"{r.at:%Y-%m-%d},{r.exercise},{r.number + 1},{r.weight},{r.reps or ''},"
            f"{r.seconds or ''},{r.note}"
        ),
    ),
}


def export(name: str) -> bytes:
    """The export of a kind with so many ROWS."""
    made = MADE[name]
    lines = [made.header, *map(made.line, rows()), ""]
    return made.end.join(lines).encode()
