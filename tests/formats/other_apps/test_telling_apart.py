"""No two readers of tables take each other's files."""

from __future__ import annotations

import pytest

from tui.formats.other_apps.apps import FORMATS, readers
from tui.formats.other_apps.table import table_of

HEADERS = [
    ("fitnotes", "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time"),
    ("fitnotes", "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time"),
    ("fitnotes", "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Time,Notes,Kind"),
    ("fitnotes", "Date,Time,Measurement,Value,Unit"),
    ("fitbod", "Date,Exercise,Sets,Reps,Weight,isWarmup,Note"),
    ("fitbod", "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),isWarmup,Note,multiplier"),
    ("stronglifts", "Date (yyyy/mm/dd),Workout,Exercise,Notes,Set 1 (Reps), Set 1 (KG)"),
    ("stronglifts", "Date,Note,Body Weight (KG),Exercise 1,Weight (KG),Weight (LB),Set 1,Set 2"),
    ("gymbook", "Data,Programma,Orario,Esercizio,Ripetizioni / Tempo,Peso / Distanza,Saltato"),
    ("gymrun", "Data;Czas;Ćwiczenie;Seria;Waga;Powt.;Uwaga;"),
    ("gymrun", "Date;Time;Routine;Exercise;Set;Weight;Reps;Duration;Para6;Note;Type;Version1"),
    ("alpha-progression", '"Legs · Day 2";"2026-02-19 4:54 h";"1:02 hr"'),
    ("strong", "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes"),
    ("liftlog", "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes"),
]


@pytest.mark.parametrize(("name", "header"), HEADERS)
def test_one_reader_takes_a_header(name: str, header: str) -> None:
    plain = table_of(header + "\n").plain
    assert [one.id for one in readers() if one.fits(plain)] == [name]


def test_each_reader_can_be_asked_for() -> None:
    assert {one.id for one in readers()} <= set(FORMATS)
