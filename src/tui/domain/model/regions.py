"""Regions of the body: the words for them, and which of them an exercise works (source project).

The library lists the regions that an exercise works, the main one first. Up to pain of five those
count, so the lists are short: the regions for whose sake a coach would ask for less. From six up an
exercise rests for anything that it loads, which is more, and errs on the side of too much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.model.library.checks import LEG_REGIONS, REGIONS
from tui.domain.model.validation import BadDocument, need
from tui.domain.model.values import Exercise, Kind

LANDING = ("foot", "shin")  # Every jump lands on these.
HARD = 2  # From this leg_load up the whole leg is loaded, and a weight loads the back as well.
# What runners call them.
ALIASES = {
    **dict.fromkeys(("groin", "glute", "glutes", "hips", "hip-flexor"), "hip"),
    **dict.fromkeys(("itb", "it-band", "kneecap", "patella", "knees", "runner's-knee"), "knee"),
    **dict.fromkeys(("achilles", "calves", "ankles", "soleus"), "ankle-calf"),
    **dict.fromkeys(("shins", "shin-splints", "tibia"), "shin"),
    **dict.fromkeys(("heel", "plantar", "plantar-fascia", "arch", "toe", "toes", "feet"), "foot"),
    **dict.fromkeys(("plantar-fasciitis", "sole"), "foot"),
    **dict.fromkeys(("hamstrings", "hammy"), "hamstring"),
    **dict.fromkeys(("lower-back", "low-back", "lumbar", "spine"), "back"),
    "shoulders": "shoulder",
}


def region_named(word: str) -> str | None:
    """The region that ``word`` names by its id, a part of the id or another name for it, whatever
    its case; None for any other word."""
    word = "-".join(word.lower().split())
    if word in REGIONS:
        return word
    part = next((region for region in REGIONS if word in region.split("-")), None)
    return part or ALIASES.get(word)


def region_in(doc: Mapping[str, Any]) -> str:
    """The region that a line or record names; raises BadDocument if it names none."""
    word = need(doc, "region")
    if (region := region_named(word)) is None:
        raise BadDocument(f"region can be {', '.join(REGIONS)}, not {word}")
    return region


def eased_for(exercise: Exercise) -> tuple[str, ...]:
    """The regions whose pain, up to five, calls for less of an exercise, the main one first.

    All that it lists: the back counts in a back squat, and the hip in a split squat. A jump lands
    on foot and shin as well."""
    if exercise.kind is Kind.PLYOMETRIC:
        return tuple(dict.fromkeys((*exercise.regions, *LANDING)))
    return exercise.regions


def loaded(exercise: Exercise) -> frozenset[str]:
    """The regions whose pain, from six, makes an exercise rest.

    None for mobility without leg load. Else those that it lists, and the knee for any leg load. The
    whole leg for hard leg work, jumps, carries, balance on one leg, squats and lunges; the back for
    jumps, carries, hinges and hard leg work with a weight. An exercise of the runner's own may list
    its main region only."""
    kind, legs = exercise.kind, exercise.leg_load
    if kind is Kind.MOBILITY and not legs:
        return frozenset()
    found = {*exercise.regions, *(("knee",) if legs else ())}
    moves = kind in (Kind.PLYOMETRIC, Kind.CARRY)
    # Leg work with the knee as its main region is a squat, a lunge or the like.
    bent = legs and exercise.region == "knee"
    if legs >= HARD or moves or bent or exercise.category == "balance":
        found |= LEG_REGIONS
    if moves or exercise.category == "hinge" or (kind is Kind.LOADED and legs >= HARD):
        found.add("back")
    return frozenset(found)
