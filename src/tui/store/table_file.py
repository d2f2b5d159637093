"""The bytes of a file of tables, a year's or the profile's: what they hold, and how it is written.

The file looks like ``{"meta": {"schema_version": 2, …}, "sessions": {id: {…}}, …}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.domain.model.text import clean
from tui.store.errors import NewerSchema
from tui.store.json_bytes import JSONDecodeError, loads
from tui.store.migrations import VERSION, migrate
from tui.store.seal import HASH, META, is_whole, sealed
from tui.store.tables import Tables

SCHEMA = "schema_version"
# The largest file of a year.
MOST_BYTES = 64_000_000


class Damaged(ValueError):
    """The bytes are not a file of ours; the message says why."""


class Content(Struct, frozen=True):
    """The parsed contents of a file. ``meta`` may have keys this version does not know. ``whole``
    is False if the bytes are not those that were written, ``version`` the schema they were in."""

    meta: dict[str, Any]
    tables: Tables
    whole: bool = True
    version: int = VERSION


def parse(data: bytes, path: Path) -> Content:
    """The content of a file's bytes, in this version's form. Raises Damaged if they are not a file
    of ours, NewerSchema (naming ``path``) if a newer version wrote them."""
    meta, tables, version = _parsed(data, path)
    known = {key: value for key, value in meta.items() if key != HASH}
    return Content(known, tables, is_whole(data, meta), version)


def tables_of(data: bytes, path: Path) -> Tables:
    """What :func:`parse` finds, whether or not the bytes are those that were written."""
    return _parsed(data, path)[1]


def written(data: bytes, path: Path) -> Tables | None:
    """What is in a file if its bytes are just those that this version would write; else None.
    Raises NewerSchema."""
    try:
        meta, tables, _ = _parsed(data, path)
        # Its hash is among them.
        return tables if encoded(tables, meta) == data else None
    except (Damaged, TypeError):
        return None


def _parsed(data: bytes, path: Path) -> tuple[dict[str, Any], Tables, int]:
    try:
        whole = loads(data)
    except JSONDecodeError as error:
        raise Damaged(f"line {error.lineno}: {clean(error.msg)}") from None
    if not isinstance(whole, dict) or not all(isinstance(part, dict) for part in whole.values()):
        raise Damaged("not an object of tables")
    meta = whole.pop(META, {})
    version = meta.get(SCHEMA, 1)
    if type(version) is not int or version < 1:
        raise Damaged("its schema_version is no version")
    if version > VERSION:
        raise NewerSchema(
            f"{clean(str(path))} was written by a newer stridelift (schema {version}, this one "
            f"knows {VERSION}). Update stridelift; the file is left as it is."
        )
    return meta, migrate(whole, version), version


def encoded(tables: Tables, meta: Mapping[str, Any]) -> bytes:
    """The file of these tables in this version's form, with what ``meta`` of it says besides.
    Raises TypeError for what JSON cannot hold."""
    return sealed({**meta, SCHEMA: VERSION}, tables)
