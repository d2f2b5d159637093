"""The rep-max tracker: estimates how heavy a lift can be today, and plans its sets.

It keeps a belief about the maximum (:mod:`tui.domain.calculator.rep_max`) and a safety margin
(``dial``) that shrinks a little with every clean session and grows after a miss. A set is planned
as the heaviest load at which the fewest reps of the range leave the wanted reps in reserve, then as
many reps as leave them. As long as every set is reported easy, the load is still looked for and
climbs faster. Source: project (a policy found by simulation; the curve behind it is the RTS chart).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.estimates import reps_at, share
from tui.domain.calculator.rep_max import (
    DAY,
    LEAST_KG,
    Belief,
    LiftSet,
    SessionReader,
    after_days,
    begin,
    slope_at,
    tired,
)
from tui.domain.calculator.system_load import Lift

CAUTION = 0.6  # The plan stays this many SDs of z below the estimate.
CLEAN, CLEAN_EMPTY, CLEAN_SILENT, MISSED = 0.001, 0.3, 0.0002, 0.010
DIAL_START, DIAL_LEAST, DIAL_MOST = -0.025, -0.12, 0.12
STATED_SD, TABLE_SD = 0.15, 0.35
FIRST_SHARE, TABLE_SHARE, FIRST_REPS = 0.65, 0.50, 5
CAP, RETURN_CAP = 0.10, 0.05  # The most that the system load may rise above the last dose.
EAGER = 2  # After so many easy sessions in a row the load is looked for again.
TOP_REPS = 15  # The most reps with the heaviest load owned.
ONE_LOAD, ONE_LOAD_SET = 8, 2  # From so many reps all sets have one load, that of the third (2).
MORE_REPS, MORE_SORE_REPS = 3, 2  # The most reps above those done with the same load.
HARDER, MISS_DROP = -0.01, -0.025  # In ln load: from here the rest of a session is lightened.
EMPTY_SHARE = 0.7  # Of a load with which not a single rep was done.
LONG_AWAY = 0.9  # From this share of strength down, the way back goes on from the layoff's loads.
HURTS, CALM, CALM_SESSIONS, SORE_SHARE = 4, 2, 2, 0.8
AGREE = 0.10  # Two sessions of odd sets within so much of each other are believed.
# The spread of reps between people: how much endurance differs, and a report's scatter.
ENDURANCE_CV, SHOWN_REPORT_SD = 0.25, 1.4
FOUR_OF_FIVE = 1.28  # SDs each way that hold four fifths of a normal variable.

Pairs = tuple[tuple[float, int], ...]


class Tracker(Struct, frozen=True, array_like=True):
    """The estimate for one lift, or one side of it.

    ``first_kg`` is the load of a first session. ``sets`` are the (load, reps) of the last session,
    ``full`` those of the last one that no guard had eased. ``lifted`` is the heaviest load of the
    last session with a rep done, ``dose`` that of the last session that counts as a dose to go on
    from; None before the first. ``easy`` counts sessions in a row with at least five reps left in
    every set, ``hurt`` is a load that hurt, and ``calm`` counts the sessions without pain since.
    ``odd`` is the z that the odd sets of the last session would mean. ``told`` is the last day on
    which a report or a miss informed the estimate."""

    belief: Belief
    dial: float
    last: date
    first_kg: float
    found: bool = False
    easy: int = 0
    missed: bool = False
    sets: Pairs = ()
    full: Pairs = ()
    lifted: float = 0.0
    dose: float | None = None
    hurt: float | None = None
    calm: int = 0
    odd: float | None = None
    told: date | None = None

    @property
    def fresh(self) -> bool:
        """Whether nothing was lifted yet, or it begins again."""
        return self.dose is None

    @property
    def informed(self) -> bool:
        """Whether a report or a miss has ever informed the estimate."""
        return self.told is not None

    @property
    def z(self) -> float:
        """The natural logarithm of the maximum in kg of system load."""
        return self.belief.z

    @property
    def sd(self) -> float:
        """The SD of a day's maximum in ln load: the uncertainty of the estimate plus the day's
        form."""
        return math.sqrt(self.belief.zz + DAY**2)

    @property
    def level(self) -> float:
        """The planning level in ln kg of system load: the estimate minus the dial and a margin for
        its uncertainty."""
        return self.belief.z - self.dial - CAUTION * math.sqrt(self.belief.zz)


class Range(NamedTuple):
    """How a lift is trained: ``low`` to ``high`` reps with ``rir`` in reserve, for ``sets`` sets.
    ``share`` is the share of the usual system load to use, for lifts moved fast. ``search`` is how
    much more system load may follow a set while the load is looked for."""

    low: int
    high: int
    rir: int
    sets: int
    share: float = 1.0
    search: float = 0.20


class Easing(NamedTuple):
    """What the guards of a day ask of a lift: the shares of strength left by a layoff (``away``)
    and of the last dose to lift (``share``), reps more in reserve (``spare``), whether nothing may
    rise (``holds``), whether it is an eased session that is no dose to go on from (``eased``), and
    whether it is pain that eases it (``sore``)."""

    away: float = 1.0
    share: float = 1.0
    spare: int = 0
    holds: bool = False
    eased: bool = False
    sore: bool = False


AS_USUAL = Easing()


class Morning(NamedTuple):
    """A tracker on the day of a session, before it. Of the two shares only the smaller is left:
    ``away`` acts on strength, ``share`` on what is held; ``gap`` is what the time away alone
    leaves. ``back``: even an eased session is a dose
    to go on from, because the runner comes back from a layoff or from pain. ``set_apart``: many
    reps left are what was asked for today, and say nothing."""

    tracker: Tracker
    away: float = 1.0
    share: float = 1.0
    spare: int = 0
    holds: bool = False
    eased: bool = False
    gap: float = 1.0
    back: bool = False
    set_apart: bool = False

    def reader(self, lift: Lift) -> SessionReader:
        """A reader for the sets of the day."""
        known = self.tracker
        return SessionReader(
            known.belief,
            lift,
            found=known.found,
            eager=known.easy >= EAGER,
            calm=not self.set_apart,
        )

    @property
    def looking(self) -> bool:
        """Whether the right load is still looked for."""
        known = self.tracker
        return not self.set_apart and (not known.found or known.easy >= EAGER)


def first_time(max_kg: float, day: date, lift: Lift, *, stated: bool) -> Tracker:
    """A tracker from a first guess at the maximum, in kg of system load: ``stated`` by the runner,
    or from her body weight."""
    return Tracker(
        belief=begin(max_kg, STATED_SD if stated else TABLE_SD),
        dial=DIAL_START,
        last=day,
        first_kg=lift.down((FIRST_SHARE if stated else TABLE_SHARE) * max_kg),
    )


def on_day(tracker: Tracker, day: date, easing: Easing = AS_USUAL) -> Morning:
    """The tracker as predicted for ``day``, and how that day's session is eased."""
    if tracker.fresh:
        known = replace(tracker, last=day)
        return Morning(
            known,
            share=easing.share * easing.away,
            spare=easing.spare,
            holds=easing.holds,
        )
    gap = max(0, (day - tracker.last).days)
    known = replace(tracker, belief=after_days(tracker.belief, gap), last=day)
    if easing.sore:
        # What was lifted last is what hurt, if the pain was told outside a session. While the pain
        # counts, sessions in which nothing is told are no calm ones.
        known = replace(known, hurt=known.dose if known.hurt is None else known.hurt, calm=0)
    share, away, spare = easing.share, easing.away, easing.spare
    if known.hurt is not None:
        spare += 1
        if known.calm < CALM_SESSIONS:
            share = min(share, SORE_SHARE)
    if away <= share:
        share = 1.0
    else:
        away = 1.0
    eased = easing.eased or share * away < 1
    back = away <= LONG_AWAY or known.hurt is not None
    return Morning(
        known,
        away=away,
        share=share,
        spare=spare,
        holds=easing.holds,
        eased=eased,
        gap=easing.away,
        back=back,
        set_apart=eased or known.hurt is not None,
    )


