"""Makes new ids, in order: ids made within one millisecond count on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tui.domain.model.ids import sortable

# Leaves room to count on from the random bits.
LAST = (1 << 80) - 1


class NewIds:
    """Each call makes an id that has never been before and sorts after those of the same
    millisecond. ``now`` returns the current time, ``random_bits`` 80 random bits."""

    def __init__(self, now: Callable[[], datetime], random_bits: Callable[[], int]) -> None:
        self._now = now
        self._random_bits = random_bits
        self._last = (0, LAST)

    def __call__(self) -> str:
        return self.at(self._now())

    def at(self, moment: datetime) -> str:
        """A new id that sorts by ``moment``."""
        milliseconds = int(moment.timestamp() * 1000)
        before, bits = self._last
        counted_on = milliseconds == before and bits < LAST
        self._last = (milliseconds, bits + 1 if counted_on else self._random_bits())
        return sortable(*self._last)
