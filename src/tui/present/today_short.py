"""Presents today's session in one short line, for a status bar."""

from __future__ import annotations

from tui.domain.model.cells import cell_width, fitted
from tui.domain.planning.wording import clock, short_day
from tui.present.today import Today

WIDTH = 40
UNREADABLE = "log not readable · stridelift doctor"


def short_line(today: Today) -> str:
    """The session under way, else the next one, in at most 40 cells. A long name is cut, never what
    is told of it."""
    if today.live is not None:
        done, every = today.progress
        return f"under way {done} of {every}"
    plan, due = today.plan, today.plan.due
    if plan.paused:
        return "programme paused"
    if not plan.items and plan.resting:
        return "Rest today"
    length = f" · {plan.minutes} min" if plan.items else ""
    if due is None:
        return _named(plan.part.name, f" next{length}")
    if due.day == today.day:
        start = "" if due.start is None else f" {clock(due.start, today.hours)}"
        return _named(plan.part.name, f" today{start}{length}")
    is_done = plan.followed is not None and plan.followed.last == today.day
    return f"{'Done' if is_done else 'Rest'} · next {short_day(due.day)}"


def _named(name: str, told: str) -> str:
    return f"{fitted(name, WIDTH - cell_width(told))}{told}"
