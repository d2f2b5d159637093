"""Reads the exports of Strong: with commas or semicolons, of any age, in any language.

The order of the columns is that of the app's version; only their names are translated. So a header
in a language that is not known here is read by its shape.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct, field

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.formats.csv_cells import plain
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, picker
from tui.formats.other_apps.values import (
    LENGTHS_M,
    MOST_METRES,
    UNITS,
    length_of,
    number,
    reps,
    rir_of_rpe,
    seconds,
    span,
    unit_of,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet
from tui.formats.other_apps.written_dates import written_moment
from tui.formats.side_notes import heard

APP = "Strong"
# The names of the columns as seen in English, French and German, and the initials of RPE in
# Portuguese; without the unit in brackets.
NAMES = {
    "workout #": "serial",
    **dict.fromkeys(["date", "datum"], "date"),
    **dict.fromkeys(["workout name", "nom de l'entraînement", "workout-name"], "workout"),
    **dict.fromkeys(["duration", "workout duration", "durée", "dauer"], "duration"),
    **dict.fromkeys(["exercise name", "nom de l'exercice", "name der übung"], "exercise"),
    **dict.fromkeys(["set order", "ordre de la série", "reihenfolge festlegen"], "order"),
    **dict.fromkeys(["weight", "poids", "gewicht", "kg", "kgs", "lb", "lbs"], "weight"),
    "weight unit": "unit",
    **dict.fromkeys(["reps", "réps", "wiederh."], "reps"),
    **dict.fromkeys(["rpe", "pse"], "rpe"),
    **dict.fromkeys(["distance", "entfernung", "km", "mi", "miles"], "distance"),
    "distance unit": "length",
    **dict.fromkeys(["seconds", "secondes", "sekunden"], "seconds"),
    **dict.fromkeys(["notes", "notizen"], "notes"),
    **dict.fromkeys(["workout notes", "notes d'entraînement", "workout-notizen"], "about"),
}
NEEDED = {"date", "exercise", "order"}
AMOUNTS = {"reps", "seconds", "distance"}
SHAPES = tuple(
    tuple(shape.split())
    for shape in """
    date workout exercise order weight reps distance seconds notes
    date workout duration exercise order weight reps distance seconds rpe
    date workout exercise order weight reps distance seconds notes about rpe
    date workout duration exercise order weight reps distance seconds notes about rpe
    serial date workout duration exercise order weight reps rpe distance seconds notes about
    date workout exercise order weight unit reps rpe distance length seconds notes about
    date workout exercise order weight unit reps rpe distance length seconds notes about duration
    """.strip().splitlines()
)
KINDS = {
    **dict.fromkeys(["w", "warmup"], SetKind.WARMUP),
    **dict.fromkeys(["d", "drop", "dropset"], SetKind.DROP),
    **dict.fromkeys(["f", "failure"], SetKind.FAILURE),
}
RESTS = {"resttimer", "ruhezeit"}


class _Cells(NamedTuple):
    """The cells of a row by what they are; empty where the file has no such column."""

    date: str
    workout: str
    serial: str
    duration: str
    exercise: str
    order: str
    weight: str
    unit: str
    reps: str
    rpe: str
    distance: str
    length: str
    seconds: str
    notes: str
    about: str


class _Layout(NamedTuple):
    """How a file is laid out: how many columns it has, and what takes the cells from a row; and the
    units that its header tells: of weight, of length in metres, whether the duration is in
    seconds."""

    width: int
    cells: Callable[[Sequence[str]], tuple[str, ...]]
    unit: str
    length_m: float | None
    in_seconds: bool


class _Row(Struct, frozen=True, gc=False):
    """A row of an exercise. ``number`` is that of the set, None for one that has only a letter.
    ``leads`` if it may come before the first numbered set: a warm-up, or a note on the exercise.
    ``done`` is None if nothing was done."""

    number: int | None
    leads: bool
    done: OtherSet | None
    note: str = ""


class _Workout(Struct, gc=False):
    """What the rows say of a workout, and of each exercise in it the rank of its last entry with
    the number of the last set."""

    started: datetime
    finished: datetime | None
    dated: bool
    name: str
    note: str = ""
    entries: dict[str, tuple[int, int]] = field(default_factory=dict)


class _Block(Struct, gc=False):
    """Rows of one exercise that follow each other."""

    key: Hashable
    name: str
    rows: list[_Row] = field(default_factory=list)


def fits(header: Sequence[str]) -> bool:
    """Whether a table with this header, in lower case, is Strong's."""
    return _fields(header) is not None


