"""Text of the review: consistency, this week, the map of the year, the table of weeks, changes,
contacts, done against plan, left against right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tui.domain.calculator.jump_fold import TIERS
from tui.domain.model.cells import fitted, padded
from tui.domain.model.library.parser import Library
from tui.domain.planning.tips import Tip
from tui.domain.review.context import OTHER
from tui.domain.review.side_balance import SideTrend
from tui.domain.review.week import WeekReview
from tui.domain.review.weeks import WEEKS, Change, Overview, Week
from tui.present.overview import compared, lifted, rested_in_row, sides, span_words, week_cells
from tui.present.review_words import SIDES_NOTE, mark_words
from tui.present.table import GAP
from tui.present.words import amount_words, sum_name, tip_words
from tui.ui.screens.review_table import (
    BLANK,
    NOTHING,
    TELLING,
    Row,
    heading,
    short_date,
    table_texts,
)
from tui.ui.widgets.styled_text import Line, Span, width_of, wrapped
from tui.ui.widgets.year_map import MARKS, map_lines

LABEL, WIDE_GAP, WIDE, LEAST_MARKS = 12, "    ", 100, 12
ALWAYS_OF = ("sessions", "sets")
LEAST_BAR, MOST_BAR = 8, 24
LEAST_NAME, PAIR, WAS = 12, 19, "was "
EIGHTHS = " ▏▎▍▌▋▊▉"
TIER_SIGNS = {"low": "░", "medium": "▒", "high": "█", OTHER: "·"}
DAY_FOR_DAY = "The 28 days up to today beside the 28 days before them."
REST_WEEKS = "weeks of rest break none"
AGAINST = "Lifted of what was prescribed, in those sets of these 28 days that had a weight."


def title_line(seen: Overview, width: int) -> Line:
    """How consistent the training was, with the weeks in a row if there are at least two."""
    room = width - LABEL
    words = next((said for said in _steadily(seen) if len(said) <= room), _steadily(seen)[-1])
    return [(f"{'Review':<{LABEL}}", "loud"), (fitted(words, room), "strong")]


def _steadily(seen: Overview) -> list[str]:
    """The consistency in words, the longest version first."""
    if not seen.trained:
        return [
            f"No session in the last {WEEKS} weeks. Begin again whenever you like.",
            f"No session in the last {WEEKS} weeks",
        ]
    if seen.known == 1:
        return ["Your first week"]
    known, row = f"{seen.known} weeks", seen.year.streak
    head = f"Trained in {seen.trained} of"
    if row < 2:  # One week is not a row.
        return [f"{head} {span_words(seen)}", f"{head} {known}"]
    if rested_in_row(seen):
        head = f"{seen.trained} of"
        return [
            f"Trained in {head} {span_words(seen)}, {row} weeks in a row ({REST_WEEKS})",
            f"{head} {span_words(seen)}, {row} in a row ({REST_WEEKS})",
            f"{head} {known}, {row} in a row (rest breaks none)",
        ]
    return [f"{head} {span_words(seen)}, {row} weeks in a row", f"{head} {known}, {row} in a row"]


def this_week_line(look: WeekReview, unit: str, width: int, usual: int | None = None) -> Line:
    """The sums of this week, done of planned, the most telling first, as many as fit. ``usual``
    are the programme's sets in a usual week, told if this week plans another number."""
    parts = [words for what in TELLING if (words := _part(look, what, unit, usual))]
    line: list[Span] = [(f"{'This week':<{LABEL}}", "strong")]
    for number, words in enumerate(parts or ["Nothing is planned; that is fine."]):
        between = " · " if number else ""
        if width_of(line) + len(between) + len(words) <= width:
            line += [(between, "dim"), (words, "")]
    return line


def _part(look: WeekReview, what: str, unit: str, usual: int | None) -> str:
    done, whole = getattr(look.done_sums, what), getattr(look.whole_sums, what)
    if not whole:
        return ""
    words = amount_words(what, done, unit)
    # A load left to the runner counts as 0 in the plan.
    if whole > done or getattr(look.planned_sums, what) or what in ALWAYS_OF:
        words = f"{words} of {amount_words(what, whole, unit)}"
    told = f"{words} {sum_name(what, unit)}"
    other = what == "sets" and usual not in (None, round(whole))
    return f"{told} ({usual} in a usual week)" if other else told


