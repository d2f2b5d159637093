"""Takes answers about the morning's pain: into the log, and into the session under way."""

from __future__ import annotations

from tui.app.leaving_sore import leave_sore
from tui.app.logbook import Logbook
from tui.domain.calculator.morning_pain import MOST_PAIN, morning, pain_of, region_of
from tui.domain.model.library.checks import REGIONS
from tui.domain.session.actions import Refused


def typed_ache(typed: str) -> tuple[str, int]:
    """The region and its pain of an answer such as ``knee 3``. Raises Refused."""
    *words, last = typed.split() or [""]
    region = region_of(" ".join(words))
    if region is None:
        raise Refused(f"Where and how much? As in knee 3: {', '.join(REGIONS)}.")
    return region, typed_pain(last)


def typed_pain(typed: str) -> int:
    """The pain typed, a whole number. Raises Refused."""
    pain = pain_of(typed)
    if pain is None:
        raise Refused(f"0 to {MOST_PAIN}, please.")
    return pain


def tell_morning(book: Logbook, region: str, pain: int) -> int:
    """Record the pain of a region this morning, and leave out of a session under way what should
    rest for it; returns how many sets that were. Raises ReadOnly or StoreError."""
    now = book.now()
    book.recorder.tell(morning(now.date(), region, pain, now.isoformat()))
    return leave_sore(book)
