"""Validate the values of JSON objects as they are read.

Files the program wrote are read by functions that raise :class:`BadDocument` at the first wrong
value, because the file is damaged. A library that a person wrote by hand is read by
:class:`Fields`, which collects a :class:`Problem` for each wrong value, so that all can be fixed at
once. Both name the field, and both treat null like an absent key.
"""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeGuard, TypeVar

T = TypeVar("T")

# Far beyond any human set: keeps a mistyped digit or a hostile file out of the totals.
LIMIT = 100_000
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 60
TEXT_LENGTHS = {"name": 60, "focus": 80, "title": 160, "author": 80, "publisher": 80}
SENTENCE = 300
SHOWN = 40
LARGE = 10**12


class BadDocument(ValueError):
    """A document with a missing or wrong value; the message names the field."""


def said(value: object) -> str:
    """A value for a message: short and on one line, however long or deep it is."""
    return reprlib.repr(value)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a JSON value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_id(value: object) -> TypeGuard[str]:
    """Whether a value is an id: lower-case words joined by hyphens, at most 60 characters."""
    return isinstance(value, str) and len(value) <= ID_LENGTH and bool(ID.fullmatch(value))


# -- the first wrong value raises ------------------------------------------------------------------


def number(doc: Mapping[str, Any], key: str, low: float = 0, high: float = LIMIT) -> float | None:
    """The number at ``key``, or None if absent; raises BadDocument outside low..high."""
    value = doc.get(key)
    if value is None:
        return None
    if not is_number(value):
        raise BadDocument(f"{key} must be a number, not {said(value)}")
    # This comparison also refuses NaN, and works for an int too large for a float.
    if not low <= value <= high:
        raise BadDocument(f"{key} must be from {low:g} to {high:g}, not {said(value)}")
    return value


def whole(doc: Mapping[str, Any], key: str, low: int = 0, high: int = LIMIT) -> int | None:
    """The whole number at ``key``, or None if absent; raises BadDocument for anything else."""
    value = number(doc, key, low, high)
    if value is not None and value != int(value):
        raise BadDocument(f"{key} must be a whole number, not {value:g}")
    return None if value is None else int(value)


def text(doc: Mapping[str, Any], key: str, default: str = "") -> str:
    """The string at ``key``, or ``default`` if absent; raises BadDocument for anything else."""
    value = doc.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadDocument(f"{key} must be text, not {said(value)}")
    return value


def need(doc: Mapping[str, Any], key: str) -> str:
    """The non-empty string at ``key``; raises BadDocument if missing."""
    value = text(doc, key)
    if not value:
        raise BadDocument(f"{key} is missing")
    return value


def choice(doc: Mapping[str, Any], key: str, make: Callable[[str], T], default: T) -> T:
    """The enum member named at ``key``, or ``default`` if absent; raises BadDocument for an unknown
    name."""
    value = doc.get(key)
    if value is None:
        return default
    try:
        return make(value if isinstance(value, str) else "")
    except ValueError:
        raise BadDocument(f"{key} cannot be {said(value)}") from None


def instant(doc: Mapping[str, Any], key: str) -> datetime:
    """The ISO 8601 instant at ``key``, with its UTC offset; raises BadDocument without one."""
    value = need(doc, key)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadDocument(f"{key} must be a date and time, not {said(value)}") from None
    if moment.tzinfo is None:
        raise BadDocument(f"{key} needs a UTC offset, as in 2026-11-02T18:05:00+01:00")
    # In the first and last years, adding an offset or a duration can overflow.
    if not 1 < moment.year < 9999:
        raise BadDocument(f"{key} must be a date and time of this age, not {said(value)}")
    return moment


def day(doc: Mapping[str, Any], key: str) -> date:
    """The ISO date at ``key``; raises BadDocument for anything else."""
    value = need(doc, key)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadDocument(f"{key} must be a date such as 2026-11-02, not {said(value)}") from None


