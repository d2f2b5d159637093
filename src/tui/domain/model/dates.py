"""Days and weeks: which week a day is in, and how a day is written."""

from __future__ import annotations

from datetime import date, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_text(day: date) -> str:
    """A date with its day of the week: ``Mon 2026-11-02``."""
    return f"{DAYS[day.weekday()]} {day.isoformat()}"


def monday(day: date) -> date:
    """The first day of the ISO week of ``day``."""
    return day - timedelta(days=day.weekday())
