"""Presents the library: the list, one exercise, one programme; as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from tui.domain.calculator.bar_lifts import is_bar_lift
from tui.domain.model.cells import folded
from tui.domain.model.codec import Doc, measures_to_doc
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.links import dose_for
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form
from tui.domain.model.values import (
    Dose,
    Exercise,
    Level,
    Part,
    Phase,
    Programme,
    Schedule,
    Slot,
    Turn,
)
from tui.domain.model.watching import watched
from tui.domain.planning.duration import session_minutes
from tui.domain.planning.own_programmes import dose_words
from tui.domain.planning.today import item
from tui.present.report import WIDTH
from tui.present.words import plan_parts, source_text, sources_words

LABEL = 12
# What the bare exercises are listed under.
GYM = "in the gym"
TURNS = {
    Turn.SESSION: "taking turns",
    Turn.BLOCK: "another one each block",
    Turn.CYCLE: "another one each cycle",
}
# Trail Runner and Clarke send a runner who lifts with a bar to someone who knows it.
FORM_WORDS = "a trainer or strength coach can check it (Trail Runner, Clarke)"
REPEATS = "and from the beginning again"


def library_lines(library: Library) -> list[str]:
    """Exercises by category, the bare ones after the others, then programmes, each with its id."""
    lines: list[str] = []
    width = max((len(name) for name in (*library.exercises, *library.programmes)), default=0) + 2
    groups: dict[str, list[Exercise]] = {}
    for one in sorted(library.exercises.values(), key=lambda e: e.bare):
        groups.setdefault(GYM if one.bare else one.category, []).append(one)
    for group, found in groups.items():
        lines += [group, *(f"  {e.id:<{width}}{e.name}" for e in found), ""]
    lines.append("programmes")
    return [*lines, *(f"  {p.id:<{width}}{p.name}" for p in library.programmes.values())]


def exercise_page(exercise: Exercise, library: Library) -> list[str]:
    """One exercise: its dose for each level, cues, easier and harder variants, and sources."""
    lines = [f"{exercise.name}  ({exercise.id})", ""]
    for level in Level:
        dose = item(exercise, level).plan
        lines += _labelled(level.value, " · ".join(plan_parts(dose, way=exercise.way)))
    lines.append("")
    for number, cue in enumerate(exercise.cues, start=1):
        lines += folded(cue, WIDTH, f"{number}  ", "   ")
    lines += [""] if exercise.cues else []
    lines += [*folded(exercise.why, WIDTH), ""] if exercise.why else []
    sources = sources_words(library, exercise.sources)
    lines += _labelled("kind", f"{exercise.kind.value}, {exercise.sides.value}")
    for label, value in facts(exercise, library):
        lines += _labelled(label, value)
    return [*lines, *_labelled("sources", sources)]


def facts(exercise: Exercise, library: Library) -> list[tuple[str, str]]:
    """Labelled facts on an exercise: category, muscles, equipment, variants, who can check
    the form of a heavy lift with a bar, other names."""
    easier, harder = exercise.easier, exercise.harder
    every = [
        ("category", exercise.category),
        ("role", exercise.role.replace("-", " ")),
        ("muscles", ", ".join(exercise.muscles)),
        ("equipment", ", ".join(exercise.equipment) or "none"),
        ("easier", exercise_name(library, easier) if easier else ""),
        ("harder", exercise_name(library, harder) if harder else ""),
        ("watch", _watch(exercise)),
        ("before it", _before(exercise, library)),
        ("no gym", exercise_name(library, exercise.no_gym) if exercise.no_gym else ""),
        ("form", FORM_WORDS if is_bar_lift(exercise) else ""),
        ("also called", ", ".join(exercise.aliases)),
    ]
    return [(label, value) for label, value in every if value]


def _watch(exercise: Exercise) -> str:
    """What to watch in its sets, and how it is said of one."""
    flags = ", ".join(watched(exercise))
    return f"{flags}: the flags to give a set, by key c or typed after it" if flags else ""


def _before(exercise: Exercise, library: Library) -> str:
    """What comes before an exercise's first time, or an empty string."""
    needed = exercise.prerequisite
    if needed is None:
        return ""
    names = " or ".join(exercise_name(library, name) for name in needed.exercises)
    return f"{needed.clean_sessions} clean sessions of {names}"