# -- weeks as a table ------------------------------------------------------------------------------


def week_table(seen: Overview, unit: str, width: int) -> list[Row]:
    """The weeks since the log began, newest first, under the column names."""
    weeks = seen.weeks[: seen.known]
    any_usual = any(week.usual is not None for week in weeks)
    cells = [_week_cells(week, unit, usual=any_usual) for week in weeks]
    heads = ["Sets/usual" if name == "Sets" and any_usual else name for name in cells[0]]
    texts = [list(row.values()) for row in cells]
    gap = WIDE_GAP if width >= WIDE else GAP
    head, *lines = table_texts(heads, texts, gap)
    if len(head) + LEAST_MARKS > width:
        # In a narrow terminal the column is headed by the unit alone.
        gap = " "
        head, *lines = table_texts([name.removesuffix(" lifted") for name in heads], texts, gap)
    rows = [Row([(fitted(head, width), "dim")])]
    for week, line in zip(weeks, lines, strict=True):
        shown = fitted(line, width)
        marks = _mark_spans(week, seen.today, width - len(shown) - len(gap))
        between = [(gap, "")] if marks else []
        rows.append(Row([(shown, "" if week.days else "dim"), *between, *marks], week=week.monday))
    return rows


def _week_cells(week: Week, unit: str, *, usual: bool) -> dict[str, str]:
    """The numbers of a week by column, without zeros, and the usual sets behind the sets."""
    cells = {"Week": short_date(week.monday), **week_cells(week, unit)}
    cells["Days"], cells["Legs"] = str(week.days or NOTHING), str(week.legs or "")
    usual_sets = cells.pop("Usual") or NOTHING
    if usual and week.days:
        cells["Sets"] += f"/{usual_sets}"
    return cells


def _mark_spans(week: Week, today: date, room: int) -> list[Span]:
    """What is special about a week, in words, or as signs (as on the map) if there is no room."""
    if room < LEAST_MARKS:
        kinds = {mark.kind for mark in week.marks}
        signs = [(sign, role) for kind, (sign, _, role) in MARKS.items() if kind in kinds]
        return signs[: max(0, room)]
    so_far = ["so far"] if (today - week.monday).days < 6 else []
    words = "; ".join([*so_far, *map(mark_words, week.marks)])
    return [(fitted(words, room), "" if week.marks else "dim")]


# -- below the weeks -------------------------------------------------------------------------------


def change_rows(changes: Iterable[Change], unit: str) -> list[Row]:
    """The last four weeks against the four before."""
    told = compared(changes, unit)
    if not told:
        return []
    head, *lines = table_texts(
        ("", "last 4", "4 before", ""),
        [(one.label, one.now, one.before, one.change) for one in told],
    )
    rows = [heading("Last 4 weeks beside the 4 before"), Row([(head, "dim")])]
    return [*rows, *(Row([(line, "")], words=DAY_FOR_DAY) for line in lines)]


def contact_rows(seen: Overview, width: int) -> list[Row]:
    """Foot contacts by tier and week, as numbers and as a stacked bar."""
    weeks = seen.weeks[: seen.known]
    tiers = [tier for tier in (*TIERS, OTHER) if any(tier in week.contacts for week in weeks)]
    if not tiers:
        return []
    head, *lines = table_texts(
        ("Week", *tiers, "in all"),
        [
            (
                short_date(week.monday),
                *(str(week.contacts.get(tier) or NOTHING) for tier in tiers),
                str(week.sums.contacts or NOTHING),
            )
            for week in weeks
        ],
    )
    # Even the smallest tier takes a cell.
    room = min(MOST_BAR, width - len(head) - len(GAP) - len(tiers))
    most = max(week.sums.contacts for week in weeks)
    legend: list[Span] = []
    for tier in tiers:
        legend += [(f"   {TIER_SIGNS[tier]}", "good"), (f" {tier}", "dim")]
    rows = [heading("Contacts by tier", legend), Row([(head, "dim")])]
    for week, line in zip(weeks, lines, strict=True):
        bar = _stacked(week.contacts, tiers, room / most) if room >= LEAST_BAR else ""
        role = "" if week.contacts else "dim"
        rows.append(Row([(line, role), (GAP, ""), (bar, "good")], week=week.monday))
    return rows


