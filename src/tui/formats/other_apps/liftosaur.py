"""Reads the history that Liftosaur exports as CSV: one row a set, also for those never done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.domain.model.validation import BadDocument
from tui.domain.model.values import SetKind
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import (
    iso_moment,
    lines_of,
    reps,
    rir_of_rpe,
    unit_of,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "Liftosaur"
NEEDED = {"workout datetime", "exercise", "completed reps"}
TRUE = {"1", "true"}


class _Columns(NamedTuple):
    """The place of each column; None for one that this file does not have."""

    when: int | None
    program: int | None
    day: int | None
    exercise: int | None
    warmup: int | None
    reps: int | None
    rpe: int | None
    weight: int | None
    unit: int | None
    asked_weight: int | None
    asked_unit: int | None
    at: int | None
    notes: int | None


def fits(header: Sequence[str]) -> bool:
    """Whether a table with this header, in lower case, is Liftosaur's."""
    return set(header) >= NEEDED


def read(table: Table) -> OtherLog:
    """The workouts in an export of Liftosaur. Its times are UTC. Raises BadDocument for a table
    that is cut off."""
    columns = _columns(table.plain)
    gathering = Gathering(APP)
    # The exercise of the last row of a workout, the rank of its entry, whether work sets began.
    last: dict[str, tuple[str, int, bool]] = {}
    for line, row in table.rows:
        gathering.rows += 1
        try:
            _row(gathering, last, columns, line, row)
        except BadDocument as bad:
            gathering.wrong(line, bad)
    return gathering.log()


def _row(
    gathering: Gathering,
    last: dict[str, tuple[str, int, bool]],
    columns: _Columns,
    line: int,
    row: list[str],
) -> None:
    when, name = cell(row, columns.when), cell(row, columns.exercise)
    if not name:
        raise BadDocument("names no exercise")
    started = iso_moment(when)
    warmup = cell(row, columns.warmup).casefold() in TRUE
    # An exercise's warm-ups come before its work sets, so one after them begins it anew.
    before, rank, working = last.get(when, ("", 0, False))
    if name != before or (warmup and working):
        rank, working = rank + 1, False
    last[when] = name, rank, working or not warmup
    count = reps(cell(row, columns.reps), "Completed Reps")
    if count is None:
        gathering.empty += 1
        return
    # Sets from before weights could be changed while lifting have only the one that was asked.
    lifted, unit = cell(row, columns.weight), cell(row, columns.unit)
    if not lifted:
        lifted, unit = cell(row, columns.asked_weight), cell(row, columns.asked_unit)
    load = weight(lifted)
    at = cell(row, columns.at)
    done = OtherSet(
        line=line,
        kind=SetKind.WARMUP if warmup else SetKind.WORK,
        weight=load,
        unit=unit_of(unit) if load else "",
        reps=count,
        rir=rir_of_rpe(cell(row, columns.rpe)),
        at=iso_moment(at) if at else None,
    )
    workout = cell(row, columns.day) or cell(row, columns.program)
    gathering.begin(when, started, name=workout)
    note = lines_of(cell(row, columns.notes))
    gathering.add(when, rank, done, name=name, note=note)


def _columns(header: Sequence[str]) -> _Columns:
    def place(*names: str) -> int | None:
        return next((header.index(name) for name in names if name in header), None)

    return _Columns(
        when=place("workout datetime"),
        program=place("program"),
        day=place("day name"),
        exercise=place("exercise"),
        warmup=place("is warmup set?"),
        reps=place("completed reps"),
        # The second name of each is that of exports from before 2024.
        rpe=place("completed rpe", "rpe"),
        weight=place("completed weight value", "weight value"),
        unit=place("completed weight unit", "weight unit"),
        asked_weight=place("required weight value"),
        asked_unit=place("required weight unit"),
        at=place("completed reps time"),
        notes=place("notes"),
    )
