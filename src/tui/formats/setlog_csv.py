"""The set log as a table (CSV): a row for each line, a column for each field that fits a cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import StringIO
from math import isfinite
from typing import Any

from tui.domain.model.codec import Doc
from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import MEASURES
from tui.formats.csv_cells import plain, safe
from tui.formats.json_lines import Problem, problem
from tui.formats.other_apps.table import BadRow, Table

PRESCRIBED, BEFORE = "prescribed", "prescribed_"
PLANNED = tuple(f"{BEFORE}{name}" for name in MEASURES)
# How a cell is to be read; all others are text.
NUMBERS = frozenset({"set", "entry_order", "rir", "effort", "pain", "legs", "sleep", "value"})
NUMBERS |= {*MEASURES, *PLANNED}
SWITCHES = frozenset({"confirmed", "light"})
LISTS = frozenset({"flags", "replaces"})
# An instant may have a space in it.
BETWEEN = ";"
COLUMNS = (
    *("type", "date", "time", "offset", "exercise", "set", "side", "kind"),
    *MEASURES,
    *("rir", "effort", "pain", "flags", "undone", "confirmed", "note"),
    *PLANNED,
    *("region", "legs", "sleep", "light", "metric", "value"),
    *("started", "finished", "programme", "part", "superset", "entry_order"),
    *("session", "entry", "id", "edited", "replaces", "was", "at"),
)
# What tells this table from that of another program.
OURS = frozenset({"type", "date", "exercise", "set", "side", "id"})
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)


def fits(header: Sequence[str]) -> bool:
    """Whether a table with this header (lower case, without spaces around) is a set log."""
    return OURS.issubset(header)


def render(lines: Iterable[Doc]) -> str:
    """The lines of a log as a table. Fields of other programs, and those whose value is a list or
    an object of theirs, have no column. Text that a spreadsheet would take for a formula has an
    apostrophe in front."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        planned = line.get(PRESCRIBED) or {}
        doc = {
            "type": "set",
            **line,
            **{f"{BEFORE}{name}": value for name, value in planned.items()},
        }
        writer.writerow([_cell(doc.get(column)) for column in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case str():
            return safe(value)
        case list() if all(isinstance(one, str) for one in value):
            return safe(BETWEEN.join(value))
        case _:
            return ""


def objects(table: Table) -> Iterator[tuple[int, Doc | Problem]]:
    """The lines of a log in this form with the line of the file each begins on, or what is wrong
    with it. Empty cells are left out; other columns are fields of the line."""
    names = table.plain
    try:
        for line, cells in table.rows:
            yield line, _line(line, names, cells)
    except BadRow as bad:
        yield bad.line, problem(bad.line, bad.words)


def _line(line: int, names: Sequence[str], cells: Sequence[str]) -> Doc | Problem:
    try:
        return _doc(names, cells)
    except BadDocument as bad:
        return problem(line, bad)


def _doc(names: Sequence[str], cells: Sequence[str]) -> Doc:
    if any(map(str.strip, cells[len(names) :])):
        raise BadDocument("has more cells than there are columns; put text with commas in quotes")
    doc: Doc = {}
    planned: Doc = {}
    for name, cell in zip(names, cells, strict=False):
        if not cell or not name:
            continue
        if name in NUMBERS:
            (planned if name in PLANNED else doc)[name.removeprefix(BEFORE)] = _number(cell)
        elif name in SWITCHES:
            doc[name] = _switch(name, cell)
        elif name in LISTS:
            doc[name] = [one for part in plain(cell).split(BETWEEN) if (one := part.strip())]
        else:
            doc[name] = plain(cell)
    return {**doc, PRESCRIBED: planned} if planned else doc


@lru_cache(maxsize=4096)
def _number(cell: str) -> int | float | str:
    """The number in a cell, with a point or a comma; anything else as it is, to be refused."""
    text = cell.strip()
    if not NUMBER.fullmatch(text):
        return text
    value = float(text.replace(",", "."))
    if not isfinite(value):
        return text
    return int(text) if text.lstrip("-").isdigit() else value


def _switch(name: str, cell: str) -> bool:
    word = cell.strip().casefold()
    if word not in ("true", "false"):
        raise BadDocument(f"{name} must be true or false, not {said(cell)}")
    return word == "true"
