"""What the calculator knows of a log: the fold of its sessions and mornings.

There are no counters that live on their own. The state after a log is the fold of
:func:`tui.domain.calculator.log_fold.advance` over it, so that correcting an old set changes every
answer that rests on it. A state can be thrown away and made again; it may be kept beside the log to
save the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import IntEnum

from msgspec import Struct, field

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
PAIN_LESS = 4  # From so much pain on a region gets less.
OFTEN_DAYS = 14  # Within so many days each report of pain matters.


class Setup(Struct, frozen=True, kw_only=True):
    """All that advice depends on beside the log."""

    library: Library
    profile: Profile = Profile()
    inventory: Inventory = Inventory()
    calendar: Calendar = Calendar()


class Estimated(Struct, frozen=True, array_like=True):
    """Where the tracker of a side of a lift stood after a session that told of it: its ``z``, the
    natural logarithm of the one-rep maximum in kg, and the variance of that."""

    day: date
    side: Side
    z: float
    variance: float


class ExerciseHistory(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The runner's way with one exercise. ``last`` is its newest session, ``bouts`` those that its
    progress is read from, oldest first; ``run`` counts clean sessions in a row, ``sessions`` all.
    A lift has a tracker for each side (``both`` for a lift on both legs); ``ratios`` are those of
    its sides, right over left, after its last sessions, newest last. ``estimated`` is where its
    trackers stood, oldest first, to look back on: no answer rests on it."""

    first: date
    last: Bout
    bouts: tuple[Bout, ...] = ()
    run: int = 0
    sessions: int = 0
    trackers: Mapping[str, Tracker] = field(default_factory=dict)
    ratios: tuple[float, ...] = ()
    estimated: tuple[Estimated, ...] = ()


class Ache(Struct, frozen=True, array_like=True):
    """The most pain, 0-10, in a region on a day; ``waking`` marks what was felt in the morning,
    ``before`` what was told before that day's session. Of a session in which nobody said how it
    felt (``told`` False) it is what was told before it, or none."""

    day: date
    pain: int
    waking: bool = False
    before: bool = False
    told: bool = True

    @property
    def trained(self) -> bool:
        """True for the pain of a session."""
        return not self.waking and not self.before


class JumpDay(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The jumps of one session: contacts in all, the highest tier among them (0 low to 2 high),
    whether they may grow, and whether a guard had lowered them."""

    day: date
    contacts: int
    tier: int
    grade: Grade
    cause: str = ""
    guarded: bool = False


class Emptied(IntEnum):
    """Whether a session left no rep in any set, by the runner's word, and still went further."""

    NO = 0
    GOT_ON = 1
    STUCK = 2


class Strain(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What speaks for an easier week: the Mondays of the weeks trained since the last one, how
    empty the last sessions were, and the lifts with two misses running.
    ``since`` is the session that called for the last easier week."""

    weeks: tuple[date, ...] = ()
    emptied: tuple[Emptied, ...] = ()
    missed: tuple[str, ...] = ()
    since: date | None = None
    cause: str = ""


class Followed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far a programme has been followed: the day of its first session, the parts done last in
    order, and how often each part was done."""

    first: date
    parts: tuple[str, ...] = ()
    turns: Mapping[str, int] = field(default_factory=dict)


class Lately(Struct, frozen=True, array_like=True):
    """A session of the last fortnight: its day and the wall clock at its start, the programme and
    part, whether it was hard on the legs, and whether it was but a snack."""

    day: date
    start: time
    programme: str | None
    part: str | None
    legs: bool
    snack: bool = False


class State(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The log as the calculator knows it. ``strength`` is the day of the first strength session,
    ``strength_count`` their number, ``last`` the day of the last session, ``lately`` the sessions
    of the last fortnight."""

    histories: Mapping[str, ExerciseHistory] = field(default_factory=dict)
    aches: Mapping[str, tuple[Ache, ...]] = field(default_factory=dict)
    jumps: tuple[JumpDay, ...] = ()
    followed: Mapping[str, Followed] = field(default_factory=dict)
    strain: Strain = Strain()
    strength: date | None = None
    strength_count: int = 0
    last: date | None = None
    # How she was on the last days of which she said so, oldest first.
    ready: tuple[Ready, ...] = ()
    lately: tuple[Lately, ...] = ()
