"""Presents today's session in one short line, for a status bar."""

from __future__ import annotations

from datetime import date

from tui.domain.model.cells import cell_width, fitted
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import clock, short_day
from tui.domain.session.live import Live

WIDTH = 40
UNREADABLE = "Log not readable · stridelift doctor"


def short_line(day: date, plan: Plan, live: Live | None, hours: int = 24) -> str:
    """The session under way, else the next one, in at most 40 cells. A long name is cut, never what
    is told of it."""
    if live is not None:
        done, every = live.progress
        return f"Under way {done} of {every}"
    # It may rest on too little; the doctor says what is missing.
    gap = " · log gap" if plan.has_gap else ""
    due = plan.due
    if plan.paused:
        return "Programme paused"
    if not plan.items and plan.resting:
        return "Rest today"
    length = f" · {plan.minutes} min{gap}" if plan.items else ""
    if due is None:
        return _named(plan.part.name, f" next{length}")
    if due.day == day:
        start = "" if due.start is None else f" {clock(due.start, hours)}"
        return _named(plan.part.name, f" today{start}{length}")
    is_done = plan.followed is not None and plan.followed.last == day
    return f"{'Done' if is_done else 'Rest'} · next {short_day(due.day)}{gap}"


def _named(name: str, told: str) -> str:
    return f"{fitted(name, WIDTH - cell_width(told))}{told}"
