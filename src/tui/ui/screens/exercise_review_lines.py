"""Text of the screen of one exercise: what comes next, the chart's tabs and summary, and the rows
of its sessions and bests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tui.domain.calculator import Advice
from tui.domain.calculator.reasons import why
from tui.domain.model.cells import fitted, padded
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.sums import bests
from tui.domain.model.text import as_sentence, number_of
from tui.domain.model.units import plain
from tui.domain.model.values import Side
from tui.domain.planning.wording import short_day
from tui.domain.review.exercise_history import DatedBest, Trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.sides import Pair
from tui.present.chart.values import Chart, Drawn, Point, Series
from tui.present.exercise_charts import Period
from tui.present.review_words import SIDES_NOTE, band_words, moved_words, pair_words
from tui.present.words import plan_words, sets_text, sided_words
from tui.ui.widgets.styled_text import Line, Span, cut, spread, width_of

SINGLE, SIDES = "single", "sides"
# Measures in which more is not better: the range is given, not the highest.
FELT = ("rir", "pain")
Told = tuple[Series, Point]
LABEL = 7
NEVER = "You have not done it yet. What comes first stands above; d shows how to do it."
GONE = "It is not in your library any more; what you did of it stays."
WITHIN = {Period.QUARTER: "in 12 weeks", Period.YEAR: "in a year", Period.ALL: "so far"}
DATE = 13
# How many sessions are listed above the bests; earlier ones follow below.
LATELY = 5
MOST_OF_BEST = 26


def day_words(day: date, today: date) -> str:
    """A date with its weekday; in another year, with the year instead."""
    return short_day(day) if day.year == today.year else f"{day.day} {day:%b %Y}"


# -- the top ---------------------------------------------------------------------------------------


def title_line(seen: ExerciseReview, trouble: str, width: int) -> Line:
    """Its name, and how often and when it was last done, or ``trouble`` with the log."""
    right: Span = (trouble, "warn") if trouble else (_count(seen), "dim")
    name = fitted(exercise_name(seen.library, seen.name), width - width_of([right]) - 4)
    return spread([(" ", ""), (name, "loud")], [right, (" ", "")], width)


def _count(seen: ExerciseReview) -> str:
    if not seen.found:
        return "not done yet"
    last = day_words(seen.found[-1].day, seen.today)
    return f"{number_of(len(seen.found), 'session')}, last {last}"


def next_lines(seen: ExerciseReview, width: int, most: int) -> list[Line]:
    """What comes next and why, in exactly ``most`` lines."""
    if seen.advice is None:
        dose, whole = "", GONE
    else:
        dose = _dose(seen, seen.advice)
        whole = f"{dose}  ·  {why(seen.advice, seen.library, seen.unit)}"
    first, *others = [*cut(whole, width - LABEL - 2, most), *[""] * most][:most]
    split = len(dose) if first.startswith(dose) else len(first)
    label = "Next" if dose else ""
    return [
        [
            (" ", ""),
            (f"{label:<{LABEL}}", "strong"),
            (first[:split], "strong"),
            (first[split:], ""),
        ],
        *([(" " * (LABEL + 1), ""), (words, "")] for words in others),
    ]


def _dose(seen: ExerciseReview, said: Advice) -> str:
    plan = said.plan
    name = exercise_name(seen.library, said.variant) if said.variant != said.exercise else ""
    if not plan.sets:
        return "rest"
    way = way_of(seen.library, said.variant)
    return f"{name} {plan_words(plan, seen.unit, way=way)}".strip()


# -- the chart -------------------------------------------------------------------------------------


def tabs_line(charts: Sequence[Chart], chosen: Chart | None, period: Period, width: int) -> Line:
    """The tabs of the charts, the ``chosen`` one between ‹ and ›, as many around it as fit; and the
    period shown."""
    right: list[Span] = [(period.value, "strong"), (" ", "")]
    room = width - width_of(right) - 4
    shown = range(0)
    if chosen is not None:
        shown = _window([len(chart.short) + 4 for chart in charts], charts.index(chosen), room)
    line: list[Span] = [("…" if shown.start else " ", "dim")]
    for chart in charts[shown.start : shown.stop]:
        if chart is chosen:
            line.append((f"‹ {chart.short} ›", "strong"))
        else:
            line.append((f"  {chart.short}  ", "dim"))
    if shown.stop < len(charts):
        line.append(("…", "dim"))
    return spread(line, right, width)


def _window(sizes: Sequence[int], chosen: int, room: int) -> range:
    """Which tabs of these widths are shown in ``room`` cells: starting as early as possible so that
    the chosen one and the one after it still fit."""
    wanted = min(chosen + 2, len(sizes))
    first = next((n for n in range(chosen + 1) if sum(sizes[n:wanted]) <= room), chosen)
    last = first + 1
    while last < len(sizes) and sum(sizes[first : last + 1]) <= room:
        last += 1
    return range(first, last)


def said_lines(
    seen: ExerciseReview, chart: Chart | None, period: Period, width: int, most: int
) -> list[Line]:
    """The chart's summary in words, in exactly ``most`` lines."""
    lines = cut(_said(seen, chart, period), width - 2, most)
    return [[(" ", ""), (words, "strong")] for words in [*lines, *[""] * most][:most]]


def _said(seen: ExerciseReview, chart: Chart | None, period: Period) -> str:
    if not seen.found:
        return "" if seen.exercise is None else NEVER
    if chart is None:
        return f"Nothing of it was counted or timed {WITHIN[period]}."
    if chart.measure == SINGLE and seen.movements:
        return _moves(seen)
    if chart.measure == SIDES:
        return _side_words(chart, seen.today)
    return _values(chart, period, seen.today)


