"""Regular expressions that are compiled when they are first used.

Compiling those that only typed text needs would take a tenth of the time of a command that reads
none.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for a pattern; from its first use on, what is used of it is the pattern's own."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that ``re.compile`` returns; a mistake in it is raised at its first use."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
