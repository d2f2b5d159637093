"""What of a day can be taken away on the season screen, and what each of it is called there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tui.domain.calculator.advice import Calendar
from tui.domain.model.dates import monday
from tui.domain.planning.calendar_changes import Change, usual_week, without
from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY
from tui.domain.planning.diary import Diary, Run, WeeklyRun
from tui.domain.planning.run_parser import WEEKDAYS, run_text
from tui.domain.planning.wording import RUNS as RUN_NAMES
from tui.domain.planning.wording import short_day

# What the lists of the calendar are called when one is again as it was.
CALLED = {
    RACES.key: "the races are",
    RUNS.key: "the runs are",
    WEEKLY.key: "the weekly runs are",
    AWAY.key: "days away are",
    STEP_DOWN.key: "the easier weeks are",
}


class Found(Struct, frozen=True, kw_only=True):
    """Something of a day that can be taken away: what it may be called, the shortest first, and
    the change that does it."""

    names: tuple[str, ...]
    change: Change


def found_on(diary: Diary, calendar: Calendar, day: date) -> list[Found]:
    """What a day holds that can be taken away: its runs, races, days away, its week's easing."""
    runs: Sequence[Run | WeeklyRun] = [run for run in diary.runs if run.day == day]
    runs = runs or [run for run in diary.weekly if run.weekday == day.weekday()]
    found = [_found_run(run) for run in runs]
    for race in calendar.races:
        if race.day == day:
            change = without(RACES, [race], f"{race.name or 'the race'} is removed")
            found.append(Found(names=("race", race.name), change=change))
    for away in diary.away:
        if away.first <= day <= away.last:
            words = f"days away from {short_day(away.first)} are removed"
            names = ("away", away.first.isoformat())
            found.append(Found(names=names, change=without(AWAY, [away], words)))
    if monday(day) in calendar.step_down:
        found.append(Found(names=("easy", "week"), change=usual_week(day)))
    return found


def _found_run(run: Run | WeeklyRun) -> Found:
    start = "any time" if run.start is None else f"{run.start:%H:%M}"
    names = ("run", run.kind.value, start)
    if isinstance(run, Run):
        return Found(names=names, change=without(RUNS, [run], f"{run_text(run)} is removed"))
    words = f"the {RUN_NAMES[run.kind]} of every {WEEKDAYS[run.weekday].capitalize()} is removed"
    return Found(names=names, change=without(WEEKLY, [run], words))


def labels(found: Sequence[Found]) -> list[str]:
    """A word for each of them that no other has."""
    every = [name for one in found for name in one.names]
    made = []
    for number, one in enumerate(found, start=1):
        own = (name for name in one.names if name and every.count(name) == 1)
        made.append(next(own, f"{one.names[0]} {number}"))
    return made


def chosen(found: Sequence[Found], typed: str) -> Found | None:
    """The one that a word, or how it begins, names; None where that is none or several."""
    word = typed.strip().casefold()
    hits = [one for one, label in zip(found, labels(found), strict=True)
            if label.casefold().startswith(word)]  # fmt: skip
    return hits[0] if word and len(hits) == 1 else None
