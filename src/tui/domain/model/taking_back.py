"""What one step wrote in the log, so that it can be taken back later, by another process too.

Taking back is an edit like others: what was added is deleted, what was changed gets its earlier
content as a new version. What somebody edited after the step stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.codec import (
    Doc,
    entry_from_doc,
    entry_to_doc,
    record_from_doc,
    record_to_doc,
    session_from_doc,
    session_to_doc,
    set_from_doc,
    set_to_doc,
)
from tui.domain.model.edits import stamps_of
from tui.domain.model.joining import Documents, Placed
from tui.domain.model.stamps import edited_at, stamp_after
from tui.domain.model.values import Entry, Record, Session, SetEntry
from tui.domain.model.visible import visible

HEAD, ENTRY, SET, RECORD = "session", "entry", "set", "record"


class Touched(Struct, frozen=True, array_like=True, gc=False):
    """A document that a step wrote: its kind, its id, the id of the session it is in (empty for a
    record), the stamp it got, and the version before; None if the step added it. Outside the log,
    the kind is the table that it is in."""

    kind: str
    id: str
    session: str
    edited: str
    before: Doc | None = None


class Step(Struct, frozen=True, gc=False):
    """What a step wrote, and the instant of it."""

    at: str
    touched: tuple[Touched, ...]


class TakenBack(Struct, frozen=True, kw_only=True):
    """What is to be written to take a step back. ``rows`` are the sides of sets that it deletes,
    each with its session and the exercise; ``records`` counts those that it deletes, ``earlier``
    what becomes again what it was before, and ``stayed`` what was edited after the step. Outside
    the log, so many ``runs`` and own ``exercises`` are gone or as they were before."""

    at: str
    sessions: tuple[Session, ...] = ()
    written: tuple[Record, ...] = ()
    rows: tuple[tuple[Session, str, SetEntry], ...] = ()
    records: int = 0
    earlier: int = 0
    stayed: int = 0
    runs: int = 0
    exercises: int = 0

    def __bool__(self) -> bool:
        return bool(self.sessions or self.written)


def step_of(before: Documents, after: Documents, at: str) -> Step:
    """The step from one state of some sessions and records to another."""
    touched = [
        *_touched(HEAD, before.heads, after.heads, session_to_doc),
        *_touched(ENTRY, before.entries, after.entries, entry_to_doc),
        *_touched(SET, _sets(before), _sets(after), set_to_doc),
        *_touched(RECORD, before.records, after.records, record_to_doc),
    ]
    return Step(at, tuple(touched))


def take_step_back(step: Step, documents: Documents, now: str) -> TakenBack | None:
    """What is to be written, ``now``, to take a step back from a whole log as it is stored; the
    ``documents`` change with it. None if nothing of the step ever came into the log."""
    heads = documents.heads
    stamps = {one.id: stamps_of(one) for one in documents.sessions()}
    rows: list[tuple[Session, str, SetEntry]] = []
    changed: dict[str, None] = {}
    written: list[Record] = []
    restored = set[str]()
    found = records = earlier = stayed = 0
    for touched in step.touched:
        if touched.kind not in (HEAD, ENTRY, SET, RECORD):
            continue
        there = _table(documents, touched.kind)
        key: Any = touched.id if touched.kind in (HEAD, RECORD) else (touched.session, touched.id)
        stored = there.get(key)
        if stored is None:
            continue
        found += 1
        doc = stored.doc if isinstance(stored, Placed) else stored
        if touched.before is None and touched.kind in (HEAD, ENTRY):
            # Deleting it would cover what another machine put into it meanwhile. It stays, empty.
            continue
        if doc.edited != touched.edited:
            stayed += not doc.deleted
            continue
        new = replace(doc, deleted=True) if touched.before is None else _before(touched)
        if new.deleted and touched.kind in (HEAD, ENTRY):
            # It covers what is in it, so nothing there may be younger than the step.
            if any(edited_at(one) > edited_at(touched.edited) for one in stamps[touched.session]):
                stayed += 1
                continue
        elif touched.before is not None and touched.kind == HEAD:
            restored.add(touched.id)
        elif touched.before is not None:
            earlier += 1
        new = replace(
            new,
            edited=stamp_after(now, [doc.edited]),
            replaces=_replaced(doc),
        )
        there[key] = replace(stored, doc=new) if isinstance(stored, Placed) else new
        if isinstance(new, Record):
            written.append(new)
            records += touched.before is None and not doc.deleted
            continue
        changed[touched.session] = None
        if isinstance(stored, Placed) and touched.before is None and not doc.deleted:
            entry = documents.entries[touched.session, stored.home]
            rows.append((heads[touched.session], entry.exercise, doc))
    if not found:
        return None
    for head in _emptied(step, documents):
        # Its note alone would still be shown as a session.
        heads[head.id] = replace(
            heads[head.id],
            note="",
            edited=stamp_after(now, [head.edited]),
            replaces=_replaced(head),
        )
        changed[head.id] = None
    sessions = [one for one in documents.sessions() if one.id in changed]
    # One that is not shown, as nothing is left in it, is no earlier version to a runner.
    earlier += sum(one.id in restored and not visible(one).deleted for one in sessions)
    return TakenBack(
        at=step.at,
        sessions=tuple(sessions),
        written=tuple(written),
        rows=tuple(rows),
        records=records,
        earlier=earlier,
        stayed=stayed,
    )


def _emptied(step: Step, documents: Documents) -> list[Session]:
    """The sessions that a step added, that have a note as it wrote it, and no set any more."""
    added = {one.id: one.edited for one in step.touched if one.kind == HEAD and not one.before}
    return [
        one
        for one in documents.sessions()
        if one.note and not one.deleted and added.get(one.id) == one.edited and not one.live()
    ]


def _replaced(doc: Session | Entry | SetEntry | Record) -> tuple[str, ...]:
    """The stamps of the versions that the next one of a document replaces."""
    return (*doc.replaces, *((doc.edited,) if doc.edited else ()))


def _touched(
    kind: str, before: Mapping[Any, Any], after: Mapping[Any, Any], to_doc: Callable[[Any], Doc]
) -> list[Touched]:
    made = []
    for key, new in after.items():
        old = before.get(key)
        if new != old:
            session = key[0] if isinstance(key, tuple) else new.id if kind == HEAD else ""
            was = None if old is None else to_doc(old)
            made.append(Touched(kind, new.id, session, new.edited, was))
    return made


def _sets(documents: Documents) -> dict[Any, SetEntry]:
    return {key: placed.doc for key, placed in documents.sets.items()}


def _table(documents: Documents, kind: str) -> MutableMapping[Any, Any]:
    tables: Mapping[str, MutableMapping[Any, Any]] = {
        HEAD: documents.heads,
        ENTRY: documents.entries,
        SET: documents.sets,
        RECORD: documents.records,
    }
    return tables[kind]


def _before(touched: Touched) -> Any:
    decode: Mapping[str, Callable[[Doc], Any]] = {
        HEAD: session_from_doc,
        ENTRY: entry_from_doc,
        SET: set_from_doc,
        RECORD: record_from_doc,
    }
    assert touched.before is not None
    return decode[touched.kind](touched.before)
