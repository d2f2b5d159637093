"""Values to plain JSON documents and back.

A document leaves out what does not apply, so that the file on disk reads well; keys this version
does not know are kept in ``extra`` and written again. Reading raises :class:`BadDocument`, which
names the field, for anything that is not what it should be.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from tui.core.model import (
    FLAGS,
    MEASURES,
    UNDONE,
    Entry,
    Goal,
    Measures,
    Prescription,
    Record,
    Session,
    SetEntry,
    SetKind,
    SetPlan,
    Side,
)

Doc = dict[str, Any]
T = TypeVar("T")

WHOLE = frozenset({"reps", "holds", "contacts"})
# Far beyond any human set; it keeps a slipped digit or a hostile file out of the sums.
LIMIT = 100_000


class BadDocument(ValueError):
    """A document that does not say what it must; the message names the field."""


def said(value: object) -> str:
    """A value as a message quotes it: on one line and short, however long or deep it is."""
    return reprlib.repr(value)


def number(doc: Mapping[str, Any], key: str, low: float = 0, high: float = LIMIT) -> float | None:
    """The number at ``key`` or None where it is absent; raises BadDocument outside low..high."""
    value = doc.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadDocument(f"{key} must be a number, not {said(value)}")
    # What is not a number at all is not within bounds either; an int may be too long for a float.
    if not low <= value <= high:
        raise BadDocument(f"{key} must be from {low:g} to {high:g}, not {said(value)}")
    return value


def whole(doc: Mapping[str, Any], key: str, low: int = 0, high: int = LIMIT) -> int | None:
    """The whole number at ``key`` or None where it is absent; raises BadDocument otherwise."""
    value = number(doc, key, low, high)
    if value is not None and value != int(value):
        raise BadDocument(f"{key} must be a whole number, not {value:g}")
    return None if value is None else int(value)


def text(doc: Mapping[str, Any], key: str, default: str = "") -> str:
    """The string at ``key`` or ``default`` where it is absent; raises BadDocument otherwise."""
    value = doc.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadDocument(f"{key} must be text, not {said(value)}")
    return value


def need(doc: Mapping[str, Any], key: str) -> str:
    """The non-empty string at ``key``; raises BadDocument where there is none."""
    value = text(doc, key)
    if not value:
        raise BadDocument(f"{key} is missing")
    return value


def choice(doc: Mapping[str, Any], key: str, make: Callable[[str], T], default: T) -> T:
    """The enumeration member named at ``key``; raises BadDocument for an unknown name."""
    value = doc.get(key)
    if value is None:
        return default
    try:
        return make(value if isinstance(value, str) else "")
    except ValueError:
        raise BadDocument(f"{key} cannot be {said(value)}") from None


def instant(doc: Mapping[str, Any], key: str) -> datetime:
    """The ISO 8601 instant at ``key``, with its UTC offset; raises BadDocument without one."""
    value = need(doc, key)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadDocument(f"{key} must be a date and time, not {said(value)}") from None
    if moment.tzinfo is None:
        raise BadDocument(f"{key} needs a UTC offset, as in 2026-11-02T18:05:00+01:00")
    # At the ends of the calendar an offset leads out of it, and sums of times fail.
    if not 1 < moment.year < 9999:
        raise BadDocument(f"{key} must be a date and time of this age, not {said(value)}")
    return moment


def day(doc: Mapping[str, Any], key: str) -> date:
    """The ISO date at ``key``; raises BadDocument for anything else."""
    value = need(doc, key)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadDocument(f"{key} must be a date such as 2026-11-02, not {said(value)}") from None


def measures_to_doc(m: Measures) -> Doc:
    """The measures that apply, by name."""
    return {name: value for name in MEASURES if (value := getattr(m, name)) is not None}


def measures_from_doc(doc: Mapping[str, Any]) -> Measures:
    """Measures from the keys of a document; other keys are passed over. Raises BadDocument."""
    values = tuple(map(doc.get, MEASURES))
    try:
        return measures_of(*values)
    except TypeError:  # A list or an object is no key of a cache, and no number either.
        return measures_of.__wrapped__(*values)


# A log repeats the same few doses thousands of times: remembered, a year is read in two thirds of
# the time. ``typed`` tells True from 1 and keeps 60 from coming back as 60.0.
@lru_cache(maxsize=4096, typed=True)
def measures_of(*values: Any) -> Measures:
    """Measures from their values in the order of MEASURES; raises BadDocument."""
    doc = dict(zip(MEASURES, values, strict=True))
    return Measures(**{name: (whole if name in WHOLE else number)(doc, name) for name in MEASURES})  # type: ignore[arg-type]  # the table says which is whole


SET_KEYS = frozenset(
    {"id", "edited", "number", "side", "kind", "prescribed", "rir", "effort", "pain"}
    | {"flags", "undone", "note", "at", "deleted", *MEASURES}
)


def set_to_doc(s: SetEntry) -> Doc:
    """One set as its document; the measures done lie flat in it."""
    doc: Doc = {"id": s.id, "edited": s.edited, "number": s.number, "side": s.side.value}
    doc |= measures_to_doc(s.done)
    if s.kind is not SetKind.WORK:
        doc["kind"] = s.kind.value
    if s.prescribed is not None:
        doc["prescribed"] = measures_to_doc(s.prescribed)
    for key in ("rir", "effort", "pain", "undone"):
        if (value := getattr(s, key)) is not None:
            doc[key] = value
    if s.flags:
        doc["flags"] = list(s.flags)
    for key in ("note", "at"):
        if value := getattr(s, key):
            doc[key] = value
    if s.deleted:
        doc["deleted"] = True
    return {**s.extra, **doc}


def qualifiers(doc: Mapping[str, Any]) -> Doc:
    """What a set carries beside its measures (rir, effort, pain, flags, undone), checked."""
    flags = () if doc.get("flags") is None else doc["flags"]
    if not isinstance(flags, Sequence) or any(flag not in FLAGS for flag in flags):
        raise BadDocument(f"flags can be {', '.join(FLAGS)}, not {said(flags)}")
    undone = doc.get("undone")
    if undone is not None and undone not in UNDONE:
        raise BadDocument(f"undone can be {', '.join(UNDONE)}, not {said(undone)}")
    return {
        "rir": number(doc, "rir", 0, 10),
        "effort": number(doc, "effort", 0, 10),
        "pain": whole(doc, "pain", 0, 10),
        "flags": tuple(flags),
        "undone": undone,
    }


def set_from_doc(doc: Mapping[str, Any]) -> SetEntry:
    """One set from its document; raises BadDocument."""
    prescribed = doc.get("prescribed")
    if prescribed is not None and not isinstance(prescribed, dict):
        raise BadDocument("prescribed must be an object")
    return SetEntry(
        id=need(doc, "id"),
        edited=text(doc, "edited"),
        number=whole(doc, "number", 1, 999) or 1,
        side=choice(doc, "side", Side, Side.BOTH),
        done=measures_from_doc(doc),
        kind=choice(doc, "kind", SetKind, SetKind.WORK),
        prescribed=None if prescribed is None else measures_from_doc(prescribed),
        note=text(doc, "note"),
        at=text(doc, "at"),
        deleted=doc.get("deleted") is True,
        extra=rest_of(doc, SET_KEYS),
        **qualifiers(doc),
    )


def rest_of(doc: Mapping[str, Any], known: frozenset[str]) -> Doc:
    """The keys of a document that this version does not know."""
    if known.issuperset(doc):
        return {}
    return {key: value for key, value in doc.items() if key not in known}


ENTRY_KEYS = frozenset({"id", "edited", "exercise", "superset", "sets", "deleted"})


def entry_to_doc(e: Entry) -> Doc:
    """One exercise of a session as its document."""
    doc: Doc = {"id": e.id, "edited": e.edited, "exercise": e.exercise}
    if e.superset:
        doc["superset"] = e.superset
    if e.deleted:
        doc["deleted"] = True
    return {**e.extra, **doc, "sets": [set_to_doc(s) for s in e.sets]}


def entry_from_doc(doc: Mapping[str, Any]) -> Entry:
    """One exercise of a session from its document; raises BadDocument."""
    return Entry(
        id=need(doc, "id"),
        edited=text(doc, "edited"),
        exercise=need(doc, "exercise"),
        sets=tuple(set_from_doc(s) for s in items(doc, "sets")),
        superset=text(doc, "superset") or None,
        deleted=doc.get("deleted") is True,
        extra=rest_of(doc, ENTRY_KEYS),
    )


def items(doc: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The list of objects at ``key`` (empty where absent); raises BadDocument otherwise."""
    value = [] if doc.get(key) is None else doc[key]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadDocument(f"{key} must be a list of objects")
    return value


