"""Grade one exercise in one session: was it done as planned, and how far did it go?

A set is clean if load, amount and form were as planned, with a rep in reserve (if reported) and
pain of at most two. Without a logged plan, fewer reps than the range begins with are a miss.
Lighter than planned is never clean. A set left out for pain, time or equipment never counts against
the runner. A bar that slows ends the set and counts as one rep in reserve (clarke-runrun); the rest
is the project's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.values import SLOW, Exercise, Kind, Measures, SetEntry, SetKind, Side, Sides

REPEATED = (Kind.LOADED, Kind.BODYWEIGHT, Kind.ECCENTRIC, Kind.HOLD)
REPEATED_SHARE = 0.8  # The share of the most in one set that goes three times in a row.
QUALITY = frozenset({"form", "landing", "knee", "hips", "ankle", "tempo"})
REASONED = frozenset({"pain", "time", "equipment"})
EASY_PAIN = 2
HOLD_SHARE = 0.9  # The share of its planned seconds that a hold must last to count.
TEMPO_SHARE = 0.8  # The share of its planned seconds that a lowering must last to count.
# The effort (0-10) above which work is not made harder, by kind.
EFFORT = {Kind.HOLD: 8, Kind.CLUSTER: 7, Kind.PLYOMETRIC: 7}
MOST_EFFORT = 9
# The kinds that are done in a range of reps.
RANGED = (Kind.LOADED, Kind.BODYWEIGHT, Kind.ECCENTRIC)
PAIN = "pain"  # The cause of a session in which it hurt, or that stopped for it.
MORE = "more"  # The cause of a clean session in which more was done than planned.
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
    """How a session of an exercise went, from best to worst. FRESH is a session before a break: its
    numbers still hold, but it no longer counts towards a run of sessions."""

    CLEAN = "clean"
    FRESH = "fresh"
    STOPPED = "stopped"
    PARTIAL = "partial"
    LIGHTER = "lighter"
    MISS = "miss"


WORST = list(Grade)
NOTHING = Measures()


class Ease(StrEnum):
    """Why a session asked for less than usual. PLANNED (an easier week, a taper, after a race, a
    low day) says nothing about the working level: the next session goes on from the one before it.
    BACK (pain, a layoff) is where the way back up begins."""

    NO = ""
    PLANNED = "planned"
    BACK = "back"


class Bout(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One exercise on one day.

    ``asked`` is the weakest planned set, ``done`` the weakest set done; ``cause`` says in one word
    why it was not clean (or ``more``, ``slow``), ``rated`` whether effort was reported. ``left``
    and ``right`` are sums over the sets done on both sides, ``lost`` the holds that did not count
    on the worse side, ``sets`` those done on each side. ``planned`` is the planned first set if
    another load was lifted. ``ease``: whether a guard had lowered the dose, and how."""

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
    sets: int = 0
    ease: Ease = Ease.NO

    @property
    def guarded(self) -> bool:
        """Whether a guard had lowered the dose."""
        return self.ease is not Ease.NO


def work_rows(rows: Iterable[SetEntry]) -> list[SetEntry]:
    """The sets among the rows that tell what comes next, by number, left before right: the work
    sets, and numbered on behind them those to failure, which left nothing in reserve. What is done
    in a drop set, tired and with whatever load was at hand, tells nothing."""
    live = sorted((row for row in rows if not row.deleted), key=lambda row: (row.number, row.side))
    work = [row for row in live if row.kind is SetKind.WORK]
    last = max((row.number for row in work), default=0)
    failed = (row for row in live if row.kind is SetKind.FAILURE)
    return [*work, *(_emptied(row, last) for row in failed)]


def _emptied(row: SetEntry, after: int) -> SetEntry:
    """A set to failure with its reserve, numbered on from ``after``."""
    rir = 0.0 if row.rir is None else row.rir
    return replace(row, number=after + row.number, rir=rir)


def unaided(rows: Sequence[SetEntry]) -> Sequence[SetEntry]:
    """The work ``rows`` without those done with help on a side that also did sets without, unless
    help was planned: they are what was left to do once she was tired (project)."""
    alone = {row.side for row in rows if row.undone is None and row.done.assist_kg is None}

    def tells(row: SetEntry) -> bool:
        planned = row.prescribed is not None and row.prescribed.assist_kg is not None
        return row.done.assist_kg is None or planned or row.side not in alone

    return [row for row in rows if tells(row)] if alone else rows


