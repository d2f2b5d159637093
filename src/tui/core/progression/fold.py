"""Folding a log into what the calculator knows of it, one session or morning at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tui.core.model import Exercise, Kind, Level, Record, Session, SetEntry, Side, Sides
from tui.core.phases import HARD_LEG_LOAD
from tui.core.progression.bouts import (
    REASONED,
    WORST,
    Bout,
    Grade,
    amount,
    bout,
    plan_of,
    rir_of,
    work_rows,
)
from tui.core.progression.estimates import one_rm
from tui.core.progression.followed import easier_week, follow, lately
from tui.core.progression.guards import (
    DELOAD_DAYS,
    OFTEN_DAYS,
    STREAK_DAYS,
    Guards,
    gap_days,
    guards,
    rested_for_race,
)
from tui.core.progression.state import (
    KEPT_BOUTS,
    KEPT_PAINS,
    KEPT_READY,
    Ache,
    Course,
    Emptied,
    JumpDay,
    Setup,
    State,
    Strain,
)
from tui.core.progression.tracker import LiftSet, Tracker, begin, updated
from tui.core.progression.values import holding
from tui.core.readiness import Ready, read, with_day

TIERS = {"low": 0, "medium": 1, "high": 2}
STRENGTH_SETS = 3
LOAD_WEEKS = 4
LOW_DAYS = 2
KEPT_JUMPS = 4
KEPT_EMPTIED = 16
GETTING_ON = 5
REBASELINE_DAYS = 84

Happening = Session | Record


def fold(setup: Setup, happenings: Iterable[Happening]) -> State:
    """The state after sessions, mornings and readiness, in whatever order they come; deleted ones
    and other records are passed over."""
    state = State()
    for happening in in_order(happenings):
        state = advance(setup, state, happening)
    return state


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """Records and sessions as they happened: by day, what was told before the session first."""

    def when(happening: Happening) -> tuple[date, float, str]:
        if isinstance(happening, Record):
            return happening.day, float("-inf"), happening.id
        return happening.day, happening.started.timestamp(), happening.id

    return sorted((h for h in happenings if not h.deleted), key=when)


def advance(setup: Setup, state: State, happening: Happening) -> State:
    """The state after one more session, morning or readiness. Folding a log session by session and
    all at once is the same."""
    if not isinstance(happening, Record):
        return _trained(setup, state, happening)
    ready = read(happening)
    return _woken(state, happening) if ready is None else _told(state, ready)


def _told(state: State, ready: Ready) -> State:
    """How the runner is before a session; what hurts is an ache of that day."""
    aches = state.aches
    if ready.hurts:
        aches = _with_ache(aches, ready.region, Ache(ready.day, ready.pain, before=True))
    return replace(state, aches=aches, ready=with_day(state.ready, ready, KEPT_READY))


def _woken(state: State, record: Record) -> State:
    """A morning's pain of a region; other records say nothing here."""
    region, pain = record.values.get("region"), record.values.get("pain")
    if record.type != "morning" or not isinstance(region, str):
        return state
    if not isinstance(pain, int | float) or isinstance(pain, bool) or not 0 <= pain <= 10:
        return state
    ache = Ache(record.day, int(pain), waking=True)
    return replace(state, aches=_with_ache(state.aches, region, ache))


def _with_ache(
    aches: Mapping[str, tuple[Ache, ...]], region: str, ache: Ache
) -> dict[str, tuple[Ache, ...]]:
    known = aches.get(region, ())
    if known and _when(known[-1]) == _when(ache):
        ache = replace(ache, pain=max(ache.pain, known[-1].pain))
        known = known[:-1]
    # Those of a fortnight count together; before it the last few sessions are enough.
    old = [a for a in known if (ache.day - a.day).days >= OFTEN_DAYS and not a.waking]
    late = [a for a in known if (ache.day - a.day).days < OFTEN_DAYS]
    merged = sorted([*old[-KEPT_PAINS:], *late, ache], key=_when)
    return {**aches, region: tuple(merged)}


def _when(ache: Ache) -> tuple[date, bool, bool]:
    """The day of an ache and its time of day: on waking, before the session, in it."""
    return ache.day, not ache.waking, not ache.before


