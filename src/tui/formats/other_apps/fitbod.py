"""Fitbod: a row a set, told apart into workouts by their times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.sittings import Timed, gather
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import (
    iso_moment,
    length_m,
    lines_of,
    metres,
    number,
    reps,
    seconds,
    unit_of,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "Fitbod"
COLUMNS = frozenset({"date", "exercise", "reps", "iswarmup"})
MOST_SETS = 100
YES = frozenset({"true", "1", "yes"})
ZONES = ("+", "-", "z")


def fits(header: Sequence[str]) -> bool:
    """Whether a header is that of a workout export."""
    return {_parts(head)[0] for head in header} >= COLUMNS


def read(table: Table) -> OtherLog:
    """The log in an export. The load stays that of one dumbbell: the column ``multiplier``, by
    which the app counts both, is passed over. Raises BadDocument."""
    columns = _columns(table.plain)
    times: dict[str, datetime] = {}
    gathering = Gathering(APP)
    sets: list[Timed] = []
    for line, row in table.rows:
        try:
            date = columns.text(row, "date")
            at = times.get(date)
            if at is None:
                at = times[date] = _moment(date)
            name = columns.text(row, "exercise")
            if not name:
                raise BadDocument("names no exercise")
            count = number("Sets", columns.text(row, "sets"), MOST_SETS)
            done = _set(line, row, columns)
        except BadDocument as bad:
            gathering.rows += 1
            gathering.wrong(line, bad)
            continue
        times_done = 1 if count is None else int(count)
        gathering.rows += max(times_done, 1)
        if done is None or not times_done:
            gathering.empty += max(times_done, 1)
            continue
        one = Timed(at=at, name=name, done=done, dated=":" not in date)
        sets += [one] * times_done
    gather(gathering, sets)
    return gathering.log()


class _Columns(Struct, frozen=True):
    """Where the columns are, by their plain names, and the units in their heads."""

    at: Mapping[str, int]
    unit: str
    unit_m: float

    def text(self, row: Sequence[str], name: str) -> str:
        return cell(row, self.at.get(name))


def _columns(header: Sequence[str]) -> _Columns:
    parts = [_parts(head) for head in header]
    units = dict(parts)
    at: dict[str, int] = {}
    for place, (name, _) in enumerate(parts):
        at.setdefault(name, place)
    # The app has always written metres.
    unit_m = length_m(units.get("distance", "")) or 1
    return _Columns(at, unit_of(units.get("weight", "")), unit_m)


def _parts(head: str) -> tuple[str, str]:
    """The name and the unit in a head such as weight(kg)."""
    name, _, unit = head.partition("(")
    return "".join(name.split()), unit.strip(" )")


def _moment(text: str) -> datetime:
    """The time of a workout, as 2019-05-01 10:02:51 +0000. Raises BadDocument."""
    words = text.split()
    if len(words) > 1 and words[-1].lower().startswith(ZONES):
        words[-2:] = [words[-2] + words[-1]]
    return iso_moment(" ".join(words))


def _set(line: int, row: Sequence[str], columns: _Columns) -> OtherSet | None:
    """The set in a row, or None if nothing was done. Raises BadDocument."""
    load = weight(columns.text(row, "weight"))
    count = reps(columns.text(row, "reps"))
    length = seconds(columns.text(row, "duration"), "Duration")
    far = metres(columns.text(row, "distance"), columns.unit_m)
    if count is None and length is None and far is None:
        return None
    warm = columns.text(row, "iswarmup").casefold() in YES
    return OtherSet(
        line=line,
        kind=SetKind.WARMUP if warm else SetKind.WORK,
        weight=load,
        unit=columns.unit if load is not None else "",
        reps=count,
        seconds=length,
        distance_m=far,
        note=lines_of(columns.text(row, "note")),
    )
