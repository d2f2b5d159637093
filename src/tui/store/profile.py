"""Settings, races and runs: one file of named JSON values, each with the day it holds from, and the
values that held before it."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui.store.atomic import backup_of
from tui.store.paths import Paths

if TYPE_CHECKING:
    from tui.store.database import Database

SETTINGS = "settings"
# A value and the day from which it holds.
Held = tuple[date, Any]
Doc = dict[str, Any]


class ProfileStore:
    """``profile.json`` below ``paths``. Where there is none, reading costs nothing.

    ``notices`` gathers what a person should know of a damaged file, one line each.
    """

    def __init__(self, paths: Paths, *, writable: bool) -> None:
        self.notices: list[str] = []
        self._path = paths.profile
        self._writable = writable
        # The documents before each change by keep, None where there was none.
        self._kept: list[tuple[str, Doc | None]] = []

    def get(self, key: str, default: Any = None) -> Any:
        """The value at ``key``, ``default`` where there is none. Raises StoreError."""
        return self.values().get(key, default)

    def since(self, key: str) -> date | None:
        """The day from which the value at ``key`` holds; None where that is not known."""
        return _day(self._documents().get(key, {}))

    def values(self) -> dict[str, Any]:
        """All values by key. Raises StoreError."""
        return {key: doc["value"] for key, doc in self._documents().items() if "value" in doc}

    def history(self, key: str) -> list[Held]:
        """What has held at ``key`` and from which day, oldest first, the value of now last; empty
        where there is none. Raises StoreError."""
        return _history(self._documents().get(key, {}))

    def histories(self) -> dict[str, list[Held]]:
        """:meth:`history` of all keys that have a value. Raises StoreError."""
        return {key: _history(doc) for key, doc in self._documents().items() if "value" in doc}

    def set(self, key: str, value: Any, since: date) -> None:
        """Have the JSON ``value``, holding from the day ``since``, on disk when this returns.

        Earlier values stay with their days. What was said for that day or for a later one is
        replaced: the last word holds. Raises StoreError.
        """
        known = self._documents().get(key, {})
        doc = {**known, "value": value, "since": since.isoformat()}
        doc.pop("earlier", None)
        if earlier := _before(known, since):
            doc["earlier"] = earlier
        self._database.put({SETTINGS: {key: doc}})

    def keep(self, key: str, value: Any) -> None:
        """Have the JSON ``value`` on disk when this returns, of no day and in the place of any
        other. Raises StoreError."""
        before = self._documents().get(key)
        fields = {k: v for k, v in (before or {}).items() if k not in ("since", "earlier")}
        self._database.put({SETTINGS: {key: {**fields, "value": value}}})
        self._kept.append((key, before))

    def unkeep(self) -> str | None:
        """Take the last :meth:`keep` back, any number of them in turn; the key that is as it was
        before, None where nothing was kept. Raises StoreError."""
        if not self._kept:
            return None
        key, before = self._kept[-1]
        if before is None:
            self.remove(key)
        else:
            self._database.put({SETTINGS: {key: before}})
        self._kept.pop()
        return key

    def remove(self, key: str) -> bool:
        """Forget the value at ``key`` and those before it; False where there is none. Raises
        StoreError."""
        if key not in self._documents():
            return False
        self._database.drop({SETTINGS: [key]})
        return True

    def _documents(self) -> dict[str, Doc]:
        if not self._path.exists() and not backup_of(self._path).exists():
            return {}
        return {str(doc.doc_id): doc for doc in self._database.documents(SETTINGS)}

    @cached_property
    def _database(self) -> Database:
        from tui.store.database import Database  # tinydb: not for nothing

        return Database(self._path, writable=self._writable, notices=self.notices)


def _day(doc: Doc) -> date | None:
    try:
        return date.fromisoformat(doc["since"])
    except (KeyError, TypeError, ValueError):
        return None


def _earlier(doc: Doc) -> list[Any]:
    """The earlier values of a document as they stand there, whatever they are."""
    earlier = doc.get("earlier")
    return earlier if isinstance(earlier, list) else []


def _known(raw: Any) -> Held | None:
    """An earlier value with its day; None for what is none."""
    if not isinstance(raw, dict) or "value" not in raw:
        return None
    day = _day(raw)
    return None if day is None else (day, raw["value"])


def _history(doc: Doc) -> list[Held]:
    if "value" not in doc:
        return []
    held = [each for raw in _earlier(doc) if (each := _known(raw))]
    held.sort(key=lambda each: each[0])
    # A value of an unknown day holds now, whatever else is known.
    day = _day(doc) or (held[-1][0] if held else date.min)
    return [*(each for each in held if each[0] <= day), (day, doc["value"])]


def _before(doc: Doc, since: date) -> list[Any]:
    """The earlier values of a document as seen from a new one that holds from ``since``. What is
    not understood there is kept."""
    there = [*_earlier(doc)]
    if "value" in doc and _day(doc):
        there.append({"value": doc["value"], "since": doc["since"]})
    return [raw for raw in there if (held := _known(raw)) is None or held[0] < since]
