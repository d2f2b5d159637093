"""Presents the review of one exercise: bests, e1RM, trend, sides, what comes next; also as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from tui.domain.model.codec import Doc
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.notation import Form
from tui.domain.model.text import as_sentence, number_of
from tui.domain.model.units import from_kg, plain
from tui.domain.review.e1rm_history import E1rm
from tui.domain.review.exercise_history import Trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.present.advice import advice_doc, advice_words
from tui.present.report import Report, Section
from tui.present.review_words import (
    SIDES_NOTE,
    band_loads,
    band_words,
    moved_words,
    pair_doc,
    pair_words,
)
from tui.present.table import table
from tui.present.words import lifted_cell, rounded, sets_text, sided_words

WRITTEN = 5
BESTS = 10


def exercise_report(seen: ExerciseReview) -> Report:
    """The review of an exercise as a report."""
    return Report(title=exercise_name(seen.library, seen.name), sections=tuple(_sections(seen)))


def _sections(seen: ExerciseReview) -> Iterator[Section]:
    if seen.found:
        first, last = seen.found[0].day, seen.found[-1].day
        span = f"the first on {day_text(first)}, the last on {day_text(last)}"
        yield Section(statements=(f"{number_of(len(seen.found), 'session')}, {span}.",))
        made = (_bests(seen), _singles(seen), _trend(seen), _sets(seen), _sides(seen))
        yield from (section for section in made if section.statements)
    else:
        yield Section(statements=("Nothing of it is logged yet.",))
    coming = []
    if seen.exercise is None:
        coming.append("It is not in your library any more, so nothing does.")
    elif seen.advice is not None:
        coming += advice_words(seen.advice, seen.library, seen.unit)
    if coming:
        yield Section(title="What comes next", statements=tuple(coming))


def _bests(seen: ExerciseReview) -> Section:
    every = seen.bests
    shown = [(one.best, day_text(one.day)) for one in every[:BESTS]]
    older = len(every) - BESTS
    return Section(
        title="Bests",
        statements=tuple(
            f"{sided_words([best.side])}{best.measure}: {best.words}, on {day}"
            for best, day in shown
        ),
        table=table(
            ("Side", "Of", "Best", "On"),
            [
                (sided_words([best.side]).strip(), best.measure, best.words, day)
                for best, day in shown
            ],
        ),
        notes=(f"{number_of(older, 'older best')} beside these",) if older > 0 else (),
    )


def _singles(seen: ExerciseReview) -> Section:
    by_day: dict[date, list[E1rm]] = {}
    for one in seen.shown_lifts:
        by_day.setdefault(one.day, []).append(one)
    said = []
    for day, mine in by_day.items():
        words = [f"{sided_words([one.side])}{band_words(one, seen.unit)}" for one in mine]
        said.append(f"{day_text(day)}: {'; '.join(words)}")
    rows = [
        (day_text(one.day), sided_words([one.side]).strip(), *band_loads(one.estimate, seen.unit))
        for one in seen.shown_lifts
    ]
    return Section(
        title="Best single, as the log tells it",
        statements=tuple(said),
        table=table(("On", "Side", "Near", "Likely from", "To"), rows),
        notes=tuple(
            as_sentence(sided_words([side]) + moved_words(one, f"from {one.first} to {one.last}: "))
            for side, one in seen.movements.items()
        ),
    )


class _Measure(Struct, frozen=True):
    """A measure to compare sessions by: its name in a statement, its column heading, and its value
    in a session (empty if none)."""

    words: str
    column: str
    value: Callable[[Trained], str]


def _measures(unit: str) -> tuple[_Measure, ...]:
    return (
        _Measure(f"heaviest load, {unit}", unit, lambda one: _load(one.load_kg, unit)),
        _Measure(f"least help, {unit}", f"{unit} help", lambda one: _load(one.assist_kg, unit)),
        _Measure("reps in all", "Reps", lambda one: _number(one.reps or None)),
        _Measure("seconds held in all", "s held", lambda one: _number(one.sums.hold_s or None)),
        _Measure("contacts in all", "Contacts", lambda one: _number(one.sums.contacts or None)),
        _Measure("metres carried", "Metres", lambda one: _number(one.sums.distance_m or None)),
        _Measure(
            f"{unit} lifted in all",
            f"{unit} lifted",
            lambda one: lifted_cell(one.sums.tonnage_kg, unit).replace(",", ""),
        ),
        _Measure("reps left, on average", "RIR", lambda one: _number(one.rir)),
        _Measure("pain, of 10", "Pain", lambda one: _number(one.pain)),
    )


def _load(kilograms: float | None, unit: str) -> str:
    return "" if kilograms is None else _number(from_kg(kilograms, unit))


def _number(value: float | None) -> str:
    return "" if value is None else plain(round(value, 1))


def _trend(seen: ExerciseReview) -> Section:
    """One statement per measure that the sessions have; one table row per session."""
    count = len(seen.last)
    measures = _measures(seen.unit)
    said = []
    for one in measures:
        values = [one.value(session) for session in seen.last]
        if any(values):
            said.append(f"{one.words}: {', '.join(value or '-' for value in values)}")
    return Section(
        title="The last session" if count == 1 else f"The last {count} sessions, oldest first",
        statements=tuple(said),
        table=table(
            ("On", *(one.column for one in measures)),
            [
                (day_text(session.day), *(one.value(session) for one in measures))
                for session in seen.last
            ],
        ),
    )


def _sets(seen: ExerciseReview) -> Section:
    rows = [
        (
            day_text(one.day),
            sets_text(one.rows, seen.unit, way=way_of(seen.library, seen.name)),
        )
        for one in seen.found[: -WRITTEN - 1 : -1]
    ]
    return Section(
        title="Sets, newest first",
        statements=tuple(f"{day}: {sets}" for day, sets in rows),
        table=table(("On", "Sets"), rows),
    )


def _sides(seen: ExerciseReview) -> Section:
    rows = [(day_text(one.day), pair_words(one)) for one in seen.pairs]
    return Section(
        title="Left against right, oldest first",
        statements=tuple(f"{day}: {words}" for day, words in rows),
        table=table(("On", "Weaker side"), rows),
        notes=(SIDES_NOTE,),
    )


# -- as JSON ---------------------------------------------------------------------------------------


def exercise_review_doc(seen: ExerciseReview) -> Doc:
    """One exercise as JSON: all bests, the last sessions, the estimates, the sides, the advice."""
    advice = seen.advice
    return {
        "exercise": seen.name,
        "name": exercise_name(seen.library, seen.name),
        "sessions": len(seen.found),
        "bests": [
            {
                "measure": one.best.measure,
                "side": one.best.side.value,
                "value": one.best.value,
                "shown": one.best.shown,
                "date": one.day.isoformat(),
            }
            for one in seen.bests
        ],
        "singles": [
            {
                "date": one.day.isoformat(),
                "side": one.side.value,
                "e1rm": one.estimate.one_rm_kg,
                "e1rm_low": one.estimate.low_kg,
                "e1rm_high": one.estimate.high_kg,
            }
            for one in seen.shown_lifts
        ],
        "movement": [
            {
                "side": side.value,
                "verdict": moved.verdict.value,
                "first": moved.first.isoformat(),
                "last": moved.last.isoformat(),
                "percent": rounded(moved.percent),
            }
            for side, moved in seen.movements.items()
        ],
        "trend": [_trained_doc(one) for one in seen.last],
        "last": [
            {"date": one.day.isoformat(), "sets": sets_text(one.rows, seen.unit, Form.COMPACT)}
            for one in reversed(seen.found[-WRITTEN:])
        ],
        "sides": [pair_doc(one) for one in seen.pairs],
        "next": advice and advice_doc(advice, seen.library, seen.today),
    }


def _trained_doc(one: Trained) -> Doc:
    return {
        "session": one.session.id,
        "date": one.day.isoformat(),
        "sets": one.sums.sets,
        "load_kg": one.load_kg,
        "assist_kg": one.assist_kg,
        "reps": one.reps,
        "hold_s": one.sums.hold_s,
        "contacts": one.sums.contacts,
        "distance_m": one.sums.distance_m,
        "tonnage_kg": one.sums.tonnage_kg,
        "rir": rounded(one.rir),
        "pain": one.pain,
    }
