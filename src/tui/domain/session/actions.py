"""What a runner can do in a live session, as values for
:func:`tui.domain.session.steps.step`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from tui.domain.calculator.loads import Loads
from tui.domain.model.notation import Written
from tui.domain.session.live import Item, Key


class Refused(ValueError):
    """A step that cannot be taken now; the message says what to do instead."""


class Log(Struct, frozen=True):
    """Log the next set of an item as planned, or confirm the one that stands unconfirmed."""

    item: str


class Write(Struct, frozen=True):
    """Log or correct one set with what was typed."""

    key: Key
    rows: tuple[Written, ...]


class Mark(Struct, frozen=True):
    """Say something of a logged set: ``rir``, ``effort``, ``pain`` or ``note``."""

    key: Key
    field: Literal["rir", "effort", "pain", "note"]
    value: float | int | str | None


class Skip(Struct, frozen=True):
    """Leave sets undone for a reason: pain, time, equipment or other. Sets that are logged and
    confirmed stay as they are."""

    keys: tuple[Key, ...]
    reason: str


class Adjust(Struct, frozen=True):
    """Change the open sets of an item: load by ``load_kg`` kilograms, amount by ``steps``. With
    ``loads`` the load goes to the next of them instead, up or down as ``load_kg`` says."""

    item: str
    load_kg: float = 0
    steps: int = 0
    loads: Loads | None = None


class Put(Struct, frozen=True):
    """Put an exercise into the session; before all others at ``place`` 0, last with None."""

    item: Item
    place: int | None = None


class Swap(Struct, frozen=True):
    """Do another exercise instead of what is still open of an item."""

    item: str
    other: Item


class Move(Struct, frozen=True):
    """Move an item up (-1) or down (+1)."""

    item: str
    by: int


class AddSet(Struct, frozen=True):
    """One more set of an item, like its last."""

    item: str


class AddWarmups(Struct, frozen=True):
    """Lighter sets before the work of an item; ``light`` gives the load to take for a share of it.
    A ``heavy`` lift gets more of them, with a bar (of ``bar_kg``) beginning with it alone."""

    item: str
    light: Callable[[float], float]
    heavy: bool = False
    bar_kg: float | None = None


class Superset(Struct, frozen=True):
    """Join an item with the one after it, or part it again."""

    item: str


class SessionNote(Struct, frozen=True):
    text: str


class Clock(Struct, frozen=True):
    """``space``: start, pause or go on with the next set of ``item``. Others: skip, repeat, add,
    stop."""

    op: str
    item: str = ""


class Tick(Struct, frozen=True):
    """Time has passed: a timed set whose work is over stands done, unconfirmed."""


class Undo(Struct, frozen=True):
    """Take the last step back."""


class Finish(Struct, frozen=True):
    """End the session; what stands unconfirmed is done, what is open is left for ``reason``. Where
    no set was logged, none is left undone either."""

    reason: str = "time"


Command = (
    Log | Write | Mark | Skip | Adjust | Put | Swap | Move | AddSet | AddWarmups | Superset
    | SessionNote | Clock | Tick | Undo | Finish
)  # fmt: skip