def read(table: Table) -> OtherLog:
    """The workouts in an export of Strong. Times are local. Most files tell neither the unit of
    weight nor that of distance. Raises BadDocument for a table that is none of Strong's, or cut
    off."""
    layout = _layout(table.plain)
    gathering = Gathering(APP)
    workouts: dict[Hashable, _Workout] = {}
    block: _Block | None = None
    for line, row in table.rows:
        gathering.rows += 1
        try:
            if len(row) > layout.width and any(map(str.strip, row[layout.width :])):
                raise BadDocument(f"has {len(row)} cells where the header has {layout.width}")
            cells = _Cells(*layout.cells(row))
            key, name = _placed(layout, cells, workouts)
            found = _row(layout, gathering, line, cells)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if found is None:
            continue
        if block is None or (key, name) != (block.key, block.name):
            if block is not None:
                _file(gathering, workouts[block.key], block)
            block = _Block(key, name)
        block.rows.append(found)
    if block is not None:
        _file(gathering, workouts[block.key], block)
    return gathering.log()


# -- the header ------------------------------------------------------------------------------------


def _base(title: str) -> str:
    """The name of a column, without its unit, spelled in one way."""
    whole = unicodedata.normalize("NFC", title).replace("’", "'")
    return " ".join(whole.partition("(")[0].split())


def _said_unit(title: str) -> str:
    """The unit in the name of a column: that in brackets, or the name itself."""
    return (title.partition("(")[2].rstrip(") ") or title).strip()


def _fields(header: Sequence[str]) -> tuple[str | None, ...] | None:
    """What each column of a header is: by its name, else by the shape; None if it is not Strong's.
    Columns that are not known are None."""
    named = tuple(NAMES.get(_base(title)) for title in header)
    if set(named) >= NEEDED and not AMOUNTS.isdisjoint(named):
        return named
    for shape in SHAPES:
        if len(shape) == len(header) and _shaped(header, named, shape):
            return shape
    return None


def _shaped(header: Sequence[str], named: Sequence[str | None], shape: Sequence[str]) -> bool:
    """Whether a header with some unknown names has this shape: RPE, which few languages translate,
    or the units stand where they should, and no known name stands elsewhere."""
    if any(known not in (None, meant) for known, meant in zip(named, shape, strict=True)):
        return False
    if "rpe" in shape:
        return named[shape.index("rpe")] == "rpe"
    weighed, far = header[shape.index("weight")], header[shape.index("distance")]
    return _said_unit(weighed) in UNITS and _said_unit(far) in LENGTHS_M


def _layout(header: Sequence[str]) -> _Layout:
    fields = _fields(header)
    if fields is None:
        raise BadDocument("is not an export of Strong; export it again in the app")
    places = {what: place for place, what in reversed([*enumerate(fields)]) if what}
    cells = picker([places.get(what) for what in _Cells._fields], len(header))
    titles = _Cells(*cells(header))
    return _Layout(
        width=len(header),
        cells=cells,
        unit=UNITS.get(_said_unit(titles.weight), ""),
        length_m=LENGTHS_M.get(_said_unit(titles.distance)),
        in_seconds="(" in titles.duration,
    )


# -- a row -----------------------------------------------------------------------------------------


