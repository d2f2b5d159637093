"""The parsed library: exercises, programmes, routines and sources (see
:mod:`tui.domain.model.library.parser`)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tui.domain.model.values import Exercise, Programme, Routine, Way


class Source(Struct, frozen=True, kw_only=True):
    """Where an entry comes from: an article, or this project. ``short`` names it in a word or
    two."""

    title: str
    author: str
    publisher: str
    short: str = ""


class NameChoice(Struct, frozen=True, kw_only=True):
    """What the runner says about the name that another app gives an exercise: the id of the
    ``exercise`` here, or an empty one if what was done of it is left out. ``weights``: how many
    times the weight that the app gives was lifted, 2 if it is the one of each side of a machine."""

    exercise: str = ""
    weights: int = 1


class Library(Struct, frozen=True, kw_only=True):
    """Exercises, programmes, routines and sources by id, in the order of their files; ``names`` are
    those of other apps, by the name."""

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    names: Mapping[str, NameChoice] = field(default_factory=dict)


def exercise_name(library: Library, exercise: str) -> str:
    """The name of an exercise, or its id if the library does not have it."""
    found = library.exercises.get(exercise)
    return found.name if found else exercise


def way_of(library: Library, exercise: str) -> Way:
    """How an exercise is counted, as far as the library has it."""
    found = library.exercises.get(exercise)
    return found.way if found else Way()


def routine_name(library: Library, routine: str | None) -> str:
    """The name of a routine, or its id if the library does not have it."""
    found = library.routines.get(routine or "")
    return found.name if found else routine or "Routine"