# -- the plan --------------------------------------------------------------------------------------


class Plan(NamedTuple):
    """The sets of a day as (load in kg, reps), and the level in ln kg of system load on which they
    rest."""

    sets: Pairs
    level: float


def plan(morning: Morning, how: Range, lift: Lift) -> Plan:
    """The sets of a day."""
    known = morning.tracker
    if known.dose is None:
        return Plan(_first_sets(morning, how, lift), known.level)
    level = known.level + math.log(morning.away)
    held = known.dose
    most = _most(morning, how, lift)
    if known.hurt is not None and known.calm < CALM_SESSIONS:
        held = known.hurt
        # Time away counts beside the pain, so that it never asks for more than without it.
        most = min(most, morning.gap * lift.system(known.dose))
    if morning.away < 1:
        most = min(most, morning.away * lift.system(held))
    if morning.share < 1:
        load, _ = solve(level, how, lift, 0, most)
        if lift.system(load) > 0:
            level += math.log(_eased_kg(lift, load, morning.share) / lift.system(load))
        most = min(most, _eased_kg(lift, held, morning.share))
    made = [solve_set(level, how, lift, k, most, morning.spare) for k in range(how.sets)]
    before = _of_each_set(steady(known.sets), how.sets)
    if morning.holds or morning.eased:
        last = known.full if morning.share * morning.away == 1 and known.full else known.sets
        pairs = zip(made, _of_each_set(steady(last), how.sets), strict=True)
        made = [
            (lift.loads.down(load), min(reps, TOP_REPS))
            for load, reps in (min(pair) for pair in pairs)
        ]
    if morning.share * morning.away < 1:
        # Without a lighter load it is fewer reps that ease the day.
        lightest = math.inf if known.dose > lift.loads.down(0.0) else known.dose
        made = [
            (load, max(1, min(reps, last - 2)) if load >= min(held, lightest) else reps)
            for (load, reps), (_, last) in zip(made, before, strict=True)
        ]
    return Plan(tuple(_no_leap(known, made, before)), level)