def repeatable(
    exercise: Exercise, rows: Sequence[SetEntry], lowest: float | None
) -> Sequence[SetEntry]:
    """The work ``rows`` with what can be done in set after set: of nothing but sets to failure four
    fifths, though not below the range. Nobody does her most three times in a row (project).

    ``lowest`` is the bottom of the range, in the unit it is counted in.
    """
    kind = exercise.kind
    done = [row for row in rows if row.undone is None]
    if kind not in REPEATED or any(row.kind is not SetKind.FAILURE for row in done):
        return rows
    [name] = AMOUNT[kind]

    def less(row: SetEntry) -> SetEntry:
        most = getattr(row.done, name)
        if row.undone is not None or most is None:
            return row
        fewer = max(int(REPEATED_SHARE * most), min(most, lowest or 1))
        return replace(row, done=replace(row.done, **{name: type(most)(fewer)}))

    return [less(row) for row in rows]


def amount(kind: Kind, measures: Measures) -> float | None:
    """The amount in the unit this kind of exercise is counted in: reps, seconds, contacts, metres;
    None if not known."""
    for name in AMOUNT[kind]:
        value: float | None = getattr(measures, name)
        if value is not None:
            return value
    return None


def plan_of(row: SetEntry) -> Measures:
    """The planned measures of a set: as prescribed, or as done if nothing was prescribed. A load
    that the runner raised, or help that she lowered, counts as planned if she did as many reps with
    it."""
    asked = row.prescribed
    # Called several times for every set: comparing is ten times faster than Measures.__bool__.
    if asked is None or asked == NOTHING:
        return row.done
    done = row.done
    lifted, planned = done.net_kg, asked.net_kg
    if lifted == planned or (lifted is None and asked.assist_kg is None):
        return asked
    if planned is None or ((lifted or 0) > planned and (done.reps or 0) >= (asked.reps or 0)):
        return replace(asked, load_kg=done.load_kg, assist_kg=done.assist_kg)
    return asked


def bout(
    exercise: Exercise, rows: Sequence[SetEntry], day: date, lowest: float | None
) -> Bout | None:
    """One session of an exercise from its work ``rows``; None if none of them says anything.

    ``lowest`` is the bottom of its range, in the unit it is counted in.
    """
    kind = exercise.kind
    graded = [(row, *_grade(exercise, row, lowest)) for row in rows]
    done = _telling(kind, rows)
    if not done:
        return None
    # On equal grades take the last cause by name, so that sides and sets can be swapped.
    grade, cause = max(
        ((g, c) for _, g, c in graded), key=lambda found: (WORST.index(found[0]), found[1])
    )
    if grade is Grade.CLEAN and _one_sided(exercise, done):
        grade, cause = Grade.PARTIAL, "short"
    elif grade is Grade.CLEAN and any(SLOW in row.flags for row in done):
        cause = SLOW
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
        sets=_sets_done(done),
    )


def side_sums(exercise: Exercise, rows: Iterable[SetEntry]) -> tuple[float, float]:
    """The totals of left and right in the work ``rows`` of a session, as in :func:`bout`; zeros if
    nothing can be compared."""
    return _sides(exercise.kind, _telling(exercise.kind, rows))


def _telling(kind: Kind, rows: Iterable[SetEntry]) -> list[SetEntry]:
    """The rows that were done and say something: a planned amount of zero does not, nor does one
    that is counted otherwise, such as a plank of 3 reps in the log of another app."""
    return [
        row
        for row in rows
        if row.undone is None
        and amount(kind, plan_of(row)) != 0
        and (row.prescribed is not None or amount(kind, row.done) is not None)
    ]


def _sets_done(rows: Sequence[SetEntry]) -> int:
    """The number of sets done, on the side with fewer of them."""
    done: dict[Side, set[int]] = {}
    for row in rows:
        done.setdefault(row.side, set()).add(row.number)
    return min(map(len, done.values()))


def _one_sided(exercise: Exercise, rows: Sequence[SetEntry]) -> bool:
    """Whether only one side of a one-sided exercise was done."""
    sides = {row.side for row in rows}
    return exercise.sides is not Sides.BOTH and len(sides) == 1 and Side.BOTH not in sides


def _changed(rows: Sequence[SetEntry]) -> Measures:
    """The plan of the first set, on either side, if another load was lifted; else nothing."""
    first = [row for row in rows if row.number == rows[0].number]
    plans = ((plan_of(row), row.done.net_kg) for row in first)
    return next((plan for plan, lifted in plans if plan.net_kg != lifted), NOTHING)


def _lighter(row: SetEntry) -> bool:
    """Whether the load was lighter than planned, or there was more help."""
    asked = plan_of(row).net_kg
    return asked is not None and (row.done.net_kg or 0.0) < asked


def _went_beyond(kind: Kind, row: SetEntry) -> bool:
    """Whether more was done than prescribed, in load or in amount."""
    asked = row.prescribed
    if asked is None or asked == NOTHING:
        return False
    heavier = asked.net_kg is not None and (row.done.net_kg or 0) > asked.net_kg
    wanted = amount(kind, asked)
    return heavier or (wanted is not None and (amount(kind, row.done) or 0) > wanted)


