"""The calculator's input (profile, calendar) and output (advice with reasons).

Loads are in kilograms per implement, times in seconds, distances in metres, jumps in foot contacts.
Level, stated maxima and the extra set have a start date, so that a change does not rewrite earlier
advice. Equipment and race preparation have none: always the current setting applies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct, field

from tui.domain.calculator.accuracy import Accuracy, Expected
from tui.domain.calculator.estimates import one_rm
from tui.domain.model.values import Level, Prescription, SetPlan

T = TypeVar("T")
Facts = Mapping[str, float | str]


class Dated(Struct, Generic[T], frozen=True):
    """A value and the day from which it applies."""

    since: date
    value: T


def holding(values: tuple[Dated[T], ...], day: date, default: T) -> T:
    """The value that applies on ``day``; ``values`` are in order of their days.

    The first value also applies to the time before it, for which nothing else is known.
    """
    value = values[0].value if values else default
    for dated in values:
        if dated.since <= day:
            value = dated.value
    return value


class Best(Struct, frozen=True):
    """The most a runner says she can lift: ``load_kg`` of one implement, ``reps`` times."""

    load_kg: float
    reps: int = 1

    @property
    def single_kg(self) -> float:
        """The single that this load would mean if nothing else were lifted with it, in kg (source:
        the RTS chart)."""
        return one_rm(self.load_kg, self.reps)


class Taper(StrEnum):
    """How a taper treats the load: keep it (the default), or lighten it by a tenth."""

    KEEP = "keep"
    LIGHTEN = "lighten"


class Terrain(StrEnum):
    """The terrain of the goal race: short and steep, flat and long, or mixed."""

    STEEP = "steep"
    FLAT = "flat"
    MIXED = "mixed"


class Lean(StrEnum):
    """The emphasis of a training cycle: lifting, running, or neither."""

    LIFT = "lift"
    RUN = "run"
    EVEN = "even"


class Profile(Struct, frozen=True, kw_only=True):
    """The runner's settings. ``maxes`` are what she says she can lift, by exercise id.
    ``pain_baseline`` is the pain, 0-10, that she wakes up with on an ordinary day."""

    levels: tuple[Dated[Level], ...] = ()
    maxes: Mapping[str, tuple[Dated[Best], ...]] = field(default_factory=dict)
    extra_set: tuple[Dated[bool], ...] = ()
    body_weight_kg: float | None = None
    pain_baseline: int = 0
    taper: Taper = Taper.KEEP
    # The schedule of the current programme; None for its first.
    schedule: str | None = None
    # The whole week before a C race is free of strength work; if False, only its last three days.
    c_race_week: bool = True
    # The programmes she chose, by date; choosing one again restarts its weeks.
    programmes: tuple[Dated[str], ...] = ()
    # When she paused her programme (True) and when she resumed it (False).
    paused: tuple[Dated[bool], ...] = ()
    terrain: Terrain = Terrain.MIXED
    lean: Lean = Lean.EVEN
    # The regions that were injured once, as she named them.
    old_injuries: tuple[str, ...] = ()

    def level(self, day: date) -> Level:
        """The level on a day; intermediate if none was ever set."""
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
    """The races, and the Mondays of the weeks in which the runner steps her running down."""

    races: tuple[Race, ...] = ()
    step_down: frozenset[date] = frozenset()


class Action(StrEnum):
    """The gist of an advice. More load, or more work with the same load, is an increase."""

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
    """One reason for an advice: its code, and the facts that its sentence names (numbers or text,
    such as exercise ids)."""

    code: str
    facts: Facts = {}


class Estimate(Struct, frozen=True, kw_only=True):
    """A one-rep maximum in kilograms with its likely range (two SD each way). ``compared`` holds
    what the usual formulas give for the last session's heaviest set, by name."""

    one_rm_kg: float
    low_kg: float
    high_kg: float
    compared: Facts = {}

    @property
    def vague(self) -> bool:
        """Whether the range is too wide to be of use, as after years without the lift."""
        return is_vague(self.low_kg, self.high_kg)


def is_vague(low: float, high: float) -> bool:
    """Whether a range says next to nothing (source project)."""
    return high > 2 * low


class Advice(Struct, frozen=True, kw_only=True):
    """What to do next in one exercise, and why. Of a lift, ``expected`` is the report to expect of
    its first set, and ``accuracy`` how the last forecasts fared.

    ``exercise`` is the one asked about, ``variant`` the one to do (usually the same). ``plan`` has
    no sets if the answer is to rest. ``warmup`` are the light sets before a heavy lift, no part of
    the plan. ``days`` are the days of the sessions it is based on, newest
    first. ``sources`` are source ids of the library.
    """

    exercise: str
    variant: str
    action: Action
    plan: Prescription
    warmup: tuple[SetPlan, ...] = ()
    reasons: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.LOW
    estimate: Estimate | None = None
    expected: Expected | None = None
    accuracy: Accuracy | None = None
    days: tuple[date, ...] = ()
