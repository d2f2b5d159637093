"""Reads a set log: lines, one for each side of each set, of JSONL or another form. See
docs/format.md.

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

from tui.domain.model.codec import RECORD_KEYS, Doc, set_from_doc, stamps
from tui.domain.model.joining import Documents, Placed
from tui.domain.model.library.parser import Library
from tui.domain.model.library.search import lookup
from tui.domain.model.logged import id_of_day
from tui.domain.model.positional_ids import entry_id, is_entry, is_set, set_id
from tui.domain.model.readiness import checked
from tui.domain.model.regions import region_in
from tui.domain.model.stamps import edited_at
from tui.domain.model.validation import BadDocument, instant, need, number, text, whole
from tui.domain.model.values import Entry, Exercise, Record, Session, SetEntry
from tui.formats.json_lines import Problem, objects, problem
from tui.formats.setlog_fields import (
    DELETED,
    OF_LINE,
    RESERVED,
    TARGET_KEYS,
    ident,
    line_day,
    line_id,
    line_stamp,
    tombstone,
)
from tui.formats.setlog_whole import ALL, TYPES, Whole, WholeReader

MOST_PROBLEMS = 5
RECORDS = ("morning", "readiness", "metric")
OFFSET = re.compile(r"[+-]\d\d:\d\d(:\d\d)?|Z")
NOON = time(12)

Localise = Callable[[datetime], datetime]


class Parsed(Struct, frozen=True, kw_only=True):
    """The contents of a file: sessions with their sets, records of other types, and deleted ids
    (records of type ``deleted``). Sessions that have no line of their own, and entries, have no
    stamp: what the log knows of them counts. If there are ``problems``, do not use the rest.
    ``lines`` counts the lines that are not empty and could be read, ``whole`` is what an ``export
    --all`` adds."""

    sessions: tuple[Session, ...] = ()
    records: tuple[Record, ...] = ()
    tombstones: tuple[Record, ...] = ()
    lines: int = 0
    problems: tuple[Problem, ...] = ()
    whole: Whole | None = None


def parse(
    data: Iterable[bytes], library: Library, localise: Localise, *, keep_going: bool = False
) -> Parsed:
    """The contents of a JSONL file's lines; see :func:`parse_objects`."""
    return parse_objects(objects(data), library, localise, keep_going=keep_going)


def parse_objects(
    found: Iterable[tuple[int, Doc | Problem]],
    library: Library,
    localise: Localise,
    *,
    keep_going: bool = False,
) -> Parsed:
    """The contents of a file's lines, each with its place and the object it holds, or the first few
    problems with them; with ``keep_going`` all problems, and what the other lines hold. Raises
    nothing.

    ``localise`` adds the local offset to a time that has none. Of two lines with the same id the
    newer counts.
    """
    reader = _Reader(library, localise)
    problems: list[Problem] = []
    lines = 0
    for place, doc in found:
        # What heads a whole export says nothing itself.
        lines += isinstance(doc, Problem) or doc.get("type") != ALL
        if isinstance(doc, Problem):
            problems.append(doc)
        else:
            try:
                reader.read(doc)
            except BadDocument as bad:
                problems.append(problem(place, bad))
        if len(problems) == MOST_PROBLEMS and not keep_going:
            break
    if problems and not keep_going:
        return Parsed(lines=lines, problems=tuple(problems))
    return replace(reader.parsed(lines - len(problems)), problems=tuple(problems))


