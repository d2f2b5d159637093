"""Join two copies of a log, document by document: what each knows is in the result.

A document is one side of a set, an entry without its sets, a session without its entries, or a
record; it has one stamp, and the later version counts whole. A deletion is a version like others.
Joining is commutative, associative and idempotent, whatever the machines' clocks say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.json import encode
from msgspec.structs import replace

from tui.domain.model.codec import (
    Doc,
    entry_to_doc,
    record_to_doc,
    session_to_doc,
    set_to_doc,
)
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Entry, Record, Session, SetEntry, SetKind, Side
from tui.domain.model.versions import canonical

SIDES = list(Side)
KINDS = list(SetKind)

Rank = tuple[float, str, str]
K = TypeVar("K")
V = TypeVar("V", Session, Entry, "Placed", Record)


# The id of a session, and of an entry or set in it. No step moves a set from one session to
# another, and a block copied by hand keeps its ids: so these need be unique only in their session.
Key = tuple[str, str]


class Placed(Struct, frozen=True, gc=False):
    """A set, and the id of the entry it is in: its place is part of the document."""

    home: str
    doc: SetEntry


class Lost(Struct, frozen=True):
    """A version that lost against a later one that did not know of it: two machines changed one
    document apart. ``kind`` is session, entry, set or record."""

    kind: str
    doc: Doc


class Documents(Struct, frozen=True):
    """A log taken apart: sessions without entries, entries without sets, sets, and records.
    ``lost`` has the versions that lost against others edited apart."""

    heads: dict[str, Session] = field(default_factory=dict)
    entries: dict[Key, Entry] = field(default_factory=dict)
    sets: dict[Key, Placed] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)

    def take(self, sessions: Iterable[Session], records: Iterable[Record] = ()) -> None:
        """Join these into the documents."""
        for session in sessions:
            self._put(self.heads, session.id, replace(session, entries=()), _session_rank)
            for entry in session.entries:
                key = session.id, entry.id
                self._put(self.entries, key, replace(entry, sets=()), _entry_rank)
                for row in entry.sets:
                    self.take_set(session.id, Placed(entry.id, row))
        for record in records:
            self._put(self.records, record.id, record, _record_rank)

    def take_set(self, session_id: str, placed: Placed) -> None:
        """Join one set of a session into the documents."""
        self._put(self.sets, (session_id, placed.doc.id), placed, _set_rank)

    def sessions(self) -> list[Session]:
        """The sessions put together again, sorted by id; their entries and sets are in canonical
        order, so that equal documents make equal sessions."""
        rows: dict[Key, list[SetEntry]] = {}
        for (session_id, _), placed in self.sets.items():
            rows.setdefault((session_id, placed.home), []).append(placed.doc)
        entries: dict[str, list[Entry]] = {}
        for key, entry in self.entries.items():
            whole = replace(entry, sets=tuple(sorted(rows.get(key, ()), key=set_order)))
            entries.setdefault(key[0], []).append(whole)
        return [
            replace(head, entries=tuple(sorted(entries.get(id_, ()), key=entry_order)))
            for id_, head in sorted(self.heads.items())
        ]

    def _put(self, there: dict[K, V], key: K, new: V, rank: Callable[[V], Rank]) -> None:
        old = there.get(key)
        if old is None:
            there[key] = new
            return
        if old == new:
            # So are 60 and 60.0, but not in a file.
            if encode(old) != encode(new):
                there[key] = max(old, new, key=rank)
            return
        # Nearly always the stamps differ; the rest of the rank costs more.
        ages = edited_at(_doc(old).edited), edited_at(_doc(new).edited)
        newer = ages[1] > ages[0] if ages[0] != ages[1] else rank(new) > rank(old)
        winner, loser = (new, old) if newer else (old, new)
        there[key] = winner
        if (lost := _edited_apart(_doc(winner), _doc(loser))) is not None:
            self.lost.append(lost)


def joined(*logs: Iterable[Session]) -> list[Session]:
    """The sessions of several copies of a log, joined and sorted by id."""
    documents = Documents()
    for sessions in logs:
        documents.take(sessions)
    return documents.sessions()


def later_record(one: Record, other: Record) -> Record:
    """The later of two versions of a record."""
    return max(one, other, key=_record_rank)


def entry_order(entry: Entry) -> tuple[float, str]:
    """The place of an entry in its session, for sorting."""
    return (float("inf") if entry.order is None else entry.order, entry.id)


def set_order(row: SetEntry) -> tuple[int, int, int, str]:
    """The place of a set in its entry, for sorting: warm-ups first, then by number and side."""
    return KINDS.index(row.kind), row.number, SIDES.index(row.side), row.id


def _doc(value: Any) -> Any:
    return value.doc if isinstance(value, Placed) else value


def _edited_apart(winner: Any, loser: Any) -> Lost | None:
    """The version that lost, if it was an edit that the winner does not know of and says something
    else. One that was never edited is what the winner began with; only a record may have been told
    first on each machine, as its id is that of its day."""
    first = not loser.replaces and not isinstance(loser, Record)
    if first or loser.edited in winner.replaces:
        return None
    if replace(loser, edited=winner.edited, replaces=winner.replaces) == winner:
        return None
    kinds: Mapping[type, tuple[str, Callable[[Any], Doc]]] = {
        Session: ("session", session_to_doc),
        Entry: ("entry", entry_to_doc),
        SetEntry: ("set", set_to_doc),
        Record: ("record", record_to_doc),
    }
    kind, to_doc = kinds[type(loser)]
    return Lost(kind, to_doc(loser))


def _rank(edited: str, home: str, doc: Doc) -> Rank:
    """Orders the versions of a document: by instant, then by text, so that no two are equal."""
    return edited_at(edited), edited, canonical([home, doc])


def _session_rank(head: Session) -> Rank:
    return _rank(head.edited, "", session_to_doc(head))


def _entry_rank(entry: Entry) -> Rank:
    return _rank(entry.edited, "", entry_to_doc(entry))


def _set_rank(placed: Placed) -> Rank:
    return _rank(placed.doc.edited, placed.home, set_to_doc(placed.doc))


def _record_rank(record: Record) -> Rank:
    return _rank(record.edited, "", record_to_doc(record))
