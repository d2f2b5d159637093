"""Reads runs from activities.csv, the list of activities in Strava's account archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Run
from tui.formats.other_apps.table import BadRow, Table, table_of, text_of
from tui.formats.other_apps.written_dates import written_moment
from tui.formats.run_file import Found, begun, number, run_of, unknown
from tui.formats.sports import is_running

# By position, as Distance and Elapsed Time each occur twice, columns were added in between, and the
# labels are in the athlete's language.
DATE, NAME, TYPE, ELAPSED, DISTANCE = 1, 2, 3, 5, 6
FIRST = ("Activity ID", "Activity Date", "Activity Name", "Activity Type")
# The header until 2019 or so.
OLD_FIRST, OLD_LAST = ("id", "date", "name", "type"), "filename"
# An archive had 80 columns in 2021 and 94 in 2025. In these the second Elapsed Time stands here.
WHOLE, SECOND = 75, {80: 14, 94: 15}
# From there: the file, the time in motion, the second distance, the climb.
FILE, MOVING, METRES, CLIMB = -3, 1, 2, 5
TAG = re.compile(r"<[^<>]*>")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
AGAIN = "ask Strava for the archive again"


class _Columns(Struct, frozen=True, kw_only=True):
    """Where the columns are that not every archive has, or has in the same place; ``width`` is the
    number of all."""

    width: int
    elapsed: int | None = ELAPSED
    kilometres: int | None = DISTANCE
    metres: int | None = None
    moving: int | None = None
    climb: int | None = None
    file: int | None = None


def read(data: bytes, zone: tzinfo, now: datetime) -> Found:
    """The runs of activities.csv. Its times are UTC. Its first Distance is in the athlete's display
    unit, usually kilometres; its second, if there is one, is in metres and is preferred. A list
    in another language than English is read by position if it is of a whole archive. A bad row is
    refused alone. Raises BadDocument for a list that cannot be read."""
    table = table_of(text_of(data))
    columns = _columns(table.header)
    runs, unknowns, refused, files, others = [], [], [], set(), 0
    for line, row in _rows(table):
        try:
            if len(row) < columns.width or any(row[columns.width :]):
                raise BadDocument(f"has {len(row)} fields where the first line has {columns.width}")
            running = is_running(row[TYPE])
            if running:
                runs.append(_run(row, columns, zone, now))
        except BadDocument as bad:
            refused.append(f"line {line}: {bad}; {AGAIN}")
            continue
        others += not running
        if running is None:
            unknowns.append(unknown(row[NAME], row[TYPE]))
        if columns.file is not None:
            files.add(row[columns.file].strip())
    if not runs and not others and not refused:
        raise BadDocument(f"holds no activity; {AGAIN}")
    return Found(
        runs=tuple(runs),
        others=others,
        unknown=tuple(unknowns),
        refused=tuple(refused),
        listed=frozenset(files - {""}),
    )


def _rows(table: Table) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins. Raises BadDocument."""
    try:
        yield from table.rows
    except BadRow as bad:
        raise BadDocument(f"{bad}; {AGAIN}") from None


def _columns(header: Sequence[str]) -> _Columns:
    """Where the columns are. Raises BadDocument for another list."""
    names = [" ".join(TAG.sub("", cell).split()) for cell in header]
    plain = [name.lower() for name in names]
    if tuple(plain[:4]) == OLD_FIRST and OLD_LAST in plain:
        return _old(plain)
    second = _second(plain)
    if tuple(names[:4]) == FIRST and names[ELAPSED : DISTANCE + 1] == ["Elapsed Time", "Distance"]:
        again = [place for place, name in enumerate(names) if name == "Distance"][1:2]
        return _Columns(
            width=len(names),
            metres=again[0] if again else None,
            moving=_only(names, "Moving Time"),
            climb=_only(names, "Elevation Gain"),
            file=_only(names, "Filename"),
        )
    if second is None:
        raise BadDocument(
            f"line 1: is not the header of Strava's activities.csv with all its columns, as it has "
            f"{len(names)} of {min(SECOND)} or more; {AGAIN} and import its activities.csv, or the "
            "whole archive, as it is"
        )
    return _Columns(
        width=len(names),
        metres=second + METRES,
        moving=second + MOVING,
        climb=second + CLIMB,
        file=second + FILE,
    )


def _second(names: Sequence[str]) -> int | None:
    """Where the time elapsed stands a second time in a whole list in any language, the second
    distance behind it; None in any other list."""
    if len(names) < WHOLE:
        return None
    for place in range(DISTANCE + 1, len(names) - CLIMB):
        if [names[place], names[place + METRES]] == [names[ELAPSED], names[DISTANCE]]:
            return place
    return SECOND.get(len(names))


def _old(names: Sequence[str]) -> _Columns:
    """The columns of an old list, whose only distance is in metres."""
    return _Columns(
        width=len(names),
        elapsed=_only(names, "elapsed_time"),
        kilometres=None,
        metres=_only(names, "distance"),
        moving=_only(names, "moving_time"),
        climb=_only(names, "elevation_gain"),
        file=_only(names, OLD_LAST),
    )


def _only(names: Sequence[str], name: str) -> int | None:
    return names.index(name) if names.count(name) == 1 else None


def _run(row: Sequence[str], columns: _Columns, zone: tzinfo, now: datetime) -> Run:
    kilometres = _at(row, columns.kilometres, "Distance")
    metres = _at(row, columns.metres, "Distance")
    if not metres and kilometres is not None:
        metres = kilometres * 1000
    return run_of(
        begun(_instant(row[DATE]), zone, now),
        zone,
        name=row[NAME],
        distance_m=metres,
        climb_m=_at(row, columns.climb, "Elevation Gain"),
        duration_s=_at(row, columns.moving, "Moving Time")
        or _at(row, columns.elapsed, "Elapsed Time"),
    )


def _at(row: Sequence[str], place: int | None, what: str) -> float | None:
    """The number in a column, with a decimal point or comma; None if there is none. Raises
    BadDocument."""
    text = "" if place is None else row[place].strip()
    if THOUSANDS.fullmatch(text):
        return number(what, text.replace(",", ""))
    if "," in text:  # The last mark is the decimal one.
        mark = "," if text.rfind(",") > text.rfind(".") else "."
        text = text.replace("." if mark == "," else ",", "").replace(mark, ".")
    return number(what, text)


def _instant(text: str) -> datetime:
    try:
        # An old list says so itself.
        when, _ = written_moment(text.strip().removesuffix(" UTC"))
    except BadDocument:
        raise BadDocument(
            f"Activity Date must be one such as Jul 14, 2020, 10:36:55 PM, not {said(text)}"
        ) from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
