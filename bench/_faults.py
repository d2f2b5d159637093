"""Faults injected into the storage, like those real storage has: the crash test must find each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson

from tui.store.journal import Journal


def none() -> None:
    """Nothing is broken."""


def in_place() -> None:
    """The year file is emptied and rewritten piece by piece."""

    def write(path: Path, data: bytes) -> None:
        path.parent.mkdir(exist_ok=True)
        path.touch(0o600)
        with path.open("w", encoding="utf-8") as file:
            json.dump(orjson.loads(data), file, indent=2)

    patch("tui.store.storage.write", write).start()


def buffered() -> None:
    """The journal buffers its lines until there are enough of them, or it is closed."""
    append, close = Journal.append, Journal.close
    kept: defaultdict[Path, list[Mapping[str, Any]]] = defaultdict(list)

    def later(journal: Journal, *events: Mapping[str, Any]) -> None:
        kept[journal.path] += events
        if len(kept[journal.path]) >= 8:
            append(journal, *kept.pop(journal.path))

    def at_last(journal: Journal) -> None:
        if events := kept.pop(journal.path, None):
            append(journal, *events)
        close(journal)

    patch.object(Journal, "append", later).start()
    patch.object(Journal, "close", at_last).start()


def unswept() -> None:
    """The temp files of a dead writer are not removed."""
    patch("tui.app.logbook.sweep").start()


# Called in both processes before any log is opened. "boasting" is done by the runner itself: it
# confirms each step before taking it.
FAULTS: dict[str, Callable[[], None]] = {
    "none": none,
    "boasting": none,
    "in-place": in_place,
    "buffered": buffered,
    "unswept": unswept,
}
