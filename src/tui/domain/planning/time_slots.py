"""The time slots that a day has for strength: when, their cost and the reasons for them.

The costs are the project's way of weighing what clarke-runrun asks for: keep hard days hard and
easy days easy; lift some hours after a hard run, and not on the day before one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Calendar, Reason
from tui.domain.calculator.guards import AFTER_DAYS
from tui.domain.planning.calendar_queries import ends, is_hard, openings_on, race_behind, runs_on
from tui.domain.planning.diary import Diary, Opening, Run, RunKind

# Hours from the start of a hard run to lifting: the best, and the least (with a warning).
BEST_HOURS, LEAST_HOURS = 6, 3
LATEST = time(21)
DAY_S = 86400
# The cost of a slot.
AFTER_LONG, SOON_AFTER, AT_ONCE_AFTER, UNTIMED = 0.8, 2.0, 8.0, 0.5
DAY_AFTER, FREE_DAY, EASY_DAY = 1.0, 1.5, 2.0
DAY_BEFORE_HARD = 6.0
RACE_IN_LEGS_DAYS = 2  # No lifting for this many days after a race.
SNACK_NO_RUN = 2.0


class TimeSlot(Struct, frozen=True, kw_only=True):
    """A slot for a session: at ``start`` if the runner named a time, else not before
    ``not_before`` if a run comes first. ``cost_before`` is the extra cost of hard leg work within
    a day before a hard run. ``speed``: it follows a speed run."""

    day: date
    start: time | None = None
    not_before: time | None = None
    cost: float = 0.0
    cost_before: float = 0.0
    after_race: bool = False
    speed: bool = False
    reasons: tuple[Reason, ...] = ()


def earliest_start(spot: TimeSlot) -> datetime | None:
    """The earliest start of a slot in local time, or None if unknown."""
    begin = spot.start or spot.not_before
    return None if begin is None else datetime.combine(spot.day, begin)


def postponed(spot: TimeSlot, begin: time) -> TimeSlot:
    """A slot without a fixed time, moved to ``begin`` or later; the hours since the run in its
    reasons are updated."""
    first = spot.not_before
    if first is None:
        return replace(spot, not_before=begin)
    if first >= begin:
        return spot
    waited = datetime.combine(spot.day, begin) - datetime.combine(spot.day, first)
    more = waited.total_seconds() // 3600
    reasons = tuple(
        _after_words(str(one.facts["run"]), int(float(one.facts["hours"]) + more))
        if "hours" in one.facts
        else one
        for one in spot.reasons
    )
    return replace(spot, not_before=begin, reasons=reasons)


def _after_words(run: str, hours: int) -> Reason:
    """The reason that gives the hours from the start of a hard run to a session."""
    if hours >= BEST_HOURS:
        return Reason("HOURS_AFTER_RUN", {"run": run, "hours": hours})
    return Reason("SOON_AFTER_RUN", {"run": run, "hours": hours, "best": BEST_HOURS})


def lift_time_slots(diary: Diary, calendar: Calendar, day: date) -> Iterator[TimeSlot]:
    """The slots of a day for lifting or jumping: none before a hard run, during a run or with a
    race still in the legs, and none beside a hard run in the days after a race."""
    if race_behind(calendar, day, RACE_IN_LEGS_DAYS) is not None:
        return
    runs = runs_on(diary, day)
    hard = [run for run in runs if is_hard(run)]
    if hard and race_behind(calendar, day, AFTER_DAYS) is not None:
        return
    for opening in openings_on(diary, day):
        made = (
            _after_hard_run(hard, opening, day)
            if hard
            else _without_hard_run(diary, runs, opening, day)
        )
        if made is None or _clashes((*runs_on(diary, day - timedelta(days=1)), *runs), made):
            continue
        speed = any(run.kind is RunKind.SPEED for run in hard)
        yield replace(_with_neighbours(diary, calendar, made), speed=speed)


def snack_time_slots(diary: Diary, day: date) -> Iterator[TimeSlot]:
    """The snack slot of a day: after its runs, or at any time if there are none."""
    runs = runs_on(diary, day)
    if not runs:
        yield TimeSlot(day=day, cost=SNACK_NO_RUN, reasons=(Reason("SNACK_ANY_TIME"),))
        return
    untimed = [run for run in runs if is_hard(run) and run.start is None]
    last = (untimed or [run for run in runs if run.start is not None] or list(runs))[-1]
    over = max(filter(None, map(ends, runs)), default=None)
    today = over is not None and over.date() == day
    yield TimeSlot(
        day=day,
        not_before=over.time().replace(second=0, microsecond=0) if over and today else None,
        cost=0.0 if not is_hard(last) else UNTIMED,
        reasons=(Reason("SNACK_AFTER_RUN", {"run": last.kind.value}),),
    )


def _after_hard_run(hard: list[Run], opening: Opening, day: date) -> TimeSlot | None:
    """The slot after the last hard run of a day, or None if there is no room."""
    timed = [run for run in hard if run.start is not None]
    last = max(timed, key=lambda run: run.start or time.min) if timed else hard[-1]
    kind = last.kind
    extra = AFTER_LONG if kind is RunKind.LONG else 0.0
    over = max(filter(None, map(ends, hard)), default=None)
    begin = None if opening.start is None else datetime.combine(day, opening.start)
    if over is not None and (over > datetime.combine(day, LATEST) or (begin and begin < over)):
        return None
    if len(timed) < len(hard) or last.start is None or over is None:
        told = Reason("AFTER_RUN", {"run": kind.value})
        first = None if begin is not None or over is None else over.time().replace(microsecond=0)
        return TimeSlot(
            day=day, start=opening.start, not_before=first, cost=UNTIMED + extra, reasons=(told,)
        )
    begun = datetime.combine(day, last.start)
    if begin is not None:
        return _timed(begun, begin, kind, extra, fixed=True)
    for hours in (BEST_HOURS, LEAST_HOURS):
        begin = max(over, begun + timedelta(hours=hours))
        if begin <= datetime.combine(day, LATEST):
            return _timed(begun, begin, kind, extra, fixed=False)
    return _timed(begun, over, kind, extra, fixed=False)


def _timed(
    begun: datetime, begin: datetime, kind: RunKind, extra: float, *, fixed: bool
) -> TimeSlot:
    hours = int((begin - begun).total_seconds() // 3600)
    cost = SOON_AFTER if hours >= LEAST_HOURS else AT_ONCE_AFTER
    at = begin.time().replace(second=0, microsecond=0)
    return TimeSlot(
        day=begin.date(),
        start=at if fixed else None,
        not_before=None if fixed else at,
        cost=extra + (0.0 if hours >= BEST_HOURS else cost),
        reasons=(_after_words(kind.value, hours),),
    )


def _without_hard_run(diary: Diary, runs: tuple[Run, ...], opening: Opening, day: date) -> TimeSlot:
    """A slot on a day without a hard run."""
    before = [run for run in runs_on(diary, day - timedelta(days=1)) if is_hard(run)]
    if before:
        reason, cost = Reason("DAY_AFTER_RUN", {"run": before[-1].kind.value}), DAY_AFTER
    elif runs:
        reason, cost = Reason("EASY_RUN_DAY"), EASY_DAY
    else:
        reason, cost = Reason("NO_RUN_DAY"), FREE_DAY
    return TimeSlot(day=day, start=opening.start, cost=cost, reasons=(reason,))


def _clashes(runs: tuple[Run, ...], spot: TimeSlot) -> bool:
    """True if a run is under way when the session would begin."""
    begin = None if spot.start is None else datetime.combine(spot.day, spot.start)
    for run in runs:
        over = ends(run)
        if begin is None or over is None or run.start is None:
            continue
        if datetime.combine(run.day, run.start) <= begin < over:
            return True
    return False


def _with_neighbours(diary: Diary, calendar: Calendar, spot: TimeSlot) -> TimeSlot:
    """The slot with the cost of the next day's hard runs and the note on a recent race."""
    before = 0.0
    reasons = spot.reasons
    begin = earliest_start(spot)
    for run in runs_on(diary, spot.day + timedelta(days=1)):
        if not is_hard(run):
            continue
        known = begin is not None and run.start is not None
        if begin is not None and run.start is not None:
            known = (datetime.combine(run.day, run.start) - begin).total_seconds() >= DAY_S
        if not known:
            before = DAY_BEFORE_HARD
            reasons = (*spot.reasons, Reason("DAY_BEFORE_RUN", {"run": run.kind.value}))
    race = race_behind(calendar, spot.day, AFTER_DAYS)
    if race is not None:
        reasons = (*reasons, Reason("AFTER_RACE_LIGHT", {"race": race.name or "your race"}))
    return TimeSlot(
        day=spot.day,
        start=spot.start,
        not_before=spot.not_before,
        cost=spot.cost,
        cost_before=before,
        after_race=race is not None,
        reasons=reasons,
    )