def programme_page(programme: Programme, library: Library, level: Level) -> list[str]:
    """One programme: what it is for, its schedules by week, its sessions with doses for ``level``,
    and its sources."""
    lines = [f"{programme.name}  ({programme.id})", "", *folded(programme.about, WIDTH), ""]
    named = {part.id: part.name for part in programme.parts}
    lines.append("schedules")
    for schedule in programme.schedules:
        lines += _schedule(schedule, named)
    for part in programme.parts:
        lines += ["", *_part(part, library, level)]
    sources = sources_words(library, programme.sources)
    return [*lines, "", *_labelled("level", level.value), *_labelled("sources", sources)]


def _schedule(schedule: Schedule, named: dict[str, str]) -> Iterator[str]:
    yield from folded(f"{schedule.id:<{LABEL}}{schedule.name}", WIDTH, "  ", " " * (LABEL + 2))
    for phase in schedule.phases:
        yield from folded(phase_words(phase, named), WIDTH, "    ", "      ")
    if schedule.repeats:
        yield f"    {REPEATS}"


def _part(part: Part, library: Library, level: Level) -> Iterator[str]:
    minutes = f"{part_minutes(part, library, level)} min"
    head = "  ".join(filter(None, [part.name, part.focus, minutes]))
    yield from folded(head, WIDTH, hanging="  ")
    for slot in part.slots:
        words = choice_words(slot)
        if words:
            yield f"  {words}"
        indent = "    " if words else "  "
        for one, dose in slot_doses(slot, library, level):
            yield from folded(f"{one.name} ({one.id}): {dose}", WIDTH, indent, f"{indent}  ")
        for label, told in slot_facts(slot, library):
            yield from folded(f"{label}: {told}", WIDTH, f"{indent}  ", f"{indent}    ")


def part_minutes(part: Part, library: Library, level: Level) -> int:
    """About how many minutes a part takes with the doses for ``level``; the extra sets of every
    second week, which beginners do without, count half."""
    usual, more = [], []
    for slot in part.slots:
        for name in slot.exercises[: slot.pick]:
            one = item(library.exercises[name], level, slot)
            dose = dose_for(library.exercises[name], level, slot)
            extra = 0 if level is Level.BEGINNER else dose.extra_sets
            sets = (*one.plan.sets, *one.plan.sets[-1:] * extra)
            usual.append(one)
            more.append(replace(one, plan=replace(one.plan, sets=sets)))
    return round((session_minutes(usual) + session_minutes(more)) / 2)


def slot_facts(slot: Slot, library: Library) -> list[tuple[str, str]]:
    """Labelled words on a slot: what its article asks, why the runner gets something else, and its
    exercises on a steep or flat course."""
    every = [
        ("the article", slot.asks),
        ("you get", slot.ours),
        ("on a steep course", _names(slot.steep, library)),
        ("on a flat course", _names(slot.flat, library)),
    ]
    return [(label, told) for label, told in every if told]


def _names(exercises: Sequence[str], library: Library) -> str:
    return ", ".join(exercise_name(library, name) for name in exercises)


def slot_doses(
    slot: Slot, library: Library, level: Level, form: Form = Form.LONG
) -> list[tuple[Exercise, str]]:
    """The exercises of a slot, each with its dose for ``level`` in words; JSON has the compact
    form."""
    every = [library.exercises[name] for name in slot.exercises]
    return [(exercise, dose_words(exercise, level, slot, form)) for exercise in every]


def phase_words(phase: Phase, named: Mapping[str, str]) -> str:
    """A phase in words: its weeks, its name, and its sessions (``named`` gives names by id)."""
    title = f": {phase.name}" if phase.name else ""
    return f"{weeks_words(phase)}{title} · {', '.join(named[part] for part in phase.parts)}"


def weeks_words(phase: Phase) -> str:
    """The weeks of a phase in words."""
    if phase.last_week is None:
        return f"weeks {phase.first_week} on"
    if phase.first_week == phase.last_week:
        return f"week {phase.first_week}"
    return f"weeks {phase.first_week} to {phase.last_week}"


