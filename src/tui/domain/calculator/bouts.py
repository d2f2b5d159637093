"""What one session says of one exercise: whether it was done as planned, and how far it went.

A set is clean when load, amount and form were as planned, with a rep in reserve where that was told
and pain of at most two. Where no plan was told, fewer reps than the range has are no success.
Lighter than planned is never one; a set left out for pain, time or equipment never counts against
the runner. A bar that slows ends the set and counts as one rep in reserve (clarke-runrun); the rest
is of the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.values import Exercise, Kind, Measures, SetEntry, SetKind, Side, Sides

QUALITY = frozenset({"form", "landing", "knee", "hips", "ankle", "tempo"})
REASONED = frozenset({"pain", "time", "equipment"})
EASY_PAIN = 2
HOLD_SHARE = 0.9  # Of its seconds that a hold must last to count.
TEMPO_SHARE = 0.8  # Of its seconds that a lowering must last to count.
# The effort (0-10) above which work is not made harder, by kind.
EFFORT = {Kind.HOLD: 8, Kind.CLUSTER: 7, Kind.PLYOMETRIC: 7}
MOST_EFFORT = 9
# Those that are done in a range of reps.
RANGED = (Kind.LOADED, Kind.BODYWEIGHT, Kind.ECCENTRIC)
MORE = "more"  # The cause of a clean session in which more was done than asked.
AMOUNT = {
    Kind.LOADED: ("reps",),
    Kind.BODYWEIGHT: ("reps",),
    Kind.ECCENTRIC: ("reps",),
    Kind.HOLD: ("hold_s",),
    Kind.CLUSTER: ("holds",),
    Kind.PLYOMETRIC: ("contacts", "reps"),
    Kind.CARRY: ("distance_m", "duration_s"),
    Kind.MOBILITY: ("reps", "distance_m", "duration_s"),
}


class Grade(StrEnum):
    """How a session with an exercise went, from best to worst; FRESH is one before a break: its
    numbers stand, but it is no step of a row of sessions any more."""

    CLEAN = "clean"
    FRESH = "fresh"
    STOPPED = "stopped"
    PARTIAL = "partial"
    LIGHTER = "lighter"
    MISS = "miss"


WORST = list(Grade)
NOTHING = Measures()


class Bout(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One exercise on one day. ``asked`` is what its weakest set was to be, ``done`` the least that
    was done of it; ``cause`` says in a word why it was not clean. ``left`` and ``right`` are sums
    over the sets done on both sides, ``lost`` the holds that did not count on the worse side.
    ``planned`` is what the first set was to be where another load was lifted. ``guarded``: a
    guard had lowered it; ``light``: it was the light session after a race, done as planned."""

    day: date
    grade: Grade
    asked: Measures
    done: Measures
    cause: str = ""
    rated: bool = False
    lost: int = 0
    planned: Measures = NOTHING
    left: float = 0.0
    right: float = 0.0
    guarded: bool = False
    light: bool = False


def work_rows(rows: Iterable[SetEntry]) -> list[SetEntry]:
    """The work sets among rows, by number, left before right."""
    work = [row for row in rows if row.kind is SetKind.WORK and not row.deleted]
    return sorted(work, key=lambda row: (row.number, row.side))


def amount(kind: Kind, measures: Measures) -> float | None:
    """How much of what an exercise of this kind is counted in: reps, seconds, contacts, metres."""
    for name in AMOUNT[kind]:
        value: float | None = getattr(measures, name)
        if value is not None:
            return value
    return None


def plan_of(row: SetEntry) -> Measures:
    """What a set was to be: as prescribed, or as done where nothing was prescribed. A load that the
    runner raised is the plan from then on, if she made as many reps of it."""
    asked = row.prescribed
    # Asked of every set several times: comparing takes a tenth of what Measures.__bool__ does.
    if asked is None or asked == NOTHING:
        return row.done
    heavier = (
        row.done.load_kg is not None
        and asked.load_kg is not None
        and row.done.load_kg > asked.load_kg
        and (row.done.reps or 0) >= (asked.reps or 0)
    )
    if heavier or asked.load_kg is None:
        asked = replace(asked, load_kg=row.done.load_kg)
    return asked


