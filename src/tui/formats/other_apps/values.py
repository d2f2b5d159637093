"""Values as other apps write them: numbers, times, dates, effort. Each raises BadDocument."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.validation import BadDocument, said

# Beyond any set, in kilograms or pounds, repetitions, seconds and metres.
MOST_WEIGHT, MOST_REPS, MOST_SECONDS, MOST_METRES = 5000, 10_000, 100_000, 1_000_000
DAY_S = 24 * 3600
# 1,234.5 and 1.234,5 have both marks; a single comma is the decimal one.
THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)[.,]\d+")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)")
SPAN = re.compile(r"(\d+)\s*(h|m|s)[a-z]*\.?", re.IGNORECASE)
SPAN_S = {"h": 3600, "m": 60, "s": 1}


# A log has few different numbers, each many times.
@lru_cache(maxsize=4096)
def number(what: str, text: str, most: float, least: float = 0) -> float | None:
    """The number in a text, with a decimal point or comma; None if the text is empty. ``what``
    names it in the message. Raises BadDocument outside ``least`` to ``most``."""
    text = text.strip().replace("\u00a0", "").replace("\u202f", "")
    if not text:
        return None
    if THOUSANDS.fullmatch(text):
        mark = "." if "." in text and text.index(".") < text.rfind(",") else ","
        text = text.replace(mark, "")
    if not NUMBER.fullmatch(text):
        raise BadDocument(f"{what} must be a number, not {said(text)}")
    value = float(text.replace(",", "."))
    if not least <= value <= most:
        raise BadDocument(f"{what} must be from {least:g} to {most:g}, not {value:g}")
    return value


@lru_cache(maxsize=4096)
def reps(text: str, what: str = "Reps") -> int | None:
    """A whole number of repetitions, also as 8.0; None for none or 0. Raises BadDocument."""
    value = number(what, text, MOST_REPS)
    if value is not None and value != int(value):
        raise BadDocument(f"{what} must be a whole number, not {said(text)}")
    return int(value) if value else None


@lru_cache(maxsize=4096)
def weight(text: str, what: str = "Weight") -> float | None:
    """A weight, in the unit of the file; negative for assistance, None for none or 0. Raises
    BadDocument."""
    return number(what, text, MOST_WEIGHT, -MOST_WEIGHT) or None


@lru_cache(maxsize=4096)
def seconds(text: str, what: str = "Seconds") -> float | None:
    """A length of time: 90, 1:30, 0:01:30; in seconds, None for none or 0. Raises BadDocument."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return number(what, text, MOST_SECONDS) or None
    hours, minutes, rest = int(found[1] or 0), int(found[2]), float(found[3].replace(",", "."))
    total = hours * 3600 + minutes * 60 + rest
    if total > MOST_SECONDS:
        raise BadDocument(f"{what} must be at most {MOST_SECONDS}, not {said(text)}")
    return total or None


def span(text: str) -> float | None:
    """The length of a workout as words, 2h 18m, 38min, 20s; in seconds, None if it is none."""
    text = text.strip()
    found = SPAN.findall(text)
    if not found or SPAN.sub("", text).strip():
        return None
    total = sum(int(count) * SPAN_S[unit.lower()] for count, unit in found)
    return float(total) if 0 < total <= DAY_S else None


def metres(text: str, unit_m: float, what: str = "Distance") -> float | None:
    """A distance, in metres; ``unit_m`` is how long its unit is. None for none or 0. Raises
    BadDocument."""
    value = number(what, text, MOST_METRES)
    return round(value * unit_m, 2) if value else None


@lru_cache(maxsize=4096)
def rir_of_rpe(text: str) -> float | None:
    """The repetitions in reserve for a rate of perceived exertion, 1 to 10, halves too: RPE 8 is 2
    (source training). None for none. Raises BadDocument."""
    value = number("RPE", text, 10)
    return 10 - value if value else None


def moment(text: str, *forms: str) -> datetime:
    """A date and time in one of some forms of strptime. Raises BadDocument."""
    plain = " ".join(text.split())
    for form in forms:
        try:
            return datetime.strptime(plain, form)  # noqa: DTZ007  wall-clock time, as in the file
        except ValueError:
            continue
    raise BadDocument(f"{said(text)} is not a date that can be read")


def iso_moment(text: str) -> datetime:
    """A date and time in ISO 8601; aware if the text has a zone. Raises BadDocument, also for a
    year in which nobody logged."""
    # Java's libraries name the zone after its offset: 2026-11-03T18:05+01:00[Europe/Berlin].
    try:
        found = datetime.fromisoformat(text.partition("[")[0].strip())
    except ValueError:
        raise BadDocument(f"{said(text)} is not a date that can be read") from None
    in_log_years(found.date())
    return found


UNITS = {
    **dict.fromkeys(["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"], "kg"),
    **dict.fromkeys(["lb", "lbs", "pound", "pounds"], "lb"),
}


def unit_of(text: str) -> str:
    """A unit of weight, as kg or lb; empty for none. Raises BadDocument for another."""
    plain = text.strip().casefold().rstrip(".")
    if plain and plain not in UNITS:
        raise BadDocument(f"{said(text)} is not a unit of weight; only kg and lb are known")
    return UNITS.get(plain, "")


def lines_of(text: str) -> str:
    """A note in which some apps write a line break as a backslash and an n."""
    return text.replace("\\n", "\n")


LENGTHS_M = {
    **dict.fromkeys(["km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"], 1000.0),
    **dict.fromkeys(["m", "meter", "meters", "metre", "metres", "mètres", "metros", "metri"], 1.0),
    **dict.fromkeys(["mi", "mile", "miles"], 1609.344),
    **dict.fromkeys(["yd", "yds", "yard", "yards"], 0.9144),
    **dict.fromkeys(["ft", "feet", "foot"], 0.3048),
    **dict.fromkeys(["in", "inch", "inches"], 0.0254),
    **dict.fromkeys(["cm", "centimeters", "centimetres"], 0.01),
}


def length_m(text: str) -> float | None:
    """How many metres a unit of length is; None if the text names none."""
    return LENGTHS_M.get(text.strip().casefold().rstrip("."))


def length_of(text: str) -> float | None:
    """How many metres a unit of length has; None for no unit. Raises BadDocument for an unknown
    one."""
    found = length_m(text)
    if found is None and text.strip():
        raise BadDocument(f"{said(text)} is not a unit of length; write km, m or mi")
    return found
