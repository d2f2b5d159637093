"""One exercise as plain lines: its bests, best single, trend, sides, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from tui.core.library import Library
from tui.core.model import Exercise, Side
from tui.core.plaintext import day_text, exercise_name, sets_text
from tui.core.progression import Advice
from tui.core.progression.shapes import advice_lines
from tui.core.reviewing.exercise import DatedBest, Trained, dated_bests
from tui.core.reviewing.sides import USUAL_HIGH, USUAL_LOW, Pair, pairs
from tui.core.reviewing.singles import LAST, Movement, Single, Verdict, movement
from tui.core.reviewing.words import INDENT, counted, folded, percent_text
from tui.core.units import from_kg, load_text, plain

WRITTEN = 5
BESTS = 10
SIDE_WORDS = {Side.BOTH: "", Side.LEFT: "left ", Side.RIGHT: "right "}
VERDICTS = {
    Verdict.FEW: "too few sessions to say which way it goes",
    Verdict.SAME: "within the band, too little to call a change",
    Verdict.UNSURE: "beyond the band in one session alone; the next ones will tell",
    Verdict.MORE: "more than the band explains, in two sessions: a gain",
    Verdict.LESS: "less than the band explains, in two sessions; what comes next goes by it",
}


class ExerciseReview(Struct, frozen=True, kw_only=True):
    """What there is to say of an exercise. ``found`` are all its sessions, ``lifts`` the estimates
    of its best single, ``advice`` what comes next on ``today``; ``exercise`` and ``advice`` are
    None where the library does not have it any more."""

    name: str
    library: Library
    found: Sequence[Trained]
    today: date
    lifts: Sequence[Single] = ()
    advice: Advice | None = None
    unit: str = "kg"

    @property
    def exercise(self) -> Exercise | None:
        """The exercise as the library has it."""
        return self.library.exercises.get(self.name)

    @property
    def last(self) -> Sequence[Trained]:
        """The last sessions, oldest first: those of a trend."""
        return self.found[-LAST:]

    @property
    def bests(self) -> list[DatedBest]:
        """Its bests with their days."""
        return dated_bests(self.found, self.unit)

    @property
    def shown_lifts(self) -> list[Single]:
        """The estimates after the last sessions that tell of one."""
        days = sorted({one.day for one in self.lifts})[-LAST:]
        return [one for one in self.lifts if one.day in days]

    @property
    def movements(self) -> dict[Side, Movement]:
        """How those moved, by side."""
        sides = dict.fromkeys(one.side for one in self.shown_lifts)
        return {
            side: movement([one for one in self.shown_lifts if one.side is side]) for side in sides
        }

    @property
    def pairs(self) -> list[Pair]:
        """Left against right in the last sessions."""
        if self.exercise is None:
            return []
        return pairs(self.exercise, self.last, self.shown_lifts)


def exercise_review_lines(seen: ExerciseReview) -> list[str]:
    """The review of an exercise for a person."""
    lines = [exercise_name(seen.library, seen.name)]
    if seen.found:
        first, last = seen.found[0].day, seen.found[-1].day
        span = f"the first on {day_text(first)}, the last on {day_text(last)}"
        lines += folded(f"{counted(len(seen.found), 'session')}, {span}.")
        lines += _section("Bests", list(_best_words(seen)))
        lines += _section("Best single, as the log tells it", list(_single_words(seen)))
        count = len(seen.last)
        title = "The last session" if count == 1 else f"The last {count} sessions, oldest first"
        lines += _section(title, list(_trend_words(seen)))
        lines += _section("Sets, newest first", list(_set_words(seen)))
        lines += _section("Left against right, oldest first", list(_side_words(seen)))
    else:
        lines.append("Nothing of it is logged yet.")
    lines += ["", "What comes next"]
    if seen.advice is None:
        return [*lines, f"{INDENT}It is not in your library any more, so nothing does."]
    return [*lines, *advice_lines(seen.advice, seen.library, seen.unit)]


def _section(title: str, statements: Sequence[str]) -> list[str]:
    if not statements:
        return []
    return ["", title, *(line for words in statements for line in folded(words, INDENT))]


def _best_words(seen: ExerciseReview) -> Iterator[str]:
    every = seen.bests
    for one in every[:BESTS]:
        best = one.best
        side = SIDE_WORDS[best.side]
        yield f"{side}{best.measure}: {best.shown}, on {day_text(one.day)}"
    if len(every) > BESTS:
        yield f"{counted(len(every) - BESTS, 'older best')} beside these; --json has them all"


def _single_words(seen: ExerciseReview) -> Iterator[str]:
    by_day: dict[date, list[Single]] = {}
    for one in seen.shown_lifts:
        by_day.setdefault(one.day, []).append(one)
    for day, mine in by_day.items():
        words = [f"{SIDE_WORDS[one.side]}{_band(one, seen.unit)}" for one in mine]
        yield f"{day_text(day)}: {'; '.join(words)}"
    for side, moved in seen.movements.items():
        said = VERDICTS[moved.verdict]
        if moved.verdict is not Verdict.FEW:
            said = f"{percent_text(moved.percent)} from {moved.first} to {moved.last}: {said}"
        whole = f"{SIDE_WORDS[side]}{said}"
        yield f"{whole[:1].upper()}{whole[1:]}."


def _band(one: Single, unit: str) -> str:
    kilograms = (one.estimate.one_rm_kg, one.estimate.low_kg, one.estimate.high_kg)
    near, low, high = (load_text(value, unit) for value in kilograms)
    return f"near {near}, likely {low} to {high}"


def _trend_words(seen: ExerciseReview) -> Iterator[str]:
    """A line a measure, of those that the sessions have."""
    unit = seen.unit
    series: dict[str, Callable[[Trained], str]] = {
        f"heaviest load, {unit}": lambda one: _number(
            None if one.load_kg is None else from_kg(one.load_kg, unit)
        ),
        "reps in all": lambda one: _number(one.reps or None),
        "seconds held in all": lambda one: _number(one.sums.hold_s or None),
        "contacts in all": lambda one: _number(one.sums.contacts or None),
        "metres carried": lambda one: _number(one.sums.distance_m or None),
        f"{unit} lifted in all": lambda one: _number(
            round(from_kg(one.sums.tonnage_kg, unit)) or None
        ),
        "reps left, on average": lambda one: _number(one.rir),
        "pain, of 10": lambda one: _number(one.pain),
    }
    for name, value in series.items():
        values = [value(one) for one in seen.last]
        if any(word != "-" for word in values):
            yield f"{name}: {', '.join(values)}"


def _number(value: float | None) -> str:
    return "-" if value is None else plain(round(value, 1))


def _set_words(seen: ExerciseReview) -> Iterator[str]:
    for one in reversed(seen.found[-WRITTEN:]):
        yield f"{day_text(one.day)}: {sets_text(one.rows, seen.unit)}"


def _side_words(seen: ExerciseReview) -> Iterator[str]:
    every = seen.pairs
    for one in every:
        if one.weak is None:
            yield f"{day_text(one.day)}: alike"
        else:
            strong = Side.RIGHT if one.weak is Side.LEFT else Side.LEFT
            yield f"{day_text(one.day)}: {one.weak} {one.percent:.0f} % of {strong}"
    if every:
        yield f"Sides that differ by {USUAL_LOW} to {USUAL_HIGH} % are normal."
