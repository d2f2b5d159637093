"""StrongLifts of old: a row a workout, of which the unit that the runner used is filled in."""

from __future__ import annotations

from datetime import date

import pytest

from tui.formats.other_apps import stronglifts
from tui.formats.other_apps.stronglifts_old import APP, fits, read
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

HEADER = "Date,Note,Body Weight (KG),Body Weight (LB)" + "".join(
    f",Exercise {n},Weight (KG),Weight (LB),Set 1,Set 2,Set 3" for n in (1, 2)
)


def log_of(*rows: str) -> OtherLog:
    table = table_of("\n".join([HEADER, *rows]))
    assert fits(table.plain)
    assert not stronglifts.fits(table.plain)
    return read(table)


def test_workouts_in_pounds_and_in_kilograms() -> None:
    log = log_of(
        "02/21/18,so\\ntired,,175,Squat,,135,5,5,0,Bench Press,,95,5,4,",
        "02/23/18,,80,,Squat,60,,5,5,5,,,,,,",
    )
    # A missed set has 0 repetitions; cells that nobody filled in are no set.
    assert (log.app, log.rows, log.empty, log.problems) == (APP, 8, 1, ())
    pounds, kilograms = log.workouts
    assert pounds.started.date() == date(2018, 2, 21)
    assert (pounds.dated, pounds.note) == (True, "so\ntired")
    assert [
        (entry.name, [(one.weight, one.unit, one.reps) for one in entry.sets])
        for entry in pounds.entries
    ] == [
        ("Squat", [(135, "lb", 5), (135, "lb", 5)]),
        ("Bench Press", [(95, "lb", 5), (95, "lb", 4)]),
    ]
    [squat] = kilograms.entries
    assert [(one.weight, one.unit, one.reps) for one in squat.sets] == [(60, "kg", 5)] * 3
    assert [(one.metric, one.value) for one in log.metrics] == [
        ("body-weight-kg", 79.379),
        ("body-weight-kg", 80),
    ]


def test_what_cannot_be_read_is_told_of_by_its_line() -> None:
    log = log_of(
        "soon,,,,Squat,60,,5,5,5",
        "13/02/18,,,,Squat,60,,five,5,5",
        "14/02/18,,heavy,,Squat,60,,5,5,5",
        "15/02/18",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: 'soon' is not a date that can be read",
        "line 3: Reps must be a number, not 'five'",
        "line 4: Weight must be a number, not 'heavy'",
    ]
    assert (log.rows, len(log.workouts)) == (5, 1)


@pytest.mark.parametrize("header", [["date", "exercise", "set 1"], ["date", "exercise 1"], []])
def test_other_headers_do_not_fit(header: list[str]) -> None:
    assert not fits(header)
