"""Dates and times of day as the files of other apps write them. Each raises BadDocument."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.validation import BadDocument, said

PARTS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?")
CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE
)
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"


class Dates:
    """Reads the dates of one column, 2025-01-09, 9.1.2025 or 09/01/25.

    Whether 09/01/25 is 9 January or September 1 is settled by the whole column, as a number above
    12 is a day; if it is not, by ``usual``, the order of the file's language or of its header. If
    that is empty too, such a date is refused; ``unclear`` is one of them then, else empty."""

    def __init__(self, texts: Iterable[str], usual: str = "") -> None:
        self._read: dict[str, date] = {}
        first = second = 0
        either = []
        for text in set(texts):
            found = PARTS.fullmatch(text.strip())
            if found and found[2] != "." and len(found[1]) < 3:
                first, second = max(first, int(found[1])), max(second, int(found[3]))
                either.append(text)
        if first > 12 >= second:
            self._order = DAY_FIRST
        elif second > 12 >= first:
            self._order = MONTH_FIRST
        else:
            self._order = usual
        self.unclear = "" if self._order else min(either, default="")

    def day(self, text: str) -> date:
        """The day that a cell names."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._day(text.strip())
        return known

    def _day(self, text: str) -> date:
        found = PARTS.fullmatch(text)
        if found is None:
            raise BadDocument(f"{said(text)} is not a date that can be read")
        one, mark, two, three = found.groups()
        if len(one) == 4:
            year, month, day = int(one), int(two), int(three)
        else:
            order = DAY_FIRST if mark == "." else self._order
            if not order:
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
