"""The drawing of the season: a column for each week up to the race."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from tui.domain.model.dates import monday
from tui.domain.model.text import as_sentence, clean, number_of
from tui.domain.planning.outlook import Bar, Outlook, rest_word
from tui.domain.planning.race_weeks import WeekKind
from tui.domain.planning.wording import short_day
from tui.ui.screens.season_lines import DONE, LIGHT, PLANNED
from tui.ui.widgets.styled_text import Line, Span, width_of

# Cells per week; the widest has room for the word of a single week.
NARROWEST, WIDEST = 2, 6
MOST_ROWS = 3
MORE = "+"
NOT_COUNTED = "–"
NOW, SHOWN = "▼", "▽"
# The kinds of week: a sign if there is room for one cell, a word if there is more.
SIGNS = {
    WeekKind.EASIER: ("e", "easy"),
    WeekKind.TAPER: ("T", "taper"),
    WeekKind.REST: ("R", "rest"),
    WeekKind.RACE: ("!", "race"),
    WeekKind.AFTER: ("a", "after"),
    WeekKind.PAUSED: ("p", "paused"),
}
LOUD = {WeekKind.TAPER: "warn", WeekKind.RACE: "loud"}
EVERY_WEEKS = 4


class View(Struct, frozen=True, kw_only=True):
    """The weeks that are drawn, each ``cell`` cells wide; ``short_of`` is the number of weeks from
    the last of them to the race, 0 if the race is drawn."""

    bars: tuple[Bar, ...]
    cell: int
    short_of: int = 0


class Drawing(Struct, frozen=True, kw_only=True):
    """The rows of the drawing from the top, and its legend."""

    months: Line
    weeks: Line
    band: Line
    stack: tuple[Line, ...]
    legend: Line


def view(outlook: Outlook, today: date, width: int) -> View:
    """The weeks that fit, as wide as possible. If there is no room, past weeks are dropped first,
    then those furthest ahead."""
    bars = outlook.bars
    room = width - 1
    if len(bars) * NARROWEST > room:
        bars = tuple(bar for bar in bars if bar.monday >= monday(today))
    bars = bars[: max(1, room // NARROWEST)]
    race = outlook.race
    short_of = 0 if race is None else (monday(race.day) - bars[-1].monday).days // 7
    cell = max(NARROWEST, min(WIDEST, room // len(bars)))
    return View(bars=bars, cell=cell, short_of=max(0, short_of))


def drawing(seen: View, programme: str, today: date, shown: date) -> Drawing:
    """Draw the season. ``programme`` is the name for weeks without a phase, ``shown`` the Monday of
    the week shown on the screen."""
    band, signs = _band(seen, programme)
    marks = [(NOW, "now")]
    if shown != monday(today):
        marks.append((SHOWN, "shown"))
    return Drawing(
        months=_months(seen),
        weeks=_weeks(seen, monday(today), shown),
        band=band,
        stack=_stack(seen),
        legend=_legend(seen, signs, marks),
    )


# -- rows of cells ---------------------------------------------------------------------------------


class _Cells:
    """A row of the drawing that is filled cell by cell; cell 0, before the first week, is blank."""

    def __init__(self, seen: View) -> None:
        self.cell = seen.cell
        self.cells: list[Span] = [(" ", "")] * (1 + len(seen.bars) * seen.cell)

    def start(self, week: int) -> int:
        """The first cell of a week."""
        return 1 + week * self.cell

    def end(self, week: int) -> int:
        """The last cell of a week, which holds its signs."""
        return self.start(week + 1) - 1

    def put(self, at: int, words: str, role: str) -> bool:
        """Write words if the cells, and one on each side, are free; whether they were."""
        end = at + width_of([(words, role)])
        if at < 0 or end > len(self.cells):
            return False
        if any(there != " " for there, _ in self.cells[max(0, at - 1) : end + 1]):
            return False
        self.sign(at, words, role)
        return True

    def sign(self, at: int, words: str, role: str) -> None:
        """Write words over whatever is there."""
        # The whole text goes into its first cell: a character may take two cells, or none.
        if size := width_of([(words, role)]):
            self.cells[at : at + size] = [(words, role), *[("", role)] * (size - 1)]

    def line(self) -> Line:
        """The row without its trailing blanks; the leading ones are a span of their own."""
        first = next((n for n, (there, _) in enumerate(self.cells) if there != " "), 0)
        spans: list[Span] = [(" " * first, "")]
        for role, run in groupby(self.cells[first:], key=lambda cell: cell[1]):
            spans.append(("".join(there for there, _ in run), role))
        while spans and not spans[-1][0].strip():
            spans.pop()
        return spans


def _months(seen: View) -> Line:
    """The name of each month, above the first week that begins in it, if there is room."""
    row = _Cells(seen)
    for n, bar in enumerate(seen.bars):
        if n == 0 or bar.monday.month != seen.bars[n - 1].monday.month:
            name = f"{bar.monday:%b}"
            row.put(row.start(n) + max(0, seen.cell - len(name)), name, "dim")
    return row.line()


def _weeks(seen: View, now: date, shown: date) -> Line:
    """The week numbers, with marks at this week and at the one shown. If the numbers would touch,
    only every fourth, and the marks replace the numbers of their weeks."""
    row = _Cells(seen)
    close = seen.cell == NARROWEST
    for n, bar in enumerate(seen.bars):
        number = _number(bar, close=close)
        at = row.end(n) + 1 - len(number)
        mark = NOW if bar.monday == now else SHOWN if bar.monday == shown else ""
        if mark:
            row.sign(row.end(n) if close else at - 1, mark, "accent")
        if mark and not close:
            row.sign(at, number, "strong")
    for n, bar in enumerate(seen.bars):
        number = _number(bar, close=close)
        at = row.end(n) + 1 - len(number)
        if bar.monday in (now, shown):
            continue
        if not close:
            row.sign(at, number, "dim")
        elif bar.number % EVERY_WEEKS == 0:
            row.put(at, number, "dim")
    return row.line()


def _number(bar: Bar, *, close: bool) -> str:
    """The number of a programme's week. A week without a session does not count: the next one has
    its number, so it has a sign instead, unless numbers are too ``close`` for each to be told."""
    return NOT_COUNTED if _is_empty(bar) and not close else str(bar.number or "")


def _is_empty(bar: Bar) -> bool:
    return bool(bar.number) and not bar.done + bar.planned


def _band(seen: View, programme: str) -> tuple[Line, list[WeekKind]]:
    """The kinds or phases of the weeks, as a word if it fits, else as a sign; and the kinds shown
    by a sign."""
    row = _Cells(seen)
    signs: list[WeekKind] = []
    weeks = list(enumerate(seen.bars))
    for (kind, phase), run in groupby(weeks, key=lambda week: (week[1].kind, _phase(week[1]))):
        places = [n for n, _ in run]
        first, last = row.start(places[0]) + 1, row.end(places[-1])
        if kind is WeekKind.PAST:
            continue
        sign, word = SIGNS.get(kind, ("", phase or programme))
        role = LOUD.get(kind, "dim" if sign == "" else "")
        room = last - first + 1
        left = room - width_of([(word, role)])
        if left >= 0:
            row.sign(first, clean(f"{word} {'─' * (left - 1)}" if left > 1 else word), role)
        elif sign:
            signs.append(kind)
            for n in places:
                row.sign(row.end(n), sign, role)
        else:
            row.sign(first, "─" * room, role)
    return row.line(), list(dict.fromkeys(signs))


def _phase(bar: Bar) -> str:
    """The phase by which usual weeks are grouped; empty for special weeks."""
    return bar.phase if bar.kind is WeekKind.USUAL else ""


def _stack(seen: View) -> tuple[Line, ...]:
    """The sessions of each week as a stack, those done at the bottom."""
    most = max(bar.done + bar.planned for bar in seen.bars)
    rows = max(1, min(MOST_ROWS, most))
    lines = []
    for level in range(rows, 0, -1):
        row = _Cells(seen)
        for n, bar in enumerate(seen.bars):
            sign, role = _session(bar, level, rows)
            if sign:
                row.sign(row.end(n), sign, role)
        lines.append(row.line())
    return tuple(lines)


def _session(bar: Bar, level: int, rows: int) -> Span:
    """The sign at a level of a week's stack, 1 at the bottom."""
    every = bar.done + bar.planned
    if level > every:
        return "", ""
    if level == rows and every > rows:
        return MORE, "dim"
    if level <= bar.done:
        return DONE, "good"
    return LIGHT if bar.kind is WeekKind.AFTER else PLANNED, ""


