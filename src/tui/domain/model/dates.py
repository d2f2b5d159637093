"""Dates: the ISO week a day falls in, and a date as text."""

from __future__ import annotations

from datetime import date, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_text(day: date) -> str:
    """A date with its weekday: ``Mon 2026-11-02``."""
    return f"{DAYS[day.weekday()]} {day.isoformat()}"


def monday(day: date) -> date:
    """The Monday of the ISO week that ``day`` falls in."""
    return day - timedelta(days=day.weekday())
