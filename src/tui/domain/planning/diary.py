"""What the runner's calendar holds beside races: runs, days away, times for strength.

Times of day are the runner's own wall clock; where none was said a run is on its day at no known
time. Distances and climbs are metres, durations seconds.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct


class RunKind(StrEnum):
    """What a run is to the legs. Speed and long runs are the hard ones (clarke-runrun)."""

    EASY = "easy"
    SPEED = "speed"
    LONG = "long"
    HILLS = "hills"


class Run(Struct, frozen=True, kw_only=True):
    """One run on its day, planned or done. ``at`` is the exact instant of a recorded one, aware;
    ``id`` stays the same however often the same file is brought in."""

    id: str
    day: date
    kind: RunKind = RunKind.EASY
    start: time | None = None
    at: datetime | None = None
    distance_m: float | None = None
    climb_m: float | None = None
    duration_s: float | None = None
    name: str = ""


class WeeklyRun(Struct, frozen=True, order=True):
    """A run that comes every week: ``weekday`` 0 is Monday."""

    weekday: int
    kind: RunKind
    start: time | None = None


class Away(Struct, frozen=True, order=True):
    """Days, the first and the last among them, away from the usual gym, and what is at hand there
    (words of the library's equipment; empty: nothing)."""

    first: date
    last: date
    equipment: frozenset[str] = frozenset()


class Opening(Struct, frozen=True, order=True):
    """A time of the week that is free for strength; ``start`` None: any time of the day."""

    weekday: int
    start: time | None = None


class Diary(Struct, frozen=True, kw_only=True):
    """All of it. Runs by day; with no opening at all, every day is free."""

    runs: tuple[Run, ...] = ()
    weekly: tuple[WeeklyRun, ...] = ()
    away: tuple[Away, ...] = ()
    openings: tuple[Opening, ...] = ()
