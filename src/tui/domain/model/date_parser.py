"""Parses a day as typed: 14 feb, 14.2., 14.2.2027, 2027-02-14, mon, yesterday or -3 (days ago)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from tui.domain.model.patterns import regex
from tui.domain.model.text import clean, clip
from tui.domain.model.validation import BadDocument

FIRST_YEAR, LAST_YEAR = 1900, 2999
DAY_WORDS = "A day is 14 feb, 14.2., 2027-02-14, mon, yesterday or -3 (days ago)."
MOST_SHOWN = 30
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
WHOLE = regex(r"\d{4}-\d{2}-\d{2}", re.ASCII)
IN_YEAR = regex(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
DOTTED = regex(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\.|\. ?(?P<year>\d{4}))?", re.ASCII)
NAMED = regex(
    r"(?:(?P<day>\d{1,2})\.? ?(?P<name>[a-z]{3,9})|(?P<name2>[a-z]{3,9}) ?(?P<day2>\d{1,2}))"
    r"(?:,? ?(?P<year>\d{4}))?",
    re.ASCII,
)
AGO = regex(r"-(\d{1,5})", re.ASCII)
# The next or the last 29 February may be eight years away.
LEAP_YEARS = 9
# The most words that a day has: 14 feb 2027.
MOST_WORDS = 3


class Lean(Enum):
    """Which of its years, or weeks, a day without one means: the last up to today, as in a log, or
    the next from today on, as of a race."""

    PAST = -1
    FUTURE = 1


def day_of(typed: str, today: date, lean: Lean = Lean.PAST) -> date:
    """The typed day, such as 14 feb, nov 2 2025, 14.2., 14.2.2027, 02-14, 2027-02-14, mon,
    yesterday or -3 (days ago). Raises BadDocument with what can be typed."""
    text = " ".join(typed.casefold().split())
    try:
        day = _day(text, today, lean)
    except (ValueError, OverflowError):  # The 31st of a shorter month, or before year 1.
        day = None
    if day is None:
        raise BadDocument(f"“{clip(clean(typed), MOST_SHOWN)}”? {DAY_WORDS}")
    return in_log_years(day)


def leading_day(words: Sequence[str], today: date, lean: Lean) -> tuple[date, list[str]]:
    """The day that the first words say, and the words after it. Raises BadDocument."""
    for count in range(min(MOST_WORDS, len(words)), 1, -1):
        try:
            return day_of(" ".join(words[:count]), today, lean), list(words[count:])
        except BadDocument:
            continue
    return day_of(" ".join(words[:1]), today, lean), list(words[1:])


def weekday_of(word: str) -> int | None:
    """The weekday (Monday is 0) that a word of three or more letters names or abbreviates, or
    None."""
    found = [n for n, name in enumerate(WEEKDAYS) if len(word) >= 3 and name.startswith(word)]
    return found[0] if found else None


def month_of(word: str) -> int | None:
    """The month (January is 1) that a word of three or more letters names or abbreviates, or
    None."""
    found = [n for n, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if found else None


def in_log_years(day: date) -> date:
    """Return ``day``; raises BadDocument if its year is out of range for a log."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDocument(f"a date must be in the years {FIRST_YEAR} to {LAST_YEAR}, not {day}")
    return day


def _day(text: str, today: date, lean: Lean) -> date | None:
    if WHOLE.fullmatch(text):
        return date.fromisoformat(text)
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if match := AGO.fullmatch(text):
        return today - timedelta(days=int(match[1]))
    if match := IN_YEAR.fullmatch(text):
        return _nearest(int(match["month"]), int(match["day"]), today, lean)
    if match := DOTTED.fullmatch(text) or NAMED.fullmatch(text):
        found = match.groupdict()
        name, number = found.get("name") or found.get("name2"), int(found["day"] or found["day2"])
        month = month_of(name) if name else int(found["month"])
        if month is None:
            return None
        if found["year"]:
            return date(int(found["year"]), month, number)
        return _nearest(month, number, today, lean)
    weekday = weekday_of(text)
    return (
        None
        if weekday is None
        else today + lean.value * timedelta(days=lean.value * (weekday - today.weekday()) % 7)
    )


def _nearest(month: int, number: int, today: date, lean: Lean) -> date | None:
    """The last such day up to ``today`` or the next from it on, or None if no year has it."""
    for by in range(LEAP_YEARS):
        try:
            day = date(today.year + lean.value * by, month, number)
        except ValueError:
            continue
        if (day - today).days * lean.value >= 0:
            return day
    return None
