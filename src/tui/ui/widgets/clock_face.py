"""The clock face as lines: the phase in words, big digits, and what comes next.

The digits are three rows of half blocks, large enough to read from the bar.
"""

from __future__ import annotations

from datetime import datetime

from tui.domain.session.cadence import PhaseKind
from tui.domain.session.clock import View, clock_text
from tui.domain.session.live import Live
from tui.ui.widgets.styled_text import Line, Span

DIGIT_ROWS = 3
SHAPES = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
    "+": ("   ", "▄█▄", " ▀ "),
}
BAR = 20
LOUD = {
    PhaseKind.HOLD: "loud",
    PhaseKind.LOWER: "loud",
    PhaseKind.WORK: "loud",
    PhaseKind.SWITCH: "warn",
    PhaseKind.READY: "warn",
    PhaseKind.DONE: "accent",
}


def clock_lines(live: Live, now: datetime, whose: str = "") -> list[Line]:
    """Five lines; if no clock runs, only a hint. Left-aligned, so that a new second changes as few
    cells as possible. ``whose`` names the exercise if the cursor is on another one."""
    clock = live.clock
    if clock is None:
        over = live.rows and not live.unfinished()
        start = ("space", "starts the clock of this set")
        key, does = ("F", "finishes the session") if over else start
        idle: Line = [(f" {key}", "accent"), (f" {does}", "dim")]
        return [[], [], idle, [], []]
    view = clock.view(now)
    paused = clock.watch.paused_at is not None
    role = "dim" if paused else LOUD.get(view.kind, "")
    words: list[Span] = [(f" {view.words()}", "strong" if paused else role or "strong")]
    if paused:
        words.append(("  PAUSED, space goes on", "warn"))
    if whose:
        words.append((f"  {whose}", "dim"))
    return [words, *[[(f" {row}", role)] for row in _digits(view)], [_after(view)]]


def _digits(view: View) -> list[str]:
    return big_digits(("+" if view.over_s else "") + clock_text(view.seconds))


def _after(view: View) -> Span:
    """The progress of the set, in steps that change rarely, and what comes next."""
    if view.working_done:
        return (" space starts the next set", "dim")
    filled = int(view.set_fraction * BAR)
    return (f" {'━' * filled}{'╌' * (BAR - filled)}  {view.next}", "dim")


def big_digits(text: str) -> list[str]:
    """``text`` of digits, colons and plus signs as three rows of equal width."""
    return [" ".join(SHAPES[char][row] for char in text) for row in range(DIGIT_ROWS)]
