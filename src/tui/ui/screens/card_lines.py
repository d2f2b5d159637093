"""The card of one exercise as lines, for the screen of its own and for the wide layout's side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from tui.app.exercise_card import Card
from tui.domain.calculator.reasons import PROJECT, sentence
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.notation import Form, parse, planned, show, written
from tui.domain.model.sums import LEAST_HELP
from tui.domain.model.values import Kind, Prescription, SetKind, Sides
from tui.domain.review.exercise_history import Trained
from tui.present.metrics import spark
from tui.present.review_words import pair_words
from tui.present.words import STOP_SLOW, reserve_text, rest_text, sided_words, things_words
from tui.ui.why import SURE, changed_words, variant_words
from tui.ui.widgets.styled_text import Line, spread, width_of, wrapped

# From this width on labels have more room, days have names, and short facts share a line.
ROOMY = 64
# Below this room sets are written short.
NARROW = 32
LAST = 3
# The measures a trend is drawn of: the first that differs from session to session.
TRENDS: tuple[tuple[str, Callable[[Trained], float | None]], ...] = (
    ("load", lambda one: one.load_kg),
    ("help", lambda one: one.assist_kg),
    ("reps", lambda one: one.reps),
    ("seconds", lambda one: one.sums.hold_s),
    ("jumps", lambda one: one.sums.contacts),
    ("metres", lambda one: one.sums.distance_m),
)


def card_lines(card: Card, width: int) -> list[Line]:
    """The card in lines of at most ``width`` cells: its name and what it needs; what comes next and
    why; how it went; how to do it, what for, and what is easier or harder."""
    exercise = card.exercise
    about = _Labels(width)
    sections = [
        [*_head(card, width)],
        [
            *about.rows("Next", _next(card, about.room)),
            *about.rows("Why", _why(card, about.room)),
            *about.words("Note", card.note),
        ],
        [
            *about.rows("Last", _last(card, about.room)),
            *about.pair(("Best", _best(card, about.room)), ("Sides", _sides(card))),
        ],
        about.rows("How", _cues(exercise.cues, about.room)),
        [
            *about.words("Good for" if about.roomy else "For", exercise.why),
            *about.pair(
                ("Easier", _named(card, exercise.easier)), ("Harder", _named(card, exercise.harder))
            ),
            *about.words("Rule", _rule(card)),
        ],
    ]
    lines: list[Line] = []
    for section in filter(None, sections):
        lines += [*([[]] if lines else []), *section]
    return lines


class _Labels:
    """Puts labels before lines: each in a column of its own, at the left."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.roomy = width >= ROOMY
        self.column = 10 if self.roomy else 7
        self.room = width - self.column

    def rows(self, label: str, lines: Sequence[Line]) -> list[Line]:
        """Lines of at most ``room`` cells under a label."""
        first = [label, *[""] * (len(lines) - 1)]
        return [
            [(f"{word:<{self.column}}", "dim"), *line]
            for word, line in zip(first, lines, strict=False)
        ]

    def words(self, label: str, words: str) -> list[Line]:
        """Running text under a label; nothing without words."""
        return self.rows(label, wrapped(words, self.room)) if words else []

    def pair(self, one: tuple[str, str], other: tuple[str, str]) -> list[Line]:
        """Two short facts in one line if both fit into half of it, else one below the other."""
        half = self.width // 2
        left: Line = [(f"{one[0]:<{self.column}}", "dim"), (one[1], "")]
        right: Line = [(f"{other[0]:<{self.column}}", "dim"), (other[1], "")]
        fits = one[1] and other[1] and max(width_of(left), width_of(right)) < half
        if self.roomy and fits:
            return [[*left, (" " * (half - width_of(left)), ""), *right]]
        return [*self.words(*one), *self.words(*other)]


def _head(card: Card, width: int) -> list[Line]:
    name: Line = [(card.exercise.name, "loud")]
    kit = things_words(card.exercise.equipment) or "no kit"
    right: Line = [(kit, "dim")]
    if width_of(name) + width_of(right) < width:
        return [spread(name, right, width)]
    return [*wrapped(card.exercise.name, width, "loud"), *wrapped(kit, width, "dim")]


def _next(card: Card, room: int) -> list[Line]:
    """The dose that comes next, with the rest after a set, and the day it comes on."""
    plan = card.plan
    if plan is None:
        return [[(card.unread, "dim")]]
    if not plan.sets:
        return [[("rest", "strong")]]
    stop = f" · {STOP_SLOW}" if plan.fast else ""
    dose = f"{variant_words(card)}{_dose(card, plan, room)}"
    lines = wrapped(f"{dose} · {rest_text(plan.rest_s)}{stop}", room)
    lines = [[(words, "strong") for words, _ in line] for line in lines]
    if card.day is None:
        return lines
    coming = "today" if card.day == card.seen.today else f"on {_day(card.day, card)}"
    day: Line = [(coming, "dim")]
    if width_of(lines[-1]) + width_of(day) < room:
        return [*lines[:-1], spread(lines[-1], day, room)]
    return [*lines, day]


