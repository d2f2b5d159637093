"""Presents the routines: the list, and one as it would be done today; as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.calculator.reasons import brief
from tui.domain.model.cells import folded
from tui.domain.model.codec import Doc, measures_to_doc
from tui.domain.model.library.catalog import Library, exercise_name
from tui.domain.model.notation import WARM_UP, Form, planned
from tui.domain.model.text import as_sentence
from tui.domain.model.values import Routine, SetKind
from tui.domain.planning.routines import DayRoutine
from tui.domain.planning.wording import clause
from tui.domain.session.live import Item
from tui.present.report import INDENT, WIDTH, statement_lines
from tui.present.words import source_text

NOTHING = "Nothing of it today: all of it loads what hurts, or needs what you do not have here."


def kind_words(one: Routine) -> str:
    """Whether a routine counts as work."""
    return "work: it counts and gets harder" if one.work else "easy, the same every time"


def dose_text(item: Item, unit: str, form: Form = Form.LONG) -> str:
    """The sets of an exercise of a routine, without the word for warm-up sets."""
    return planned(item.now.sets, unit, form, way=item.way).replace(f", {WARM_UP}", "")


def caution_words(day: DayRoutine) -> list[str]:
    """Why a routine is better left for another day, in sentences."""
    return [as_sentence(clause(reason)) for reason in day.cautions]


def left_out(day: DayRoutine, library: Library) -> list[str]:
    """The work of a routine that rests today, and why, in sentences."""
    return [
        f"{exercise_name(library, said.exercise)}: rest. {brief(said, library)}"
        for said in day.plan.resting
    ]


def list_lines(routines: Iterable[Routine]) -> list[str]:
    """All routines, a line each."""
    found = list(routines)
    width = max((len(one.id) for one in found), default=0) + 2
    names = max((len(one.name) for one in found), default=0) + 2
    return [
        f"{one.id:<{width}}{one.name:<{names}}{one.minutes:>2} min  {kind_words(one)}"
        for one in found
    ]


def routine_page(day: DayRoutine, library: Library, unit: str) -> list[str]:
    """One routine as it would be done today, with its sources."""
    one = day.routine
    lines = [f"{one.name}  ({one.id})", "", *folded(one.about, WIDTH), ""]
    lines += [f"{one.minutes} min, {kind_words(one)}", ""]
    names = [exercise_name(library, item.exercise) for item in day.plan.items]
    width = max(map(len, names), default=0) + 2
    for name, item in zip(names, day.plan.items, strict=True):
        lines += folded(dose_text(item, unit), WIDTH, f"  {name:<{width}}", " " * (width + 2))
    if not day.plan.items:
        lines += folded(NOTHING, WIDTH, INDENT, INDENT)
    for words in (*left_out(day, library), *caution_words(day)):
        lines += ["", *folded(words, WIDTH)]
    lines += ["", "Sources"]
    return [*lines, *statement_lines([source_text(library, s) for s in one.sources], INDENT)]


# -- as JSON ---------------------------------------------------------------------------------------


def routine_doc(one: Routine) -> Doc:
    """A routine as JSON."""
    return {
        "id": one.id,
        "name": one.name,
        "about": one.about,
        "minutes": one.minutes,
        "work": one.work,
        "sources": list(one.sources),
    }


def day_doc(day: DayRoutine, library: Library) -> Doc:
    """A routine as it would be done on a day, as JSON."""
    plan = day.plan
    return {
        **routine_doc(day.routine),
        "exercises": [_item_doc(day, item, library) for item in plan.items],
        "resting": [
            {"exercise": said.exercise, "reasons": [reason.code for reason in said.reasons]}
            for said in plan.resting
        ],
        "cautions": [reason.code for reason in day.cautions],
        "caution_words": caution_words(day),
    }


def _item_doc(day: DayRoutine, item: Item, library: Library) -> Doc:
    said = day.plan.advice.get(item.id)
    return {
        "exercise": item.exercise,
        "name": exercise_name(library, item.exercise),
        "dose": planned(item.now.sets).replace(f" {SetKind.WARMUP}", ""),
        "plan": [
            {
                "set": one.number,
                "kind": one.kind.value,
                "side": goal.side.value,
                **measures_to_doc(goal.measures),
            }
            for one in item.now.sets
            for goal in one.goals
        ],
        "rest_s": item.now.rest_s,
        "reasons": [] if said is None else [reason.code for reason in said.reasons],
    }
