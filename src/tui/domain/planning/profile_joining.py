"""Join two copies of profile.json that grew apart, or make an older one count again. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tui.domain.model.stamps import stamp_after
from tui.domain.model.versions import canonical, content_of, later, stamp_of
from tui.domain.planning.dated_values import Values, put_together, taken_apart

Tables = dict[str, dict[str, Any]]
SETTINGS = "settings"


def join_profiles(
    mine: Mapping[str, Mapping[str, Any]], theirs: Mapping[str, Mapping[str, Any]]
) -> Tables:
    """The tables of both copies, document by document: of two versions the later counts whole. A
    setting has a document for each day from which it has a value. The same in whatever order they
    are joined. Nothing of ours or of theirs is changed."""
    return {
        name: _joined(
            mine.get(name, {}), theirs.get(name, {}), _setting if name == SETTINGS else _document
        )
        for name in sorted(mine.keys() | theirs.keys())
    }


def _joined(
    mine: Mapping[str, Any], theirs: Mapping[str, Any], join: Callable[[Any, Any], Any]
) -> dict[str, Any]:
    """What both hold, by name; ``join`` makes one of two versions."""
    # One that a single copy has is joined with itself: so all come out in one form, and two
    # machines write the same bytes.
    return {
        name: join(mine.get(name, theirs.get(name)), theirs.get(name, mine.get(name)))
        for name in sorted(mine.keys() | theirs.keys())
    }


def in_order(document: Any) -> Any:
    """A document with its fields in the order in which they are stored, so that equal documents
    are equal text."""
    ordered = json.loads(canonical(document))
    if not isinstance(ordered, dict):
        return ordered
    first = {key: ordered[key] for key in ("id", "edited") if key in ordered}
    return {**first, **ordered}


def _document(one: Any, other: Any) -> Any:
    return in_order(later(one, other))


def _setting(one: Any, other: Any) -> Any:
    ours, others = taken_apart(one), taken_apart(other)
    documents = _joined(ours.documents, others.documents, _document)
    return put_together(Values(documents, (*ours.strange, *others.strange)))


def given_way(mine: Mapping[str, Mapping[str, Any]], joined: Mapping[str, Any]) -> Tables:
    """The documents of one copy that another version took the place of in the ``joined`` tables;
    of a setting, its values of those days."""
    found: Tables = {}
    for name, table in mine.items():
        for key, doc in table.items():
            old = _values_given_way(doc, joined[name][key]) if name == SETTINGS else doc
            if old and (name == SETTINGS or canonical(old) != canonical(joined[name][key])):
                found.setdefault(name, {})[key] = old
    return found


def _values_given_way(setting: Any, joined: Any) -> Any:
    now = taken_apart(joined).documents
    before = taken_apart(setting).documents
    old = {day: doc for day, doc in before.items() if canonical(doc) != canonical(now[day])}
    return put_together(Values(old))


def reinstated_profile(
    mine: Mapping[str, Mapping[str, Any]], old: Mapping[str, Mapping[str, Any]], now: str
) -> Tables:
    """The tables with the documents of an ``old`` copy, as edits of ours that are later than both;
    what only we have is removed, by a tombstone. Nothing of ours or of the old copy is changed."""
    made: Tables = {}
    for table in sorted(mine.keys() | old.keys()):
        ours, olds = mine.get(table, {}), old.get(table, {})
        if table == SETTINGS:
            made[table] = {
                name: _reinstated_setting(ours.get(name, {}), olds.get(name, {}), now)
                for name in sorted(ours.keys() | olds.keys())
            }
        else:
            made[table] = _reinstated(ours, olds, "deleted", now)
    return made


def _reinstated_setting(mine: Any, old: Any, now: str) -> Any:
    ours, olds = taken_apart(mine), taken_apart(old)
    documents = _reinstated(ours.documents, olds.documents, "dropped", now)
    return put_together(Values(documents, (*ours.strange, *olds.strange)))


def _reinstated(
    mine: Mapping[str, Any], old: Mapping[str, Any], gone: str, now: str
) -> dict[str, Any]:
    """The documents of both by name; ``gone`` is the field that marks one as removed."""
    made = {}
    for name in sorted(mine.keys() | old.keys()):
        one, other = mine.get(name), old.get(name)
        if one is None or not isinstance(one, dict):
            made[name] = other if name in old else one
            continue
        wanted = other if isinstance(other, dict) else {**one, gone: True}
        same = content_of(wanted) == content_of(one)
        both_gone = wanted.get(gone) is True and one.get(gone) is True
        if same or both_gone:
            made[name] = one
            continue
        made[name] = {**wanted, "edited": stamp_after(now, map(stamp_of, (one, wanted)))}
    return made
