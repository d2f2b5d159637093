"""Check an exercise of a library file, with its doses: plain JSON in, frozen values out.

A wrong value adds a problem to the :class:`Fields`; the caller then leaves the entry out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.model.validation import Fields, Span
from tui.domain.model.values import (
    MEASURES,
    Dose,
    Exercise,
    Kind,
    Level,
    Measures,
    Prerequisite,
    Sides,
)

CATEGORIES = (
    *("lunge", "hip-dominant", "hinge", "balance", "core", "mobility"),
    *("calf", "hip", "plyometric", "upper"),
)
# The job of an exercise, and the usual one of each category, for entries that name none.
ROLES = (
    *("knee-extension", "hip-extension", "hinge", "single-leg", "calf", "hip-flexion"),
    *("hip-abduction", "hip-adduction", "anti-extension", "anti-rotation", "rotation"),
    *("push", "pull", "carry", "jump", "balance", "mobility"),
)
USUAL_ROLES = {
    "lunge": "single-leg",
    "hip-dominant": "hip-extension",
    "hinge": "hinge",
    "balance": "balance",
    "core": "anti-extension",
    "mobility": "mobility",
    "calf": "calf",
    "hip": "hip-abduction",
    "plyometric": "jump",
    "upper": "push",
}
KINDS = tuple(kind.value for kind in Kind)
SIDES = tuple(sides.value for sides in Sides)
LOADINGS = ("heavy", "high-rep")
TIERS = ("low", "medium", "high")
REGIONS = (
    *("hip", "knee", "ankle-calf", "shin", "foot", "hamstring"),
    *("back", "shoulder", "other"),
)
OTHER = "other"
# Found in every home: an exercise that needs only these needs no gym.
HOUSEHOLD = frozenset({"wall", "step", "chair", "towel", "mat"})
EQUIPMENT = HOUSEHOLD | frozenset(
    {"barbell", "rack", "plates", "dumbbells", "kettlebell", "landmine", "hex-bar", "cable"}
    | {"bench", "box", "band", "mini-band", "slider", "exercise-ball", "wobble-board"}
    | {"jump-rope", "foam-roller"}
)

CLEAN_SESSIONS = Span("", 1, 10)
LEG_LOAD = Span("", 0, 3)
LIFT = {
    "implements": Span("", 1, 2),
    "body_share": Span("", 0, 1, whole=False),
    "max_ratio": Span("", 0.1, 4, whole=False),
}
FEET = Span("", 1, 2)
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


def read_jump(fields: Fields, kind: Kind) -> tuple[int | None, str | None]:
    """The feet and tier of a jump; both None for other kinds of work."""
    if kind is not Kind.PLYOMETRIC:
        if fields.may("jump"):
            fields.wrong("jump", "only a plyometric exercise has one")
        return None, None
    value = fields.take("jump")
    jump = None if value is None else fields.inside("jump", value)
    if jump is None:
        return None, None
    feet, tier = jump.number("feet", FEET), jump.choice("tier", TIERS)
    jump.close()
    return feet, tier


def read_loading(fields: Fields, kind: Kind) -> str | None:
    """``heavy`` or ``high-rep`` for a loaded exercise, None for any other."""
    if kind is Kind.LOADED:
        return fields.choice("loading", LOADINGS)
    if fields.may("loading"):
        fields.wrong("loading", "only a loaded exercise has one")
    return None


def read_lift(fields: Fields, loading: str | None) -> dict[str, Any]:
    """What of a heavy lift is moved besides one implement; empty if nothing is said."""
    if not fields.may("lift"):
        return {}
    if loading != "heavy":
        fields.wrong("lift", "only a heavy exercise has one")
        return {}
    inner = fields.inside("lift", fields.raw["lift"])
    if inner is None:
        return {}
    values = {
        key: inner.raw[key]
        for key, span in LIFT.items()
        if inner.may(key) and inner.is_number(key, inner.raw[key], span)
    }
    inner.close()
    return values


def read_regions(fields: Fields) -> tuple[str, ...]:
    """The regions an exercise works, the main one first. Schema 1 had a single ``region``: it is
    still read, as the main one, which it must be if there are ``regions`` too."""
    if fields.raw.get("regions") is None and fields.may("region"):
        fields.seen.add("regions")
        return (fields.choice("region", REGIONS) or OTHER,)
    fits = fields.is_one_of(REGIONS)
    found = fields.words("regions", 1, len(REGIONS), "regions", fits) or (OTHER,)
    if fields.may("region") and fields.raw["region"] != found[0]:
        fields.wrong("region", f"must be the first of regions, {found[0]}, or left out")
    return found


def read_role(fields: Fields, category: str) -> str:
    """The job of an exercise; without one, the usual one of its category."""
    if fields.may("role"):
        return fields.choice("role", ROLES)
    return USUAL_ROLES.get(category, "mobility")


def read_prerequisite(fields: Fields) -> Prerequisite | None:
    """What comes before an exercise's first time, or None."""
    if not fields.may("prerequisite"):
        return None
    inner = fields.inside("prerequisite", fields.raw["prerequisite"])
    if inner is None:
        return None
    needed = Prerequisite(
        exercises=inner.words("exercises", 1, 8, "exercise ids", inner.is_id),
        clean_sessions=inner.number("clean_sessions", CLEAN_SESSIONS),
    )
    inner.close()
    return needed


def read_blank(fields: Fields) -> bool:
    """Whether an entry has only a name, for the runner to fill in."""
    blank = fields.may("blank") and fields.raw["blank"]
    if not isinstance(blank, bool):
        fields.wrong("blank", "must be true or false")
    return blank is True


def read_exercise(fields: Fields) -> Exercise:
    """One exercise, valid only if it added no problem. Ids it refers to are not looked up here."""
    # A wrong kind would make every dose look wrong as well, so then they are not checked.
    kind = fields.choice("kind", KINDS)
    known = Kind(kind) if kind else None
    feet, tier = read_jump(fields, known) if known else (None, None)
    loading = read_loading(fields, known) if known else None
    lift = read_lift(fields, loading) if known else {}
    category = fields.choice("category", CATEGORIES)
    exercise = Exercise(
        id=fields.ident("id"),
        name=fields.text("name"),
        aliases=fields.words("aliases", 0, 12, "names", fields.is_text),
        kind=known or Kind.BODYWEIGHT,
        loading=loading,
        **lift,
        category=category,
        role=read_role(fields, category),
        muscles=fields.words("muscles", 1, 8, "muscles", fields.is_text),
        equipment=fields.words("equipment", 0, 8, "things", fields.is_one_of(EQUIPMENT)),
        sides=Sides(fields.choice("sides", SIDES) or "both"),
        doses=read_doses(fields, known, feet) if known else {},
        cues=fields.words("cues", 3, 5, "cues", fields.is_text),
        why=fields.text("why"),
        easier=fields.ident("easier") if fields.may("easier") else None,
        harder=fields.ident("harder") if fields.may("harder") else None,
        no_gym=fields.ident("no_gym") if fields.may("no_gym") else None,
        prerequisite=read_prerequisite(fields),
        jump_feet=feet,
        jump_tier=tier,
        leg_load=fields.number("leg_load", LEG_LOAD),
        regions=read_regions(fields),
        sources=fields.words("sources", 1, 8, "source ids", fields.is_id),
        blank=read_blank(fields),
    )
    if not known:
        fields.seen |= {"doses", "jump", "loading", "lift"}
    fields.close()
    return exercise
