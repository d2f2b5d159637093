"""Changes of the calendar from the season screen: what a line that was typed adds, and what of a
day can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from tui.core import checked
from tui.core.checked import BadDocument, said
from tui.core.library_check import EQUIPMENT
from tui.core.progression.values import Calendar, Priority, Race
from tui.core.review import monday
from tui.core.season.kept import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY, Listed, changed
from tui.core.season.typed import WEEKDAYS, a_run, in_age, run_text, weekly_text
from tui.core.season.values import Away, Diary, Run, WeeklyRun
from tui.core.season.words import RUNS as RUN_NAMES
from tui.core.season.words import short_day
from tui.core.setting_values import at_hand
from tui.logbook import Logbook
from tui.ui.season_lines import NO_GYM

LONGEST_NAME = 100
EXAMPLES = {
    "race": "race 2027-02-14 Ridge Ultra A",
    "run": "run tue 07:00 speed",
    "away": "away 2026-12-20 2026-12-27 band dumbbells",
    "easy": "easy 2026-12-07",
}
# What the lists of the calendar are called when one is again as it was.
CALLED = {
    RACES.key: "the races are",
    RUNS.key: "the runs are",
    WEEKLY.key: "the weekly runs are",
    AWAY.key: "days away are",
    STEP_DOWN.key: "the easier weeks are",
}


class Change(Struct, frozen=True, kw_only=True):
    """One list of the calendar without what ``drop`` is true of and with what is to ``add``;
    ``words`` say what that comes to."""

    listed: Listed[Any]
    drop: Callable[[Any], bool]
    add: tuple[Any, ...] = ()
    words: str


class Found(Struct, frozen=True, kw_only=True):
    """Something of a day that can be taken away: what it may be called, the shortest first, and
    the change that does it."""

    names: tuple[str, ...]
    change: Change


# -- adding ----------------------------------------------------------------------------------------


def typed_change(typed: str) -> Change:
    """The change that a line asks for; its first word says of what. Raises BadDocument with what
    may be written."""
    word, _, rest = typed.strip().partition(" ")
    read = READERS.get(word.casefold())
    if read is None:
        *most, last = READERS
        raise BadDocument(f"begin with {', '.join(most)} or {last}: {EXAMPLES['race']}")
    return read(rest.strip())


def _race(typed: str) -> Change:
    words = typed.split()
    priority = Priority.A
    if words and words[-1].upper() in tuple(Priority):
        priority = Priority(words.pop().upper())
    name = " ".join(words[1:])
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadDocument(f"race takes a date, a name and A, B or C, as in {EXAMPLES['race']}")
    race = Race(day=_day(words[0], "race"), name=name, priority=priority)
    same = (race.day, name.casefold())
    return Change(
        listed=RACES,
        drop=lambda old: (old.day, old.name.casefold()) == same,
        add=(race,),
        words=f"{name} ({priority.value}) on {short_day(race.day)}",
    )


def _run(typed: str) -> Change:
    try:
        run = a_run(typed)
    except BadDocument as bad:
        raise BadDocument(f"run takes {bad}") from bad
    if isinstance(run, WeeklyRun):
        when = run.weekday, run.start
        return Change(
            listed=WEEKLY,
            drop=lambda old: (old.weekday, old.start) == when,
            add=(run,),
            words=f"{weekly_text(run)}, every week",
        )
    at = run.day, run.start
    return Change(
        listed=RUNS,
        # One that was recorded stays beside what is planned.
        drop=lambda old: old.at is None and (old.day, old.start) == at,
        add=(run,),
        words=run_text(run),
    )


def _away(typed: str) -> Change:
    words = typed.split()
    if not words:
        raise BadDocument(f"away takes the first day and the last, as in {EXAMPLES['away']}")
    first = last = _day(words.pop(0), "away")
    if words and words[0][:1].isdigit():
        last = _day(words.pop(0), "away")
    if last < first:
        raise BadDocument(f"away takes a last day that is {first} or later, not {last}")
    try:
        equipment = at_hand(" ".join(words) or "none")
    except BadDocument as bad:
        raise BadDocument(f"away takes, after its days, {bad}") from bad
    away = Away(first, last, EQUIPMENT if equipment is None else equipment)
    days = short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"
    return Change(
        listed=AWAY, drop=lambda old: old.first == first, add=(away,), words=f"away {days}"
    )


def _easy(typed: str) -> Change:
    return easier_week(_day(typed, "easy"))


READERS: dict[str, Callable[[str], Change]] = {
    "race": _race,
    "run": _run,
    "away": _away,
    "easy": _easy,
}


def _day(word: str, of: str) -> date:
    try:
        return in_age(checked.day({"day": word}, "day"))
    except BadDocument:
        raise BadDocument(f"{of} takes a date, as in {EXAMPLES[of]}; not {said(word)}") from None


# -- a key each ------------------------------------------------------------------------------------


def easier_week(day: date) -> Change:
    """The week of a day as one in which running is stepped down."""
    first = monday(day)
    words = f"the week of {short_day(first)}: you run less, so strength is lighter too"
    return Change(listed=STEP_DOWN, drop=first.__eq__, add=(first,), words=words)


def usual_week(day: date) -> Change:
    """The week of a day as any other."""
    first = monday(day)
    words = f"the week of {short_day(first)} is as usual"
    return Change(listed=STEP_DOWN, drop=first.__eq__, words=words)


def gym_or_none(diary: Diary, today: date) -> Change:
    """Today with nothing but oneself; or, where it is that already, as usual."""
    none = Away(today, today)
    if none in diary.away:
        return Change(listed=AWAY, drop=none.__eq__, words="today as usual again")
    return Change(listed=AWAY, drop=none.__eq__, add=(none,), words=NO_GYM)


def keep(book: Logbook, change: Change) -> None:
    """Keep a change of the calendar. Raises BadDocument where profile.json holds no such list, and
    ReadOnly or StoreError; nothing has changed then."""
    try:
        items = changed(book.profile.histories(), change.listed, drop=change.drop, add=change.add)
    except BadDocument as bad:
        raise BadDocument(f"profile.json: {bad}; correct it there") from bad
    book.keep(change.listed.key, items)


# -- taking away -----------------------------------------------------------------------------------


def found_on(diary: Diary, calendar: Calendar, day: date) -> list[Found]:
    """What a day holds that can be taken away: its runs, races, days away, its week's easing."""
    runs: Sequence[Run | WeeklyRun] = [run for run in diary.runs if run.day == day]
    runs = runs or [run for run in diary.weekly if run.weekday == day.weekday()]
    found = [_found_run(run) for run in runs]
    for race in calendar.races:
        if race.day == day:
            name = race.name or "the race"
            found.append(_found(RACES, race, ("race", race.name), f"{name} is removed"))
    for away in diary.away:
        if away.first <= day <= away.last:
            names = ("away", away.first.isoformat())
            words = f"days away from {short_day(away.first)} are removed"
            found.append(_found(AWAY, away, names, words))
    if monday(day) in calendar.step_down:
        found.append(Found(names=("easy", "week"), change=usual_week(day)))
    return found


def _found_run(run: Run | WeeklyRun) -> Found:
    start = "any time" if run.start is None else f"{run.start:%H:%M}"
    names = ("run", run.kind.value, start)
    if isinstance(run, Run):
        return _found(RUNS, run, names, f"{run_text(run)} is removed")
    words = f"the {RUN_NAMES[run.kind]} of every {WEEKDAYS[run.weekday].capitalize()} is removed"
    return _found(WEEKLY, run, names, words)


def _found(listed: Listed[Any], value: Any, names: tuple[str, ...], words: str) -> Found:
    return Found(names=names, change=Change(listed=listed, drop=value.__eq__, words=words))


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
