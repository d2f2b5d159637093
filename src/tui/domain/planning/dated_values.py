"""The values of one setting: a document for each day from which one applies.

In profile.json the current one is at the top and holds the others in ``earlier``::

    {"value": "advanced", "since": "2027-02-01", "edited": …, "earlier": [{"value": …}, …]}

A value that was taken away stays, with ``"dropped": true``, so that another copy of the file does
not bring it back. The file may have been edited by hand: a value without a known day is the current
one, and what is no document of a day is passed over and kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from msgspec import Struct

from tui.domain.model.codec import Doc
from tui.domain.model.stamps import stamp_after
from tui.domain.model.versions import canonical, later, stamp_of

# The day from which a value applies, and the value.
Held = tuple[date, Any]
# The name of the document without a known day; it sorts before all days.
UNDATED = ""
SHAPE = ("value", "since", "edited")


class Values(Struct, frozen=True):
    """A setting taken apart: its documents by day (``2026-11-02``), dropped ones too, and what is
    not understood (``strange``)."""

    documents: Mapping[str, Doc]
    strange: tuple[Any, ...] = ()


def taken_apart(setting: Any) -> Values:
    """The documents of a setting as stored. Of two documents of one day the later counts."""
    if not isinstance(setting, dict):
        return Values({}, (setting,))
    top = {key: value for key, value in setting.items() if key != "earlier"}
    earlier = setting.get("earlier", [])
    documents: dict[str, Doc] = {}
    strange = []
    if "value" in top or _dropped(top):
        documents[_name(top)] = top
    elif top:
        strange.append(top)
    for item in earlier if isinstance(earlier, list) else [earlier]:
        name = _name(item) if isinstance(item, dict) else UNDATED
        if isinstance(item, dict) and (_dropped(item) or (name != UNDATED and "value" in item)):
            documents[name] = later(documents[name], item) if name in documents else item
        else:
            strange.append(item)
    return Values(documents, tuple(strange))


def put_together(values: Values) -> Doc:
    """The setting as it is stored; equal values make equal text."""
    others = [json.loads(text) for text in sorted({canonical(item) for item in values.strange})]
    if not values.documents:
        return {"earlier": others} if others else {}
    # A value without a day is the current one, then the one of the latest day.
    order = sorted(
        values.documents,
        key=lambda name: (not _dropped(values.documents[name]), name == UNDATED, name),
    )
    top = order.pop()
    earlier = others + [_shaped(values.documents[name]) for name in sorted(order)]
    return {**_shaped(values.documents[top]), **({"earlier": earlier} if earlier else {})}


def history(setting: Any) -> list[Held]:
    """The values of a setting with the day each applied from, oldest first, the current one last;
    empty if there is none."""
    values = taken_apart(setting)
    held = _dated(values)
    current = values.documents.get(UNDATED)
    if current is not None and not _dropped(current):
        held.append((held[-1][0] if held else date.min, current["value"]))
    return held


def with_value(setting: Any, value: Any, since: date, now: str) -> Doc:
    """A setting with the JSON ``value`` from ``since`` on. Values of earlier days stay, those of
    that day or a later one are replaced. ``now`` is the stamp of the edit."""
    before = [held for held in _dated(taken_apart(setting)) if held[0] < since]
    return with_history(setting, [*before, (since, value)], now)


def with_history(setting: Any, held: Iterable[Held], now: str) -> Doc:
    """A setting with exactly the values ``held``; all others are dropped. What changes is stamped
    ``now`` or, if the setting has later stamps, just after them; the rest stays as it is."""
    values = taken_apart(setting)
    stamp = stamp_after(now, map(stamp_of, values.documents.values()))
    wanted = {day.isoformat(): value for day, value in held}
    documents = {
        name: doc if name in wanted or _dropped(doc) else {**doc, "edited": stamp, "dropped": True}
        for name, doc in values.documents.items()
    }
    for name, value in wanted.items():
        old = values.documents.get(name, {})
        if _dropped(old) or "value" not in old or canonical(old["value"]) != canonical(value):
            kept = {key: field for key, field in old.items() if key != "dropped"}
            # A copy: who set the value may go on to change it.
            new = {"value": deepcopy(value), "since": name, "edited": stamp}
            documents[name] = {**kept, **new}
    return put_together(Values(documents, values.strange))


def _dated(values: Values) -> list[Held]:
    """The values with a known day that apply, oldest first."""
    return [
        (date.fromisoformat(name), doc["value"])
        for name, doc in sorted(values.documents.items())
        if name != UNDATED and not _dropped(doc)
    ]


def _name(doc: Doc) -> str:
    since = doc.get("since")
    try:
        return date.fromisoformat(since).isoformat() if isinstance(since, str) else UNDATED
    except ValueError:
        return UNDATED


def _dropped(doc: Doc) -> bool:
    return doc.get("dropped") is True


def _shaped(doc: Doc) -> Doc:
    """A document with its well-known fields first, for the reader of the file."""
    first = {key: doc[key] for key in SHAPE if key in doc}
    return {**first, **{key: doc[key] for key in sorted(doc) if key not in first}}
