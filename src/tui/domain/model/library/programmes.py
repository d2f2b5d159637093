"""Check a programme of a library file: plain JSON in, frozen values out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tui.domain.model.library.checks import DOSE, dose_fields
from tui.domain.model.validation import Fields, Span
from tui.domain.model.values import (
    ROUTINE,
    SNACK,
    Level,
    Part,
    Phase,
    Programme,
    Schedule,
    SetKind,
    Slot,
    Turn,
)

WEEK = Span("", 1, 520)
GAP = Span("days", 1, 14)
A_WEEK = Span("", 1, 14)
SESSIONS = Span("", 1, 100)


def objects(fields: Fields, key: str, low: int, high: int, of: str) -> Iterator[Fields]:
    """A reader for each object of the list at ``key``; its path includes the place in the list."""
    for place, raw in enumerate(fields.items(key, low, high, of), 1):
        if inner := fields.inside(f"{key}.{place}", raw):
            yield inner


def read_slot(fields: Fields) -> Slot:
    """One line of a session: the exercises to choose from, how many to pick, and any own dose."""
    exercises = fields.words("exercises", 1, 40, "exercise ids", fields.is_id)
    kind = fields.choice("kind", [SetKind.WORK, SetKind.WARMUP]) if fields.may("kind") else ""
    turn = fields.choice("turn", [t.value for t in Turn]) if fields.may("turn") else ""
    slot = Slot(
        exercises=exercises,
        pick=fields.number_or("pick", Span("", 1, max(1, len(exercises))), 1),
        turn=Turn(turn or "session"),
        dose=read_slot_dose(fields) if fields.may("dose") else {},
        kind=SetKind(kind or "work"),
        steep=read_course(fields, "steep"),
        flat=read_course(fields, "flat"),
        slow_s=fields.number_or("slow_s", DOSE["tempo_s"], None),
        fast=_flag(fields, "fast"),
        asks=fields.text("asks") if fields.may("asks") else "",
        ours=fields.text("ours") if fields.may("ours") else "",
    )
    fields.close()
    return slot


def read_course(fields: Fields, key: str) -> tuple[str, ...]:
    """The exercises of a slot on one kind of course, if others."""
    return fields.words(key, 1, 40, "exercise ids", fields.is_id) if fields.may(key) else ()


def read_slot_dose(fields: Fields) -> Mapping[str, Any]:
    """The dose of a slot: its numbers, or for each level that differs, an object of numbers."""
    dose = fields.inside("dose", fields.raw["dose"])
    if dose is None:
        return {}
    if not any(level in dose.raw for level in Level):
        return dose_fields(dose)
    levels = {
        level.value: dose_fields(inner)
        for level in Level
        if dose.may(level) and (inner := dose.inside(level, dose.raw[level]))
    }
    dose.close()
    return levels


def read_part(fields: Fields) -> Part:
    """One session of a programme."""
    part = Part(
        id=fields.ident("id"),
        name=fields.text("name"),
        slots=tuple(read_slot(slot) for slot in objects(fields, "slots", 1, 30, "slots")),
        focus=fields.text("focus") if fields.may("focus") else "",
        minutes=fields.number_or("minutes", Span("", 1, 240), None),
    )
    fields.close()
    return part


def read_phase(fields: Fields, known: Collection[str], due: int) -> Phase:
    """A phase, which must begin in week ``due`` and use only ``known`` parts."""
    # A part may come twice in a week.
    parts = tuple(p for p in fields.items("parts", 1, 14, "part ids") if fields.is_id("parts", p))
    phase = Phase(
        first_week=fields.number("first_week", WEEK),
        last_week=fields.number_or("last_week", WEEK, None),
        parts=parts,
        name=fields.text("name") if fields.may("name") else "",
        sessions=fields.number_or("sessions", SESSIONS, 0),
    )
    if phase.first_week != due:
        fields.wrong("first_week", f"must be {due}: phases follow one another without a gap")
    if phase.last_week is not None and phase.last_week < phase.first_week:
        fields.wrong("last_week", "must not be before first_week")
    for part in parts:
        if part not in known:
            fields.wrong("parts", f"no part of this programme is called {part}")
    fields.close()
    return phase


def read_schedule(fields: Fields, known: Collection[str]) -> Schedule:
    """One schedule of a programme; its phases must follow one another without a gap."""
    phases: list[Phase] = []
    due = 1
    for inner in objects(fields, "phases", 1, 20, "phases"):
        if phases and phases[-1].last_week is None:
            inner.wrong("first_week", "cannot be reached: the phase before has no last_week")
            continue
        phases.append(read_phase(inner, known, due))
        due = (phases[-1].last_week or 0) + 1
    repeats = _flag(fields, "repeats")
    if repeats and phases and phases[-1].last_week is None:
        fields.wrong("repeats", "needs a last_week in the last phase")
    schedule = Schedule(
        id=fields.ident("id"),
        name=fields.text("name"),
        phases=tuple(phases),
        gap_days=read_gap(fields) if fields.may("gap_days") else None,
        repeats=repeats,
        per_week=fields.number_or("per_week", A_WEEK, None),
        near_race=fields.number_or("near_race", A_WEEK, None),
    )
    fields.close()
    return schedule


def _flag(fields: Fields, key: str) -> bool:
    """An optional true or false; false if it is neither."""
    value = fields.may(key) and fields.raw[key]
    if not isinstance(value, bool):
        fields.wrong(key, "must be true or false")
    return value is True


def read_gap(fields: Fields) -> tuple[int, int] | None:
    """The fewest and the most days between two parts."""
    value = fields.raw["gap_days"]
    if isinstance(value, list) and len(value) == 2:
        low, high = value
        if not all(fields.is_number("gap_days", days, GAP) for days in value):
            return None
        if low <= high:
            return low, high
    fields.wrong("gap_days", "must be two numbers of days, the least first")
    return None


def read_programme(fields: Fields) -> Programme:
    """One programme, valid only if it added no problem. Exercise ids are not looked up here."""
    parts = tuple(read_part(part) for part in objects(fields, "parts", 1, 20, "parts"))
    known = {part.id for part in parts}
    schedules = tuple(
        read_schedule(schedule, known)
        for schedule in objects(fields, "schedules", 1, 10, "schedules")
    )
    for key, ids in (("parts", known), ("schedules", {schedule.id for schedule in schedules})):
        if len(ids) != len(parts if key == "parts" else schedules):
            fields.wrong(key, "two of them have the same id")
    name = fields.ident("id")
    if name in (ROUTINE, SNACK):
        fields.wrong("id", "is kept for sessions of no programme")
    programme = Programme(
        id=name,
        name=fields.text("name"),
        about=fields.text("about"),
        parts=parts,
        schedules=schedules,
        sources=fields.words("sources", 1, 8, "source ids", fields.is_id),
    )
    fields.close()
    return programme
