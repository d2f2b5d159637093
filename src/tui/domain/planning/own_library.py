"""Changes of one entry in the JSON of the runner's own library; the rest stays as it is, even if
it is invalid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.model.codec import Doc
from tui.domain.model.library.parser import SCHEMA_VERSION


def entries(own: Mapping[str, Any], table: str) -> dict[str, Any]:
    """The entries of a table by id; those without an id are left out."""
    return {name: one for one in _listed(own, table) if isinstance(name := _id(one), str)}


def with_entry(own: Mapping[str, Any], table: str, entry: Doc) -> Doc:
    """The library with an entry added to a table, or replaced if its id is there."""
    there = _listed(own, table)
    if entry["id"] in entries(own, table):
        there = [entry if _id(old) == entry["id"] else old for old in there]
    else:
        there = [*there, entry]
    return {**(own or {"schema_version": SCHEMA_VERSION}), table: there}


def without_entry(own: Mapping[str, Any], table: str, name: str) -> Doc:
    """The library without an entry of a table."""
    return {**own, table: [entry for entry in _listed(own, table) if _id(entry) != name]}


def _listed(own: Mapping[str, Any], table: str) -> list[Any]:
    there = own.get(table)
    return there if isinstance(there, list) else []


def _id(entry: object) -> object:
    return entry.get("id") if isinstance(entry, dict) else None
