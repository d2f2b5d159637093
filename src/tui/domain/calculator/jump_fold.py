"""Fold a session's jumps into the log state: foot contacts, tier and landing quality.

They are kept for the session as a whole and for each exercise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.bouts import (
    WORST,
    Bout,
    Ease,
    Grade,
    bout,
    plan_of,
)
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import (
    rested_for_race,
)
from tui.domain.calculator.state import (
    JumpDay,
    Setup,
)
from tui.domain.model.values import Exercise, Kind, Measures, SetEntry

TIERS = {"low": 0, "medium": 1, "high": 2}
KEPT_JUMPS = 4


def jumps_after(
    setup: Setup,
    before: tuple[JumpDay, ...],
    done: Mapping[str, Sequence[SetEntry]],
    lowered: Mapping[str, bool],
    day: date,
) -> tuple[JumpDay, ...]:
    """The recent jump sessions, including this one if it had a jump."""
    contacts = 0
    tier = -1
    worst: list[Bout] = []
    guarded = False
    for name, rows in done.items():
        exercise = setup.library.exercises[name]
        if exercise.kind is not Kind.PLYOMETRIC:
            continue
        mine = sum(contacts_of(exercise, row) for row in rows)
        found = bout(exercise, rows, day, None)
        if not mine or found is None:
            continue
        contacts += mine
        tier = max(tier, TIERS.get(exercise.jump_tier or "low", 0))
        worst.append(found)
        guarded = guarded or lowered[name]
    if not worst:
        return before
    least = max(worst, key=lambda one: WORST.index(one.grade))
    grade, cause = least.grade, least.cause
    if before and rested_for_race(setup, before[-1].day, day):
        before = tuple(replace(jump, grade=Grade.FRESH) for jump in before)
    if before and before[-1].day == day:
        last = before[-1]
        contacts, tier = contacts + last.contacts, max(tier, last.tier)
        grade, cause = max(
            ((grade, cause), (last.grade, last.cause)), key=lambda found: WORST.index(found[0])
        )
        guarded = guarded or last.guarded
        before = before[:-1]
    made = JumpDay(
        day=day,
        contacts=contacts,
        tier=tier,
        grade=grade,
        cause=cause,
        guarded=guarded,
    )
    return (*before, made)[-KEPT_JUMPS:]


def jumped_after(
    setup: Setup,
    before: Mapping[str, tuple[JumpDay, ...]],
    rows_of: Mapping[str, Sequence[SetEntry]],
    fired: Mapping[str, Guards],
    day: date,
) -> Mapping[str, tuple[JumpDay, ...]]:
    """The recent sessions of each jump by exercise, including this one's. ``rows_of`` are the work
    sets, ``fired`` the guards of that day."""
    after = dict(before)
    for name, rows in rows_of.items():
        exercise = setup.library.exercises[name]
        if exercise.kind is not Kind.PLYOMETRIC:
            continue
        known = before.get(name, ())
        made = _jump_day(exercise, rows, day, eased=_eased(fired[name], known))
        if made is not None:
            after[name] = _with_day(setup, known, made)
    return after


def _eased(guard: Guards, known: Sequence[JumpDay]) -> bool:
    """Whether a session was easier by plan, or a guard that only holds repeated one that was."""
    if guard.lowers:
        return guard.ease is Ease.PLANNED
    return bool(guard) and bool(known) and known[-1].guarded


def _jump_day(
    exercise: Exercise, rows: Sequence[SetEntry], day: date, *, eased: bool
) -> JumpDay | None:
    """One jump in one session from its work ``rows``; None if nothing was done."""
    found = bout(exercise, rows, day, None)
    sets: dict[int, int] = {}
    for row in rows:
        if row.undone is None:
            sets[row.number] = sets.get(row.number, 0) + contacts_of(exercise, row)
    contacts = sum(sets.values())
    if found is None or not contacts:
        return None
    return JumpDay(
        day=day,
        contacts=contacts,
        tier=TIERS.get(exercise.jump_tier or "low", 0),
        grade=found.grade,
        cause=found.cause,
        guarded=eased,
        asked=sum(_contacts(exercise, plan_of(row)) for row in rows),
        largest=max(sets.values()),
    )


def _with_day(setup: Setup, known: tuple[JumpDay, ...], made: JumpDay) -> tuple[JumpDay, ...]:
    """The sessions of one jump with one more; what was done before on the same day is added to
    it."""
    if known and rested_for_race(setup, known[-1].day, made.day):
        known = tuple(replace(one, grade=Grade.FRESH) for one in known)
    if known and known[-1].day == made.day:
        last, known = known[-1], known[:-1]
        worst = max((made, last), key=lambda one: WORST.index(one.grade))
        made = replace(
            worst,
            contacts=made.contacts + last.contacts,
            asked=made.asked + last.asked,
            largest=max(made.largest, last.largest),
            guarded=made.guarded or last.guarded,
        )
    if made.guarded and known and known[-1].guarded:
        known = known[:-1]  # So that the last full session stays among those kept.
    return (*known, made)[-KEPT_JUMPS:]


def contacts_of(exercise: Exercise, row: SetEntry) -> int:
    """The foot contacts of one set: as logged, or its reps times the feet that land
    (trailrunner-lift counts a landing on both feet as two)."""
    return _contacts(exercise, row.done)


def _contacts(exercise: Exercise, measures: Measures) -> int:
    if measures.contacts is not None:
        return measures.contacts
    return (measures.reps or 0) * (exercise.jump_feet or 1)
