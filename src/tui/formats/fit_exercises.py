"""The exercises of FIT: a category, a subtype in it, and a name that people can read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

# The category of what FIT has no other for.
UNKNOWN = 65534
# Later categories are those of an implement or a place: a back squat there is one with a sandbag.
LAST_OF_BODY = 32
SUBTYPES = "_exercise_name"
CATEGORY = "exercise_category"


class Exercise(Struct, frozen=True):
    """An exercise by its numbers, with the name it is shown by. Without a subtype it is no more
    than its category."""

    category: int
    subtype: int | None
    name: str


def known_as(*names: str) -> tuple[int, int | None] | None:
    """The category and subtype that FIT's profile has for the first of some names it knows as
    an exercise, else without a subtype the first that it knows as a category; None if it knows
    none of them. Only the same words in the same order count."""
    known = _by_name()
    found = [known[key] for name in names if (key := _plain(name)) in known]
    return next((one for one in found if one[1] is not None), found[0] if found else None)


def category_of(value: object) -> object:
    """A category by its name in the profile, for a decoder gives that of one, but the numbers of a
    list; a number without a name stays."""
    return _values(CATEGORY).get(value, value)


def names_of(category: object, subtype: object) -> tuple[str, str]:
    """The readable names of an exercise and of its category, by the category's name in the profile
    and the number of the subtype; each empty if the profile has none."""
    found = _values(f"{category}{SUBTYPES}").get(subtype, "")
    group = category if isinstance(category, str) and category != "unknown" else ""
    return _readable(found), _readable(group)


def _readable(name: str) -> str:
    return name.replace("_", " ").title()


def _plain(name: str) -> str:
    words = name.casefold().replace("'", "").replace("-", " ").replace("/", " ")
    return "_".join(words.split())


@cache
def _by_name() -> dict[str, tuple[int, int | None]]:
    """Numbers by name. Of a name in two categories the first counts; an exercise comes before a
    category of the same name."""
    found: dict[str, tuple[int, int | None]] = {}
    categories = {
        category: name
        for category, name in _values(CATEGORY).items()
        if isinstance(category, int) and category <= LAST_OF_BODY
    }
    for category, title in categories.items():
        for subtype, name in _values(f"{title}{SUBTYPES}").items():
            if isinstance(subtype, int):
                found.setdefault(name, (category, subtype))
    for category, title in categories.items():
        found.setdefault(title, (category, None))
    return found


def _values(type_name: str) -> Mapping[object, str]:
    """The names of an enum of FIT's profile by their numbers; empty for an unknown one."""
    from fitdecode import profile

    found = profile.FIELD_TYPES.get(type_name)
    return (found.enum or {}) if found else {}
