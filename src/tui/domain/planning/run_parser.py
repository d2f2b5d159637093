"""Parses typed runs and free times, and formats them so that they can be typed again.

Each parser raises BadDocument with what can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.date_parser import FIRST_YEAR, LAST_YEAR, NEAR, Lean, day_of, weekday_of
from tui.domain.model.dates import DAYS, day_text
from tui.domain.model.patterns import regex
from tui.domain.model.units import plain
from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Opening, Run, RunKind, WeeklyRun

KINDS = {
    **{kind.value: kind for kind in RunKind},
    **dict.fromkeys(("tempo", "intervals", "track"), RunKind.SPEED),
    "hill": RunKind.HILLS,
}
METRES = {"km": 1000.0, "mi": 1609.344}
# For races and runs, in characters.
LONGEST_NAME = 100
# Beyond any race on foot: they keep typos and hostile files out of the sums.
MOST_M, MOST_CLIMB_M, MOST_S = 1_000_000, 100_000, 1_000_000
LONGEST = 400
RUN_WORDS = (
    "a weekday or a date, easy, speed, long or hills, a time such as 07:00, a length 12km, "
    "a climb +600m, a duration 90min"
)
FREE = "weekdays, each with a time where it matters: tue 13:00 fri, or none"
# The space between a number and its unit, which is dropped.
SPACED = regex(r"(?<=\d)\s+(?=(?:km|mi|min|h|am|pm)\b)")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
# What can only be a date; a weekday is one of every week.
DATE = regex(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?|\d{{1,2}}{MONTH}(?:\d{{4}})?",
    re.ASCII,
)
# The blanks in 14 feb 2027, which are dropped.
SPACED_DATE = regex(rf"\b(\d{{1,2}})\.?\s+({MONTH})\b(?:\s+(?=\d{{4}}\b))?", re.ASCII)
CLOCK = regex(r"(\d{1,2}):(\d{2})|(\d{1,2})(?::(\d{2}))?([ap]m)", re.ASCII)
LENGTH = regex(r"(\d{1,4}(?:[.,]\d{1,3})?)(km|mi)", re.ASCII)
CLIMB = regex(r"\+(\d{1,6})m", re.ASCII)
DURATION = regex(r"(?:(\d{1,3})(?:h|:(?=\d\dh))(?:([0-5]\d)(?:h|min)?)?|(\d{1,5})min)", re.ASCII)
METRES_OR_MINUTES = regex(r"(\d{1,6})m", re.ASCII)


class RunWords(Struct, frozen=True, kw_only=True):
    """What was typed about a run; None for what was not."""

    weekday: int | None = None
    day: date | None = None
    kind: RunKind | None = None
    start: time | None = None
    distance_m: float | None = None
    climb_m: float | None = None
    duration_s: float | None = None


# -- single words ----------------------------------------------------------------------------------


def clock(word: str) -> time | None:
    """The time of day in a word such as 07:00, 7:00, 7am or 7:30pm, or None."""
    match = CLOCK.fullmatch(word)
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if match[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[5] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _date(word: str, today: date) -> date | None:
    """The day in a word such as 2027-02-14, 14.2., 14feb or tomorrow; the next one if it has no
    year."""
    if word not in NEAR and not DATE.fullmatch(word):
        return None
    try:
        return day_of(word, today, Lean.FUTURE)
    except BadDocument:
        years = f"from {FIRST_YEAR} to {LAST_YEAR}"
        raise BadDocument(f"a day of the calendar {years}, not {word}") from None


def _length(word: str) -> float | None:
    """Metres, rounded to ten."""
    match = LENGTH.fullmatch(word)
    if match is None:
        return None
    return _within(
        round(float(match[1].replace(",", ".")) * METRES[match[2]], -1), MOST_M, word, "1000km"
    )


def _climb(word: str) -> float | None:
    match = CLIMB.fullmatch(word)
    return _within(float(match[1]), MOST_CLIMB_M, word, "+100000m") if match else None


def _duration(word: str) -> float | None:
    match = DURATION.fullmatch(word)
    if match is None:
        return None
    minutes = int(match[3] or int(match[1] or 0) * 60 + int(match[2] or 0))
    return _within(minutes * 60.0, MOST_S, word, "277h")


def _within(amount: float, most: float, word: str, limit: str) -> float:
    if not 0 < amount <= most:
        raise BadDocument(f"more than nothing and at most {limit}, not {said(word)}")
    return amount


# Field, its name in messages, and its parser. Each may be typed once.
READERS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("weekday", "weekday", weekday_of),
    ("kind", "kind", KINDS.get),
    ("start", "time", clock),
    ("distance_m", "length", _length),
    ("climb_m", "climb", _climb),
    ("duration_s", "duration", _duration),
)


def _words(typed: str) -> list[str]:
    if len(typed) > LONGEST:
        raise BadDocument(f"{said(typed)} is too long")
    close = SPACED_DATE.sub(r"\1\2", SPACED.sub("", typed.casefold()))
    return re.sub(r",(?=\s|$)", " ", close).split()


# -- runs ------------------------------------------------------------------------------------------


def parse_run_words(typed: str, today: date) -> RunWords:
    """Parse the words of a run, in any order. A date without a year is the next one."""
    found: dict[str, Any] = {}
    for word in _words(typed):
        field, called, value = _meaning(word, today)
        if field in found:
            raise BadDocument(f"one {called} at a time, not another in {said(word)}")
        found[field] = value
    made = RunWords(**found)
    if made.day and made.weekday not in (None, made.day.weekday()):
        fits = DAYS[made.day.weekday()]
        raise BadDocument(f"the weekday of its date or none: {made.day} is a {fits}")
    return made


def _meaning(word: str, today: date) -> tuple[str, str, Any]:
    if (day := _date(word, today)) is not None:
        return "day", "date", day
    for field, called, read in READERS:
        if (value := read(word)) is not None:
            return field, called, value
    if match := METRES_OR_MINUTES.fullmatch(word):
        length = plain(int(match[1]) / 1000)
        raise BadDocument(f"{length}km, +{word} or {word}in, not {said(word)}, which may be any")
    raise BadDocument(f"{RUN_WORDS}; not {said(word)}")


def a_run(typed: str, today: date) -> Run | WeeklyRun:
    """The typed run: weekly if it names a weekday, single if it names a date."""
    words = parse_run_words(typed, today)
    kind = words.kind or RunKind.EASY
    if words.day is not None:
        return Run(
            id=planned_id(words.day, words.start),
            day=words.day,
            kind=kind,
            start=words.start,
            distance_m=words.distance_m,
            climb_m=words.climb_m,
            duration_s=words.duration_s,
        )
    if words.weekday is None:
        raise BadDocument("a weekday or a date, to say when it is: tue 07:00 speed")
    if words != replace(words, distance_m=None, climb_m=None, duration_s=None):
        raise BadDocument(
            "a length, a climb or a duration only with a date: 29 nov 24km +900m 2:30h"
        )
    return WeeklyRun(words.weekday, kind, words.start)


def planned_id(day: date, start: time | None) -> str:
    """The id of a planned run: its day and time."""
    return f"{day}T{start:%H:%M}" if start else f"{day}"


def run_text(run: Run) -> str:
    """A single run on one line, with lengths to ten metres and durations to the minute."""
    amounts = [_km(run.distance_m), _climbed(run.climb_m), _lasting(run.duration_s)]
    return _joined([day_text(run.day), _clock_text(run.start), run.kind, *amounts])


def weekly_text(run: WeeklyRun) -> str:
    """A weekly run on one line."""
    return _joined([DAYS[run.weekday], _clock_text(run.start), run.kind])


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if word)


def _clock_text(start: time | None) -> str:
    return "" if start is None else f"{start:%H:%M}"


def _km(metres: float | None) -> str:
    tens = round(metres or 0, -1)
    return f"{plain(tens / 1000)}km" if tens else ""


def _climbed(metres: float | None) -> str:
    return f"+{metres:.0f}m" if metres and round(metres) else ""


def _lasting(seconds: float | None) -> str:
    minutes = round((seconds or 0) / 60)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02}h"
    return f"{minutes}min" if minutes else ""


# -- free times ------------------------------------------------------------------------------------


def openings(value: Any) -> tuple[Opening, ...]:
    """The times of the week that are free for strength; empty means every day."""
    words = _words(value) if isinstance(value, str) else []
    if words == ["none"]:
        return ()
    made: list[Opening] = []
    for n, word in enumerate(words):
        weekday, start = weekday_of(word), clock(word)
        if weekday is not None:
            made.append(Opening(weekday))
        elif start is not None and made:
            # A weekday alone means all day; a time right after it narrows it to that time.
            last = made.pop() if weekday_of(words[n - 1]) is not None else made[-1]
            made.append(Opening(last.weekday, start))
        else:
            made.clear()
            break
    if not made:
        raise BadDocument(f"{FREE}; not {said(value)}")
    return tuple(sorted(set(made), key=lambda free: week_sort_key(free.weekday, free.start)))


def week_sort_key(weekday: int, start: time | None) -> tuple[int, time]:
    """Sort key for times of the week; no time of day sorts first."""
    return weekday, start or time.min


def openings_text(free: Sequence[Opening]) -> str:
    """Free times as they are typed and stored."""
    words = [f"{DAYS[one.weekday].lower()} {_clock_text(one.start)}".strip() for one in free]
    return " ".join(words) or "none"