def effort_of(row: SetEntry) -> float | None:
    """The effort of a set, 0-10, as reported or from its reps in reserve; None if neither was
    reported."""
    if row.effort is not None:
        return row.effort
    return None if row.rir is None else 10 - row.rir


def has_reason(row: SetEntry) -> bool:
    """Whether a set left undone has a reason, so that it does not count against strength: pain,
    time, equipment, or slow sets before it."""
    return row.undone in REASONED or SLOW in row.flags


def rir_of(row: SetEntry) -> float | None:
    """The reps in reserve as reported; with a slow bar or lost form, at most one."""
    rir = row.rir
    if SLOW in row.flags or QUALITY.intersection(row.flags):
        return 1.0 if rir is None else min(1.0, rir)
    return rir


def _grade(exercise: Exercise, row: SetEntry, lowest: float | None) -> tuple[Grade, str]:
    """The grade of one set, and its cause."""
    if row.undone is not None:
        return (Grade.STOPPED, row.undone) if has_reason(row) else (Grade.MISS, "undone")
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
    """The grade of a set whose load and amount were as planned."""
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
    """PARTIAL or MISS for a set that fell short of its plan, or None."""
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
    """Whether a set without a logged plan has fewer reps than the range begins with. A plan below
    the range, for a first time or an easier day, is clean if it was done. The range of a bare
    exercise was never asked of the runner: fives that went well are well done."""
    if exercise.bare or exercise.loading == "heavy":
        return False
    if exercise.kind not in RANGED or lowest is None:
        return False
    told = row.prescribed is not None and row.prescribed != NOTHING
    return not told and row.done.reps is not None and row.done.reps < lowest


def _counting(kind: Kind, row: SetEntry) -> Measures:
    """The measures that count: a lowering or cluster hold that was long enough counts in full, a
    lowering that was too fast does not count. A planned tempo or pause of which nothing was said
    was kept."""
    told = row.prescribed
    if kind not in (Kind.ECCENTRIC, Kind.CLUSTER) and (
        told is None or (told.tempo_s is None and told.pause_s is None)
    ):
        return row.done
    asked, done = plan_of(row), row.done
    if done.tempo_s is None and asked.tempo_s is not None:
        done = replace(done, tempo_s=asked.tempo_s)
    if done.pause_s is None and asked.pause_s is not None:
        done = replace(done, pause_s=asked.pause_s)
    if kind is Kind.ECCENTRIC and asked.tempo_s is not None and done.tempo_s is not None:
        if done.tempo_s < TEMPO_SHARE * asked.tempo_s - 1e-9:
            return replace(done, reps=0)
        return replace(done, tempo_s=max(done.tempo_s, asked.tempo_s))
    if kind is Kind.CLUSTER and _long_enough(asked, done):
        return replace(done, hold_s=max(done.hold_s or 0, asked.hold_s or 0))
    return done


def _long_enough(asked: Measures, done: Measures) -> bool:
    """Whether the holds of a cluster were long enough to count."""
    return (done.hold_s or 0) >= HOLD_SHARE * (asked.hold_s or 0) - 1e-9


def _lost(rows: Iterable[SetEntry]) -> int:
    """The holds of a cluster that did not count, on the worse side."""
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
    """A sort key for the size of a set: by load (help is less than none), then for a cluster by
    seconds and otherwise by tempo and pause, then by amount."""
    inner = m.hold_s if kind is Kind.CLUSTER else m.tempo_s
    return (m.net_kg or 0.0, inner or 0.0, m.pause_s or 0.0, amount(kind, m) or 0.0)


def _sides(kind: Kind, rows: Iterable[SetEntry]) -> tuple[float, float]:
    """The totals of left and right over sets with the same number and load; zeros if nothing can be
    compared."""
    pairs: dict[int, dict[Side, SetEntry]] = {}
    for row in rows:
        pairs.setdefault(row.number, {})[row.side] = row
    sums = {Side.LEFT: 0.0, Side.RIGHT: 0.0}
    for pair in pairs.values():
        if pair.keys() != {Side.LEFT, Side.RIGHT}:
            continue
        if pair[Side.LEFT].done.net_kg != pair[Side.RIGHT].done.net_kg:
            continue
        for side, row in pair.items():
            measures = _counting(kind, row)
            total = amount(kind, measures) or 0.0
            if kind is Kind.CLUSTER:
                total *= measures.hold_s or 0.0
            sums[side] += total
    return sums[Side.LEFT], sums[Side.RIGHT]


def symmetry(left: float, right: float) -> float | None:
    """The weaker side as a percentage of the stronger (100: equal); None if both are zero."""
    strong = max(left, right)
    return 100 * min(left, right) / strong if strong > 0 else None
