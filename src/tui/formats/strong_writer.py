"""Writes sessions as Strong exports them, which other apps import."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from tui.domain.model.library.catalog import Library
from tui.domain.model.units import plain
from tui.domain.model.values import Session, SetKind
from tui.formats.csv_cells import safe
from tui.formats.workout_rows import Workout, workouts

HEADER = (
    *("Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps"),
    *("Distance", "Seconds", "Notes", "Workout Notes", "RPE"),
)
LETTERS = {SetKind.WARMUP: "W", SetKind.DROP: "D", SetKind.FAILURE: "F"}


def render(sessions: Iterable[Session], library: Library) -> str:
    """A CSV file of the sessions, oldest first: kilograms, below zero for help, kilometres, and
    the time on the clock on the wall.

    It cannot hold left and right, nor short holds: these are told in the set's note, the holds with
    their total as seconds. It has neither supersets nor ids, zones, tempo, pauses, pain, effort,
    flags, more than 4 repetitions in reserve, sets that were left out or came to nothing, metres
    and seconds in parts, nor the seconds of a workout's length. An exercise done twice in a session
    may become one entry if it had but one work set, or none, the first time; two sessions of one
    name that began in the same second become one workout."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    for workout in workouts(sessions, library):
        date = workout.started.isoformat(" ", "seconds")
        name, about, length = safe(workout.name), safe(workout.note), _length(workout)
        for row in workout.rows:
            order = LETTERS.get(row.kind) or row.number
            amounts = plain(row.weight_kg), row.reps, plain(row.metres / 1000), row.seconds
            rpe = "" if row.rpe is None else plain(row.rpe)
            did = safe(row.exercise), order, *amounts, safe(row.note)
            writer.writerow([date, name, length, *did, about, rpe])
    return file.getvalue()


def _length(workout: Workout) -> str:
    """How long a workout took, as in 1h 5m, to the minute; 0m if that is not known."""
    lasted = workout.finished - workout.started if workout.finished else None
    hours, minutes = divmod(max(round(lasted.total_seconds() / 60), 0) if lasted else 0, 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m"