def solve(
    level: float, how: Range, lift: Lift, number: int, most_kg: float, spare: int = 0
) -> tuple[float, int]:
    """Load in kg and reps of set ``number`` (from 0) at a planning level (ln kg of system load):
    the heaviest load, up to ``most_kg`` of system load, at which the fewest reps leave the wanted
    reps and ``spare`` more in reserve, then as many reps as leave them."""
    fresh, able = tired(number), math.exp(level)
    # A lift moved fast uses a share of its strength load, the one with one rep in reserve.
    reserve = (how.rir if how.share == 1.0 else 1) + spare
    wanted = how.share * able * share((how.low + reserve) / fresh) / 100
    load = lift.down(min(most_kg, wanted))
    left = reps_at(100 * lift.system(load) / able) * fresh - how.rir - spare
    return load, max(how.low, min(top_reps(how, lift, load), math.floor(left + 1e-9)))


def solve_set(
    level: float, how: Range, lift: Lift, number: int, most_kg: float, spare: int = 0
) -> tuple[float, int]:
    """Load in kg and reps of set ``number`` (from 0) of a session, as :func:`solve`. Sets of eight
    reps and more all have the load of the third, however many there are (source project)."""
    if how.low < ONE_LOAD:
        return solve(level, how, lift, number, most_kg, spare)
    load, _ = solve(level, how, lift, ONE_LOAD_SET, most_kg, spare)
    return solve(level, how, lift, min(number, ONE_LOAD_SET), lift.system(load), spare)


def top_reps(how: Range, lift: Lift, load_kg: float) -> int:
    """The most reps with a load: the top of the range, or as many more as it takes before the
    fewest reps with the next load owned leave enough in reserve."""
    if how.share != 1.0:
        return how.high
    above = lift.loads.above(load_kg)
    if above is None:
        return max(how.high, TOP_REPS)
    need = share(how.low + how.rir) * lift.system(load_kg) / lift.system(above)
    top = how.high
    while top < TOP_REPS and share(top + how.rir) > need:
        top += 1
    return top


def _first_sets(morning: Morning, how: Range, lift: Lift) -> Pairs:
    load = lift.loads.down(morning.share * morning.tracker.first_kg)
    reps = max(FIRST_REPS, how.low) if how.high >= FIRST_REPS else how.high
    return ((load, max(1, reps - morning.spare)),) * how.sets


def _most(morning: Morning, how: Range, lift: Lift) -> float:
    """The most system load, in kg, allowed on the day by what was lifted before."""
    known = morning.tracker
    assert known.dose is not None
    if known.missed:
        return lift.system(known.lifted)
    if morning.looking and known.easy > 0:
        return lift.stepped(known.dose, how.search)
    return lift.stepped(known.dose, CAP if known.hurt is None else RETURN_CAP)


def _eased_kg(lift: Lift, load_kg: float, share_held: float) -> float:
    """The system load in kg with a share of what was held."""
    return lift.system(share_held * load_kg)


def _of_each_set(sets: Pairs, count: int) -> Pairs:
    return tuple(sets[min(number, len(sets) - 1)] for number in range(count))


def steady(sets: Pairs) -> Pairs:
    """The sets of a session to measure the next one by: if the load was found by going up from set
    to set, all of them are as the heaviest."""
    if not sets or all(load <= sets[0][0] for load, _ in sets):
        return sets
    return (max(sets),) * len(sets)