class _Draft(Struct):
    """A session while its lines are read. ``edited`` is the stamp of its own line, if any."""

    about: Doc = field(default_factory=dict)
    edited: str = ""
    replaces: tuple[str, ...] = ()
    starts: list[datetime] = field(default_factory=list)
    noons: list[datetime] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)

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
        self.documents = Documents()
        self.records: dict[str, Record] = {}
        self.tombstones: dict[tuple[object, ...], Record] = {}
        self.whole = WholeReader()

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
        elif kind in TYPES:
            self.whole.read(kind, doc)
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
        session = ident(doc, "session") if doc.get("session") else id_of_day(day)
        entry = ident(doc, "entry") if doc.get("entry") else f"{session}-{exercise}"
        was = ""
        if "started" in about:
            row, entry, was = _with_lasting_ids(row, entry, session, exercise, about["started"])
        draft = self.drafts[session]
        # Not even a faulty file gets one entry for two exercises.
        if draft.entries.get(entry, row) is not row and draft.entries[entry].exercise != exercise:
            entry = f"{entry}-{exercise}"
        draft.began(noon, at)
        draft.about = about | draft.about
        known = draft.entries.get(entry, Entry(id=entry, edited="", exercise=exercise, sets=()))
        draft.entries[entry] = replace(
            known,
            was=known.was or was,
            superset=known.superset or text(doc, "superset") or None,
            order=whole(doc, "entry_order", 0, 9999) if known.order is None else known.order,
        )
        self.documents.take_set(session, Placed(entry, row))

    def read_session(self, doc: Doc) -> None:
        day = line_day(doc)
        noon, at = self.moments(doc, day)
        about = _about(doc) | {"note": text(doc, "note")}
        edited = line_stamp(doc, day, at)
        draft = self.drafts[ident(doc, "id")]
        if not draft.edited or edited_at(edited) > edited_at(draft.edited):
            draft.about |= about
            draft.edited = edited
            draft.replaces = stamps(doc)
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
        if name in self.library.exercises or self.whole.has(name):
            return name
        meant = lookup(self.library, name)
        close = [meant] if isinstance(meant, Exercise) else meant[:3]
        hint = f" ({' or '.join(e.id for e in close)}?)" if close else ""
        raise BadDocument(
            f"there is no exercise {name[:40]}{hint}: correct it or add it to library.json; "
            "export --all takes own exercises along"
        )

    def parsed(self, lines: int) -> Parsed:
        """Everything that was read."""
        self.documents.take(self.built(key, draft) for key, draft in self.drafts.items())
        return Parsed(
            sessions=tuple(self.documents.sessions()),
            records=tuple(self.records.values()),
            tombstones=tuple(self.tombstones.values()),
            lines=lines,
            whole=self.whole.whole(),
        )

    @staticmethod
    def built(session_id: str, draft: _Draft) -> Session:
        entries = list(draft.entries.values())
        if all(entry.order is None for entry in entries) and list(draft.entries) != sorted(
            draft.entries
        ):
            entries = [replace(entry, order=place) for place, entry in enumerate(entries)]
        return Session(
            id=session_id,
            edited=draft.edited,
            replaces=draft.replaces,
            started=draft.started,
            finished=draft.about.get("finished"),
            programme=draft.about.get("programme"),
            part=draft.about.get("part"),
            note=draft.about.get("note", ""),
            entries=tuple(entries),
        )


def _with_lasting_ids(
    row: SetEntry, entry: str, session: str, exercise: str, started: datetime
) -> tuple[SetEntry, str, str]:
    """The row and the id of its entry, both with ids that do not count places, and the id that the
    entry had: a log that was exported under schema 1 comes to the ids it has now."""
    if is_set(row.id, session) and not row.was:
        new = set_id(started, row.id, exercise, row.at, row.edited)
        row = replace(row, id=new, was=row.id)
    if not is_entry(entry, session):
        return row, entry, ""
    return row, entry_id(started, entry, exercise), entry


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
        doc = {**doc, "region": region_in(doc)}
        if whole(doc, "pain", 0, 10) is None:
            raise BadDocument("pain is missing")
    elif kind == "readiness":
        told = checked(day, doc)
        doc = {**doc, "region": told.region} if told.region else doc
    else:
        need(doc, "metric")
        if number(doc, "value", -1e9, 1e9) is None:
            raise BadDocument("value is missing")
    if DELETED in doc:
        raise BadDocument(
            'deleted is not a field of this line; write {"type": "deleted", "id": ...}'
        )
    values = {key: value for key, value in doc.items() if key not in RECORD_KEYS}
    return Record(
        id=line_id(doc, day),
        edited=line_stamp(doc, day),
        replaces=stamps(doc),
        type=kind,
        day=day,
        values=values,
    )
