"""The calculator's state: everything it knows about a training log.

There are no separate counters. The state is the fold of
:func:`tui.domain.calculator.log_fold.advance` over the log, so that correcting an old set changes
every answer based on it. A state can always be recomputed; it may be cached to save time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import IntEnum

from msgspec import Struct, field

from tui.domain.calculator.accuracy import Forecast
from tui.domain.calculator.advice import Calendar, Profile
from tui.domain.calculator.bouts import Bout, Grade
from tui.domain.calculator.loads import Inventory
from tui.domain.calculator.tracker import Tracker
from tui.domain.model.library.catalog import Library
from tui.domain.model.readiness import Ready
from tui.domain.model.values import Side

KEPT_BOUTS = 6
KEPT_PAINS = 6
KEPT_READY = 3
PAIN_LESS = 4  # From this much pain up, the region gets less work.
OFTEN_DAYS = 14  # The window in days within which all pain reports are counted.


class Setup(Struct, frozen=True, kw_only=True):
    """Everything that advice depends on apart from the log."""

    library: Library
    profile: Profile = Profile()
    inventory: Inventory = Inventory()
    calendar: Calendar = Calendar()


class Estimated(Struct, frozen=True, array_like=True):
    """The estimate for one side of a lift after a session that informed it: ``z``, the natural
    logarithm of the one-rep maximum in kg of system load, its SD on a day, and the best single in
    kg of one implement with its likely range."""

    day: date
    side: Side
    z: float
    sd: float
    kg: float
    low_kg: float
    high_kg: float


class OddSet(Struct, frozen=True, array_like=True):
    """A set so far from its plan that it does not count until the runner confirms it: the load in
    kg and the reps, as logged and as planned."""

    load_kg: float
    planned_kg: float
    reps: int
    planned_reps: int


class ExerciseHistory(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The runner's history with one exercise.

    ``first`` is the day of the first session, ``last`` the newest session, ``bouts`` those from
    which progress is read, oldest first. ``run`` counts clean sessions in a row, ``sessions`` all
    of them. ``before`` is the session before pain or a layoff lowered the dose, until its dose is
    reached again. A lift has a tracker for each side (``both`` for a lift on both legs). ``ratios``
    are those of right to left after the last sessions, newest last. ``estimated`` holds past
    estimates, oldest first, ``forecasts`` what was expected of the last sessions; both only inform,
    no advice depends on them. ``odd`` is a set of the last session that does not count yet."""

    first: date
    last: Bout
    bouts: tuple[Bout, ...] = ()
    run: int = 0
    sessions: int = 0
    before: Bout | None = None
    trackers: Mapping[str, Tracker] = field(default_factory=dict)
    ratios: tuple[float, ...] = ()
    estimated: tuple[Estimated, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    odd: OddSet | None = None


class PainReport(Struct, frozen=True, array_like=True):
    """The most pain, 0-10, in a region on a day; ``waking`` if felt in the morning, ``before`` if
    reported before that day's session. For a session without a report (``told`` False) it is the
    pain reported before it, or 0."""

    day: date
    pain: int
    waking: bool = False
    before: bool = False
    told: bool = True

    @property
    def trained(self) -> bool:
        """Whether it is the pain of a session."""
        return not self.waking and not self.before


class JumpDay(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The jumps of one session, or one exercise's in it: contacts done and ``asked`` for, those of
    the ``largest`` set, the highest tier (0 low to 2 high), the worst grade and its cause.
    ``guarded``: a guard had lowered them; for one exercise only a planned easier session counts."""

    day: date
    contacts: int
    tier: int
    grade: Grade
    cause: str = ""
    guarded: bool = False
    asked: int = 0
    largest: int = 0


class NoReserve(IntEnum):
    """Whether a session reported no reps in reserve in any set of a lift, and if so, whether the
    runner is still progressing (GOT_ON) or not (STUCK)."""

    NO = 0
    GOT_ON = 1
    STUCK = 2


class Strain(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The evidence for an easier week: the Mondays of the weeks trained since the last one, how
    empty the last sessions were, and the lifts missed twice in a row. ``since`` is the day of the
    session that called for the last easier week, ``cause`` its reason code."""

    weeks: tuple[date, ...] = ()
    emptied: tuple[NoReserve, ...] = ()
    missed: tuple[str, ...] = ()
    since: date | None = None
    cause: str = ""


class Followed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The progress in a programme: the days of its first and its ``last`` session, the last parts
    done in order, and how often each part was done. ``trained`` has the last day of each week
    trained with the number of that week in the programme, oldest first."""

    first: date
    last: date | None = None
    parts: tuple[str, ...] = ()
    turns: Mapping[str, int] = field(default_factory=dict)
    trained: tuple[tuple[date, int], ...] = ()


class RecentSession(Struct, frozen=True, array_like=True):
    """A session of the last fortnight: its day and local start time, programme and part, whether it
    was hard on the legs, and whether it was only a snack."""

    day: date
    start: time
    programme: str | None
    part: str | None
    legs: bool
    snack: bool = False


class State(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of the log. ``jumps`` are those of the last sessions as a whole, ``jumped`` those
    of each exercise by its id. ``strength`` is the day of the first strength session,
    ``strength_count`` the number of strength sessions, ``last`` the day of the last session,
    ``lately`` the sessions of the last fortnight."""

    histories: Mapping[str, ExerciseHistory] = field(default_factory=dict)
    aches: Mapping[str, tuple[PainReport, ...]] = field(default_factory=dict)
    jumps: tuple[JumpDay, ...] = ()
    jumped: Mapping[str, tuple[JumpDay, ...]] = field(default_factory=dict)
    followed: Mapping[str, Followed] = field(default_factory=dict)
    strain: Strain = Strain()
    strength: date | None = None
    strength_count: int = 0
    last: date | None = None
    # The last readiness reports, oldest first.
    ready: tuple[Ready, ...] = ()
    # The body weight last measured, in kg.
    body_kg: float | None = None
    lately: tuple[RecentSession, ...] = ()
