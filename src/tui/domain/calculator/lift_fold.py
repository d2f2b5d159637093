"""Update the rep-max trackers of a lift, one per side, after a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.accuracy import MISSED, Forecast
from tui.domain.calculator.advice import Best, Dated
from tui.domain.calculator.bouts import Ease, has_reason, plan_of, rir_of
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.loads import Loads
from tui.domain.calculator.rep_max import LiftSet, begin
from tui.domain.calculator.state import Estimated, OddSet, Setup, State
from tui.domain.calculator.system_load import USUAL_WEIGHT_KG, WEIGHT_CV, Lift
from tui.domain.calculator.tracker import (
    STATED_SD,
    Easing,
    Morning,
    Tracker,
    after_session,
    best_single,
    expected_report,
    first_time,
    on_day,
)
from tui.domain.model.values import Exercise, SetEntry, Side, Sides

# Estimates newer than this are all kept; of older ones only the last of each month.
EVERY_ESTIMATE = timedelta(days=400)
KEPT_FORECASTS = 12
# Reps left on average from which the loads of a session were too light.
LIGHT_RIR = 4.0


class LiftLog(Struct, frozen=True, kw_only=True):
    """What a log says of a lift: a tracker for each side, past estimates and forecasts, and after a
    session its odd set and the ids of all of them, which do not count."""

    trackers: Mapping[str, Tracker]
    estimated: tuple[Estimated, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    odd: OddSet | None = None
    left_out: frozenset[str] = frozenset()


def lift_of(setup: Setup, state: State, exercise: Exercise, loads: Loads) -> Lift:
    """A lift with its loads and the runner's weight as last measured or told."""
    weight = state.body_kg or setup.profile.body_weight_kg
    share = exercise.body_share
    return Lift(
        loads=loads,
        implements=exercise.implements,
        body_kg=share * (weight or USUAL_WEIGHT_KG),
        weight_cv=0.0 if weight else WEIGHT_CV,
        weight_kg=weight or USUAL_WEIGHT_KG,
    )


def sides_of(exercise: Exercise) -> tuple[Side, ...]:
    """The sides for which an exercise is tracked."""
    return (Side.BOTH,) if exercise.sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)


def easing_of(guards: Guards) -> Easing:
    """What the guards of a day ask of a lift."""
    return Easing(
        away=guards.strength,
        share=guards.dose,
        spare=guards.spare,
        holds=bool(guards),
        eased=guards.ease is Ease.PLANNED,
        sore=guards.hurts,
    )


def tracker_before(
    setup: Setup, exercise: Exercise, lift: Lift, known: Tracker | None, day: date
) -> Tracker:
    """The tracker for a day's session: the one from the log, or one from the runner's stated
    maximum or, without one, from her body weight. A maximum stated anew replaces the estimate; what
    was lifted last stays."""
    stated = setup.profile.maxes.get(exercise.id, ())
    if known is None:
        told = _holding(stated, day)
        if told is None:
            return first_time(exercise.max_ratio * lift.weight_kg, day, lift, stated=False)
        return first_time(lift.single(told.load_kg, told.reps), day, lift, stated=True)
    anew = [dated for dated in stated[1:] if known.last < dated.since <= day]
    if not anew:
        return known
    fresh = begin(lift.single(anew[-1].value.load_kg, anew[-1].value.reps), STATED_SD)
    belief = replace(fresh, kept=known.belief.kept, bb=known.belief.bb)
    return replace(known, belief=belief, odd=None)


def _holding(stated: Sequence[Dated[Best]], day: date) -> Best | None:
    """The maximum that holds on a day. The first one holds for the time before it as well."""
    told = [dated.value for dated in stated if dated.since <= day] or [
        dated.value for dated in stated[:1]
    ]
    return told[-1] if told else None


def lift_sets(rows: Sequence[SetEntry], lift: Lift, usual_kg: float | None) -> list[LiftSet | None]:
    """The sets of one side as the tracker reads them, in order; None for a set left undone or
    without load or reps. ``usual_kg`` stands for the planned load of sets without a plan; None if
    nothing was lifted before, when any load is as good as planned."""
    sets: list[LiftSet | None] = []
    for row in rows:
        asked = plan_of(row)
        done = row.done.reps
        load = row.done.load_kg
        if load is None and lift.body_kg > 0 and row.done.assist_kg is None:
            load = 0.0  # Done with the body alone.
        if row.undone is not None or done is None or load is None or lift.system(load) <= 0:
            sets.append(None)
            continue
        wanted = asked.reps if asked.reps is not None else done
        if "aborted" in row.flags and done >= wanted:
            wanted = done + 1
        elif asked.load_kg is not None and load < asked.load_kg:
            wanted = min(wanted, done)  # Fewer reps of a lighter load are no miss.
        told = row.prescribed.load_kg if row.prescribed is not None else None
        one = LiftSet(
            load_kg=load,
            reps=wanted,
            done=done,
            rir=rir_of(row),
            planned_kg=next(kg for kg in (told, usual_kg, load) if kg is not None),
            sure=row.confirmed,
        )
        sets.append(one if wanted else None)
    return sets


