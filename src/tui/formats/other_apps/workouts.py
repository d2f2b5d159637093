"""The form that the logs of other apps are read into, before names are matched to the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.values import SetKind, Side
from tui.formats.json_lines import Problem, problem

Part = TypeVar("Part")
Name = TypeVar("Name", bound=Hashable)


AHEAD = timedelta(days=1)


class OtherSet(Struct, frozen=True, kw_only=True, gc=False):
    """One set, or one side of one. ``weight`` is in ``unit``, kg or lb; an empty unit means that
    the file does not say. A negative weight is assistance. ``distance`` is one for which the file
    does not say whether it is in kilometres or miles; it stands instead of ``distance_m``. ``at``
    is when the set was done, if the file says so for each set."""

    line: int
    kind: SetKind = SetKind.WORK
    side: Side = Side.BOTH
    weight: float | None = None
    unit: str = ""
    reps: int | None = None
    seconds: float | None = None
    distance_m: float | None = None
    distance: float | None = None
    rir: float | None = None
    note: str = ""
    at: datetime | None = None


class OtherEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One exercise of a workout, by the app's own ``name`` and ``category`` for it. Entries of a
    workout with the same ``superset`` were done in turns."""

    name: str
    sets: tuple[OtherSet, ...]
    category: str = ""
    note: str = ""
    superset: str = ""


class OtherWorkout(Struct, frozen=True, kw_only=True, gc=False):
    """One workout. ``started`` and ``finished`` are aware if the file has a zone or offset, else
    local wall-clock times. If the file has only a date, ``dated`` is true, and ``started`` is
    midnight of that day."""

    started: datetime
    finished: datetime | None = None
    dated: bool = False
    name: str = ""
    note: str = ""
    entries: tuple[OtherEntry, ...]


class OtherMetric(Struct, frozen=True, kw_only=True):
    """A value measured on a day: ``metric`` is an id of ours, such as body-weight-kg, or made of
    the app's own name."""

    line: int
    day: date
    metric: str
    value: float


class OtherLog(Struct, frozen=True, kw_only=True):
    """What the log of another ``app`` holds, oldest workout first.

    ``rows`` counts the rows or sets of the file. Of these, ``rests`` were rests, ``skipped`` were
    planned and not done, and ``empty`` say of nothing that was done; none of them is among the
    workouts. ``problems`` has the rows that cannot be read; they are left out of the workouts."""

    app: str
    workouts: tuple[OtherWorkout, ...] = ()
    metrics: tuple[OtherMetric, ...] = ()
    rows: int = 0
    rests: int = 0
    skipped: int = 0
    empty: int = 0
    problems: tuple[Problem, ...] = ()


def without_future(log: OtherLog, now: datetime) -> OtherLog:
    """The log with each workout that is still to come, by more than the clocks of the world differ,
    as a problem."""
    latest = now.replace(tzinfo=None) + AHEAD
    coming = [one for one in log.workouts if one.started.replace(tzinfo=None) > latest]
    if not coming:
        return log
    problems = (
        problem(
            one.entries[0].sets[0].line,
            f"the workout of {one.started:%Y-%m-%d} is still to come; correct its date",
        )
        for one in coming
    )
    left = tuple(one for one in log.workouts if one not in coming)
    return replace(log, workouts=left, problems=(*log.problems, *problems))


def merged(logs: Sequence[OtherLog]) -> OtherLog:
    """Several logs of one app as one. What stands in several of them, as in an older and a newer
    export, counts once; of two versions of an exercise in a workout the one with more sets."""
    workouts: dict[tuple[datetime, int], OtherWorkout] = {}
    for log in logs:
        for key, one in _numbered(log.workouts, lambda workout: workout.started):
            there = workouts.get(key)
            workouts[key] = one if there is None else _both(there, one)
    return OtherLog(
        app=logs[0].app,
        workouts=tuple(sorted(workouts.values(), key=lambda one: one.started.replace(tzinfo=None))),
        metrics=tuple(one for log in logs for one in log.metrics),
        rows=sum(log.rows for log in logs),
        rests=sum(log.rests for log in logs),
        skipped=sum(log.skipped for log in logs),
        empty=sum(log.empty for log in logs),
        problems=tuple(one for log in logs for one in log.problems),
    )


def _both(one: OtherWorkout, other: OtherWorkout) -> OtherWorkout:
    entries = dict(_numbered(one.entries, lambda entry: entry.name))
    for key, entry in _numbered(other.entries, lambda entry: entry.name):
        if key not in entries or len(entry.sets) > len(entries[key].sets):
            entries[key] = entry
    return replace(one, entries=tuple(entries.values()))


def _numbered(
    parts: Iterable[Part], named: Callable[[Part], Name]
) -> Iterator[tuple[tuple[Name, int], Part]]:
    """Each part with its name and how many of that name there have been."""
    seen: Counter[Name] = Counter()
    for part in parts:
        name = named(part)
        seen[name] += 1
        yield (name, seen[name]), part
