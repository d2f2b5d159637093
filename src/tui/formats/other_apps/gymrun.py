"""GymRun: a row a set, with its date and time, semicolons, and no unit of weight anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from tui.domain.model.validation import BadDocument, said
from tui.formats.other_apps.dates import clock, settled
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.sittings import Timed, gather
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import lines_of, number, reps, seconds, weight
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "GymRun"
# The columns in English, German and Polish.
WORDS = {
    "date": ("date", "datum", "data"),
    "time": ("time", "zeit", "uhrzeit", "czas"),
    "routine": ("routine", "plan", "trening"),
    "exercise": ("exercise", "übung", "ćwiczenie"),
    "set": ("set", "satz", "seria"),
    "weight": ("weight", "gewicht", "waga"),
    "reps": ("reps", "wdh.", "wdh", "wiederh.", "wiederholungen", "powt.", "powt"),
    "duration": ("duration", "dauer"),
    "note": ("note", "notiz", "uwaga"),
}
NEEDED = ("date", "time", "exercise", "set", "weight", "reps")


def fits(header: Sequence[str]) -> bool:
    """Whether a header is that of an export of entries: old ones have no other columns, newer ones
    are known by their Para6 to Para10."""
    at = _places(header)
    known = len(at) == sum(map(bool, header)) or "para6" in header
    return known and all(name in at for name in NEEDED)


def _places(header: Sequence[str]) -> Mapping[str, int]:
    return {
        name: place
        for name, words in WORDS.items()
        if (place := next((n for n, head in enumerate(header) if head in words), None)) is not None
    }


def read(table: Table) -> OtherLog:
    """The log in an export. Raises BadDocument."""
    at = _places(table.plain)
    dates, rows = settled(table.rows, at["date"])
    gathering = Gathering(APP)
    sets: list[Timed] = []
    for line, row in rows:
        gathering.rows += 1
        try:
            day = dates.day(cell(row, at["date"]))
            moment = clock(cell(row, at["time"]))
            name = cell(row, at["exercise"])
            if not name:
                raise BadDocument("names no exercise")
            which = number("Set", cell(row, at["set"]), 1000)
            done = _set(line, row, at)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if done is None:
            gathering.empty += 1
            continue
        sets.append(
            Timed(
                at=datetime.combine(day, moment or time()),
                dated=moment is None,
                name=name,
                done=done,
                number=None if which is None else int(which),
                workout=cell(row, at.get("routine")),
            )
        )
    gather(gathering, sets)
    return gathering.log()


def _set(line: int, row: Sequence[str], at: Mapping[str, int]) -> OtherSet | None:
    """The set in a row, or None if nothing was done. Raises BadDocument."""
    count = reps(cell(row, at["reps"]))
    length = _duration(cell(row, at.get("duration")), needed=count is None)
    if count is None and length is None:
        return None
    return OtherSet(
        line=line,
        weight=weight(cell(row, at["weight"])),
        reps=count,
        seconds=length,
        note=lines_of(cell(row, at.get("note"))),
    )


def _duration(text: str, *, needed: bool) -> float | None:
    """The seconds in a time such as 0:01:30. A bare number may be minutes or seconds, so it is
    passed over in a row that has repetitions, and refused in one that has nothing else. Raises
    BadDocument."""
    if ":" in text:
        return seconds(text, "Duration")
    if needed and number("Duration", text, 1e6):
        raise BadDocument(
            f"Duration {said(text)} may be minutes or seconds; write it as 0:10:00 in the file"
        )
    return None