def _without_lead_up(rows: Sequence[SetEntry]) -> list[SetEntry]:
    """The sets of a first session from its heaviest load on: lighter ones that lead up to it say
    nothing. All of them if they were planned."""
    if any(row.prescribed for row in rows):
        return list(rows)
    top = max((row.done.load_kg or 0.0 for row in rows), default=0.0)
    return [row for row in rows if row.undone is not None or (row.done.load_kg or 0.0) == top]


def lift_after(
    setup: Setup,
    state: State,
    exercise: Exercise,
    known: LiftLog,
    rows: Sequence[SetEntry],
    day: date,
    guards: Guards,
) -> LiftLog:
    """What the log says of a lift after the sets of a day."""
    loads = setup.inventory.loads(exercise)
    if loads is None:
        return known
    lift = lift_of(setup, state, exercise, loads)
    easing = easing_of(guards)
    pain = max((row.pain for row in rows if row.pain is not None), default=0)
    changed, left_out = dict(known.trackers), set[str]()
    estimated = list[Estimated]()
    odd: OddSet | None = None
    forecast: Forecast | None = None
    for side in sides_of(exercise):
        mine = [row for row in rows if row.side in (side, Side.BOTH) or side is Side.BOTH]
        before = tracker_before(setup, exercise, lift, changed.get(side), day)
        if before.fresh:
            mine = _without_lead_up(mine)
        sets = lift_sets(mine, lift, before.dose)
        undone = any(row.undone is not None and not has_reason(row) for row in mine)
        if not any(sets) and not (undone and side in changed):
            continue
        morning = on_day(before, day, easing)
        after = after_session(morning, lift, sets, pain=pain, left_undone=undone)
        changed[side] = after.tracker
        left_out.update(mine[number].id for number in after.odd)
        odd = odd or next((_odd(sets[number]) for number in after.odd), None)
        counted = [None if n in after.odd else one for n, one in enumerate(sets)]
        if after.tracker.told == day and before.told != day:
            estimated.append(_estimated(after.tracker, lift, day, side))
        if not guards:
            forecast = forecast or _forecast(morning, lift, counted, day)
    return LiftLog(
        trackers=changed,
        estimated=_with_estimates(known.estimated, estimated, day),
        forecasts=_with_forecast(known.forecasts, forecast),
        odd=odd,
        left_out=frozenset(left_out),
    )


def _odd(one: LiftSet | None) -> OddSet | None:
    if one is None:
        return None
    return OddSet(one.load_kg, one.planned_kg, one.done, one.reps)


def _estimated(tracker: Tracker, lift: Lift, day: date, side: Side) -> Estimated:
    band = best_single(tracker.belief, lift, tracker.lifted)
    return Estimated(day, side, tracker.z, tracker.sd, *(round(max(0.0, kg), 1) for kg in band))


def _with_estimates(
    known: tuple[Estimated, ...], made: Sequence[Estimated], day: date
) -> tuple[Estimated, ...]:
    """The history of estimates of a lift with those of a day's session. A second session of the day
    replaces the estimates of the first."""
    if not made:
        return known
    if known and (known[-1].day.year, known[-1].day.month) != (day.year, day.month):
        known = _thinned(known, day - EVERY_ESTIMATE)
    sides = {one.side for one in made}
    return (*(one for one in known if one.day != day or one.side not in sides), *made)


def _thinned(known: tuple[Estimated, ...], until: date) -> tuple[Estimated, ...]:
    """The estimates, with those before a day reduced to the last of each month and side."""
    old = {(one.day.year, one.day.month, one.side): one for one in known if one.day < until}
    return (*old.values(), *(one for one in known if one.day >= until))


def _forecast(
    morning: Morning, lift: Lift, sets: Sequence[LiftSet | None], day: date
) -> Forecast | None:
    """What was expected of the first set of a session, with what was reported; None if it was not
    reported, or if the lift had no estimate before."""
    first = sets[0] if sets else None
    if first is None or morning.tracker.fresh or not morning.tracker.informed:
        return None
    if first.rir is None and not first.missed:
        return None
    band = expected_report(morning.tracker.belief, lift, first.load_kg, first.reps)
    done = [one for one in sets if one is not None]
    told = [one.rir for one in done if one.rir is not None and not one.missed]
    missed = any(one.missed for one in done)
    return Forecast(
        day=day,
        expected=round(band.mid, 1),
        low=round(band.low, 1),
        high=round(band.high, 1),
        reported=MISSED if first.missed or first.rir is None else first.rir,
        light=not missed and bool(told) and sum(told) / len(told) >= LIGHT_RIR,
        heavy=missed,
    )


def _with_forecast(known: tuple[Forecast, ...], made: Forecast | None) -> tuple[Forecast, ...]:
    if made is None:
        return known
    return (*(one for one in known if one.day != made.day), made)[-KEPT_FORECASTS:]
