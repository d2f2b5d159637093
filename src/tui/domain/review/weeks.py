"""The overview of the last twelve weeks: training days, sets, contacts, kilograms, pain, changes.

Only counts, sums and how they changed. They say nothing about the risk of injury, because they
cannot (source project).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, field

from tui.domain.calculator.accuracy import Accuracy, accuracy
from tui.domain.calculator.jump_fold import TIERS
from tui.domain.model.dates import monday
from tui.domain.model.readiness import read
from tui.domain.model.sums import Sums, work_of
from tui.domain.model.values import Exercise, Kind, Record, Session
from tui.domain.review.annotations import Annotation, week_annotations
from tui.domain.review.baseline import usual_sets
from tui.domain.review.context import (
    OTHER,
    ReviewContext,
    hard_on_legs,
    landings,
    lifted_kg,
    summed,
    total,
    work_sets,
    worked,
)
from tui.domain.review.plan_compliance import Compliance, compliance
from tui.domain.review.side_balance import SideTrend, side_trends
from tui.domain.review.year import Year, year

WEEKS = 12
SPAN_DAYS = 28
LOW = "low"
COMPARED = ("sessions", "sets", "contacts", "hold_s", "tonnage_kg")


class Week(Struct, frozen=True, kw_only=True):
    """The week from ``monday``. Sessions without a work set done do not count.

    ``days`` is the number of days trained, ``legs`` the number of sessions hard on the legs,
    ``usual`` the programme's sets in such a week (None: unknown). ``contacts`` are by jump tier,
    ``tonnage_kg`` by exercise category, both without zeros. ``pain`` is the most logged on sets,
    mornings and days (None: nothing logged), in these ``regions``.
    """

    monday: date
    days: int = 0
    legs: int = 0
    sums: Sums = Sums()
    usual: int | None = None
    contacts: Mapping[str, int] = field(default_factory=dict)
    tonnage_kg: Mapping[str, float] = field(default_factory=dict)
    pain: int | None = None
    regions: tuple[str, ...] = ()
    marks: tuple[Annotation, ...] = ()


class Change(Struct, frozen=True):
    """A sum of the last four weeks and of the four before; ``known`` if the log covers all
    eight."""

    what: str
    now: float
    before: float
    known: bool = True

    @property
    def percent(self) -> float | None:
        """The change in per cent, or None if there was nothing before or not all is known."""
        if not (self.known and self.before):
            return None
        return 100 * (self.now - self.before) / self.before


class Overview(Struct, frozen=True, kw_only=True):
    """The last twelve weeks, newest first. ``known`` counts the weeks since the log began,
    ``trained`` those with a session. ``changes`` and ``against`` (kilograms lifted and
    prescribed) cover the 28 days up to today, so that a week just begun does not look like a
    drop. ``sides`` are the exercises whose sides were compared in these weeks, ``accuracy`` is how
    the forecasts of reps in reserve fared in them, over all lifts."""

    weeks: tuple[Week, ...]
    known: int
    trained: int
    changes: tuple[Change, ...]
    year: Year
    against: tuple[Compliance, ...]
    sides: tuple[SideTrend, ...]
    accuracy: Accuracy | None
    today: date


def first_monday(today: date) -> date:
    """The Monday on which the twelve weeks of an overview begin."""
    return monday(today) - timedelta(weeks=WEEKS - 1)


def overview(context: ReviewContext) -> Overview:
    """The last twelve weeks, including this one, and the year up to today. ``context.sessions``
    must reach back to :func:`tui.domain.review.year.first_day` and include the session before it,
    if any."""
    first = first_monday(context.today)
    by_week: dict[date, list[Session]] = {}
    for session in context.sessions:
        if first <= session.day <= context.today and worked(session):
            by_week.setdefault(monday(session.day), []).append(session)
    pains = _pains(context, first)
    weeks = [
        _week(context, day, by_week.get(day, ()), pains.get(day, {}))
        for day in (monday(context.today) - timedelta(weeks=n) for n in range(WEEKS))
    ]
    whole = year(context)
    return Overview(
        weeks=tuple(weeks),
        known=min(WEEKS, whole.known),
        trained=sum(week.days > 0 for week in weeks),
        changes=_changes(context, [one for found in by_week.values() for one in found]),
        year=whole,
        against=compliance(context, context.today - timedelta(days=SPAN_DAYS - 1)),
        sides=side_trends(context, first),
        accuracy=accuracy(
            [
                one
                for history in context.state.histories.values()
                for one in history.forecasts
                if first <= one.day <= context.today
            ]
        ),
        today=context.today,
    )


def _week(
    context: ReviewContext, day: date, found: Sequence[Session], pains: Mapping[str, int]
) -> Week:
    known = context.setup.library.exercises
    contacts, tonnage = dict.fromkeys((*TIERS, OTHER), 0), dict[str, float]()
    for session in found:
        for exercise, name, row in work_sets(known, session):
            contacts[_tier(exercise)] += landings(exercise, row)
            tonnage[name] = tonnage.get(name, 0) + lifted_kg(row.done)
    most = max(pains.values(), default=None)
    return Week(
        monday=day,
        days=len({session.day for session in found}),
        legs=sum(hard_on_legs(session, known) for session in found),
        sums=total(found, known),
        usual=usual_sets(context.setup, context.state, min(day + timedelta(days=6), context.today)),
        contacts={tier: count for tier, count in contacts.items() if count},
        tonnage_kg={name: tonnage[name] for name in sorted(tonnage) if tonnage[name]},
        pain=most,
        regions=tuple(sorted(name for name, pain in pains.items() if name and pain == most)),
        marks=week_annotations(context.setup, context.state, [day])[day],
    )


def _tier(exercise: Exercise | None) -> str:
    if exercise is None or exercise.kind is not Kind.PLYOMETRIC:
        return OTHER
    return exercise.jump_tier or LOW


# -- pain ------------------------------------------------------------------------------------------


def _pains(context: ReviewContext, first: date) -> dict[date, dict[str, int]]:
    """The most pain by week and region. A set left out for pain counts too."""
    found: dict[date, dict[str, int]] = {}
    known = context.setup.library.exercises
    told = [_logged_pain(record) for record in context.records if not record.deleted]
    for session in context.sessions:
        if session.deleted or session.day < first:
            continue
        for entry in session.live():
            exercise = known.get(entry.exercise)
            region = OTHER if exercise is None else exercise.region
            hurt = [row.pain for row in work_of(entry) if row.pain is not None]
            told += [(session.day, region, pain) for pain in hurt]
    for one in told:
        if one is not None and first <= one[0] <= context.today:
            day, region, pain = one
            week = found.setdefault(monday(day), {})
            week[region] = max(pain, week.get(region, 0))
    return found


def _logged_pain(record: Record) -> tuple[date, str, int] | None:
    """The day, region and pain of a morning or readiness record; None for others."""
    if (ready := read(record)) is not None:
        return ready.day, ready.region, ready.pain
    region, pain = record.values.get("region"), record.values.get("pain")
    if record.type != "morning" or not isinstance(region, str):
        return None
    if not isinstance(pain, int | float) or isinstance(pain, bool) or not 0 <= pain <= 10:
        return None
    return record.day, region, int(pain)


# -- changes ---------------------------------------------------------------------------------------


def _changes(context: ReviewContext, found: Iterable[Session]) -> tuple[Change, ...]:
    first = context.today - timedelta(days=2 * SPAN_DAYS - 1)
    reaches = any(session.day <= first and worked(session) for session in context.sessions)
    now, before = dict.fromkeys(COMPARED, 0.0), dict.fromkeys(COMPARED, 0.0)
    for session in found:
        if session.day >= first:
            side = before if (context.today - session.day).days >= SPAN_DAYS else now
            mine = summed(session, context.setup.library.exercises)
            for name in COMPARED:
                side[name] += getattr(mine, name)
    return tuple(Change(name, now[name], before[name], reaches) for name in COMPARED)
