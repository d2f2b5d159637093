"""Steps of the clock: what its keys do, and the set that is over because its time is."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from tui.domain.model.values import Measures
from tui.domain.session.actions import Refused
from tui.domain.session.clock import Performed, performed
from tui.domain.session.events import ClockOp, Event, Sets
from tui.domain.session.live import Live, work_over
from tui.domain.session.set_steps import as_planned, confirm


def press(live: Live, op: str, item_id: str, now: datetime) -> list[Event]:
    """A key of the clock, see :class:`tui.domain.session.actions.Clock`; raises Refused."""
    clock = live.clock
    if op != "space":
        if clock is None:
            raise Refused("the clock is not running: space starts it")
        return [ClockOp(at=now, op=op)]
    if clock is not None and clock.led and live.is_open(clock.key):
        paused = clock.watch.paused_at is not None
        return [ClockOp(at=now, op="resume" if paused else "pause")]
    item = live.suggested(item_id or None)
    if item is None:
        raise Refused("all sets are logged: F finishes the session")
    key = live.open_keys(item)[0]
    return [*confirm(live, now), ClockOp(at=now, op="start", key=key)]


def tick(live: Live, now: datetime) -> list[Event]:
    """A timed set whose work was over by ``now`` stands done, unconfirmed; else nothing."""
    clock = live.clock
    if clock is None or not live.is_open(clock.key):
        return []
    ends = work_over(clock, now)
    if ends is None:
        return []
    # The same instant however late the tick is: after a kill it may be the next day.
    moment = datetime.fromtimestamp(clock.watch.started + clock.watch.paused_s + ends, now.tzinfo)
    seen = {p.side: p for p in performed(clock.timeline, ends)}
    rows = tuple(
        replace(row, done=cut_short(row.done, seen[row.side])) if row.side in seen else row
        for row in as_planned(live, clock.key, moment)
    )
    return [Sets(at=now, key=clock.key, rows=rows, pending=True)]


def cut_short(planned: Measures, seen: Performed) -> Measures:
    """What was planned, less what the clock did not see done; it sees holds, lowerings and time."""
    less = {
        name: done
        for name in ("holds", "hold_s", "reps", "duration_s")
        if (goal := getattr(planned, name)) is not None
        and (done := getattr(seen, name)) is not None
        and done < goal
    }
    return replace(planned, **less)
