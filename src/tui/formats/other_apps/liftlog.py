"""Reads the plain-text export of LiftLog: one row a set that was done, with its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import iso_moment, lines_of, reps, unit_of, weight
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "LiftLog"
NEEDED = {"sessionid", "exercise", "reps", "targetreps"}
TIMES = ("timestamp", "date")


class _Row(Struct, frozen=True):
    """A set, with what it belongs to: the workout, and the rank of its entry in the file."""

    session: str
    entry: int
    name: str
    note: str
    at: datetime
    dated: bool
    done: OtherSet


def fits(header: Sequence[str]) -> bool:
    """Whether a table with this header, in lower case, is LiftLog's."""
    return set(header) >= NEEDED and not set(header).isdisjoint(TIMES)


def read(table: Table) -> OtherLog:
    """The workouts in an export of LiftLog. Its times are local. The newest workout comes first in
    it, so sets are put in the order of their times; a workout starts with its first set, as the
    file says no more. Raises BadDocument for a table that is cut off."""
    header = table.plain
    session, name, count, load, unit, notes, *times = (
        header.index(column) if column in header else None
        for column in ("sessionid", "exercise", "reps", "weight", "weightunit", "notes", *TIMES)
    )
    time = next(place for place in times if place is not None)
    gathering = Gathering(APP)
    rows: list[_Row] = []
    last: tuple[str, str] | None = None
    entry = 0
    for line, row in table.rows:
        gathering.rows += 1
        try:
            key, exercise = cell(row, session), cell(row, name)
            if not exercise:
                raise BadDocument("names no exercise")
            when = cell(row, time)
            at = iso_moment(when)
            # An exercise that comes again after another one is done a second time.
            entry += (key, exercise) != last
            last = key, exercise
            lifted = weight(cell(row, load))
            done = OtherSet(
                line=line,
                weight=lifted,
                unit=unit_of(cell(row, unit)) if lifted else "",
                reps=reps(cell(row, count)),
                at=at,
            )
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if done.reps is None:
            gathering.empty += 1
            continue
        note = lines_of(cell(row, notes))
        dated = len(when) <= len("2026-11-03")
        rows.append(_Row(key or at.date().isoformat(), entry, exercise, note, at, dated, done))
    rows.sort(key=lambda one: one.at if one.at.tzinfo else one.at.replace(tzinfo=UTC))
    for one in rows:
        gathering.begin(one.session, one.at, dated=one.dated)
        gathering.add(one.session, one.entry, one.done, name=one.name, note=one.note)
    return gathering.log()
