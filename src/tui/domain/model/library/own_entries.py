"""The entries of the runner's own library by id: stamped as they change, and joined.

The file is edited by hand, so it has stamps only where the program wrote: ``edited`` in the entry.
An entry that the program removed stays at the end of its list, with ``"deleted": true``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tui.domain.model.codec import Doc
from tui.domain.model.stamps import stamp_after
from tui.domain.model.versions import canonical, content_of, later, stamp_of

SCHEMA = "schema_version"
# These are objects by id or name, the others lists.
SOURCES, NAMES = "sources", "names"
TABLES = ("exercises", "programmes", "routines", SOURCES, NAMES)


class Joined(Struct, frozen=True):
    """Two copies of a library as one, and the versions of entries that gave way to another: each
    with the name of its table and its id. ``came`` counts the entries that ours did not have so."""

    library: Doc
    lost: tuple[tuple[str, str, Any], ...]
    came: int


def is_deleted(entry: object) -> bool:
    """Whether an entry is only there to say that it was removed."""
    return isinstance(entry, dict) and entry.get("deleted") is True


def present(own: Mapping[str, Any]) -> Doc:
    """The library without the entries that were removed."""
    left = dict(own)
    for table in TABLES:
        if isinstance(held := own.get(table), list):
            left[table] = [entry for entry in held if not is_deleted(entry)]
        elif isinstance(held, dict):
            left[table] = {name: entry for name, entry in held.items() if not is_deleted(entry)}
    return left


def stamped(before: Mapping[str, Any], after: Mapping[str, Any], now: str) -> Doc:
    """The library ``after`` an edit of what was :func:`present` in ``before``: entries that changed
    are stamped, later than they were before, and those that are gone become tombstones."""
    made = dict(after)
    for table in TABLES:
        old = by_id(before, table)
        new = {
            name: _edit(old.get(name), entry, now) for name, entry in by_id(after, table).items()
        }
        gone = {name: _removed(entry, now) for name, entry in old.items() if name not in new}
        if new or gone:
            made[table] = as_table(table, {**new, **gone})
    return made


def join_libraries(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Joined:
    """Both libraries, each free of problems, as one, sorted by id. Of two versions of an entry the
    one edited later counts whole; one without a stamp gives way to any that has one. The library
    is the same whichever of them is ours."""
    library: Doc = {}
    lost = []
    came = 0
    if SCHEMA in mine or SCHEMA in theirs:
        library[SCHEMA] = mine.get(SCHEMA, theirs.get(SCHEMA))
    for table in TABLES:
        ours, others = by_id(mine, table), by_id(theirs, table)
        entries = {}
        for name in sorted(ours.keys() | others.keys()):
            one, other = ours.get(name, others.get(name)), others.get(name, ours.get(name))
            if canonical(one) == canonical(other):
                # They may differ in the order of their fields.
                entries[name] = min(one, other, key=json.dumps)
                continue
            entries[name] = later(one, other)
            lost.append((table, name, other if entries[name] is one else one))
        came += sum(canonical(entry) != canonical(ours.get(n)) for n, entry in entries.items())
        if table in mine or table in theirs:
            library[table] = as_table(table, entries)
    return Joined(library, tuple(lost), came)


def changed_entries(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The ids of the entries that differ between two versions of a library, in their order."""
    found: list[str] = []
    for table in TABLES:
        old, new = by_id(before, table), by_id(after, table)
        found += [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    return found


def by_id(own: Mapping[str, Any], table: str) -> dict[str, Any]:
    """The entries in a table of a library that is free of problems, with those that were removed,
    by id."""
    held = own.get(table) or {}
    return held if isinstance(held, dict) else {entry["id"]: entry for entry in held}


def as_table(table: str, entries: Mapping[str, Any]) -> Any:
    """Entries by id in the form in which a library has them."""
    return dict(entries) if table in (SOURCES, NAMES) else list(entries.values())


def _edit(old: Doc | None, new: Doc, now: str) -> Doc:
    if old is not None and content_of(old) == content_of(new):
        return old
    return {**new, "edited": stamp_after(now, [stamp_of(old)])}


def _removed(entry: Doc, now: str) -> Doc:
    if is_deleted(entry):
        return entry
    return {**entry, "edited": stamp_after(now, [stamp_of(entry)]), "deleted": True}
