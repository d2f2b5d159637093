"""The data of a chart, for any renderer: points, series, events."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from tui.domain.model.values import Side


class Point(Struct, frozen=True):
    """A day's value; ``low`` and ``high`` are its error band, if known."""

    day: date
    value: float
    low: float | None = None
    high: float | None = None


class Series(Struct, frozen=True):
    """The values of one side, oldest first; ``Side.BOTH`` for both sides together."""

    side: Side
    points: tuple[Point, ...]


class Drawn(StrEnum):
    """How values are drawn: levels as points, daily amounts as bars from zero."""

    POINTS = "points"
    BARS = "bars"


class Event(Struct, frozen=True):
    """Something on a day apart from the training: a race, a new block."""

    day: date
    sign: str
    words: str


class Chart(Struct, frozen=True, kw_only=True):
    """One measure over the days from ``first`` to ``last``. ``title`` is the full name, ``short`` a
    word or two; values are in ``unit``; ``usual`` is the normal range."""

    measure: str
    title: str
    short: str
    unit: str
    drawn: Drawn
    series: tuple[Series, ...]
    first: date
    last: date
    events: tuple[Event, ...] = ()
    usual: tuple[float, float] | None = None
