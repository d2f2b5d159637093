"""Puts sets that each have a time together to workouts, for files that have no workouts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.workouts import OtherSet

# Longer than any rest, shorter than from a morning's workout to that of the evening.
GAP = timedelta(hours=3)


class Timed(Struct, frozen=True, kw_only=True, gc=False):
    """A set done ``at`` a time, of the exercise ``name``, in the workout that the file calls
    ``workout``. ``number`` is which set of the exercise it is, if the file says so. If the file has
    only dates, ``at`` is midnight and ``dated`` is true."""

    at: datetime
    name: str
    done: OtherSet
    number: int | None = None
    workout: str = ""
    category: str = ""
    dated: bool = False


class _Exercise(Struct):
    """An exercise as far as a workout has come: the ``place`` of its entry, the number and
    note of its last set, and how many sets were done in a row before another exercise came."""

    place: int
    number: int | None
    run: int
    note: str


class _Workout(Struct):
    started: datetime
    finished: datetime
    sets: list[Timed]


def gather(gathering: Gathering, sets: Iterable[Timed]) -> None:
    """Add sets to the workouts they belong to: a workout ends before a gap of three hours, and
    where the file names another one."""
    for key, one in enumerate(_workouts(sets)):
        alike = (one.started.tzinfo is None) == (one.finished.tzinfo is None)
        finished = one.finished if alike and one.finished > one.started else None
        head = one.sets[0]
        gathering.begin(key, one.started, finished=finished, dated=head.dated, name=head.workout)
        _add(gathering, key, one.sets)


def _workouts(sets: Iterable[Timed]) -> list[_Workout]:
    # Without zones: a file may mix times with and without one, which do not compare.
    rows = [(row.at.replace(tzinfo=None), row) for row in sets]
    if _newest_first([now for now, _ in rows]):
        rows.reverse()  # So that the sets of one minute are put right too.
    rows.sort(key=itemgetter(0))
    found: list[_Workout] = []
    named: dict[str, _Workout] = {}
    before, name = None, ""
    for now, row in rows:
        if before is None or now - before > GAP:
            named, name = {}, ""
        name = row.workout or name
        if (workout := named.get(name)) is None:
            workout = named[name] = _Workout(row.at, row.at, [])
            found.append(workout)
        workout.sets.append(row)
        workout.finished = row.at
        before = now
    return found


def _newest_first(times: Sequence[datetime]) -> bool:
    """Whether the sets of a workout go back in time. Whole workouts may, while their sets, which
    have the time of the workout then, stand in the order in which they were done."""
    steps = [later - earlier for earlier, later in pairwise(times)]
    back = sum(-GAP <= step < timedelta() for step in steps)
    return back > sum(timedelta() < step <= GAP for step in steps)


def _add(gathering: Gathering, key: Hashable, sets: Iterable[Timed]) -> None:
    """Add the sets of a workout. An exercise that comes again after others is a second entry,
    unless its sets are numbered on, or it was done in turns with the others."""
    known: dict[str, _Exercise] = {}
    before, place = "", -1
    for row in sets:
        one = known.get(row.name)
        if one is None or _again(one, row, contiguous=before == row.name):
            place += 1
            one = known[row.name] = _Exercise(place, None, 0, "")
        one.run = one.run + 1 if before == row.name else 1
        one.number = row.number
        before = row.name
        done = row.done
        # Some apps repeat the note of an exercise with each of its sets.
        if done.note and done.note == one.note:
            done = replace(done, note="")
        one.note = row.done.note
        gathering.add(key, one.place, done, name=row.name, category=row.category)


def _again(one: _Exercise, row: Timed, *, contiguous: bool) -> bool:
    """Whether a set begins the exercise a second time."""
    if one.number is not None and row.number is not None:
        return row.number < one.number or (not contiguous and row.number == one.number)
    return not contiguous and one.run > 1
