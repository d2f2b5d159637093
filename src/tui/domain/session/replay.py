"""Rebuild a live session by replaying its events, and turn it into a session of the log.

Replaying the events (see :mod:`tui.domain.session.events`) restores the whole state, including the
clock and the undo history, so that a session survives a crash or a lost connection.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from tui.domain.model.codec import one_set
from tui.domain.model.edits import edit_of_session, taken_back
from tui.domain.model.joining import set_order
from tui.domain.model.positional_ids import entry_id, is_entry, is_set, set_id
from tui.domain.model.stamps import newest, stamp_after
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Session, SetEntry
from tui.domain.session.cadence import Timeline, compile_set, rest_only
from tui.domain.session.clock import Stopwatch, add, repeat, skip
from tui.domain.session.events import ClockOp, Event, Finish, Note, Plan, Sets, Start, Undo
from tui.domain.session.live import Item, Key, Live, Running, work_over

EXTRA_S = 15.0


def replay(events: Iterable[Event]) -> Live | None:
    """The state after these events; None if there are none. Raises BadDocument for an invalid
    event, saying what is wrong."""
    live: Live | None = None
    for event in events:
        live = apply(live, event)
    return live


def apply(live: Live | None, event: Event) -> Live:
    """The state after one more event; raises BadDocument if the event is invalid."""
    if isinstance(event, Start):
        if live is not None:
            raise BadDocument("a second start")
        return Live(
            id=event.id,
            started=event.at,
            programme=event.programme,
            part=event.part,
            items=event.items,
            stamp=event.at.isoformat(),
        )
    if live is None:
        raise BadDocument("the first event must be the start")
    if isinstance(event, ClockOp):
        return replace(live, clock=_clock(live, event))
    # Even if the clock was set back across a restart, the stamp must never get older.
    stamp = newest([live.stamp, event.at.isoformat()])
    if isinstance(event, Undo):
        return _undone(live, event.at, stamp)
    step = replace(live, before=live.before if event.more else live, after=None, stamp=stamp)
    match event:
        case Plan():
            return _with_items(step, event.items)
        case Sets():
            return _with_rows(step, event)
        case Note():
            return replace(step, note=event.text)
        case Finish():
            return replace(step, finished=event.at, clock=None)


def _with_items(live: Live, items: tuple[Item, ...]) -> Live:
    changed = replace(live, items=items)
    if not all(changed.plans(key) for key in live.rows):
        raise BadDocument("items leave out a set that is logged")
    clock = live.clock
    return changed if clock is None or changed.plans(clock.key) else replace(changed, clock=None)


def _with_rows(live: Live, event: Sets) -> Live:
    key, rows = event.key, event.rows
    one_set("rows", [row.side for row in rows])
    if not live.plans(key) or any((row.kind, row.number) != key[1:] for row in rows):
        raise BadDocument("rows of a set that is not planned")
    pending = tuple(other for other in live.pending if other != key)
    if event.pending:
        pending = (*pending, key)
    return replace(live, rows={**live.rows, key: rows}, pending=pending)


def _undone(live: Live, at: datetime, stamp: str) -> Live:
    """The state one step back. The clock keeps running, because time cannot be undone, unless it is
    past the work of a set that is open again: it would mark that set as done once more."""
    if live.before is None:
        return live
    # A finish is not done again without its end: it would only leave sets out.
    after = None if live.finished is not None else live
    back = replace(live.before, clock=live.clock, stamp=stamp, after=after)
    clock = back.clock
    if clock is None or not back.plans(clock.key):
        return replace(back, clock=None)
    over = not clock.led or work_over(clock, at) is not None
    return replace(back, clock=None) if over and back.is_open(clock.key) else back


def _clock(live: Live, event: ClockOp) -> Running | None:
    op, key, now = event.op, event.key, event.at.timestamp()
    if op == "stop":
        return None
    if key is not None:
        if not live.plans(key):
            raise BadDocument("the clock of a set that is not planned")
        led = op == "start"
        timeline = _timeline(live, key) if led else rest_only(live.item(key.item).now.rest_s)
        return Running(key=key, timeline=timeline, watch=Stopwatch(started=now), led=led)
    clock = live.clock
    if clock is None:
        raise BadDocument(f"{op} without a clock")
    elapsed = clock.watch.elapsed(now)
    match op:
        case "pause":
            return replace(clock, watch=clock.watch.pause(now))
        case "resume":
            return replace(clock, watch=clock.watch.resume(now))
        case "skip":
            return replace(clock, timeline=skip(clock.timeline, elapsed))
        case "repeat":
            return replace(clock, timeline=repeat(clock.timeline, elapsed))
        case "add":
            return replace(clock, timeline=add(clock.timeline, elapsed, EXTRA_S))
    raise BadDocument(f"an unknown clock event {op!r}")


def _timeline(live: Live, key: Key) -> Timeline:
    item = live.item(key.item)
    return compile_set(item.planned(key), item.kind, item.sides, live.rest_after(key))


def to_session(live: Live) -> Session:
    """The session as it goes into the log: exercises with at least one row. Unconfirmed sets count
    as done."""
    entries: list[Entry] = []
    for item in live.items:
        rows: list[SetEntry] = [
            row for key in item.keys() if key in live.rows for row in live.rows[key]
        ]
        if rows:
            entry = Entry(
                id=item.entry or f"{live.id}-{item.id}",
                edited=newest(row.edited for row in rows),
                order=len(entries),
                exercise=item.exercise,
                sets=tuple(sorted(rows, key=set_order)),
                superset=item.superset,
            )
            entries.append(entry if item.entry else _with_lasting_ids(live, entry))
    ids = [entry.id for entry in entries]
    if ids == sorted(ids):
        entries = [replace(entry, order=None) for entry in entries]
    return Session(
        id=live.id,
        edited=live.stamp,
        started=live.started,
        finished=live.finished,
        programme=live.programme,
        part=live.part,
        note=live.note,
        entries=tuple(entries),
    )


def _with_lasting_ids(live: Live, entry: Entry) -> Entry:
    """An entry of a journal that was begun under schema 1, whose ids count places."""
    old, exercise = entry.id, entry.exercise
    return replace(
        entry,
        id=entry_id(live.started, old, exercise) if is_entry(old, live.id) else old,
        was=old,
        sets=tuple(
            replace(row, id=set_id(live.started, row.id, exercise, row.at, row.edited), was=row.id)
            if is_set(row.id, live.id)
            else row
            for row in entry.sets
        ),
    )


def session_of(events: Iterable[Event]) -> Session | None:
    """The session that a journal's events amount to; None if it has no sets and no note. What an
    earlier finish filed counts as the version before; what was undone since leaves tombstones."""
    live: Live | None = None
    filed: Session | None = None
    for event in events:
        if isinstance(event, Undo) and live is not None and live.finished is not None:
            filed = _next(live, filed).tombstone(event.at.isoformat())
        live = apply(live, event)
    if live is None or not (live.rows or live.note):
        return None
    return _next(live, filed)


def _next(live: Live, filed: Session | None) -> Session:
    """The session as the next version of what was ``filed`` at an earlier finish and then deleted,
    as that finish was undone."""
    session = to_session(live)
    if filed is None:
        return session
    alive = replace(filed, deleted=False)
    made = edit_of_session(taken_back(session, alive), alive, live.stamp)
    stamp = stamp_after(live.stamp, [filed.edited])
    return replace(made, edited=stamp, replaces=(*filed.replaces, filed.edited), deleted=False)