def _no_leap(known: Tracker, made: Sequence[tuple[float, int]], before: Pairs) -> Pairs:
    """The sets, each with only a few reps more than last time with that load, or with less."""
    done: dict[float, int] = {}
    for load, reps in known.sets:
        done[load] = max(reps, done.get(load, 0))
    kept = []
    for (load, reps), (before_load, last) in zip(made, before, strict=True):
        most = done[load] + MORE_REPS if load in done else reps
        if load > before_load:
            most = min(most, last + MORE_REPS)
        if known.hurt is not None:
            most = min(most, last + MORE_SORE_REPS)
        kept.append((load, min(reps, most)))
    return tuple(kept)


# -- within a session ------------------------------------------------------------------------------


def rest_of_session(
    morning: Morning,
    how: Range,
    lift: Lift,
    planned: Plan,
    sets: Sequence[LiftSet | None],
) -> Pairs:
    """All sets of a session, with those still to come changed after ``sets``: lighter if they were
    harder than planned; heavier only while the load is looked for and all of them were easy."""
    reader = morning.reader(lift)
    for one in sets:
        reader.see(one)
    last = sets[-1] if sets else None
    if last is None or not reader.sets or reader.sets[-1] is not last:
        return planned.sets
    made = list(planned.sets)
    to_come = range(len(sets), len(made))
    moved = min(reader.moved, MISS_DROP) if last.missed else reader.moved
    if moved < HARDER:
        for number in to_come:
            most = lift.system(made[number][0]) * (1.0 if last.done else EMPTY_SHARE)
            again = solve_set(planned.level + moved, how, lift, number, most)
            made[number] = min(made[number], again)
    elif reader.looking and reader.easy and not _no_climb(morning):
        known = morning.tracker
        level = _level(reader.belief, known.dial) + reader.form
        most = lift.stepped(last.load_kg, how.search)
        for number in to_come:
            load, reps = solve_set(level, how, lift, number, most)
            if load > made[number][0]:
                made[number] = load, min(reps, max(how.low, FIRST_REPS))
    else:
        # If a report was put right, take back the climb that it had led to.
        first = plan(morning, how, lift).sets
        for number in to_come:
            if number < len(first) and made[number][0] > max(first[number][0], last.planned_kg):
                made[number] = first[number]
    return tuple(made)


def _no_climb(morning: Morning) -> bool:
    return morning.holds or morning.eased or morning.back or morning.tracker.missed


def _level(belief: Belief, dial: float) -> float:
    return belief.z - dial - CAUTION * math.sqrt(belief.zz)


# -- after a session -------------------------------------------------------------------------------


class Followed(NamedTuple):
    """A tracker after a session, and the numbers (from 0) of its odd sets, which do not count."""

    tracker: Tracker
    odd: tuple[int, ...] = ()


def after_session(
    morning: Morning,
    lift: Lift,
    sets: Sequence[LiftSet | None],
    *,
    pain: int = 0,
    left_undone: bool = False,
) -> Followed:
    """The tracker after a session. ``sets`` are in order, None for a set not done; ``pain`` is the
    most pain told in it, 0-10. ``left_undone``: a set was left out without a reason, which counts
    as a miss that says nothing about the load."""
    reader = morning.reader(lift)
    for one in sets:
        reader.see(one)
    known = replace(morning.tracker, belief=reader.belief, found=reader.found)
    odd = tuple(reader.odd)
    if reader.odd_values:
        meant = sum(reader.odd_values) / len(reader.odd_values)
        agrees = known.odd is not None and abs(meant - known.odd) < AGREE
        if agrees and math.exp(meant) <= lift.believable_kg:
            return Followed(_stated_now(known, lift, meant), odd)
        known = replace(known, odd=meant)
    elif reader.sets:
        known = replace(known, odd=None)
    if not reader.sets:
        if left_undone and not known.fresh:
            known = replace(known, missed=True, dial=_dial(known.dial + MISSED))
        return Followed(known, odd)
    if any(_informs(one, set_apart=morning.set_apart) for one in reader.sets):
        known = replace(known, told=known.last)
    if all(one.done == 0 for one in reader.sets):
        return Followed(_begun_again(known, lift, reader.sets), odd)
    known = _after_sets(morning, known, reader, left_undone=left_undone)
    return Followed(_after_pain(known, lift, pain), odd)


def _informs(one: LiftSet, *, set_apart: bool) -> bool:
    """Whether a set says how much can be lifted. On a lighter day many reps left are no news."""
    return one.missed or (one.rir is not None and not (set_apart and one.easy))


def _stated_now(known: Tracker, lift: Lift, z: float) -> Tracker:
    """The tracker as if a maximum (``z`` in ln kg of system load) had been stated now: what looked
    odd came twice."""
    fresh = first_time(math.exp(z), known.last, lift, stated=True)
    belief = replace(fresh.belief, kept=known.belief.kept, bb=known.belief.bb)
    return _anew(known, belief, fresh.first_kg)


