"""Fill the calendar of a logbook from plain objects."""

from __future__ import annotations

from typing import Any

from tui.app.logbook import Logbook
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY, Listed

KINDS: dict[str, Listed[Any]] = {kind.key: kind for kind in (RACES, RUNS, WEEKLY, STEP_DOWN, AWAY)}


def keep(book: Logbook, key: str, items: list[dict[str, Any]]) -> None:
    """Let a list of the calendar hold these and no others."""
    kind = KINDS[key]
    book.profile.change_calendar(
        Change(listed=kind, drop=lambda _: True, add=tuple(map(kind.read, items)))
    )
