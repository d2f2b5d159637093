"""Reads what can be read of a damaged file: each document that is still whole.

A file is written with one line for each key and value, indented, so that a document begins and ends
on lines that can be found without reading the rest.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
from msgspec import Struct

from tui.store.migrations import Tables

TABLE = re.compile(rb'  "((?:[^"\\]|\\.)*)": \{')
DOCUMENT = re.compile(rb'    "((?:[^"\\]|\\.)*)": \{')


class Salvaged(Struct, frozen=True):
    """The documents that could be read, by table and id, and the ids of those that could not."""

    tables: Tables
    unreadable: tuple[str, ...]


def salvage(data: bytes) -> Salvaged:
    """What can still be read of a file's bytes."""
    tables: Tables = {}
    unreadable: list[str] = []
    table, name = "", ""
    lines: list[bytes] | None = None
    for line in data.split(b"\n"):
        if lines is not None:
            if line in (b"    }", b"    },"):
                doc = _loaded(b"\n".join([b"{", *lines, b"}"]))
                if isinstance(doc, dict):
                    tables.setdefault(table, {})[name] = doc
                else:
                    unreadable.append(name)
                lines = None
                continue
            if not line.startswith(b"    }") and not DOCUMENT.fullmatch(line):
                lines.append(line)
                continue
            # Its end is lost; the next one begins here.
            unreadable.append(name)
            lines = None
        if found := TABLE.fullmatch(line):
            table = _text(found[1])
        elif found := DOCUMENT.fullmatch(line):
            name, lines = _text(found[1]), []
    if lines is not None:
        unreadable.append(name)
    tables.pop("meta", None)
    return Salvaged(tables, tuple(unreadable))


def _loaded(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _text(raw: bytes) -> str:
    loaded = _loaded(b'"' + raw + b'"')
    return loaded if isinstance(loaded, str) else raw.decode(errors="replace")
