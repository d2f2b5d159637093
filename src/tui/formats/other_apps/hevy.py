"""Reads the exports of Hevy: in kilograms or pounds, kilometres or miles, dates in any language."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.formats.csv_cells import plain
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import (
    LENGTHS_M,
    UNITS,
    lines_of,
    metres,
    number,
    reps,
    rir_of_rpe,
    seconds,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet
from tui.formats.other_apps.written_dates import written_moment
from tui.formats.side_notes import heard

APP = "Hevy"
NEEDED = {"start_time", "exercise_title"}
KINDS = {
    "warmup": SetKind.WARMUP,
    "drop": SetKind.DROP,
    "dropset": SetKind.DROP,
    "failure": SetKind.FAILURE,
}
MOST_SETS = 10_000


class _Columns(NamedTuple):
    """The place of each column; None for one that this file does not have. Of weight and distance
    each column with its unit."""

    title: int | None
    start: int | None
    end: int | None
    description: int | None
    exercise: int | None
    superset: int | None
    notes: int | None
    place: int | None
    kind: int | None
    weights: Sequence[tuple[int, str]]
    reps: int | None
    distances: Sequence[tuple[int, float]]
    seconds: int | None
    rpe: int | None


class _Entry(Struct, frozen=True):
    """The last entry of an exercise in a workout: its rank, the index of its last set, and the note
    that its first row has."""

    rank: int
    index: float | None
    note: str


def fits(header: Sequence[str]) -> bool:
    """Whether a table with this header, in lower case, is Hevy's."""
    return set(_names(header)) >= NEEDED


def read(table: Table) -> OtherLog:
    """The workouts in an export of Hevy. Times are local, to the minute. Raises BadDocument for a
    table that is none of Hevy's, or cut off."""
    if not fits(table.plain):
        raise BadDocument("is not an export of Hevy; export it again in the app")
    columns = _columns(_names(table.plain))
    gathering = Gathering(APP)
    entries: dict[Hashable, _Entry] = {}
    last: Hashable = None
    for line, row in table.rows:
        gathering.rows += 1
        try:
            last = _row(gathering, entries, last, columns, line, row)
        except BadDocument as bad:
            gathering.wrong(line, bad)
    return gathering.log()


def _names(header: Sequence[str]) -> list[str]:
    return ["_".join(title.split()) for title in header]


def _columns(names: Sequence[str]) -> _Columns:
    def place(name: str) -> int | None:
        return names.index(name) if name in names else None

    def units(what: str) -> list[tuple[int, str]]:
        found = [(at, *name.partition("_")) for at, name in enumerate(names)]
        return [(at, unit) for at, of, _, unit in found if of == what]

    return _Columns(
        title=place("title"),
        start=place("start_time"),
        end=place("end_time"),
        description=place("description"),
        exercise=place("exercise_title"),
        superset=place("superset_id"),
        notes=place("exercise_notes"),
        place=place("set_index"),
        kind=place("set_type"),
        weights=[(at, UNITS.get(unit, "")) for at, unit in units("weight")],
        reps=place("reps"),
        distances=[(at, LENGTHS_M[unit]) for at, unit in units("distance") if unit in LENGTHS_M],
        seconds=place("duration_seconds"),
        rpe=place("rpe"),
    )


def _row(
    gathering: Gathering,
    entries: dict[Hashable, _Entry],
    last: Hashable,
    columns: _Columns,
    line: int,
    row: Sequence[str],
) -> Hashable:
    """Gather a row; the key of its exercise in its workout, ``last`` is that of the row before.
    Raises BadDocument."""
    start, end = cell(row, columns.start), cell(row, columns.end)
    title, name = plain(cell(row, columns.title)), plain(cell(row, columns.exercise))
    started, dated = written_moment(start)
    finished = written_moment(end)[0] if end else None
    if not name:
        raise BadDocument("names no exercise")
    side, note = heard(lines_of(plain(cell(row, columns.notes))))
    index = number("Set index", cell(row, columns.place), MOST_SETS)
    workout = start, end, title
    key = workout, name
    entry = entries.get(key)
    # An exercise whose sets are counted from the start again is done a second time.
    if entry is None or (key != last if index is None else index <= (entry.index or 0)):
        entry = _Entry(entry.rank + 1 if entry else 0, index, note)
    entries[key] = _Entry(entry.rank, index, entry.note)
    load, unit = _weighed(columns, row)
    done = OtherSet(
        line=line,
        kind=KINDS.get(_letters(cell(row, columns.kind)), SetKind.WORK),
        side=side,
        weight=load,
        unit=unit,
        reps=reps(cell(row, columns.reps)),
        seconds=seconds(cell(row, columns.seconds)),
        distance_m=_gone(columns, row),
        rir=rir_of_rpe(cell(row, columns.rpe)),
        # Hevy repeats the note on the exercise in each of its rows.
        note="" if note == entry.note else note,
    )
    if not (done.reps or done.seconds or done.distance_m):
        gathering.empty += 1
        return key
    gathering.begin(
        workout,
        started,
        finished=finished if finished and finished > started else None,
        dated=dated,
        name=title,
        note=lines_of(plain(cell(row, columns.description))),
    )
    gathering.add(
        workout,
        (name, entry.rank),
        done,
        name=name,
        note=entry.note,
        superset=cell(row, columns.superset),
    )
    return key


def _letters(kind: str) -> str:
    return "".join(filter(str.isalpha, kind.casefold()))


def _weighed(columns: _Columns, row: Sequence[str]) -> tuple[float | None, str]:
    """The weight in the first of its columns that has one, and the unit."""
    for place, unit in columns.weights:
        if load := weight(cell(row, place)):
            return load, unit
    return None, ""


def _gone(columns: _Columns, row: Sequence[str]) -> float | None:
    """The distance in metres in the first of its columns that has one."""
    for place, unit_m in columns.distances:
        if gone := metres(cell(row, place), unit_m):
            return gone
    return None
