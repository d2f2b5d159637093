"""Say which of two versions of one document counts, when two copies of a file are joined."""

from __future__ import annotations

import json
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
    stamps = _stamp(one), _stamp(other)
    if stamps[0] != stamps[1]:
        return one if stamps[0] > stamps[1] else other
    return max(one, other, key=canonical)


def _stamp(version: Any) -> tuple[float, str]:
    stamp = version.get("edited") if isinstance(version, dict) else None
    return edited_at(stamp), stamp if isinstance(stamp, str) else ""
