"""Alpha Progression: blocks of rows, for each workout a title, and for each of its exercises a
title, the names of the columns, and the sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import SetKind
from tui.formats.other_apps.dates import Dates, clock
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import (
    UNITS,
    length_m,
    lines_of,
    metres,
    number,
    reps,
    seconds,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "Alpha Progression"
WHEN = re.compile(r"(\d[\d./-]+)\s+(\d{1,2}:\d{2})\s*h?", re.IGNORECASE)
HOURS = re.compile(r"(\d):(\d{2})\s*h\w*|(\d{1,3})\s*min\w*", re.IGNORECASE)
EXERCISE = re.compile(r"\d{1,3}\.\s+(\S.*)", re.DOTALL)
WARM_UPS = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
VALUE = re.compile(r"([-+]?\d[\d.,]*)\s*([^\W\d]+)")
DOT = "·"
REPS = ("reps", "rep", "wdh", "wdh.")
SECONDS = ("secs", "sec", "s", "sek")
MINUTES = ("mins", "min")


def fits(header: Sequence[str]) -> bool:
    """Whether the first row is the title of a workout: its name, when it was, how long it took."""
    return 2 <= len(header) <= 3 and WHEN.fullmatch(header[1]) is not None


class _Exercise(Struct):
    """The exercise whose sets come now: the line that it begins in, its name, the heads of its
    columns in lower case, and its note."""

    line: int
    name: str
    heads: tuple[str, ...] = ()
    note: str = ""


def read(table: Table) -> OtherLog:
    """The log in an export. Raises BadDocument."""
    gathering = Gathering(APP)
    dates = Dates()
    workout: int | None = None
    exercise: _Exercise | None = None
    for line, row in _all(table):
        first = cell(row, 0)
        try:
            if WHEN.fullmatch(cell(row, 1)):
                workout, exercise = None, None
                _begin(gathering, dates, line, row)
                workout = line
            elif found := EXERCISE.fullmatch(first):
                exercise = _Exercise(line, _name(found[1]))
                for done in _warm_ups(gathering, line, cell(row, 1)):
                    _add(gathering, workout, exercise, done)
            elif exercise is None:
                raise BadDocument("comes before the name of an exercise")
            elif first == "#":
                exercise.heads = tuple(head.strip().casefold() for head in row)
            elif first.isdecimal():
                gathering.rows += 1
                _add(gathering, workout, exercise, _set(line, row, exercise.heads))
            else:
                exercise.note = lines_of(first)
        except BadDocument as bad:
            gathering.wrong(line, bad)
    return gathering.log()


def _all(table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    """All the rows: there is no header, so the first is one of them."""
    yield 1, table.header
    yield from table.rows


def _begin(gathering: Gathering, dates: Dates, line: int, row: Sequence[str]) -> None:
    found = WHEN.fullmatch(cell(row, 1))
    if found is None or (at := clock(found[2])) is None:
        raise BadDocument(f"{said(cell(row, 1))} is not a date that can be read")
    started = datetime.combine(dates.day(found[1]), at)
    length = HOURS.fullmatch(cell(row, 2))
    finished = None
    if length:
        minutes = int(length[3] or 0) or int(length[1] or 0) * 60 + int(length[2] or 0)
        finished = started + timedelta(minutes=minutes) if minutes else None
    gathering.begin(line, started, finished=finished, name=cell(row, 0))


def _name(text: str) -> str:
    """The name of an exercise, with what it is done with in brackets: the app has it between dots,
    before the repetitions that were planned."""
    parts = [" ".join(part.split()) for part in text.split(DOT)]
    more = [part for part in parts[1:] if part and not part[0].isdigit()]
    return f"{parts[0]} ({more[0]})" if more else parts[0]


def _add(
    gathering: Gathering, workout: int | None, exercise: _Exercise, done: OtherSet | None
) -> None:
    if done is None:
        gathering.empty += 1
    elif workout is None:
        raise BadDocument("belongs to a workout whose date cannot be read")
    else:
        gathering.add(workout, exercise.line, done, name=exercise.name, note=exercise.note)


def _warm_ups(gathering: Gathering, line: int, text: str) -> Iterator[OtherSet | None]:
    """The sets in a cell such as WU1 · 37,5 kg · 9 reps<br>WU2 · 72,5 kg · 7 reps."""
    for part in WARM_UPS.split(text):
        # Without the first piece, WU1.
        found = [one for piece in part.split(DOT)[1:] for one in VALUE.findall(piece)]
        if found:
            gathering.rows += 1
            yield _made(line, [(head.casefold(), value) for value, head in found], SetKind.WARMUP)


def _set(line: int, row: Sequence[str], heads: Sequence[str]) -> OtherSet | None:
    """The set in a row, or None if nothing was done. Raises BadDocument."""
    values = [(head, cell(row, place)) for place, head in enumerate(heads)]
    return _made(line, [(head, text) for head, text in values if text.strip("-–—")])


def _made(
    line: int, values: Sequence[tuple[str, str]], kind: SetKind = SetKind.WORK
) -> OtherSet | None:
    load, unit, count, length, far, rir = None, "", None, None, None, None
    for head, text in values:
        if head in UNITS:
            load = weight(text)  # +35 is what hangs on the body, +0 the body alone.
            unit = UNITS[head] if load is not None else ""
        elif head in REPS:
            count = reps(text)
        elif head in SECONDS:
            length = seconds(text)
        elif head in MINUTES:
            length = seconds(text) if ":" in text else (seconds(text) or 0) * 60 or None
        elif head == "rir":
            rir = number("RIR", text, 10)
        elif (unit_m := length_m(head)) is not None:
            far = metres(text, unit_m)
    if count is None and length is None and far is None:
        return None
    return OtherSet(
        line=line,
        kind=kind,
        weight=load,
        unit=unit,
        reps=count,
        seconds=length,
        distance_m=far,
        rir=rir,
    )
