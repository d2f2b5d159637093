"""Writes sessions as Hevy exports them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from tui.domain.model.library.catalog import Library
from tui.domain.model.units import plain
from tui.domain.model.values import Session, SetKind
from tui.formats.csv_cells import safe
from tui.formats.workout_rows import workouts

HEADER = (
    *("title", "start_time", "end_time", "description", "exercise_title", "superset_id"),
    *("exercise_notes", "set_index", "set_type", "weight_kg", "reps", "distance_km"),
    *("duration_seconds", "rpe"),
)
TYPES = {
    SetKind.WARMUP: "warmup",
    SetKind.WORK: "normal",
    SetKind.DROP: "dropset",
    SetKind.FAILURE: "failure",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def render(sessions: Iterable[Session], library: Library) -> str:
    """A CSV file of the sessions, oldest first: kilograms, below zero for help, kilometres, and
    the time on the clock on the wall.

    It cannot hold left and right, nor short holds: these are told in the note, the holds with their
    total as seconds. Hevy's own files have one note for an exercise, in each of its rows, so a note
    that several of its sets have comes back once. It has neither ids nor zones, tempo, pauses,
    pain, effort, flags, more than 4 repetitions in reserve, sets that were left out or came to
    nothing, metres and seconds in parts, nor seconds of the day. Two sessions with the same name
    that began and ended in the same minutes become one workout. A workout without an end ends as
    it starts."""
    file = StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(HEADER)
    writer = csv.writer(file, lineterminator="\n")
    for workout in workouts(sessions, library):
        times = _time(workout.started), _time(workout.finished or workout.started)
        head = safe(workout.name), *times, safe(workout.note)
        for row in workout.rows:
            group = "" if row.superset is None else row.superset
            did = safe(row.exercise), group, safe(row.note), row.place, TYPES[row.kind]
            weight, far = _number(row.weight_kg), _number(row.metres / 1000)
            rpe = _number(row.rpe or 0)
            writer.writerow([*head, *did, weight, row.reps or "", far, row.seconds or "", rpe])
    return file.getvalue()


def _number(value: float) -> str:
    return plain(value) if value else ""


def _time(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}"
