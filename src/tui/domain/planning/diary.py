"""The runner's calendar apart from races: runs, days away, times free for strength.

Times of day are the runner's local time; a run without one is on its day at an unknown time.
Distances and climbs are in metres, durations in seconds.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct


class RunKind(StrEnum):
    """How a run loads the legs. Speed and long runs are hard (clarke-runrun)."""

    EASY = "easy"
    SPEED = "speed"
    LONG = "long"
    HILLS = "hills"


class Run(Struct, frozen=True, kw_only=True):
    """One run, planned or done. ``at`` is when a recorded run began (an aware datetime); ``id``
    stays the same however often a file is imported."""

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
    """A run repeated every week; ``weekday`` 0 is Monday."""

    weekday: int
    kind: RunKind
    start: time | None = None


class Away(Struct, frozen=True, order=True):
    """Days away from the usual gym, from ``first`` to ``last`` inclusive, and the equipment at hand
    there (the library's words; empty: nothing)."""

    first: date
    last: date
    equipment: frozenset[str] = frozenset()


class Opening(Struct, frozen=True, order=True):
    """A time of the week that is free for strength; ``start`` is None for any time of the day."""

    weekday: int
    start: time | None = None


class Diary(Struct, frozen=True, kw_only=True):
    """The whole diary, with runs sorted by day. Without any openings, every day is free."""

    runs: tuple[Run, ...] = ()
    weekly: tuple[WeeklyRun, ...] = ()
    away: tuple[Away, ...] = ()
    openings: tuple[Opening, ...] = ()
