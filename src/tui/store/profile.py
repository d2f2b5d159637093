"""Settings, races and runs: one file of named JSON values, each with the day it holds from."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui.store.atomic import backup_of
from tui.store.paths import Paths

if TYPE_CHECKING:
    from tui.store.database import Database

SETTINGS = "settings"


class ProfileStore:
    """``profile.json`` below ``paths``. Where there is none, reading costs nothing.

    ``notices`` gathers what a person should know of a damaged file, one line each.
    """

    def __init__(self, paths: Paths, *, writable: bool) -> None:
        self.notices: list[str] = []
        self._path = paths.profile
        self._writable = writable

    def get(self, key: str, default: Any = None) -> Any:
        """The value at ``key``, ``default`` where there is none. Raises StoreError."""
        return self.values().get(key, default)

    def since(self, key: str) -> date | None:
        """The day from which the value at ``key`` holds; None where that is not known."""
        doc = self._documents().get(key, {})
        try:
            return date.fromisoformat(doc["since"])
        except (KeyError, TypeError, ValueError):
            return None

    def values(self) -> dict[str, Any]:
        """All values by key. Raises StoreError."""
        return {key: doc["value"] for key, doc in self._documents().items() if "value" in doc}

    def set(self, key: str, value: Any, since: date) -> None:
        """Have the JSON ``value``, holding from the day ``since``, on disk when this returns.
        Raises StoreError."""
        known = self._documents().get(key, {})
        doc = {**known, "value": value, "since": since.isoformat()}
        self._database.put({SETTINGS: {key: doc}})

    def remove(self, key: str) -> bool:
        """Forget the value at ``key``; False where there is none. Raises StoreError."""
        if key not in self._documents():
            return False
        self._database.drop({SETTINGS: [key]})
        return True

    def _documents(self) -> dict[str, dict[str, Any]]:
        if not self._path.exists() and not backup_of(self._path).exists():
            return {}
        return {str(doc.doc_id): doc for doc in self._database.documents(SETTINGS)}

    @cached_property
    def _database(self) -> Database:
        from tui.store.database import Database  # tinydb: not for nothing

        return Database(self._path, writable=self._writable, notices=self.notices)
