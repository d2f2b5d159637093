"""Reading the values of a JSON object with a check: what is not what it should be has no way in.

What the program itself wrote is read by functions that raise :class:`BadDocument` over the first
wrong value: it is damaged. What a person wrote by hand, a library, is read by :class:`Fields`,
which gathers a :class:`Problem` for each, so that all can be mended at once. Either names the
field, and to both a key that is absent and one that is null are the same.
"""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeGuard, TypeVar

T = TypeVar("T")

# Far beyond any human set; it keeps a slipped digit or a hostile file out of the sums.
LIMIT = 100_000
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 60
TEXT_LENGTHS = {"name": 60, "focus": 80, "title": 160, "author": 80, "publisher": 80}
SENTENCE = 300
SHOWN = 40
LARGE = 10**12


class BadDocument(ValueError):
    """A document that does not say what it must; the message names the field."""


def said(value: object) -> str:
    """A value as a message quotes it: on one line and short, however long or deep it is."""
    return reprlib.repr(value)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value of a JSON document is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_id(value: object) -> TypeGuard[str]:
    """Whether a value is an id: lower-case words joined by hyphens, and not too many."""
    return isinstance(value, str) and len(value) <= ID_LENGTH and bool(ID.fullmatch(value))


# -- the first wrong value raises ------------------------------------------------------------------


def number(doc: Mapping[str, Any], key: str, low: float = 0, high: float = LIMIT) -> float | None:
    """The number at ``key`` or None where it is absent; raises BadDocument outside low..high."""
    value = doc.get(key)
    if value is None:
        return None
    if not is_number(value):
        raise BadDocument(f"{key} must be a number, not {said(value)}")
    # What is not a number at all is not within bounds either; an int may be too long for a float.
    if not low <= value <= high:
        raise BadDocument(f"{key} must be from {low:g} to {high:g}, not {said(value)}")
    return value


def whole(doc: Mapping[str, Any], key: str, low: int = 0, high: int = LIMIT) -> int | None:
    """The whole number at ``key`` or None where it is absent; raises BadDocument otherwise."""
    value = number(doc, key, low, high)
    if value is not None and value != int(value):
        raise BadDocument(f"{key} must be a whole number, not {value:g}")
    return None if value is None else int(value)


def text(doc: Mapping[str, Any], key: str, default: str = "") -> str:
    """The string at ``key`` or ``default`` where it is absent; raises BadDocument otherwise."""
    value = doc.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadDocument(f"{key} must be text, not {said(value)}")
    return value


def need(doc: Mapping[str, Any], key: str) -> str:
    """The non-empty string at ``key``; raises BadDocument where there is none."""
    value = text(doc, key)
    if not value:
        raise BadDocument(f"{key} is missing")
    return value


def choice(doc: Mapping[str, Any], key: str, make: Callable[[str], T], default: T) -> T:
    """The enumeration member named at ``key``; raises BadDocument for an unknown name."""
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
    # At the ends of the calendar an offset leads out of it, and sums of times fail.
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
    """The list of objects at ``key`` (empty where absent); raises BadDocument otherwise."""
    value = [] if doc.get(key) is None else doc[key]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadDocument(f"{key} must be a list of objects")
    return value


# -- every wrong value is a problem ----------------------------------------------------------------


class Problem(NamedTuple):
    """One thing that is wrong in a library file. ``entry`` names the exercise or programme (empty
    for the file as a whole), ``field`` the path of the value within it."""

    entry: str
    field: str
    message: str
    file: str = "library.json"

    def __str__(self) -> str:
        """One line: file, entry, field, what is wrong."""
        return ": ".join(part for part in (self.file, self.entry, self.field, self.message) if part)


class Span(NamedTuple):
    """The numbers a field may hold, from ``low`` to ``high``, and the unit to name in messages."""

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
    """A value of a file as a message may quote it: short, on one line, no control characters."""
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
    """The words of a fixed vocabulary, for a message."""
    return "must be one of " + ", ".join(allowed)


class Fields:
    """Reads the fields of one JSON object and raises over nothing, however hostile. Every wrong
    value adds a problem and reads as a stand-in of the right type, so that one pass finds
    everything that is wrong."""

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
        """The value at ``key``; None, and a problem, where there is none."""
        self.seen.add(key)
        value = self.raw.get(key)
        if value is None:
            self.wrong(key, "is missing")
        return value

    def may(self, key: str) -> bool:
        """Whether an optional field is there; null counts as absent."""
        self.seen.add(key)
        return self.raw.get(key) is not None

    def text(self, key: str) -> str:
        """One line of printable text."""
        value = self.take(key)
        return value if value is not None and self.is_text(key, value) else ""

    def is_text(self, key: str, value: object) -> bool:
        """Whether ``value`` is a line of printable text; a problem with ``key`` if it is not."""
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
        """Whether ``value`` is a well-formed id; a problem with ``key`` if it is not."""
        if is_id(value):
            return True
        self.wrong(key, f"must be an id such as back-squat, not {shown(value)}")
        return False

    def number(self, key: str, span: Span) -> Any:
        """A number within ``span``; its lowest where it is wrong."""
        value = self.take(key)
        return value if value is not None and self.is_number(key, value, span) else span.low

    def number_or(self, key: str, span: Span, default: Any) -> Any:
        """An optional number within ``span``."""
        return self.number(key, span) if self.may(key) else default

    def is_number(self, key: str, value: object, span: Span) -> bool:
        """Whether ``value`` is a number within ``span``; a problem with ``key`` if it is not."""
        if (
            is_number(value)
            and (isinstance(value, int) or not span.whole)
            and span.low <= value <= span.high
        ):
            return True
        self.wrong(key, f"must be {span}, not {shown(value)}")
        return False

    def items(self, key: str, low: int, high: int, of: str) -> list[Any]:
        """A list of ``low`` to ``high`` things, which ``of`` names."""
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
        """A test, for :meth:`words`, whether a value is one of ``allowed``."""

        def fits(key: str, value: object) -> bool:
            if isinstance(value, str) and value in allowed:
                return True
            self.wrong(key, f"{one_of(sorted(allowed))}, not {shown(value)}")
            return False

        return fits

    def inside(self, key: str, value: object) -> Fields | None:
        """A reader for the object ``value`` at ``key``; None, and a problem, if it is none."""
        if isinstance(value, dict):
            return Fields(value, self.entry, self.problems, self.file, f"{self.path}{key}.")
        self.wrong(key, f"must be an object, not {shown(value)}")
        return None

    def close(self) -> None:
        """Adds a problem for every field that nothing has asked for."""
        for key in sorted(self.raw.keys() - self.seen):
            self.wrong(shown(key).strip('"'), "is unknown")


def labelled(what: str, raw: object, place: int) -> str:
    """How messages name an entry: by its id or, where that is no id, by its place in the file."""
    value = raw.get("id") if isinstance(raw, dict) else None
    if is_id(value):
        return f"{what} {value}"
    return f"{what} number {place}"
