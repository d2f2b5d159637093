"""The events of a session: everything that happens is one, and the journal on disk lists them.

How each is written and read: :mod:`tui.domain.session.event_codec`. Events of one step after its
first carry ``more``: undo takes all of them back at once.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from tui.domain.model.values import SetEntry
from tui.domain.session.live import Item, Key


class _Event(Struct, frozen=True, kw_only=True, tag_field="e"):
    """What happened ``at`` an instant (aware)."""

    at: datetime


class Change(_Event, frozen=True, kw_only=True):
    """An event that undo takes back; ``more``: together with the one before it."""

    more: bool = False


class Start(_Event, frozen=True, kw_only=True, tag="start"):
    """The session begins with its planned exercises."""

    id: str
    items: tuple[Item, ...] = ()
    programme: str | None = None
    part: str | None = None


class Plan(Change, frozen=True, kw_only=True, tag="plan"):
    """The exercises or their targets changed to these."""

    items: tuple[Item, ...]


class Sets(Change, frozen=True, kw_only=True, tag="sets"):
    """The rows of one set are now these; ``pending``: not yet confirmed."""

    key: Key
    rows: tuple[SetEntry, ...]
    pending: bool = False


class Note(Change, frozen=True, kw_only=True, tag="note"):
    """The note on the session."""

    text: str


class ClockOp(_Event, frozen=True, kw_only=True, tag="clock"):
    """The clock: start or rest, of the set ``key``; pause, resume, skip, repeat, add, stop."""

    op: str
    key: Key | None = None


class Undo(_Event, frozen=True, kw_only=True, tag="undo"):
    """The last step is taken back."""


class Finish(Change, frozen=True, kw_only=True, tag="finish"):
    """The session is over."""


Event = Start | Plan | Sets | Note | ClockOp | Undo | Finish