def _begun_again(known: Tracker, lift: Lift, sets: Sequence[LiftSet]) -> Tracker:
    """The tracker after a session without a single rep: it begins again, well below the lightest
    load tried."""
    least = lift.system(min(one.load_kg for one in sets))
    if least < LEAST_KG:
        return known
    belief = replace(known.belief, z=min(known.belief.z, math.log(least / 0.8)))
    return _anew(known, belief, lift.down(EMPTY_SHARE * least))


def _anew(known: Tracker, belief: Belief, first_kg: float) -> Tracker:
    """A tracker that begins again with ``first_kg``; what is known of the runner stays."""
    return Tracker(
        belief=belief,
        dial=known.dial,
        last=known.last,
        first_kg=first_kg,
        told=known.told,
        hurt=known.hurt,
        calm=known.calm,
    )


def _after_sets(
    morning: Morning, known: Tracker, reader: SessionReader, *, left_undone: bool
) -> Tracker:
    sets = reader.sets
    missed = left_undone or any(one.missed for one in sets)
    pairs = tuple((one.load_kg, max(one.reps, one.done)) for one in sets)
    lifted = max(one.load_kg for one in sets if one.done)
    counts = known.dose is None or not morning.eased or morning.back
    easy = known.easy
    if not morning.set_apart:
        easy = easy + 1 if reader.easy else 0
    reports = [one.rir for one in sets if one.rir is not None]
    if missed:
        dial = known.dial + MISSED
    elif 2 * len(reports) < len(sets):
        dial = known.dial - CLEAN_SILENT
    else:
        dial = known.dial - CLEAN * (1.0 if reports[-1] >= 1 else CLEAN_EMPTY)
    return replace(
        known,
        dial=_dial(dial),
        easy=easy,
        missed=missed,
        sets=pairs,
        full=known.full if morning.eased and known.full else pairs,
        lifted=lifted,
        dose=lifted if counts else known.dose,
    )


def _after_pain(known: Tracker, lift: Lift, pain: int) -> Tracker:
    """The tracker with what the session says of pain: the load that hurt, or one calm session
    more. The way back ends one step below the load that hurt."""
    if pain >= HURTS:
        return replace(known, hurt=max(known.hurt or 0.0, known.lifted), calm=0)
    if known.hurt is None:
        return known
    calm = known.calm + 1 if pain <= CALM else 0
    above = lift.loads.above(known.lifted)
    over = calm > CALM_SESSIONS and (known.hurt if above is None else above) >= known.hurt
    return replace(known, hurt=None if over else known.hurt, calm=calm)


def _dial(value: float) -> float:
    return max(DIAL_LEAST, min(DIAL_MOST, value))


# -- what it expects -------------------------------------------------------------------------------


class Band(NamedTuple):
    """A value with its likely range."""

    mid: float
    low: float
    high: float


def best_single(belief: Belief, lift: Lift, load_kg: float) -> Band:
    """The best single of a day in kg of one implement, with its likely range (about 95 %), for a
    lift trained with ``load_kg``: endurance differs between people, so the range is wider the
    further that is from a single (source project)."""
    sd = single_sd(belief, lift, load_kg)
    return Band(*(lift.in_hand(math.exp(belief.z + by)) for by in (0.0, -2 * sd, 2 * sd)))


def single_sd(belief: Belief, lift: Lift, load_kg: float) -> float:
    """The SD of a day's best single in ln load; see :func:`best_single`."""
    reps = max(1.0, belief.fits(lift.system(load_kg)))
    return math.sqrt(
        belief.zz
        + DAY**2
        + (ENDURANCE_CV * slope_at(reps) * (reps - 1)) ** 2
        + (lift.unsure_kg / belief.max_kg) ** 2
    )


def expected_report(belief: Belief, lift: Lift, load_kg: float, reps: int) -> Band:
    """The reps in reserve to expect as the report of a first set, with the range in which four of
    five reports should lie. It may be below 0 (a miss) or above 5 (five or more)."""
    able = belief.fits(lift.system(load_kg))
    by = slope_at(max(1.0, able))
    spread = (
        belief.zz - 2 * by * belief.zb + by**2 * belief.bb + DAY**2 + (by * SHOWN_REPORT_SD) ** 2
    )
    wide = FOUR_OF_FIVE * math.sqrt(spread) / by
    middle = able - reps - belief.kept
    return Band(middle, middle - wide, middle + wide)
