"""Schema migrations: turns tables written by an older version into those of this one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.domain.model.positional_ids import migrated_session
from tui.store.profile_migration import profile_to_2
from tui.store.tables import SESSIONS, Tables

# The schema version this program writes. Raise it together with a migration from the one before.
VERSION = 2


def to_2(tables: Tables) -> Tables:
    """Give sets and entries ids that do not count places, and make documents of what the profile
    holds. Every copy comes to the same."""
    sessions = tables.get(SESSIONS)
    if sessions is None:
        return profile_to_2(tables)
    new = {
        key: migrated_session(doc) if isinstance(doc, dict) else doc
        for key, doc in sessions.items()
    }
    return {**tables, SESSIONS: new}


# The step from each older version to the next. A step takes the tables and returns new ones; it
# leaves keys it does not know alone.
STEPS: Mapping[int, Callable[[Tables], Tables]] = {1: to_2}


def migrate(
    tables: Tables,
    version: int,
    steps: Mapping[int, Callable[[Tables], Tables]] = STEPS,
    current: int = VERSION,
) -> Tables:
    """The tables in the form of version ``current``, after every step from ``version`` on."""
    for step in range(version, current):
        tables = steps[step](tables)
    return tables
