"""Schema 2 of profile.json: each value of a setting, race, run … becomes a document that can be
joined. Pure, so that two machines with the same file come to the same documents, each alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from tui.domain.model.codec import Doc
from tui.store.tables import Tables

SETTINGS = "settings"


def profile_to_2(tables: Tables) -> Tables:
    """The tables of a schema 1 profile.json in schema 2; tables without settings stay as they are.

    A value is stamped with the start of the day from which it applies. The lists of the calendar
    become tables; their items have no stamp, as nobody knows when they were edited. Nothing is left
    out: what is not understood goes along as it is.
    """
    if SETTINGS not in tables:
        return tables
    # Only for a profile: the files of the log pass here too, at every start.
    from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY

    calendar = {kind.key: kind for kind in (RACES, RUNS, WEEKLY, STEP_DOWN, AWAY)}
    settings = tables[SETTINGS]
    made = {
        key: _documents(doc["value"], calendar[key])
        for key, doc in settings.items()
        if key in calendar and isinstance(doc, dict) and "value" in doc
    }
    kept = {key: _stamped(doc) for key, doc in settings.items() if key not in made}
    for key in made:
        if rest := {k: v for k, v in settings[key].items() if k not in ("value", "since")}:
            kept[key] = rest
    return {**tables, SETTINGS: kept, **made}


def _stamped(setting: Any) -> Any:
    """A setting with a stamp for each of its values."""
    if not isinstance(setting, dict):
        return setting
    top = _with_stamp(setting)
    if isinstance(earlier := setting.get("earlier"), list):
        # Schema 1 passed over what the current value had ended.
        ended = _day(setting)
        top["earlier"] = [
            {**_with_stamp(item), "dropped": True}
            if isinstance(item, dict) and ended and (day := _day(item)) and day > ended
            else _with_stamp(item)
            for item in earlier
        ]
    return top


def _with_stamp(item: Any) -> Any:
    if not isinstance(item, dict) or "value" not in item or (day := _day(item)) is None:
        return item
    return {**item, "edited": f"{day}T00:00:00+00:00"}


def _day(doc: Doc) -> date | None:
    try:
        return date.fromisoformat(doc["since"])
    except (KeyError, TypeError, ValueError):
        return None


def _documents(items: Any, kind: Any) -> dict[str, Doc]:
    """The items of a list as documents by id."""
    from tui.domain.model.validation import BadDocument
    from tui.domain.planning.calendar_codec import free_name

    made: dict[str, Doc] = {"": {}}  # Nothing may have an empty id.
    for item in items if isinstance(items, list) else [items]:
        # Easier weeks were days.
        doc = {"monday": item} if kind.key == "step_down" else item
        try:
            name = kind.name(kind.read(doc))
        except BadDocument:
            name = ""
        name = free_name(name, item, made)
        made[name] = {**(doc if isinstance(doc, dict) else {"value": doc}), "id": name}
    del made[""]
    return made
