"""Parses days as typed: past ones, 2026-11-02, 11-02, 2 nov, mon or -30 (days ago), and days to
come, which may stand before other words: 14 feb Ridge Ultra."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.run_parser import weekday_of

DAY_WORDS = "a day is 2026-11-02, 11-02, 2 nov, mon or -30 (days ago)"
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
IN_YEAR = re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})\.? ?(?P<name>[a-z]{3,9})|(?P<name2>[a-z]{3,9}) ?(?P<day2>\d{1,2}))"
    r"(?:,? (?P<year>\d{4}))?",
    re.ASCII,
)
AGO = re.compile(r"-(\d{1,5})", re.ASCII)
# The last 29 February may be eight years back.
LEAP_YEARS = 9
# A day, a month and a year.
MOST_WORDS = 3


def day_of(typed: str, today: date) -> date:
    """The typed day, such as 2026-11-02, 11-02, 2 nov, nov 2 2025, mon or -30 (days ago). Without a
    year, the latest one up to ``today``. Raises BadDocument with what can be typed."""
    text = " ".join(typed.casefold().split())
    try:
        day = _day(text, today)
    except (ValueError, OverflowError):  # The 31st of a shorter month, or before year 1.
        day = None
    if day is None:
        raise BadDocument(f"{DAY_WORDS}; not {said(typed)}")
    return day


def coming_day(words: Sequence[str], today: date) -> tuple[date, int] | None:
    """The day that the first of these words name, the next such one from ``today`` on, and how many
    words it takes; None if they name none. A whole date may lie in the past."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        try:
            day = _coming(" ".join(words[:count]).casefold(), today)
        except (ValueError, OverflowError):  # The 31st of a shorter month, or before year 1.
            day = None
        if day is not None:
            return day, count
    return None


def _coming(text: str, today: date) -> date | None:
    if WHOLE.fullmatch(text):
        return date.fromisoformat(text)
    if (named := _in_year(text)) is not None:
        month, number, year = named
        if year:
            return date(year, month, number)
        years = range(today.year, today.year + LEAP_YEARS)
        return next((d for d in _dates(month, number, years) if d >= today), None)
    weekday = weekday_of(text)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday()) % 7)


def _day(text: str, today: date) -> date | None:
    if WHOLE.fullmatch(text):
        return date.fromisoformat(text)
    if match := AGO.fullmatch(text):
        return today - timedelta(days=int(match[1]))
    if (named := _in_year(text)) is not None:
        month, number, year = named
        if year:
            return date(year, month, number)
        years = range(today.year, today.year - LEAP_YEARS, -1)
        return next((d for d in _dates(month, number, years) if d <= today), None)
    weekday = weekday_of(text)
    return None if weekday is None else today - timedelta(days=(today.weekday() - weekday) % 7)


def _in_year(text: str) -> tuple[int, int, int] | None:
    """The month, the day and the year (0 if there is none) of a date such as 11-02 or 2 nov."""
    if match := IN_YEAR.fullmatch(text):
        return int(match["month"]), int(match["day"]), 0
    if match := NAMED.fullmatch(text):
        name, number = match["name"] or match["name2"], int(match["day"] or match["day2"])
        months = [n for n, month in enumerate(MONTHS, 1) if month.startswith(name)]
        return (months[0], number, int(match["year"] or 0)) if months else None
    return None


def _dates(month: int, number: int, years: Iterable[int]) -> Iterable[date]:
    """That day of the month in each of the years that have it."""
    for year in years:
        try:
            yield date(year, month, number)
        except ValueError:
            continue
