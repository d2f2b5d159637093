"""Convert sessions, sets and records to plain JSON documents and back.

A document leaves out what does not apply, so that the file on disk is easy to read. Keys that this
version does not know are kept in ``extra`` and written back. Reading a wrong value raises
:class:`BadDocument`, which names the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from tui.domain.model.validation import (
    BadDocument,
    choice,
    day,
    instant,
    need,
    number,
    objects,
    said,
    text,
    whole,
)
from tui.domain.model.values import (
    FLAGS,
    LEAST_HELP_KG,
    MEASURES,
    UNDONE,
    Entry,
    Extra,
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

WHOLE = frozenset({"reps", "holds", "contacts"})
KNOWN_MEASURES = frozenset(MEASURES)


def measures_to_doc(m: Measures) -> Doc:
    """The measures that are set, by name."""
    return {name: value for name in MEASURES if (value := getattr(m, name)) is not None}


def measures_from_doc(doc: Mapping[str, Any]) -> Measures:
    """Measures from the keys of a document, ignoring other keys; raises BadDocument."""
    values = tuple(map(doc.get, MEASURES))
    try:
        return measures_of(*values)
    except TypeError:  # Lists and objects cannot be hashed for the cache: the check reports them.
        return measures_of.__wrapped__(*values)


# A log repeats the same few doses thousands of times: with this cache a year loads in two thirds of
# the time. ``typed`` tells True from 1 and keeps 60 from coming back as 60.0.
@lru_cache(maxsize=4096, typed=True)
def measures_of(*values: Any) -> Measures:
    """Measures from values in the order of MEASURES; raises BadDocument."""
    doc = dict(zip(MEASURES, values, strict=True))
    found = Measures(**{name: (whole if name in WHOLE else number)(doc, name) for name in MEASURES})  # type: ignore[arg-type]  # the table says which is whole
    if found.assist_kg is None:
        return found
    number(doc, "assist_kg", LEAST_HELP_KG)
    if found.load_kg is not None:
        raise BadDocument("assist_kg cannot stand beside load_kg: keep one of them")
    return found


def checked(m: Measures) -> Measures:
    """The same measures; raises BadDocument if one is out of range."""
    return measures_of(*(getattr(m, name) for name in MEASURES))


SET_KEYS = frozenset(
    {"id", "edited", "replaces", "was", "number", "side", "kind", "prescribed", "rir", "effort"}
    | {"pain", "flags", "undone", "confirmed", "note", "at", "deleted", *MEASURES}
)


def set_to_doc(s: SetEntry) -> Doc:
    """One set as a document, with what was done as its top-level keys."""
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
    if s.confirmed:
        doc["confirmed"] = True
    for key in ("note", "at"):
        if value := getattr(s, key):
            doc[key] = value
    if s.was:
        doc["was"] = s.was
    _say_versions(doc, s)
    unknown = s.extra.get("prescribed")
    if unknown is not None and "prescribed" in doc:
        doc["prescribed"] = {**unknown, **doc["prescribed"]}
    return {**_sorted(s.extra), **doc}


def _say_versions(doc: Doc, value: SetEntry | Entry | Session | Record) -> None:
    if value.replaces:
        doc["replaces"] = list(value.replaces)
    if value.deleted:
        doc["deleted"] = True


def _sorted(extra: Extra) -> Extra:
    """Unknown keys in one order, so that equal logs are equal bytes."""
    return dict(sorted(extra.items())) if len(extra) > 1 else extra


def stamps(doc: Mapping[str, Any]) -> tuple[str, ...]:
    """The stamps of the versions that a document replaces; raises BadDocument."""
    told = doc.get("replaces") or ()
    if not isinstance(told, Sequence) or not all(isinstance(one, str) for one in told):
        raise BadDocument("replaces must be a list of instants")
    return tuple(told)


def qualifiers(doc: Mapping[str, Any]) -> Doc:
    """The checked fields of a set other than its measures: rir, effort, pain, flags, undone.

    Raises BadDocument."""
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
    edited, at = text(doc, "edited"), text(doc, "at")
    return SetEntry(
        id=need(doc, "id"),
        edited=edited,
        number=whole(doc, "number", 1, 999) or 1,
        side=choice(doc, "side", Side, Side.BOTH),
        done=measures_from_doc(doc),
        kind=choice(doc, "kind", SetKind, SetKind.WORK),
        prescribed=None if prescribed is None else measures_from_doc(prescribed),
        confirmed=doc.get("confirmed") is True,
        note=text(doc, "note"),
        at=edited if at == edited else at,  # Share one string instead of keeping two equal ones.
        replaces=stamps(doc),
        was=text(doc, "was"),
        deleted=doc.get("deleted") is True,
        extra=_unknown(doc, prescribed),
        **qualifiers(doc),
    )


def _unknown(doc: Mapping[str, Any], prescribed: Mapping[str, Any] | None) -> Doc:
    """The unknown keys of a set, and under ``prescribed`` those of its prescription."""
    unknown = rest_of(doc, SET_KEYS)
    if prescribed is not None and (inside := rest_of(prescribed, KNOWN_MEASURES)):
        return {**unknown, "prescribed": inside}
    return unknown


# Shared by the sets, entries and sessions without unknown keys, which is nearly all of them.
NOTHING: Doc = {}


def rest_of(doc: Mapping[str, Any], known: frozenset[str]) -> Doc:
    """The items of a document with unknown keys. The result may be shared: do not change it."""
    if known.issuperset(doc):
        return NOTHING
    return {key: value for key, value in doc.items() if key not in known}


ENTRY_KEYS = frozenset(
    {"id", "edited", "replaces", "was", "exercise", "superset", "order", "sets", "deleted"}
)


def entry_to_doc(e: Entry) -> Doc:
    """One exercise of a session as a document."""
    doc: Doc = {"id": e.id, "edited": e.edited, "exercise": e.exercise}
    if e.superset:
        doc["superset"] = e.superset
    if e.order is not None:
        doc["order"] = e.order
    if e.was:
        doc["was"] = e.was
    _say_versions(doc, e)
    return {**_sorted(e.extra), **doc, "sets": [set_to_doc(s) for s in e.sets]}


def entry_from_doc(doc: Mapping[str, Any]) -> Entry:
    """One exercise of a session from its document; raises BadDocument."""
    return Entry(
        id=need(doc, "id"),
        edited=text(doc, "edited"),
        exercise=need(doc, "exercise"),
        sets=tuple(set_from_doc(s) for s in objects(doc, "sets")),
        superset=text(doc, "superset") or None,
        order=whole(doc, "order", 0, 9999),
        was=text(doc, "was"),
        replaces=stamps(doc),
        deleted=doc.get("deleted") is True,
        extra=rest_of(doc, ENTRY_KEYS),
    )


SESSION_KEYS = frozenset(
    {"id", "edited", "replaces", "started", "finished", "programme", "part", "note", "entries"}
    | {"deleted"}
)


def session_to_doc(s: Session) -> Doc:
    """A session as a document, as it is written to a year file."""
    doc: Doc = {"id": s.id, "edited": s.edited, "started": s.started.isoformat()}
    if s.finished:
        doc["finished"] = s.finished.isoformat()
    for key in ("programme", "part", "note"):
        if value := getattr(s, key):
            doc[key] = value
    _say_versions(doc, s)
    return {**_sorted(s.extra), **doc, "entries": [entry_to_doc(e) for e in s.entries]}


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
        entries=tuple(entry_from_doc(e) for e in objects(doc, "entries")),
        replaces=stamps(doc),
        deleted=doc.get("deleted") is True,
        extra=rest_of(doc, SESSION_KEYS),
    )


RECORD_KEYS = frozenset({"id", "edited", "replaces", "type", "date", "deleted"})


def record_to_doc(r: Record) -> Doc:
    """A dated record, such as a morning or a metric, as a document."""
    doc: Doc = {"id": r.id, "edited": r.edited, "type": r.type, "date": r.day.isoformat()}
    _say_versions(doc, r)
    return {**_sorted(r.values), **doc}


def record_from_doc(doc: Mapping[str, Any]) -> Record:
    """A dated record, such as a morning or a metric, from its document; raises BadDocument."""
    return Record(
        id=need(doc, "id"),
        edited=text(doc, "edited"),
        type=need(doc, "type"),
        day=day(doc, "date"),
        values=rest_of(doc, RECORD_KEYS),
        replaces=stamps(doc),
        deleted=doc.get("deleted") is True,
    )


def prescription_to_doc(p: Prescription) -> Doc:
    """A prescription as a document: ``rest_s``, ``target_rir``, ``fast`` and one object per set."""
    doc: Doc = {"rest_s": p.rest_s}
    if p.target_rir is not None:
        doc["target_rir"] = p.target_rir
    if p.fast:
        doc["fast"] = True
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
    """Raises BadDocument unless the sides at ``key`` make one set: both, left, right, or left and
    right."""
    if not sides or len(set(sides)) < len(sides) or (Side.BOTH in sides and len(sides) > 1):
        raise BadDocument(f"{key} must be one for both sides, or a left and a right")


def _set_plan(doc: Mapping[str, Any]) -> SetPlan:
    goals = tuple(
        Goal(side=choice(goal, "side", Side, Side.BOTH), measures=measures_from_doc(goal))
        for goal in objects(doc, "goals")
    )
    one_set("goals", [goal.side for goal in goals])
    return SetPlan(
        number=whole(doc, "number", 1, 999) or 1,
        kind=choice(doc, "kind", SetKind, SetKind.WORK),
        goals=goals,
    )


def prescription_from_doc(doc: Mapping[str, Any]) -> Prescription:
    """A prescription from its document; raises BadDocument."""
    sets = tuple(_set_plan(planned) for planned in objects(doc, "sets"))
    if len({(planned.kind, planned.number) for planned in sets}) < len(sets):
        raise BadDocument("sets must not name one set twice")
    return Prescription(
        sets=sets,
        rest_s=whole(doc, "rest_s") or 0,
        target_rir=whole(doc, "target_rir", 0, 10),
        fast=doc.get("fast") is True,
    )
