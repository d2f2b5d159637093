"""Takes in what was changed in a file outside the program: by hand, or by a disk that lost a bit.

Such a change keeps the old stamp, so a join would not see it. It becomes an edit here, compared
with the file before, and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.codec import record_from_doc, session_from_doc, session_to_doc
from tui.domain.model.joining import Documents, Placed
from tui.domain.model.stamps import edited_at, stamp_after
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Record, Session, SetEntry
from tui.store.migrations import Tables

D = TypeVar("D", Session, Entry, SetEntry)
Doc = dict[str, Any]
Decode = Callable[[Mapping[str, Any]], Any]
DECODE: Mapping[str, Decode] = {"sessions": session_from_doc, "records": record_from_doc}


class TakenIn(Struct, frozen=True):
    """The tables with the changes as edits; ``changed`` names them, ``before`` has the versions
    that they replaced, by table and id."""

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
                replaced.setdefault(name, {})[key] = old[key]
    return TakenIn(tables, tuple(changed), replaced)


def preferring(first: Tables, second: Tables) -> Tables:
    """What ``first`` has of each document, and what only ``second`` has. Where both have a version
    with the same stamp, that of ``first``; a later one of ``second`` counts."""
    tables = {name: dict(table) for name, table in first.items()}
    for name, table in second.items():
        there = tables.setdefault(name, {})
        for key, doc in table.items():
            if key not in there or _newest(doc) > _newest(there[key]):
                there[key] = doc
    return tables


def _newest(value: Any) -> float:
    """The latest stamp anywhere in a document."""
    match value:
        case dict():
            inner = (_newest(one) for one in value.values() if isinstance(one, dict | list))
            return max([edited_at(value.get("edited")), *inner])
        case list():
            return max(map(_newest, value), default=float("-inf"))
    return float("-inf")


def _edit(table: str, key: str, old: Any, new: Any, moment: str) -> tuple[Any, list[str]]:
    """A document that was changed, as an edit, and what was changed in words."""
    decode = DECODE.get(table)
    if decode is None:
        return _plain(old, new, moment), [key]
    was, now = _decoded(decode, old), _decoded(decode, new)
    if was is None:
        return new, [key]
    if now is None and new is not None:
        # What cannot be read any more: the version before stands.
        return old, [f"{_name(was)} (not readable)"]
    if isinstance(was, Record):
        return _plain(old, new, moment), [_name(was)]
    edited, words = _session(was, now, moment)
    return session_to_doc(edited), words


def _plain(old: Any, new: Any, moment: str) -> Any:
    if not isinstance(old, dict):
        return new
    if new is None:
        return {**old, "deleted": True, **_version(old, moment)}
    if not isinstance(new, dict) or new.get("edited") != old.get("edited"):
        return new
    return {**new, **_version(old, moment)}


def _version(old: Doc, moment: str) -> Doc:
    stamp = str(old.get("edited", ""))
    return {"edited": stamp_after(moment, [stamp])} if stamp else {}


def _session(was: Session, now: Session | None, moment: str) -> tuple[Session, list[str]]:
    documents, after = Documents(), Documents()
    documents.take([was])
    after.take([was.tombstone(was.edited) if now is None else now])
    if now is None:
        after.entries.update(documents.entries)
        after.sets.update(documents.sets)
    words = []
    head = after.heads[was.id]
    if head != documents.heads[was.id]:
        words.append(_name(was))
        after.heads[was.id] = _edited(documents.heads[was.id], head, moment)
    for key, entry in documents.entries.items():
        new = after.entries.get(key, replace(entry, deleted=True))
        if new != entry:
            words.append(f"{_name(was)} {entry.exercise}")
        after.entries[key] = _edited(entry, new, moment)
    for key, placed in documents.sets.items():
        new_row = after.sets.get(key, Placed(placed.home, replace(placed.doc, deleted=True)))
        if new_row != placed:
            exercise = documents.entries[was.id, placed.home].exercise
            words.append(f"{_name(was)} {exercise} set {placed.doc.number}")
        after.sets[key] = Placed(new_row.home, _edited(placed.doc, new_row.doc, moment))
    words += [f"{_name(was)} a set more" for key in after.sets if key not in documents.sets]
    return after.sessions()[0], words


def _edited(old: D, new: D, moment: str) -> D:
    if new == old or new.edited != old.edited:
        return new
    before: tuple[str, ...] = (old.edited,) if old.edited else ()
    return replace(new, edited=stamp_after(moment, [old.edited]), replaces=(*old.replaces, *before))


def _name(value: Session | Record) -> str:
    return value.day.isoformat() if isinstance(value, Session) else f"{value.day} {value.type}"


def _decoded(decode: Decode, doc: Any) -> Any:
    try:
        return decode(doc) if isinstance(doc, dict) else None
    except BadDocument:
        return None


def _gone(before: Tables, after: Tables) -> bool:
    """Whether anything that ``before`` has is not in ``after``."""
    return not set(_ids(before)) <= set(_ids(after))


def _ids(tables: Tables) -> Iterator[tuple[str, ...]]:
    for name, table in tables.items():
        for key, doc in table.items():
            yield name, key
            if name == "sessions" and isinstance(doc, dict):
                for entry in _listed(doc, "entries"):
                    yield key, str(entry.get("id"))
                    for row in _listed(entry, "sets"):
                        yield key, str(entry.get("id")), str(row.get("id"))


def _listed(doc: Mapping[str, Any], key: str) -> Iterable[Mapping[str, Any]]:
    found = doc.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


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