SESSION_KEYS = frozenset(
    {"id", "edited", "started", "finished", "programme", "part", "note", "entries", "deleted"}
)


def session_to_doc(s: Session) -> Doc:
    """A session as its document, as it stands in a year file."""
    doc: Doc = {"id": s.id, "edited": s.edited, "started": s.started.isoformat()}
    if s.finished:
        doc["finished"] = s.finished.isoformat()
    for key in ("programme", "part", "note"):
        if value := getattr(s, key):
            doc[key] = value
    if s.deleted:
        doc["deleted"] = True
    return {**s.extra, **doc, "entries": [entry_to_doc(e) for e in s.entries]}


def session_from_doc(doc: Mapping[str, Any]) -> Session:
    """A session from its document; raises BadDocument."""
    return Session(
        id=need(doc, "id"),
        edited=text(doc, "edited"),
        started=instant(doc, "started"),
        finished=instant(doc, "finished") if doc.get("finished") else None,
        programme=text(doc, "programme") or None,
        part=text(doc, "part") or None,
        note=text(doc, "note"),
        entries=tuple(entry_from_doc(e) for e in items(doc, "entries")),
        deleted=doc.get("deleted") is True,
        extra=rest_of(doc, SESSION_KEYS),
    )


RECORD_KEYS = frozenset({"id", "edited", "type", "date", "deleted"})


