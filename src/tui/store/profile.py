"""Stores settings, races and runs as named JSON values in ``profile.json``.

Each value has the day from which it applies, and the values that applied before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui.store.atomic import backup_of
from tui.store.errors import NotSynced
from tui.store.paths import Paths

if TYPE_CHECKING:
    from tui.store.database import Database

SETTINGS = "settings"
MOST_BYTES = 16_000_000
# The day from which a value applies, and the value.
Held = tuple[date, Any]
Doc = dict[str, Any]


class ProfileStore:
    """``profile.json`` below ``paths``. If there is no file, reading costs nothing.

    ``notices`` collects what the runner should know about a damaged file, one line each.
    """

    def __init__(self, paths: Paths, *, writable: bool) -> None:
        self.notices: list[str] = []
        self._path = paths.profile
        self._writable = writable
        # The document before each change by keep; None if there was none.
        self._kept: list[tuple[str, Doc | None]] = []

    def get(self, key: str, default: Any = None) -> Any:
        """The value at ``key``, or ``default``. Raises StoreError."""
        return self.values().get(key, default)

    def since(self, key: str) -> date | None:
        """The day from which the value at ``key`` applies; None if unknown."""
        return _day(self._documents().get(key, {}))

    def values(self) -> dict[str, Any]:
        """All values by key. Raises StoreError."""
        return {key: doc["value"] for key, doc in self._documents().items() if "value" in doc}

    def history(self, key: str) -> list[Held]:
        """The values at ``key`` with the day each applied from, oldest first, the current one last;
        empty if there is none. Raises StoreError."""
        return _history(self._documents().get(key, {}))

    def histories(self) -> dict[str, list[Held]]:
        """:meth:`history` of all keys that have a value. Raises StoreError."""
        return {key: _history(doc) for key, doc in self._documents().items() if "value" in doc}

    def set(self, key: str, value: Any, since: date) -> None:
        """Store the JSON ``value``, which applies from ``since``; it is on disk when this returns.

        Earlier values stay with their days; values for that day or a later one are replaced. Raises
        StoreError.
        """
        known = self._documents().get(key, {})
        doc = {**known, "value": value, "since": since.isoformat()}
        doc.pop("earlier", None)
        if earlier := _before(known, since):
            doc["earlier"] = earlier
        self._database.put({SETTINGS: {key: doc}})

    def keep(self, key: str, value: Any) -> None:
        """Store the JSON ``value`` without a day, replacing any other; it is on disk when this
        returns. Raises StoreError."""
        before = self._documents().get(key)
        fields = {k: v for k, v in (before or {}).items() if k not in ("since", "earlier")}
        self._kept.append((key, before))
        with unless_written(self._kept.pop):
            self._database.put({SETTINGS: {key: {**fields, "value": value}}})

    def unkeep(self) -> str | None:
        """Undo the last :meth:`keep`; call it again to undo the one before. Returns the restored
        key, or None if there is nothing to undo. Raises StoreError."""
        if not self._kept:
            return None
        key, before = self._kept.pop()
        with unless_written(lambda: self._kept.append((key, before))):
            if before is None:
                self.remove(key)
            else:
                self._database.put({SETTINGS: {key: before}})
        return key

    def remove(self, key: str) -> bool:
        """Remove the value at ``key`` and its history; False if there was none. Raises
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
        from tui.store.database import Database  # Loads tinydb only when it is needed.

        return Database(self._path, writable=self._writable, notices=self.notices, most=MOST_BYTES)


@contextmanager
def unless_written(back: Callable[[], object]) -> Iterator[None]:
    """If the block fails call ``back``, but not after NotSynced: then the file is written."""
    try:
        yield
    except NotSynced:
        raise
    except BaseException:
        back()
        raise


def _day(doc: Doc) -> date | None:
    try:
        return date.fromisoformat(doc["since"])
    except (KeyError, TypeError, ValueError):
        return None


def _earlier(doc: Doc) -> list[Any]:
    """The earlier values of a document as stored, unchecked."""
    earlier = doc.get("earlier")
    return earlier if isinstance(earlier, list) else []


def _known(raw: Any) -> Held | None:
    """An earlier value with its day; None if it is not valid."""
    if not isinstance(raw, dict) or "value" not in raw:
        return None
    day = _day(raw)
    return None if day is None else (day, raw["value"])


def _history(doc: Doc) -> list[Held]:
    if "value" not in doc:
        return []
    held = [each for raw in _earlier(doc) if (each := _known(raw))]
    held.sort(key=lambda each: each[0])
    # A value without a known day is the current one, whatever else is known.
    day = _day(doc) or (held[-1][0] if held else date.min)
    return [*(each for each in held if each[0] <= day), (day, doc["value"])]


def _before(doc: Doc, since: date) -> list[Any]:
    """The earlier values of a document once a new one applies from ``since``. Entries that are not
    understood are kept."""
    there = [*_earlier(doc)]
    if "value" in doc and _day(doc):
        there.append({"value": doc["value"], "since": doc["since"]})
    return [raw for raw in there if (held := _known(raw)) is None or held[0] < since]
