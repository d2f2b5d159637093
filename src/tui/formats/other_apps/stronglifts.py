"""StrongLifts: a row an exercise, with a pair of columns for each of its sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.metrics import BODY_WEIGHT, METRICS
from tui.domain.model.units import to_kg
from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.dates import DAY_FIRST, MONTH_FIRST, clock, settled
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import lines_of, number, reps, seconds, weight
from tui.formats.other_apps.workouts import OtherLog, OtherMetric, OtherSet, OtherWorkout

APP = "StrongLifts"
SET = re.compile(r"set\s*(\d{1,3})\s*\((reps|kg|lbs?)\)")
BODY = re.compile(r"body\s*weight\s*(?:\((kg|lbs?)\))?")
DATE = re.compile(r"date\s*(?:\(([dmy/.\- ]+)\))?")
ORDERS = {"d": DAY_FIRST, "m": MONTH_FIRST}
# Below this, pounds would be less than 40 kg.
LEAST_LB = 88
Key = tuple[str, str, str, str]


def fits(header: Sequence[str]) -> bool:
    """Whether a header is that of a workout export."""
    return "exercise" in header and any(SET.fullmatch(head) for head in header)


class _Columns(Struct, frozen=True):
    """Where the columns are. ``sets`` has, for each set, the place of its repetitions and those of
    its weight, each with the unit."""

    at: Mapping[str, int]
    date: int
    order: str
    body: int | None
    body_unit: str
    sets: tuple[tuple[int, tuple[tuple[int, str], ...]], ...]

    def text(self, row: Sequence[str], name: str) -> str:
        return cell(row, self.at.get(name))

    def key(self, row: Sequence[str]) -> Key:
        """What tells workouts apart."""
        when = cell(row, self.date), self.text(row, "start time")
        return *when, self.text(row, "workout"), self.text(row, "workout name")


def read(table: Table) -> OtherLog:
    """The log in an export. Raises BadDocument."""
    columns = _columns(table.plain)
    dates, rows = settled(table.rows, columns.date, columns.order)
    gathering = Gathering(APP)
    weighed: dict[date, tuple[int, float]] = {}
    for line, row in rows:
        key = columns.key(row)
        try:
            day = dates.day(cell(row, columns.date))
            started, finished = _span(day, row, columns)
            name = columns.text(row, "exercise")
            if not name:
                raise BadDocument("names no exercise")
            body = number("Body weight", cell(row, columns.body), 1000)
        except BadDocument as bad:
            gathering.rows += 1
            gathering.wrong(line, bad)
            continue
        if body:
            weighed.setdefault(day, (line, body))
        note = lines_of(columns.text(row, "notes"))
        gathering.begin(
            key,
            started or datetime.combine(day, time()),
            finished=finished,
            dated=started is None,
            name=columns.text(row, "workout name"),
        )
        for done in _sets(line, row, columns, gathering):
            gathering.add(key, line, done, name=name, note=note)
    gathering.metrics += _metrics(weighed, columns)
    log = gathering.log()
    return replace(log, workouts=tuple(map(_noted, log.workouts)))


def _columns(header: Sequence[str]) -> _Columns:
    at: dict[str, int] = {}
    counts: dict[int, int] = {}
    loads: dict[int, list[tuple[int, str]]] = {}
    when, order, body, body_unit = -1, "", None, ""
    for place, head in enumerate(header):
        if found := SET.fullmatch(head):
            if found[2] == "reps":
                counts[int(found[1])] = place
            else:
                loads.setdefault(int(found[1]), []).append((place, found[2].rstrip("s")))
        elif found := BODY.fullmatch(head):
            body, body_unit = place, (found[1] or "").rstrip("s")
        elif found := DATE.fullmatch(head):
            when, order = place, ORDERS.get((found[1] or "")[:1], "")
        else:
            at.setdefault(head.partition("(")[0].strip().replace("×", "x"), place)
    if when < 0 or not counts:
        raise BadDocument("line 1: has no column for the date or for the repetitions of the sets")
    sets = tuple((counts[n], tuple(loads.get(n, ()))) for n in sorted(counts))
    return _Columns(at, when, order, body, body_unit, sets)


def _noted(one: OtherWorkout) -> OtherWorkout:
    """A workout of whose exercises each has the same note: it is about the workout, as older
    versions of the app have only that."""
    notes = {entry.note for entry in one.entries}
    if len(one.entries) < 2 or len(notes) > 1 or notes == {""}:
        return one
    entries = tuple(replace(entry, note="") for entry in one.entries)
    return replace(one, note=notes.pop(), entries=entries)


def _span(
    day: date, row: Sequence[str], columns: _Columns
) -> tuple[datetime | None, datetime | None]:
    """When a workout began and ended, if the row says so. Raises BadDocument."""
    start, end = clock(columns.text(row, "start time")), clock(columns.text(row, "end time"))
    if start is None:
        return None, None
    started = datetime.combine(day, start)
    if end is None or end == start:
        return started, None
    finished = datetime.combine(day, end)
    return started, finished if finished > started else finished + timedelta(days=1)


def _sets(
    line: int, row: Sequence[str], columns: _Columns, gathering: Gathering
) -> Iterator[OtherSet]:
    """The sets in a row. Those that were missed, with 0 repetitions, are counted as empty; cells
    that nobody filled in are no sets."""
    # Of an exercise that is timed, what was done in each set is in seconds.
    timed = bool(columns.text(row, "setsxtime")) and not columns.text(row, "setsxreps")
    for place, loads in columns.sets:
        text = cell(row, place)
        if not text:
            continue
        gathering.rows += 1
        try:
            count = None if timed else reps(text)
            length = seconds(text) if timed else None
            filled = ((weight(cell(row, at)), unit) for at, unit in loads)
            load, unit = next((one for one in filled if one[0] is not None), (None, ""))
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if count is None and length is None:
            gathering.empty += 1
            continue
        yield OtherSet(line=line, weight=load, unit=unit, reps=count, seconds=length)


def _metrics(weighed: Mapping[date, tuple[int, float]], columns: _Columns) -> list[OtherMetric]:
    """The body weight of each day, in kilograms; those that nobody has are left out."""
    if not weighed:
        return []
    unit = _body_unit(median(value for _, value in weighed.values()), columns)
    span = METRICS[BODY_WEIGHT]
    made = (
        OtherMetric(line=line, day=day, metric=BODY_WEIGHT, value=to_kg(value, unit))
        for day, (line, value) in weighed.items()
    )
    return [one for one in made if unit and span.low <= one.value <= span.high]


def _body_unit(usual: float, columns: _Columns) -> str:
    """The unit of the body weights, of which ``usual`` is one.

    A head in pounds is right: the app writes KG whatever the unit was, so nobody gets LB by chance.
    In a file whose sets are in pounds, a head in kilograms is wrong, unless the weights are so low
    that they can only be kilograms."""
    units = {unit for _, loads in columns.sets for _, unit in loads}
    if columns.body_unit == "lb" or units != {"lb"}:
        return columns.body_unit or ("kg" if units == {"kg"} else "")
    return "kg" if usual < LEAST_LB else "lb"
