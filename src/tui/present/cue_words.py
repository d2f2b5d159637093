"""What a title and a notification say of the clock: a few words, to be read from afar."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from tui.domain.model.values import Side
from tui.domain.session.cadence import WORKING, Phase, PhaseKind
from tui.domain.session.clock import End, clock_text
from tui.domain.session.live import Running

NAME = "Stridelift"
# A title costs bytes: of a rest it tells no more than every fifth second.
STEP_S = 5
# A gap between two efforts that is no longer than this is not worth a title.
SHORT_S = 3
GAPS = frozenset({PhaseKind.RELEASE, PhaseKind.RESET, PhaseKind.SWITCH})


def title_words(clock: Running | None, now: datetime) -> str:
    """The title at ``now``: ``hold 3/8 L · Stridelift``, ``rest 0:45 · Stridelift``. Empty in a
    short gap, where the title stays."""
    if clock is None:
        return NAME
    view = clock.view(now)
    if view.kind in GAPS and (clock.timeline[view.phase].seconds or 0) <= SHORT_S:
        return ""
    if view.rested:
        words = "rest over"
    elif view.kind is PhaseKind.DONE:
        words = "set over"
    elif view.kind is PhaseKind.REST:
        words = f"rest {clock_text(ceil(view.seconds / STEP_S) * STEP_S)}"
    else:
        words = _phase_words(clock.timeline[view.phase])
    paused = " paused" if clock.watch.paused_at is not None else ""
    return f"{words}{paused} · {NAME}"


def _phase_words(phase: Phase) -> str:
    if phase.kind not in WORKING:
        return phase.label.lower()
    count = f" {phase.index}/{phase.of}" if phase.of > 1 else ""
    side = "" if phase.side is Side.BOTH else f" {phase.side[:1].upper()}"
    return f"{phase.kind}{count}{side}"


def end_words(end: End, name: str) -> str:
    """What has ended, in a set of the exercise called ``name``."""
    if end.phase.kind is PhaseKind.REST:
        return "The rest is over."
    return f"{name}: {'set' if end.last else end.phase.label.lower()} over."
