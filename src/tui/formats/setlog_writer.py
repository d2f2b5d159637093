"""Writes a set log: the lines of sessions and records, as objects or as JSONL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.domain.model.codec import SET_KEYS, Doc, record_to_doc, set_to_doc
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.validation import BadDocument, instant
from tui.domain.model.values import Entry, Record, Session, SetEntry
from tui.formats.json_lines import dump
from tui.formats.setlog_fields import (
    DELETED,
    OF_LINE,
    RESERVED,
    TARGET_KEYS,
    first_stamp,
    valid,
    when,
)

PLAIN = SET_KEYS - RESERVED - {"id", "edited", "kind"}


def render(sessions: Iterable[Session], records: Iterable[Record]) -> Iterator[str]:
    """The lines of a log as JSONL, without line ends."""
    return map(dump, docs(sessions, records))


def docs(sessions: Iterable[Session], records: Iterable[Record]) -> Iterator[Doc]:
    """The lines of a log as objects: sets by session, then records by date, then deletions.
    Sessions and records may be passed in any order."""
    dead: dict[str, Doc] = {}
    alive: dict[str, str] = {}
    for session in sorted(sessions, key=lambda s: (s.started, s.id)):
        for doc in _session_docs(session, dead):
            alive[doc["id"]] = doc["edited"]
            yield doc
    for record in sorted(records, key=lambda r: (r.day, r.id)):
        stamp = valid(record.edited) or first_stamp(record.day, None)
        if record.deleted:
            known = dead.get(record.id, {"edited": ""})
            meant = {key: told for key in TARGET_KEYS if (told := record.values.get(key))}
            dead[record.id] = {**meant, **known, "edited": newest([stamp, known["edited"]])}
        else:
            yield {**record_to_doc(record), "edited": stamp}
    for dead_id, grave in sorted(dead.items()):
        # Something written again after its deletion exists.
        if edited_at(alive.get(dead_id)) <= edited_at(grave["edited"]):
            yield {"type": DELETED, "id": dead_id, **grave}


def _session_docs(session: Session, dead: dict[str, Doc]) -> Iterator[Doc]:
    """The lines of one session, without what a deletion covers. Its deleted parts go into ``dead``,
    by id."""

    def bury(dead_id: str, edited: str) -> float:
        stamp = valid(edited) or first_stamp(session.day, None)
        dead[dead_id] = {"edited": stamp}
        return edited_at(stamp)

    covers: list[float] = []
    if session.deleted:
        covers.append(bury(session.id, session.edited))
    elif session.note or session.replaces:
        yield _session_doc(session)
    for entry in session.entries:
        own = [bury(entry.id, entry.edited)] if entry.deleted else []
        for row in entry.sets:
            doc = _set_doc(session, entry, row)
            if row.deleted:
                bury(row.id, row.edited)
            elif all(edited_at(doc["edited"]) > age for age in (*covers, *own)):
                yield doc


def _session_doc(session: Session) -> Doc:
    edited = valid(session.edited) or first_stamp(session.day, session.started)
    head = {"type": "session", **when(session.started), "note": session.note}
    before = {"replaces": list(session.replaces)} if session.replaces else {}
    return {**head, **_about_doc(session), "id": session.id, "edited": edited, **before}


def _about_doc(session: Session) -> Doc:
    """The session fields that each of its lines has."""
    doc: Doc = {"started": session.started.isoformat()}
    if session.finished:
        doc["finished"] = session.finished.isoformat()
    return doc | {key: value for key in ("programme", "part") if (value := getattr(session, key))}


def _set_doc(session: Session, entry: Entry, row: SetEntry) -> Doc:
    try:
        at = instant({"at": row.at}, "at")
    except BadDocument:
        at = None
    doc: Doc = {"date": session.day.isoformat()} if at is None else when(at)
    doc |= {"exercise": entry.exercise, "set": row.number, "kind": row.kind.value}
    doc |= {key: value for key, value in set_to_doc(row).items() if key in PLAIN}
    doc |= {key: row.extra[key] for key in row.extra if key not in OF_LINE | SET_KEYS}
    if entry.superset:
        doc["superset"] = entry.superset
    if entry.order is not None:
        doc["entry_order"] = entry.order
    day = session.day if at is None else at.date()
    edited = valid(row.edited) or first_stamp(day, at)
    own = {"session": session.id, "entry": entry.id, "id": row.id, "edited": edited}
    return {**doc, **_about_doc(session), **own}
