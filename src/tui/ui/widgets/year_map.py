"""The year as a heat map: a column per week, a row per weekday, shaded by the sets done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from tui.domain.model.dates import DAYS
from tui.domain.review.year import Year
from tui.ui.widgets.styled_text import Line, Span, width_of

LABEL, APART = 4, 2
NONE, TODAY = "·", "◂"
SHADES = ("░", "▒", "█")
# What is special about a week: sign, word, role; the most important first.
MARKS = {
    "race": ("!", "race", "loud"),
    "programme": ("P", "programme", "accent"),
    "block": ("B", "block", "accent"),
    "step_down": ("e", "easier", ""),
}


class Shades(Struct, frozen=True):
    """From how many work sets a day is ``usual`` for the runner, and from how many it is
    ``many``."""

    usual: int
    many: int

    def sign(self, sets: int) -> str:
        """The sign of a day with this many sets, at least one."""
        return SHADES[(sets >= self.usual) + (sets >= self.many)]


class _Map(Struct, frozen=True, kw_only=True):
    """The data of the map: its weeks by their ``mondays``, each ``cell`` cells wide. Days before
    ``begun``, the start of the log, are blank."""

    year: Year
    mondays: Sequence[date]
    cell: int
    shades: Shades
    begun: date


def shades(year: Year) -> Shades:
    """The shades of a year: usual is within a third of the median day, so that the map is useful
    for a few sets every day and for two hours a week (source project)."""
    every = sorted(year.sets.values())
    middle = every[len(every) // 2] if every else 1
    return Shades(usual=max(1, -(-2 * middle // 3)), many=4 * middle // 3 + 1)


def map_lines(year: Year, width: int) -> list[Line]:
    """The map in a width of cells: months, the days from Monday to Sunday, the marks of special
    weeks, and the legend, beside the map if there is room, else below. A week takes two cells if
    there is room, else one; if that is still too wide, the first weeks are left out."""
    shown = _map(year, width)
    rows = [_months(shown), *(_day_row(shown, number) for number in range(len(DAYS)))]
    if any(year.marks.get(day) for day in shown.mondays):
        rows.append(_marks(shown))
    legend = _legend(shown)
    edge = LABEL + shown.cell * len(shown.mondays) + 1 + APART
    if edge + max(map(width_of, legend)) > width or len(legend) >= len(rows):
        return [*rows, _below(legend, width), []]
    beside: list[Line] = [[], *legend]
    for row, entry in zip(rows, beside, strict=False):
        if entry:
            row += [(" " * (edge - width_of(row)), ""), *entry]
    return [*rows, []]


def _map(year: Year, width: int) -> _Map:
    count = (year.today - year.first).days // 7 + 1
    cell = 2 if LABEL + 2 * count + 1 <= width else 1
    left_out = count - min(count, max(1, width - LABEL - 1))
    return _Map(
        year=year,
        mondays=[year.first + timedelta(weeks=n) for n in range(left_out, count)],
        cell=cell,
        shades=shades(year),
        begun=year.first + timedelta(weeks=count - year.known),
    )


def _months(shown: _Map) -> list[Span]:
    """The name of each month, above the first week that begins in it, if there is room."""
    mondays, cell = shown.mondays, shown.cell
    begins = [
        (n * cell, f"{day:%b}")
        for n, day in enumerate(mondays)
        if n == 0 or day.month != mondays[n - 1].month
    ]
    row = " " * LABEL
    for place, (at, name) in enumerate(begins):
        end = begins[place + 1][0] if place + 1 < len(begins) else len(mondays) * cell
        if end - at >= len(name) + (place + 1 < len(begins)):
            row = f"{row:<{LABEL + at}}{name}"
    return [(row, "dim")]


def _day_row(shown: _Map, number: int) -> list[Span]:
    today = shown.year.today
    days = [day + timedelta(days=number) for day in shown.mondays]
    cells = [_sign(shown, day) for day in days if day <= today]
    row: list[Span] = [(f"{DAYS[number]} ", "dim"), *_joined(cells)]
    return [*row, (TODAY, "accent")] if days[-1] == today else row


def _sign(shown: _Map, day: date) -> Span:
    if day < shown.begun:
        return " " * shown.cell, ""
    sets = shown.year.sets.get(day)
    sign, role = (shown.shades.sign(sets), "good") if sets else (NONE, "dim")
    return f"{sign:<{shown.cell}}", role


def _joined(cells: Sequence[Span]) -> list[Span]:
    """Neighbouring cells with the same role merged into one span: fewer bytes on a slow line."""
    runs = groupby(cells, key=lambda one: one[1])
    return [("".join(words for words, _ in run), role) for role, run in runs]


def _marks(shown: _Map) -> list[Span]:
    cell = shown.cell
    row: list[Span] = [(" " * LABEL, "")]
    for day in shown.mondays:
        kinds = {mark.kind for mark in shown.year.marks.get(day, ())}
        mine = [(sign, role) for kind, (sign, _, role) in MARKS.items() if kind in kinds][:cell]
        row += [*mine, (" " * (cell - len(mine)), "")]
    return _joined(row)


def _legend(shown: _Map) -> list[list[Span]]:
    """The signs used and their meaning; the self-explanatory ones last."""
    shade, role = shown.shades, "good"
    kinds = {mark.kind for day in shown.mondays for mark in shown.year.marks.get(day, ())}
    entries = [
        (SHADES[0], _range(1, shade.usual - 1), role),
        (SHADES[1], _range(shade.usual, shade.many - 1), role),
        (SHADES[2], f"{shade.many}+ sets", role),
        *(entry for kind, entry in MARKS.items() if kind in kinds),
        (TODAY, "today", "accent"),
        (NONE, "none", "dim"),
    ]
    return [[(sign, role), (f" {words}", "dim")] for sign, words, role in entries if words]


def _range(low: int, high: int) -> str:
    """A range of numbers; empty if ``high`` is below ``low``."""
    return "" if high < low else f"{low}" if low == high else f"{low}–{high}"


def _below(legend: Sequence[Line], width: int) -> list[Span]:
    """The entries of the legend in one line, as many as fit."""
    line: list[Span] = []
    for entry in legend:
        gap = "  " if line else ""
        if width_of(line) + len(gap) + width_of(entry) > width:
            break
        line += [(gap, ""), *entry]
    return line
