"""Classifies a week or day of the season: race, rest, taper, after a race, or usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from tui.domain.calculator.advice import Calendar, Priority, Race, Reason
from tui.domain.calculator.guards import AFTER_DAYS, RACE_WEEK_DAYS, TAPER_DAYS, rest_days
from tui.domain.calculator.state import RecentSession
from tui.domain.planning.time_slots import RACE_IN_LEGS_DAYS

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
    return _mark(CODES[kind], race, c_week=c_week)


def day_mark(
    calendar: Calendar, day: date, lately: Sequence[RecentSession], *, c_week: bool
) -> Reason | None:
    """What a race makes of a day (race day, race week, taper, after it) as a reason to show, or
    None for a usual day, also once the light session after a race is among those done
    ``lately``."""
    kind, race = day_kind(calendar, day, c_week=c_week)
    if race is None:
        return None
    code = CODES[kind]
    if kind is WeekKind.REST:
        whole = rest_days(race, c_week=c_week) >= RACE_WEEK_DAYS
        code = "RACE_DAY" if race.day == day else code if whole else "RACE_NEAR"
    if kind is WeekKind.AFTER:
        since = (day - race.day).days
        lifted = any(race.day < one.day < day and not one.snack for one in lately)
        if since > AFTER_DAYS or lifted:
            return None
        if since <= RACE_IN_LEGS_DAYS:
            first = race.day + timedelta(days=RACE_IN_LEGS_DAYS + 1)
            return _mark("AFTER_RACE_REST", race, c_week=c_week, day=first)
    return _mark(code, race, c_week=c_week)


def _mark(code: str, race: Race, *, c_week: bool, day: date | None = None) -> Reason:
    name = race.name or f"your {race.priority.value} race"
    rest = race.day - timedelta(days=rest_days(race, c_week=c_week))
    shown = race.day if day is None else day
    facts = {"race": name, "day": shown.isoformat(), "rest": rest.isoformat()}
    return Reason(code, facts)


def _found(calendar: Calendar, monday: date, *, c_week: bool) -> tuple[WeekKind, Race | None]:
    days = [monday + timedelta(days=n) for n in range(7)]
    for race in calendar.races:
        if race.day in days:
            return WeekKind.RACE, race
    found = [day_kind(calendar, day, c_week=c_week) for day in days]
    counts = Counter(kind for kind, _ in found)
    kind = max(counts, key=lambda one: counts[one])
    return kind, next(race for each, race in found if each is kind)


def day_kind(calendar: Calendar, day: date, *, c_week: bool) -> tuple[WeekKind, Race | None]:
    """The kind of one day, with its race: rest outranks taper, and taper outranks the days after a
    race."""
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
