"""Compares versions of a document: what each says, and which of two counts in a join."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tui.domain.model.stamps import edited_at


def canonical(value: Any) -> str:
    """A JSON value as text that is the same for equal values, whatever the order of their keys.
    One that is nested too deep to be written to any file of ours counts as null."""
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        return "null"


def later(one: Any, other: Any) -> Any:
    """The version of a document that was ``edited`` later; it counts whole.

    Equal instants are told apart by the text of the stamp, then by :func:`canonical`, so that every
    machine comes to the same answer, in whatever order it joins. A version without a stamp, or one
    that is no object at all, is older than any other.
    """
    stamps = [(edited_at(stamp), stamp) for stamp in map(stamp_of, (one, other))]
    if stamps[0] != stamps[1]:
        return one if stamps[0] > stamps[1] else other
    return max(one, other, key=canonical)


def stamp_of(version: Any) -> str:
    """When a document was ``edited``, as it says; empty if it has no such text, or is no object."""
    stamp = version.get("edited") if isinstance(version, dict) else None
    return stamp if isinstance(stamp, str) else ""


def content_of(version: Mapping[str, Any]) -> str:
    """What a document says, whenever it was edited; in the form of :func:`canonical`."""
    return canonical({key: value for key, value in version.items() if key != "edited"})
