"""A year at a glance: the days trained, and the streak of weeks with training.

The streak is without guilt (source project): a week without a session breaks it only if the
programme asked for one.
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
# Weeks of rest before a race or after one, when a light session is offered but not asked for.
AT_REST = (WeekKind.RACE, WeekKind.REST, WeekKind.AFTER)


class Year(Struct, frozen=True, kw_only=True):
    """The 53 weeks up to the week of ``today``, from the Monday ``first`` on.

    ``sets`` are the work sets done by day, for days with any; ``legs`` are the days with a session
    hard on the legs. ``marks`` has an entry for every Monday. ``known`` counts the weeks since the
    log began, ``trained`` those with a session. ``streak`` is the number of weeks trained in a row
    up to now, ``longest`` the most in these 53. Weeks that asked for no session (paused, away on
    most days, a race, the rest before it, the week after it) are skipped in a streak; the current
    week does not break it until it is over.
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
    """The Monday on which the year up to ``today`` begins."""
    return monday(today) - timedelta(weeks=YEAR_WEEKS - 1)


def year(context: ReviewContext) -> Year:
    """The year up to today. ``context.sessions`` must reach back to :func:`first_day` and include
    the session before it, if any."""
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
    streaks = _streaks(context, mondays, trained)
    return Year(
        first=first,
        today=context.today,
        sets={day: sets[day] for day in sorted(sets)},
        legs=frozenset(legs),
        marks=week_annotations(context.setup, context.state, mondays),
        known=(mondays[-1] - monday(begun)).days // 7 + 1,
        trained=len(trained),
        streak=streaks[-1],
        longest=max(streaks),
    )


def _streaks(
    context: ReviewContext, mondays: Sequence[date], trained: Collection[date]
) -> list[int]:
    """The streak as of each week; the last week is not over yet."""
    streak, streaks = 0, []
    for week in mondays:
        if week in trained:
            streak += 1
        elif week != mondays[-1] and _asked(context, week):
            streak = 0
        streaks.append(streak)
    return streaks


def _asked(context: ReviewContext, week: date) -> bool:
    """True if a session was asked for in this week."""
    setup, days = context.setup, [week + timedelta(days=n) for n in range(7)]
    kind = week_kind(setup.calendar, week, c_week=setup.profile.c_race_week)
    paused = weeks_paused(setup.profile, week, week + timedelta(weeks=1)) > 0
    away = sum(away_on(context.diary, day) is not None for day in days) >= MOST_DAYS
    return not (kind in AT_REST or paused or away)
