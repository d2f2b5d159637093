"""Safety rules that override progress: pain, races and tapers, layoffs, low days, deload weeks.

The guards are checked in this order. The first that fires names the action; all that fire lower the
dose together (:class:`Guards`). Pain bands, layoffs and deloads are the project's, and more careful
than what they are based on; rest in race week is clarke-runrun's, the taper klein-six's and
clarke-runrun's.
"""

from __future__ import annotations

from datetime import date, timedelta

from tui.domain.calculator.advice import Action, Calendar, Facts, Priority, Race, Reason, Taper
from tui.domain.calculator.bouts import Ease
from tui.domain.calculator.climb import rungs
from tui.domain.calculator.guard import Guard, Guards
from tui.domain.calculator.pain import pain_guards
from tui.domain.calculator.state import ExerciseHistory, Setup, State
from tui.domain.model.readiness import of_day
from tui.domain.model.values import Exercise, Kind

RACE_WEEK_DAYS = 7
C_RACE_DAYS = 3
TAPER_DAYS = 14
# The first session within these days after a race is light.
AFTER_DAYS = 5
DELOAD_DAYS = 7
NO_EXTRA_DAYS = 21
REST_NOT_GAP = 14
# Days since the last session (at least), the share of the load that is left, and the reason code.
GAPS = (
    (84, 0.70, "LAYOFF_84"),
    (42, 0.80, "LAYOFF_42_83"),
    (28, 0.90, "LAYOFF_28_41"),
    (18, 0.95, "LAYOFF_18_27"),
    (11, 1.00, "LAYOFF_11_17"),
)
STREAK_DAYS = 18
JUMPS_LEFT = 0.75
ANEW_DAYS = 28
# Kinds of work that another exercise of the same role keeps up.
TRADED = (Kind.LOADED, Kind.BODYWEIGHT, Kind.HOLD, Kind.CLUSTER)


def guards(
    setup: Setup, state: State, exercise: Exercise, day: date, *, deload: bool = False
) -> Guards:
    """The guards that fire for an exercise on a day, given the ``state`` of the log. ``deload``:
    the programme plans an easier week."""
    fired = [
        *pain_guards(setup, state, exercise, day),
        *_race(setup, state, exercise, day),
    ]
    if exercise.kind is not Kind.MOBILITY:
        fired += _gap(setup, state, exercise, day)
        fired += _ready(state, day)
        fired += _deload(setup, state, day, planned=deload)
    return Guards(tuple(fired))


# -- races -----------------------------------------------------------------------------------------


def _race(setup: Setup, state: State, exercise: Exercise, day: date) -> list[Guard]:
    """Race week, taper and the days after (clarke-runrun, klein-six; the shares are ours)."""
    if exercise.kind is Kind.MOBILITY:
        return []
    calendar, profile = setup.calendar, setup.profile
    for race in _ahead(calendar, day):
        left = (race.day - day).days
        facts: Facts = {"days": left, "race": race.name or f"your {race.priority.value} race"}
        if left <= rest_days(race, c_week=profile.c_race_week):
            return [Guard(action=Action.REST, reason=Reason("RACE_WEEK", facts), stop=True)]
    for race in _ahead(calendar, day):
        left = (race.day - day).days
        facts = {"days": left, "race": race.name or f"your {race.priority.value} race"}
        if RACE_WEEK_DAYS < left <= TAPER_DAYS and race.priority is not Priority.C:
            share = 0.5 if race.priority is Priority.A else 0.67
            load = 0.9 if profile.taper is Taper.LIGHTEN else 1.0
            reason = Reason("TAPER", facts)
            return [
                Guard(action=Action.TAPER, reason=reason, sets=share, load=load, contacts=share)
            ]
    for race in calendar.races:
        since = (day - race.day).days
        # Only one session is light; the next one goes on from before the race.
        again = any(race.day < one.day < day and not one.snack for one in state.lately)
        if 0 < since <= AFTER_DAYS and not again:
            reason = Reason("AFTER_RACE", {"days": since, "race": race.name or "your race"})
            return [Guard(action=Action.DELOAD, reason=reason, sets=0.5, load=0.9, contacts=0.5)]
    return []


def _ahead(calendar: Calendar, day: date) -> list[Race]:
    """The races on or after a day, nearest first."""
    return sorted((r for r in calendar.races if r.day >= day), key=lambda race: race.day)


def rest_days(race: Race, *, c_week: bool) -> int:
    """The number of days before a race without strength work."""
    return C_RACE_DAYS if race.priority is Priority.C and not c_week else RACE_WEEK_DAYS


def near_race(calendar: Calendar, day: date) -> bool:
    """Whether a day is in the three weeks before an A or B race, when no extra set is added."""
    return any(
        0 <= (race.day - day).days <= NO_EXTRA_DAYS and race.priority is not Priority.C
        for race in calendar.races
    )


def tapering(setup: Setup, day: date) -> bool:
    """Whether a day is in the taper for an A race, when no new exercise is started."""
    return any(
        RACE_WEEK_DAYS < (race.day - day).days <= TAPER_DAYS and race.priority is Priority.A
        for race in setup.calendar.races
    )


# -- layoffs ---------------------------------------------------------------------------------------


