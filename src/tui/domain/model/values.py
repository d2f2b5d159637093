"""The core data types: exercises, programmes, prescriptions, logged sets, sessions and records.

All are frozen. Units are fixed: kilograms per implement, seconds, metres, foot contacts. Fields
written by a newer version or another program are kept in ``extra``. The types of which a log holds
thousands opt out of garbage collection (``gc``): immutable values cannot form cycles.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

Extra = Mapping[str, Any]
# What was written as 15 is read back from any cache as 15, and not as 15.0.
Number = int | float


class Kind(StrEnum):
    """The kind of work an exercise is; it decides the clock and the progression."""

    LOADED = "loaded"
    BODYWEIGHT = "bodyweight"
    HOLD = "hold"
    CLUSTER = "cluster"
    ECCENTRIC = "eccentric"
    PLYOMETRIC = "plyometric"
    CARRY = "carry"
    MOBILITY = "mobility"


class Sides(StrEnum):
    """How an exercise works left and right: together, one side after the other, or alternating."""

    BOTH = "both"
    PER_SIDE = "per-side"
    ALTERNATING = "alternating"


class Side(StrEnum):
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"


class SetKind(StrEnum):
    """What a set was for, in the order in which sets are listed. All but warm-ups are counted; drop
    sets and those to failure are never planned."""

    WARMUP = "warmup"
    WORK = "work"
    FAILURE = "failure"
    DROP = "drop"


class Level(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


LEAST_HELP_KG = 0.1  # Less of it would be shown as nothing.
SLOW = "slow"
FLAGS = (SLOW, "form", "landing", "knee", "hips", "ankle", "tempo", "aborted")
UNDONE = ("pain", "time", "equipment", "other")
SNACK = "snack"  # Programme and part of a snack that is not part of any programme.
ROUTINE = "routine"  # Programme of a session that is a routine; its part is the routine's id.


class Measures(Struct, frozen=True, kw_only=True, gc=False):
    """The amount of work in one side of a set. ``None`` means not applicable or not known.

    ``load_kg`` is per implement. ``assist_kg`` is what a machine or a band takes off the body: a
    set has one of the two at most. A cluster is ``holds`` times ``hold_s``; a single hold has only
    ``hold_s``. ``tempo_s`` is the length of one lowering, ``pause_s`` that of the stop at the hard
    point of each rep. ``duration_s`` is timed work that is not a hold.
    """

    load_kg: Number | None = None
    assist_kg: Number | None = None
    reps: int | None = None
    holds: int | None = None
    hold_s: Number | None = None
    tempo_s: Number | None = None
    pause_s: Number | None = None
    contacts: int | None = None
    distance_m: Number | None = None
    duration_s: Number | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in MEASURES)

    @property
    def net_kg(self) -> float | None:
        """The kilograms that make it harder, below zero if they help; None if there are none."""
        return self.load_kg if self.assist_kg is None else -self.assist_kg


MEASURES = (
    *("load_kg", "assist_kg", "reps", "holds", "hold_s", "tempo_s", "pause_s"),
    *("contacts", "distance_m", "duration_s"),
)


class Dose(Struct, frozen=True, kw_only=True):
    """The dose that the library gives for one level: equal sets on each side.

    ``measures.reps`` to ``reps_top`` is the rep range. ``load_factor`` is the share of the working
    load to use (below 1 for lifts that are moved fast), ``extra_sets`` the number of sets more that
    a heavy lift has in every second week.
    """

    sets: int
    measures: Measures
    rest_s: int
    target_rir: int | None = None
    reps_top: int | None = None
    load_factor: Number = 1.0
    extra_sets: int = 0


class Prerequisite(Struct, frozen=True, kw_only=True):
    """How many ``clean_sessions`` of any of some exercises come before another one's first time."""

    exercises: tuple[str, ...]
    clean_sessions: int


class Way(Struct, frozen=True):
    """How an exercise is counted: ``feet`` land in a jump, its load is in each of the ``hands``."""

    feet: int | None = None
    hands: bool = False


HANDHELD = frozenset({"dumbbells", "kettlebell"})