def bout(
    exercise: Exercise, rows: Sequence[SetEntry], day: date, lowest: float | None
) -> Bout | None:
    """One session of an exercise from its work ``rows``; None where there is nothing to learn from.

    ``lowest`` is the bottom of its range, in what it is counted in.
    """
    kind = exercise.kind
    graded = [(row, *_grade(exercise, row, lowest)) for row in rows]
    done = _telling(kind, rows)
    if not done:
        return None
    # Of equal grades the cause that comes last by name, whichever side or set it was on.
    grade, cause = max(
        ((g, c) for _, g, c in graded), key=lambda found: (WORST.index(found[0]), found[1])
    )
    if grade is Grade.CLEAN and _one_sided(exercise, done):
        grade, cause = Grade.PARTIAL, "short"
    elif grade is Grade.CLEAN and any(_went_beyond(kind, row) for row in done):
        cause = MORE
    left, right = _sides(kind, done)
    return Bout(
        day=day,
        grade=grade,
        cause=cause,
        asked=_least(kind, [plan_of(row) for row in done]),
        done=_least(kind, [_counting(kind, row) for row in done]),
        rated=any(effort_of(row) is not None for row in done),
        lost=_lost(done) if kind is Kind.CLUSTER else 0,
        planned=_changed(done),
        left=left,
        right=right,
    )


def side_sums(exercise: Exercise, rows: Iterable[SetEntry]) -> tuple[float, float]:
    """What left and right did in the work ``rows`` of a session, as :func:`bout` tells it; zeros
    where nothing can be compared."""
    return _sides(exercise.kind, _telling(exercise.kind, rows))


def _telling(kind: Kind, rows: Iterable[SetEntry]) -> list[SetEntry]:
    """The rows that were done. A set of nothing of which nothing was asked says nothing."""
    return [row for row in rows if row.undone is None and amount(kind, plan_of(row)) != 0]


def _one_sided(exercise: Exercise, rows: Sequence[SetEntry]) -> bool:
    """True where only one side of an exercise of two was done: the other says nothing."""
    sides = {row.side for row in rows}
    return exercise.sides is not Sides.BOTH and len(sides) == 1 and Side.BOTH not in sides


def _changed(rows: Sequence[SetEntry]) -> Measures:
    """What the first set, on either side, was to be where another load was lifted."""
    first = [row for row in rows if row.number == rows[0].number]
    plans = ((plan_of(row), row.done.load_kg) for row in first)
    return next((plan for plan, lifted in plans if plan.load_kg != lifted), NOTHING)


def _lighter(row: SetEntry) -> bool:
    """True where less was lifted than planned."""
    asked = plan_of(row).load_kg
    return asked is not None and (row.done.load_kg or 0.0) < asked


def _went_beyond(kind: Kind, row: SetEntry) -> bool:
    """True where more was done than was prescribed, in load or in amount."""
    asked = row.prescribed
    if asked is None or asked == NOTHING:
        return False
    heavier = asked.load_kg is not None and (row.done.load_kg or 0) > asked.load_kg
    wanted = amount(kind, asked)
    return heavier or (wanted is not None and (amount(kind, row.done) or 0) > wanted)


def effort_of(row: SetEntry) -> float | None:
    """The effort of a set, 0-10, as reported or from its reps in reserve; None where neither was
    told."""
    if row.effort is not None:
        return row.effort
    return None if row.rir is None else 10 - row.rir


def rir_of(row: SetEntry) -> float | None:
    """The reps in reserve as reported; a slow bar or lost form counts as one at most."""
    rir = row.rir
    if "slow" in row.flags or QUALITY.intersection(row.flags):
        return 1.0 if rir is None else min(1.0, rir)
    return rir


def _grade(exercise: Exercise, row: SetEntry, lowest: float | None) -> tuple[Grade, str]:
    """The grade of one set and why."""
    if row.undone is not None:
        stopped = row.undone in REASONED
        return (Grade.STOPPED, row.undone) if stopped else (Grade.MISS, "undone")
    if "aborted" in row.flags:
        return Grade.MISS, "aborted"
    short = _short(exercise, row, lowest)
    if short is Grade.MISS:
        return Grade.MISS, "short"
    if _lighter(row):
        return Grade.LIGHTER, "lighter"
    if short is not None:
        return short, "short"
    return _quality(exercise.kind, row)


def _quality(kind: Kind, row: SetEntry) -> tuple[Grade, str]:
    """The grade of a set in which as much was done as planned."""
    if (row.pain or 0) > EASY_PAIN:
        return Grade.PARTIAL, "pain"
    if QUALITY.intersection(row.flags):
        return Grade.PARTIAL, "form"
    if row.rir is not None and row.rir < 1:
        return Grade.PARTIAL, "effort"
    effort = effort_of(row)
    if effort is not None and effort > EFFORT.get(kind, MOST_EFFORT):
        return Grade.PARTIAL, "effort"
    return Grade.CLEAN, ""


