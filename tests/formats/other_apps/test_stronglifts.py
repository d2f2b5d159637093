"""StrongLifts: pairs of columns for the sets, whose unit counts, and the body weight."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tui.formats.other_apps.stronglifts import APP, fits, read
from tui.formats.other_apps.table import table_of, text_of
from tui.formats.other_apps.workouts import OtherLog


def header(sets: int = 3, unit: str = "KG", body: str = "KG", sign: str = "×") -> str:
    return (
        f"Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight ({body}),Exercise,"
        f"Sets{sign}Reps,Sets{sign}Time,Top Set (Reps{sign}{unit}),e1RM  ({unit}),Reps,"
        f"Volume ({unit}),Workout Volume ({unit}),Duration (hours),Start Time (h:mm),"
        "End Time (h:mm),Notes" + "".join(f",Set {n} (Reps), Set {n} ({unit})" for n in _to(sets))
    )


def _to(count: int) -> range:
    return range(1, count + 1)


def row(
    exercise: str,
    sets: str,
    *,
    day: str = "2025/08/11",
    workout: str = "1",
    body: str = "83.5",
    by: str = "5×5,",
    times: str = "10:56 PM,11:40 PM",
    note: str = "",
) -> str:
    return (
        f'{day},{workout},"Workout A","Stronglifts 5×5",{body},"{exercise}",{by},5×55,63.7,20,'
        f'1100,3330.0,0.009,{times},"{note}",{sets}'
    )


def log_of(head: str, *rows: str) -> OtherLog:
    table = table_of(text_of("\ufeff".encode() + "\r\n".join([head, *rows]).encode()))
    assert fits(table.plain)
    return read(table)


@pytest.mark.parametrize("sign", ["×", "x"])
def test_a_workout_of_two_exercises(sign: str) -> None:
    log = log_of(
        header(sign=sign),
        row("Squat", "5,55,5,55,0,55", note="felt\\ngood"),
        row("Bench Press", "5,40,4,40,,", note="felt\\ngood"),
    )
    # A missed set has 0 repetitions; cells that nobody filled in are no set.
    assert (log.app, log.rows, log.empty, log.problems) == (APP, 5, 1, ())
    [one] = log.workouts
    assert (one.name, one.note, one.dated) == ("Workout A", "felt\ngood", False)
    assert one.started == datetime.fromisoformat("2025-08-11 22:56")
    assert one.finished == datetime.fromisoformat("2025-08-11 23:40")
    squat, bench = one.entries
    assert (squat.name, squat.note) == ("Squat", "")
    assert [(done.weight, done.unit, done.reps) for done in squat.sets] == [(55, "kg", 5)] * 2
    assert [done.reps for done in bench.sets] == [5, 4]


def test_a_note_of_one_exercise_stays_with_it() -> None:
    log = log_of(header(), row("Squat", "5,55,,,,"), row("Row", "5,40,,,,", note="form"))
    assert log.workouts[0].note == ""
    assert [entry.note for entry in log.workouts[0].entries] == ["", "form"]


def test_workouts_are_told_apart_by_number_and_start_and_exercises_by_row() -> None:
    log = log_of(
        header(),
        row("Squat", "5,55,,,,"),
        row("Squat", "3,70,,,,"),
        row("Squat", "5,55,,,,", workout="2", times="11:57 PM,12:20 AM"),
        row("Squat", "5,55,,,,", day="2025/08/09", workout="3", times=","),
    )
    assert [len(one.entries) for one in log.workouts] == [1, 2, 1]
    assert log.workouts[0].dated
    assert log.workouts[2].finished == datetime.fromisoformat("2025-08-12 00:20")


def test_assistance_stays_below_zero_and_no_weight_is_none() -> None:
    log = log_of(header(), row("Chinups", "10,-5,8,,6,0"))
    assert [(one.weight, one.unit, one.reps) for one in log.workouts[0].entries[0].sets] == [
        (-5, "kg", 10),
        (None, "", 8),
        (None, "", 6),
    ]


def test_an_exercise_that_is_timed() -> None:
    log = log_of(header(), row("Plank", "60,,45,,0,", by=",3×60"))
    assert [(one.seconds, one.reps) for one in log.workouts[0].entries[0].sets] == [
        (60, None),
        (45, None),
    ]


@pytest.mark.parametrize(
    ("unit", "body", "weights", "kilograms"),
    [
        ("KG", "KG", ["83.5", "84"], [83.5, 84]),
        ("LB", "LB", ["180"], [81.647]),
        ("KG", "LB", ["180"], [81.647]),
        # The sets are in pounds, so the KG of the body weight is only a word of the header ...
        ("LB", "KG", ["175", "", "176"], [79.379, 79.832]),
        # ... but a runner of 70 pounds there is none.
        ("LB", "KG", ["70", "90"], [70, 90]),
        ("KG", "KG", ["0", "999", ""], []),
    ],
)
def test_body_weight(unit: str, body: str, weights: list[str], kilograms: list[float]) -> None:
    days = [f"2025/08/{10 + n}" for n in range(len(weights))]
    rows = [
        row("Squat", "5,55,,,,", day=day, body=weight)
        for day, weight in zip(days, weights, strict=True)
    ]
    log = log_of(header(unit=unit, body=body), *rows, rows[0])
    assert [one.value for one in log.metrics] == kilograms
    assert {one.metric for one in log.metrics} <= {"body-weight-kg"}
    assert len({one.day for one in log.metrics}) == len(kilograms)


def test_the_unit_of_the_sets_is_theirs() -> None:
    log = log_of(header(unit="LB", body="KG"), row("Squat", "5,135,,,,", body="175"))
    assert log.workouts[0].entries[0].sets[0].unit == "lb"


@pytest.mark.parametrize(
    ("head", "text", "day"),
    [
        ("Date (dd/mm/yyyy)", "05/08/2025", date(2025, 8, 5)),
        ("Date (mm/dd/yyyy)", "05/08/2025", date(2025, 5, 8)),
        ("Date", "2025-08-05", date(2025, 8, 5)),
        ("Date", "25/08/2025", date(2025, 8, 25)),
    ],
)
def test_the_date_is_as_the_header_says(head: str, text: str, day: date) -> None:
    log = log_of(header().replace("Date (yyyy/mm/dd)", head), row("Squat", "5,55,,,,", day=text))
    assert log.workouts[0].started.date() == day


def test_what_cannot_be_read_is_told_of_by_its_line() -> None:
    log = log_of(
        header(),
        row("Squat", "five,55,5,60,,"),
        row("", "5,55,,,,"),
        row("Squat", "5,55,,,,", day="05/08/2025"),
        row("Squat", "5,55,,,,", times="late,"),
        "2025/08/11",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: Reps must be a number, not 'five'",
        "line 3: names no exercise",
        "line 4: '05/08/2025' can be read as two dates; write it as 2025-12-31 in the file",
        "line 5: 'late' is not a time of day that can be read",
        "line 6: names no exercise",
    ]
    assert (log.rows, len(log.workouts[0].entries[0].sets)) == (6, 1)


@pytest.mark.parametrize("plain", [["date", "exercise", "reps"], ["exercise", "set 1"], []])
def test_other_headers_do_not_fit(plain: list[str]) -> None:
    assert not fits(plain)
