"""Fold a training log into the calculator's state, one session, morning or readiness at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.adherence import easier_week, follow, lately
from tui.domain.calculator.bouts import (
    Bout,
    Ease,
    Grade,
    amount,
    bout,
    has_reason,
    repeatable,
    size,
    unaided,
    work_rows,
)
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import STREAK_DAYS, gap_days, guards, rested_for_race
from tui.domain.calculator.jump_fold import jumped_after, jumps_after
from tui.domain.calculator.lift_fold import LiftLog, lift_after
from tui.domain.calculator.odd_sets import believed
from tui.domain.calculator.state import (
    KEPT_BOUTS,
    KEPT_PAINS,
    KEPT_READY,
    OFTEN_DAYS,
    PAIN_LESS,
    ExerciseHistory,
    PainReport,
    Setup,
    State,
)
from tui.domain.calculator.step import working
from tui.domain.calculator.strain import strain_after, strength_counted
from tui.domain.calculator.tracker import Tracker
from tui.domain.model.metrics import weighed
from tui.domain.model.phases import HARD_LEG_LOAD
from tui.domain.model.readiness import Ready, read, with_day
from tui.domain.model.regions import eased_for
from tui.domain.model.values import (
    Exercise,
    Kind,
    Level,
    Record,
    Session,
    SetEntry,
    SetKind,
    Side,
    Sides,
)

REBASELINE_DAYS = 84

Happening = Session | Record


def fold(setup: Setup, happenings: Iterable[Happening]) -> State:
    """The state after sessions, mornings and readiness, given in any order; deleted and other
    records are ignored."""
    state = State()
    for happening in in_order(happenings):
        state = advance(setup, state, happening)
    return state


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """Records and sessions in the order they happened: by day, records before sessions."""

    def when(happening: Happening) -> tuple[date, float, str]:
        if isinstance(happening, Record):
            return happening.day, float("-inf"), happening.id
        return happening.day, happening.started.timestamp(), happening.id

    return sorted((h for h in happenings if not h.deleted), key=when)


def advance(setup: Setup, state: State, happening: Happening) -> State:
    """The state after one more session, morning or readiness. Folding step by step gives the same
    state as folding the log at once."""
    if not isinstance(happening, Record):
        return _after_session(setup, state, happening)
    ready = read(happening)
    return _after_morning(state, happening) if ready is None else _after_readiness(state, ready)


def _after_readiness(state: State, ready: Ready) -> State:
    """The state after a readiness report; a region that hurts becomes an ache of that day."""
    aches = state.aches
    if ready.region:
        aches = _with_ache(aches, ready.region, PainReport(ready.day, ready.pain, before=True))
    return replace(state, aches=aches, ready=with_day(state.ready, ready, KEPT_READY))


def _after_morning(state: State, record: Record) -> State:
    """The state after a morning's pain report or a new body weight; other records change
    nothing."""
    if (weight := weighed(record)) is not None:
        return replace(state, body_kg=weight)
    region, pain = record.values.get("region"), record.values.get("pain")
    if record.type != "morning" or not isinstance(region, str):
        return state
    if not isinstance(pain, int | float) or isinstance(pain, bool) or not 0 <= pain <= 10:
        return state
    ache = PainReport(record.day, int(pain), waking=True)
    return replace(state, aches=_with_ache(state.aches, region, ache))


def _with_ache(
    aches: Mapping[str, tuple[PainReport, ...]], region: str, ache: PainReport
) -> dict[str, tuple[PainReport, ...]]:
    known = aches.get(region, ())
    if known and _when(known[-1]) == _when(ache):
        told = ache.told or known[-1].told
        ache = replace(ache, pain=max(ache.pain, known[-1].pain), told=told)
        known = known[:-1]
    # Keep all aches of the last fortnight; before it, the last few of sessions or with real pain.
    old = [
        a
        for a in known
        if (ache.day - a.day).days >= OFTEN_DAYS and (not a.waking or a.pain >= PAIN_LESS)
    ]
    late = [a for a in known if (ache.day - a.day).days < OFTEN_DAYS]
    merged = sorted([*old[-KEPT_PAINS:], *late, ache], key=_when)
    if any(a.pain for a in merged):
        return {**aches, region: tuple(merged)}
    # Without any pain there is nothing to remember.
    return {name: kept for name, kept in aches.items() if name != region}


def _when(ache: PainReport) -> tuple[date, bool, bool]:
    """The day of an ache and its time of day: on waking, before the session, during it."""
    return ache.day, not ache.waking, not ache.before


def _session_ache(
    known: Sequence[PainReport], rows: Sequence[SetEntry], day: date, *, main: bool
) -> PainReport | None:
    """The most pain in the sets of an exercise, warm-ups included, for a region that it works. It
    is put down to the main one. If no set reports pain there, the report from before the session
    stands. None if no work was done either."""
    told = [row.pain for row in rows if row.pain is not None and main]
    if told:
        return PainReport(day, max(told))
    if all(row.undone is not None or row.kind is SetKind.WARMUP for row in rows):
        return None
    before = (ache.pain for ache in known if ache.before and ache.day == day)
    return PainReport(day, max(before, default=0), told=False)


def _after_session(setup: Setup, state: State, session: Session) -> State:
    day = session.day
    rows_of: dict[str, list[SetEntry]] = {}
    every: dict[str, list[SetEntry]] = {}
    for entry in session.entries:
        if entry.deleted or entry.exercise not in setup.library.exercises:
            continue
        rows_of.setdefault(entry.exercise, []).extend(work_rows(entry.sets))
        every.setdefault(entry.exercise, []).extend(entry.live())
    exercises = {name: setup.library.exercises[name] for name in rows_of}
    for name, rows in rows_of.items():
        loads = setup.inventory.loads(exercises[name])
        if exercises[name].loading != "heavy" or loads is None:
            rows_of[name] = believed(exercises[name], rows, state.histories.get(name), loads)
    histories = dict(state.histories)
    aches: Mapping[str, tuple[PainReport, ...]] = state.aches
    level = setup.profile.level(day)
    deload = easier_week(setup, state, session.programme, day)
    lowered: dict[str, bool] = {}
    fired: dict[str, Guards] = {}
    for name, rows in rows_of.items():
        exercise = exercises[name]
        fired[name] = guard = guards(setup, state, exercise, day, deload=deload)
        lowered[name] = guard.lowers or (bool(guard) and _repeats(state, exercise))
        history = _history(setup, state, exercise, rows, day, level, guard)
        if history is not None:
            histories[name] = history
        for region in eased_for(exercise):
            main = region == exercise.region
            ache = _session_ache(aches.get(region, ()), every[name], day, main=main)
            if ache is not None and (ache.pain or region in aches):
                aches = _with_ache(aches, region, ache)
    done = {name: [r for r in rows if r.undone is None] for name, rows in rows_of.items()}
    done = {name: rows for name, rows in done.items() if rows}
    before = state
    state = replace(state, followed=follow(setup, state, session))
    state = replace(state, histories=histories, aches=aches)
    if not done:
        return state
    jumps = jumps_after(setup, state.jumps, done, lowered, day)
    jumped = jumped_after(setup, state.jumped, rows_of, fired, day)
    state = replace(state, last=day, jumps=jumps, jumped=jumped)
    if any(exercises[name].kind is not Kind.MOBILITY for name in done):
        legs = any(exercises[name].leg_load >= HARD_LEG_LOAD for name in done)
        state = replace(state, lately=lately(setup, before, session, legs=legs))
    changed = strength_counted(state, exercises, done)
    return replace(changed, strain=strain_after(changed, exercises, done, level))


def _repeats(state: State, exercise: Exercise) -> bool:
    """Whether a guard that only holds repeats lowered jumps. Like the first time, they say nothing
    about the working level."""
    return exercise.kind is Kind.PLYOMETRIC and bool(state.jumps) and state.jumps[-1].guarded


# -- one exercise ----------------------------------------------------------------------------------


def _history(
    setup: Setup,
    state: State,
    exercise: Exercise,
    rows: Sequence[SetEntry],
    day: date,
    level: Level,
    guard: Guards,
) -> ExerciseHistory | None:
    """The history of an exercise after a session, or None."""
    known = state.histories.get(exercise.id)
    dose = exercise.doses[level]
    lift = _lift_log(known)
    if exercise.loading == "heavy":
        lift = lift_after(setup, state, exercise, lift, rows, day, guard)
        rows = [row for row in rows if row.id not in lift.left_out]
    rows = unaided(rows)
    lowest = amount(exercise.kind, dose.measures)
    if exercise.loading != "heavy":
        rows = repeatable(exercise, rows, lowest)
    found = bout(exercise, rows, day, lowest)
    if found is None:
        return _left_out(setup, known, lift, rows, day)
    bouts: tuple[Bout, ...] = ()
    run = sessions = 0
    away = 0
    if known is not None:
        away = gap_days(setup, known.last.day, day)
        before = since_break(setup, known, day)
        bouts, run, sessions = before.bouts, before.run, known.sessions
    # After so long a break the earlier numbers no longer mean anything.
    anew = away >= REBASELINE_DAYS
    found = replace(found, ease=Ease.NO if anew else guard.ease)
    way_back = None if known is None or anew else _before(exercise.kind, known, found)
    # A first session always counts: there is nothing else to go by.
    if found.ease is not Ease.PLANNED or found.grade is Grade.MISS or not bouts:
        bouts = (*bouts, found)[-KEPT_BOUTS:]
    return ExerciseHistory(
        first=known.first if known is not None else day,
        last=found,
        bouts=bouts,
        run=run + 1 if found.grade is Grade.CLEAN else 0,
        sessions=sessions + 1,
        before=way_back,
        trackers=lift.trackers,
        ratios=_ratios(exercise, known, found, lift.trackers),
        estimated=lift.estimated,
        forecasts=lift.forecasts,
        odd=lift.odd,
    )


def _lift_log(known: ExerciseHistory | None) -> LiftLog:
    if known is None:
        return LiftLog(trackers={})
    return LiftLog(trackers=known.trackers, estimated=known.estimated, forecasts=known.forecasts)


def _before(kind: Kind, known: ExerciseHistory, found: Bout) -> Bout | None:
    """The session to whose dose the runner is on the way back after another one, or None."""
    before = known.before
    if before is None and found.ease is Ease.BACK and known.bouts:
        before = known.bouts[-1]
    if before is None or size(kind, found.done) >= size(kind, working((before,))):
        return None
    return before


def _left_out(
    setup: Setup,
    known: ExerciseHistory | None,
    lift: LiftLog,
    rows: Sequence[SetEntry],
    day: date,
) -> ExerciseHistory | None:
    """The history after a session that left a planned exercise out completely: without a reason,
    that is a miss at the working level. A session of odd sets alone says nothing."""
    if known is None:
        return None
    known = replace(known, trackers=lift.trackers, odd=lift.odd)
    if all(row.undone is None or has_reason(row) for row in rows):
        return known
    bouts = since_break(setup, known, day).bouts
    last = bouts[-1] if bouts else known.last
    missed = replace(last, day=day, grade=Grade.MISS, cause="undone", ease=Ease.NO)
    bouts = (*bouts, missed)[-KEPT_BOUTS:]
    return replace(known, bouts=bouts, run=0)


def since_break(setup: Setup, history: ExerciseHistory, day: date) -> ExerciseHistory:
    """The history; after a long gap or a race before ``day``, its runs of sessions start over."""
    last = history.last.day
    if gap_days(setup, last, day) < STREAK_DAYS and not rested_for_race(setup, last, day):
        return history
    fresh = tuple(replace(one, grade=Grade.FRESH) for one in history.bouts)
    return replace(history, bouts=fresh, run=0)


def _ratios(
    exercise: Exercise, known: ExerciseHistory | None, found: Bout, trackers: Mapping[str, Tracker]
) -> tuple[float, ...]:
    """The ratios right to left after the last two sessions: from the estimates of a lift, else from
    what was done."""
    before = known.ratios if known is not None else ()
    if exercise.sides is Sides.BOTH:
        return ()
    if trackers:
        left, right = trackers.get(Side.LEFT), trackers.get(Side.RIGHT)
        # A side without a report this time has only changed by expectation.
        if left is None or right is None or not left.told == right.told == found.day:
            return before
        ratio = math.exp(right.z - left.z)
    elif found.left > 0 and found.right > 0:
        ratio = found.right / found.left
    else:
        return before
    return (*before, ratio)[-2:]
