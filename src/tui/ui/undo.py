"""A change made on a screen, with the way to undo it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class UndoStep(Struct, frozen=True, kw_only=True):
    """A change: ``back`` undoes it, and ``words`` then say so on the screen. ``again`` makes it
    again; None if that cannot be."""

    words: str
    back: Callable[[], None]
    again: Callable[[], None] | None = None