def _hurt(known: Sequence[Ache], rows: Sequence[SetEntry], day: date) -> Ache:
    """The most pain in a region's sets of a day; what was told before the session stays where
    none of them says anything."""
    told = [row.pain for row in rows if row.pain is not None]
    before = (ache.pain for ache in known if ache.before and ache.day == day)
    return Ache(day, max(told) if told else max(before, default=0))


def _trained(setup: Setup, state: State, session: Session) -> State:
    day = session.day
    rows_of: dict[str, list[SetEntry]] = {}
    for entry in session.entries:
        if entry.deleted or entry.exercise not in setup.library.exercises:
            continue
        rows_of.setdefault(entry.exercise, []).extend(work_rows(entry.sets))
    exercises = {name: setup.library.exercises[name] for name in rows_of}
    courses = dict(state.courses)
    aches: Mapping[str, tuple[Ache, ...]] = state.aches
    level = setup.profile.level(day)
    deload = easier_week(setup, state, session.programme, day)
    lowered: dict[str, bool] = {}
    for name, rows in rows_of.items():
        exercise = exercises[name]
        guard = guards(setup, state, exercise, day, deload=deload)
        lowered[name] = guard.lowers or _repeats(state, exercise, guard)
        course = _course(setup, state, exercise, rows, day, level, guard, lowered=lowered[name])
        if course is not None:
            courses[name] = course
        if any(row.undone is None or row.pain is not None for row in rows):
            ache = _hurt(aches.get(exercise.region, ()), rows, day)
            aches = _with_ache(aches, exercise.region, ache)
    done = {name: [r for r in rows if r.undone is None] for name, rows in rows_of.items()}
    done = {name: rows for name, rows in done.items() if rows}
    before = state
    state = replace(state, followed=follow(setup, state, session))
    state = replace(state, courses=courses, aches=aches)
    if not done:
        return state
    jumps = _jumps(setup, state.jumps, done, lowered, day)
    state = replace(state, last=day, jumps=jumps)
    if any(exercises[name].kind is not Kind.MOBILITY for name in done):
        legs = any(exercises[name].leg_load >= HARD_LEG_LOAD for name in done)
        state = replace(state, lately=lately(setup, before, session, legs=legs))
    changed = _counted(state, exercises, done)
    return replace(changed, strain=_strain(changed, exercises, done, level))


def _repeats(state: State, exercise: Exercise, guard: Guards) -> bool:
    """True where a guard that only holds has a lowered session done once more: that says no more
    of what the runner works at than the first time."""
    if not guard:
        return False
    if exercise.kind is Kind.PLYOMETRIC:
        return bool(state.jumps) and state.jumps[-1].guarded
    known = state.courses.get(exercise.id)
    return known is not None and known.last.guarded


# -- one exercise ----------------------------------------------------------------------------------


def _course(
    setup: Setup,
    state: State,
    exercise: Exercise,
    rows: Sequence[SetEntry],
    day: date,
    level: Level,
    guard: Guards,
    *,
    lowered: bool,
) -> Course | None:
    """The course of an exercise after a session; None where that says nothing of it."""
    known = state.courses.get(exercise.id)
    dose = exercise.doses[level]
    found = bout(exercise, rows, day, amount(exercise.kind, dose.measures))
    if found is None:
        return _left_out(setup, known, exercise, rows, day)
    bouts: tuple[Bout, ...] = ()
    run = sessions = 0
    away = 0
    if known is not None:
        away = gap_days(setup, known.last.day, day)
        before = since_break(setup, known, day)
        bouts, run, sessions = before.bouts, before.run, known.sessions
    # After so long away the numbers of before mean nothing any more.
    lowered = lowered and away < REBASELINE_DAYS
    as_planned = found.grade is Grade.CLEAN and all(row.prescribed for row in rows)
    found = replace(found, guarded=lowered, light=guard.light_day and as_planned)
    # A first session counts whatever it was: there is nothing else to go by.
    if not lowered or found.grade is Grade.MISS or not bouts:
        bouts = (*bouts, found)[-KEPT_BOUTS:]
    trackers = dict(known.trackers) if known is not None else {}
    if exercise.loading == "heavy":
        easy = lowered and guard.planned
        trackers = _trackers(setup, exercise, trackers, rows, day, easy=easy, light=found.light)
    return Course(
        first=known.first if known is not None else day,
        last=found,
        bouts=bouts,
        run=run + 1 if found.grade is Grade.CLEAN else 0,
        sessions=sessions + 1,
        trackers=trackers,
        ratios=_ratios(exercise, known, found, trackers),
    )


