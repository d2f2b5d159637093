"""Reads the value of each kind of setting, and shows stored values as they could be typed.

A reader takes typed text as well as stored JSON, and raises BadDocument with what can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.domain.calculator.equipment import split, typed, weight
from tui.domain.model.library.checks import EQUIPMENT, HOUSEHOLD, REGIONS, is_thing
from tui.domain.model.regions import region_named
from tui.domain.model.units import plain
from tui.domain.model.validation import BadDocument, said

if TYPE_CHECKING:
    from tui.domain.calculator.advice import Best

# The rep-max curve ends here.
MOST_REPS = 16
OTHER = "other"  # The region of what has no name: nothing loads it.
MAXIMUM = re.compile(r"([^x]+)(?:x(\d{1,2}))?")


def as_typed(value: Any) -> str:
    """Stored JSON as it could have been typed."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, list):
        return " ".join(map(as_typed, value)) or "none"
    return str(value)


def with_unit(value: Any) -> str:
    """A stored weight with its unit."""
    return as_typed(value) + ("" if isinstance(value, str) else "kg")


def of_max(value: Any) -> str:
    """A stored max: a load, or load x reps with the estimated one-rep max."""
    if isinstance(value, str) and "x" in value:
        return f"{value}, about {plain(round(maximum(value).single_kg, 1))}kg"
    return with_unit(value)


def one_of(words: Sequence[str]) -> Callable[[Any], str]:
    """A reader that takes one of ``words``."""

    def read(value: Any) -> str:
        word = value.strip().casefold() if isinstance(value, str) else value
        if word not in words:
            raise BadDocument(f"{', '.join(words[:-1])} or {words[-1]}, not {said(value)}")
        return str(word)

    return read


def switch(value: Any) -> bool:
    """Reads on or off."""
    return value if isinstance(value, bool) else one_of(("on", "off"))(value) == "on"


def pain(value: Any) -> int:
    """Reads a pain rating from 0 to 10."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
        raise BadDocument(f"a whole number from 0 to 10, not {said(value)}")
    return value


def pause_ms(value: Any) -> int:
    """Reads a pause in milliseconds, 0 to 5000."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,4}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 5000:
        raise BadDocument(f"milliseconds from 0 to 5000, not {said(value)}")
    return value


def old_regions(value: Any) -> tuple[str, ...]:
    """Reads regions of the body, by their ids or what runners call them, in the library's order."""
    found = set()
    for word in split(re.sub(r"[,;]+", " ", value) if isinstance(value, str) else value):
        region = region_named(word) if isinstance(word, str) else None
        if region is None or region == OTHER:
            listed = ", ".join(one for one in REGIONS if one != OTHER)
            raise BadDocument(f"none, or some of {listed}, not {said(word)}")
        found.add(region)
    return tuple(one for one in REGIONS if one in found)


def named(value: Any) -> str:
    """Reads a library id."""
    if not isinstance(value, str) or not value.strip():
        raise BadDocument(f"an id of the library, not {said(value)}")
    return value.strip()


def folder(value: Any) -> str:
    """Reads the path of a folder, which must not depend on where the program is started."""
    if not isinstance(value, str) or not value.strip().startswith(("/", "~")):
        raise BadDocument(f"a folder such as /media/nas or ~/nas, not {said(value)}")
    return value.strip()


def key_names(value: Any) -> str:
    """Reads the keys of a command, separated by commas."""
    if not isinstance(value, str) or not all(re.fullmatch(r"\S+", k) for k in value.split(",")):
        raise BadDocument(f"keys such as ctrl+l or l,L, not {said(value)}")
    return value


def maximum(value: Any) -> Best:
    """Reads the most that can be lifted: a load, or a load x reps."""
    match = MAXIMUM.fullmatch(typed(value))
    reps = int(match[2] or 1) if match else 0
    if match is None or not 1 <= reps <= MOST_REPS:
        raise BadDocument(
            f"a load, or one and how often you can lift it (up to {MOST_REPS} times): "
            f"100, 225lb or 80x5, not {said(value)}"
        )
    # Imported here because not every command needs the calculator.
    from tui.domain.calculator.advice import Best

    return Best(weight(match[1]).kg, reps)


def at_hand(value: Any) -> frozenset[str] | None:
    """Reads the equipment at hand; None means all of it."""
    words = split(value)
    if words == ["all"]:
        return None
    for word in words:
        if not isinstance(word, str) or not is_thing(word):
            listed = ", ".join(sorted(EQUIPMENT - HOUSEHOLD))
            raise BadDocument(f"all, none, or things like {listed}, not {said(word)}")
    return frozenset(words)


def bells(value: Any) -> Mapping[str, bool]:
    """Reads which bells ring: ``change``, and ``count`` for the last seconds."""
    if isinstance(value, Mapping):
        return {name: value.get(name) is not False for name in ("change", "count")}
    word = one_of(("on", "off", "change", "count"))(value)
    return {name: word in ("on", name) for name in ("change", "count")}


def of_bells(value: Any) -> str:
    """Stored bells as one word."""
    ringing = [name for name, rings in bells(value).items() if rings]
    return ringing[0] if len(ringing) == 1 else "on" if ringing else "off"


CUES = ("title", "notify", "flash")


def cues(value: Any) -> Mapping[str, bool]:
    """Reads which cues the screen gives besides the bell: those of :data:`CUES` that are named."""
    if isinstance(value, Mapping):
        return {name: value.get(name) is True for name in CUES}
    words = split(value)
    for word in words:
        if word not in CUES:
            raise BadDocument(f"none, or some of {', '.join(CUES)}, not {said(word)}")
    return {name: name in words for name in CUES}


def of_cues(value: Any) -> str:
    """Stored cues as words."""
    return " ".join(name for name, given in cues(value).items() if given) or "none"
