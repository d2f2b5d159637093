"""Joins an imported set log into the runner's log, document by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.joining import Documents, Key, Lost, Placed
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Entry, Record, Session, SetEntry
from tui.formats.setlog_fields import DELETED
from tui.formats.setlog_reader import Parsed

K = TypeVar("K")
D = TypeVar("D", Session, Entry, SetEntry, Record)


class Joined(Struct, frozen=True, kw_only=True):
    """The sessions and records to write, how many lines brought something new (``imported``) or
    nothing new (``duplicate``), and the versions that lost against others edited apart."""

    sessions: tuple[Session, ...]
    records: tuple[Record, ...]
    imported: int
    duplicate: int
    lost: tuple[Lost, ...] = ()


def join(sessions: Iterable[Session], records: Iterable[Record], parsed: Parsed) -> Joined:
    """Join ``parsed`` into a whole log as it is stored, with all that is deleted."""
    documents = Documents()
    documents.take(sessions, records)
    before = {session.id: session for session in documents.sessions()}
    known = Documents(
        heads=dict(documents.heads),
        entries=dict(documents.entries),
        sets=dict(documents.sets),
        records=dict(documents.records),
    )
    incoming = tuple(_where_they_are(documents, parsed.sessions))
    documents.take(incoming, parsed.records)
    graves = [record for record in known.records.values() if record.type == DELETED]
    names = _names(documents)
    buried = sum([_bury(documents, names, grave) for grave in parsed.tombstones])
    for grave in graves:
        _bury(documents, names, grave)
    imported = buried + _news(documents, known, incoming, parsed.records)
    return Joined(
        sessions=tuple(s for s in documents.sessions() if s != before.get(s.id)),
        records=tuple(
            record for id_, record in documents.records.items() if record != known.records.get(id_)
        ),
        imported=imported,
        duplicate=parsed.lines - imported,
        lost=tuple(documents.lost),
    )


def _where_they_are(documents: Documents, sessions: Iterable[Session]) -> Iterator[Session]:
    """The sessions of a file, with each set that the log has in another session moved there: a
    line may name no session, or another day."""
    homes = {set_id: (session, placed.home) for (session, set_id), placed in documents.sets.items()}
    for session in sessions:
        entries = []
        for entry in session.entries:
            stay = []
            for row in entry.sets:
                home = homes.get(row.id)
                if home is None or (session.id, row.id) in documents.sets:
                    stay.append(row)
                else:
                    there = documents.heads[home[0]], documents.entries[home]
                    yield replace(there[0], entries=(replace(there[1], sets=(row,)),))
            if stay or not entry.sets:
                entries.append(replace(entry, sets=tuple(stay)))
        if entries or not session.entries:
            yield replace(session, entries=tuple(entries))


def _news(
    documents: Documents,
    known: Documents,
    sessions: Iterable[Session],
    records: Iterable[Record],
) -> int:
    """How many lines brought something that shows: sets, records, and sessions with a line of
    their own."""
    heads, sets = set[str](), set[Key]()
    for session in sessions:
        if documents.heads[session.id] != known.heads.get(session.id) and session.edited:
            heads.add(session.id)
        sets |= {(session.id, row.id) for entry in session.entries for row in entry.sets}
    told = {record.id for record in records}
    return (
        len(heads)
        + sum(documents.sets[k] != known.sets.get(k) and _shows(documents, k) for k in sets)
        + sum(documents.records[id_] != known.records.get(id_) for id_ in told)
    )


def _shows(documents: Documents, key: Key) -> bool:
    """Whether a set is not deleted, alone or with its entry or session."""
    placed, head = documents.sets[key], documents.heads[key[0]]
    entry = documents.entries[key[0], placed.home]
    covers = (edited_at(one.edited) for one in (entry, head) if one.deleted)
    return not placed.doc.deleted and all(edited_at(placed.doc.edited) > age for age in covers)


def _names(documents: Documents) -> defaultdict[str, set[Key]]:
    """The keys of entries and sets by their ids, and by those they had under schema 1."""
    names: defaultdict[str, set[Key]] = defaultdict(set)
    for key, entry in documents.entries.items():
        names[key[1]].add(key)
        names[entry.was].add(key)
    for key, placed in documents.sets.items():
        names[key[1]].add(key)
        names[placed.doc.was].add(key)
    return names


def _bury(documents: Documents, names: Mapping[str, set[Key]], grave: Record) -> bool:
    """Delete what a deletion means, unless it was edited since; True if that changes something. A
    deletion of something that is not here is kept for when it comes."""
    changed: list[bool] = []
    if (head := documents.heads.get(grave.id)) is not None:
        changed.append(_die(documents.heads, grave.id, head, grave.edited))
    record = documents.records.get(grave.id)
    if record is not None and record.type != DELETED:
        changed.append(_die(documents.records, grave.id, record, grave.edited))
    for key in names.get(grave.id, ()):
        entry, placed = documents.entries.get(key), documents.sets.get(key)
        if entry is not None and _means(grave, entry, entry):
            # Under schema 1 its first set was undone; what else is in it is another copy's.
            mine = entry.id == grave.id
            changed.append(mine and _die(documents.entries, key, entry, grave.edited))
        if placed is not None:
            home, row = documents.entries[key[0], placed.home], placed.doc
            if _means(grave, home, row):
                there = {key: row}
                changed.append(_die(there, key, row, grave.edited))
                documents.sets[key] = Placed(placed.home, there[key])
    if changed:
        return any(changed)
    if record is not None and edited_at(record.edited) >= edited_at(grave.edited):
        return False
    documents.records[grave.id] = grave
    return True


def _die(there: dict[K, D], key: K, doc: D, edited: str) -> bool:
    age, died = edited_at(doc.edited), edited_at(edited)
    if age > died or (doc.deleted and age == died):
        return False
    before: tuple[str, ...] = (doc.edited,) if doc.edited else ()
    there[key] = replace(doc, deleted=True, edited=edited, replaces=(*doc.replaces, *before))
    return True


def _means(grave: Record, entry: Entry, doc: Entry | SetEntry) -> bool:
    """Whether a deletion means this entry, or this set of it. One of schema 1, whose id may be that
    of two, says of which exercise and done at which second."""
    if doc.id == grave.id:
        return True
    exercise, at = grave.values.get("exercise"), grave.values.get("at")
    if exercise not in (None, entry.exercise):
        return False
    if isinstance(doc, Entry):
        return True
    if at is None:
        # The set had no time, as for a past day, or it was left out.
        return not doc.at or doc.undone is not None
    return edited_at(doc.at) // 1_000_000 == edited_at(at) // 1_000_000
