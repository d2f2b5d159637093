"""Gathers the rows of another app's file into workouts, and counts those that are no sets."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from msgspec import Struct, field

from tui.formats.json_lines import Problem, problem
from tui.formats.other_apps.workouts import (
    OtherEntry,
    OtherLog,
    OtherMetric,
    OtherSet,
    OtherWorkout,
)

MOST_PROBLEMS = 1000


class _Entry(Struct):
    name: str
    category: str
    note: str
    superset: str
    sets: list[OtherSet]


class _Workout(Struct):
    started: datetime
    finished: datetime | None
    dated: bool
    name: str
    note: str
    entries: dict[Hashable, _Entry] = field(default_factory=dict)


class Gathering:
    """What is read of a file so far. A reader calls :meth:`begin` for the workout of a row, then
    :meth:`add` for its set, or counts the row in ``rests``, ``skipped`` or ``empty``; it counts
    every row in ``rows``."""

    def __init__(self, app: str) -> None:
        self.app = app
        self.rows = self.rests = self.skipped = self.empty = 0
        self.metrics: list[OtherMetric] = []
        self.problems: list[Problem] = []
        self._workouts: dict[Hashable, _Workout] = {}

    def begin(
        self,
        key: Hashable,
        started: datetime,
        *,
        finished: datetime | None = None,
        dated: bool = False,
        name: str = "",
        note: str = "",
    ) -> None:
        """Begin the workout with this ``key``, unless it has begun."""
        if key not in self._workouts:
            self._workouts[key] = _Workout(started, finished, dated, name.strip(), note.strip())

    def add(
        self,
        key: Hashable,
        entry: Hashable,
        done: OtherSet,
        *,
        name: str,
        category: str = "",
        note: str = "",
        superset: str = "",
    ) -> None:
        """Add a set to an entry of a workout that has begun. The ``entry`` key tells two entries of
        one exercise apart. The first note of an entry counts, as some apps repeat it in each
        row."""
        entries = self._workouts[key].entries
        found = entries.get(entry)
        if found is None:
            found = entries[entry] = _Entry(name.strip(), category.strip(), "", superset, [])
        found.note = found.note or note.strip()
        # Some apps write the sets of an exercise in one row; equal ones may be one object.
        found.sets.append(found.sets[-1] if found.sets and found.sets[-1] == done else done)

    def wrong(self, line: int, message: object) -> None:
        """Note what is wrong with a row."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem(line, message))

    def log(self) -> OtherLog:
        """All of it, once."""
        # Each draft goes as its workout is made: both of all would be twice the memory.
        drafts = (self._workouts.pop(key) for key in list(self._workouts))
        made = [_made(one) for one in drafts if one.entries]
        # A file may mix times with and without a zone; for the order, a zone does not matter.
        made.sort(key=lambda one: one.started.replace(tzinfo=None))
        return OtherLog(
            app=self.app,
            workouts=tuple(made),
            metrics=tuple(self.metrics),
            rows=self.rows,
            rests=self.rests,
            skipped=self.skipped,
            empty=self.empty,
            problems=tuple(self.problems),
        )


def _made(draft: _Workout) -> OtherWorkout:
    return OtherWorkout(
        started=draft.started,
        finished=draft.finished,
        dated=draft.dated,
        name=draft.name,
        note=draft.note,
        entries=tuple(
            OtherEntry(
                name=one.name,
                sets=tuple(one.sets),
                category=one.category,
                note=one.note,
                superset=one.superset,
            )
            for one in draft.entries.values()
        ),
    )
