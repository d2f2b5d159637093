"""What one day holds: its runs, the times that are free for strength, and where the runner is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tui.domain.calculator.advice import Calendar, Race
from tui.domain.calculator.guards import rest_days
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind

# Lifting comes after these and not before them, and not hard in the day before (clarke-runrun;
# hills are counted in by the project).
HARD = (RunKind.SPEED, RunKind.LONG, RunKind.HILLS)
# How long a run takes where nobody said, in minutes (project).
USUAL_MINUTES = {
    RunKind.EASY: 45,
    RunKind.SPEED: 60,
    RunKind.LONG: 120,
    RunKind.HILLS: 70,
}


def runs_on(diary: Diary, day: date) -> tuple[Run, ...]:
    """The runs of a day by their time: those told of the day itself, else those of its weekday."""
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
    """When a run is over, on the wall clock; None where nobody said when it begins."""
    if run.start is None:
        return None
    minutes = USUAL_MINUTES[run.kind] if run.duration_s is None else run.duration_s / 60
    return datetime.combine(run.day, run.start) + timedelta(minutes=minutes)


def openings_on(diary: Diary, day: date) -> tuple[Opening, ...]:
    """The times of a day that are free for strength; any time where the runner named none."""
    if not diary.openings:
        return (Opening(day.weekday()),)
    mine = [opening for opening in diary.openings if opening.weekday == day.weekday()]
    return tuple(sorted(mine, key=lambda opening: opening.start or time.max))


def away_on(diary: Diary, day: date) -> Away | None:
    """Where the runner is on a day, if not at home; of two that overlap the later begun."""
    found = [away for away in diary.away if away.first <= day <= away.last]
    return max(found, default=None, key=lambda away: away.first)


def race_rest(calendar: Calendar, day: date, *, c_week: bool) -> Race | None:
    """The race for which there is no strength on a day, itself or in the days before it."""
    resting = (
        race
        for race in calendar.races
        if 0 <= (race.day - day).days <= rest_days(race, c_week=c_week)
    )
    return min(resting, default=None, key=lambda race: race.day)


def race_behind(calendar: Calendar, day: date, days: int) -> Race | None:
    """The last race of the ``days`` before a day."""
    behind = (race for race in calendar.races if 0 < (day - race.day).days <= days)
    return max(behind, default=None, key=lambda race: race.day)
