"""When each exercise was done last."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tui.domain.model.values import Session


def last_times(sessions: Iterable[Session]) -> dict[str, Session]:
    """The latest session in which a set of an exercise was done, warm-ups too, by exercise; each
    with its entry of that exercise alone."""
    found: dict[str, Session] = {}
    for session in sessions:
        for entry in () if session.deleted else session.live():
            known = found.get(entry.exercise)
            later = known is None or session.started > known.started
            if later and any(row.undone is None for row in entry.live()):
                found[entry.exercise] = replace(session, entries=(entry,))
    return found