def choice_words(slot: Slot) -> str:
    """How many exercises of a slot are done in one session; empty if it has only one."""
    count = len(slot.exercises)
    if count == 1:
        return ""
    if slot.pick >= count:
        return "all of these"
    when = TURNS[slot.turn]
    return f"{slot.pick} of these {count}, {when}" if slot.pick > 1 else f"one of these, {when}"


def _labelled(label: str, value: str) -> list[str]:
    return folded(value, WIDTH, f"{label:<{LABEL}}  ")


# -- as JSON ---------------------------------------------------------------------------------------


def exercise_doc(exercise: Exercise, library: Library) -> Doc:
    """An exercise as JSON, with its sources by id and by name."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "kind": exercise.kind.value,
        "bare": exercise.bare,
        "category": exercise.category,
        "role": exercise.role,
        "muscles": list(exercise.muscles),
        "equipment": list(exercise.equipment),
        "sides": exercise.sides.value,
        "leg_load": exercise.leg_load,
        "region": exercise.region,
        "regions": list(exercise.regions),
        "easier": exercise.easier,
        "harder": exercise.harder,
        "no_gym": exercise.no_gym,
        "prerequisite": _prerequisite_doc(exercise),
        "doses": {level.value: _dose_doc(exercise.doses[level]) for level in Level},
        "cues": list(exercise.cues),
        "why": exercise.why,
        "sources": list(exercise.sources),
        "source_names": [source_text(library, source) for source in exercise.sources],
    }


def _prerequisite_doc(exercise: Exercise) -> Doc | None:
    needed = exercise.prerequisite
    if needed is None:
        return None
    return {"exercises": list(needed.exercises), "clean_sessions": needed.clean_sessions}


def _dose_doc(dose: Dose) -> Doc:
    return {
        "sets": dose.sets,
        **measures_to_doc(dose.measures),
        "reps_top": dose.reps_top,
        "rest_s": dose.rest_s,
        "target_rir": dose.target_rir,
    }


def programme_doc(programme: Programme) -> Doc:
    """A programme as JSON, with the names of its parts."""
    return {
        "id": programme.id,
        "name": programme.name,
        "about": programme.about,
        "parts": [{"id": part.id, "name": part.name} for part in programme.parts],
        "sources": list(programme.sources),
    }


def whole_programme_doc(programme: Programme, library: Library, level: Level) -> Doc:
    """A programme as JSON, with its schedules and the doses of its parts for ``level``."""
    return {
        **programme_doc(programme),
        "level": level.value,
        "schedules": [_schedule_doc(schedule) for schedule in programme.schedules],
        "parts": [_part_doc(part, library, level) for part in programme.parts],
    }


def _schedule_doc(schedule: Schedule) -> Doc:
    return {
        "id": schedule.id,
        "name": schedule.name,
        "phases": [
            {
                "first_week": phase.first_week,
                "last_week": phase.last_week,
                "name": phase.name,
                "sessions": phase.sessions,
                "parts": list(phase.parts),
            }
            for phase in schedule.phases
        ],
        "repeats": schedule.repeats,
        "per_week": schedule.per_week,
        "near_race": schedule.near_race,
    }


def _part_doc(part: Part, library: Library, level: Level) -> Doc:
    return {
        "id": part.id,
        "name": part.name,
        "focus": part.focus,
        "minutes": part_minutes(part, library, level),
        "slots": [_slot_doc(slot, library, level) for slot in part.slots],
    }


def _slot_doc(slot: Slot, library: Library, level: Level) -> Doc:
    return {
        "pick": slot.pick,
        "turn": slot.turn.value,
        "kind": slot.kind.value,
        "asks": slot.asks,
        "ours": slot.ours,
        "steep": list(slot.steep),
        "flat": list(slot.flat),
        "slow_s": slot.slow_s,
        "fast": slot.fast,
        "exercises": [
            {
                "exercise": exercise.id,
                "name": exercise.name,
                "dose": dose,
                **_dose_doc(dose_for(exercise, level, slot)),
            }
            for exercise, dose in slot_doses(slot, library, level, Form.COMPACT)
        ],
    }
