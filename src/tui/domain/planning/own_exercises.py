"""The runner's own exercises: from eight answers to an exercise, and to the JSON of her library.

:func:`tui.domain.model.library.parser.overlay` has the last word on what is written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.codec import Doc
from tui.domain.model.library.checks import (
    EQUIPMENT,
    LIFT,
    dose_fields,
    is_thing,
    make_dose,
    meant_thing,
    misfit,
)
from tui.domain.model.library.usual import (
    MUSCLES,
    SOURCES,
    USUAL_ROLES,
    category_of,
    doses_of,
    jump_of,
    leg_load_of,
    loading_of,
    regions_of,
)
from tui.domain.model.notation import Form
from tui.domain.model.text import clean
from tui.domain.model.validation import TEXT_LENGTHS, Fields, Problem
from tui.domain.model.values import MEASURES, Dose, Exercise, Kind, Level, Sides, Slot
from tui.domain.planning.own_library import entries, with_entry, without_entry
from tui.domain.planning.own_programmes import dose_words, free_id, typed_dose
from tui.domain.session.actions import Refused

EXERCISES = "exercises"
NOTHING = "nothing"
MOST_THINGS = 8
# Up to so many reps a set, weights are trained as a heavy lift (source project).
HEAVY_REPS = 6
WEIGHTED = (Kind.LOADED, Kind.CARRY)


class Draft(Struct, frozen=True, kw_only=True):
    """An exercise that is being made: what has been answered so far, None for the rest. What is not
    answered comes from ``base``, the exercise that is copied or changed, or is what is usual.
    ``keeps_id``: the exercise is changed, not copied."""

    base: Exercise | None = None
    keeps_id: bool = False
    name: str = ""
    kind: Kind | None = None
    sides: Sides | None = None
    category: str | None = None
    region: str | None = None
    equipment: tuple[str, ...] | None = None
    leg_load: int | None = None
    dose: Dose | None = None


def exercise_of(draft: Draft, taken: Container[str]) -> Exercise:
    """The exercise that a draft makes, with an id of its own that is not ``taken``."""
    base = draft.base
    name = draft.name or (base.name if base else "Exercise")
    kind = draft.kind or (base.kind if base else Kind.BODYWEIGHT)
    same_kind = base is not None and base.kind is kind
    sides = draft.sides or (base.sides if base else Sides.BOTH)
    told = draft.category or (base.category if base else None)
    region = draft.region or (base.region if base else regions_of(kind, name, told)[0])
    regions = base.regions if base and base.region == region else (region,)
    category = told or category_of(kind, regions, sides)
    equipment = draft.equipment
    if equipment is None:
        usual = ("dumbbells",) if kind in WEIGHTED else ()
        equipment = base.equipment if base else usual
    leg_load = draft.leg_load
    if leg_load is None:
        leg_load = base.leg_load if base else leg_load_of(kind, category, region)
    made = Exercise(
        id=base.id if base and draft.keeps_id else free_id(draft.name, taken),
        name=name,
        kind=kind,
        category=category,
        role=(base.role if base and base.category == category else "") or USUAL_ROLES[category],
        muscles=base.muscles if base and base.region == region else MUSCLES.get(region, ()),
        equipment=equipment,
        sides=sides,
        doses={},
        cues=base.cues if base else (),
        why=base.why if base else "",
        leg_load=leg_load,
        regions=regions,
        sources=base.sources if base else SOURCES,
    )
    if base and draft.keeps_id:
        # A copy stands on no ladder, and goes by its own name alone.
        made = replace(
            made,
            aliases=base.aliases,
            easier=base.easier,
            harder=base.harder,
            no_gym=base.no_gym,
            prerequisite=base.prerequisite,
        )
    if kind is Kind.PLYOMETRIC:
        feet, tier = jump_of(sides, leg_load)
        if same_kind and base:
            feet, tier = base.jump_feet or feet, base.jump_tier or tier
        made = replace(made, jump_feet=feet, jump_tier=tier)
    doses = dict.fromkeys(Level, draft.dose) if draft.dose else None
    if doses is None and same_kind and base:
        doses = dict(base.doses)
    made = replace(made, doses=doses or _usual_doses(made))
    if kind is Kind.LOADED:
        reps = made.doses[Level.INTERMEDIATE].measures.reps or HEAVY_REPS + 1
        usual_loading = "heavy" if reps <= HEAVY_REPS else "high-rep"
        made = replace(made, loading=base.loading if same_kind and base else usual_loading)
    if same_kind and base and base.loading == "heavy":
        lift = {key: getattr(base, key) for key in LIFT}
        made = replace(made, **lift)
    return made


# -- the answers -----------------------------------------------------------------------------------


def named(draft: Draft, typed: str, names: Iterable[str]) -> Draft:
    """The draft with a name that no other exercise has. Raises Refused."""
    name = " ".join(clean(typed).split())
    if len(name) > TEXT_LENGTHS["name"]:
        raise Refused(f"At most {TEXT_LENGTHS['name']} letters, please: this has {len(name)}.")
    own = draft.base.name.casefold() if draft.base and draft.keeps_id else ""
    if name.casefold() != own and name.casefold() in {one.casefold() for one in names}:
        raise Refused(f"There is a {name} already. Another name, like {name} 2.")
    if not name.isprintable() or not name:
        raise Refused("A name in letters, like Plank with Reach.")
    return replace(draft, name=name)


def needing(draft: Draft, typed: str) -> Draft:
    """The draft with what the exercise needs: things with commas between them, or nothing. Raises
    Refused."""
    words = [word.strip().casefold() for word in re.split(r"[,;]|\band\b", typed)]
    things = [_thing(word) for word in words if word and word not in (NOTHING, "none")]
    if len(set(things)) > MOST_THINGS:
        raise Refused(f"At most {MOST_THINGS} things, please.")
    return replace(draft, equipment=tuple(dict.fromkeys(things)))


def _thing(word: str) -> str:
    """The thing that a word names, by its beginning or one letter more; a thing that is not known
    by its own name. Raises Refused."""
    dashed = re.sub(r"[\s_]+", "-", word)
    for tried in (dashed, f"{dashed}s", dashed.removesuffix("s")):
        if tried in EQUIPMENT:
            return tried
    begun = [thing for thing in sorted(EQUIPMENT) if thing.startswith(dashed)]
    if len(begun) == 1:
        return begun[0]
    if not begun and is_thing(dashed):
        return dashed
    near = ", ".join(begun or (meant_thing(dashed) or "bench",))
    raise Refused(f"“{word}”? Write things like {near}, or nothing.")


def dosed(draft: Draft, typed: str, taken: Container[str]) -> Draft:
    """The draft with the dose to begin with, in the notation, as 3x20s/side rest 45. Raises Refused
    or NotationError."""
    made = exercise_of(draft, taken)
    return replace(draft, dose=_dose(made, typed))


def dose_text(draft: Draft, taken: Container[str], level: Level) -> str:
    """The dose that a draft has at a level, as it is typed, with the rest."""
    return _typed(exercise_of(draft, taken), level)


def dose_shown(draft: Draft, taken: Container[str], level: Level) -> str:
    """The dose that a draft has at a level, as it is shown: 3 × 20 s each side, rest 0:45."""
    made = exercise_of(draft, taken)
    words = dose_words(made, level, Slot(exercises=(made.id,)), Form.LONG)
    rest = made.doses[level].rest_s
    return f"{words}, rest {rest // 60}:{rest % 60:02}"


def _usual_doses(made: Exercise) -> Mapping[Level, Dose]:
    return doses_of(made.kind, loading_of(made.kind), made.jump_feet)


def dose_example(made: Exercise) -> str:
    """What is usual for an exercise, as it is typed."""
    return _typed(replace(made, doses=_usual_doses(made)), Level.INTERMEDIATE)


def _typed(made: Exercise, level: Level) -> str:
    words = dose_words(made, level, Slot(exercises=(made.id,)))
    return f"{words} rest {made.doses[level].rest_s}"


def _dose(made: Exercise, typed: str) -> Dose:
    slot = typed_dose(typed, made, Level.INTERMEDIATE, Slot(exercises=(made.id,)))
    numbers = dict(slot.dose)
    if made.kind is Kind.PLYOMETRIC and "reps" in numbers:
        jumps = numbers.pop("reps")
        numbers.setdefault("contacts", jumps * (made.jump_feet or 1))
    numbers.setdefault("rest_s", made.doses[Level.INTERMEDIATE].rest_s)
    example = dose_example(made)
    wrong: list[Problem] = []
    dose_fields(Fields(numbers, "", wrong, ""))
    if wrong:
        raise Refused(f"{wrong[0].field} {wrong[0].message}. Write it like {example}.")
    dose = make_dose(numbers)
    if misfit(made.kind, dose, made.jump_feet):
        raise Refused(f"“{typed}”? Write it like {example}.")
    return dose


# -- the JSON --------------------------------------------------------------------------------------


def own_exercise(own: Mapping[str, Any], name: str) -> Doc | None:
    """The entry of an exercise in the own library, or None."""
    return entries(own, EXERCISES).get(name)


def with_exercise(own: Mapping[str, Any], entry: Doc) -> Doc:
    """The own library with an exercise's entry added, or replaced if the id is there."""
    return with_entry(own, EXERCISES, entry)


