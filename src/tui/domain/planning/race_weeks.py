"""Classifies a week of the season: race, rest, taper, after a race, or usual."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum

from tui.domain.calculator.advice import Calendar, Priority, Race, Reason
from tui.domain.calculator.guards import TAPER_DAYS, rest_days

# A week with most of its days among these after a race has one session at most (source project).
AFTER_WEEK_DAYS = 7


class WeekKind(StrEnum):
    """The kind of a week, by most of its days; a race in it comes first."""

    PAST = "past"
    USUAL = "usual"
    EASIER = "easier"
    TAPER = "taper"
    REST = "rest"
    RACE = "race"
    AFTER = "after"
    PAUSED = "paused"


CODES = {
    WeekKind.RACE: "RACE",
    WeekKind.REST: "RACE_REST",
    WeekKind.TAPER: "TAPER_WEEK",
    WeekKind.AFTER: "AFTER_RACE_WEEK",
}


def week_kind(calendar: Calendar, monday: date, *, c_week: bool) -> WeekKind:
    """The kind of the week from ``monday``, as far as races decide it."""
    return _found(calendar, monday, c_week=c_week)[0]


def race_mark(calendar: Calendar, monday: date, *, c_week: bool) -> Reason | None:
    """The week's race, rest, taper or time after a race as a reason to show, or None for a usual
    week."""
    kind, race = _found(calendar, monday, c_week=c_week)
    if race is None:
        return None
    name = race.name or f"your {race.priority.value} race"
    rest = race.day - timedelta(days=rest_days(race, c_week=c_week))
    facts = {"race": name, "day": race.day.isoformat(), "rest": rest.isoformat()}
    return Reason(CODES[kind], facts)


def _found(calendar: Calendar, monday: date, *, c_week: bool) -> tuple[WeekKind, Race | None]:
    days = [monday + timedelta(days=n) for n in range(7)]
    for race in calendar.races:
        if race.day in days:
            return WeekKind.RACE, race
    found = [_day(day, calendar, c_week=c_week) for day in days]
    counts = Counter(kind for kind, _ in found)
    kind = max(counts, key=lambda one: counts[one])
    return kind, next(race for each, race in found if each is kind)


def _day(day: date, calendar: Calendar, *, c_week: bool) -> tuple[WeekKind, Race | None]:
    """The kind of one day: rest outranks taper, and taper outranks the days after a race."""
    races = sorted(calendar.races, key=lambda race: race.day)
    for race in races:
        if 0 <= (race.day - day).days <= rest_days(race, c_week=c_week):
            return WeekKind.REST, race
    for race in races:
        if 0 < (race.day - day).days <= TAPER_DAYS and race.priority is not Priority.C:
            return WeekKind.TAPER, race
    for race in reversed(races):
        if 0 < (day - race.day).days <= AFTER_WEEK_DAYS:
            return WeekKind.AFTER, race
    return WeekKind.USUAL, None
