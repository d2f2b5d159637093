"""What is usual of an exercise of which little is told, from its kind, its name and where it works.

The choices are the project's. They err on the quiet side: nothing is called hard on the legs, or
heavy, that is not known to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from tui.domain.model.library.checks import LEG_REGIONS, OTHER, TIERS, make_dose
from tui.domain.model.values import Dose, Exercise, Kind, Level, Sides

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
SOURCES = ("project",)
# Where an exercise of a kind works if neither its name nor its entry says. Most of what a gym log
# holds and a runner's library does not is work of arms and shoulders.
BY_KIND: Mapping[Kind, str] = {
    Kind.LOADED: "shoulder",
    Kind.BODYWEIGHT: "back",
    Kind.HOLD: "back",
    Kind.CLUSTER: "hip",
    Kind.ECCENTRIC: "hip",
    Kind.PLYOMETRIC: "ankle-calf",
    Kind.CARRY: "shoulder",
    Kind.MOBILITY: OTHER,
}
# The main region of a category, and how hard it is on the legs, 0 to 3.
BY_CATEGORY: Mapping[str, tuple[str, int]] = {
    "lunge": ("knee", 2),
    "hip-dominant": ("hip", 2),
    "hinge": ("hamstring", 2),
    "balance": ("ankle-calf", 1),
    "core": ("back", 0),
    "mobility": (OTHER, 0),
    "calf": ("ankle-calf", 1),
    "hip": ("hip", 1),
    "plyometric": ("ankle-calf", 2),
    "upper": ("shoulder", 0),
}
# Back, shoulder and elsewhere have too many to name one.
MUSCLES: Mapping[str, tuple[str, ...]] = {
    "hip": ("glutes",),
    "knee": ("quadriceps",),
    "ankle-calf": ("calves",),
    "shin": ("shins",),
    "foot": ("foot",),
    "hamstring": ("hamstrings",),
}
# Words of a name that say where it works; the first of these lines that has one of them counts.
NAMED: Sequence[tuple[str, tuple[str, ...]]] = (
    ("hamstring", ("hamstring", "leg curl", "deadlift", " rdl ", "good morning")),
    ("ankle-calf", ("calf", "calves", "heel raise")),
    ("shin", ("tibialis",)),
    ("knee", ("squat", "lunge", "leg press", "leg extension", " step up")),
    ("hip", (" hip ", "glute", "abduct", "adduct")),
    ("back", ("crunch", "sit up", "situp", "plank", " ab ", " abs ")),
)
# What to begin with, one foot landing in a jump.
DOSES: Mapping[Kind, Mapping[str, int]] = {
    Kind.LOADED: {"sets": 3, "reps": 8, "reps_top": 12, "target_rir": 2, "rest_s": 90},
    Kind.BODYWEIGHT: {"sets": 3, "reps": 8, "reps_top": 15, "target_rir": 2, "rest_s": 60},
    Kind.HOLD: {"sets": 3, "hold_s": 20, "rest_s": 45},
    Kind.CLUSTER: {"sets": 3, "holds": 6, "hold_s": 5, "rest_s": 60},
    Kind.ECCENTRIC: {"sets": 3, "reps": 5, "tempo_s": 5, "rest_s": 90},
    Kind.PLYOMETRIC: {"sets": 2, "contacts": 8, "rest_s": 120},
    Kind.CARRY: {"sets": 3, "distance_m": 20, "rest_s": 90},
    Kind.MOBILITY: {"sets": 1, "reps": 10, "rest_s": 15},
}
HEAVY = {"sets": 3, "reps": 3, "reps_top": 8, "target_rir": 1, "rest_s": 150}
# A sled is pushed with these; with other things in her hands a runner only walks.
DRIVING = ("knee", "hip", "hamstring")
# Kinds of work with no more than the body, and none of it in the lowering.
LIGHT = frozenset({Kind.BODYWEIGHT, Kind.HOLD, Kind.CLUSTER})


def regions_of(kind: Kind, name: str, category: str | None = None) -> tuple[str, ...]:
    """Where an exercise works: as its category says, else its name, else its kind."""
    if category:
        return (BY_CATEGORY[category][0],)
    words = f" {name.casefold().replace('-', ' ')} "
    named = (region for region, said in NAMED if any(word in words for word in said))
    return (next(named, BY_KIND[kind]),)


def category_of(kind: Kind, regions: Sequence[str], sides: Sides) -> str:
    """The category of an exercise that works these regions, the main one first."""
    if kind is Kind.PLYOMETRIC:
        return "plyometric"
    if kind is Kind.MOBILITY:
        return "mobility"
    main = regions[0]
    if kind is Kind.CARRY or main == "shoulder":
        return "upper"
    if main == "knee":
        return "hip-dominant" if sides is Sides.BOTH else "lunge"
    if main == "hip":
        return "hip-dominant" if len(regions) > 1 else "hip"
    if main == "hamstring" or (main == "back" and not LEG_REGIONS.isdisjoint(regions)):
        return "hinge"
    if main in LEG_REGIONS:
        return "calf"
    return "upper" if main == OTHER and kind is Kind.LOADED else "core"


def role_of(kind: Kind, category: str, region: str) -> str:
    """The job of an exercise; empty where the category does not tell it."""
    if kind is Kind.CARRY:
        return "carry"
    if category == "hip-dominant" and region == "knee":
        return "knee-extension"
    unknown = category in ("upper", "core", "hip") or region in ("shin", "foot")
    return "" if unknown else USUAL_ROLES[category]


def leg_load_of(kind: Kind, category: str, region: str) -> int:
    """How hard an exercise is on the legs, 0 to 3; 2 and more keeps two days between sessions."""
    load = BY_CATEGORY[category][1]
    if kind is Kind.CARRY:
        return 2 if region in DRIVING else 1
    if category == "hinge" and region == "back":
        return 1
    return min(load, 1) if kind in LIGHT and category != "lunge" else load


def jump_of(sides: Sides, leg_load: int) -> tuple[int, str]:
    """The feet that land in a jump, and its tier."""
    return (2 if sides is Sides.BOTH else 1), TIERS[max(0, leg_load - 1)]


def loading_of(kind: Kind) -> str | None:
    """How weights are trained that are known by name alone: in a range of reps, with the load the
    runner has shown. A heavy lift is planned by its maximum, and of that there is no careful first
    guess."""
    return "high-rep" if kind is Kind.LOADED else None


@lru_cache(maxsize=64)
def doses_of(kind: Kind, loading: str | None, feet: int | None) -> Mapping[Level, Dose]:
    """The dose to begin with, the same at each level."""
    numbers = dict(HEAVY if loading == "heavy" else DOSES[kind])
    if feet:
        numbers["contacts"] *= feet
    return dict.fromkeys(Level, make_dose(numbers))


@lru_cache(maxsize=256)
def usual_exercise(kind: Kind, regions: tuple[str, ...], sides: Sides) -> Exercise:
    """An exercise of which no more is told, still without an id and a name."""
    category = category_of(kind, regions, sides)
    leg_load = leg_load_of(kind, category, regions[0])
    feet, tier = jump_of(sides, leg_load) if kind is Kind.PLYOMETRIC else (None, None)
    loading = loading_of(kind)
    return Exercise(
        id="",
        name="",
        kind=kind,
        category=category,
        role=role_of(kind, category, regions[0]),
        muscles=MUSCLES.get(regions[0], ()),
        sides=sides,
        doses=doses_of(kind, loading, feet),
        cues=(),
        why="",
        loading=loading,
        jump_feet=feet,
        jump_tier=tier,
        leg_load=leg_load,
        regions=regions,
        sources=SOURCES,
        bare=True,
    )