def without_exercise(own: Mapping[str, Any], name: str) -> Doc:
    """The own library without one of its exercises."""
    return without_entry(own, EXERCISES, name)


def exercise_entry(exercise: Exercise) -> Doc:
    """An exercise as library JSON, without what is not known or empty."""
    entry: Doc = {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "kind": exercise.kind.value,
        "loading": exercise.loading,
        # A category that is told brings a role with it.
        "category": exercise.category if exercise.role else None,
        "role": exercise.role,
        "muscles": list(exercise.muscles),
        "equipment": list(exercise.equipment),
        "sides": exercise.sides.value,
        "doses": None if exercise.bare else _doses_entry(exercise.doses),
        "cues": list(exercise.cues),
        "why": exercise.why,
        "easier": exercise.easier,
        "harder": exercise.harder,
        "no_gym": exercise.no_gym,
        "leg_load": exercise.leg_load,
        "regions": list(exercise.regions),
        "sources": list(exercise.sources),
    }
    if exercise.loading == "heavy":
        entry["lift"] = {key: getattr(exercise, key) for key in LIFT}
    if exercise.prerequisite is not None:
        needed = exercise.prerequisite
        entry["prerequisite"] = {
            "exercises": list(needed.exercises),
            "clean_sessions": needed.clean_sessions,
        }
    if exercise.kind is Kind.PLYOMETRIC:
        entry["jump"] = {"feet": exercise.jump_feet, "tier": exercise.jump_tier}
    if exercise.blank:
        entry["blank"] = True
    return {key: value for key, value in entry.items() if value not in (None, "", [])}


def _doses_entry(doses: Mapping[Level, Dose]) -> Doc:
    return {level.value: _dose_entry(dose) for level, dose in doses.items()}


def _dose_entry(dose: Dose) -> Doc:
    numbers: Doc = {"sets": dose.sets, "rest_s": dose.rest_s}
    numbers |= {name: getattr(dose.measures, name) for name in MEASURES}
    numbers |= {"reps_top": dose.reps_top, "target_rir": dose.target_rir}
    if dose.load_factor != 1:
        numbers["load_factor"] = dose.load_factor
    numbers["extra_sets"] = dose.extra_sets or None
    return {key: value for key, value in numbers.items() if value is not None}
