"""The events of a live session, which the journal on disk records one by one.

:mod:`tui.domain.session.event_codec` writes and reads them. All events of a step but the first have
``more`` set, so that undo reverts the whole step at once.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from tui.domain.model.values import SetEntry
from tui.domain.session.live import Item, Key


class _Event(Struct, frozen=True, kw_only=True, tag_field="e"):
    """Something that happened ``at`` an instant with a UTC offset."""

    at: datetime


class Change(_Event, frozen=True, kw_only=True):
    """An event that can be undone; with ``more``, together with the one before it."""

    more: bool = False


class Start(_Event, frozen=True, kw_only=True, tag="start"):
    """The session begins with its planned exercises."""

    id: str
    items: tuple[Item, ...] = ()
    programme: str | None = None
    part: str | None = None


class Plan(Change, frozen=True, kw_only=True, tag="plan"):
    """The exercises or their targets have changed to ``items``."""

    items: tuple[Item, ...]


class Sets(Change, frozen=True, kw_only=True, tag="sets"):
    """One set now has these ``rows``; ``pending`` means not yet confirmed."""

    key: Key
    rows: tuple[SetEntry, ...]
    pending: bool = False


class Note(Change, frozen=True, kw_only=True, tag="note"):
    """The session's note has changed to ``text``."""

    text: str


class ClockOp(_Event, frozen=True, kw_only=True, tag="clock"):
    """A clock operation: start or rest (for the set ``key``), pause, resume, skip, repeat, add or
    stop."""

    op: str
    key: Key | None = None


class Undo(_Event, frozen=True, kw_only=True, tag="undo"):
    """The last step is undone."""


class Finish(Change, frozen=True, kw_only=True, tag="finish"):
    """The session is over."""


Event = Start | Plan | Sets | Note | ClockOp | Undo | Finish