def _stacked(contacts: Mapping[str, int], tiers: Iterable[str], scale: float) -> str:
    """A stacked bar with a sign for each tier; a tier that is not empty gets at least one cell."""
    bar, total = "", 0
    for tier in tiers:
        total += contacts.get(tier, 0)
        more = round(total * scale) - len(bar)
        bar += TIER_SIGNS[tier] * max(more, 1 if contacts.get(tier) else 0)
    return bar


def against_rows(seen: Overview, unit: str, width: int) -> list[Row]:
    """What was lifted against what was prescribed, by category."""
    told = lifted(seen.against, unit)
    if not told:
        return []
    done, asked, share = (
        max(map(len, column))
        for column in zip(*((one.done, one.asked, one.share) for one in told), strict=True)
    )
    words = [f"{one.done:>{done}} of {one.asked:>{asked}}  {one.share:>{share}}" for one in told]
    left = width - len(words[0]) - len(GAP)
    name = min(left - LEAST_BAR, max(width_of([(one.category, "")]) for one in told) + 2)
    room = min(MOST_BAR, left - name)
    rows = [heading("Lifted against the plan, last 4 weeks", [(f"   {unit}", "dim")])]
    for one, said in zip(told, words, strict=True):
        line: list[Span] = [(padded(one.category, name), ""), (said, ""), (GAP, "")]
        line.append((bar_of(min(1.0, one.part), room), "good"))
        rows.append(Row(line, words=AGAINST))
    return rows


def bar_of(share: float, width: int) -> str:
    """A bar drawn to an eighth of a cell, full at a ``share`` of 1."""
    whole, rest = divmod(round(share * width * 8), 8)
    return ("█" * whole + (EIGHTHS[rest] if rest else "")).ljust(width)


def side_rows(found: Iterable[SideTrend], library: Library, width: int) -> list[Row]:
    """Left against right, a line for each exercise, now and at first."""
    told = sides(found, library)
    if not told:
        return []
    widest = max(width_of([(one.name, "")]) for one in told) + 2
    name = max(LEAST_NAME, min(widest, width - len(GAP) - 2 * PAIR - len(WAS)))
    rows = [heading("Left against right")]
    for one in told:
        line: list[Span] = [(padded(one.name, name), ""), (f"{one.now:<{PAIR}}", "")]
        line.append((f"{GAP}{WAS}{one.once}" if one.once else GAP, "dim"))
        rows.append(Row(line, exercise=one.exercise))
    return [*rows, Row([(SIDES_NOTE, "dim")])]


# -- all of it -------------------------------------------------------------------------------------


def tip_rows(tip: Tip | None, library: Library, width: int) -> list[Row]:
    """The tip of the week, if there is one to show."""
    if tip is None:
        return []
    words = tip_words(tip, library)
    return [Row(line) for line in wrapped(words, width, indent=f"{'Tip':<{LABEL}}")]


def review_rows(
    seen: Overview,
    look: WeekReview,
    library: Library,
    unit: str,
    width: int,
    tip: Tip | None = None,
    *,
    low: bool = False,
) -> list[Row]:
    """The whole review as rows, in a width of cells; the cursor belongs on this week, the first row
    where it stops. In a ``low`` terminal the map of the year comes last, so that this week is in
    sight."""
    usual = seen.weeks[0].usual if seen.weeks else None
    rows = [Row(title_line(seen, width)), Row(this_week_line(look, unit, width, usual))]
    rows += [*tip_rows(tip, library, width), BLANK]
    year = [Row(line) for line in map_lines(seen.year, width)]
    rows += [*([] if low else year), *week_table(seen, unit, width)]
    for part in (
        change_rows(seen.changes, unit),
        contact_rows(seen, width),
        against_rows(seen, unit, width),
        side_rows(seen.sides, library, width),
    ):
        rows += [BLANK, *part] if part else []
    return [*rows, BLANK, *year] if low else rows


def empty_lines(*, logged: bool) -> list[Line]:
    """The text shown when there is nothing to review; ``logged``: there was, more than a year
    ago."""
    words = "No session is finished yet. What you do will be seen here, week by week."
    then = "logs your first set"
    if logged:
        words = "No session in the last year. Begin again whenever you like."
        then = "logs a set"
    keys: Line = [
        ("q", "accent"),
        (" goes back; on Today ", ""),
        ("enter", "accent"),
        (f" {then}", ""),
    ]
    return [[("Review", "loud")], [], [(words, "")], [], keys]
