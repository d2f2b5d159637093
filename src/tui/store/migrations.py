"""From the tables an older version wrote to the tables of this one. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Tables = dict[str, dict[str, Any]]

# The form of the files this version writes. Raise it together with a migration from the one before.
VERSION = 1

# From each older version the step to the one after it. A step gets the tables for its own and
# gives back new ones; keys it does not know it leaves alone.
STEPS: Mapping[int, Callable[[Tables], Tables]] = {}


def migrate(
    tables: Tables,
    version: int,
    steps: Mapping[int, Callable[[Tables], Tables]] = STEPS,
    current: int = VERSION,
) -> Tables:
    """The tables as version ``current`` has them, by each step from ``version`` on."""
    for step in range(version, current):
        tables = steps[step](tables)
    return tables
