"""Looks up one day of the calendar: its runs, free times, days away, and races near it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tui.domain.calculator.advice import Calendar, Race
from tui.domain.calculator.guards import rest_days
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind

# Lifting comes after these runs, not before them, and is not hard on the day before
# (clarke-runrun; the project adds hills).
HARD = (RunKind.SPEED, RunKind.LONG, RunKind.HILLS)
# The assumed duration of a run without one, in minutes (project).
USUAL_MINUTES = {
    RunKind.EASY: 45,
    RunKind.SPEED: 60,
    RunKind.LONG: 120,
    RunKind.HILLS: 70,
}


def runs_on(diary: Diary, day: date) -> tuple[Run, ...]:
    """The runs of a day by time: those entered for the day itself, else the weekly ones."""
    own = [run for run in diary.runs if run.day == day]
    if not own:
        own = [
            Run(id="", day=day, kind=run.kind, start=run.start)
            for run in diary.weekly
            if run.weekday == day.weekday()
        ]
    return tuple(sorted(own, key=lambda run: (run.start or time.max, run.kind)))


def is_hard(run: Run) -> bool:
    """True for speed, long and hill runs."""
    return run.kind in HARD


def ends(run: Run) -> datetime | None:
    """When a run ends, in local time, or None if its start is unknown."""
    if run.start is None:
        return None
    minutes = USUAL_MINUTES[run.kind] if run.duration_s is None else run.duration_s / 60
    return datetime.combine(run.day, run.start) + timedelta(minutes=minutes)


def openings_on(diary: Diary, day: date) -> tuple[Opening, ...]:
    """The times of a day that are free for strength; any time if the runner named none."""
    if not diary.openings:
        return (Opening(day.weekday()),)
    mine = [opening for opening in diary.openings if opening.weekday == day.weekday()]
    return tuple(sorted(mine, key=lambda opening: opening.start or time.max))


def away_on(diary: Diary, day: date) -> Away | None:
    """The days away that include ``day``, or None; if several overlap, the one that began last."""
    found = [away for away in diary.away if away.first <= day <= away.last]
    return max(found, default=None, key=lambda away: away.first)


def race_rest(calendar: Calendar, day: date, *, c_week: bool) -> Race | None:
    """The race, on this day or soon after, for which strength rests on it, or None."""
    resting = (
        race
        for race in calendar.races
        if 0 <= (race.day - day).days <= rest_days(race, c_week=c_week)
    )
    return min(resting, default=None, key=lambda race: race.day)


def race_behind(calendar: Calendar, day: date, days: int) -> Race | None:
    """The latest race in the ``days`` before a day, or None."""
    behind = (race for race in calendar.races if 0 < (day - race.day).days <= days)
    return max(behind, default=None, key=lambda race: race.day)
