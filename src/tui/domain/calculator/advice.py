"""What the calculator is told and what it answers.

Loads are kilograms per implement, times seconds, distances metres, jumps foot contacts. Level,
stated maxima and the extra set carry the day from which they hold, so that a change does not
rewrite what was advised before it; what is owned, and how a race is prepared, is as of now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct, field

from tui.domain.model.values import Level, Prescription

T = TypeVar("T")
Facts = Mapping[str, float | str]


class Dated(Struct, Generic[T], frozen=True):
    """A value and the day from which it holds."""

    since: date
    value: T


def holding(values: tuple[Dated[T], ...], day: date, default: T) -> T:
    """The value that holds on ``day`` of those in order of their days.

    The first one holds for the time before it as well: nothing else was ever said of it.
    """
    value = values[0].value if values else default
    for dated in values:
        if dated.since <= day:
            value = dated.value
    return value


class Taper(StrEnum):
    """What a taper does to the load: keep it (the default), or lighten it by a tenth."""

    KEEP = "keep"
    LIGHTEN = "lighten"


class Terrain(StrEnum):
    """What the goal's course asks of the legs: short and steep, or flat and long."""

    STEEP = "steep"
    FLAT = "flat"
    MIXED = "mixed"


class Lean(StrEnum):
    """What a cycle leans to: lifting, running, or neither."""

    LIFT = "lift"
    RUN = "run"
    EVEN = "even"


class Profile(Struct, frozen=True, kw_only=True):
    """What the runner says of herself. ``maxes`` are stated one-rep maxima in kilograms by exercise
    id. ``pain_baseline`` is the pain, 0-10, she wakes up with on an ordinary day."""

    levels: tuple[Dated[Level], ...] = ()
    maxes: Mapping[str, tuple[Dated[float], ...]] = field(default_factory=dict)
    extra_set: tuple[Dated[bool], ...] = ()
    body_weight_kg: float | None = None
    pain_baseline: int = 0
    taper: Taper = Taper.KEEP
    # The schedule of the programme that she follows; None for its first.
    schedule: str | None = None
    # A C race takes its whole week off, unless the runner wants only the last three days of it.
    c_race_week: bool = True
    # The programmes she chose, by their days: choosing one anew begins its weeks anew.
    programmes: tuple[Dated[str], ...] = ()
    # When she let her programme rest (True) and when she took it up again.
    paused: tuple[Dated[bool], ...] = ()
    terrain: Terrain = Terrain.MIXED
    lean: Lean = Lean.EVEN

    def level(self, day: date) -> Level:
        """The level that holds on a day; intermediate where none was ever said."""
        return holding(self.levels, day, Level.INTERMEDIATE)


class Priority(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class Race(Struct, frozen=True, kw_only=True):
    day: date
    name: str = ""
    priority: Priority = Priority.A


class Calendar(Struct, frozen=True, kw_only=True):
    """Races by date, and the Mondays of the weeks in which the runner steps her running down."""

    races: tuple[Race, ...] = ()
    step_down: frozenset[date] = frozenset()


class Action(StrEnum):
    """What the advice comes to; more load, or the same load and more of it, is an increase."""

    START = "START"
    INCREASE = "INCREASE"
    HOLD = "HOLD"
    DECREASE = "DECREASE"
    DELOAD = "DELOAD"
    TAPER = "TAPER"
    LAYOFF = "LAYOFF"
    REST = "REST"
    SUBSTITUTE = "SUBSTITUTE"
    VARIANT_UP = "VARIANT_UP"
    VARIANT_DOWN = "VARIANT_DOWN"


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Reason(Struct, frozen=True):
    """One reason: its code, and the facts that its words name (numbers, or ids of exercises)."""

    code: str
    facts: Facts = {}


class Estimate(Struct, frozen=True, kw_only=True):
    """The one-rep maximum in kilograms and the band in which it likely lies (two SD each way).
    ``compared`` is what the usual formulas make of the last session's heaviest set, by name."""

    one_rm_kg: float
    low_kg: float
    high_kg: float
    compared: Facts = {}


class Advice(Struct, frozen=True, kw_only=True):
    """What to do next of one exercise, and why.

    ``exercise`` is the one asked for, ``variant`` the one to do (most often the same). ``plan`` has
    no sets where the answer is to rest. ``days`` are those of the sessions it rests on, newest
    first. ``sources`` are ids of the library.
    """

    exercise: str
    variant: str
    action: Action
    plan: Prescription
    reasons: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.LOW
    estimate: Estimate | None = None
    days: tuple[date, ...] = ()