def _dose(card: Card, plan: Prescription, room: int) -> str:
    """The sets in words, with the reps to spare; for mobility without saying that it is no work."""
    sets = plan.sets
    if card.exercise.kind is Kind.MOBILITY:
        sets = tuple(replace(one, kind=SetKind.WORK) for one in sets)
    dose = planned(sets, card.unit, _form(room), way=card.way)
    in_reps = any(goal.measures.reps for one in sets for goal in one.goals)
    spare = f", {reserve_text(plan.target_rir)}" if in_reps and plan.target_rir is not None else ""
    return f"{dose}{spare}"


def _form(room: int) -> Form:
    return Form.LONG if room >= NARROW else Form.SHORT


def _why(card: Card, room: int) -> list[Line]:
    """The main reason, what the runner changed, and how sure it is."""
    said = card.said
    if said is None:
        if card.plan is None:
            return []
        return wrapped(f"As {card.programme or 'the library'} has it.", room)
    words = [sentence(one, card.library, card.unit) for one in said.reasons[:1]]
    words += changed_words(card)
    lines: list[Line] = []
    for one in words:
        lines += wrapped(one, room)
    return [*lines, *wrapped(SURE[said.confidence], room, "dim")]


def _last(card: Card, room: int) -> list[Line]:
    """The last sessions, newest first, and the trend of more of them."""
    found = card.seen.found
    if not found:
        return [[(card.unread or "not yet", "dim")]]
    lines: list[Line] = []
    lately = found[: -LAST - 1 : -1]
    days = [_day(one.day, card, short=room < ROOMY - 10) for one in lately]
    longest = max(map(len, days))
    for one, day in zip(lately, days, strict=True):
        indent = f"{day:<{longest}}  "
        sets = show(map(written, one.rows), card.unit, _form(room), way=card.exercise.way)
        lines += wrapped(sets, room, indent=indent)
    trend = _trend(card.seen.last)
    if trend and width_of(lines[-1]) + width_of(trend) + 2 <= room:
        return [*lines[:-1], spread(lines[-1], trend, room)]
    return [*lines, trend] if trend else lines


def _trend(found: Sequence[Trained]) -> Line:
    """How the first measure that differs went, session by session; empty if none does."""
    for name, of in TRENDS:
        values = [float(of(one) or 0) for one in found]
        if len(set(values)) > 1:
            return [(spark(values), ""), (f" {name}", "dim")]
    return []


def _day(day: date, card: Card, *, short: bool = False) -> str:
    """A day as Fri 27 Nov, or without its name; with the year if that is another one."""
    year = "" if day.year == card.seen.today.year else f" {day.year}"
    name = "" if short else f"{day:%a} "
    return f"{name}{day.day} {day:%b}{year}"


def _best(card: Card, room: int) -> str:
    """The heaviest load, or else the newest best, of the side that is stronger if they differ."""
    every = card.seen.bests
    if not every:
        return ""
    same = [one for one in every if one.best.measure == every[0].best.measure]
    less = every[0].best.measure == LEAST_HELP
    most = max(same, key=lambda one: -one.best.value if less else one.best.value)
    differ = len({one.best.value for one in same}) > 1
    rows = parse(most.best.shown, card.exercise.kind, single=True)
    shown = show(rows, card.unit, _form(room), way=card.exercise.way)
    side = sided_words([most.best.side]) if differ else ""
    return f"{side}{shown}, {_day(most.day, card, short=True)}"


def _sides(card: Card) -> str:
    """Left against right in the last session in which both could be compared."""
    if card.exercise.sides is Sides.BOTH:
        return "both at once"
    if card.exercise.sides is Sides.ALTERNATING:
        return "in turn"
    compared = card.seen.pairs
    if not compared:
        return "one at a time"
    return "left and right alike" if compared[-1].weak is None else pair_words(compared[-1])


def _cues(cues: Sequence[str], room: int) -> list[Line]:
    lines: list[Line] = []
    for number, cue in enumerate(cues, start=1):
        lines += wrapped(cue, room, indent=f"{number}  ")
    return lines


def _named(card: Card, other: str | None) -> str:
    """The variant ``other``; nothing if there is none of an exercise that is bare."""
    if other is None:
        return "" if card.exercise.bare else "none"
    return exercise_name(card.library, other)


def _rule(card: Card) -> str:
    """The titles of the sources, those of the advice first."""
    sources = card.exercise.sources if card.said is None else card.said.sources
    known = card.library.sources
    titles = (known[one].title if one in known else one for one in sources if one != PROJECT)
    ours = ["project"] if PROJECT in sources else []
    return "; ".join([*titles, *ours])