def _placed(
    layout: _Layout, cells: _Cells, workouts: dict[Hashable, _Workout]
) -> tuple[Hashable, str]:
    """The key of a row's workout and the name of its exercise. Raises BadDocument."""
    when, title = cells.date, plain(cells.workout)
    key = cells.serial, when, title
    workout = workouts.get(key)
    if workout is None:
        started, dated = written_moment(when)
        lasting = cells.duration
        length = span(f"{lasting.partition('.')[0]}s" if layout.in_seconds else lasting)
        finished = started + timedelta(seconds=length) if length else None
        workout = workouts[key] = _Workout(started, finished, dated, title)
    workout.note = workout.note or plain(cells.about)
    name = plain(cells.exercise)
    if not name:
        raise BadDocument("names no exercise")
    return key, name


def _row(layout: _Layout, gathering: Gathering, line: int, cells: _Cells) -> _Row | None:
    """A row of an exercise; None, and counted, if it was a rest. Raises BadDocument."""
    order = cells.order
    numbered = _numbered(order)
    word = "" if numbered is not None else "".join(filter(str.isalpha, order.casefold()))
    kind = KINDS.get(word)
    load = weight(cells.weight)
    count = reps(cells.reps)
    held = seconds(cells.seconds)
    far = number("Distance", cells.distance, MOST_METRES) or None
    note = plain(cells.notes)
    # Rests are named in the language of the app, and rest as long as they say.
    if word and kind is None and not (count or far):
        if held or word in RESTS:
            gathering.rests += 1
            return None
        gathering.empty += 1
        return _Row(None, True, None, note)
    if not (count or held or far):
        gathering.empty += 1
        return _Row(numbered, kind is SetKind.WARMUP, None, note)
    side, note = heard(note)
    length_m = length_of(cells.length) if far and cells.length else layout.length_m
    done = OtherSet(
        line=line,
        kind=kind or SetKind.WORK,
        side=side,
        weight=load,
        unit=(unit_of(cells.unit) or layout.unit) if load else "",
        reps=count,
        seconds=held,
        distance_m=round(far * length_m, 2) if far and length_m else None,
        distance=None if length_m else far,
        rir=rir_of_rpe(cells.rpe),
        note=note,
    )
    return _Row(numbered, kind is SetKind.WARMUP, done)


def _numbered(order: str) -> int | None:
    """The number of a set, also as 1.0; None for a letter or a word."""
    whole = order.partition(".")[0]
    return int(whole) if whole.isdecimal() and len(whole) < 5 else None


# -- the entries -----------------------------------------------------------------------------------


def _file(gathering: Gathering, workout: _Workout, block: _Block) -> None:
    """Gather the sets of a block, in as many entries as it has."""
    for rows in _rounds(block.rows):
        numbers = [row.number for row in rows if row.number is not None]
        rank, last = workout.entries.get(block.name, (0, -1))
        # Sets that carry on the count were done in turns with another exercise.
        if not numbers or numbers[0] <= last:
            rank += 1
        workout.entries[block.name] = rank, numbers[-1] if numbers else -1
        note = "\n".join(row.note for row in rows if row.note)
        _begin(gathering, block.key, workout)
        entry = block.name, rank
        for row in rows:
            if row.done is not None:
                gathering.add(block.key, entry, row.done, name=block.name, note=note)


def _begin(gathering: Gathering, key: Hashable, workout: _Workout) -> None:
    gathering.begin(
        key,
        workout.started,
        finished=workout.finished,
        dated=workout.dated,
        name=workout.name,
        note=workout.note,
    )


def _rounds(rows: Sequence[_Row]) -> list[Sequence[_Row]]:
    """The rows of an exercise, apart where the sets are counted from the start again. The same
    number twice does not begin again."""
    starts, last = [0], -1
    for place, row in enumerate(rows):
        if row.number is None:
            continue
        if row.number < last:
            # The warm-ups and the note before the first set belong to it.
            start = place
            while rows[start - 1].leads:
                start -= 1
            starts.append(start)
        last = row.number
    return [rows[one:two] for one, two in zip(starts, [*starts[1:], len(rows)], strict=True)]