def record_to_doc(r: Record) -> Doc:
    """A morning or metric line as its document."""
    doc: Doc = {"id": r.id, "edited": r.edited, "type": r.type, "date": r.day.isoformat()}
    if r.deleted:
        doc["deleted"] = True
    return {**r.values, **doc}


def record_from_doc(doc: Mapping[str, Any]) -> Record:
    """A morning or metric line from its document; raises BadDocument."""
    return Record(
        id=need(doc, "id"),
        edited=text(doc, "edited"),
        type=need(doc, "type"),
        day=day(doc, "date"),
        values=rest_of(doc, RECORD_KEYS),
        deleted=doc.get("deleted") is True,
    )


def prescription_to_doc(p: Prescription) -> Doc:
    """A prescription as a document: ``rest_s``, ``target_rir`` and one object a set."""
    doc: Doc = {"rest_s": p.rest_s}
    if p.target_rir is not None:
        doc["target_rir"] = p.target_rir
    doc["sets"] = [
        {
            "number": s.number,
            "kind": s.kind.value,
            "goals": [{"side": g.side.value, **measures_to_doc(g.measures)} for g in s.goals],
        }
        for s in p.sets
    ]
    return doc


def one_set(key: str, sides: Sequence[Side]) -> None:
    """Raises BadDocument unless the sides at ``key`` make up one set: both, left, right, or left
    and right."""
    if not sides or len(set(sides)) < len(sides) or (Side.BOTH in sides and len(sides) > 1):
        raise BadDocument(f"{key} must be one for both sides, or a left and a right")


def _set_plan(doc: Mapping[str, Any]) -> SetPlan:
    goals = tuple(
        Goal(side=choice(goal, "side", Side, Side.BOTH), measures=measures_from_doc(goal))
        for goal in items(doc, "goals")
    )
    one_set("goals", [goal.side for goal in goals])
    return SetPlan(
        number=whole(doc, "number", 1, 999) or 1,
        kind=choice(doc, "kind", SetKind, SetKind.WORK),
        goals=goals,
    )


def prescription_from_doc(doc: Mapping[str, Any]) -> Prescription:
    """A prescription from its document; raises BadDocument."""
    sets = tuple(_set_plan(planned) for planned in items(doc, "sets"))
    if len({(planned.kind, planned.number) for planned in sets}) < len(sets):
        raise BadDocument("sets must not name one set twice")
    return Prescription(
        sets=sets,
        rest_s=whole(doc, "rest_s") or 0,
        target_rir=whole(doc, "target_rir", 0, 10),
    )
