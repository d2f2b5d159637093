"""The first setup: what the answers to its few questions mean as settings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from tui.domain.calculator.loads import Inventory
from tui.domain.model.date_parser import WEEKDAYS
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Level, Programme


class Place(StrEnum):
    """Where the runner lifts: a gym, at home with some things, or with nothing."""

    GYM = "g"
    HOME = "h"
    NOTHING = "n"


class Thing(Struct, frozen=True):
    """What can be had at home: its word, the equipment it is, and the setting of its sizes."""

    words: str
    equipment: frozenset[str]
    sizes: str = ""


THINGS: Mapping[str, Thing] = {
    "b": Thing("barbell", frozenset({"barbell", "plates", "rack"}), "barbell.plates"),
    "d": Thing("dumbbells", frozenset({"dumbbells"}), "dumbbells"),
    "k": Thing("kettlebells", frozenset({"kettlebell"}), "kettlebells"),
    "n": Thing("band", frozenset({"band"})),
    "m": Thing("mini-band", frozenset({"mini-band"})),
    "x": Thing("box or bench", frozenset({"box", "bench"})),
    "e": Thing("exercise ball", frozenset({"exercise-ball"})),
}
USUAL_THINGS = frozenset("dn")
BAR = THINGS["b"].equipment | {"hex-bar", "landmine"}
LEVELS = {"1": Level.BEGINNER, "2": Level.INTERMEDIATE, "3": Level.ADVANCED}
# In the order of the library; each fits some answers.
FOR_YEARS, FOR_ALL, FOR_NOTHING = "lift-and-spring", "trail-speed", "daily-bodyweight"


class Answers(Struct, frozen=True, kw_only=True):
    """What was answered; None for what was not. ``sizes`` are settings by key as JSON, ``days`` are
    weekdays (Monday is 0; none of them: any day)."""

    unit: str | None = None
    level: Level | None = None
    place: Place | None = None
    things: frozenset[str] = frozenset()
    sizes: Mapping[str, Any] = {}
    programme: str | None = None
    days: frozenset[int] | None = None

    @property
    def equipment(self) -> frozenset[str]:
        """What is at hand."""
        if self.place in (None, Place.GYM):
            return EQUIPMENT
        if self.place is Place.NOTHING:
            return frozenset()
        return frozenset[str]().union(*(THINGS[key].equipment for key in self.things))

    def settings(self) -> dict[str, Any]:
        """The settings that were answered, by key, as JSON."""
        days = sorted(self.days or ())
        values: dict[str, Any] = {
            "unit": self.unit,
            "level": self.level and self.level.value,
            "equipment": None if self.place is None else _listed(self.equipment),
            "programme": self.programme,
            "slots": None if self.days is None else _week(days),
            **self.sizes,
        }
        return {key: value for key, value in values.items() if value is not None}


def _listed(equipment: frozenset[str]) -> list[str] | str:
    return "all" if equipment == EQUIPMENT else sorted(equipment)


def _week(days: list[int]) -> str:
    return " ".join(WEEKDAYS[day][:3] for day in days) or "none"


def can_be_done(programme: Programme, library: Library, equipment: frozenset[str]) -> bool:
    """Whether each line of a programme has an exercise that can be done with this equipment."""
    able = Inventory(equipment=equipment).can_do
    lines = (slot for part in programme.parts for slot in part.slots)
    return all(any(able(library.exercises[one]) for one in slot.exercises) for slot in lines)


def lacking(programme: Programme, library: Library, equipment: frozenset[str]) -> str:
    """What a programme needs that is not among this equipment; empty if it can be done."""
    if can_be_done(programme, library, equipment):
        return ""
    if BAR & equipment or can_be_done(programme, library, EQUIPMENT - BAR):
        return "needs more kit"
    return "needs a bar"


def fitting_programme(answers: Answers, library: Library) -> str:
    """The id of the programme that fits how long the runner has lifted, and what she has."""
    wanted = (FOR_YEARS, FOR_ALL) if answers.level is Level.ADVANCED else (FOR_ALL,)
    for name in wanted:
        if can_be_done(library.programmes[name], library, answers.equipment):
            return name
    return FOR_NOTHING
