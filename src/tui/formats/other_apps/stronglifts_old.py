"""StrongLifts until about 2018: a row a workout, with a block of columns for each exercise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from msgspec import Struct

from tui.domain.model.metrics import BODY_WEIGHT, METRICS
from tui.domain.model.units import to_kg
from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.dates import settled
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import lines_of, reps, weight
from tui.formats.other_apps.workouts import OtherLog, OtherMetric, OtherSet

APP = "StrongLifts"
EXERCISE = re.compile(r"exercise \d+")
SET = re.compile(r"set \d+")
WEIGHT = re.compile(r"(body )?weight \((kg|lb)s?\)")


class _Block(Struct):
    """The columns of an exercise: its name, its weight in each unit, and the repetitions of its
    sets. Those before the first exercise, of the body weight, are a block without a name."""

    name: int | None = None
    loads: list[tuple[int, str]] = []
    sets: list[int] = []


def fits(header: Sequence[str]) -> bool:
    """Whether a header is that of such an export."""
    return (
        "date" in header
        and any(EXERCISE.fullmatch(head) for head in header)
        and any(SET.fullmatch(head) for head in header)
    )


def _blocks(header: Sequence[str]) -> list[_Block]:
    blocks = [_Block()]
    for place, head in enumerate(header):
        if EXERCISE.fullmatch(head):
            blocks.append(_Block(place))
        elif found := WEIGHT.fullmatch(head):
            blocks[-1].loads.append((place, found[2]))
        elif SET.fullmatch(head):
            blocks[-1].sets.append(place)
    return blocks


def read(table: Table) -> OtherLog:
    """The log in an export. Raises BadDocument."""
    header = table.plain
    body, *blocks = _blocks(header)
    note = next((place for place, head in enumerate(header) if head in {"note", "notes"}), None)
    when = header.index("date")
    dates, rows = settled(table.rows, when)
    gathering = Gathering(APP)
    for line, row in rows:
        try:
            day = dates.day(cell(row, when))
            gathering.metrics += _weighed(line, day, row, body)
        except BadDocument as bad:
            gathering.rows += 1
            gathering.wrong(line, bad)
            continue
        started = datetime.combine(day, time())
        gathering.begin(line, started, dated=True, note=lines_of(cell(row, note)))
        for block in blocks:
            _add(gathering, line, row, block)
    return gathering.log()


def _load(row: Sequence[str], block: _Block) -> tuple[float | None, str]:
    """The weight and its unit: the app fills the column of the runner's own unit."""
    filled = ((weight(cell(row, place)), unit) for place, unit in block.loads)
    return next((one for one in filled if one[0] is not None), (None, ""))


def _weighed(line: int, day: date, row: Sequence[str], block: _Block) -> list[OtherMetric]:
    value, unit = _load(row, block)
    span = METRICS[BODY_WEIGHT]
    if value is None or not span.low <= to_kg(value, unit) <= span.high:
        return []
    return [OtherMetric(line=line, day=day, metric=BODY_WEIGHT, value=to_kg(value, unit))]


def _add(gathering: Gathering, line: int, row: Sequence[str], block: _Block) -> None:
    """Add the sets of an exercise. Those that were missed, with 0 repetitions, are counted as
    empty; cells that nobody filled in are no sets."""
    name = cell(row, block.name)
    for place in block.sets:
        text = cell(row, place)
        if not text or not name:
            continue
        gathering.rows += 1
        try:
            load, unit = _load(row, block)
            count = reps(text)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if count is None:
            gathering.empty += 1
            continue
        done = OtherSet(line=line, weight=load, unit=unit, reps=count)
        gathering.add(line, block.name, done, name=name)