def objects(doc: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The list of objects at ``key`` (empty if absent); raises BadDocument for anything else."""
    value = [] if doc.get(key) is None else doc[key]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadDocument(f"{key} must be a list of objects")
    return value


# -- every wrong value is a problem ----------------------------------------------------------------


class Problem(NamedTuple):
    """One error in a library file. ``entry`` names the exercise or programme (empty for the whole
    file), ``field`` is the path of the value within it."""

    entry: str
    field: str
    message: str
    file: str = "library.json"

    def __str__(self) -> str:
        """One line: file, entry, field, what is wrong."""
        return ": ".join(part for part in (self.file, self.entry, self.field, self.message) if part)


class Span(NamedTuple):
    """The allowed range of a field, ``low`` to ``high``, and its unit for messages."""

    unit: str
    low: float
    high: float
    whole: bool = True

    def __str__(self) -> str:
        """As in: a whole number of seconds from 0 to 900."""
        number = "a whole number" if self.whole else "a number"
        of = f" of {self.unit}" if self.unit else ""
        return f"{number}{of} from {self.low:g} to {self.high:g}"


def shown(value: object) -> str:
    """A value from a file for a message: short, on one line, without control characters."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGE:
        return "a number that large"
    if isinstance(value, str) and len(value) > SHOWN:
        value = value[:SHOWN] + "..."
    return json.dumps(value)


def one_of(allowed: Collection[str]) -> str:
    """The message that lists the ``allowed`` words."""
    return "must be one of " + ", ".join(allowed)


class Fields:
    """Reads the fields of one JSON object and never raises, however hostile the input. A wrong
    value adds a problem and is replaced by a stand-in of the right type, so that one pass finds
    every error."""

    def __init__(
        self,
        raw: Mapping[str, Any],
        entry: str,
        problems: list[Problem],
        file: str,
        path: str = "",
    ) -> None:
        self.raw = raw
        self.entry = entry
        self.problems = problems
        self.file = file
        self.path = path
        self.seen: set[str] = set()

    def wrong(self, key: str, message: str) -> None:
        """Adds a problem with the field ``key``."""
        self.problems.append(Problem(self.entry, self.path + key, message, self.file))

    def take(self, key: str) -> Any:
        """The value at ``key``; None, and a problem, if missing."""
        self.seen.add(key)
        value = self.raw.get(key)
        if value is None:
            self.wrong(key, "is missing")
        return value

    def may(self, key: str) -> bool:
        """Whether an optional field is present; null counts as absent."""
        self.seen.add(key)
        return self.raw.get(key) is not None

    def text(self, key: str) -> str:
        """One line of printable text."""
        value = self.take(key)
        return value if value is not None and self.is_text(key, value) else ""

    def is_text(self, key: str, value: object) -> bool:
        """Whether ``value`` is a line of printable text; if not, adds a problem with ``key``."""
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"must be text, not {shown(value)}")
        elif not value.isprintable():
            self.wrong(key, "must not hold control or invisible characters")
        elif len(value) > TEXT_LENGTHS.get(key, SENTENCE):
            self.wrong(key, f"must be at most {TEXT_LENGTHS.get(key, SENTENCE)} characters long")
        else:
            return True
        return False

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """One word of a fixed vocabulary."""
        value = self.take(key)
        if value is None:
            return ""
        if isinstance(value, str) and value in allowed:
            return value
        self.wrong(key, f"{one_of(allowed)}, not {shown(value)}")
        return ""

    def ident(self, key: str) -> str:
        """An id: lower-case words joined by hyphens."""
        value = self.take(key)
        return value if value is not None and self.is_id(key, value) else ""

    def is_id(self, key: str, value: object) -> bool:
        """Whether ``value`` is a well-formed id; if not, adds a problem with ``key``."""
        if is_id(value):
            return True
        self.wrong(key, f"must be an id such as back-squat, not {shown(value)}")
        return False

    def number(self, key: str, span: Span) -> Any:
        """A number within ``span``; the lowest one if the value is wrong."""
        value = self.take(key)
        return value if value is not None and self.is_number(key, value, span) else span.low

    def number_or(self, key: str, span: Span, default: Any) -> Any:
        """An optional number within ``span``, or ``default``."""
        return self.number(key, span) if self.may(key) else default

    def is_number(self, key: str, value: object, span: Span) -> bool:
        """Whether ``value`` is a number within ``span``; if not, adds a problem with ``key``."""
        if (
            is_number(value)
            and (isinstance(value, int) or not span.whole)
            and span.low <= value <= span.high
        ):
            return True
        self.wrong(key, f"must be {span}, not {shown(value)}")
        return False

    def items(self, key: str, low: int, high: int, of: str) -> list[Any]:
        """A list of ``low`` to ``high`` items; ``of`` is the noun for the message."""
        value = self.take(key)
        if value is None:
            return []
        if isinstance(value, list) and low <= len(value) <= high:
            return value
        found = len(value) if isinstance(value, list) else shown(value)
        self.wrong(key, f"must be a list of {low} to {high} {of}, not {found}")
        return []

    def words(
        self, key: str, low: int, high: int, of: str, fits: Callable[[str, object], bool]
    ) -> tuple[str, ...]:
        """A list of ``low`` to ``high`` different strings, each of which ``fits``."""
        values = self.items(key, low, high, of)
        good = tuple(value for value in values if fits(key, value))
        if len(set(good)) != len(good):
            self.wrong(key, "names the same thing twice")
        return good

    def is_one_of(self, allowed: Collection[str]) -> Callable[[str, object], bool]:
        """A check for :meth:`words`: is a value one of ``allowed``?"""

        def fits(key: str, value: object) -> bool:
            if isinstance(value, str) and value in allowed:
                return True
            self.wrong(key, f"{one_of(sorted(allowed))}, not {shown(value)}")
            return False

        return fits

    def inside(self, key: str, value: object) -> Fields | None:
        """A reader for the object ``value`` at ``key``; None, and a problem, if it is not one."""
        if isinstance(value, dict):
            return Fields(value, self.entry, self.problems, self.file, f"{self.path}{key}.")
        self.wrong(key, f"must be an object, not {shown(value)}")
        return None

    def close(self) -> None:
        """Adds a problem for every field that was never read."""
        for key in sorted(self.raw.keys() - self.seen):
            self.wrong(shown(key).strip('"'), "is unknown")


def labelled(what: str, raw: object, place: int) -> str:
    """The name of an entry in messages: its id or, without a valid one, its place in the file."""
    value = raw.get("id") if isinstance(raw, dict) else None
    if is_id(value):
        return f"{what} {value}"
    return f"{what} number {place}"
