"""Edits the runner's own programmes: copies and changes them, and writes them as library JSON.

Places in a programme are indices: of the part, of the slot in the part, and of the exercise in the
slot. Each change returns a new programme, or raises :class:`Refused` if it cannot be made.
:func:`tui.domain.model.library.parser.overlay` validates the programme as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import count
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from tui.domain.model.codec import Doc
from tui.domain.model.library.links import dose_for, slot_misfit
from tui.domain.model.notation import Form, Written, parse, planned
from tui.domain.model.validation import ID_LENGTH
from tui.domain.model.values import (
    MEASURES,
    ROUTINE,
    SNACK,
    Exercise,
    Kind,
    Level,
    Part,
    Programme,
    SetKind,
    Side,
    Sides,
    Slot,
)
from tui.domain.planning.own_library import entries, with_entry, without_entry
from tui.domain.planning.today import item
from tui.domain.session.actions import Refused

PROGRAMMES = "programmes"
NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
# The sets and reps at the start of a dose, a range of reps, and the rest in seconds or as 1:30.
AMOUNT = re.compile(r"^(\d+(?:x| × |×))?\d+")
RANGE = re.compile(r"(\d{1,6})\s*[-–]\s*(\d{1,6})")
REST = re.compile(r"\brest\s*(?:(\d{1,4}):)?(\d{1,6})\s*s?\b", re.IGNORECASE)


# -- the JSON of the own library ---------------------------------------------------------------


def own_programmes(own: Mapping[str, Any]) -> list[str]:
    """The ids of the programmes in the own library; entries without an id are skipped."""
    return list(entries(own, PROGRAMMES))


def with_programme(own: Mapping[str, Any], programme: Programme) -> Doc:
    """The own library with a programme added, or replaced if the id is there. Everything else
    stays as it is, even if invalid."""
    return with_entry(own, PROGRAMMES, programme_entry(programme))


def without_programme(own: Mapping[str, Any], name: str) -> Doc:
    """The own library without one of its programmes."""
    return without_entry(own, PROGRAMMES, name)


def programme_entry(programme: Programme) -> Doc:
    """A programme as library JSON, under the names of the struct's fields; defaults are left
    out."""
    return {key: _plain(value) for key, value in _set_fields(programme)}


def _set_fields(value: Struct) -> Iterator[tuple[str, Any]]:
    for info in fields(value):
        found = getattr(value, info.name)
        if found is not None and found != info.default and (found or info.required):
            yield info.name, found


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return {key: _plain(inner) for key, inner in _set_fields(value)}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.value if isinstance(value, StrEnum) else value


# -- a copy ------------------------------------------------------------------------------------


def copied(programme: Programme, name: str, taken: Container[str]) -> Programme:
    """A copy of ``programme`` called ``name``, with an id that is not ``taken``."""
    return replace(programme, id=free_id(name, taken), name=name)


def free_name(name: str, taken: Container[str]) -> str:
    """A name to offer for a copy; numbered if it is ``taken``."""
    tries = (name if n == 1 else f"{name} {n}" for n in count(1))
    return next(one for one in tries if one not in taken)


def free_id(name: str, taken: Container[str]) -> str:
    """An id made of the letters and digits of a name; numbered if it is ``taken``, or the one of
    sessions of no programme."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    # Leave room for a number.
    stem = NOT_IN_IDS.sub("-", plain)[: ID_LENGTH - 5].strip("-") or "own"
    tries = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(one for one in tries if one not in taken and one not in (SNACK, ROUTINE))


# -- changes -----------------------------------------------------------------------------------


def slot_at(programme: Programme, part: int, slot: int) -> Slot:
    """The slot at a place."""
    return programme.parts[part].slots[slot]


def with_slot(programme: Programme, part: int, slot: int, new: Slot) -> Programme:
    """The programme with the slot at this place replaced."""
    slots = programme.parts[part].slots
    return _with_slots(programme, part, (*slots[:slot], new, *slots[slot + 1 :]))


def exchanged(programme: Programme, part: int, slot: int, which: int, other: Exercise) -> Programme:
    """Swap an exercise for another. The slot keeps its dose if that fits the new exercise; if not,
    an exercise alone in its slot gets its own default dose."""
    old = slot_at(programme, part, slot)
    if other.id in old.exercises:
        raise Refused(f"{other.name} is in this line already. Pick another.")
    names = (*old.exercises[:which], other.id, *old.exercises[which + 1 :])
    # What was said of the slot was said of the exercise that goes.
    new = replace(old, exercises=names, asks="", ours="")
    if slot_misfit(new, other, other.id):
        if len(names) > 1:
            raise Refused(f"The dose of this line does not suit {other.name}. e changes the dose.")
        new = replace(new, dose={})
    return with_slot(programme, part, slot, new)


def added(programme: Programme, part: int, place: int, exercise: Exercise) -> Programme:
    """Insert an exercise at ``place`` in a part, as a new slot with its default dose."""
    slots = programme.parts[part].slots
    new = Slot(exercises=(exercise.id,))
    return _with_slots(programme, part, (*slots[:place], new, *slots[place:]))


