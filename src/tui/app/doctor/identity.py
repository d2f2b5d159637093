"""Checks that each document of the log has one id, in one place, and mends those that do not.

What is mended is found again the same way on every machine, so that two copies stay joinable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder, Stored
from tui.domain.model.codec import Doc
from tui.domain.model.ids import derived
from tui.domain.model.library.parser import Library
from tui.domain.model.positional_ids import is_entry, is_set, migrated_session
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.text import number_of
from tui.domain.model.values import Record, Session
from tui.domain.model.versions import canonical
from tui.domain.model.visible import twins
from tui.store.repository import values_of
from tui.store.tables import SESSIONS, objects_in

CORRECT = "correct it in the file"
UNREADABLE = float("-inf")


def check(folder: Folder, library: Library) -> Iterator[Finding]:
    """The findings on ids: which document is where, and which is known."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in folder.log:
        yield from _document(one)
        if one.value is not None and one.value.id == one.key:
            places[one.table, one.key].append(one.file)
    for (_, key), files in places.items():
        if len(files) > 1:
            yield Finding(
                code="id-twice",
                where=files[0],
                ids=(key,),
                words=f"{key} is also in {', '.join(files[1:])}",
                repair="joins them where it belongs",
            )
    yield from _unknown(folder, library)


def _document(one: Stored) -> Iterator[Finding]:
    if one.value is None:
        yield Finding(
            code="document",
            where=one.file,
            ids=(one.key,),
            words=f"{one.key} is left out: {one.bad}",
            todo=CORRECT,
        )
        return
    if one.is_astray:
        yield Finding(
            code="key",
            where=one.file,
            ids=(one.key,),
            words=f"{one.key} is left out: its id is {one.value.id}",
            repair="stores it under its id",
        )
        return
    if one.value.day.year != one.year:
        yield Finding(
            code="year",
            where=one.file,
            ids=(one.key,),
            words=f"{one.key} is of {one.value.day}, and so in the wrong file",
            repair="moves it",
        )
    if one.table == SESSIONS:
        positional, again = _odd_ids(one.doc)
        if positional:
            yield Finding(
                code="positional",
                where=one.file,
                ids=(one.key,),
                words=f"{one.value.day}: {number_of(positional, 'id')} that count places",
                repair="gives each the one that is derived from it",
            )
        if again:
            yield Finding(
                code="id-again",
                where=one.file,
                ids=(one.key,),
                words=f"{one.value.day}: {number_of(again, 'id')} used twice",
                repair="gives the second a new one",
            )
    if bad := unreadable_stamps(one.doc):
        yield Finding(
            code="stamp",
            where=one.file,
            ids=(one.key,),
            words=f"{one.value.day}: edited is no date and time: {bad[0]!r}",
            repair="takes the time it was done",
        )
    if isinstance(one.value, Session) and (pairs := twins(one.value.entries)):
        yield Finding(
            code="twins",
            where=one.file,
            ids=(one.key,),
            words=f"{one.value.day}: {number_of(len(pairs), 'set')} corrected in one of two copies "
            "before schema 2: only the later version counts, the earlier is kept",
            note=True,
        )


def _unknown(folder: Folder, library: Library) -> Iterator[Finding]:
    found: defaultdict[str, int] = defaultdict(int)
    for _, session in folder.sessions:
        for entry in session.live():
            if not session.deleted and entry.exercise not in library.exercises:
                found[entry.exercise] += 1
    for exercise, number in sorted(found.items()):
        yield Finding(
            code="exercise",
            where="library.json",
            ids=(exercise,),
            words=f"{exercise} is in {number_of(number, 'session')} and not in your library: it is "
            "shown, but no advice counts it",
            note=True,
        )


# -- mending a document -------------------------------------------------------------------------


