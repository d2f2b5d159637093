"""A change made on a screen, with the ways to undo it and to do it again."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class UndoStep(Struct, frozen=True, kw_only=True):
    """A change: ``words`` say what it was, without a full stop; ``back`` undoes it, ``again`` does
    it once more; None if that cannot be."""

    words: str
    back: Callable[[], None]
    again: Callable[[], None] | None = None


NOTHING_TO_UNDO = "Nothing to undo here."
NOTHING_AGAIN = "Nothing was undone here."


def undone_words(words: str, *, can_redo: bool = True) -> str:
    """What undo says of a step."""
    return f"Undone: {words}.{' U does it again.' if can_redo else ''}"


def again_words(words: str) -> str:
    """What redo says of a step."""
    return f"Done again: {words}. u undoes it."
