"""The library as plain text: a list of it, and one exercise on a page."""

from __future__ import annotations

from textwrap import wrap

from tui.core.library import Library
from tui.core.model import Exercise, Level
from tui.core.notation import planned
from tui.core.plaintext import WIDTH, exercise_name, reserve_text, source_text
from tui.core.text import clean
from tui.core.today import item

LABEL = 12


def library_lines(library: Library) -> list[str]:
    """Exercises by category, then programmes, each with its id."""
    lines: list[str] = []
    width = max((len(name) for name in (*library.exercises, *library.programmes)), default=0) + 2
    for category in dict.fromkeys(e.category for e in library.exercises.values()):
        found = [e for e in library.exercises.values() if e.category == category]
        lines += [category, *(f"  {e.id:<{width}}{e.name}" for e in found), ""]
    lines.append("programmes")
    return [*lines, *(f"  {p.id:<{width}}{p.name}" for p in library.programmes.values())]


def exercise_page(exercise: Exercise, library: Library) -> list[str]:
    """How an exercise is done, its dose for each level, its ladder and its sources."""
    lines = [f"{exercise.name}  ({exercise.id})", ""]
    for level in Level:
        dose = item(exercise, level).plan
        words = [planned(dose.sets), f"rest {dose.rest_s} s"]
        if dose.target_rir is not None:
            words.insert(1, reserve_text(dose.target_rir))
        lines += _labelled(level.value, " · ".join(words))
    lines.append("")
    for number, cue in enumerate(exercise.cues, start=1):
        lines += _wrapped(f"{number}  {cue}", "   ")
    lines += ["", *_wrapped(exercise.why, ""), ""]
    facts = {
        "kind": f"{exercise.kind.value}, {exercise.sides.value}",
        "category": exercise.category,
        "muscles": ", ".join(exercise.muscles),
        "equipment": ", ".join(exercise.equipment) or "none",
        "easier": exercise.easier and exercise_name(library, exercise.easier),
        "harder": exercise.harder and exercise_name(library, exercise.harder),
        "also called": ", ".join(exercise.aliases),
        "sources": "; ".join(source_text(library, source) for source in exercise.sources),
    }
    for label, value in facts.items():
        if value:
            lines += _labelled(label, value)
    return lines


def _labelled(label: str, value: str) -> list[str]:
    return _wrapped(f"{label:<{LABEL}}  {value}", " " * (LABEL + 2))


def _wrapped(words: str, indent: str) -> list[str]:
    return wrap(clean(words), WIDTH, subsequent_indent=indent)
