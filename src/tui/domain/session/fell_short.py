"""A first guess at a set that fell short of its plan."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from tui.domain.model.notation import Written
from tui.domain.model.values import Goal, Measures
from tui.domain.session.clock import performed
from tui.domain.session.clock_steps import cut_short
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.plan_steps import stepped


def short_of(live: Live, item: Item, key: Key, now: datetime) -> tuple[Written, ...]:
    """How far a failed set probably got: what the clock saw, or one step less than planned; reps
    with none to spare."""
    clock, goals = live.clock, item.planned(key).goals
    if clock is not None and clock.led and clock.key == key:
        elapsed = clock.watch.elapsed(now.timestamp())
        seen = {side.side: side for side in performed(clock.timeline, elapsed)}
        timed = goals[0].measures.reps is None or goals[0].measures.tempo_s is not None
        if timed and seen:
            return tuple(
                _written(g, cut_short(g.measures, seen[g.side])) for g in goals if g.side in seen
            )
    less = (_written(g, stepped(g.measures, -1, item.feet or 1)) for g in goals)
    return tuple(replace(row, rir=0) if row.measures.reps is not None else row for row in less)


def _written(goal: Goal, measures: Measures) -> Written:
    return Written(number=1, side=goal.side, measures=measures)
