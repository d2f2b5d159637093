"""Reading the values of a document with a check: what is not what it should be has no way in.

Each reader gives the value at a key and raises :class:`BadDocument`, which names the key, for
anything else. A key that is absent and one that is null are the same.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

T = TypeVar("T")

# Far beyond any human set; it keeps a slipped digit or a hostile file out of the sums.
LIMIT = 100_000


class BadDocument(ValueError):
    """A document that does not say what it must; the message names the field."""


def said(value: object) -> str:
    """A value as a message quotes it: on one line and short, however long or deep it is."""
    return reprlib.repr(value)


def number(doc: Mapping[str, Any], key: str, low: float = 0, high: float = LIMIT) -> float | None:
    """The number at ``key`` or None where it is absent; raises BadDocument outside low..high."""
    value = doc.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
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
