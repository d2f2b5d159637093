"""A year at a glance: the days trained, and how many weeks in a row there was training.

A row of weeks is without guilt (source project): a week without a session only breaks it where the
runner was asked for one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from tui.domain.calculator.adherence import weeks_paused
from tui.domain.model.dates import monday
from tui.domain.model.sums import sums
from tui.domain.planning.calendar_queries import away_on
from tui.domain.planning.race_weeks import WeekKind, week_kind
from tui.domain.review.annotations import Annotation, week_annotations
from tui.domain.review.context import ReviewContext, hard_on_legs, worked

YEAR_WEEKS = 53
MOST_DAYS = 4
# Those that rest for a race, or after one, when a light session is offered but not asked for.
AT_REST = (WeekKind.RACE, WeekKind.REST, WeekKind.AFTER)


class Year(Struct, frozen=True, kw_only=True):
    """The 53 weeks up to that of ``today``, from the Monday ``first`` on.

    ``sets`` are the work sets done by day, of days that have some; on the days ``legs`` there was
    a session hard on the legs. ``marks`` has every Monday. The log begins in the first of the
    ``known`` weeks, and ``trained`` of them had a session. ``streak`` are the weeks trained in a
    row up to now, ``longest`` the most in a row in these 53. A week without a session that asked
    for none (paused or away on most days, a race, the rest before it, the week after it) is left
    out of a row; that of today does not break it before it ends.
    """

    first: date
    today: date
    sets: Mapping[date, int]
    legs: frozenset[date]
    marks: Mapping[date, tuple[Annotation, ...]]
    known: int
    trained: int
    streak: int
    longest: int


def first_day(today: date) -> date:
    """The Monday on which the year of an overview begins."""
    return monday(today) - timedelta(weeks=YEAR_WEEKS - 1)


def year(context: ReviewContext) -> Year:
    """The year up to today. ``context.sessions`` must reach back to :func:`first_day`, and to
    the session before it if there is one."""
    first = first_day(context.today)
    sets, legs = dict[date, int](), set[date]()
    for session in context.sessions:
        if first <= session.day <= context.today and (done := sums(session).sets):
            sets[session.day] = sets.get(session.day, 0) + done
            if hard_on_legs(session, context.setup.library.exercises):
                legs.add(session.day)
    older = any(session.day < first and worked(session) for session in context.sessions)
    begun = first if older else min(sets, default=context.today)
    mondays = [first + timedelta(weeks=n) for n in range(YEAR_WEEKS)]
    trained = {monday(day) for day in sets}
    rows = _rows(context, mondays, trained)
    return Year(
        first=first,
        today=context.today,
        sets={day: sets[day] for day in sorted(sets)},
        legs=frozenset(legs),
        marks=week_annotations(context.setup, context.state, mondays),
        known=(mondays[-1] - monday(begun)).days // 7 + 1,
        trained=len(trained),
        streak=rows[-1],
        longest=max(rows),
    )


def _rows(context: ReviewContext, mondays: Sequence[date], trained: Collection[date]) -> list[int]:
    """How many weeks in a row there was training up to each of these, of which the last is not
    over."""
    row, rows = 0, []
    for week in mondays:
        if week in trained:
            row += 1
        elif week != mondays[-1] and _asked(context, week):
            row = 0
        rows.append(row)
    return rows


def _asked(context: ReviewContext, week: date) -> bool:
    """True for a week that asked for a session."""
    setup, days = context.setup, [week + timedelta(days=n) for n in range(7)]
    kind = week_kind(setup.calendar, week, c_week=setup.profile.c_race_week)
    paused = weeks_paused(setup.profile, week, week + timedelta(weeks=1)) > 0
    away = sum(away_on(context.diary, day) is not None for day in days) >= MOST_DAYS
    return not (kind in AT_REST or paused or away)
