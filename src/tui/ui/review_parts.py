"""The parts of the review below its weeks, as values: what changed, the contacts, the plan, left
and right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.domain.calculator.jump_fold import TIERS
from tui.domain.model.cells import padded
from tui.domain.model.library.parser import Library
from tui.domain.review.context import OTHER
from tui.domain.review.side_balance import Sided
from tui.domain.review.weeks import Change, Overview
from tui.present.overview import compared, lifted, sides
from tui.present.review_words import SIDES_NOTE
from tui.present.table import GAP
from tui.ui.review_table import NOTHING, Row, heading, short_date, table_texts
from tui.ui.widgets.styled_text import Span, width_of

LEAST_BAR, MOST_BAR = 8, 24
LEAST_NAME, PAIR, WAS = 12, 19, "was "
EIGHTHS = " ▏▎▍▌▋▊▉"
TIER_SIGNS = {"low": "░", "medium": "▒", "high": "█", OTHER: "·"}
DAY_FOR_DAY = "the 28 days up to today beside the 28 days before them"
AGAINST = "lifted of what was prescribed, in those sets of these 28 days that had a load to lift"


def change_rows(changes: Iterable[Change], unit: str) -> list[Row]:
    """The last four weeks beside the four before."""
    told = compared(changes, unit)
    if not told:
        return []
    head, *lines = table_texts(
        ("", "last 4", "4 before", ""),
        [(f"{one.unit} {one.name}".strip(), one.now, one.before, one.change) for one in told],
    )
    rows = [heading("Last 4 weeks beside the 4 before"), Row([(head, "dim")])]
    return [*rows, *(Row([(line, "")], words=DAY_FOR_DAY) for line in lines)]


def contact_rows(seen: Overview, width: int) -> list[Row]:
    """Foot contacts by tier, week by week, as numbers and as a bar of signs."""
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
                str(sum(week.contacts.values()) or NOTHING),
            )
            for week in weeks
        ],
    )
    # A tier with little in it takes a cell all the same.
    room = min(MOST_BAR, width - len(head) - len(GAP) - len(tiers))
    most = max(sum(week.contacts.values()) for week in weeks)
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
    """A bar in which each tier has its sign; some of it is never nothing."""
    bar, total = "", 0
    for tier in tiers:
        total += contacts.get(tier, 0)
        more = round(total * scale) - len(bar)
        bar += TIER_SIGNS[tier] * max(more, 1 if contacts.get(tier) else 0)
    return bar


def against_rows(seen: Overview, unit: str, width: int) -> list[Row]:
    """What was lifted beside what was prescribed, by category."""
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
    """A bar of eighths of cells, full at a ``share`` of 1."""
    whole, rest = divmod(round(share * width * 8), 8)
    return ("█" * whole + (EIGHTHS[rest] if rest else "")).ljust(width)


def side_rows(found: Iterable[Sided], library: Library, width: int) -> list[Row]:
    """Left against right, an exercise a line, now and at first."""
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
