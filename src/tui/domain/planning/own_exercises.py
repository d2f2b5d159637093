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
    TIERS,
    USUAL_ROLES,
    dose_fields,
    make_dose,
    misfit,
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
CUES = (
    "Do it the way you know it.",
    "Begin lighter than you think you need to.",
    "Stop the set when your form goes.",
)
WHY = "You have added this one yourself."
SOURCE = "project"
# What is usual, until it is answered.
BY_KIND: Mapping[Kind, tuple[str, str]] = {
    Kind.LOADED: ("lunge", "3x10 rir2 rest 90"),
    Kind.BODYWEIGHT: ("core", "3x10 rir2 rest 60"),
    Kind.HOLD: ("core", "3x20s rest 45"),
    Kind.CLUSTER: ("hip", "3x6x5s rest 60"),
    Kind.ECCENTRIC: ("hip-dominant", "3x5 t5 rest 90"),
    Kind.PLYOMETRIC: ("plyometric", "2x8 rest 120"),
    Kind.CARRY: ("core", "3x20m rest 90"),
    Kind.MOBILITY: ("mobility", "1x10 rest 15"),
}
WEIGHTED = (Kind.LOADED, Kind.CARRY)
# The main region of a category, and how hard it is on the legs, 0 to 3.
BY_CATEGORY: Mapping[str, tuple[str, int]] = {
    "lunge": ("knee", 2),
    "hip-dominant": ("hip", 2),
    "hinge": ("hamstring", 2),
    "balance": ("ankle-calf", 1),
    "core": ("back", 0),
    "mobility": ("other", 0),
    "calf": ("ankle-calf", 1),
    "hip": ("hip", 1),
    "plyometric": ("ankle-calf", 2),
    "upper": ("shoulder", 0),
}
MUSCLES: Mapping[str, str] = {
    "hip": "glutes",
    "knee": "quadriceps",
    "ankle-calf": "calves",
    "shin": "shins",
    "foot": "foot",
    "hamstring": "hamstrings",
    "back": "abdominals",
    "shoulder": "shoulders",
    "other": "whole body",
}


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
    kind = draft.kind or (base.kind if base else Kind.BODYWEIGHT)
    same_kind = base is not None and base.kind is kind
    category = draft.category or (base.category if base else BY_KIND[kind][0])
    usual_region, usual_load = BY_CATEGORY[category]
    region = draft.region or (base.region if base else usual_region)
    equipment = draft.equipment
    if equipment is None:
        usual = ("dumbbells",) if kind in WEIGHTED else ()
        equipment = base.equipment if base else usual
    sides = draft.sides or (base.sides if base else Sides.BOTH)
    leg_load = draft.leg_load
    if leg_load is None:
        leg_load = base.leg_load if base else usual_load
    made = Exercise(
        id=base.id if base and draft.keeps_id else free_id(draft.name, taken),
        name=draft.name or (base.name if base else "Exercise"),
        kind=kind,
        category=category,
        role=base.role if base and base.category == category else USUAL_ROLES[category],
        muscles=base.muscles if base and base.region == region else (MUSCLES[region],),
        equipment=equipment,
        sides=sides,
        doses={},
        cues=base.cues if base else CUES,
        why=base.why if base else WHY,
        leg_load=leg_load,
        regions=base.regions if base and base.region == region else (region,),
        sources=base.sources if base else (SOURCE,),
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
        both = sides is Sides.BOTH
        made = replace(
            made,
            jump_feet=base.jump_feet if same_kind and base else 2 if both else 1,
            jump_tier=base.jump_tier if same_kind and base else TIERS[max(0, leg_load - 1)],
        )
    doses = dict.fromkeys(Level, draft.dose) if draft.dose else None
    if doses is None and same_kind and base:
        doses = dict(base.doses)
    made = replace(made, doses=doses or {level: _usual_dose(made) for level in Level})
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
    """The thing that a word names, by its beginning or one letter more."""
    dashed = re.sub(r"[\s_]+", "-", word)
    for tried in (dashed, f"{dashed}s", dashed.removesuffix("s")):
        if tried in EQUIPMENT:
            return tried
    begun = [thing for thing in sorted(EQUIPMENT) if thing.startswith(dashed)]
    if len(begun) == 1:
        return begun[0]
    near = ", ".join(begun or ("bench", "band", "step"))
    raise Refused(f"“{word}”? Write things like {near}, or nothing.")


def dosed(draft: Draft, typed: str, taken: Container[str]) -> Draft:
    """The draft with the dose to begin with, in the notation, as 3x20s/side rest 45. Raises Refused
    or NotationError."""
    made = exercise_of(draft, taken)
    return replace(draft, dose=_dose(made, typed))


def dose_text(draft: Draft, taken: Container[str], level: Level) -> str:
    """The dose that a draft has at a level, as it is typed, with the rest."""
    made = exercise_of(draft, taken)
    words = dose_words(made, level, Slot(exercises=(made.id,)))
    return f"{words} rest {made.doses[level].rest_s}"


def dose_shown(draft: Draft, taken: Container[str], level: Level) -> str:
    """The dose that a draft has at a level, as it is shown: 3 × 20 s each side, rest 0:45."""
    made = exercise_of(draft, taken)
    words = dose_words(made, level, Slot(exercises=(made.id,)), Form.LONG)
    rest = made.doses[level].rest_s
    return f"{words}, rest {rest // 60}:{rest % 60:02}"


def _usual_dose(made: Exercise) -> Dose:
    numbers = {"sets": 1, "reps": 1, "rest_s": 60}
    blank = make_dose(numbers)
    return _dose(replace(made, doses=dict.fromkeys(Level, blank)), BY_KIND[made.kind][1])


def _dose(made: Exercise, typed: str) -> Dose:
    slot = typed_dose(typed, made, Level.INTERMEDIATE, Slot(exercises=(made.id,)))
    numbers = dict(slot.dose)
    if made.kind is Kind.PLYOMETRIC and "reps" in numbers:
        jumps = numbers.pop("reps")
        numbers.setdefault("contacts", jumps * (made.jump_feet or 1))
    numbers.setdefault("rest_s", made.doses[Level.INTERMEDIATE].rest_s)
    example = BY_KIND[made.kind][1]
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
    """An exercise as library JSON; what is usual is left out."""
    entry: Doc = {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "kind": exercise.kind.value,
        "loading": exercise.loading,
        "category": exercise.category,
        "role": exercise.role,
        "muscles": list(exercise.muscles),
        "equipment": list(exercise.equipment),
        "sides": exercise.sides.value,
        "doses": {level.value: _dose_entry(dose) for level, dose in exercise.doses.items()},
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
    return {key: value for key, value in entry.items() if value is not None}


def _dose_entry(dose: Dose) -> Doc:
    numbers: Doc = {"sets": dose.sets, "rest_s": dose.rest_s}
    numbers |= {name: getattr(dose.measures, name) for name in MEASURES}
    numbers |= {"reps_top": dose.reps_top, "target_rir": dose.target_rir}
    if dose.load_factor != 1:
        numbers["load_factor"] = dose.load_factor
    numbers["extra_sets"] = dose.extra_sets or None
    return {key: value for key, value in numbers.items() if value is not None}
