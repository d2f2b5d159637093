"""Sessions for the files of other apps, and what such a file can hold of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from tests import strategies
from tui.domain.model.library.catalog import Library, exercise_name
from tui.domain.model.text import clean
from tui.domain.model.values import Measures, Session, SetEntry, SetKind
from tui.domain.model.visible import visible
from tui.formats.other_apps.workouts import OtherLog, OtherSet

Held = tuple[Any, ...]


@st.composite
def _row(draw: st.DrawFn, row: SetEntry) -> SetEntry:
    """The set in whole metres and seconds, with the load to the gram, effort in half reps."""
    m = row.done
    places = {"load_kg": 3, "assist_kg": 3, "hold_s": 0, "distance_m": 0, "duration_s": 0}
    rounded = {
        name: round(value, places)
        for name, places in places.items()
        if (value := getattr(m, name)) is not None
    }
    return replace(
        row,
        done=replace(m, **rounded),
        rir=draw(strategies.maybe(st.integers(0, 8).map(lambda n: n / 2))),
        # In Hevy's files a backslash and an n are a line break.
        note=draw(strategies.texts).replace("\\", "/"),
    )


@st.composite
def sessions(draw: st.DrawFn) -> list[Session]:
    """Up to two sessions, on different days."""
    found = draw(
        st.lists(strategies.trainings, max_size=2, unique_by=lambda each: each.started.date())
    )
    return [
        replace(
            each,
            note=draw(strategies.texts),
            entries=tuple(
                replace(entry, sets=tuple(draw(_row(row)) for row in entry.sets))
                for entry in each.entries
            ),
        )
        for each in found
    ]


def held(sessions: Iterable[Session], library: Library) -> dict[Any, list[Held]]:
    """By the start of the workout, to the minute, and the exercise: what a file can hold of the
    sets, in the order in which they are shown."""
    found: dict[Any, list[Held]] = {}
    kinds = list(SetKind)
    for session in map(visible, sessions):
        start = session.started.replace(tzinfo=None, second=0, microsecond=0)
        for entry in session.live() if not session.deleted else ():
            name = exercise_name(library, entry.exercise)
            rows = sorted(
                entry.live(), key=lambda row: (kinds.index(row.kind), row.number, row.side)
            )
            for row in rows:
                if row.undone is None and (amount := _amount(row.done)):
                    *counts, words = amount
                    note = "\n".join(map(clean, row.note.strip().splitlines())).strip()
                    notes = " · ".join(filter(None, [words, note]))
                    load = row.done.net_kg or None
                    did = row.kind, row.side, load, *counts, row.rir, notes
                    found.setdefault((start, name), []).append(did)
    return found


def _amount(m: Measures) -> tuple[int | None, float | None, float | None, str] | None:
    """Repetitions, metres, seconds and what is said of them; None for nothing."""
    reps = next((n for n in (m.reps, m.contacts) if n is not None), None)
    words, seconds = "", m.hold_s or m.duration_s
    if m.holds is not None and m.hold_s:
        words, seconds = f"{m.holds} × {m.hold_s:g} s", m.holds * m.hold_s or m.duration_s
    elif m.holds is not None and reps is None:
        reps = m.holds
    if not (reps or m.distance_m or seconds):
        return None
    return reps or None, m.distance_m or None, seconds or None, words


def came_back(log: OtherLog) -> dict[Any, list[Held]]:
    """The same of what was read, if weights without a unit are kilograms and distances
    kilometres. The note on an exercise counts with its first set."""
    assert not log.problems
    found: dict[Any, list[Held]] = {}
    for workout in log.workouts:
        start = workout.started.replace(second=0)
        for entry in workout.entries:
            for place, row in enumerate(entry.sets):
                note = row.note or (entry.note if place == 0 else "")
                found.setdefault((start, entry.name), []).append((*_read(row), note))
    return found


def _read(row: OtherSet) -> Held:
    metres = row.distance_m if row.distance is None else round(row.distance * 1000)
    return row.kind, row.side, row.weight, row.reps, metres, row.seconds, row.rir
