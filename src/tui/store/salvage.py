"""Reads what can be read of a damaged file: each document that is still whole, and of a session
that is not, each set.

A file is written with one line for each key and value, indented, so that a document begins and ends
on lines that can be found without reading the rest.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from tui.store.json_bytes import JSONDecodeError, loads
from tui.store.tables import Tables

TABLE = re.compile(rb'  "((?:[^"\\]|\\.)*)": \{')
DOCUMENT = re.compile(rb'    "((?:[^"\\]|\\.)*)": \{')
# The lines of an entry and of a set in a session, and what stands in them, by their indents.
FIELD, ENTRY, ENTRY_FIELD, SET = b" " * 6, b" " * 8, b" " * 10, b" " * 12
# What the end of the last table looks like, and of the file.
ENDS = b"\n  }", b"\n}"
SET_ID = re.compile(rb' {14}"id": "([^"\\]+)",?')


class Salvaged(Struct, frozen=True):
    """The documents that could be read, by table and id, and the ids of those that could not; of
    these, what could be read (``parts``) and the ids of the sets they name, both by id. If the end
    of the file is not there (``ended``), nobody knows what else stood in it."""

    tables: Tables
    unreadable: tuple[str, ...]
    parts: dict[str, dict[str, Any]]
    named: dict[str, list[str]]
    ended: bool


def salvage(data: bytes) -> Salvaged:
    """What can still be read of a file's bytes."""
    tables: Tables = {}
    unreadable: dict[str, list[bytes]] = {}
    table, name = "", ""
    lines: list[bytes] | None = None
    for line in data.split(b"\n"):
        if lines is not None:
            if line in (b"    }", b"    },"):
                doc = _loaded(b"\n".join([b"{", *lines, b"}"]))
                if isinstance(doc, dict):
                    tables.setdefault(table, {})[name] = doc
                else:
                    unreadable[name] = lines
                lines = None
                continue
            if not line.startswith(b"    }") and not DOCUMENT.fullmatch(line):
                lines.append(line)
                continue
            # Its end is lost; the next one begins here.
            unreadable[name] = lines
            lines = None
        if found := TABLE.fullmatch(line):
            table = _text(found[1])
        elif found := DOCUMENT.fullmatch(line):
            name, lines = _text(found[1]), []
    if lines is not None:
        unreadable[name] = lines
    tables.pop("meta", None)
    return Salvaged(
        tables,
        tuple(unreadable),
        {name: _parts(name, lines) for name, lines in unreadable.items()},
        {name: _set_ids(lines) for name, lines in unreadable.items()},
        bool(tables or unreadable) and data.rstrip().endswith(ENDS),
    )


def _set_ids(lines: list[bytes]) -> list[str]:
    found = map(SET_ID.fullmatch, lines)
    return [match[1].decode(errors="replace") for match in found if match]


def _parts(name: str, lines: list[bytes]) -> dict[str, Any]:
    """What can be read of a session: its own fields, and the entries with the sets that are
    whole."""
    session: dict[str, Any] = {}
    entries: list[dict[str, Any]] = []
    rows: list[bytes] | None = None
    for line in lines:
        if line == SET + b"{":
            rows = []
        elif rows is not None:
            if line.startswith(SET + b"}"):
                row = _loaded(b"\n".join([b"{", *rows, b"}"]))
                if entries and isinstance(row, dict):
                    entries[-1]["sets"].append(row)
                rows = None
            else:
                rows.append(line)
        elif line == ENTRY + b"{":
            entries.append({"sets": []})
        elif line.startswith(ENTRY_FIELD + b'"') and entries:
            entries[-1] = {**_field(line), **entries[-1]}
        elif line.startswith(FIELD + b'"'):
            session = {**session, **_field(line)}
    return {**session, "id": name, "entries": entries}


def _field(line: bytes) -> dict[str, Any]:
    """The key and value of a line; nothing if they cannot be read, or go on in the next line."""
    found = _loaded(b"{" + line.rstrip(b",") + b"}")
    return found if isinstance(found, dict) else {}


def _loaded(data: bytes) -> Any:
    try:
        return loads(data)
    except JSONDecodeError:
        return None


def _text(raw: bytes) -> str:
    loaded = _loaded(b'"' + raw + b'"')
    return loaded if isinstance(loaded, str) else raw.decode(errors="replace")
