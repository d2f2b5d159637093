"""Fold a session's jumps into the log state: its foot contacts, tier and landing quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.bouts import (
    WORST,
    Bout,
    Grade,
    bout,
)
from tui.domain.calculator.guards import (
    rested_for_race,
)
from tui.domain.calculator.state import (
    JumpDay,
    Setup,
)
from tui.domain.model.values import Exercise, Kind, SetEntry

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


def contacts_of(exercise: Exercise, row: SetEntry) -> int:
    """The foot contacts of one set: as logged, or its reps times the feet that land
    (trailrunner-lift counts a landing on both feet as two)."""
    if row.done.contacts is not None:
        return row.done.contacts
    return (row.done.reps or 0) * (exercise.jump_feet or 1)
