"""Text of the week screen: done against planned, the sessions, and the sets of each exercise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from tui.domain.model.cells import fitted, padded
from tui.domain.model.dates import monday
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import Sums
from tui.domain.model.values import Session
from tui.domain.planning.placement import Placed
from tui.domain.planning.wording import clauses, placed_words, short_day
from tui.domain.review.annotations import Annotation
from tui.domain.review.context import hard_on_legs
from tui.domain.review.week import WeekReview
from tui.present.review_words import mark_words
from tui.present.week import SETS, week_sets
from tui.present.words import amount_words, session_title, sum_name, sums_words
from tui.ui.screens.review_table import BLANK, NOTHING, TELLING, Row, heading, table_texts
from tui.ui.screens.season_lines import DONE, LIGHT, PLANNED, session_words
from tui.ui.widgets.styled_text import Line, Span, width_of

APART = "   "
MOST_DOTS, DATE, LEAST_NAME = 12, 12, 20
BEFORE = "Nothing was logged this week; no need to make up for that."
AHEAD = "Nothing is planned for this week; that is fine."


class OneWeek(Struct, frozen=True, kw_only=True):
    """A week and what is special about it, seen on the day ``today``."""

    look: WeekReview
    marks: tuple[Annotation, ...]
    library: Library
    unit: str
    today: date
    hours: int = 24

    @property
    def ahead(self) -> int:
        """How many weeks it is ahead of this one; negative if it is past."""
        return (self.look.monday - monday(self.today)).days // 7


def week_rows(week: OneWeek, width: int) -> list[Row]:
    """The week as rows, in a width of cells; the cursor belongs on the first row where it stops."""
    rows = [Row(title_line(week, width)), BLANK]
    look = week.look
    if not (look.done or look.planned):
        return [*rows, Row([(BEFORE if week.ahead < 0 else AHEAD, "")])]
    rows += sum_rows(week)
    rows += [BLANK, heading("Sessions")]
    name = _name_width(week, width)
    rows += [_done_row(week, session, made, name, width) for session, made in look.done]
    rows += [_planned_row(week, placed, made, name, width) for placed, made in look.planned]
    if look.sets:
        rows += [BLANK, heading(SETS), *_set_rows(week, width)]
    return rows


def title_line(week: OneWeek, width: int) -> Line:
    """Which week it is, how far from this one, and what is special about it."""
    first = week.look.monday
    year = "" if first.year == week.today.year else f" {first.year}"
    line: list[Span] = [(f"Week of {short_day(first)}{year}", "loud"), (f"   {_off(week)}", "dim")]
    if words := "; ".join(map(mark_words, week.marks)):
        line.append(("   ", ""))
        line.append((fitted(words, width - width_of(line)), "strong"))
    return line


def _off(week: OneWeek) -> str:
    near = {-1: "last week", 0: "this week", 1: "next week"}
    far = f"in {week.ahead} weeks" if week.ahead > 0 else f"{-week.ahead} weeks ago"
    return near.get(week.ahead, far)


# -- what it adds up to ----------------------------------------------------------------------------


def sum_rows(week: OneWeek) -> list[Row]:
    """The sums, done and still planned. If nothing is left to do, or nothing is done yet, only one
    column."""
    look = week.look
    done, left, planned = look.done_sums, look.left_out, look.planned_sums
    told = [("sessions", done.sessions, 0, planned.sessions)]
    told += [("leg sessions", legs, 0, will) for legs, will in [_legs(week)]]
    told += [
        (what, getattr(done, what), getattr(left, what), getattr(planned, what))
        for what in TELLING[1:]
    ]
    told = [one for one in told if any(one[1:])]
    heads = ("done" if look.done else "", "left out" if left.sets else "")
    head, *lines = table_texts(
        ("", *heads, "planned" if look.planned else ""),
        [_sum_cells(week, *one) for one in told],
        APART,
    )
    rows = [Row([(head, "dim")])]
    for (_, did, out, will), words in zip(told, lines, strict=True):
        line: list[Span] = [(words, "")]
        # A load left to the runner counts as 0 in the plan.
        if look.done and out + will:
            line += [(APART, ""), *dots(did, out + will)]
        rows.append(Row(line))
    return rows


def _sum_cells(
    week: OneWeek, what: str, done: float, left: float, planned: float
) -> tuple[str, str, str, str]:
    """The cells of one sum: name, done, left out, planned; a dash for zero, empty if the column is
    not shown."""
    name = sum_name(what, week.unit) if what in TELLING else what
    did, out, will = (
        amount_words(what, n, week.unit) if n else NOTHING for n in (done, left, planned)
    )
    look = week.look
    return (
        name,
        did if look.done else "",
        out if look.left_out.sets else "",
        will if look.planned else "",
    )


def _legs(week: OneWeek) -> tuple[int, int]:
    """The number of sessions hard on the legs, done and planned."""
    known = week.library.exercises
    done = sum(hard_on_legs(session, known) for session, _ in week.look.done)
    return done, sum(placed.wanted.legs for placed, _ in week.look.planned)


def dots(done: float, planned: float) -> list[Span]:
    """A dot for each one done and planned; if there are too many, the dots show the share."""
    total = done + planned
    if total > MOST_DOTS or total != int(total):
        share = max(1 if done else 0, round(done * MOST_DOTS / total))
        full = min(share, MOST_DOTS - 1 if planned else MOST_DOTS)
        empty = MOST_DOTS - full
    else:
        full, empty = int(done), int(planned)
    return [(DONE * full, "good"), (PLANNED * empty, "dim")]


# -- its sessions and exercises --------------------------------------------------------------------


def _name_width(week: OneWeek, width: int) -> int:
    """The width of the column with the names of sessions, in cells."""
    look = week.look
    names = [session_title(session, week.library) for session, _ in look.done]
    names += [session_words(placed, week.hours) for placed, _ in look.planned]
    widest = max(width_of([(name, "")]) for name in names) + 2
    return max(LEAST_NAME, min(widest, (width - DATE) // 2))


def _done_row(week: OneWeek, session: Session, made: Sums, name: int, width: int) -> Row:
    head: list[Span] = [(DONE, "good"), (f" {short_day(session.day):<{DATE}}", "")]
    head.append((padded(session_title(session, week.library), name), "strong"))
    return Row(_with_sums(head, made, week.unit, width), session=session.id)


def _planned_row(week: OneWeek, placed: Placed, made: Sums, name: int, width: int) -> Row:
    head: list[Span] = [(LIGHT if placed.light else PLANNED, "strong")]
    head.append((f" {short_day(placed.day):<{DATE}}", ""))
    head.append((padded(session_words(placed, week.hours), name), ""))
    return Row(_with_sums(head, made, week.unit, width), words=_why(week, placed))


def _why(week: OneWeek, placed: Placed) -> str:
    """When a session is planned and why it is there."""
    when = " ".join(filter(None, [short_day(placed.day), placed_words(placed, week.hours)]))
    return ": ".join(filter(None, [when, clauses(placed.reasons)]))


def _with_sums(head: Line, made: Sums, unit: str, width: int) -> Line:
    """A row with as many of its sums as fit."""
    line = list(head)
    for number, words in enumerate(sums_words(made, unit)):
        gap = "  " if number else ""
        if width_of(line) + len(gap) + len(words) <= width:
            line.append((f"{gap}{words}", "dim"))
    return line


def _set_rows(week: OneWeek, width: int) -> Iterable[Row]:
    told = week_sets(week.look, week.library)
    bars = [dots(one.done, one.planned) for one in told]
    many = [_of(one.done, one.planned) for one in told]
    bar = max(map(width_of, bars)) + 2
    widest = max(width_of([(one.name, "")]) for one in told) + 2
    name = max(LEAST_NAME, min(widest, width - bar - max(map(len, many))))
    for one, drawn, words in zip(told, bars, many, strict=True):
        gap = " " * (bar - width_of(drawn))
        line = [(padded(one.name, name), ""), *drawn, (f"{gap}{words}", "")]
        yield Row(line, exercise=one.exercise)


def _of(done: int, planned: int) -> str:
    return f"{done} of {done + planned}" if planned else f"{done}"
