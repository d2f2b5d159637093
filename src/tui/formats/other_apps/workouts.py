"""The form that the logs of other apps are read into, before names are matched to the library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from tui.domain.model.values import SetKind, Side
from tui.formats.json_lines import Problem


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


def merged(logs: Sequence[OtherLog]) -> OtherLog:
    """Several logs of one app as one."""
    return OtherLog(
        app=logs[0].app,
        workouts=tuple(one for log in logs for one in log.workouts),
        metrics=tuple(one for log in logs for one in log.metrics),
        rows=sum(log.rows for log in logs),
        rests=sum(log.rests for log in logs),
        skipped=sum(log.skipped for log in logs),
        empty=sum(log.empty for log in logs),
        problems=tuple(one for log in logs for one in log.problems),
    )