class Exercise(Struct, frozen=True, kw_only=True):
    """An exercise of the library. ``leg_load`` 0-3 is how hard it is on the legs (for spacing
    sessions), ``regions`` are the parts of the body it works, the main one first. A ``blank`` one
    has only a name, for the runner to fill in. Of a ``bare`` one no dose is told: what it has is
    only what is usual, and it is never chosen for the runner.

    ``role`` is its job, empty if not known: exercises of one role can replace each other.
    ``no_gym`` is the hold for a runner without weights. ``prerequisite`` are the exercises of which
    some clean sessions come before its first time, and how many.

    For a heavy lift, ``implements`` are held at once (two dumbbells), ``body_share`` of the
    runner's weight is lifted with them, and ``max_ratio`` is a careful first guess at the one-rep
    maximum of all that as a multiple of her weight."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind
    category: str
    role: str
    muscles: tuple[str, ...]
    equipment: tuple[str, ...] = ()
    sides: Sides
    doses: Mapping[Level, Dose]
    cues: tuple[str, ...]
    why: str
    easier: str | None = None
    harder: str | None = None
    no_gym: str | None = None
    prerequisite: Prerequisite | None = None
    loading: str | None = None
    implements: int = 1
    body_share: Number = 0.0
    max_ratio: Number = 0.5
    jump_feet: int | None = None
    jump_tier: str | None = None
    leg_load: int
    regions: tuple[str, ...]
    sources: tuple[str, ...]
    blank: bool = False
    bare: bool = False

    @property
    def region(self) -> str:
        """The main region, to which pain told with a set belongs."""
        return self.regions[0]

    @property
    def way(self) -> Way:
        """How it is counted. A sled or a sandbag is one load, not one in each hand."""
        held = not self.equipment or not HANDHELD.isdisjoint(self.equipment)
        carried = self.kind is Kind.CARRY and self.sides is Sides.BOTH
        return Way(self.jump_feet, carried and held)


class Turn(StrEnum):
    """When a slot goes on to its next exercises: each session, each block of the programme, or once
    all blocks are through."""

    SESSION = "session"
    BLOCK = "block"
    CYCLE = "cycle"


class Slot(Struct, frozen=True, kw_only=True):
    """One line of a programme's session: the exercises to choose from, how many of them to ``pick``
    for a session, when it is the ``turn`` of the next ones, and the dose where it differs from the
    exercise's own.

    ``steep`` and ``flat`` are the exercises on a goal's course of that kind, if others. ``slow_s``
    is the length in seconds of a lowering in the second half of a phase. ``fast``: the lift is
    moved fast, and a slow rep ends the set. ``asks`` says what the article asks here, ``ours`` why
    the runner gets less, more or something else."""

    exercises: tuple[str, ...]
    pick: int = 1
    turn: Turn = Turn.SESSION
    dose: Mapping[str, Any] = field(default_factory=dict)
    kind: SetKind = SetKind.WORK
    steep: tuple[str, ...] = ()
    flat: tuple[str, ...] = ()
    slow_s: Number | None = None
    fast: bool = False
    asks: str = ""
    ours: str = ""

    @property
    def every(self) -> tuple[str, ...]:
        """All exercises that can stand here, on whatever course."""
        return tuple(dict.fromkeys((*self.exercises, *self.steep, *self.flat)))


class Part(Struct, frozen=True, kw_only=True):
    """One session of a programme."""

    id: str
    name: str
    slots: tuple[Slot, ...]
    focus: str = ""
    minutes: int | None = None


class Phase(Struct, frozen=True, kw_only=True):
    """A range of programme weeks (counted from 1; ``last_week`` None: open-ended) and its parts in
    the order they are done within a week. It waits for at least so many ``sessions`` of
    strength."""

    first_week: int
    last_week: int | None
    parts: tuple[str, ...]
    name: str = ""
    sessions: int = 0


class Schedule(Struct, frozen=True, kw_only=True):
    """One way to follow a programme. ``gap_days`` is the fewest and most days between two parts,
    ``per_week`` the number of a phase's parts done in a week (None: all), ``near_race`` the most in
    a taper week (None: no limit)."""

    id: str
    name: str
    phases: tuple[Phase, ...]
    gap_days: tuple[int, int] | None = None
    repeats: bool = False
    per_week: int | None = None
    near_race: int | None = None


class Programme(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    about: str
    parts: tuple[Part, ...]
    schedules: tuple[Schedule, ...]
    sources: tuple[str, ...]


class Routine(Struct, frozen=True, kw_only=True):
    """A few minutes to do by themselves, or before or after a session. In a slot the first ``pick``
    exercises are done that are possible on the day. The sets of one that is not ``work`` are
    logged as warm-up sets: nothing follows from them."""

    id: str
    name: str
    about: str
    minutes: int
    slots: tuple[Slot, ...]
    sources: tuple[str, ...]
    work: bool = False


class Goal(Struct, frozen=True, kw_only=True):
    """The target for one side of one set."""

    side: Side
    measures: Measures


class SetPlan(Struct, frozen=True, kw_only=True):
    """One planned set: one goal for both sides together, or a left and a right goal."""

    number: int
    goals: tuple[Goal, ...]
    kind: SetKind = SetKind.WORK


class Prescription(Struct, frozen=True, kw_only=True):
    """The planned sets of one exercise, with the rest after each set in seconds. ``fast``: each set
    ends when a rep slows."""

    sets: tuple[SetPlan, ...]
    rest_s: int
    target_rir: int | None = None
    fast: bool = False


class SetEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One side of one set as it was done. ``number`` counts from 1 within the exercise; both sides
    of a set share it. ``edited`` is the instant of the last change, ``replaces`` has those of the
    versions before it, ``was`` the id it had in a log of schema 1. ``confirmed``: the runner says
    that what was done is right, however odd it looks."""

    id: str
    edited: str
    replaces: tuple[str, ...] = ()
    was: str = ""
    number: int
    side: Side
    done: Measures
    kind: SetKind = SetKind.WORK
    prescribed: Measures | None = None
    rir: Number | None = None
    effort: Number | None = None
    pain: int | None = None
    flags: tuple[str, ...] = ()
    undone: str | None = None
    confirmed: bool = False
    note: str = ""
    at: str = ""
    deleted: bool = False
    extra: Extra = field(default_factory=dict)


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One exercise of a session. Entries with the same ``superset`` alternate set by set. Entries
    are in the order of ``order``, then of their ids."""

    id: str
    edited: str
    replaces: tuple[str, ...] = ()
    was: str = ""
    order: int | None = None
    exercise: str
    sets: tuple[SetEntry, ...]
    superset: str | None = None
    deleted: bool = False
    extra: Extra = field(default_factory=dict)

    def live(self) -> tuple[SetEntry, ...]:
        """The sets that are not deleted."""
        return tuple(s for s in self.sets if not s.deleted)


class Session(Struct, frozen=True, kw_only=True, gc=False):
    """One training session. It belongs to the local date on which it ``started``, an instant with a
    UTC offset. ``edited`` is the instant of the last change of its own fields, not of its entries
    or sets, which have their own."""

    id: str
    edited: str
    replaces: tuple[str, ...] = ()
    started: datetime
    finished: datetime | None = None
    programme: str | None = None
    part: str | None = None
    note: str = ""
    entries: tuple[Entry, ...] = ()
    deleted: bool = False
    extra: Extra = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.started.date()

    def live(self) -> tuple[Entry, ...]:
        """The entries that are not deleted and have at least one set left."""
        return tuple(e for e in self.entries if not e.deleted and e.live())

    def tombstone(self, edited: str) -> Session:
        """The session marked as deleted. It is kept so that copies of the log can be merged."""
        return replace(self, edited=edited, deleted=True)


class Record(Struct, frozen=True, kw_only=True):
    """A dated line of the log that is not a set, such as a ``morning`` (pain in a body region on
    waking) or a ``metric`` (a measured value). ``values`` holds the line's own fields."""

    id: str
    edited: str
    replaces: tuple[str, ...] = ()
    type: str
    day: date
    values: Extra = field(default_factory=dict)
    deleted: bool = False
