"""The lines that ``export --all`` adds to a set log: settings, calendar and own library.

Each has the document as it is stored, with its stamp, also of what was removed. They come before
the lines of sets, which may be of exercises that only they know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from tui.domain.model.codec import Doc
from tui.domain.model.library.own_entries import SCHEMA, TABLES, as_table, by_id
from tui.domain.model.library.parser import SCHEMA_VERSION
from tui.domain.model.validation import BadDocument, need, said
from tui.domain.planning.calendar_codec import CALENDAR
from tui.domain.planning.profile_joining import SETTINGS, Tables

ALL, SETTING, DATE, LIBRARY = "all", "setting", "calendar", "library"
TYPES = (ALL, SETTING, DATE, LIBRARY)
EXERCISES = TABLES[0]


class Whole(Struct, frozen=True, kw_only=True):
    """What a whole export has besides the log: the tables of a profile, and an own library or
    None."""

    profile: Tables
    library: Doc | None


def docs(
    profile: Mapping[str, Mapping[str, Any]], library: Doc, unlisted: Iterable[str]
) -> Iterator[Doc]:
    """The lines of a profile and of an own library that is free of problems, as objects.
    ``unlisted`` are the exercises in the log that no library lists any more. Two copies that
    were joined give the same lines."""
    yield {"type": ALL, "unlisted": sorted(unlisted)}
    for table, documents in sorted(profile.items()):
        where = {"type": SETTING} if table == SETTINGS else {"type": DATE, "table": table}
        for name, document in sorted(documents.items()):
            yield {**where, "id": name, "document": document}
    for table in TABLES:
        for name, entry in sorted(by_id(library, table).items()):
            yield {"type": LIBRARY, "table": table, "id": name, "document": entry}


class WholeReader(Struct):
    """Gathers such lines. ``begun`` once there was one of type ``all``."""

    begun: bool = False
    profile: Tables = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)

    def read(self, kind: str, doc: Mapping[str, Any]) -> None:
        """Take a line of one of the ``TYPES``. Raises BadDocument; then it changes nothing."""
        if kind == ALL:
            names = doc.get("unlisted") or []
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                raise BadDocument("unlisted must be a list of ids")
            self.begun = True
            self.unlisted |= set(names)
            return
        if not self.begun:
            raise BadDocument(f"a line of type {kind} must follow one of type {ALL}")
        name, document = need(doc, "id"), doc.get("document")
        if not isinstance(document, dict):
            raise BadDocument("document must be an object, as in {...}")
        if kind == LIBRARY:
            self.own.setdefault(_table(doc, TABLES), {})[name] = document
        else:
            table = SETTINGS if kind == SETTING else _table(doc, CALENDAR)
            self.profile.setdefault(table, {})[name] = document

    def has(self, exercise: str) -> bool:
        """Whether the lines so far name an exercise of the log that need not be in the library."""
        return exercise in self.unlisted or exercise in self.own.get(EXERCISES, {})

    def whole(self) -> Whole | None:
        """Everything that was read; None if nothing was."""
        if not self.begun:
            return None
        tables = {table: as_table(table, entries) for table, entries in self.own.items()}
        library = {SCHEMA: SCHEMA_VERSION, **tables} if tables else None
        return Whole(profile=self.profile, library=library)


def _table(doc: Mapping[str, Any], tables: Sequence[str]) -> str:
    table = need(doc, "table")
    if table not in tables:
        raise BadDocument(f"table can be {', '.join(tables)}, not {said(table)}")
    return table
