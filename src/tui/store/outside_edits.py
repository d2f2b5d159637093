"""Takes in what was changed in a file outside the program: by hand, or by a disk that lost a bit.

Such a change keeps the old stamp, so a join would not see it. It becomes an edit here, compared
with the file before, and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.codec import (
    entry_from_doc,
    record_to_doc,
    session_from_doc,
    session_to_doc,
    set_from_doc,
)
from tui.domain.model.ids import beside
from tui.domain.model.joining import Documents, Placed
from tui.domain.model.stamps import edited_at, stamp_after
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Record, Session, SetEntry
from tui.store.tables import DECODE, SESSIONS, Tables, objects_in

D = TypeVar("D", Session, Entry, SetEntry, Record)
Doc = dict[str, Any]
Decode = Callable[[Mapping[str, Any]], Any]


class TakenIn(Struct, frozen=True):
    """The tables with the changes as edits; ``changed`` names them, ``before`` has the versions
    that they replaced, by table and id, and those that could not be read."""

    tables: Tables
    changed: tuple[str, ...]
    before: Tables


def taken_in(before: Tables, after: Tables, moment: str) -> TakenIn | None:
    """What was changed from ``before`` to ``after`` at about ``moment``, as edits. None if it looks
    like damage rather than an edit: something is gone, and something is there that means
    nothing."""
    if _gone(before, after) and not _strange(after) <= _strange(before):
        return None
    tables: Tables = {}
    changed: list[str] = []
    replaced: Tables = {}
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, {}), after.get(name, {})
        tables[name] = dict(new)
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) == new.get(key):
                continue
            doc, words = _edit(name, key, old.get(key), new.get(key), moment)
            changed += words
            tables[name][key] = doc
            if key in old:
                refused = _decoded(DECODE.get(name, dict), new.get(key)) is None and key in new
                replaced.setdefault(name, {})[key] = new[key] if refused else old[key]
    return TakenIn(tables, tuple(dict.fromkeys(changed)), replaced)


def preferring(first: Tables, second: Tables) -> Tables:
    """What ``first`` has of each document, and what only ``second`` has. Where both have a version
    with the same stamp, that of ``first``; a later one of ``second`` counts."""
    tables = {name: dict(table) for name, table in first.items()}
    for name, table in second.items():
        there = tables.setdefault(name, {})
        for key, doc in table.items():
            if key not in there or newest_in(doc) > newest_in(there[key]):
                there[key] = doc
    return tables


def with_parts(tables: Tables, parts: Mapping[str, Mapping[str, Any]]) -> Tables:
    """``tables`` with what could be read of sessions that are damaged (see
    :func:`tui.store.salvage.salvage`)."""
    sessions = dict(tables.get(SESSIONS, {}))
    for name, doc in parts.items():
        was = _decoded(session_from_doc, sessions.get(name))
        if was is None and name not in sessions:
            was = _decoded(session_from_doc, {**doc, "entries": []})
        if was is not None and was.id == name:
            sessions[name] = session_to_doc(with_readable(was, doc))
    return {**tables, SESSIONS: sessions} if sessions else tables


def newest_in(value: Any) -> float:
    """The latest stamp anywhere in a document."""
    match value:
        case dict():
            inner = (newest_in(one) for one in value.values() if isinstance(one, dict | list))
            return max([edited_at(value.get("edited")), *inner])
        case list():
            return max(map(newest_in, value), default=float("-inf"))
    return float("-inf")


def _edit(table: str, key: str, old: Any, new: Any, moment: str) -> tuple[Any, list[str]]:
    """A document that was changed, as an edit, and what was changed in words."""
    decode = DECODE.get(table)
    if decode is None:
        return _plain(old, new, moment), [key]
    was, now = _decoded(decode, old), _decoded(decode, new)
    if isinstance(now, Session):
        now = _distinct(now)
    if now is not None and now.id != key:
        now = None
    if now is None and new is not None:
        if was is None:
            return new, [key]
        if isinstance(was, Session) and isinstance(new, dict):
            return session_to_doc(with_readable(was, new)), [f"{_name(was)} (in part not readable)"]
        # What cannot be read any more: the version before stands.
        return old, [f"{_name(was)} (not readable, so as before)"]
    if was is None and now is None:
        return new, [key]
    if isinstance(was or now, Record):
        edited = _edited(was, replace(was, deleted=True) if now is None else now, moment)
        return record_to_doc(edited), [_name(edited)]
    session, words = _session(was, now, moment)
    return session_to_doc(session), words


def _distinct(session: Session) -> Session:
    """The session with an id of its own for each entry and set that was copied by hand and kept
    the id of the one it was copied from."""
    seen: set[str] = set()
    entries = [
        replace(
            entry,
            id=_own_id(entry.id, seen),
            sets=tuple(replace(row, id=_own_id(row.id, seen)) for row in entry.sets),
        )
        for entry in session.entries
    ]
    return replace(session, entries=tuple(entries))


def _own_id(name: str, seen: set[str]) -> str:
    free = (name if n == 1 else beside(name, f"copy {n}") for n in count(1))
    own = next(one for one in free if one not in seen)
    seen.add(own)
    return own


def with_readable(was: Session, damaged: Mapping[str, Any]) -> Session:
    """``was`` with each entry and set that can be read of a later version of the same session, if
    ``was`` does not have it or has an earlier version."""
    documents = Documents()
    documents.take([was])
    known = {entry.id: replace(entry, sets=()) for entry in was.entries}
    stamps = {row.id: edited_at(row.edited) for entry in was.entries for row in entry.sets}
    for doc in objects_in(damaged, "entries"):
        entry = _decoded(entry_from_doc, {**doc, "sets": []})
        entry = known.get(str(doc.get("id")), entry)
        if entry is None:
            continue
        rows = [_decoded(set_from_doc, row) for row in objects_in(doc, "sets")]
        # Of two versions with one stamp, the one that is not damaged counts.
        sets = tuple(
            row
            for row in rows
            if row is not None and (row.id not in stamps or edited_at(row.edited) > stamps[row.id])
        )
        documents.take([replace(was, entries=(replace(entry, sets=sets),))])
    return documents.sessions()[0]


def _plain(old: Any, new: Any, moment: str) -> Any:
    if not isinstance(old, dict):
        return new
    if new is None:
        return {**old, "deleted": True, **_version(old, moment)}
    if not isinstance(new, dict) or edited_at(new.get("edited")) > edited_at(old.get("edited")):
        return new
    return {**new, **_version(old, moment)}


def _version(old: Doc, moment: str) -> Doc:
    stamp = str(old.get("edited", ""))
    return {"edited": stamp_after(moment, [stamp])} if stamp else {}


def _session(was: Session | None, now: Session | None, moment: str) -> tuple[Session, list[str]]:
    documents, after = Documents(), Documents()
    if was is not None:
        documents.take([was])
    if now is not None:
        after.take([now])
    elif was is not None:
        after.take([replace(was, deleted=True)])
    [head] = after.heads.values()
    words = []
    if head != documents.heads.get(head.id):
        words.append(_name(head))
        after.heads[head.id] = _edited(documents.heads.get(head.id), head, moment)
    for key in dict.fromkeys((*documents.entries, *after.entries)):
        entry = documents.entries.get(key)
        new = after.entries.get(key) or replace(documents.entries[key], deleted=True)
        if entry is not None and new != entry:
            words.append(f"{_name(head)} {entry.exercise}")
        after.entries[key] = _edited(entry, new, moment)
    for key in dict.fromkeys((*documents.sets, *after.sets)):
        placed = documents.sets.get(key)
        new_row = after.sets.get(key) or _taken_out(documents.sets[key])
        if placed is None:
            words += [f"{_name(head)} a set more"] * (was is not None)
        elif new_row != placed:
            exercise = documents.entries[head.id, placed.home].exercise
            words.append(f"{_name(head)} {exercise} set {placed.doc.number}")
        old_row = None if placed is None else placed.doc
        after.sets[key] = Placed(new_row.home, _edited(old_row, new_row.doc, moment))
    return after.sessions()[0], words


def _taken_out(placed: Placed) -> Placed:
    return replace(placed, doc=replace(placed.doc, deleted=True))


def _edited(old: D | None, new: D, moment: str) -> D:
    """The next version of a document that is not as it was. Its stamp says nothing: it may be that
    of our last write, which the copy lacks, or of an old version that was put back by hand."""
    if new == old:
        return new
    stamps: list[str] = [one.edited for one in (old, new) if one is not None and one.edited]
    before: tuple[str, ...] = () if old is None else old.replaces
    return replace(
        new,
        edited=stamp_after(moment, stamps),
        replaces=tuple(dict.fromkeys((*before, *new.replaces, *stamps))),
    )


def _name(value: Session | Record) -> str:
    return value.day.isoformat() if isinstance(value, Session) else f"{value.day} {value.type}"


def _decoded(decode: Decode, doc: Any) -> Any:
    try:
        return decode(doc) if isinstance(doc, dict) else None
    except BadDocument:
        return None


def _gone(before: Tables, after: Tables) -> bool:
    """Whether anything that ``before`` has is not in ``after``."""
    return not set(ids_of(before)) <= set(ids_of(after))


def ids_of(tables: Tables) -> Iterator[tuple[str, ...]]:
    """The table and id of each document; of each entry and set, the ids of what it is in and its
    own."""
    for name, table in tables.items():
        for key, doc in table.items():
            yield name, key
            if name == SESSIONS and isinstance(doc, dict):
                for entry in objects_in(doc, "entries"):
                    yield key, str(entry.get("id"))
                    for row in objects_in(entry, "sets"):
                        yield key, str(entry.get("id")), str(row.get("id"))


def _strange(tables: Tables) -> set[str]:
    """The names that mean nothing to this version: of tables, of fields, and the ids of documents
    that cannot be read."""
    found: set[str] = set()
    for name, table in tables.items():
        decode = DECODE.get(name)
        if decode is None:
            found.add(name)
            continue
        for key, doc in table.items():
            value = _decoded(decode, doc)
            if value is None or value.id != key:
                found.add(key)
            elif isinstance(value, Session):
                found |= value.extra.keys()
                for entry in value.entries:
                    found |= entry.extra.keys()
                    found = found.union(*(row.extra.keys() for row in entry.sets))
    return found
