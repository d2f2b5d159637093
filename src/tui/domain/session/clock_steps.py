"""Clock steps: what the clock keys do, and marking a timed set as done when its time is up."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from tui.domain.model.values import Measures
from tui.domain.session.actions import Refused
from tui.domain.session.clock import Performed, performed
from tui.domain.session.events import ClockOp, Event, Sets
from tui.domain.session.live import Live, work_over
from tui.domain.session.set_steps import NewId, as_planned, confirm


def press(live: Live, op: str, item_id: str, now: datetime) -> list[Event]:
    """The events of a clock key (see :class:`tui.domain.session.actions.Clock`); raises Refused."""
    clock = live.clock
    if op != "space":
        if clock is None:
            raise Refused("The clock stands still. space starts it.")
        return [ClockOp(at=now, op=op)]
    if clock is not None and clock.led and live.is_open(clock.key):
        paused = clock.watch.paused_at is not None
        return [ClockOp(at=now, op="resume" if paused else "pause")]
    item = live.suggested(item_id or None)
    if item is None:
        raise Refused("All sets are done. F finishes.")
    key = live.open_keys(item)[0]
    return [*confirm(live, now), ClockOp(at=now, op="start", key=key)]


def tick(live: Live, now: datetime, new_id: NewId) -> list[Event]:
    """The event that marks a timed set as done but unconfirmed, if its work is over by ``now``."""
    clock = live.clock
    if clock is None or not live.is_open(clock.key):
        return []
    ends = work_over(clock, now)
    if ends is None:
        return []
    # Use the instant the work ended, not the time of the tick: after a crash that may be next day.
    moment = datetime.fromtimestamp(clock.watch.started + clock.watch.paused_s + ends, now.tzinfo)
    seen = {p.side: p for p in performed(clock.timeline, ends)}
    rows = tuple(
        replace(row, done=cut_short(row.done, seen[row.side])) if row.side in seen else row
        for row in as_planned(live, clock.key, moment, new_id)
    )
    return [Sets(at=now, key=clock.key, rows=rows, pending=True)]


def cut_short(planned: Measures, seen: Performed) -> Measures:
    """The planned measures, reduced to what the clock saw done: holds, lowerings and time."""
    less = {
        name: done
        for name in ("holds", "hold_s", "reps", "duration_s")
        if (goal := getattr(planned, name)) is not None
        and (done := getattr(seen, name)) is not None
        and done < goal
    }
    return replace(planned, **less)
