"""The season up to the goal race: sessions per week, done and planned, with taper and rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from tui.domain.calculator.advice import Calendar, Priority, Race
from tui.domain.calculator.guards import RACE_WEEK_DAYS, TAPER_DAYS, rest_days
from tui.domain.model.dates import monday
from tui.domain.model.phases import DELOAD
from tui.domain.model.values import ROUTINE, SNACK, Session
from tui.domain.planning.horizon import Ahead
from tui.domain.planning.race_weeks import WeekKind, week_kind

WEEKS_BACK, WEEKS_AHEAD, MOST_AHEAD = 4, 12, 40


class Bar(Struct, frozen=True, kw_only=True):
    """One week of the season: sessions ``done`` and still ``planned``, including a programme's
    snacks. ``number`` is the week of the programme, 0 for a past week."""

    monday: date
    kind: WeekKind
    done: int = 0
    planned: int = 0
    number: int = 0
    phase: str = ""
    races: tuple[Race, ...] = ()


class Outlook(Struct, frozen=True, kw_only=True):
    """The bars from a few weeks back to the week after the goal ``race``, with the first day of
    its taper (None if it has no taper) and of the rest before it."""

    bars: tuple[Bar, ...]
    race: Race | None = None
    taper_from: date | None = None
    rest_from: date | None = None


def goal(calendar: Calendar, today: date) -> Race | None:
    """The goal race: the next one with a taper (A or B), else the next one."""
    ahead = sorted((r for r in calendar.races if r.day >= today), key=lambda race: race.day)
    tapered = [race for race in ahead if race.priority is not Priority.C]
    return next(iter([*tapered, *ahead]), None)


def weeks_to_show(calendar: Calendar, today: date) -> int:
    """The number of weeks from this one to the week after the goal race."""
    race = goal(calendar, today)
    if race is None:
        return WEEKS_AHEAD
    return min(MOST_AHEAD, (monday(race.day) - monday(today)).days // 7 + 2)


def outlook(
    weeks: Sequence[Ahead], log: Iterable[Session], calendar: Calendar, today: date, *, c_week: bool
) -> Outlook:
    """The season, from the past weeks in ``log`` and the planned ``weeks``, this one first."""
    first = monday(today) - timedelta(weeks=WEEKS_BACK)
    counts = Counter(
        monday(s.day)
        for s in log
        if not s.deleted and s.day >= first and s.programme not in (SNACK, ROUTINE)
    )
    past = [monday(today) - timedelta(weeks=n) for n in range(WEEKS_BACK, 0, -1)]
    bars = [
        Bar(monday=day, kind=WeekKind.PAST, done=counts[day], races=_races(calendar, day))
        for day in past
    ]
    for week in weeks:
        bars.append(
            Bar(
                monday=week.monday,
                kind=_kind(week, calendar, c_week=c_week),
                done=counts[week.monday],
                planned=len(week.plan.placed),
                number=week.number,
                phase=week.phase.name,
                races=_races(calendar, week.monday),
            )
        )
    race = goal(calendar, today)
    return Outlook(
        bars=tuple(bars),
        race=race,
        taper_from=taper_from(race),
        rest_from=None if race is None else rest_from(race, c_week=c_week),
    )


def taper_from(race: Race | None) -> date | None:
    """The first day of a race's taper, or None for a C race."""
    if race is None or race.priority is Priority.C:
        return None
    return race.day - timedelta(days=TAPER_DAYS)


def rest_from(race: Race, *, c_week: bool) -> date:
    """The first day of the rest from strength before a race."""
    return race.day - timedelta(days=rest_days(race, c_week=c_week))


def rest_word(race: Race, first: date) -> str:
    """The word for the days without strength from ``first`` to the race: "race week" only if they
    make up a whole week."""
    return "race week" if (race.day - first).days >= RACE_WEEK_DAYS else "rest"


def _races(calendar: Calendar, first: date) -> tuple[Race, ...]:
    return tuple(r for r in calendar.races if first <= r.day <= first + timedelta(days=6))


def _kind(week: Ahead, calendar: Calendar, *, c_week: bool) -> WeekKind:
    if any(mark.code == "PAUSED" for mark in week.marks):
        return WeekKind.PAUSED
    kind = week_kind(calendar, week.monday, c_week=c_week)
    easier = week.monday in calendar.step_down or week.phase.name == DELOAD
    return WeekKind.EASIER if kind is WeekKind.USUAL and easier else kind
