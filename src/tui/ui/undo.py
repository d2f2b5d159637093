"""Changes that a screen can take back."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class UndoStep(Struct, frozen=True, kw_only=True):
    """A change that ``back`` takes back; ``words`` say so then."""

    words: str
    back: Callable[[], None]
