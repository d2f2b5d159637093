"""How a set was done, measured by what was prescribed for it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from tui.domain.model.values import Measures, SetEntry

# What a set is measured by, the load last. Tempo and pause say how it is done, not how much.
COMPARED = ("reps", "holds", "hold_s", "contacts", "distance_m", "duration_s", "load_kg")
# Loads and seconds closer than this are equal: pounds converted to kilograms are rounded.
EQUAL = 0.01


class Outcome(StrEnum):
    AS_PLANNED = "as planned"
    MORE = "more"
    SHORT = "short"


class Gap(Struct, frozen=True):
    """The measure in which a set differs from its prescription, as done and as planned. Help is
    below zero, so that less of it is more done."""

    what: str
    done: float
    planned: float


def gap(done: Measures, planned: Measures) -> Gap | None:
    """The telling difference: the first measure that falls short, else the first with more. None
    if there is none; what is not known on either side is not compared."""
    pairs = [(what, getattr(done, what), getattr(planned, what)) for what in COMPARED]
    if done.assist_kg is not None and planned.assist_kg is not None:
        pairs.append(("assist_kg", done.net_kg, planned.net_kg))
    known = [Gap(*pair) for pair in pairs if pair[1] is not None and pair[2] is not None]
    less = (one for one in known if one.done < one.planned - EQUAL)
    more = (one for one in known if one.done > one.planned + EQUAL)
    return next(less, None) or next(more, None)


def telling(rows: Iterable[SetEntry]) -> Gap | None:
    """The telling difference among the sides of one set: a side that fell short comes first."""
    gaps = [gap(row.done, row.prescribed) for row in rows if row.prescribed is not None]
    found = [one for one in gaps if one is not None]
    return min(found, key=lambda one: one.done > one.planned, default=None)


def outcome(rows: Iterable[SetEntry]) -> Outcome:
    """How one set, all its sides, was done; as planned if nothing was prescribed for it."""
    found = telling(rows)
    if found is None:
        return Outcome.AS_PLANNED
    return Outcome.SHORT if found.done < found.planned else Outcome.MORE
