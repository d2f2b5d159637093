"""The library as plain text: a list of it, and one exercise or one programme on a page."""

from __future__ import annotations

from collections.abc import Iterator

from tui.domain.model.cells import folded
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import planned
from tui.domain.model.values import Exercise, Level, Part, Phase, Programme, Schedule, Slot
from tui.domain.planning.own_programmes import dose_words
from tui.domain.planning.today import item
from tui.present.report import WIDTH
from tui.present.today_text import reserve_text, source_text

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
        lines += folded(cue, WIDTH, f"{number}  ", "   ")
    lines += ["", *folded(exercise.why, WIDTH), ""]
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


def programme_page(programme: Programme, library: Library, level: Level) -> list[str]:
    """What a programme is, its schedules by weeks, its sessions with their doses for ``level``, its
    sources."""
    lines = [f"{programme.name}  ({programme.id})", "", *folded(programme.about, WIDTH), ""]
    named = {part.id: part.name for part in programme.parts}
    lines.append("schedules")
    for schedule in programme.schedules:
        lines += _schedule(schedule, named)
    for part in programme.parts:
        lines += ["", *_part(part, library, level)]
    sources = "; ".join(source_text(library, source) for source in programme.sources)
    return [*lines, "", *_labelled("level", level.value), *_labelled("sources", sources)]


def _schedule(schedule: Schedule, named: dict[str, str]) -> Iterator[str]:
    yield from folded(f"{schedule.id:<{LABEL}}{schedule.name}", WIDTH, "  ", " " * (LABEL + 2))
    for phase in schedule.phases:
        title = f": {phase.name}" if phase.name else ""
        parts = ", ".join(named[part] for part in phase.parts)
        yield from folded(f"{weeks_words(phase)}{title} · {parts}", WIDTH, "    ", "      ")
    if schedule.repeats:
        yield "    and from the beginning again"


def _part(part: Part, library: Library, level: Level) -> Iterator[str]:
    minutes = "" if part.minutes is None else f"{part.minutes} min"
    head = "  ".join(filter(None, [part.name, part.focus, minutes]))
    yield from folded(head, WIDTH, hanging="  ")
    for slot in part.slots:
        words = choice_words(slot)
        if words:
            yield f"  {words}"
        for name in slot.exercises:
            exercise = library.exercises[name]
            indent = "    " if words else "  "
            dose = dose_words(exercise, level, slot)
            yield from folded(f"{exercise.name} ({name}): {dose}", WIDTH, indent, f"{indent}  ")


def weeks_words(phase: Phase) -> str:
    """The weeks of a phase."""
    if phase.last_week is None:
        return f"weeks {phase.first_week} on"
    if phase.first_week == phase.last_week:
        return f"week {phase.first_week}"
    return f"weeks {phase.first_week} to {phase.last_week}"


def choice_words(slot: Slot) -> str:
    """How many of the exercises of a line are done in one session; empty where it has but one."""
    count = len(slot.exercises)
    if count == 1:
        return ""
    if slot.pick >= count:
        return "all of these"
    return f"{slot.pick} of these {count}, in turns" if slot.pick > 1 else "one of these, in turns"


def _labelled(label: str, value: str) -> list[str]:
    return folded(value, WIDTH, f"{label:<{LABEL}}  ")
