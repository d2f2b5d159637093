"""Why, in full: where the numbers of an exercise come from, or why it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.domain.calculator import Advice
from tui.domain.calculator.advice import Action, Confidence
from tui.domain.calculator.reasons import changes, sentence
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form, planned
from tui.domain.model.values import Kind, Session, SetEntry, SetKind, SetPlan
from tui.present.advice import forecast_words
from tui.present.history import exercise_sets
from tui.present.library import facts
from tui.present.review_words import band_loads
from tui.present.words import STOP_SLOW, plan_words, rest_text, sets_text, source_text
from tui.ui.widgets.styled_text import Line, wrapped

if TYPE_CHECKING:
    from tui.app.exercise_card import Card

SURE = {
    Confidence.LOW: "How sure: not very. Say how hard a set was (r), and this gets surer.",
    Confidence.MEDIUM: "How sure: fairly.",
    Confidence.HIGH: "How sure: well founded.",
}

# Reasons that already state the estimate.
TOLD = ("ESTIMATE", "ESTIMATE_KEPT")


def why_lines(card: Card, log: Sequence[Session], width: int) -> list[Line]:
    """The dose, its reasons, what would change it, which sessions it is based on, and its
    sources; then what else the library says of the exercise."""
    said, library, unit = card.said, card.library, card.unit
    lines = _dose(card, width)
    if said is None:
        origin = card.programme or "the library"
        kind = "Mobility" if card.exercise.kind is Kind.MOBILITY else "A warm-up"
        lines += wrapped(f"{kind}, as {origin} has it.", width) if card.item is not None else []
        sources = card.exercise.sources
    else:
        for reason in said.reasons:
            lines += wrapped(sentence(reason, library, unit), width)
        lines += _estimate(said, unit, width)
        lines += _section("How well it foretells", forecast_words(said), width)
        lines += _section("What would change it", changes(said), width)
        lines += _rests_on(said, log, library, unit, width)
        sources = said.sources
    why = card.exercise.why
    lines += _section("Why a runner does it", [why] if why else [], width)
    lines += _sources(sources, library, width)
    lines += [[], [("What else there is to know", "accent")]]
    for label, value in facts(card.exercise, library):
        lines += wrapped(value, width, indent=f"{label.capitalize():<12}")
    return lines


def resting_lines(resting: Sequence[Advice], library: Library, unit: str, width: int) -> list[Line]:
    """Why today is a rest day: each reason with the exercises that rest because of it."""
    by_reason: dict[str, list[str]] = {}
    for said in resting:
        for reason in said.reasons:
            names = by_reason.setdefault(sentence(reason, library, unit), [])
            names.append(exercise_name(library, said.exercise))
    lines: list[Line] = []
    for words, names in by_reason.items():
        lines += [*wrapped(words, width, "strong"), *wrapped(", ".join(names), width, "dim"), []]
    lines += wrapped("On Today, a adds an exercise all the same.", width)
    told = dict.fromkeys(words for said in resting for words in changes(said))
    lines += _section("What would change it", list(told), width)
    sources = dict.fromkeys(source for said in resting for source in said.sources)
    return [*lines, *_sources(sources, library, width)]


def _dose(card: Card, width: int) -> list[Line]:
    """The dose, the exercise it replaces, and what the runner changed."""
    plan = card.item.plan if card.item is not None else card.plan
    if plan is None or not plan.sets:
        return [[("Rest", "strong")], []]
    stop = f", {STOP_SLOW}" if plan.fast else ""
    sets = plan_words(plan, card.unit, way=card.way)
    dose = f"{variant_words(card)}{sets}, {rest_text(plan.rest_s)}{stop}"
    lines = [*wrapped(dose, width, "strong")]
    for words in changed_words(card):
        lines += wrapped(words, width)
    return [*lines, []]


def variant_words(card: Card) -> str:
    """The name of the exercise that comes in place of this one, before its sets; else empty."""
    said = card.said
    other = said is not None and card.item is None and said.variant != card.exercise.id
    return f"{exercise_name(card.library, said.variant)}: " if said and other else ""


def changed_words(card: Card) -> list[str]:
    """Says what the exercise stands in for, and if the sets of the session differ from the advice:
    after a hard set, by news since the session began, or by the runner's own change."""
    item, said, unit = card.item, card.said, card.unit
    told: list[str] = []
    if said is not None and said.exercise != card.exercise.id:
        told.append(f"It stands for {exercise_name(card.library, said.exercise)}.")
    if item is None:
        return told
    work = _work(item.plan.sets)
    if said is not None and work != said.plan.sets:
        way, other = way_of(card.library, said.variant), said.variant != item.exercise
        asked = planned(said.plan.sets, unit, Form.LONG, way=way) or "rest"
        asked = f"{exercise_name(card.library, said.variant)}, {asked}" if other else asked
        # Such a set changes only the sets after it; the first and their number stay.
        if work[:1] == said.plan.sets[:1] and len(work) == len(said.plan.sets):
            changed = "easier" if _heavier(work, said.plan.sets) else "harder"
            told.append(f"It was {asked}, until a set was {changed} than planned.")
        else:
            told.append(f"Asked anew it would be {asked}.")
    if _work(item.now.sets) != _work(item.plan.sets):
        yours = planned(_work(item.now.sets), unit, Form.LONG, way=item.way)
        told.append(f"You made it {yours}. Noticed: it goes on from what you do.")
    return told