def _legend(seen: View, signs: Sequence[WeekKind], marks: Sequence[tuple[str, str]]) -> Line:
    """The signs that are used, with their meaning."""
    bars = seen.bars
    wanted = [(DONE, "done"), (PLANNED, "planned"), *(SIGNS[kind] for kind in signs), *marks]
    if any(bar.kind is WeekKind.AFTER and bar.planned for bar in bars):
        wanted.append((LIGHT, "light"))
    if any(bar.done + bar.planned > MOST_ROWS for bar in bars):
        wanted.append((MORE, "more"))
    if seen.cell > NARROWEST and any(map(_is_empty, bars)):
        wanted.append((NOT_COUNTED, "no session, not counted"))
    line: list[Span] = []
    for sign, word in wanted:
        line += [("  " if line else " ", ""), (sign, "strong"), (f" {word}", "dim")]
    return line


def fitting(legend: Line, width: int) -> Line:
    """A legend without the last entries, as far as they do not fit."""
    line = list(legend)
    while width_of(line) > width:
        del line[-3:]
    return line


# -- when ------------------------------------------------------------------------------------------


def dates_line(outlook: Outlook, today: date) -> str:
    """When the taper and the race week, or rest, begin; without a race, how to add one."""
    race = outlook.race
    if race is None:
        sunday = _sunday(today)
        return f"No race ahead. a adds one: {sunday.day} {sunday:%b} Ridge Ultra."
    said = []
    if outlook.taper_from is not None:
        said.append(_begins("taper", outlook.taper_from, today))
    if outlook.rest_from is not None:
        rest = rest_word(race, outlook.rest_from)
        day = short_day(outlook.rest_from)
        said.append(f"{rest} from {day}" if said else _begins(rest, outlook.rest_from, today))
    return as_sentence("; ".join(said))


def short_line(seen: View) -> str:
    """Says if the race is beyond the weeks drawn; else empty."""
    if not seen.short_of:
        return ""
    weeks = number_of(seen.short_of, "week")
    return f"Drawn are the {len(seen.bars)} weeks that fit; the race is {weeks} beyond."


def _begins(what: str, day: date, today: date) -> str:
    if day < today:
        return f"{what} began {short_day(day)}"
    return f"{what} from {short_day(day)}, {_away(day, today)}"


def _away(day: date, today: date) -> str:
    """How far ahead a day is, in days, or from two weeks in weeks."""
    left = (day - today).days
    if left < 2:
        return "tomorrow" if left else "today"
    return f"in {left // 7} weeks" if left >= 14 else f"in {left} days"


def _sunday(today: date) -> date:
    """A Sunday some twelve weeks ahead, so that the example can be typed as it is."""
    return monday(today) + timedelta(weeks=12, days=6)
