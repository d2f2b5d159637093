"""Presents the overview of the last twelve weeks: in words, as tables, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from tui.domain.calculator.morning_pain import region_name
from tui.domain.model.codec import Doc
from tui.domain.model.dates import day_text, monday
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.text import number_of
from tui.domain.model.units import from_kg
from tui.domain.planning.tips import Tip
from tui.domain.review.annotations import Annotation
from tui.domain.review.plan_compliance import Compliance
from tui.domain.review.side_balance import SideTrend
from tui.domain.review.sides import Pair
from tui.domain.review.weeks import SPAN_DAYS, WEEKS, Change, Overview, Week
from tui.domain.review.year import Year
from tui.present.advice import accuracy_words
from tui.present.report import Report, Section
from tui.present.review_words import (
    SIDES_NOTE,
    change_words,
    mark_words,
    pair_doc,
    pair_words,
    share_words,
)
from tui.present.table import table
from tui.present.words import (
    SUMS,
    amount_words,
    held_cell,
    held_text,
    lifted_cell,
    lifted_text,
    rounded,
    sum_name,
    tip_words,
)

# How many categories to name, those with the most lifted; the JSON has all.
CATEGORIES = 3
NOTHING = f"Nothing was logged in the last {WEEKS} weeks. Begin whenever you like."


def overview_report(
    seen: Overview, library: Library, unit: str = "kg", tip: Tip | None = None
) -> Report:
    """The last twelve weeks, newest first, and the year up to today, with the tip of the week, if
    any; loads in ``unit``."""
    title = f"The {WEEKS} weeks up to {day_text(seen.today)}"
    weeks = [Section(statements=(NOTHING,))]
    if seen.trained:
        weeks = [_weeks_section(seen, unit), Section(statements=tuple(_steady_words(seen)))]
    sections = (
        *weeks,
        _changes_section(seen, unit),
        _months_section(seen.year),
        _against_section(seen, unit),
        _sides_section(seen, library),
        _accuracy_section(seen),
        _tip_section(tip, library),
    )
    return Report(title=title, sections=tuple(s for s in sections if s.statements))


# -- the weeks -------------------------------------------------------------------------------------


def _weeks_section(seen: Overview, unit: str) -> Section:
    """The weeks. The table has only the sums; the statements also break them down."""
    weeks = seen.weeks[: seen.known]
    rows = [_week_row(week, unit) for week in weeks]
    return Section(
        statements=tuple(_week_words(week, unit) for week in weeks),
        table=table(list(rows[0]), [list(row.values()) for row in rows]),
    )


def _week_row(week: Week, unit: str) -> dict[str, str]:
    also = [*map(region_name, week.regions if week.pain else ()), *map(mark_words, week.marks)]
    return {
        "Week of": week.monday.isoformat(),
        **week_cells(week, unit),
        "Also": "; ".join(also),
    }


def week_cells(week: Week, unit: str) -> dict[str, str]:
    """The numbers of a week by column; all but the days are empty if there is nothing to show."""
    return {
        "Days": str(week.days),
        "Legs": str(week.legs) if week.days else "",
        "Sets": str(week.sums.sets) if week.days else "",
        "Usual": "" if week.usual is None or not week.days else str(week.usual),
        "Contacts": str(week.sums.contacts or ""),
        "Held": held_cell(week.sums.hold_s),
        f"{unit} lifted": lifted_cell(week.sums.tonnage_kg, unit),
        "Pain": "" if week.pain is None else str(week.pain),
    }


def _week_words(week: Week, unit: str) -> str:
    words = [*_done_words(week, unit), *map(mark_words, week.marks)]
    return f"Week of {week.monday}: {'; '.join(words)}."


def _steady_words(seen: Overview) -> Iterator[str]:
    yield f"You trained in {seen.trained} of {span_words(seen)}."
    if seen.year.streak > 1:
        weeks = f"{seen.year.streak} weeks in a row"
        rest = "; a week of rest, for a race or away, breaks no row" if rested_in_row(seen) else ""
        yield f"You have trained {weeks}{rest}."


def rested_in_row(seen: Overview) -> bool:
    """Whether the weeks in a row reach over one without a session, besides the week under way: one
    that asked for nothing."""
    over = [week for week in seen.weeks[: seen.known] if week.monday != monday(seen.today)]
    first = min((week.monday for week in over if week.days), default=seen.today)
    missed = any(not week.days and week.monday > first for week in over)
    return missed and seen.year.streak >= seen.trained


def span_words(seen: Overview) -> str:
    """The weeks of an overview, from the first of the log."""
    if seen.known < WEEKS:
        return f"the {number_of(seen.known, 'week')} since you began"
    return f"the last {seen.known} weeks"


def _done_words(week: Week, unit: str) -> list[str]:
    if not week.days:
        return ["no session", *_pain_words(week)]
    usual = "-" if week.usual is None else str(week.usual)
    words = [
        f"{number_of(week.days, 'day')}, {number_of(week.legs, 'leg session')}",
        f"{number_of(week.sums.sets, 'set')} (usual: {usual})",
    ]
    if week.contacts:
        tiers = ", ".join(f"{count} {tier}" for tier, count in week.contacts.items())
        words.append(f"{number_of(week.sums.contacts, 'contact')} ({tiers})")
    if week.sums.hold_s:
        words.append(f"{held_text(week.sums.hold_s)} held")
    if week.tonnage_kg:
        words.append(f"{lifted_text(week.sums.tonnage_kg, unit)} lifted ({_most(week, unit)})")
    return [*words, *_pain_words(week)]


def _most(week: Week, unit: str) -> str:
    """The categories with the most lifted, and the rest."""
    ranked = sorted(week.tonnage_kg.items(), key=lambda one: (-one[1], one[0]))
    words = [f"{name} {from_kg(kg, unit):,.0f}" for name, kg in ranked[:CATEGORIES]]
    rest = sum(kg for _, kg in ranked[CATEGORIES:])
    return ", ".join([*words, f"the rest {from_kg(rest, unit):,.0f}"] if rest else words)


def _pain_words(week: Week) -> list[str]:
    if week.pain is None:
        return []
    if not week.pain:
        return ["no pain"]
    where = ", ".join(map(region_name, week.regions))
    return [f"pain up to {week.pain} of 10" + (f" ({where})" if where else "")]


# -- changes ---------------------------------------------------------------------------------------


class Compared(Struct, frozen=True, kw_only=True):
    """A sum of the last four weeks and of the four before, in words, with the ``unit`` of both (or
    empty); ``label`` is its name with the unit."""

    name: str
    label: str
    now: str
    before: str
    change: str
    unit: str


def compared(changes: Iterable[Change], unit: str) -> list[Compared]:
    """The sums that are not zero in both periods, in words."""
    return [
        Compared(
            name=SUMS[one.what],
            label=sum_name(one.what, unit),
            now=amount_words(one.what, one.now, unit),
            before=amount_words(one.what, one.before, unit),
            change=change_words(one),
            unit=unit if one.what == "tonnage_kg" else "",
        )
        for one in changes
        if one.now or one.before
    ]


def _changes_section(seen: Overview, unit: str) -> Section:
    rows = [
        (one.name, f"{one.now} {one.unit}".strip(), f"{one.before} {one.unit}".strip(), one.change)
        for one in compared(seen.changes, unit)
    ]
    return Section(
        title="The last 4 weeks beside the 4 before, day for day",
        statements=tuple(
            f"{name}: {now}, before {before}: {change}" for name, now, before, change in rows
        ),
        table=table(("Sum", "Last 4 weeks", "4 before", "Change"), rows),
    )


# -- the year --------------------------------------------------------------------------------------


def _months_section(year: Year) -> Section:
    months = _months(year)
    return Section(
        title="Days trained in the last year, by month",
        statements=tuple(f"{name}: {number_of(days, 'day')}" for name, days in months),
        table=table(("Month", "Days"), [(name, str(days)) for name, days in months]),
    )


def _months(year: Year) -> list[tuple[str, int]]:
    """The number of days trained in each month with any, newest first."""
    counts = Counter(day.replace(day=1) for day in year.sets)
    begun = year.first.replace(day=1)
    found = []
    for month in sorted(counts, reverse=True):
        # The year may begin in the middle of a month.
        since = f", from {day_text(year.first)} on" if month == begun else ""
        found.append((f"{month:%B %Y}{since}", counts[month]))
    return found


# -- lifted of what was prescribed, and left against right -----------------------------------------


class Lifted(Struct, frozen=True, kw_only=True):
    """Weight lifted and prescribed in a category: numbers without a unit, the share in words, and
    the same as a fraction (``part``)."""

    category: str
    done: str
    asked: str
    share: str
    part: float


def lifted(found: Iterable[Compliance], unit: str) -> list[Lifted]:
    """Weight lifted and prescribed by category, in ``unit``."""
    return [
        Lifted(
            category=one.name,
            done=amount_words("tonnage_kg", one.done, unit),
            asked=amount_words("tonnage_kg", one.asked, unit),
            share=share_words(one),
            part=one.done / one.asked,
        )
        for one in found
    ]


def _against_section(seen: Overview, unit: str) -> Section:
    rows = [
        (one.category, f"{one.done} {unit}", f"{one.asked} {unit}", one.share)
        for one in lifted(seen.against, unit)
    ]
    return Section(
        title=f"Lifted in the last {SPAN_DAYS} days, of what was prescribed",
        statements=tuple(
            f"{name}: {done} of {asked}, {share}" for name, done, asked, share in rows
        ),
        table=table(("Category", "Lifted", "Prescribed", "Share"), rows),
    )


class Sides(Struct, frozen=True, kw_only=True):
    """The latest (``now``) and the first (``then``) comparison of an exercise's sides, in words.
    ``once`` is a short form of ``then``: the percentage alone if the weaker side is the same, empty
    if the sides were about equal both times."""

    exercise: str
    name: str
    now: str
    then: str
    once: str
    day: date


def sides(found: Iterable[SideTrend], library: Library) -> list[Sides]:
    """The compared sides of exercises, in words."""
    return [
        Sides(
            exercise=one.exercise,
            name=exercise_name(library, one.exercise),
            now=pair_words(one.pairs[-1]),
            then=pair_words(one.pairs[0]),
            once=_once(one.pairs[0], one.pairs[-1]),
            day=one.pairs[0].day,
        )
        for one in found
    ]


def _once(first: Pair, last: Pair) -> str:
    if first.weak is None and last.weak is None:
        return ""
    return f"{first.percent:.0f} %" if first.weak is last.weak else pair_words(first)


def _sides_section(seen: Overview, library: Library) -> Section:
    rows = [(one.name, one.now, one.then, day_text(one.day)) for one in sides(seen.sides, library)]
    return Section(
        title="Left against right",
        statements=tuple(f"{name}: now {now}; {then} on {day}" for name, now, then, day in rows),
        table=table(("Exercise", "Now", "Then", "On"), rows),
        notes=(SIDES_NOTE,),
    )


def _accuracy_section(seen: Overview) -> Section:
    found = seen.accuracy
    said = () if found is None else (accuracy_words(found, whose="the"),)
    return Section(title="Reps left, as expected and as you said", statements=said)


def _tip_section(tip: Tip | None, library: Library) -> Section:
    said = () if tip is None else (tip_words(tip, library),)
    return Section(title="Tip of the week", statements=said)


# -- as JSON ---------------------------------------------------------------------------------------


def overview_doc(seen: Overview, tip: Tip | None = None) -> Doc:
    """The overview as JSON: the weeks, newest first, the year, and the tip of the week, if any."""
    return {
        "date": seen.today.isoformat(),
        "weeks": [_week_doc(week) for week in seen.weeks],
        "trained": seen.trained,
        "known": seen.known,
        "days": SPAN_DAYS,
        "changes": [
            {
                "what": one.what,
                "now": one.now,
                "before": one.before,
                "percent": rounded(one.percent),
            }
            for one in seen.changes
        ],
        "year": _year_doc(seen.year),
        "against": [
            {"category": one.name, "done_kg": one.done, "asked_kg": one.asked}
            for one in seen.against
        ],
        "sides": [
            {"exercise": one.exercise, "pairs": [pair_doc(pair) for pair in one.pairs]}
            for one in seen.sides
        ],
        "accuracy": None if seen.accuracy is None else asdict(seen.accuracy),
        "tip": None if tip is None else asdict(tip),
    }


def _year_doc(seen: Year) -> Doc:
    return {
        "first": seen.first.isoformat(),
        "known": seen.known,
        "trained": seen.trained,
        "streak": seen.streak,
        "longest": seen.longest,
        "days": {day.isoformat(): sets for day, sets in seen.sets.items()},
        "leg_days": [day.isoformat() for day in sorted(seen.legs)],
        "marks": [_mark_doc(mark) for marks in seen.marks.values() for mark in marks],
    }


def _week_doc(week: Week) -> Doc:
    return {
        "monday": week.monday.isoformat(),
        "days": week.days,
        "leg_sessions": week.legs,
        "sums": asdict(week.sums),
        "usual_sets": week.usual,
        "contacts": dict(week.contacts),
        "tonnage_kg": dict(week.tonnage_kg),
        "pain": week.pain,
        "regions": list(week.regions),
        "marks": [_mark_doc(mark) for mark in week.marks],
    }


def _mark_doc(mark: Annotation) -> Doc:
    return {"kind": mark.kind, "date": mark.day.isoformat(), "name": mark.name}
