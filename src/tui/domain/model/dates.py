"""Dates: the ISO week a day falls in, and a date as text."""

from __future__ import annotations

from datetime import date, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_text(day: date) -> str:
    """A date with its weekday: ``Mon 2026-11-02``."""
    return f"{DAYS[day.weekday()]} {day.isoformat()}"


def week_start(day: date, *, sunday: bool = False) -> date:
    """The first day of the week that ``day`` falls in, as weeks are shown: the Monday of its ISO
    week, or the Sunday up to it."""
    return day - timedelta(days=(day.weekday() + sunday) % 7)


def monday(day: date) -> date:
    """The Monday of the ISO week that ``day`` falls in."""
    return day - timedelta(days=day.weekday())
