"""Dates and times of day as the files of other apps write them. Each raises BadDocument."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from itertools import chain

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.validation import BadDocument, said
from tui.formats.other_apps.table import cell

PARTS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?")
CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE
)
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"


class Dates:
    """Reads dates such as 2025-01-09, 9.1.2025 or 09/01/25. ``order`` is that of day and month in
    the last form; if it is empty, a date that could be two days is refused."""

    def __init__(self, order: str = "") -> None:
        self._order = order
        self._read: dict[str, date] = {}

    def day(self, text: str) -> date:
        """The day that a cell names."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._day(text.strip())
        return known

    def _day(self, text: str) -> date:
        # A spreadsheet adds a time, 2025-01-09 00:00:00.
        found = PARTS.fullmatch(text.partition(" ")[0])
        if found is None:
            raise BadDocument(f"{said(text)} is not a date that can be read")
        one, mark, two, three = found.groups()
        if len(one) == 4:
            year, month, day = int(one), int(two), int(three)
        else:
            order = DAY_FIRST if mark == "." else self._order
            if not order and one != two:
                raise BadDocument(
                    f"{said(text)} can be read as two dates; write it as 2025-12-31 in the file"
                )
            day, month = (int(one), int(two)) if order == DAY_FIRST else (int(two), int(one))
            year = int(three) + (2000 if len(three) == 2 else 0)
        try:
            return in_log_years(date(year, month, day))
        except ValueError as bad:
            if isinstance(bad, BadDocument):
                raise
            raise BadDocument(f"{said(text)} is not a day of the calendar") from None


def order_in(texts: Iterable[str]) -> str:
    """The order of day and month that some dates of one column show: a number above 12 is a day.
    Empty if they do not show it, or contradict each other."""
    found = {_order(match) for text in texts if (match := PARTS.fullmatch(text.partition(" ")[0]))}
    orders = found - {""}
    return orders.pop() if len(orders) == 1 else ""


def is_unclear(text: str) -> bool:
    """Whether a date can be read as two days."""
    match = PARTS.fullmatch(text.partition(" ")[0])
    if match is None or match[2] == "." or len(match[1]) == 4:
        return False
    return match[1] != match[3] and not _order(match)


def _order(match: re.Match[str]) -> str:
    """The order of day and month that one date shows; empty for none."""
    if match[2] == "." or len(match[1]) == 4:
        return ""
    first, second = int(match[1]) > 12, int(match[3]) > 12
    return "" if first == second else DAY_FIRST if first else MONTH_FIRST


Rows = Iterable[tuple[int, list[str]]]


def settled(rows: Rows, place: int, usual: str = "") -> tuple[Dates, Rows]:
    """The reader of the dates in a column, and the rows again, of which no more are held at once
    than it takes to see which comes first, day or month: a number above 12 is a day. If no row
    shows it, ``usual`` counts, the order in the file's language or header."""
    rest = iter(rows)
    held: list[tuple[int, list[str]]] = []
    for line, row in rest:
        held.append((line, row))
        found = PARTS.fullmatch(cell(row, place).partition(" ")[0])
        if found is None:
            continue
        if found[2] == "." or len(found[1]) == 4:
            break
        if order := _order(found):
            usual = order
            break
    return Dates(usual), chain(held, rest)


@lru_cache(maxsize=2048)
def clock(text: str) -> time | None:
    """The time of day in a cell, as 22:56, 22:56:30 or 10:56 PM; None for an empty one."""
    text = text.strip()
    if not text:
        return None
    found = CLOCK.fullmatch(text)
    if found is not None:
        hour, half = int(found[1]), (found[4] or "").lower()[:1]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and int(found[2]) < 60 and int(found[3] or 0) < 60:
            return time(hour, int(found[2]), int(found[3] or 0))
    raise BadDocument(f"{said(text)} is not a time of day that can be read")
