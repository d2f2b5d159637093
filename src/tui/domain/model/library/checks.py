"""The words and numbers an exercise of a library file may have, and the check of its doses.

A wrong value adds a problem to the :class:`Fields`; the caller then leaves the entry out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.model.validation import Fields, Span, is_id
from tui.domain.model.values import (
    MEASURES,
    Dose,
    Kind,
    Level,
    Measures,
    Sides,
)

CATEGORIES = (
    *("lunge", "hip-dominant", "hinge", "balance", "core", "mobility"),
    *("calf", "hip", "plyometric", "upper"),
)
# The job of an exercise.
ROLES = (
    *("knee-extension", "hip-extension", "hinge", "single-leg", "calf", "hip-flexion"),
    *("hip-abduction", "hip-adduction", "anti-extension", "anti-rotation", "rotation"),
    *("push", "pull", "carry", "jump", "balance", "mobility"),
)
KINDS = tuple(kind.value for kind in Kind)
SIDES = tuple(sides.value for sides in Sides)
LOADINGS = ("heavy", "high-rep")
TIERS = ("low", "medium", "high")
REGIONS = (
    *("hip", "knee", "ankle-calf", "shin", "foot", "hamstring"),
    *("back", "shoulder", "other"),
)
LEG_REGIONS = frozenset({"hip", "knee", "ankle-calf", "shin", "foot", "hamstring"})
OTHER = "other"
# Found in every home: an exercise that needs only these needs no gym.
HOUSEHOLD = frozenset({"wall", "step", "chair", "towel", "mat"})
EQUIPMENT = HOUSEHOLD | frozenset(
    {"barbell", "rack", "plates", "dumbbells", "kettlebell", "landmine", "hex-bar", "cable"}
    | {"bench", "box", "band", "mini-band", "slider", "exercise-ball", "wobble-board"}
    | {"jump-rope", "foam-roller"}
    # What a gym has besides.
    | {"machine", "smith-machine", "pull-up-bar", "dip-bars", "ez-bar", "medicine-ball", "rings"}
    | {"suspension-trainer", "sled", "ab-wheel", "roman-chair", "battle-rope", "sandbag"}
)

LIFT = {
    "implements": Span("", 1, 2),
    "body_share": Span("", 0, 1, whole=False),
    "max_ratio": Span("", 0.1, 4, whole=False),
}
# A word this much like a known thing is that thing, misspelt.
ALIKE = 0.85
DOSE = {
    "sets": Span("", 1, 10),
    "reps": Span("", 1, 100),
    "holds": Span("", 1, 50),
    "hold_s": Span("seconds", 1, 600, whole=False),
    "tempo_s": Span("seconds", 1, 60, whole=False),
    "contacts": Span("", 1, 200),
    "distance_m": Span("metres", 1, 1000, whole=False),
    "duration_s": Span("seconds", 5, 3600, whole=False),
    "reps_top": Span("", 1, 100),
    "rest_s": Span("seconds", 0, 900),
    "target_rir": Span("", 0, 10),
    "load_factor": Span("", 0.5, 1, whole=False),
    "extra_sets": Span("", 0, 1),
}
# The measures that make up one set for each kind of work; the first form is the usual one.
FORMS: Mapping[Kind, tuple[frozenset[str], ...]] = {
    Kind.LOADED: (frozenset({"reps"}),),
    Kind.BODYWEIGHT: (frozenset({"reps"}),),
    Kind.HOLD: (frozenset({"hold_s"}),),
    Kind.CLUSTER: (frozenset({"holds", "hold_s"}),),
    Kind.ECCENTRIC: (frozenset({"reps", "tempo_s"}),),
    Kind.PLYOMETRIC: (frozenset({"contacts"}), frozenset({"duration_s"})),
    Kind.CARRY: (frozenset({"distance_m"}), frozenset({"duration_s"})),
    Kind.MOBILITY: (frozenset({"reps"}), frozenset({"distance_m"}), frozenset({"duration_s"})),
}


def meant_thing(word: str) -> str | None:
    """The known piece of equipment that a word misspells, or None."""
    if word in EQUIPMENT:
        return None
    from difflib import get_close_matches  # Slow to import, and few words get this far.

    return next(iter(get_close_matches(word, sorted(EQUIPMENT), 1, ALIKE)), None)


def is_thing(word: str) -> bool:
    """Whether a word names a piece of equipment: a known one, or any other by a word like an id."""
    return word in EQUIPMENT or (is_id(word) and meant_thing(word) is None)


def dose_fields(fields: Fields) -> dict[str, Any]:
    """The valid numbers of a dose; all are optional."""
    values = {
        key: value
        for key, value in fields.raw.items()
        if value is not None and key in DOSE and fields.is_number(key, value, DOSE[key])
    }
    fields.seen.update(DOSE)
    fields.close()
    return values


def misfit(kind: Kind, dose: Dose, feet: int | None) -> str:
    """Why a dose does not suit this kind of work, or an empty string."""
    named = {name for name in MEASURES if getattr(dose.measures, name) is not None}
    if named not in FORMS[kind]:
        forms = " or ".join(" and ".join(sorted(form)) for form in FORMS[kind])
        return f"a {kind} dose is given in {forms}, not {' and '.join(sorted(named)) or 'nothing'}"
    if dose.reps_top is not None and dose.reps_top < (dose.measures.reps or dose.reps_top + 1):
        return "reps_top is the top of a range: it needs reps, and not more of them"
    if feet and dose.measures.contacts and dose.measures.contacts % feet:
        return f"contacts must be a multiple of the {feet} feet that land"
    return ""


def make_dose(values: Mapping[str, Any]) -> Dose:
    """A dose from checked numbers by name, which must include ``sets`` and ``rest_s``."""
    rest = dict(values)
    measures = Measures(**{name: rest.pop(name) for name in MEASURES if name in rest})
    return Dose(measures=measures, **rest)


def read_doses(fields: Fields, kind: Kind, feet: int | None) -> dict[Level, Dose]:
    """The doses of an exercise by level; a level with a problem may be missing."""
    doses: dict[Level, Dose] = {}
    levels = fields.inside("doses", value) if (value := fields.take("doses")) is not None else None
    if levels is None:
        return doses
    for level in Level:
        raw = levels.take(level)
        inner = None if raw is None else levels.inside(level, raw)
        if inner is None:
            continue
        before = len(fields.problems)
        values = dose_fields(inner)
        for key in ("sets", "rest_s"):
            inner.take(key)
        if len(fields.problems) == before:
            doses[level] = make_dose(values)
            if message := misfit(kind, doses[level], feet):
                levels.wrong(level, message)
    levels.close()
    return doses
