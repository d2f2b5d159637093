"""The commands of a live session: everything a runner can do, as values for
:func:`tui.domain.session.steps.step`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from tui.domain.calculator.loads import Loads
from tui.domain.model.notation import Written
from tui.domain.session.live import Item, Key


class Refused(ValueError):
    """A command that is not possible now; the message says what to do instead."""


class Log(Struct, frozen=True):
    """Log the next set of an item as planned, or confirm the unconfirmed one."""

    item: str


class Write(Struct, frozen=True):
    """Log or correct one set with the typed rows."""

    key: Key
    rows: tuple[Written, ...]


class Mark(Struct, frozen=True):
    """Set the ``rir``, ``effort``, ``pain`` or ``note`` of a logged set."""

    key: Key
    field: Literal["rir", "effort", "pain", "note"]
    value: float | int | str | None


class Flag(Struct, frozen=True):
    """Say what went wrong with a logged set by one of the flags, or take it back if all of the set
    has it."""

    key: Key
    name: str


class EndSlow(Struct, frozen=True):
    """Leave out the open sets of an item after two slow sets in a row."""

    item: str


class Skip(Struct, frozen=True):
    """Leave sets undone for a reason: pain, time, equipment or other. Sets already logged and
    confirmed do not change."""

    keys: tuple[Key, ...]
    reason: str


class Adjust(Struct, frozen=True):
    """Change the open work sets of an item, or its open set ``warm_up`` alone: the load by
    ``load_kg`` kilograms, the amount by ``steps``. With ``loads``, the load moves to the next of
    those instead, up or down by the sign of ``load_kg``. More load is less of what helps."""

    item: str
    load_kg: float = 0
    steps: int = 0
    loads: Loads | None = None
    warm_up: Key | None = None


class Put(Struct, frozen=True):
    """Add an exercise to the session at ``place``, counted from 0; None puts it last."""

    item: Item
    place: int | None = None


class Insert(Struct, frozen=True):
    """Add several exercises, in order, before all others or after them."""

    items: tuple[Item, ...]
    before: bool


class Remove(Struct, frozen=True):
    """Take an exercise of which nothing is logged out of the session."""

    item: str


class Swap(Struct, frozen=True):
    """Do another exercise instead of the open sets of an item."""

    item: str
    other: Item


class Move(Struct, frozen=True):
    """Move an item up (-1) or down (+1)."""

    item: str
    by: int


class AddSet(Struct, frozen=True):
    """Add one more set to an item, like its last."""

    item: str


class AddWarmups(Struct, frozen=True):
    """Add warm-up sets before the work of an item. ``light`` rounds a load in kg down to one that
    the runner has. A ``heavy`` lift gets more sets, beginning with the empty bar (``bar_kg``) if
    there is one."""

    item: str
    light: Callable[[float], float]
    heavy: bool = False
    bar_kg: float | None = None


class Superset(Struct, frozen=True):
    """Join an item with the one after it, or split them up again."""

    item: str


class SessionNote(Struct, frozen=True):
    text: str


class Clock(Struct, frozen=True):
    """Operate the clock. ``space`` starts, pauses or resumes it, for the next set of ``item``; the
    other operations are skip, repeat, add and stop."""

    op: str
    item: str = ""


class Tick(Struct, frozen=True):
    """Time has passed: mark a timed set as done, but unconfirmed, once its work is over."""


class Undo(Struct, frozen=True):
    """Undo the last step."""


class Redo(Struct, frozen=True):
    """Do again the step that was just undone."""


class Finish(Struct, frozen=True):
    """End the session: unconfirmed sets count as done, open work sets are left undone for
    ``reason``. If no set was logged, none is marked as left undone."""

    reason: str = "time"


Command = (
    Log | Write | Mark | Flag | Skip | EndSlow | Adjust | Put | Insert | Remove | Swap | Move
    | AddSet | AddWarmups | Superset | SessionNote | Clock | Tick | Undo | Redo | Finish
)  # fmt: skip