def _short(exercise: Exercise, row: SetEntry, lowest: float | None) -> Grade | None:
    """PARTIAL or MISS for a set that fell short of its plan, None for one that did not."""
    kind = exercise.kind
    asked, done = plan_of(row), _counting(kind, row)
    if kind is Kind.CLUSTER:
        return Grade.PARTIAL if _lost([row]) else None
    wanted, got = amount(kind, asked), amount(kind, done) or 0
    if _below_range(exercise, row, lowest):
        return Grade.MISS
    if wanted is None or got >= wanted:
        return None
    if kind is Kind.HOLD:
        return Grade.PARTIAL if got >= HOLD_SHARE * wanted else Grade.MISS
    if exercise.loading == "heavy":
        # At the planned load or more, fewer reps than planned are a miss.
        return Grade.PARTIAL if _lighter(row) else Grade.MISS
    if kind is Kind.PLYOMETRIC or lowest is None:
        return Grade.PARTIAL
    return Grade.MISS if got < min(lowest, wanted) else Grade.PARTIAL


def _below_range(exercise: Exercise, row: SetEntry, lowest: float | None) -> bool:
    """True for a set with fewer reps than the range has at all, where no plan was told. A plan
    below the range, for a first time or an easier day, is clean when it was done."""
    if exercise.kind not in RANGED or exercise.loading == "heavy" or lowest is None:
        return False
    told = row.prescribed is not None and row.prescribed != NOTHING
    return not told and row.done.reps is not None and row.done.reps < lowest


def _counting(kind: Kind, row: SetEntry) -> Measures:
    """What was done, as it counts: a lowering or a hold of a cluster that was long enough counts
    as long as asked, a lowering that was too fast does not count."""
    if kind not in (Kind.ECCENTRIC, Kind.CLUSTER):
        return row.done
    asked, done = plan_of(row), row.done
    if kind is Kind.ECCENTRIC and asked.tempo_s is not None and done.tempo_s is not None:
        if done.tempo_s < TEMPO_SHARE * asked.tempo_s - 1e-9:
            return replace(done, reps=0)
        return replace(done, tempo_s=max(done.tempo_s, asked.tempo_s))
    if kind is Kind.CLUSTER and _long_enough(asked, done):
        return replace(done, hold_s=max(done.hold_s or 0, asked.hold_s or 0))
    return done


def _long_enough(asked: Measures, done: Measures) -> bool:
    """True where the holds of a cluster were long enough to count."""
    return (done.hold_s or 0) >= HOLD_SHARE * (asked.hold_s or 0) - 1e-9


def _lost(rows: Iterable[SetEntry]) -> int:
    """Holds of a cluster that did not count, on the worse side."""
    lost: dict[Side, int] = {}
    for row in rows:
        asked = plan_of(row)
        wanted = asked.holds or 0
        kept = min(wanted, row.done.holds or 0) if _long_enough(asked, row.done) else 0
        lost[row.side] = lost.get(row.side, 0) + wanted - kept
    return max(lost.values(), default=0)


def _least(kind: Kind, measures: Sequence[Measures]) -> Measures:
    """The weakest of several sets."""
    return min(measures, key=lambda one: size(kind, one))


def size(kind: Kind, m: Measures) -> tuple[float, ...]:
    """How much a set is, to compare it with another: by load, then by amount (a cluster: by seconds
    first, a lowering by its slowness)."""
    inner = m.hold_s if kind is Kind.CLUSTER else m.tempo_s
    return (m.load_kg or 0.0, inner or 0.0, amount(kind, m) or 0.0)


def _sides(kind: Kind, rows: Iterable[SetEntry]) -> tuple[float, float]:
    """What left and right did in the sets of the same number and load; zeros where nothing can be
    compared."""
    pairs: dict[int, dict[Side, SetEntry]] = {}
    for row in rows:
        pairs.setdefault(row.number, {})[row.side] = row
    sums = {Side.LEFT: 0.0, Side.RIGHT: 0.0}
    for pair in pairs.values():
        if pair.keys() != {Side.LEFT, Side.RIGHT}:
            continue
        if pair[Side.LEFT].done.load_kg != pair[Side.RIGHT].done.load_kg:
            continue
        for side, row in pair.items():
            measures = _counting(kind, row)
            total = amount(kind, measures) or 0.0
            if kind is Kind.CLUSTER:
                total *= measures.hold_s or 0.0
            sums[side] += total
    return sums[Side.LEFT], sums[Side.RIGHT]


def symmetry(left: float, right: float) -> float | None:
    """The weaker side as a percentage of the stronger (100 alike); None where one did nothing."""
    strong = max(left, right)
    return 100 * min(left, right) / strong if strong > 0 else None
