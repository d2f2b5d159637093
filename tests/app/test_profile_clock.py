"""Settings and the calendar under a clock that jumps: what was confirmed is what is read, here and
after a join with any older copy of the file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples
from tui.app.logbook import Logbook
from tui.bootstrap import shipped_library
from tui.domain.calculator.advice import Priority, Race
from tui.domain.planning.calendar_changes import (
    Change,
    easier_week,
    gym_or_none,
    usual_week,
    with_away,
    with_race,
    with_run,
    without,
)
from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY, Listed, listed
from tui.domain.planning.dated_values import Held, history
from tui.domain.planning.diary import Away, RunKind, WeeklyRun
from tui.domain.planning.profile_joining import join_profiles
from tui.domain.planning.run_parser import a_run
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

LIBRARY = shipped_library()
DAY = date(2026, 11, 29)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
KINDS: tuple[Listed[Any], ...] = (RACES, RUNS, WEEKLY, STEP_DOWN, AWAY)

Read = dict[str, Any]


class Runner:
    """Changes settings and calendar, each time by a clock of its own, and knows what must be
    read."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder)
        self.now = datetime(2026, 11, 29, 12, tzinfo=UTC)
        self.book = Logbook(self.paths, LIBRARY, now=lambda: self.now, random_bits=lambda: 1)
        self.book.open(write=True)
        self.settings: dict[str, list[Held]] = {}
        self.calendar: dict[str, list[Any]] = {kind.key: [] for kind in KINDS}
        self.undo: list[Callable[[], None]] = []
        self.changes: list[tuple[str, list[Any]]] = []
        self.copies: list[dict[str, Any]] = []

    def set(self, key: str, value: Any) -> None:
        today, before = self.now.date(), self.settings.get(key, [])
        self.book.profile.set(key, value)
        self.settings[key] = [*(held for held in before if held[0] < today), (today, value)]

        def back() -> None:
            self.book.profile.put_back(key, before)
            self.settings[key] = before

        self.undo.append(back)

    def unset(self, key: str) -> None:
        self.book.profile.unset(key)
        self.settings[key] = []

    def put_back(self) -> None:
        if self.undo:
            self.undo.pop()()

    def change(self, change: Change) -> None:
        key = change.listed.key
        before = self.calendar[key]
        self.book.profile.change_calendar(change)
        left = [value for value in before if not change.drop(value)]
        self.calendar[key] = [*left, *change.add]
        self.changes.append((key, before))

    def gym(self) -> None:
        self.change(gym_or_none(self.book.profile.diary, self.now.date()))

    def remove_first(self, kind: Listed[Any]) -> None:
        self.change(without(kind, self.calendar[kind.key][:1]))

    def unkeep(self) -> None:
        key, before = self.changes.pop() if self.changes else (None, [])
        assert self.book.profile.unkeep() == key
        if key is not None:
            self.calendar[key] = before

    def check(self) -> None:
        wanted = {
            **{key: held for key, held in self.settings.items() if held},
            **{kind.key: sorted(self.calendar[kind.key], key=order(kind)) for kind in KINDS},
        }
        store = ProfileStore(self.paths, writable=False)
        stored = store.histories()
        found: Read = {
            **{key: stored[key] for key in self.settings if key in stored},
            **{kind.key: sorted(listed(stored, kind), key=order(kind)) for kind in KINDS},
        }
        assert found == wanted
        if not self.paths.profile.exists():
            return
        tables = orjson.loads(self.paths.profile.read_bytes())
        del tables["meta"]
        self.copies.append(tables)
        for older in self.copies:
            assert of_tables(join_profiles(older, tables)) == of_tables(tables)


def of_tables(tables: dict[str, Any]) -> Read:
    """What is read from the tables of a profile.json."""
    return {
        "settings": {k: h for k, doc in tables.get("settings", {}).items() if (h := history(doc))},
        **{
            name: sorted(key for key, doc in table.items() if "deleted" not in doc)
            for name, table in tables.items()
            if name != "settings"
        },
    }


def order(kind: Listed[Any]) -> Callable[[Any], Any]:
    return lambda value: (kind.order(value), repr(value))


STEPS: list[Callable[[Runner], None]] = [
    lambda runner: runner.set("level", "beginner"),
    lambda runner: runner.set("level", "advanced"),
    lambda runner: runner.set("pause", True),
    lambda runner: runner.set("pause", False),
    lambda runner: runner.unset("level"),
    Runner.put_back,
    lambda runner: runner.change(with_race(Race(day=DAY, name="Ridge"))),
    lambda runner: runner.change(with_race(Race(day=DAY, name="RIDGE", priority=Priority.C))),
    lambda runner: runner.change(with_race(Race(day=DAY, name="Ford"))),
    lambda runner: runner.change(with_run(a_run("2026-11-29 08:00 long", DAY))),
    lambda runner: runner.change(with_run(a_run("2026-11-29 08:00 easy 12km", DAY))),
    lambda runner: runner.change(with_run(WeeklyRun(1, RunKind.SPEED))),
    lambda runner: runner.change(with_run(WeeklyRun(1, RunKind.LONG))),
    lambda runner: runner.change(with_away(Away(DAY, DAY, frozenset({"band"})))),
    lambda runner: runner.change(with_away(Away(DAY, DAY + timedelta(days=2)))),
    lambda runner: runner.change(easier_week(DAY)),
    lambda runner: runner.change(usual_week(DAY)),
    lambda runner: runner.remove_first(RACES),
    lambda runner: runner.remove_first(RUNS),
    lambda runner: runner.remove_first(WEEKLY),
    lambda runner: runner.remove_first(AWAY),
    Runner.gym,
    Runner.unkeep,
    Runner.unkeep,
]
JUMPS = [0, 1, -1, 60, -3600, 86_400, -86_400, 40 * 86_400, -400 * 86_400, 4000 * 86_400]


@examples(200)
@given(st.lists(st.tuples(st.sampled_from(JUMPS), st.sampled_from(range(len(STEPS)))), max_size=12))
def test_what_was_confirmed_is_what_is_read(steps: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder) / "data")
        try:
            for jump, number in steps:
                runner.now = max(runner.now + timedelta(seconds=jump), LONG_AGO)
                STEPS[number](runner)
                runner.check()
        finally:
            runner.book.close()
