"""Reads a file in which git left the marks of a conflict: what each side holds, joined.

The marks are read in all three styles of git (merge, diff3, zdiff3). What stands between
``|||||||`` and ``=======`` is the version that both began with, and is left out.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, NamedTuple

from tui.domain.model.codec import (
    record_from_doc,
    record_to_doc,
    session_from_doc,
    session_to_doc,
)
from tui.domain.model.joining import Documents
from tui.domain.model.validation import BadDocument
from tui.domain.model.versions import later
from tui.store.tables import RECORDS, SESSIONS, Tables

MARK = re.compile(rb"(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?\n?")


class Sides(NamedTuple):
    """Our side of a file and theirs, as git had them, each with what it merged by itself."""

    ours: bytes
    theirs: bytes


def sides_of(data: bytes) -> Sides | None:
    """Both sides of a file with the marks of a conflict; None if it has none."""
    if b"<<<<<<<" not in data:
        return None
    # What a line is added to: the parts of both sides, of one, or (the common version) of none.
    ours: list[bytes] = []
    theirs: list[bytes] = []
    both = into = (ours, theirs)
    marked = False
    for line in data.splitlines(keepends=True):
        mark = MARK.fullmatch(line)
        match mark and mark[1][:1]:
            case b"<" if into is both:
                into, marked = (ours, []), True
            case b"|" if into is not both:
                into = ([], [])
            case b"=" if into is not both:
                into = ([], theirs)
            case b">" if into is not both:
                into = both
            case _:
                for part in into:
                    part.append(line)
    return Sides(b"".join(ours), b"".join(theirs)) if marked else None


def join_tables(mine: Tables, theirs: Tables) -> Tables:
    """The tables of two copies of a year's file, or of a profile, as those of one. A document that
    is not understood counts whole, the later version of it."""
    if not {SESSIONS, RECORDS} & {*mine, *theirs}:
        # Only for a profile: whatever reads the log passes here.
        from tui.domain.planning.profile_joining import join_profiles

        return join_profiles(mine, theirs)
    documents = Documents()
    tables: Tables = {}
    for name in dict.fromkeys((*mine, *theirs)):
        ours, others = mine.get(name, {}), theirs.get(name, {})
        tables[name] = {
            key: later(ours.get(key, others.get(key)), others.get(key, ours.get(key)))
            for key in dict.fromkeys((*ours, *others))
        }
        for copy in (ours, others):
            for key, doc in copy.items():
                _take(documents, name, key, doc)
    for session in documents.sessions():
        tables[SESSIONS][session.id] = session_to_doc(session)
    for record in documents.records.values():
        tables[RECORDS][record.id] = record_to_doc(record)
    return tables


def _take(documents: Documents, table: str, key: str, doc: Any) -> None:
    """Join a document of the log, if it is understood, into the others."""
    if not isinstance(doc, dict) or doc.get("id") != key:
        return
    with suppress(BadDocument):
        if table == SESSIONS:
            documents.take([session_from_doc(doc)])
        elif table == RECORDS:
            documents.take([], [record_from_doc(doc)])
