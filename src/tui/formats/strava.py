"""Reads runs from activities.csv, the list of activities in Strava's account archive."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from io import StringIO

from msgspec import Struct

from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Run
from tui.formats.run_file import Found, is_run, number, run_of

# By position, as Distance and Elapsed Time each occur twice, and columns were added in between.
DATE, NAME, TYPE, ELAPSED, KILOMETRES = 1, 2, 3, 5, 6
FIRST = ("Activity ID", "Activity Date", "Activity Name", "Activity Type")
TAG = re.compile(r"<[^<>]*>")
DATES = ("%b %d, %Y, %I:%M:%S %p", "%d %b %Y, %H:%M:%S", "%Y-%m-%d %H:%M:%S")
AGAIN = "ask Strava for the archive again"


class _Columns(Struct, frozen=True):
    """The positions of the columns that not every archive has, or has in the same place."""

    width: int
    metres: int | None
    moving: int | None
    climb: int | None


def read(data: bytes, zone: tzinfo) -> Found:
    """The runs of activities.csv. Its times are UTC. Its first Distance is in the athlete's display
    unit, usually kilometres; its second, if there is one, is in metres and is preferred. Raises
    BadDocument with the line."""
    rows = _rows(data)
    _, header = next(rows, (1, []))
    columns = _columns(header)
    runs, others = [], 0
    for line, row in rows:
        try:
            if len(row) != columns.width:
                raise BadDocument(f"has {len(row)} fields where the first line has {columns.width}")
            if is_run(row[TYPE]):
                runs.append(_run(row, columns, zone))
            else:
                others += 1
        except BadDocument as bad:
            raise BadDocument(f"line {line}: {bad}; {AGAIN}") from None
    if not runs and not others:
        raise BadDocument(f"holds no activity; {AGAIN}")
    return Found(runs=tuple(runs), others=others)


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each non-empty row with the line it begins on. Raises BadDocument."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        raise BadDocument(f"line {line}: is not UTF-8 text; {AGAIN}") from None
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BadDocument(f"line {line}: is damaged or cut off ({error}); {AGAIN}") from None
        if row is None:
            return
        if row:
            yield line, row
        line = reader.line_num + 1


def _columns(header: Sequence[str]) -> _Columns:
    names = [" ".join(TAG.sub("", cell).split()) for cell in header]
    shape = names[ELAPSED : KILOMETRES + 1] == ["Elapsed Time", "Distance"]
    if tuple(names[:4]) != FIRST or not shape:
        raise BadDocument(
            "line 1: is not the header of Strava's activities.csv, Activity ID, Activity Date and "
            f"so on; set Strava to English and {AGAIN}"
        )
    second = [place for place, name in enumerate(names) if name == names[KILOMETRES]][1:2]
    return _Columns(
        width=len(names),
        metres=second[0] if second else None,
        moving=_only(names, "Moving Time"),
        climb=_only(names, "Elevation Gain"),
    )


def _only(names: Sequence[str], name: str) -> int | None:
    return names.index(name) if names.count(name) == 1 else None


def _run(row: Sequence[str], columns: _Columns, zone: tzinfo) -> Run:
    kilometres = number("Distance", row[KILOMETRES])
    metres = _at(row, columns.metres, "Distance")
    if not metres and kilometres is not None:
        metres = kilometres * 1000
    return run_of(
        _instant(row[DATE]),
        zone,
        name=row[NAME],
        distance_m=metres,
        climb_m=_at(row, columns.climb, "Elevation Gain"),
        duration_s=_at(row, columns.moving, "Moving Time") or number("Elapsed Time", row[ELAPSED]),
    )


def _at(row: Sequence[str], place: int | None, what: str) -> float | None:
    return None if place is None else number(what, row[place])


def _instant(text: str) -> datetime:
    # Some archives have a narrow no-break space before AM.
    plain = " ".join(text.split())
    for form in DATES:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise BadDocument(
        f"Activity Date must be one such as Jul 14, 2020, 10:36:55 PM, not {said(text)}"
    )