def mended_values(
    tables: Mapping[str, Mapping[str, Any]],
) -> tuple[list[Session], list[Record]]:
    """The sessions and records of these tables as they are once they are mended."""
    return values_of(
        {
            name: {key: _mended_if_known(name, doc) for key, doc in table.items()}
            for name, table in tables.items()
        }
    )


def _mended_if_known(table: str, doc: Any) -> Any:
    # Nearly all are well, and to decode each twice would take as long as all the rest.
    if not isinstance(doc, dict) or not (any(_odd_ids(doc)) or unreadable_stamps(doc)):
        return doc
    known = any(values_of({table: {"": doc}}))
    return mended(table, doc) if known else doc


def mended(table: str, doc: Doc) -> Doc:
    """A document of the log whose ids are each there once and count no places, and whose stamps can
    be read; the same one if nothing is wrong with it."""
    new = _stamped(doc, _begun(doc))
    if table != SESSIONS:
        return new
    positional, again = _odd_ids(new)
    if positional:
        new = migrated_session(new)
    return _each_once(new) if again else new


def _odd_ids(doc: Doc) -> tuple[int, int]:
    """How many ids of a session's document count places, and how many are there again."""
    session, entries = str(doc.get("id")), objects_in(doc, "entries")
    names = [str(entry.get("id")) for entry in entries]
    rows = [str(row.get("id")) for entry in entries for row in objects_in(entry, "sets")]
    positional = sum(is_entry(name, session) for name in names)
    positional += sum(is_set(name, session) for name in rows)
    return positional, len(names) - len(set(names)) + len(rows) - len(set(rows))


def _each_once(doc: Doc) -> Doc:
    """The session with a new id for each entry and set whose id another has; one that says exactly
    the same as the other is the other."""
    milliseconds = int(edited_at(doc["started"]) // 1000)
    entries, sets = _Ids(milliseconds), _Ids(milliseconds)
    made = []
    for entry in objects_in(doc, "entries"):
        one = entries.own(entry, "")
        if one is not None:
            rows = [sets.own(row, str(one["id"])) for row in objects_in(entry, "sets")]
            made.append({**one, "sets": [row for row in rows if row is not None]})
    return {**doc, "entries": made}


class _Ids:
    """The ids given so far, each with what it was given to."""

    def __init__(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds
        self._given: dict[str, str] = {}

    def own(self, doc: Doc, home: str) -> Doc | None:
        """The document with an id of its own; None if it is there already, in the same place."""
        says, name = canonical([home, doc]), str(doc.get("id"))
        while name in self._given:
            if self._given[name] == says:
                return None
            name = derived(self._milliseconds, f"again {name} {says}")
        self._given[name] = says
        return {**doc, "id": name}


def unreadable_stamps(doc: Doc) -> list[str]:
    """The stamps of a document and what is in it that are there, but no instants."""
    bad = [str(doc["edited"])] if _is_bad(doc) else []
    for name in ("entries", "sets"):
        bad += [stamp for inner in objects_in(doc, name) for stamp in unreadable_stamps(inner)]
    return bad


def _stamped(doc: Doc, usual: str) -> Doc:
    """The document with a stamp in place of each that is no instant: that of the version before,
    else the time it was done, else ``usual``."""
    if not unreadable_stamps(doc):
        return doc
    new = dict(doc)
    if _is_bad(doc):
        told = [str(stamp) for stamp in (*(doc.get("replaces") or ()), doc.get("at"))]
        best = newest(told)
        new["edited"] = best if edited_at(best) > UNREADABLE else usual
    for name in ("entries", "sets"):
        if name in doc:
            new[name] = [_stamped(inner, usual) for inner in objects_in(doc, name)]
    return new


def _is_bad(doc: Doc) -> bool:
    return bool(doc.get("edited")) and edited_at(doc["edited"]) == UNREADABLE


def _begun(doc: Doc) -> str:
    """When what a document tells of was: the start of a session, noon of a record's day."""
    return str(doc.get("started") or f"{doc.get('date')}T12:00:00+00:00")
