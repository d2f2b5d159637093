"""Reads any table of sets, once it is known which column is what.

A runner names columns as in ``date=Datum, exercise=Übung, weight:lb=Gewicht``: what it is, then
the name in the file. After a colon stands how it is written where the file does not say: a date
``dmy`` or ``mdy``, a weight in ``kg`` or ``lb``, a distance in ``m``, ``km``, ``mi``, ``yd`` or
``ft``, seconds as ``s``, ``min`` or ``h``. ``time=`` without a name leaves a column out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time
from functools import lru_cache

from msgspec import Struct

from tui.domain.model.text import clean, clip
from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import SetKind, Side
from tui.formats.other_apps.column_words import FIELD_OF, KINDS, NAMES, RESTS, SIDES, YES, plain
from tui.formats.other_apps.dates import DAY_FIRST, MONTH_FIRST, Dates, clock, is_unclear, order_in
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.sittings import Timed, gather
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import (
    UNITS,
    iso_moment,
    length_m,
    length_of,
    lines_of,
    metres,
    number,
    reps,
    rir_of_rpe,
    seconds,
    span,
    unit_of,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet
from tui.formats.other_apps.written_dates import written_moment

APP = "CSV"
AMOUNTS = ("reps", "seconds", "distance")
# The cells of a row by what they are.
Cells = Mapping[str, str]
SECONDS_IN = {
    **dict.fromkeys(["s", "sec", "secs", "second", "seconds", "sek", "sekunden"], 1),
    **dict.fromkeys(["min", "mins", "minute", "minutes", "minuten"], 60),
    **dict.fromkeys(["h", "hour", "hours"], 3600),
}
MOST_SETS = 50
MOST_RIR = 10
# How many of a file's columns a message names, and how much of each.
SHOWN, WIDTH = 30, 30
NAMED = re.compile(r"\s*([a-z]+)(?::([a-z]+))?\s*=\s*(.*)", re.IGNORECASE)
NEXT = re.compile(rf",(?=\s*(?:{'|'.join(NAMES)})(?::[a-z]+)?\s*=)", re.IGNORECASE)
# What people write for no load but their own.
BODY_ALONE = {"", "bw", "bodyweight", "body weight"}


class Columns(Struct, frozen=True):
    """The place of each column that is known, and how some are written: the order of a ``date``,
    the unit of a ``weight``, of a ``distance`` and of ``seconds``."""

    places: Mapping[str, int]
    written: Mapping[str, str]


def guess(header: Sequence[str]) -> Columns:
    """The columns that a header names in one of the commonest languages. Of two with one meaning
    the plainer name counts, then the first."""
    found = [(place, name, *_meaning(name)) for place, name in enumerate(header)]
    best: dict[str, tuple[int, int]] = {}
    for place, _, field, rank in found:
        if field:
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    places = {field: place for field, (_, place) in best.items()}
    units = {field: _unit_in(field, header[place]) for field, place in places.items()}
    return Columns(places, {field: unit for field, unit in units.items() if unit})


def missing(columns: Columns) -> tuple[str, ...]:
    """What has to be known before a table can be read, in words; nothing if all is known."""
    lacking = [field for field in ("date", "exercise") if field not in columns.places]
    if not any(field in columns.places for field in AMOUNTS):
        lacking.append("reps, seconds or distance")
    return tuple(lacking)


def typed(text: str, header: Sequence[str]) -> Columns:
    """The columns of a header with those that a runner named, as this module's own docstring
    says. Raises BadDocument, which lists the columns of the file if one is not there."""
    known = guess(header)
    places, written = dict(known.places), dict(known.written)
    names = [plain(name) for name in header]
    for part in filter(str.strip, NEXT.split(text)):
        found = NAMED.fullmatch(part)
        if found is None or found[1].lower() not in NAMES:
            raise BadDocument(
                f"{said(part.strip())} names no column; write date=NAME, with one of "
                f"{', '.join(NAMES)}"
            )
        field, how, name = found[1].lower(), (found[2] or "").lower(), found[3].strip()
        if how and not _can_be_written(field, how):
            raise BadDocument(
                f"{field}:{how} is not known; write date:dmy, date:mdy, weight:kg, weight:lb, "
                "distance:km, seconds:min or the like"
            )
        places.pop(field, None)
        written.pop(field, None)
        if name:
            if name not in header and plain(name) not in names:
                raise BadDocument(f"has no column {said(name)}; it has {_listed(header)}")
            place = header.index(name) if name in header else names.index(plain(name))
            places = {other: at for other, at in places.items() if at != place}
            places[field] = place
            how = how or _unit_in(field, header[place])
        if how:
            written[field] = how
    return Columns(places, written)


def read(table: Table, columns: Columns) -> OtherLog:
    """The workouts in a table. Sets of one day are one workout, but for a gap of three hours, or
    another name of the workout. A column of numbers of sets, 1, 2, 3, is told from one of how many
    sets a row stands for.

    Raises BadDocument if the columns do not suffice, if dates could be read in two ways, or if the
    table is cut off."""
    if lacking := missing(columns):
        raise BadDocument(
            f"has no column known for {' and '.join(lacking)}; name it with --columns, as in "
            f"--columns 'date=NAME, exercise=NAME, reps=NAME'; it has {_listed(table.header)}"
        )
    reader = _Reader(columns, warm="warm" in plain(cell(table.header, columns.places.get("kind"))))
    rows = _shared(table.rows)
    times = _Times(columns, [row for _, row in rows])
    numbered = _numbered(columns, [row for _, row in rows])
    gathering = Gathering(APP)
    sets: list[Timed] = []
    for line, row in rows:
        gathering.rows += 1
        cells = reader.cells(row)
        try:
            name = cells.get("exercise")
            if name is None:
                raise BadDocument("names no exercise")
            at, dated = times.of(cells)
            done = reader.done(line, cells, at=None if dated else at)
            count = 1 if numbered else _count(cells)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if _word(cells) in RESTS:
            gathering.rests += 1
        elif done.reps is done.seconds is done.distance_m is None:
            gathering.empty += 1
        else:
            timed = Timed(
                at=at,
                name=name,
                done=done,
                number=_number_of(cells, numbered=numbered),
                workout=cells.get("workout", ""),
                dated=dated,
            )
            sets += [timed] * count
    rows.clear()
    gather(gathering, sets)
    return gathering.log()


def _shared(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, tuple[str, ...]]]:
    """All rows, with what several say kept once: a log repeats itself, and is long."""
    known: dict[str, str] = {}
    return [(line, tuple([known.setdefault(text, text) for text in row])) for line, row in rows]


class _Reader:
    """Reads the values of a row. ``warm``: the column of kinds says whether a set is a warm-up."""

    def __init__(self, columns: Columns, *, warm: bool) -> None:
        self._places, self._written, self._warm = columns.places, columns.written, warm

    def cells(self, row: Sequence[str]) -> Cells:
        """What a row says, by what its columns are; without what it leaves empty."""
        return {
            field: text
            for field, place in self._places.items()
            if place < len(row) and (text := row[place].strip())
        }

    def done(self, line: int, row: Cells, *, at: datetime | None) -> OtherSet:
        """The set in a row. Raises BadDocument."""
        load, unit = self._weight(row)
        rir = number("RIR", row.get("rir", ""), MOST_RIR)
        return OtherSet(
            line=line,
            kind=self._kind(row),
            side=_side(row["side"]) if "side" in row else Side.BOTH,
            weight=load,
            unit=unit,
            reps=reps(row.get("reps", "")),
            seconds=self._seconds(row["seconds"]) if "seconds" in row else None,
            distance_m=self._distance(row["distance"]) if "distance" in row else None,
            rir=rir_of_rpe(row.get("rpe", "")) if rir is None else rir,
            note=lines_of(row.get("note", "")),
            at=at,
        )

    def _kind(self, row: Cells) -> SetKind:
        word = _word(row)
        if self._warm and "kind" in row and word in YES:
            return SetKind.WARMUP
        return KINDS.get(word, SetKind.WORK)

    def _weight(self, row: Cells) -> tuple[float | None, str]:
        text = row.get("weight", "")
        if plain(text) in BODY_ALONE:
            return None, ""
        amount, unit = _parted(text)
        load = weight(amount)
        unit = unit or row.get("unit") or self._written.get("weight", "")
        return load, unit_of(unit) if load else ""

    def _seconds(self, text: str) -> float | None:
        if (length := span(text)) is not None:
            return length
        amount, unit = _parted(text)
        unit = unit.casefold().rstrip(".") or self._written.get("seconds", "s")
        if unit not in SECONDS_IN:
            raise BadDocument(f"{said(unit)} is not a unit of time; write s, min or h")
        found = seconds(amount)
        # A clock says itself what it counts.
        return found if found is None or ":" in amount else found * SECONDS_IN[unit]

    def _distance(self, text: str) -> float | None:
        amount, unit = _parted(text)
        length = length_of(unit or self._written.get("distance", ""))
        if length is None and metres(amount, 1):
            raise BadDocument(
                "the distance has no unit; name its column as in --columns 'distance:m=NAME'"
            )
        return metres(amount, length or 1)


def _side(text: str) -> Side:
    found = SIDES.get(plain(text))
    if found is None:
        raise BadDocument(f"Side must be left, right or both, not {said(text)}")
    return found


def _word(row: Cells) -> str:
    """The kind of a set as a word; some files write W or D in place of its number."""
    return plain(row.get("kind", "")) or plain(row.get("set", ""))


def _count(row: Cells) -> int:
    """For how many equal sets a row stands. Raises BadDocument."""
    found = reps(row.get("sets", ""), "Sets") or 1
    if found > MOST_SETS:
        raise BadDocument(f"Sets must be at most {MOST_SETS}, not {found}")
    return found


def _number_of(row: Cells, *, numbered: bool) -> int | None:
    """Which set of its exercise it is; None if the row has no number for that."""
    text = row.get("set") or (row.get("sets", "") if numbered else "")
    whole = text.partition(".")[0]
    return int(whole) if whole.isdecimal() and len(whole) < 5 else None


class _Times:
    """Reads when a set was done, from its columns of dates and of times of day. Raises BadDocument
    if these cannot be what they are taken for."""

    def __init__(self, columns: Columns, rows: Sequence[Sequence[str]]) -> None:
        date, of_day = columns.places["date"], columns.places.get("time")
        days = sorted({_split(text)[0] for text in {cell(row, date) for row in rows}})
        order = order_in(days) or columns.written.get("date", "")
        self._dates = Dates(order)
        self._known: dict[str, tuple[datetime, bool]] = {}
        self._clocks: dict[str, time | None] = {}
        if not order and (unclear := next(filter(is_unclear, days), "")):
            raise BadDocument(
                f"{said(unclear)} can be read as two dates; write dates as 2026-12-31 in the file, "
                "or name their order with --columns 'date:dmy=NAME' or 'date:mdy=NAME'"
            )
        clocks = {cell(row, of_day) for row in rows} - {""}
        if len(clocks) > 1 and all(text.startswith(("0:", "00:")) for text in clocks):
            raise BadDocument(
                "the column of times holds no times of day; name it with --columns "
                "'seconds=NAME', or leave it out with --columns 'time='"
            )

    def of(self, row: Cells) -> tuple[datetime, bool]:
        """When the set of a row was done, and whether only the day is known. Raises
        BadDocument."""
        text = row.get("date", "")
        found = self._known.get(text)
        if found is None:
            at, dated = self._moment(text)
            # A spreadsheet adds a time to a date, 2026-11-03 00:00:00.
            if at.time() == time():
                at, dated = at.replace(tzinfo=None), True
            found = self._known[text] = at, dated
        at, dated = found
        if dated and "time" in row:
            text = row["time"]
            if text not in self._clocks:
                self._clocks[text] = clock(text)
            if (of_day := self._clocks[text]) is not None:
                return datetime.combine(at, of_day), False
        return found

    def _moment(self, text: str) -> tuple[datetime, bool]:
        if not text:
            raise BadDocument("has no date")
        day, rest = _split(text)
        if (day[4:5] == "-" and len(day) >= len("2026-11-03")) or len(day) == len("20261103"):
            with suppress(BadDocument):
                return iso_moment(f"{day} {rest}".strip()), not rest and "T" not in day
        if any(map(str.isalpha, day)) or any(map(str.isalpha, rest.rstrip("AaPpMm. "))):
            return written_moment(text)
        of_day = clock(rest)
        return datetime.combine(self._dates.day(day), of_day or time()), of_day is None


def _split(text: str) -> tuple[str, str]:
    """A day, and the time behind it if there is one."""
    # 9. 1. 2026, as Czechs and others write it.
    day, _, rest = text.replace(". ", ".").partition(" ")
    return day.rstrip(","), rest.strip()


def _numbered(columns: Columns, rows: Iterable[Sequence[str]]) -> bool:
    """Whether a column called Sets numbers them: 1, 2, 3 in the rows of an exercise on a day."""
    if "sets" not in columns.places:
        return False
    date, exercise, place = (columns.places[field] for field in ("date", "exercise", "sets"))
    last: dict[tuple[str, str], int] = {}
    most = 0
    for row in rows:
        here = cell(row, date), cell(row, exercise)
        text = cell(row, place).partition(".")[0]
        if text not in {"1", str(last.get(here, 0) + 1)}:
            return False
        last[here] = int(text)
        most = max(most, last[here])
    return most > 1


def _meaning(name: str) -> tuple[str, int]:
    """What a column is by its name, and how plain a name that is, from 0."""
    whole = plain(name)
    if whole in FIELD_OF:
        return FIELD_OF[whole]
    bare, _, unit = whole.rpartition(" ")
    field, rank = FIELD_OF.get(bare, ("", 0))
    if field == "time" and unit in SECONDS_IN:
        return "seconds", rank
    return (field, rank) if _can_be_written(field, unit) else ("", 0)


def _unit_in(field: str, name: str) -> str:
    """The unit of a field in the name of its column, Weight (kg), weight_kg or just kg; empty for
    none."""
    unit = plain(name).rpartition(" ")[2]
    return unit if _can_be_written(field, unit) else ""


def _can_be_written(field: str, how: str) -> bool:
    match field:
        case "date":
            return how in {DAY_FIRST, MONTH_FIRST}
        case "weight":
            return how in UNITS
        case "distance":
            return length_m(how) is not None
        case "seconds":
            return how in SECONDS_IN
        case _:
            return False


@lru_cache(maxsize=4096)
def _parted(text: str) -> tuple[str, str]:
    """A number and the unit behind it: 62.5 kg, 30s."""
    amount = text.rstrip(".").rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return amount.strip(), text[len(amount) :].strip()


def _listed(header: Sequence[str]) -> str:
    """The names of the columns, as many as fit into a message."""
    names = [clip(clean(name.strip()), WIDTH) for name in header if name.strip()]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