def _left_out(
    setup: Setup, known: Course | None, exercise: Exercise, rows: Sequence[SetEntry], day: date
) -> Course | None:
    """The course after a session that left an exercise out whole: without a reason that is a miss
    of what the runner works at."""
    if known is None or all(row.undone is None or row.undone in REASONED for row in rows):
        return known
    bouts = since_break(setup, known, day).bouts
    last = bouts[-1] if bouts else known.last
    missed = replace(last, day=day, grade=Grade.MISS, cause="undone", guarded=False, light=False)
    trackers = known.trackers
    if trackers:
        trackers = _trackers(setup, exercise, trackers, rows, day, easy=False, light=False)
    bouts = (*bouts, missed)[-KEPT_BOUTS:]
    return replace(known, bouts=bouts, run=0, trackers=trackers)


def since_break(setup: Setup, course: Course, day: date) -> Course:
    """A course whose rows of sessions begin anew where a long gap or a race lies before ``day``."""
    last = course.last.day
    if gap_days(setup, last, day) < STREAK_DAYS and not rested_for_race(setup, last, day):
        return course
    fresh = tuple(replace(one, grade=Grade.FRESH) for one in course.bouts)
    return replace(course, bouts=fresh, run=0)


def _ratios(
    exercise: Exercise, known: Course | None, found: Bout, trackers: Mapping[str, Tracker]
) -> tuple[float, ...]:
    """Right over left after the last two sessions: of the estimates of a lift, else of what was
    done."""
    before = known.ratios if known is not None else ()
    if exercise.sides is Sides.BOTH:
        return ()
    if trackers:
        left, right = trackers.get(Side.LEFT), trackers.get(Side.RIGHT)
        if left is None or right is None or not (left.informed and right.informed):
            return before
        ratio = math.exp(right.z - left.z)
    elif found.left > 0 and found.right > 0:
        ratio = found.right / found.left
    else:
        return before
    return (*before, ratio)[-2:]


# -- lifts -----------------------------------------------------------------------------------------


def _trackers(
    setup: Setup,
    exercise: Exercise,
    trackers: Mapping[str, Tracker],
    rows: Sequence[SetEntry],
    day: date,
    *,
    easy: bool,
    light: bool,
) -> dict[str, Tracker]:
    """The trackers of a lift after its sets of a day, each side apart."""
    changed = dict(trackers)
    for side in sides_of(exercise):
        mine = [row for row in rows if row.side in (side, Side.BOTH) or side is Side.BOTH]
        tracker = tracker_before(setup, exercise, changed.get(side), day)
        sets = lift_sets(mine)
        done = [one for one in sets if one is not None]
        if tracker is None:
            guess = first_guess(done)
            if guess is None:
                continue
            tracker, sets = begin(guess, day), heaviest_only(sets)
        undone = any(row.undone is not None and row.undone not in REASONED for row in mine)
        if not done and not undone:
            continue
        changed[side] = updated(
            tracker,
            sets,
            day,
            left_undone=undone,
            at_ceiling=_at_ceiling(setup, exercise, done, day),
            easy=easy,
            light=light,
        )
    return changed


def sides_of(exercise: Exercise) -> tuple[Side, ...]:
    """The sides that an exercise is tracked by."""
    return (Side.BOTH,) if exercise.sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)


def tracker_before(
    setup: Setup, exercise: Exercise, known: Tracker | None, day: date
) -> Tracker | None:
    """The tracker that a day's session goes by: the one of the log, or one from the maximum that
    the runner stated; a maximum stated anew begins anew. None where nothing is known."""
    stated = setup.profile.maxes.get(exercise.id, ())
    if known is None:
        return begin(holding(stated, day, 0.0), day) if stated else None
    anew = [dated for dated in stated[1:] if known.last < dated.since <= day]
    if not anew:
        return known
    return replace(begin(anew[-1].value, known.last), sets=known.sets, fresh=False)


