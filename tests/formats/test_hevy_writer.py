"""Hevy's CSV: what is written is read back as the same sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given

from tests.formats import workout_examples
from tests.strategies import examples
from tui.domain.model.library.catalog import Library
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side
from tui.formats import hevy_writer
from tui.formats.other_apps import hevy
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

STARTED = datetime(2026, 4, 8, 16, 50, 7, tzinfo=UTC)


def entry(name: str, superset: str | None, *sets: SetEntry) -> Entry:
    return Entry(id=name, edited="", exercise=name, superset=superset, sets=sets)


def row(place: str, number: int, side: Side, kind: SetKind, done: Measures) -> SetEntry:
    return SetEntry(id=place, edited="", number=number, side=side, kind=kind, done=done)


def read(text: str) -> OtherLog:
    table = table_of(text)
    assert hevy.fits(table.plain)
    return hevy.read(table)


def test_a_file_as_its_importer_expects_it() -> None:
    squat = entry(
        "squat",
        "a",
        row("1", 1, Side.BOTH, SetKind.WARMUP, Measures(reps=8, load_kg=20)),
        row("2", 1, Side.BOTH, SetKind.WORK, Measures(reps=5, load_kg=62.5)),
        row("3", 1, Side.BOTH, SetKind.DROP, Measures(reps=9, load_kg=40)),
        row("4", 1, Side.BOTH, SetKind.FAILURE, Measures(reps=3)),
    )
    plank = entry(
        "plank",
        "a",
        row("5", 1, Side.LEFT, SetKind.WORK, Measures(hold_s=40)),
        row("6", 1, Side.RIGHT, SetKind.WORK, Measures(holds=8, hold_s=5)),
    )
    carry = entry("carry", "b", row("7", 1, Side.BOTH, SetKind.WORK, Measures(distance_m=40)))
    one = Session(
        id="s",
        edited="",
        started=STARTED,
        finished=STARTED + timedelta(minutes=52),
        note="=A1",
        entries=(squat, plank, carry),
    )
    head = 'Own session,"8 Apr 2026, 16:50","8 Apr 2026, 17:42",\'=A1,'
    text = hevy_writer.render([one], Library())
    header, *rows = text.splitlines()
    assert header == (
        '"title","start_time","end_time","description","exercise_title","superset_id",'
        '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
        '"duration_seconds","rpe"'
    )
    assert rows == [
        f"{head}squat,0,,0,warmup,20,8,,,",
        f"{head}squat,0,,1,normal,62.5,5,,,",
        f"{head}squat,0,,2,failure,,3,,,",
        f"{head}squat,0,,3,dropset,40,9,,,",
        f"{head}plank,0,Left side,0,normal,,,,40,",
        f"{head}plank,0,Right side · 8 × 5 s,1,normal,,,,40,",
        f"{head}carry,,,0,normal,,,0.04,,",
    ]
    [workout] = read(text).workouts
    assert workout.note == "=A1"
    assert [each.superset for each in workout.entries] == ["0", "0", ""]


@examples(40)
@given(workout_examples.sessions())
def test_what_is_written_is_read_back(sessions: list[Session]) -> None:
    library = Library()
    log = read(hevy_writer.render(sessions, library))
    found, right = workout_examples.came_back(log), workout_examples.held(sessions, library)
    assert found.keys() == right.keys()
    for key, sets in right.items():
        assert [each[:-1] for each in found[key]] == [each[:-1] for each in sets]
        # A note that several sets of an exercise have comes back once.
        assert _notes(found[key]) == _notes(sets)


def _notes(sets: list[tuple[Any, ...]]) -> list[str]:
    return list(dict.fromkeys(note for *_, note in sets if note))
