"""Reads a set log: JSON lines, one for each side of each set. See docs/format.md.

:mod:`tui.formats.setlog_writer` writes it. Both are pure; a log that is written, read and written
again comes out the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.model.codec import Doc, set_from_doc
from tui.domain.model.identity import own_id, same_set
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.library.parser import Library
from tui.domain.model.library.search import lookup
from tui.domain.model.logged import id_of_day
from tui.domain.model.readiness import checked
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.validation import BadDocument, instant, need, number, text, whole
from tui.domain.model.values import Entry, Exercise, Record, Session, SetEntry
from tui.formats.json_lines import Problem, objects, problem
from tui.formats.setlog_fields import (
    DELETED,
    OF_LINE,
    RESERVED,
    TARGET_KEYS,
    entry_for,
    ident,
    line_day,
    line_id,
    line_stamp,
    put_entry,
    tombstone,
)

MOST_PROBLEMS = 5
RECORDS = ("morning", "readiness", "metric")
OFFSET = re.compile(r"[+-]\d\d:\d\d(:\d\d)?|Z")
NOON = time(12)

Localise = Callable[[datetime], datetime]


class Parsed(Struct, frozen=True, kw_only=True):
    """The contents of a file: sessions with their sets, records of other types, and deleted ids
    (records of type ``deleted``). ``named`` holds the entries that lines name; the sets of other
    entries are together only by default. If there are ``problems``, do not use the rest. ``lines``
    counts the lines that are not empty."""

    sessions: tuple[Session, ...] = ()
    records: tuple[Record, ...] = ()
    tombstones: tuple[Record, ...] = ()
    named: frozenset[str] = frozenset()
    lines: int = 0
    problems: tuple[Problem, ...] = ()


def parse(data: Iterable[bytes], library: Library, localise: Localise) -> Parsed:
    """The contents of a file's lines, or the first few problems with them; raises nothing.

    ``localise`` adds the local offset to a time that has none. Of two lines with the same id the
    newer counts; if they are equally old, the first.
    """
    reader = _Reader(library, localise)
    problems: list[Problem] = []
    lines = 0
    for place, doc in objects(data):
        lines += 1
        if isinstance(doc, Problem):
            problems.append(doc)
        else:
            try:
                reader.read(doc)
            except BadDocument as bad:
                problems.append(problem(place, bad))
        if len(problems) == MOST_PROBLEMS:
            break
    if problems:
        return Parsed(lines=lines, problems=tuple(problems))
    return reader.parsed(lines)


class _Draft(Struct):
    """A session while its lines are read. ``edited`` is the stamp of its own line, if any."""

    about: Doc = field(default_factory=dict)
    edited: str = ""
    starts: list[datetime] = field(default_factory=list)
    noons: list[datetime] = field(default_factory=list)
    entries: tuple[Entry, ...] = ()

    def began(self, noon: datetime, at: datetime | None) -> None:
        self.noons.append(noon)
        if at is not None:
            self.starts.append(at)

    @property
    def started(self) -> datetime:
        """The start a line gives, else the first time in a line, else noon of the first day."""
        told: datetime | None = self.about.get("started")
        first = self.starts or [min(self.noons, key=lambda noon: noon.date())]
        return told or min(first)


class _Reader:
    """Gathers lines into sessions and records. A line that raises BadDocument changes nothing."""

    def __init__(self, library: Library, localise: Localise) -> None:
        self.library, self.localise = library, localise
        self.drafts: defaultdict[str, _Draft] = defaultdict(_Draft)
        self.places: dict[str, tuple[str, str]] = {}
        self.named: set[str] = set()
        self.records: dict[str, Record] = {}
        self.tombstones: dict[tuple[object, ...], Record] = {}

    def read(self, doc: Doc) -> None:
        kind = text(doc, "type", "set")
        if kind == "set":
            self.read_set(doc)
        elif kind == "session":
            self.read_session(doc)
        elif kind in RECORDS:
            self.keep(self.records, _record(doc, kind))
        elif kind == DELETED:
            grave = tombstone(doc)
            meant = (grave.id, *(grave.values.get(key) for key in TARGET_KEYS))
            before = self.tombstones.get(meant)
            if before is None or edited_at(grave.edited) > edited_at(before.edited):
                self.tombstones[meant] = grave
        else:
            known = ", ".join(("set", "session", *RECORDS, DELETED))
            raise BadDocument(f"type can be {known}, not {kind}")

    @staticmethod
    def keep(table: dict[str, Record], record: Record) -> None:
        known = table.get(record.id)
        if known is None or edited_at(record.edited) > edited_at(known.edited):
            table[record.id] = record

    def read_set(self, doc: Doc) -> None:
        day = line_day(doc)
        noon, at = self.moments(doc, day)
        exercise = self.exercise(doc)
        row = _row(doc, day, at)
        about = _about(doc)
        session_id = ident(doc, "session") if doc.get("session") else id_of_day(day)
        entry_id = ident(doc, "entry") if doc.get("entry") else ""
        superset = text(doc, "superset") or None
        if row.id in self.places and not same_set(exercise, row, *self.found(row.id)):
            # Lines of two copies in one file: each gets its own id.
            row = replace(row, id=own_id(exercise, row))
        if row.id in self.places:
            self.replace_set(row)
            return
        draft = self.drafts[session_id]
        draft.began(noon, at)
        draft.about = about | draft.about
        entry = entry_for(draft.entries, session_id, entry_id, exercise, row)
        entry = replace(entry, sets=(*entry.sets, row), superset=entry.superset or superset)
        draft.entries = put_entry(draft.entries, entry)
        self.places[row.id] = (session_id, entry.id)
        if entry_id:
            self.named.add(entry.id)

    def replace_set(self, row: SetEntry) -> None:
        """Take a second line for a set: it replaces the first if it is newer."""
        draft, entry = self.home(row.id)
        _, old = self.found(row.id)
        if edited_at(row.edited) > edited_at(old.edited):
            rows = tuple(row if s.id == row.id else s for s in entry.sets)
            draft.entries = put_entry(draft.entries, replace(entry, sets=rows))

    def home(self, set_id: str) -> tuple[_Draft, Entry]:
        """The session and entry that a set was put into."""
        session_id, entry_id = self.places[set_id]
        draft = self.drafts[session_id]
        return draft, next(e for e in draft.entries if e.id == entry_id)

    def found(self, set_id: str) -> tuple[str, SetEntry]:
        """The exercise and the row of a set that was read before."""
        _, entry = self.home(set_id)
        return entry.exercise, next(s for s in entry.sets if s.id == set_id)

    def read_session(self, doc: Doc) -> None:
        day = line_day(doc)
        noon, at = self.moments(doc, day)
        about = _about(doc) | {"note": need(doc, "note")}
        edited = line_stamp(doc, day, at)
        draft = self.drafts[ident(doc, "id")]
        if not draft.edited or edited_at(edited) > edited_at(draft.edited):
            draft.about |= about
            draft.edited = edited
            draft.began(noon, at)

    def moments(self, doc: Doc, day: date) -> tuple[datetime, datetime | None]:
        """Local noon of the line's day, and the time it was done; None if the line gives only the
        day."""
        noon = self.placed(datetime.combine(day, NOON), doc)
        clock = text(doc, "time")
        if not clock:
            return noon, None
        try:
            moment = datetime.combine(day, time.fromisoformat(clock))
        except ValueError:
            raise BadDocument(f"time must be like 18:05, not {clock}") from None
        if moment.tzinfo is not None:
            raise BadDocument(
                f"time must be like 18:05 and the offset a field of its own, not {clock}"
            )
        return noon, self.placed(moment, doc)

    def placed(self, moment: datetime, doc: Doc) -> datetime:
        """A wall-clock time with the offset of the line, else the local one."""
        offset = text(doc, "offset")
        if not offset:
            return self.localise(moment)
        try:
            if OFFSET.fullmatch(offset):
                return datetime.fromisoformat(f"{moment.isoformat()}{offset}")
        except ValueError:
            pass
        raise BadDocument(f"offset must be like +01:00, not {offset}")

    def exercise(self, doc: Doc) -> str:
        """The id of an exercise of the library."""
        name = need(doc, "exercise")
        if name in self.library.exercises:
            return name
        meant = lookup(self.library, name)
        close = [meant] if isinstance(meant, Exercise) else meant[:3]
        hint = f" ({' or '.join(e.id for e in close)}?)" if close else ""
        raise BadDocument(
            f"there is no exercise {name[:40]}{hint}: correct it or add it to library.json"
        )

    def parsed(self, lines: int) -> Parsed:
        """Everything that was read."""
        return Parsed(
            sessions=tuple(self.built(key, draft) for key, draft in self.drafts.items()),
            records=tuple(self.records.values()),
            tombstones=tuple(self.tombstones.values()),
            named=frozenset(self.named),
            lines=lines,
        )

    def built(self, session_id: str, draft: _Draft) -> Session:
        entries = tuple(
            replace(entry, edited=newest(row.edited for row in entry.sets))
            for entry in draft.entries
        )
        return Session(
            id=session_id,
            edited=draft.edited or newest(entry.edited for entry in entries),
            started=draft.started,
            finished=draft.about.get("finished"),
            programme=draft.about.get("programme"),
            part=draft.about.get("part"),
            note=draft.about.get("note", ""),
            entries=entries,
        )


def _about(doc: Mapping[str, Any]) -> Doc:
    """The session fields of a line; missing ones are left out."""
    about: Doc = {key: instant(doc, key) for key in ("started", "finished") if doc.get(key)}
    return about | {key: value for key in ("programme", "part") if (value := text(doc, key))}


def _row(doc: Doc, day: date, at: datetime | None) -> SetEntry:
    if unfit := RESERVED & doc.keys():
        raise BadDocument(f"{min(unfit)} is not a field of a set line")
    place = whole(doc, "set", 1, 999)
    if place is None:
        raise BadDocument("set is missing: number the sets of an exercise from 1")
    kept = {key: value for key, value in doc.items() if key not in OF_LINE}
    kept |= {"id": line_id(doc, day), "edited": line_stamp(doc, day, at), "number": place}
    row = set_from_doc({**kept, "at": "" if at is None else at.isoformat()})
    if not row.done and row.undone is None:
        raise BadDocument("does not say how much was done: reps, holds, hold_s, contacts, ...")
    return row


def _record(doc: Doc, kind: str) -> Record:
    day = line_day(doc)
    if kind == "morning":
        if need(doc, "region") not in REGIONS:
            raise BadDocument(f"region can be {', '.join(REGIONS)}, not {doc['region']}")
        if whole(doc, "pain", 0, 10) is None:
            raise BadDocument("pain is missing")
    elif kind == "readiness":
        checked(day, doc)
    else:
        need(doc, "metric")
        if number(doc, "value", -1e9, 1e9) is None:
            raise BadDocument("value is missing")
    if DELETED in doc:
        raise BadDocument(
            'deleted is not a field of this line; write {"type": "deleted", "id": ...}'
        )
    own = {"type", "date", "id", "edited"}
    values = {key: value for key, value in doc.items() if key not in own}
    stamp = line_stamp(doc, day)
    return Record(id=line_id(doc, day), edited=stamp, type=kind, day=day, values=values)
