"""Knows whether the log or the profile has changed on this disk since they were last synced."""

from __future__ import annotations

from tui.store.paths import Paths
from tui.store.watch import Fingerprint, fingerprint

# What identifies each file that a sync carries.
Lying = list[tuple[str, object]]


class Unsent:
    """Whether what a sync carries of the files below ``paths`` has changed since :meth:`settle`."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._sent: Fingerprint | None = None

    def __bool__(self) -> bool:
        return self._sent is not None and self.lying() != _carried(self._sent)

    def lying(self) -> Lying:
        """What is to be synced, as it lies there now."""
        return _carried(fingerprint(self._paths))

    def settle(self, seen: Fingerprint | None = None) -> None:
        """Take the files as they lie there, or were ``seen``, for synced: a sync begins now, or has
        just taken them along."""
        self._sent = fingerprint(self._paths) if seen is None else seen


def _carried(seen: Fingerprint) -> Lying:
    root, log = seen.root or {}, seen.log or {}
    ours = [(name, root.get(name)) for name in ("profile.json", "library.json")]
    return [*ours, *sorted((name, one) for name, one in log.items() if name.endswith(".json"))]