def _moves(seen: ExerciseReview) -> str:
    """The last estimate of each side with its band, and how it has changed; stated once if both
    sides are the same."""
    told: dict[str, dict[str, list[Side]]] = {}
    for side, moved in seen.movements.items():
        last = [one for one in seen.shown_lifts if one.side is side][-1]
        since = f"since {_short(moved.first, seen.today)}, "
        bands = told.setdefault(moved_words(moved, since), {})
        bands.setdefault(band_words(last, seen.unit), []).append(side)
    return " ".join(
        as_sentence(f"{', '.join(f'{sided_words(s)}{band}' for band, s in bands.items())}; {moved}")
        for moved, bands in told.items()
    )


def _side_words(chart: Chart, today: date) -> str:
    """The last comparison of left and right, and that most people differ a little."""
    weak, point = _last(chart)[0]
    pair = Pair(point.day, point.value, None if weak.side is Side.BOTH else weak.side)
    return f"Last, {day_words(point.day, today)}: {pair_words(pair)}. {SIDES_NOTE}"


def _last(chart: Chart) -> list[Told]:
    """The values of the last day that has any."""
    every = [(one, point) for one in chart.series for point in one.points]
    last = max(point.day for _, point in every)
    return [(one, point) for one, point in every if point.day == last]


def _values(chart: Chart, period: Period, today: date) -> str:
    """The last value of each side, and the highest in the period; for reps in reserve and pain, the
    range."""
    now = _last(chart)
    day = now[0][1].day
    first = f"{chart.short}: {_told(chart, now)} on {day_words(day, today)}"
    every = [(one, point) for one in chart.series for point in one.points]
    if chart.measure in FELT:
        low, high = (_number(of(point.value for _, point in every)) for of in (min, max))
        return as_sentence(first if low == high else f"{first}; {low} to {high} {WITHIN[period]}")
    most = "most" if chart.drawn is Drawn.BARS else "highest"
    best = max(every, key=lambda pair: (pair[1].value, pair[1].day))
    if best[1].day == day:
        return as_sentence(f"{first}, the {most} {WITHIN[period]}")
    told = f"{_told(chart, [best])} on {day_words(best[1].day, today)}"
    return as_sentence(f"{first}; the {most} {WITHIN[period]}: {told}")


def _told(chart: Chart, values: Sequence[Told]) -> str:
    """The values of a day with their sides; stated once if left and right are the same."""
    sides: dict[str, list[Side]] = {}
    for one, point in values:
        sides.setdefault(_value(chart, point), []).append(one.side)
    return ", ".join(f"{sided_words(same)}{value}" for value, same in sides.items())


def _value(chart: Chart, point: Point) -> str:
    # "Most reps: 8" needs no unit.
    unit = "" if chart.unit in chart.short.split() else f" {chart.unit}"
    return f"{_number(point.value)}{unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else plain(round(value, 1))


def _short(day: date, today: date) -> str:
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


# -- its sessions and bests ------------------------------------------------------------------------


class Held(Struct, frozen=True):
    """A best with its date, and the sides that reached it."""

    one: DatedBest
    sides: tuple[Side, ...]


def rows_of(seen: ExerciseReview) -> list[object]:
    """The last sessions, all bests, the earlier sessions, under headings. Finding the bests takes a
    pass over all sessions."""
    newest = list(reversed(seen.found))
    rows: list[object] = []
    for title, values in (
        ("Last sessions", newest[:LATELY]),
        ("Bests", _held(seen.bests)),
        ("Sessions before", newest[LATELY:]),
    ):
        if values:
            rows += [title, *values]
    return rows


def apart(rows: Sequence[object]) -> list[object]:
    """The same rows with a blank above each heading but the first."""
    spread_out: list[object] = []
    for row in rows:
        spread_out += ["", row] if isinstance(row, str) and spread_out else [row]
    return spread_out


def _held(every: Sequence[DatedBest]) -> list[Held]:
    """The bests, merged if left and right reached the same on the same day."""
    alike: dict[tuple[str, str, date], list[DatedBest]] = {}
    for one in every:
        alike.setdefault((one.best.measure, one.best.shown, one.day), []).append(one)
    return [Held(same[0], tuple(one.best.side for one in same)) for same in alike.values()]


def row_line(seen: ExerciseReview, value: object, width: int) -> Line:
    """A session with its sets in the notation, a best, or a heading."""
    match value:
        case Trained():
            sets = fitted(
                sets_text(value.rows, seen.unit, way=way_of(seen.library, seen.name)),
                width - DATE,
            )
            notes = dict.fromkeys(row.note for row in value.rows if row.note)
            words = "; ".join([*notes, *filter(None, [value.session.note])])
            line = [_day_span(seen, value.day), (sets, "")]
            room = width - width_of(line) - 4
            return [*line, (f"  # {fitted(words, room)}" if words and room > 0 else "", "dim")]
        case Held():
            best = value.one.best
            name = f"{best.measure[:1].upper()}{best.measure[1:]}"
            return [
                _day_span(seen, value.one.day),
                (padded(name, min(MOST_OF_BEST, (width - DATE) // 2)), ""),
                (best.words, "strong"),
                (f"  {sided_words(value.sides)}", "dim"),
            ]
        case _:
            return [(str(value), "strong")]


def _day_span(seen: ExerciseReview, day: date) -> Span:
    return (f"{day_words(day, seen.today):<{DATE}}", "dim")


def session_of(seen: ExerciseReview, value: object) -> str | None:
    """The id of the session a row is about: itself, or the first that reached the best; else
    None."""
    if isinstance(value, Trained):
        return value.session.id
    if isinstance(value, Held):
        best = value.one.best
        those = (one.session for one in seen.found if one.day == value.one.day)
        reached = (s.id for s in those if best in bests([s], seen.unit).values())
        return next(reached, None)
    return None
