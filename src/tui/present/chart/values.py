"""What a chart shows, whoever draws it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from tui.domain.model.values import Side


class Point(Struct, frozen=True):
    """A value of a day; ``low`` and ``high`` are the noise that it carries, where that is known."""

    day: date
    value: float
    low: float | None = None
    high: float | None = None


class Series(Struct, frozen=True):
    """The values of one side, oldest first; both sides together stand as ``Side.BOTH``."""

    side: Side
    points: tuple[Point, ...]


class Drawn(StrEnum):
    """How values are drawn: a level as points, an amount of a day as bars from zero."""

    POINTS = "points"
    BARS = "bars"


class Event(Struct, frozen=True):
    """What happened on a day beside the training: a race, a block begun."""

    day: date
    sign: str
    words: str


class Chart(Struct, frozen=True, kw_only=True):
    """One measure over the days from ``first`` to ``last``. ``title`` names it in full, ``short``
    in a word or two; values are in ``unit``, and those in the range ``usual`` are ordinary."""

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