def lift_sets(rows: Sequence[SetEntry]) -> list[LiftSet | None]:
    """Sets of one side as the tracker reads them, by number; None for one not done, one stopped for
    a reason and one without load or reps."""
    sets: list[LiftSet | None] = []
    for row in rows:
        asked = plan_of(row)
        load, done = row.done.load_kg, row.done.reps
        if row.undone is not None or not load or load <= 0 or done is None:
            sets.append(None)
            continue
        lighter = asked.load_kg is not None and load < asked.load_kg
        wanted = asked.reps if asked.reps is not None else done
        if "aborted" in row.flags and done >= wanted:
            wanted = done + 1
        set_ = LiftSet(load, wanted, done, rir_of(row), lighter=lighter)
        sets.append(set_ if wanted else None)
    return sets


def heaviest_only(sets: Sequence[LiftSet | None]) -> list[LiftSet | None]:
    """The sets of the heaviest load, fresh: those that led up to it say nothing."""
    top = max((one.load_kg for one in sets if one is not None), default=0.0)
    return [one for one in sets if one is not None and one.load_kg == top]


def first_guess(sets: Sequence[LiftSet]) -> float | None:
    """A first guess at the maximum, kg, from the heaviest set done; None without one."""
    loaded = [one for one in sets if one.load_kg > 0 and one.done > 0]
    if not loaded:
        return None
    best = max(loaded, key=lambda one: (one.load_kg, one.done))
    return one_rm(best.load_kg, best.done + min(best.rir or 0.0, 4.0))


def _at_ceiling(setup: Setup, exercise: Exercise, sets: Sequence[LiftSet], day: date) -> bool:
    """True where the heaviest owned load was done for the top of the range."""
    loads = setup.inventory.loads(exercise)
    heaviest = None if loads is None else loads.heaviest
    top = exercise.doses[setup.profile.level(day)].reps_top
    if heaviest is None or top is None:
        return False
    return any(one.load_kg >= heaviest and one.reps >= top for one in sets)


# -- jumps -----------------------------------------------------------------------------------------


def _jumps(
    setup: Setup,
    before: tuple[JumpDay, ...],
    done: Mapping[str, Sequence[SetEntry]],
    lowered: Mapping[str, bool],
    day: date,
) -> tuple[JumpDay, ...]:
    """The jump sessions known, with this one if there was a jump in it."""
    contacts = 0
    tier = -1
    worst: list[Bout] = []
    guarded = False
    for name, rows in done.items():
        exercise = setup.library.exercises[name]
        if exercise.kind is not Kind.PLYOMETRIC:
            continue
        mine = sum(contacts_of(exercise, row) for row in rows)
        found = bout(exercise, rows, day, None)
        if not mine or found is None:
            continue
        contacts += mine
        tier = max(tier, TIERS.get(exercise.jump_tier or "low", 0))
        worst.append(found)
        guarded = guarded or lowered[name]
    if not worst:
        return before
    least = max(worst, key=lambda one: WORST.index(one.grade))
    grade, cause = least.grade, least.cause
    if before and rested_for_race(setup, before[-1].day, day):
        before = tuple(replace(jump, grade=Grade.FRESH) for jump in before)
    if before and before[-1].day == day:
        last = before[-1]
        contacts, tier = contacts + last.contacts, max(tier, last.tier)
        grade, cause = max(
            ((grade, cause), (last.grade, last.cause)), key=lambda found: WORST.index(found[0])
        )
        guarded = guarded or last.guarded
        before = before[:-1]
    made = JumpDay(
        day=day,
        contacts=contacts,
        tier=tier,
        grade=grade,
        cause=cause,
        guarded=guarded,
    )
    return (*before, made)[-KEPT_JUMPS:]


def contacts_of(exercise: Exercise, row: SetEntry) -> int:
    """Foot contacts of one set: as logged, else its reps times the feet that land
    (trailrunner-lift counts two for a landing on both feet)."""
    if row.done.contacts is not None:
        return row.done.contacts
    return (row.done.reps or 0) * (exercise.jump_feet or 1)


