"""FitNotes: the workouts of the Android app, old and new, of FitNotes 2 for iOS, and the body
tracker."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from msgspec import Struct

from tui.domain.model.metrics import BODY_WEIGHT, METRICS
from tui.domain.model.units import to_kg
from tui.domain.model.validation import ID_LENGTH, BadDocument, said
from tui.domain.model.values import SetKind
from tui.formats.other_apps.dates import settled
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell, places
from tui.formats.other_apps.values import (
    UNITS,
    length_m,
    lines_of,
    metres,
    number,
    reps,
    seconds,
    unit_of,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherMetric, OtherSet

APP = "FitNotes"
WORKOUTS = frozenset({"date", "exercise", "category", "reps"})
BODY = frozenset({"date", "measurement", "value"})
NOTES = ("comment", "comments", "notes", "note")
# A row with more cells than this beyond the header is no exercise with commas in its name.
MOST_EXTRA = 20
SIGNS = {"%": "percent", '"': "in"}
KINDS = {"warm": SetKind.WARMUP, "drop": SetKind.DROP, "fail": SetKind.FAILURE}


def fits(header: Sequence[str]) -> bool:
    """Whether a header is that of a workout export or of the body tracker."""
    found = frozenset(header)
    return found >= WORKOUTS or found >= BODY


def read(table: Table) -> OtherLog:
    """The log in an export. Raises BadDocument."""
    return _body(table) if frozenset(table.plain) >= BODY else _workouts(table)


# -- workouts --------------------------------------------------------------------------------------


class _Columns(Struct, frozen=True):
    """Where the columns are. ``weights`` has a place and its unit for each column of weights:
    FitNotes 2 has one in kilograms and one in pounds, of which a row fills one."""

    width: int
    at: Mapping[str, int]
    weights: tuple[tuple[int, str], ...]
    note: int | None

    def text(self, row: Sequence[str], name: str) -> str:
        return cell(row, self.at.get(name))


def _columns(header: Sequence[str]) -> _Columns:
    weights = tuple(
        (place, unit_of(name.removeprefix("weight").strip(" ()[]_")))
        for place, name in enumerate(header)
        if name.startswith("weight") and name != "weight unit"
    )
    note = next((header.index(name) for name in NOTES if name in header), None)
    names = ("date", "exercise", "category", "weight unit", "reps", "distance", "distance unit")
    return _Columns(len(header), places(header, (*names, "time", "kind")), weights, note)


def _workouts(table: Table) -> OtherLog:
    columns = _columns(table.plain)
    gathering = Gathering(APP)
    dates, rows = settled(table.rows, columns.at["date"])
    for line, row in rows:
        gathering.rows += 1
        try:
            day = dates.day(columns.text(row, "date"))
            cells = row if len(row) <= columns.width else _mended(row, columns)
            name = columns.text(cells, "exercise")
            if not name:
                raise BadDocument("names no exercise")
            done = _set(line, cells, columns)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if done is None:
            gathering.empty += 1
            continue
        gathering.begin(day, datetime.combine(day, time()), dated=True)
        # The app keeps one list of sets for an exercise and a day, in whatever order they came.
        gathering.add(day, name, done, name=name, category=columns.text(cells, "category"))
    return gathering.log()


def _set(line: int, row: Sequence[str], columns: _Columns) -> OtherSet | None:
    """The set in a row, or None if nothing was done. Raises BadDocument."""
    load, unit = _load(row, columns)
    # Planks have "kg" for the unit of a distance that they do not have.
    unit_m = length_m(columns.text(row, "distance unit"))
    count = reps(columns.text(row, "reps"))
    length = seconds(columns.text(row, "time"), "Time")
    far = metres(columns.text(row, "distance"), unit_m) if unit_m else None
    if count is None and length is None and far is None:
        return None
    kind = columns.text(row, "kind").casefold()
    return OtherSet(
        line=line,
        # FitNotes 2 writes what is measured, such as wr for weight and reps; others write words.
        kind=next((KINDS[word] for word in KINDS if word in kind), SetKind.WORK),
        weight=load,
        unit=unit if load is not None else "",
        reps=count,
        seconds=length,
        distance_m=far,
        note=lines_of(cell(row, columns.note)),
    )


def _load(row: Sequence[str], columns: _Columns) -> tuple[float | None, str]:
    for place, unit in columns.weights:
        load = weight(cell(row, place))
        if load is not None:
            return load, unit or unit_of(columns.text(row, "weight unit"))
    return None, ""


def _mended(row: Sequence[str], columns: _Columns) -> list[str]:
    """A row in which commas of the exercise's name, or of the comment, were taken for the ends of
    cells, as the app puts no quotes around them. Raises BadDocument."""
    extra = len(row) - columns.width
    if extra > MOST_EXTRA:
        raise BadDocument(f"has {extra} cells more than the header")
    name = columns.at["exercise"]
    for commas in range(extra + 1):
        head = [*row[:name], ",".join(row[name : name + commas + 1]), *row[name + commas + 1 :]]
        tail = ",".join(head[columns.width - 1 :]).rstrip(",")
        cells = [*head[: columns.width - 1], tail]
        if _makes_sense(cells, columns):
            return cells
    raise BadDocument(f"has {extra} cells more than the header; is a comma in {said(row[name])}?")


def _makes_sense(row: Sequence[str], columns: _Columns) -> bool:
    """Whether each cell holds what its column is for."""
    category = columns.text(row, "category")
    if not category or category[0].isdigit():
        return False
    unit = columns.text(row, "distance unit").casefold()
    if unit and unit not in UNITS and length_m(unit) is None:
        return False
    try:
        _set(0, row, columns)
        unit_of(columns.text(row, "weight unit"))
        number("Distance", columns.text(row, "distance"), 1e9)
    except BadDocument:
        return False
    return True


# -- body tracker ----------------------------------------------------------------------------------


def _body(table: Table) -> OtherLog:
    at = places(table.plain, ("date", "measurement", "value", "unit"))
    gathering = Gathering(APP)
    dates, rows = settled(table.rows, at["date"])
    for line, row in rows:
        gathering.rows += 1
        try:
            day = dates.day(cell(row, at["date"]))
            value = number("Value", cell(row, at["value"]), 1e6, -1e6)
            if value is None:
                gathering.empty += 1
                continue
            metric, value = _measured(
                cell(row, at["measurement"]), cell(row, at.get("unit")), value
            )
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        gathering.metrics.append(OtherMetric(line=line, day=day, metric=metric, value=value))
    return gathering.log()


def _measured(name: str, unit: str, value: float) -> tuple[str, float]:
    """The id of a metric and its value: body weight as ours, anything else as the app has it.
    Raises BadDocument."""
    words = _words(name)
    if "".join(words) in {"bodyweight", "weight"}:
        if not unit:
            raise BadDocument("a body weight needs a unit, kg or lbs")
        kilograms = to_kg(value, unit_of(unit))
        span = METRICS[BODY_WEIGHT]
        if not span.low <= kilograms <= span.high:
            raise BadDocument(f"a body weight must be from {span.low:g} to {span.high:g} kg")
        return BODY_WEIGHT, kilograms
    if not words:
        raise BadDocument(f"{said(name)} cannot be made the name of a metric")
    return "-".join([*words, *_words(SIGNS.get(unit, unit))])[:ID_LENGTH].rstrip("-"), value


def _words(text: str) -> list[str]:
    """The plain words in a text, for an id: Hüfte, links is hufte, links."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(char if char.isalnum() else " " for char in plain).split()
