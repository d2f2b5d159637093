"""The tables of a file: those of a year's by name, and what decodes their documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.domain.model.codec import record_from_doc, session_from_doc
from tui.domain.model.values import Record, Session

# Documents by table and id.
Tables = dict[str, dict[str, Any]]

SESSIONS, RECORDS = "sessions", "records"
DECODE: Mapping[str, Callable[[Mapping[str, Any]], Session | Record]] = {
    SESSIONS: session_from_doc,
    RECORDS: record_from_doc,
}


def objects_in(doc: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in the list that a document has at ``key``; none if it has no list there."""
    found = doc.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
