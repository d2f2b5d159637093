"""Check an exercise of a library file: plain JSON in, frozen values out.

A wrong value adds a problem to the :class:`Fields`; the caller then leaves the entry out. Only
``id``, ``name`` and ``kind`` must be told: for the rest there is what is usual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from tui.domain.model.library.checks import (
    CATEGORIES,
    KINDS,
    LIFT,
    LOADINGS,
    REGIONS,
    ROLES,
    SIDES,
    TIERS,
    is_thing,
    meant_thing,
    read_doses,
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
    role_of,
    usual_exercise,
)
from tui.domain.model.validation import TEXT_LENGTHS, Fields, Span, is_id
from tui.domain.model.values import Exercise, Kind, Prerequisite, Sides

CLEAN_SESSIONS = Span("", 1, 10)
LEG_LOAD = Span("", 0, 3)
FEET = Span("", 1, 2)
MOST_ALIASES, MOST_THINGS = 12, 8
ALL_REGIONS = frozenset(REGIONS)


def read_jump(
    fields: Fields, kind: Kind | None, sides: Sides, leg_load: int
) -> tuple[int | None, str | None]:
    """The feet and tier of a jump; both None for other kinds of work."""
    if kind is not Kind.PLYOMETRIC:
        if kind is not None and fields.may("jump"):
            fields.wrong("jump", "only a plyometric exercise has one")
        return None, None
    jump = fields.inside("jump", fields.raw["jump"]) if fields.may("jump") else None
    if jump is None:
        return jump_of(sides, leg_load)
    feet, tier = jump.number("feet", FEET), jump.choice("tier", TIERS)
    jump.close()
    return feet, tier


def read_loading(fields: Fields, kind: Kind | None) -> str | None:
    """``heavy`` or ``high-rep`` for a loaded exercise, None for any other."""
    told = fields.may("loading")
    if kind is Kind.LOADED:
        return fields.choice("loading", LOADINGS) if told else loading_of(kind)
    if kind is not None and told:
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
    """The regions an exercise works, the main one first; none if they are not told. Schema 1 had a
    single ``region``: it is still read, as the main one, which it must be if there are ``regions``
    too."""
    if not fields.may("regions"):
        region = fields.choice("region", REGIONS) if fields.may("region") else ""
        return (region,) if region else ()
    fits = fields.is_one_of(REGIONS)
    found = fields.words("regions", 1, len(REGIONS), "regions", fits)
    if found and fields.may("region") and fields.raw["region"] != found[0]:
        fields.wrong("region", f"must be the first of regions, {found[0]}, or left out")
    return found


def read_role(fields: Fields, category: str | None, usual: str) -> str:
    """The job of an exercise; without one, that of its category, if this is told, else the
    ``usual`` one."""
    if fields.may("role"):
        return fields.choice("role", ROLES)
    return USUAL_ROLES[category] if category else usual


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
    if (made := plain_bare(fields.raw)) is not None:
        return made
    # A wrong kind would make every dose look wrong as well, so then they are not checked.
    word = fields.choice("kind", KINDS)
    known = Kind(word) if word else None
    kind = known or Kind.BODYWEIGHT
    name = fields.text("name")
    sides = Sides((fields.choice("sides", SIDES) if fields.may("sides") else "") or Sides.BOTH)
    told = (fields.choice("category", CATEGORIES) if fields.may("category") else "") or None
    regions = read_regions(fields) or regions_of(kind, name, told)
    category = told or category_of(kind, regions, sides)
    leg_load = leg_load_of(kind, category, regions[0])
    leg_load = fields.number_or("leg_load", LEG_LOAD, leg_load)
    feet, tier = read_jump(fields, known, sides, leg_load)
    loading = read_loading(fields, known)
    lift = read_lift(fields, loading) if known else {}
    muscles = MUSCLES.get(regions[0], ())
    bare = not fields.may("doses")
    doses = doses_of(kind, loading, feet)
    exercise = Exercise(
        id=fields.ident("id"),
        name=name,
        aliases=_some(fields, "aliases", 0, MOST_ALIASES, "names", fields.is_text),
        kind=kind,
        loading=loading,
        **lift,
        category=category,
        role=read_role(fields, told, role_of(kind, category, regions[0])),
        muscles=_some(fields, "muscles", 1, 8, "muscles", fields.is_text, muscles),
        equipment=_some(fields, "equipment", 0, MOST_THINGS, "things", partial(_is_thing, fields)),
        sides=sides,
        doses=read_doses(fields, known, feet) if known and not bare else doses,
        cues=_some(fields, "cues", 3, 5, "cues", fields.is_text),
        why=fields.text("why") if fields.may("why") else "",
        easier=fields.ident("easier") if fields.may("easier") else None,
        harder=fields.ident("harder") if fields.may("harder") else None,
        no_gym=fields.ident("no_gym") if fields.may("no_gym") else None,
        prerequisite=read_prerequisite(fields),
        jump_feet=feet,
        jump_tier=tier,
        leg_load=leg_load,
        regions=regions,
        sources=_some(fields, "sources", 1, 8, "source ids", fields.is_id, SOURCES),
        blank=read_blank(fields),
        bare=bare,
    )
    if not known:
        fields.seen |= {"doses", "jump", "loading", "lift"}
    fields.close()
    return exercise


def _is_thing(fields: Fields, key: str, value: object) -> bool:
    """Whether a value names a piece of equipment; if not, adds a problem with ``key``."""
    if not fields.is_id(key, value):
        return False
    if meant := meant_thing(str(value)):
        fields.wrong(key, f"has {value}; {meant} is meant?")
    return meant is None


def _some(
    fields: Fields,
    key: str,
    low: int,
    high: int,
    of: str,
    fits: Callable[[str, object], bool],
    usual: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """An optional list as :meth:`Fields.words` reads it; what is ``usual`` if it is not there."""
    return fields.words(key, low, high, of, fits) if fields.may(key) else usual


class Bare(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that tells no more than those of the gym's exercises do."""

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sides: Sides = Sides.BOTH


def plain_bare(raw: Mapping[str, Any]) -> Exercise | None:
    """The exercise of an entry that is :class:`Bare` and right in everything; None for any other,
    whose faults :func:`read_exercise` names. There are hundreds of these to read at each start."""
    if "doses" in raw:
        return None
    try:
        told = convert(raw, Bare)
    except ValidationError:
        return None
    names, regions = (told.name, *told.aliases), told.regions
    right = (
        is_id(told.id)
        and all(map(_is_name, names))
        and len(set(names)) == len(names) <= MOST_ALIASES
        and all(map(is_thing, told.equipment))
        and len(set(told.equipment)) == len(told.equipment) <= MOST_THINGS
        and len(set(regions)) == len(regions)
        and (ALL_REGIONS.issuperset(regions) if regions else "regions" not in raw)
    )
    if not right:
        return None
    usual = usual_exercise(told.kind, regions or regions_of(told.kind, told.name), told.sides)
    return replace(
        usual, id=told.id, name=told.name, aliases=told.aliases, equipment=told.equipment
    )


def _is_name(text: str) -> bool:
    return text.isprintable() and len(text) <= TEXT_LENGTHS["name"] and bool(text.strip())