def gap_days(setup: Setup, last: date, day: date) -> int:
    """Days since the last session, not counting up to fourteen days of rest for races."""
    rested = {
        off
        for race in setup.calendar.races
        for before in range(rest_days(race, c_week=setup.profile.c_race_week) + 1)
        if last < (off := race.day - timedelta(days=before)) < day
    }
    return (day - last).days - min(REST_NOT_GAP, len(rested))


def rested_for_race(setup: Setup, last: date, day: date) -> bool:
    """Whether a race, or the start of its rest days, lies between two sessions. Runs of sessions
    then start over."""
    return any(
        last < race.day <= day
        or last
        < race.day - timedelta(days=rest_days(race, c_week=setup.profile.c_race_week))
        <= day
        for race in setup.calendar.races
    )


def gap_share(days: int) -> float:
    """The share of the load that is left after a number of days away (source project)."""
    return next((share for least, share, _ in GAPS if days >= least), 1.0)


def jumps_left(days: int) -> float:
    """The share of an exercise's jumps that is left after a number of days away (source
    project)."""
    return min(JUMPS_LEFT, gap_share(days)) if days >= STREAK_DAYS else 1.0


def last_time(setup: Setup, state: State, exercise: Exercise) -> date | None:
    """The day an exercise, or any variant on its ladder, was last done; for a jump, the day of the
    last jumps of any kind. None if it was never done itself."""
    if exercise.kind is Kind.PLYOMETRIC:
        return state.jumps[-1].day if state.jumps else None
    if exercise.id not in state.histories:
        return None
    known = (state.histories.get(name) for name in rungs(setup.library, exercise))
    return max(history.last.day for history in known if history is not None)


def _gap(setup: Setup, state: State, exercise: Exercise, day: date) -> list[Guard]:
    last = last_time(setup, state, exercise)
    if last is None:
        return []
    days = gap_days(setup, last, day)
    if days >= GAPS[-1][0]:
        last = max([last, *(one.last.day for one in _same_job(setup, state, exercise))])
        days = gap_days(setup, last, day)
    code = next((code for least, _, code in GAPS if days >= least), None)
    if code is None:
        return _long_eased(setup, state, exercise, day)
    share = gap_share(days)
    if exercise.kind is Kind.PLYOMETRIC:
        code = "LAYOFF_JUMPS" if share < 1 else "LAYOFF_JUMPS_SAME"
    return [
        Guard(
            action=Action.LAYOFF if share < 1 else Action.HOLD,
            # Told are all the days, rest for a race or not.
            reason=Reason(code, {"days": (day - last).days}),
            load=share,
            away=True,
            one_less=days >= ANEW_DAYS,
            spare=1 if 28 <= days <= 41 or share == 1 else 0,
            contacts=JUMPS_LEFT if share < 1 and days < ANEW_DAYS else 1.0,
            jumps_anew=days >= ANEW_DAYS,
        )
    ]


def _same_job(setup: Setup, state: State, exercise: Exercise) -> list[ExerciseHistory]:
    """The histories of the exercises that train the role of one. In a programme that takes turns,
    what rests from block to block is no layoff; heavy lifts, jumps, carries and slow lowering are
    too particular for that (source project)."""
    if exercise.kind not in TRADED or exercise.loading == "heavy":
        return []
    every = setup.library.exercises
    known = state.histories.items()
    return [one for name, one in known if name in every and every[name].role == exercise.role]


def _long_eased(setup: Setup, state: State, exercise: Exercise, day: date) -> list[Guard]:
    """After more than four weeks of sessions planned to be easy, the last full one counts like one
    before a layoff of as many days. Lifts with a tracker know their own way back."""
    history = state.histories.get(exercise.id)
    if history is None or exercise.loading == "heavy" or exercise.kind is Kind.PLYOMETRIC:
        return []
    if history.last.ease is not Ease.PLANNED or not history.bouts:
        return []
    days = gap_days(setup, history.bouts[-1].day, day)
    if days > ANEW_DAYS:
        full = (one.bouts[-1].day for one in _same_job(setup, state, exercise) if one.bouts)
        days = min([days, *(gap_days(setup, one, day) for one in full)])
    if days <= ANEW_DAYS:
        return []
    reason = Reason("EASED_LONG", {"days": days})
    return [Guard(action=Action.LAYOFF, reason=reason, load=gap_share(days))]


# -- easier days and weeks -------------------------------------------------------------------------


def _ready(state: State, day: date) -> list[Guard]:
    """A low day on which the runner took the lighter session (source project). It does not count as
    an easier week."""
    told = of_day(state.ready, day)
    if told is None or not told.light:
        return []
    reason = Reason("READY_LOW", {"legs": told.legs, "sleep": told.sleep})
    return [Guard(action=Action.DELOAD, reason=reason, sets=0.5, load=0.9, spare=2, contacts=0.5)]


def _deload(setup: Setup, state: State, day: date, *, planned: bool) -> list[Guard]:
    """An easier week: running steps down, the programme plans it, or the log calls for it (source
    project; running-power and clarke-runrun for the planned ones)."""
    since = state.strain.since
    if day - timedelta(days=day.weekday()) in setup.calendar.step_down:
        reason = Reason("STEP_DOWN")
    elif planned:
        reason = Reason("DELOAD_PLANNED")
    elif since is not None and 0 < (day - since).days <= DELOAD_DAYS:
        reason = Reason(state.strain.cause)
    else:
        return []
    return [Guard(action=Action.DELOAD, reason=reason, sets=0.5, load=0.9, spare=2, contacts=0.5)]
