"""No two readers of tables take each other's files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


CELLS = (
    *("", " ", "-", "0", "1", "8", "12,5", "-18.14", "1.234,5", "1e9", "nan", "²", "٣", "9" * 40),
    *("2025-03-01", "09/01/25", "31.12.2025", "0001-01-01 00:00 +2359", "2026-02-19 4:54 h"),
    *("10:56 PM", "25:61", "1:30", "0:00:30", "2h 18m", "20 ripetizioni", "5,00 km", "62 kg"),
    *("kg", "lbs", "stone", "TRUE", "Sì", "#", "KG", "REPS", "1. Squat · Barbell · 8 reps"),
    *("WU1 · 37,5 kg · 9 reps<br>WU2", "Squat", "\x1b[31m", "Bodyweight", "W", "warm-up"),
)


@given(
    st.sampled_from(HEADERS),
    st.lists(st.lists(st.sampled_from(CELLS), max_size=14), max_size=12),
)
def test_no_cell_breaks_a_reader(named: tuple[str, str], rows: list[list[str]]) -> None:
    name, header = named
    mark = ";" if ";" in header else ","
    lines = [mark.join(f'"{cell}"' for cell in row) for row in rows]
    table = table_of("\n".join([header, *lines]))
    reader = next(one for one in readers() if one.id == name and one.fits(table.plain))
    log = reader.read(table)
    done = sum(len(entry.sets) for one in log.workouts for entry in one.entries)
    counted = done + log.rests + log.skipped + log.empty
    # Each row is counted once; a row of a body tracker is a metric, and a title may be wrong too.
    assert counted <= log.rows <= counted + len(log.metrics) + len(log.problems)
