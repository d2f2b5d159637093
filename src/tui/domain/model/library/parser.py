"""Parse the exercise library: one JSON object into exercises, programmes and routines, or a
list of problems.

The object holds ``schema_version`` (1), ``sources``, ``exercises``, ``programmes`` and
``routines``. The runner's
own file has the same format; each of its entries replaces the shipped one with the same id.

sources: {id: {title, author, publisher, short?}}.

names: {the name that another app gives an exercise: {exercise? (the id here; without one, it is
left out), weights? 1|2 (how many times the app's weight was lifted)}}.

exercise: ``id``; ``name``; ``kind`` (:class:`tui.domain.model.values.Kind`). All else may be left
out, and is then what :mod:`tui.domain.model.library.usual` says: ``aliases`` []; ``loading``
heavy|high-rep (loaded only); ``lift`` {implements? 1|2, body_share? 0-1, max_ratio? 0.1-4} (heavy
only: what is moved besides one implement, and a first guess at the maximum of all that as a
multiple of the body weight); ``category``; ``role``, its job (else that of most of its category);
``muscles`` []; ``equipment`` [], all of it needed; ``sides`` both|per-side|alternating; ``doses``
{beginner, intermediate, advanced} (without them it is bare); ``cues`` 3 to 5; ``why``; ``easier``
and ``harder``, ids or absent; ``no_gym``, the id of the hold that stands in without weights;
``prerequisite`` {exercises, clean_sessions}: how many clean sessions of any of these come before
its first time; ``jump`` {feet 1|2, tier low|medium|high} (plyometric only); ``leg_load`` 0-3;
``regions`` [], the main one first (or ``region``, that one alone); ``sources`` [ids].

dose: ``sets`` and ``rest_s``, ``target_rir``, ``load_factor`` and ``extra_sets`` (heavy only: a set
more in every second week) if they apply, and one set's measures, on each side unless sides is both:
``reps`` (loaded, bodyweight; ``reps_top`` makes it a range), ``hold_s`` (hold), ``holds`` +
``hold_s`` (cluster), ``reps`` + ``tempo_s`` (eccentric), ``contacts`` (plyometric), ``distance_m``
or ``duration_s`` (carry), one of ``reps``, ``distance_m``, ``duration_s`` (mobility).

programme: ``id``, ``name``, ``about``, ``sources``; ``parts`` [{id, name, focus?, minutes?,
slots}]; ``schedules`` [{id, name, gap_days? [least, most], repeats?, per_week?, near_race?, phases
[{first_week, last_week?, parts, name?, sessions?}]}], the first of which is the default. Weeks are
weeks trained; a phase waits for at least so many ``sessions`` of strength. One called ``deload`` is
a planned easier week.

routine: ``id``, ``name``, ``about``, ``minutes``, ``sources``; ``slots`` as in a part, each with
its exercises in the order of preference; ``work`` true if its sets count and progress.

slot: ``exercises``; ``pick``, how many of them a session has; ``turn`` session|block|cycle, when
the next of them follow; ``dose``, the numbers that differ, or {level: numbers}; ``kind``
work|warmup; ``steep`` and ``flat``, its exercises on a course of that kind; ``slow_s``, the seconds
of a lowering in the second half of a phase; ``fast`` true if it is moved fast and a slow rep ends
the set; ``asks`` and ``ours``, what the article asks and why the runner gets less, more or
something else. All but ``exercises`` may be left out.

Any entry may have ``edited``, the instant of its last change; one with ``deleted`` true was removed
by the program, is ignored, and needs no field but its id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from math import inf
from typing import TypeVar

from tui.domain.model.library.catalog import Library, NameChoice, Source
from tui.domain.model.library.checks import CATEGORIES, EQUIPMENT, HOUSEHOLD
from tui.domain.model.library.exercises import read_exercise
from tui.domain.model.library.links import dose_for, ladder_problems, slot_problems, source_problems
from tui.domain.model.library.own_entries import is_deleted
from tui.domain.model.library.programmes import read_programme
from tui.domain.model.library.routines import read_routine
from tui.domain.model.library.search import find, lookup
from tui.domain.model.stamps import edited_at
from tui.domain.model.validation import Fields, Problem, Span, labelled, shown
from tui.domain.model.values import Exercise, Kind, Programme, Routine

__all__ = [
    "CATEGORIES",
    "EQUIPMENT",
    "HOUSEHOLD",
    "Library",
    "Problem",
    "Source",
    "dose_for",
    "find",
    "lookup",
    "overlay",
    "parse",
    "select",
]

SCHEMA_VERSION = 1
MOST_ENTRIES = 2000
WEIGHTS = Span("", 1, 2)
TWICE = "is used by another entry of this file"
Made = TypeVar("Made", Exercise, Programme, Routine)


def parse(raw: object, *, name: str = "library.json") -> tuple[Library, list[Problem]]:
    """The library in ``raw``, any JSON value, and all its problems; never raises.

    Entries with a problem of their own are left out. ``name`` is the file name used in problems.
    """
    return _read(Library(), raw, name)


def overlay(
    base: Library, own: object, *, name: str = "library.json"
) -> tuple[Library, list[Problem]]:
    """``base`` with its entries replaced or extended by those of the runner's own library ``own``.

    If there is any problem, the library returned is ``base`` itself, so that the caller can go on.
    """
    merged, problems = _read(base, own, name)
    return (base if problems else merged), problems


def _read(base: Library, raw: object, name: str) -> tuple[Library, list[Problem]]:
    """The entries of ``raw`` merged over those of ``base``, and all problems."""
    problems: list[Problem] = []
    if not isinstance(raw, dict):
        return base, [Problem("", "", f"must be an object, not {shown(raw)}", name)]
    top = Fields(raw, "", problems, name)
    version = top.take("schema_version")
    whole = isinstance(version, int) and not isinstance(version, bool)
    if whole and version > SCHEMA_VERSION:
        message = f"is {shown(version)}; this version reads {SCHEMA_VERSION}: please update"
        return base, [Problem("", "schema_version", message, name)]
    if version is not None and not (whole and version == SCHEMA_VERSION):
        top.wrong("schema_version", f"must be {SCHEMA_VERSION}, not {shown(version)}")
    broken: set[str] = set()
    library = Library(
        names={**base.names, **_names(top)},
        sources={**base.sources, **_sources(top)},
        exercises={**base.exercises, **_entries(top, "exercise", read_exercise, broken)},
        programmes={**base.programmes, **_entries(top, "programme", read_programme, set())},
        routines={**base.routines, **_entries(top, "routine", read_routine, set())},
    )
    top.close()
    problems += source_problems(library, name)
    problems += ladder_problems(library, broken, name)
    problems += slot_problems(library, broken, name)
    return library, problems


def _sources(top: Fields) -> dict[str, Source]:
    """The sources of a file by id."""
    if not top.may("sources") or (table := top.inside("sources", top.raw["sources"])) is None:
        return {}
    sources: dict[str, Source] = {}
    for key, raw in table.raw.items():
        before = len(top.problems)
        inner = table.inside(shown(key).strip('"'), raw) if table.is_id("id", key) else None
        if inner is None:
            continue
        _check_stamp(inner)
        if is_deleted(raw):
            continue
        told = {name: inner.text(name) for name in ("title", "author", "publisher")}
        source = Source(**told, short=inner.text("short") if inner.may("short") else "")
        inner.close()
        if len(top.problems) == before:
            sources[key] = source
    return sources


def _names(top: Fields) -> dict[str, NameChoice]:
    """What the runner says about names that other apps give exercises, by the name. An exercise
    that is not there is no problem: the name counts as never asked."""
    if not top.may("names") or (table := top.inside("names", top.raw["names"])) is None:
        return {}
    names: dict[str, NameChoice] = {}
    for name, raw in table.raw.items():
        before = len(top.problems)
        inner = table.inside(shown(name).strip('"'), raw)
        if inner is None:
            continue
        _check_stamp(inner)
        if is_deleted(raw):
            continue
        choice = NameChoice(
            exercise=inner.ident("exercise") if inner.may("exercise") else "",
            weights=inner.number("weights", WEIGHTS) if inner.may("weights") else 1,
        )
        inner.close()
        if len(top.problems) == before:
            names[name] = choice
    return names


def _entries(
    top: Fields, what: str, read: Callable[[Fields], Made], broken: set[str]
) -> dict[str, Made]:
    """The valid entries of a file by id; the ids of the others are added to ``broken``."""
    sound: dict[str, Made] = {}
    gone: set[str] = set()
    key, problems = f"{what}s", top.problems
    found = top.items(key, 0, MOST_ENTRIES, key) if top.may(key) else []
    for place, raw in enumerate(found, 1):
        label = labelled(what, raw, place)
        if not isinstance(raw, dict):
            problems.append(Problem(label, "", f"must be an object, not {shown(raw)}", top.file))
            continue
        before = len(problems)
        inner = Fields(raw, label, problems, top.file)
        _check_stamp(inner)
        if is_deleted(raw):
            name = inner.ident("id")
            if name and (name in sound or name in broken or name in gone):
                inner.wrong("id", TWICE)
            gone.add(name)
            continue
        entry = read(inner)
        if entry.id and (entry.id in sound or entry.id in broken or entry.id in gone):
            inner.wrong("id", TWICE)
        elif len(problems) > before:
            broken.add(entry.id)
        else:
            sound[entry.id] = entry
    return sound


def _check_stamp(entry: Fields) -> None:
    """An entry may say when it was last ``edited``."""
    if entry.may("edited") and edited_at(stamp := entry.raw["edited"]) == -inf:
        entry.wrong("edited", f"must be as 2026-11-02T18:05:00+01:00, not {shown(stamp)}")


def select(
    exercises: Iterable[Exercise],
    *,
    category: str | None = None,
    equipment: Collection[str] | None = None,
    kind: Kind | None = None,
) -> list[Exercise]:
    """The exercises of a category and kind that need only ``equipment`` and household items; None
    switches a filter off."""
    return [
        exercise
        for exercise in exercises
        if (category is None or exercise.category == category)
        and (kind is None or exercise.kind is kind)
        and (equipment is None or HOUSEHOLD.union(equipment).issuperset(exercise.equipment))
    ]