def _heavier(now: Sequence[SetPlan], before: Sequence[SetPlan]) -> bool:
    """Whether a set is heavier than it was."""
    loads = (
        (goal.measures.load_kg or 0.0, was.measures.load_kg or 0.0)
        for one, other in zip(now, before, strict=False)
        for goal, was in zip(one.goals, other.goals, strict=False)
    )
    return any(load > was for load, was in loads)


def _work(sets: Iterable[SetPlan]) -> tuple[SetPlan, ...]:
    return tuple(one for one in sets if one.kind is SetKind.WORK)


def _estimate(said: Advice, unit: str, width: int) -> list[Line]:
    """The estimated one-rep maximum with its band, unless a reason states it already."""
    estimate = said.estimate
    if estimate is None or any(reason.code in TOLD for reason in said.reasons):
        return []
    near, low, high = band_loads(estimate, unit)
    sure = "only a guess by now" if estimate.vague else f"likely {low} to {high}"
    return wrapped(f"Your best single is near {near} ({sure}).", width)


def _rests_on(
    said: Advice, log: Sequence[Session], library: Library, unit: str, width: int
) -> list[Line]:
    """The sessions it is based on, with their sets, and whether those differed from the plan.
    Sessions from before a harder or easier variant are of the original exercise, which is named."""
    if said.action is Action.REST:
        return []
    done = [
        (session.day, name, rows)
        for name in dict.fromkeys((said.variant, said.exercise))
        for session, rows in exercise_sets(log, name)
        if session.day in said.days
    ]
    told = [
        f"{day.day} {day:%b %Y}  "
        f"{'' if name == said.variant else f'{exercise_name(library, name)} '}"
        f"{sets_text(rows, unit, way=way_of(library, name))}"
        for day, name, rows in done
    ]
    if any(_differs(row) for _, _, rows in done for row in rows):
        told.append("Not all of it was as planned: noticed, it goes by what was done.")
    return _section("What it rests on", [*told, SURE[said.confidence]], width)


def _differs(row: SetEntry) -> bool:
    """Whether a work set was done differently than prescribed, or left out."""
    if row.kind is not SetKind.WORK:
        return False
    return row.undone is not None or row.prescribed not in (None, row.done)


def _sources(sources: Iterable[str], library: Library, width: int) -> list[Line]:
    return _section("Whose rule it is", [source_text(library, one) for one in sources], width)


def _section(title: str, sentences: Sequence[str], width: int) -> list[Line]:
    """A heading with its sentences; empty if there are none."""
    if not sentences:
        return []
    lines: list[Line] = [[], [(title, "accent")]]
    for words in sentences:
        lines += wrapped(words, width)
    return lines
