"""GymBook: a row a set, with values such as ``20 ripetizioni`` and ``0,00 kg`` in the language of
the phone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import lru_cache

from msgspec import Struct

from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import SetKind
from tui.formats.other_apps.dates import DAY_FIRST, clock, settled
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.sittings import Timed, gather
from tui.formats.other_apps.table import Table, cell
from tui.formats.other_apps.values import (
    UNITS,
    length_m,
    lines_of,
    metres,
    number,
    reps,
    seconds,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "GymBook"
# The columns in Italian, German and English; of all that we know, the app writes the same ones.
WORDS = {
    "date": ("data", "datum", "date"),
    "workout": ("programma", "training", "workout"),
    "time": ("orario", "zeit", "time"),
    "exercise": ("esercizio", "übung", "exercise"),
    "region": ("zona", "bereich", "region"),
    "amount": ("ripetizioni / tempo", "wiederholungen / zeit", "repetitions / time"),
    "load": ("peso / distanza", "gewicht / strecke", "weight / distance"),
    "note": ("appunti", "notizen", "notes"),
    "skipped": ("saltato", "ausgelassen", "skipped"),
}
# In another language they are found by their places: the first five, and the last four.
FIRST = ("date", "workout", "time", "exercise", "region")
LAST = ("amount", "load", "note", "skipped")
WIDTHS = (11, 12)
YES = frozenset({"si", "sì", "sí", "ja", "yes", "oui", "sim", "true", "1", "x"})
EASY = ("riscald", "defatic", "aufwärm", "abwärm", "abkühl", "warm", "cool")
PART = re.compile(r"([-+]?\d[\d.,:]*)\s*([^\d\s]*)")
# How the words for repetitions, hours, minutes and seconds begin in the app's languages.
REPS = ("r", "w", "her", "pow", "x", "×")
TIMES_S = {"h": 3600, "or": 3600, "st": 3600, "uur": 3600, "m": 60, "s": 1}


def fits(header: Sequence[str]) -> bool:
    """Whether a header is that of an export, in whatever language."""
    return bool(_places(header))


def read(table: Table) -> OtherLog:
    """The log in an export. Raises BadDocument."""
    columns = _columns(table.plain)
    # American phones write the month first; those of every other language the day.
    usual = "" if "repetitions / time" in table.plain else DAY_FIRST
    dates, rows = settled(table.rows, columns.at["date"], usual)
    gathering = Gathering(APP)
    sets: list[Timed] = []
    for line, row in rows:
        gathering.rows += 1
        if columns.text(row, "skipped").casefold() in YES:
            gathering.skipped += 1
            continue
        try:
            day = dates.day(columns.text(row, "date"))
            at = clock(columns.text(row, "time"))
            name = columns.text(row, "exercise")
            if not name:
                raise BadDocument("names no exercise")
            done = _set(line, row, columns)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if done is None:
            gathering.empty += 1
            continue
        sets.append(
            Timed(
                at=datetime.combine(day, at or time()),
                dated=at is None,
                name=name,
                done=done,
                workout=columns.text(row, "workout"),
                category=columns.text(row, "region"),
            )
        )
    gather(gathering, sets)
    return gathering.log()


class _Columns(Struct, frozen=True):
    """Where the columns are; ``easy`` are the words of the header for sets to warm up or cool
    down, in the column that says which kind a set is."""

    at: Mapping[str, int]
    easy: tuple[str, ...]

    def text(self, row: Sequence[str], name: str) -> str:
        return cell(row, self.at.get(name))


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where the columns are; nothing if the header is no export's."""
    at = {
        name: next(place for place, head in enumerate(header) if head in words)
        for name, words in WORDS.items()
        if any(head in words for head in header)
    }
    if at.keys() >= {"date", "exercise", "amount", "load"}:
        return at
    width = len(header)
    if width not in WIDTHS or not all("/" in head for head in header[-4:-2]):
        return {}
    return {
        **{name: place for place, name in enumerate(FIRST)},
        **{name: width - 4 + place for place, name in enumerate(LAST)},
    }


def _columns(header: Sequence[str]) -> _Columns:
    at = _places(header)
    # Set / Warm-up set / Cool-down set
    kind = next((place for place, head in enumerate(header) if head.count("/") == 2), None)
    if kind is None:
        return _Columns(at, ())
    easy = tuple(part.strip() for part in header[kind].split("/")[1:])
    return _Columns({**at, "kind": kind}, easy)


def _set(line: int, row: Sequence[str], columns: _Columns) -> OtherSet | None:
    """The set in a row, or None if nothing was done. Raises BadDocument."""
    count, length = _amount(columns.text(row, "amount"))
    load, unit, far = _load(columns.text(row, "load"))
    if count is None and length is None and far is None:
        return None
    kind = columns.text(row, "kind").casefold()
    easy = any(kind.startswith(word) for word in columns.easy) or any(w in kind for w in EASY)
    return OtherSet(
        line=line,
        # A set to cool down is as light as one to warm up, and counts as little.
        kind=SetKind.WARMUP if easy else SetKind.WORK,
        weight=load,
        unit=unit,
        reps=count,
        seconds=length,
        distance_m=far,
        note=lines_of(columns.text(row, "note")),
    )


@lru_cache(maxsize=1024)
def _amount(text: str) -> tuple[int | None, float | None]:
    """The repetitions or the seconds in a cell such as ``20 ripetizioni``, ``2 minuti`` or
    ``1 min 30 s``. Raises BadDocument."""
    count, length = None, 0.0
    for value, word in _parts(text, "Repetitions or time"):
        unit_s = next((TIMES_S[start] for start in TIMES_S if word.startswith(start)), None)
        if ":" in value:
            # 1:30, in minutes or without a word; of hours, it is 1 h 30 min.
            span = seconds(value) or 0
            length += span * 60 if unit_s == 3600 and value.count(":") == 1 else span
        elif not word or word.startswith(REPS):
            count = reps(value)
        elif unit_s:
            length += (seconds(value) or 0) * unit_s
        else:
            raise BadDocument(f"{said(text)} is neither repetitions nor a time")
    return count, length or None


@lru_cache(maxsize=1024)
def _load(text: str) -> tuple[float | None, str, float | None]:
    """The weight with its unit, or the metres, in a cell such as ``12,50 kg`` or ``5,00 km``.
    Raises BadDocument."""
    for value, word in _parts(text, "Weight or distance"):
        if word in UNITS:
            load = weight(value)
            return load, UNITS[word] if load is not None else "", None
        if (unit_m := length_m(word)) is not None:
            return None, "", metres(value, unit_m)
        if number("Weight or distance", value, 1e6, -1e6):
            raise BadDocument(f"{said(text)} is neither a weight in kg or lb nor a distance")
    return None, "", None


def _parts(text: str, what: str) -> list[tuple[str, str]]:
    """The numbers in a cell, each with the word after it; none in an empty cell or a dash. Raises
    BadDocument."""
    text = " ".join(text.casefold().split())
    found: list[tuple[str, str]] = PART.findall(text)
    if not found and text.strip("-–— "):
        raise BadDocument(f"{what} must be a number with a unit, not {said(text)}")
    return [(value, word.rstrip(".")) for value, word in found]