# -- the session as a whole ------------------------------------------------------------------------


def _counted(
    state: State,
    exercises: Mapping[str, Exercise],
    done: Mapping[str, Sequence[SetEntry]],
) -> State:
    """The strength sessions, counted on."""
    sets = sum(
        len({row.number for row in rows})
        for name, rows in done.items()
        if exercises[name].kind is not Kind.PLYOMETRIC
    )
    lifted = any(
        exercises[name].leg_load >= HARD_LEG_LOAD and exercises[name].kind is not Kind.PLYOMETRIC
        for name in done
    )
    strong = sets >= STRENGTH_SETS and lifted
    return replace(
        state,
        strength=state.last if strong and state.strength is None else state.strength,
        strength_count=state.strength_count + strong,
    )


def _strain(
    state: State,
    exercises: Mapping[str, Exercise],
    done: Mapping[str, Sequence[SetEntry]],
    level: Level,
) -> Strain:
    """What now speaks for an easier week, and whether it is time for one (source project: never by
    the calendar alone)."""
    strain, day = state.strain, state.last
    assert day is not None
    gone = strain.since is not None and (day - strain.since).days <= DELOAD_DAYS
    loaded = [name for name in done if exercises[name].kind is Kind.LOADED]
    lifts = [name for name in loaded if name in state.courses]
    if not lifts or gone:
        return strain
    monday = day - timedelta(days=day.weekday())
    weeks = strain.weeks
    if weeks and (monday - weeks[-1]).days > STREAK_DAYS:
        weeks = ()
    if not weeks or weeks[-1] != monday:
        weeks = (*weeks, monday)[-LOAD_WEEKS:]
    emptied = Emptied.NO
    if all(row.rir == 0 for name in lifts for row in done[name]):
        # Who is getting on needs no easier week, however hard it was.
        got_on = any(_got_on(state.courses[name]) for name in lifts)
        emptied = Emptied.GOT_ON if got_on else Emptied.STUCK
    missed = set(strain.missed).difference(lifts)
    missed |= {name for name in lifts if _two_misses(state.courses[name])}
    changed = Strain(
        weeks=weeks,
        emptied=(*strain.emptied, emptied)[-KEPT_EMPTIED:],
        missed=tuple(sorted(missed)),
        since=strain.since,
        cause=strain.cause,
    )
    cause = ""
    if len(changed.missed) >= 2:
        cause = "DELOAD_MISSES"
    elif _emptied_lately(changed.emptied):
        cause = "DELOAD_EMPTY"
    elif _low_lately(state.ready, strain.since, day):
        cause = "DELOAD_READY"
    ready = level is Level.BEGINNER or len(weeks) >= LOAD_WEEKS
    if not cause or not ready:
        return changed
    # What led to it is over; that it was so stays known, as the runner's way of telling.
    told = tuple(min(one, Emptied.GOT_ON) for one in changed.emptied)
    return Strain(since=day, cause=cause, emptied=told)


def _emptied_lately(emptied: Sequence[Emptied]) -> bool:
    """True where no set left a rep in two of the last three sessions, unless that is how the runner
    always tells it: then it says nothing."""
    return emptied[-3:].count(Emptied.STUCK) >= 2 and not any(emptied[:-3])


def _low_lately(told: Sequence[Ready], since: date | None, day: date) -> bool:
    """True where two of the last three days that the runner told of were low ones, since the last
    easier week and within four weeks."""
    low = (one.day for one in told if one.low)
    late = [d for d in low if (day - d).days < 7 * LOAD_WEEKS and (since is None or d > since)]
    return len(late) >= LOW_DAYS


def _got_on(course: Course) -> bool:
    """True where an exercise goes with more load than some sessions ago, or more often."""
    then, now = course.bouts[-GETTING_ON:][0].asked, course.last.asked
    return (now.load_kg or 0.0, now.reps or 0) > (then.load_kg or 0.0, then.reps or 0)


def _two_misses(course: Course) -> bool:
    return len(course.bouts) >= 2 and all(b.grade is Grade.MISS for b in course.bouts[-2:])