def removed(programme: Programme, part: int, slot: int, which: int) -> Programme:
    """Remove an exercise, and its slot if no other exercise is in it."""
    slots = programme.parts[part].slots
    old = slots[slot]
    names = (*old.exercises[:which], *old.exercises[which + 1 :])
    if names:
        left = replace(old, exercises=names, pick=min(old.pick, len(names)))
        return with_slot(programme, part, slot, left)
    if len(slots) == 1:
        raise Refused("A session has one exercise at least. a adds another first.")
    return _with_slots(programme, part, (*slots[:slot], *slots[slot + 1 :]))


def moved(programme: Programme, part: int, slot: int, by: int) -> Programme:
    """Move a slot up (-1) or down (+1) in its part."""
    slots = list(programme.parts[part].slots)
    if not 0 <= slot + by < len(slots):
        raise Refused(f"This line is the {'first' if by < 0 else 'last'} of its session already.")
    slots.insert(slot + by, slots.pop(slot))
    return _with_slots(programme, part, tuple(slots))


def renamed(programme: Programme, part: int, name: str) -> Programme:
    """Rename a part."""
    return _with_part(programme, part, replace(programme.parts[part], name=name))


def _with_slots(programme: Programme, part: int, slots: tuple[Slot, ...]) -> Programme:
    return _with_part(programme, part, replace(programme.parts[part], slots=slots))


def _with_part(programme: Programme, part: int, new: Part) -> Programme:
    parts = programme.parts
    return replace(programme, parts=(*parts[:part], new, *parts[part + 1 :]))


# -- typed doses -------------------------------------------------------------------------------


def dose_words(exercise: Exercise, level: Level, slot: Slot, form: Form = Form.COMPACT) -> str:
    """The dose that a slot gives an exercise, in the notation: ``3x8-12/side rir2``. The rest
    between sets is not part of it."""
    dose = dose_for(exercise, level, slot)
    words = planned(item(exercise, level, slot).now.sets, form=form, way=exercise.way)
    if dose.reps_top is not None and dose.reps_top != dose.measures.reps:
        words = AMOUNT.sub(rf"\g<0>-{dose.reps_top}", words, count=1)
    if dose.target_rir is None:
        return words
    compact = form is Form.COMPACT
    return f"{words} rir{dose.target_rir}" if compact else f"{words}, {dose.target_rir} to spare"


def typed_dose(text: str, exercise: Exercise, level: Level, slot: Slot) -> Slot:
    """The slot with the typed dose: equal sets in the notation, ``3x8-12`` for a range, ``rir2``,
    ``rest 90`` (seconds) or ``rest 1:30``, ``warmup``. Without rest or rir, the exercise's own
    apply.

    Raises Refused or NotationError.
    """
    rest = REST.search(text)
    text = REST.sub(" ", text)
    top = RANGE.search(text)
    rows = parse(RANGE.sub(r"\1", text), exercise.kind)
    first = rows[0]
    _check_dose(rows, exercise)
    before = dose_for(exercise, level, slot)
    values = {name: getattr(first.measures, name) for name in MEASURES}
    if exercise.kind is Kind.ECCENTRIC and values["tempo_s"] is None:
        values["tempo_s"] = before.measures.tempo_s
    if values["contacts"] is not None:
        values["reps"] = None  # Jumps that are typed as shown are dosed by their contacts.
    values |= {
        "reps_top": int(top[2]) if top else None,
        "target_rir": first.rir,
        "rest_s": int(rest[1] or 0) * 60 + int(rest[2]) if rest else None,
        "load_factor": before.load_factor if before.load_factor != 1 else None,
        "extra_sets": before.extra_sets or None,
    }
    sets = len({row.number for row in rows})
    dose = {"sets": sets, **{key: _whole(n) for key, n in values.items() if n is not None}}
    return replace(slot, dose=dose, kind=first.kind, ours="")


def _check_dose(rows: Sequence[Written], exercise: Exercise) -> None:
    """Raise Refused for sets as done rather than a dose: with load, effort, notes or unequal."""
    first = rows[0]
    if any(row.measures.net_kg is not None for row in rows):
        raise Refused("A dose has no weight: each plan finds one. Write 3x8 rir2 rest 90.")
    if first.effort is not None or first.pain is not None or first.flags or first.note:
        raise Refused("A dose is sets of reps, seconds, metres or contacts, like 3x8 rir2.")
    if first.kind in (SetKind.DROP, SetKind.FAILURE):
        raise Refused("A dose leaves a rep or two: no drop set, and none to failure.")
    if any((row.measures, row.kind, row.rir) != (first.measures, first.kind, first.rir)
           for row in rows):  # fmt: skip
        raise Refused("A dose is the same in every set and on both sides, like 3x8.")
    sides = {row.side for row in rows}
    if sides == {Side.LEFT, Side.RIGHT} and exercise.sides is Sides.BOTH:
        raise Refused(f"{exercise.name} works both sides at once. Write the dose without /side.")
    if len(sides) == 1 and Side.BOTH not in sides:
        raise Refused("A dose is for both sides, like 3x8/side.")


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number
