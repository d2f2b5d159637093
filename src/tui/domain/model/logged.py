"""Turn typed sets into rows of a session, for the screen and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from tui.domain.model.ids import derived
from tui.domain.model.notation import Written
from tui.domain.model.values import (
    Entry,
    Exercise,
    Kind,
    Measures,
    Prescription,
    Session,
    SetEntry,
    Side,
    Sides,
)


def on_sides(sides: Sides, typed: Sequence[Written]) -> list[Written]:
    """The typed rows, one per side: one amount for a one-sided exercise counts for each side."""
    if sides is Sides.BOTH or typed[0].side is not Side.BOTH:
        return list(typed)
    return [replace(row, side=side) for row in typed for side in (Side.LEFT, Side.RIGHT)]


def done_as(plan: Prescription) -> tuple[Written, ...]:
    """The rows that say that all sets of a plan were done just so."""
    return tuple(
        Written(number=one.number, side=goal.side, measures=goal.measures, kind=one.kind)
        for one in plan.sets
        for goal in one.goals
    )


def with_contacts(kind: Kind, feet: int | None, done: Measures) -> Measures:
    """``done`` with the foot contacts of jumps filled in from the reps: a two-footed landing counts
    as two (source trailrunner-lift)."""
    if kind is not Kind.PLYOMETRIC or feet is None or done.reps is None:
        return done
    return replace(done, contacts=done.reps * feet)


def id_of_day(day: date) -> str:
    """The id of the session for sets logged for a day outside any other session. It is always the
    same, so that two files about one day end up in one session."""
    midnight = datetime.combine(day, time(), UTC)
    return derived(int(midnight.timestamp() * 1000), f"session of {day.isoformat()}")


def with_sets(
    session: Session,
    exercise: Exercise,
    typed: Sequence[Written],
    *,
    edited: str,
    at: str,
    new_id: Callable[[], str],
    as_planned: bool = False,
) -> tuple[Session, tuple[SetEntry, ...]]:
    """The session with typed sets of an exercise added after its existing ones, and the new rows.

    ``edited`` is the instant of the change, ``at`` the instant the sets were done (empty: unknown).
    ``as_planned``: what was done is also what was prescribed.
    """
    entry = next(
        (e for e in session.entries if e.exercise == exercise.id and not e.deleted), None
    ) or Entry(id=new_id(), edited=edited, exercise=exercise.id, sets=())
    sided = [
        replace(row, measures=with_contacts(exercise.kind, exercise.jump_feet, row.measures))
        for row in on_sides(exercise.sides, typed)
    ]
    rows = tuple(_row(row, _number(entry, row, typed), edited, at, new_id()) for row in sided)
    if as_planned:
        rows = tuple(replace(row, prescribed=row.done) for row in rows)
    longer = replace(entry, sets=(*entry.sets, *rows))
    others = [longer if e.id == entry.id else e for e in session.entries]
    if longer not in others:
        others.append(longer)
    return replace(session, entries=tuple(others)), rows


def _number(entry: Entry, row: Written, typed: Sequence[Written]) -> int:
    """The number of a new set; warm-up and work sets are numbered separately."""
    before = max((s.number for s in entry.live() if s.kind is row.kind), default=0)
    return before + len({t.number for t in typed if t.kind is row.kind and t.number <= row.number})


def _row(typed: Written, number: int, edited: str, at: str, new_id: str) -> SetEntry:
    row = SetEntry(
        id=new_id,
        edited=edited,
        number=number,
        side=typed.side,
        kind=typed.kind,
        done=typed.measures,
        at=at,
    )
    return as_typed(row, typed, edited)


def as_typed(base: SetEntry, typed: Written, edited: str) -> SetEntry:
    """A set as done and described by what was typed; its note stays unless one was typed, and what
    was confirmed stays so while the same was done."""
    return replace(
        base,
        edited=edited,
        done=typed.measures,
        rir=typed.rir,
        effort=typed.effort,
        pain=typed.pain,
        flags=typed.flags,
        note=typed.note or base.note,
        undone=None,
        confirmed=typed.confirmed or (base.confirmed and base.done == typed.measures),
    )
