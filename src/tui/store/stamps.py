"""Which of two copies is the newer one."""

from __future__ import annotations

from datetime import datetime
from math import inf


def edited_at(stamp: object) -> float:
    """The instant of an ``edited`` stamp in seconds since 1970, comparable across UTC offsets;
    before everything else where it is no instant."""
    if not isinstance(stamp, str):
        return -inf
    try:
        moment = datetime.fromisoformat(stamp)
        return -inf if moment.tzinfo is None else moment.timestamp()
    except (ValueError, OverflowError):
        return -inf
