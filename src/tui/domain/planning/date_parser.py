"""Parses a past day as typed: 2026-11-02, 11-02, 2 nov, mon or -30 (days ago)."""

from __future__ import annotations

import re
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


def _day(text: str, today: date) -> date | None:
    if WHOLE.fullmatch(text):
        return date.fromisoformat(text)
    if match := AGO.fullmatch(text):
        return today - timedelta(days=int(match[1]))
    if match := IN_YEAR.fullmatch(text):
        return _latest(int(match["month"]), int(match["day"]), today)
    if match := NAMED.fullmatch(text):
        name, number = match["name"] or match["name2"], int(match["day"] or match["day2"])
        months = [n for n, month in enumerate(MONTHS, 1) if month.startswith(name)]
        if not months:
            return None
        if match["year"]:
            return date(int(match["year"]), months[0], number)
        return _latest(months[0], number, today)
    weekday = weekday_of(text)
    return None if weekday is None else today - timedelta(days=(today.weekday() - weekday) % 7)


def _latest(month: int, number: int, today: date) -> date | None:
    """The latest such day up to ``today``, or None if no year has it."""
    for year in range(today.year, today.year - LEAP_YEARS, -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= today:
            return day
    return None
