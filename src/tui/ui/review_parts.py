"""The parts of the review below its weeks, as values: what changed, the contacts, the plan, left
and right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.domain.calculator.jump_fold import TIERS
from tui.domain.model.cells import padded
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.review.context import OTHER
from tui.domain.review.side_balance import Sided
from tui.domain.review.sides import Pair
from tui.domain.review.weeks import Change, Overview
from tui.present.review_words import CHANGED, SIDES_NOTE, change_words, pair_words, share_words
from tui.present.table import GAP
from tui.present.words import amount_words
from tui.ui.review_table import NOTHING, Row, heading, short_date, table_texts, unit_of
from tui.ui.widgets.styled_text import Span, width_of

LEAST_BAR, MOST_BAR = 8, 24
LEAST_NAME, PAIR, WAS = 12, 19, "was "
EIGHTHS = " ▏▎▍▌▋▊▉"
TIER_SIGNS = {"low": "░", "medium": "▒", "high": "█", OTHER: "·"}
DAY_FOR_DAY = "the 28 days up to today beside the 28 days before them"
AGAINST = "lifted of what was prescribed, in those sets of these 28 days that had a load to lift"


def change_rows(changes: Iterable[Change], unit: str) -> list[Row]:
    """The last four weeks beside the four before."""
    told = [one for one in changes if one.now or one.before]
    if not told:
        return []
    head, *lines = table_texts(
        ("", "last 4", "4 before", ""), [_change_cells(one, unit) for one in told]
    )
    rows = [heading("Last 4 weeks beside the 4 before"), Row([(head, "dim")])]
    return [*rows, *(Row([(line, "")], words=DAY_FOR_DAY) for line in lines)]


def _change_cells(one: Change, unit: str) -> tuple[str, ...]:
    name = f"{unit_of(one.what, unit)}{CHANGED[one.what]}"
    now, before = (amount_words(one.what, value, unit) for value in (one.now, one.before))
    return name, now, before, change_words(one)


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
    if not seen.against:
        return []
    cells = [
        (
            amount_words("tonnage_kg", one.done, unit),
            amount_words("tonnage_kg", one.asked, unit),
            share_words(one),
        )
        for one in seen.against
    ]
    done, asked, share = (max(map(len, column)) for column in zip(*cells, strict=True))
    words = [f"{row[0]:>{done}} of {row[1]:>{asked}}  {row[2]:>{share}}" for row in cells]
    left = width - len(words[0]) - len(GAP)
    name = min(left - LEAST_BAR, max(width_of([(one.name, "")]) for one in seen.against) + 2)
    room = min(MOST_BAR, left - name)
    rows = [heading("Lifted against the plan, last 4 weeks", [(f"   {unit}", "dim")])]
    for one, said in zip(seen.against, words, strict=True):
        line: list[Span] = [(padded(one.name, name), ""), (said, ""), (GAP, "")]
        line.append((bar_of(min(1.0, one.done / one.asked), room), "good"))
        rows.append(Row(line, words=AGAINST))
    return rows


def bar_of(share: float, width: int) -> str:
    """A bar of eighths of cells, full at a ``share`` of 1."""
    whole, rest = divmod(round(share * width * 8), 8)
    return ("█" * whole + (EIGHTHS[rest] if rest else "")).ljust(width)


def side_rows(sides: Iterable[Sided], library: Library, width: int) -> list[Row]:
    """Left against right, an exercise a line, now and at first."""
    told = [(exercise_name(library, one.exercise), one) for one in sides]
    if not told:
        return []
    widest = max(width_of([(words, "")]) for words, _ in told) + 2
    name = max(LEAST_NAME, min(widest, width - len(GAP) - 2 * PAIR - len(WAS)))
    rows = [heading("Left against right")]
    for words, one in told:
        line: list[Span] = [(padded(words, name), ""), (f"{pair_words(one.pairs[-1]):<{PAIR}}", "")]
        line.append((f"{GAP}{_before(one.pairs[0], one.pairs[-1])}", "dim"))
        rows.append(Row(line, exercise=one.exercise))
    return [*rows, Row([(SIDES_NOTE, "dim")])]


def _before(first: Pair, last: Pair) -> str:
    """The pair at first; in per cent alone where the weaker side is the same."""
    if first.weak is None and last.weak is None:
        return ""
    same = first.weak is last.weak
    return f"{WAS}{first.percent:.0f} %" if same else f"{WAS}{pair_words(first)}"
