"""The lines of the screen of one exercise, as values: what comes next, which chart is shown and
what it says in words, and the rows of its sessions and bests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.domain.calculator import Advice
from tui.domain.calculator.reasons import why
from tui.domain.model.cells import fitted
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.text import number_of
from tui.domain.model.units import plain
from tui.domain.model.values import Side
from tui.domain.review.e1rm_history import Movement, Verdict
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.sides import Pair
from tui.present.chart.values import Chart, Drawn, Point, Series
from tui.present.exercise import VERDICTS
from tui.present.exercise_charts import Period
from tui.present.review_words import SIDES_NOTE, band_words, pair_words
from tui.present.words import percent_text, plan_words, sided_words
from tui.ui.season_fit import cut
from tui.ui.widgets.styled_text import Line, Span, spread, width_of

SINGLE, SIDES = "single", "sides"
# Of these more is no better: the least is told with the most.
FELT = ("rir", "pain")
Told = tuple[Series, Point]
LABEL = 7
NEVER = "You have not done it yet. What comes first stands above; d shows how to do it."
GONE = "It is not in your library any more; what you did of it stays."
WITHIN = {Period.QUARTER: "in 12 weeks", Period.YEAR: "in a year", Period.ALL: "so far"}


def day_words(day: date, today: date) -> str:
    """A date for the eye: with its day of the week, or where that is long ago with its year."""
    return f"{day:%a %d %b}" if day.year == today.year else f"{day:%d %b %Y}"


# -- the top ---------------------------------------------------------------------------------------


def title_line(seen: ExerciseReview, trouble: str, width: int) -> Line:
    """What it is called; how often and when last it was done, or ``trouble`` with the log."""
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
            (f"{label:<{LABEL}}", "accent"),
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
    return f"{name} {plan_words(plan, seen.unit)}".strip()


# -- the chart -------------------------------------------------------------------------------------


def tabs_line(charts: Sequence[Chart], chosen: Chart | None, period: Period, width: int) -> Line:
    """The measures there are, the chosen one between ‹ and ›, those near it that fit; the time
    that is shown."""
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
    """The places that are shown of tabs of these sizes: from the first where the chosen one and
    the one after it fit then, else from as far on as they must be."""
    wanted = min(chosen + 2, len(sizes))
    first = next((n for n in range(chosen + 1) if sum(sizes[n:wanted]) <= room), chosen)
    last = first + 1
    while last < len(sizes) and sum(sizes[first : last + 1]) <= room:
        last += 1
    return range(first, last)


def said_lines(
    seen: ExerciseReview, chart: Chart | None, period: Period, width: int, most: int
) -> list[Line]:
    """What the chart says in words, in exactly ``most`` lines."""
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
    """The last estimate of each side with its band, and how it moved to there; once where it is
    the same of both."""
    told: dict[str, dict[str, list[Side]]] = {}
    for side, moved in seen.movements.items():
        last = [one for one in seen.shown_lifts if one.side is side][-1]
        bands = told.setdefault(_moved(moved, seen.today), {})
        bands.setdefault(band_words(last, seen.unit), []).append(side)
    return " ".join(
        _sentence(f"{', '.join(f'{sided_words(s)}{band}' for band, s in bands.items())}; {moved}")
        for moved, bands in told.items()
    )


def _moved(moved: Movement, today: date) -> str:
    said = VERDICTS[moved.verdict]
    if moved.verdict is Verdict.FEW:
        return said
    return f"{percent_text(moved.percent)} since {_short(moved.first, today)}, {said}"


def _side_words(chart: Chart, today: date) -> str:
    """The last time both sides were compared; most differ a little."""
    weak, point = _last(chart)[0]
    pair = Pair(point.day, point.value, None if weak.side is Side.BOTH else weak.side)
    return f"Last, {day_words(point.day, today)}: {pair_words(pair)}. {SIDES_NOTE}"


def _last(chart: Chart) -> list[Told]:
    """The values of the last day on which there is one."""
    every = [(one, point) for one in chart.series for point in one.points]
    last = max(point.day for _, point in every)
    return [(one, point) for one, point in every if point.day == last]


def _values(chart: Chart, period: Period, today: date) -> str:
    """The last value of each side, and the highest of all that are shown."""
    now = _last(chart)
    day = now[0][1].day
    first = f"{chart.short}: {_told(chart, now)} on {day_words(day, today)}"
    every = [(one, point) for one in chart.series for point in one.points]
    if chart.measure in FELT:
        low, high = (_number(of(point.value for _, point in every)) for of in (min, max))
        return _sentence(first if low == high else f"{first}; {low} to {high} {WITHIN[period]}")
    most = "most" if chart.drawn is Drawn.BARS else "highest"
    best = max(every, key=lambda pair: (pair[1].value, pair[1].day))
    if best[1].day == day:
        return _sentence(f"{first}, the {most} {WITHIN[period]}")
    told = f"{_told(chart, [best])} on {day_words(best[1].day, today)}"
    return _sentence(f"{first}; the {most} {WITHIN[period]}: {told}")


def _told(chart: Chart, values: Sequence[Told]) -> str:
    """Values of a day by their sides, once where left and right are the same."""
    sides: dict[str, list[Side]] = {}
    for one, point in values:
        sides.setdefault(_value(chart, point), []).append(one.side)
    return ", ".join(f"{sided_words(same)}{value}" for value, same in sides.items())


def _value(chart: Chart, point: Point) -> str:
    # "Most reps: 8" says of what.
    unit = "" if chart.unit in chart.short.split() else f" {chart.unit}"
    return f"{_number(point.value)}{unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else plain(round(value, 1))


def _short(day: date, today: date) -> str:
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
