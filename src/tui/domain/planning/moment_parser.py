"""Parses a moment in the past as typed: a day, a time of day, or both (``26 nov 18:30``)."""

from __future__ import annotations

from datetime import date, datetime

from tui.domain.model.date_parser import day_of
from tui.domain.model.validation import BadDocument
from tui.domain.planning.run_parser import clock


def moment_of(typed: str, standing: datetime, now: datetime) -> datetime:
    """The typed moment; what is not typed, the day or the time of day, is that of ``standing``, and
    so is the UTC offset. Raises BadDocument with what can be typed, also for one after ``now``."""
    words = typed.split()
    times = [at for at in map(clock, words) if at is not None]
    rest = " ".join(word for word in words if clock(word) is None)
    if len(times) > 1:
        raise BadDocument("One time, please, such as 18:30.")
    day = day_of(rest, now.date()) if rest else standing.date()
    at = times[0] if times else standing.timetz().replace(tzinfo=None)
    moment = datetime.combine(day, at, standing.tzinfo)
    # Without a time of day, today is not yet to come, whatever the hour.
    if day > now.date() or (times and moment > now):
        raise BadDocument("That is still to come. Give the day, or the day and time, it was done.")
    return moment


def moment_text(moment: datetime, today: date) -> str:
    """A moment as it can be typed on ``today``: ``27 nov 18:05``, or ``27 nov 2024 18:05`` if it is
    not the last such day."""
    day = moment.date()
    year = "" if day_of(day_words(day), today) == day else f" {day.year}"
    return f"{day_words(day)}{year} {moment:%H:%M}"


def day_words(day: date) -> str:
    """A day as it can be typed: ``27 nov``."""
    return f"{day.day} {day:%b}".lower()
