"""A clock that jumps by hours or years, here or on a machine whose copy of the log is taken in:
nothing that was confirmed is ever missing for it."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from tests.copies import take_in
from tests.formats.runfiles import calendar, event
from tests.strategies import examples
from tui import bootstrap
from tui.app.logbook import Logbook
from tui.cli import main
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Level, SetKind
from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY, Listed, listed
from tui.domain.planning.dated_values import Held
from tui.domain.planning.today import item
from tui.domain.session.actions import Put, Write
from tui.domain.session.live import Key

DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOURS = st.integers(-30_000, 30_000)
LONG_AGO = timedelta(days=1600)
SEASON = ("races", "runs", "weekly_runs", "away", "step_down")


class Runner:
    """Does what a runner does, each time by a clock of its own, and knows what the log must say:
    each set has a number of reps that no other has."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder / "here")
        self.other = str(folder / "there")
        self.now = DAY
        # What the calendar says, by kind; settings with the day each applies from.
        self.season: dict[str, set[str]] = {kind: set() for kind in SEASON}
        self.settings: dict[str, tuple[date, str] | None] = {}
        self.sets: set[int] = set()
        self.told: dict[tuple[str, str], float] = {}
        self.count = 0

    @contextlib.contextmanager
    def book(self) -> Iterator[Logbook]:
        book = bootstrap.open_logbook(self.folder, None, write=True).read_all()
        try:
            yield book
        finally:
            book.close()

    def reps(self) -> int:
        self.count += 1
        return self.count

    def command(self, *words: str) -> str:
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            assert main([*words, "--data-dir", self.folder]) == 0, err.getvalue()
        out.seek(0)
        return out.read()

    def log(self) -> None:
        reps = self.reps()
        self.command("log", "back-squat", f"1x{reps} 60kg")
        self.sets.add(reps)

    def log_elsewhere(self) -> None:
        reps = self.reps()
        self.command("log", "deadlift", f"1x{reps} 80kg", "--on", f"{self.now - LONG_AGO:%Y-%m-%d}")
        self.sets.add(reps)

    def log_undone(self) -> None:
        with self.book() as book:
            squat = book.profile.library.exercises["back-squat"]
            book.recorder.log(squat, parse(f"1x{self.reps()} 60kg", Kind.LOADED), book.now())
            self.now -= timedelta(hours=2)
            book.recorder.undo()

    def elsewhere(self, hours: int) -> None:
        """Go on with a copy of the log on a machine whose clock is off, and take that in."""
        with self.book() as mine:
            everything = mine.reader.everything()
        home, now = self.folder, self.now
        self.folder, self.now = self.other, self.now + timedelta(hours=hours)
        with self.book() as theirs:
            take_in(theirs, *everything)
        self.log()
        self.correct(first=True)
        self.metric()
        with self.book() as theirs:
            everything = theirs.reader.everything()
        self.folder, self.now = home, now
        with self.book() as mine:
            take_in(mine, *everything)

    def import_lines(self) -> None:
        """Import a set of a day of its own, then the log's own export, which is nothing new."""
        reps, file = self.reps(), Path(self.folder).with_name("lines.jsonl")
        day = date(2015, 1, 1) + timedelta(days=reps)
        doc = {"date": str(day), "exercise": "deadlift", "set": 1, "load_kg": 60, "reps": reps}
        file.write_text(json.dumps(doc))
        self.command("import", str(file))
        self.sets.add(reps)
        file.write_text(self.command("export"))
        assert json.loads(self.command("import", str(file), "--json"))["imported"] == 0

    def import_run(self) -> None:
        # Within the days for which planned runs are read.
        moment, file = self.now.astimezone(UTC), Path(self.folder).with_name("runs.ics")
        uid = str(self.reps())
        start = f"DTSTART:{moment + timedelta(days=3):%Y%m%dT%H%M%SZ}"
        file.write_bytes(calendar(event("SUMMARY:easy run", uid=uid, start=start)))
        found = json.loads(self.command("run", "import", str(file), "--json"))
        if found["imported"]:
            self.season["runs"].add(f"{(moment + timedelta(days=3)).date()}")

    def plan(self, kind: str, *words: str, says: str) -> None:
        self.command(*words)
        self.season[kind].add(says)

    def unplan(self, kind: str, *words: str, says: str) -> None:
        if says in self.season[kind]:
            self.command(*words)
            self.season[kind].remove(says)

    def set(self, key: str, value: str) -> None:
        self.command("config", "set", key, value)
        self.settings[key] = self.now.date(), value

    def unset(self, key: str) -> None:
        if self.settings.get(key):
            self.command("config", "unset", key)
            self.settings[key] = None

    def morning(self) -> None:
        pain = self.reps() % 3
        self.command("morning", "knee", str(pain), "--on", f"{DAY - LONG_AGO:%Y-%m-%d}")
        self.told["morning", "pain"] = pain

    def ready(self) -> None:
        legs = 3 + self.reps() % 3
        day = f"{DAY - LONG_AGO:%Y-%m-%d}"
        self.command("ready", str(legs), "4", "0", "--on", day)
        self.told["readiness", "legs"] = legs

    def metric(self) -> None:
        value = 30 + self.reps()
        day = f"{DAY - LONG_AGO:%Y-%m-%d}"
        self.command("metric", "add", "vertical-jump", str(value), "--on", day)
        self.told["metric", "value"] = value

    def unmetric(self) -> None:
        if ("metric", "value") in self.told:
            day = f"{DAY - LONG_AGO:%Y-%m-%d}"
            self.command("metric", "remove", "vertical-jump", "--on", day)
            del self.told["metric", "value"]

    def train(self, *, twice: bool) -> None:
        """A live session of one set; with ``twice`` its finish is taken back and made again."""
        reps = self.reps()
        with self.book() as book:
            book.recorder.start(None)
            squat = item(book.profile.library.exercises["back-squat"], Level.BEGINNER)
            live = book.recorder.do(Put(squat, None))
            key = Key(live.items[0].id, SetKind.WORK, 1)
            book.recorder.do(Write(key, tuple(parse(f"{reps} 60kg", Kind.LOADED))))
            assert book.recorder.finish() is not None
            if twice:
                self.now -= timedelta(hours=3)
                book.recorder.reopen()
                assert book.recorder.finish() is not None
        self.sets.add(reps)

    def correct(self, *, first: bool = False, undo: bool = False) -> None:
        """Correct the reps of the last set that was done, or the first, if there is one."""
        with self.book() as book:
            done = [
                (session, row)
                for session in book.reader.sessions()
                for entry in session.live()
                for row in entry.live()
                if not row.undone
            ]
            if done:
                session, row = done[0 if first else -1]
                reps = self.reps()
                book.recorder.correct(session, [row], parse(f"{reps} 60kg", Kind.LOADED))
                assert row.done.reps is not None
                if undo:
                    book.recorder.undo()
                else:
                    self.sets = self.sets - {row.done.reps} | {reps}

    def delete_set(self, *, undo: bool) -> None:
        with self.book() as book:
            if sessions := [s for s in book.reader.sessions() if s.live()]:
                row = sessions[0].live()[0].live()[0]
                book.recorder.delete_set(sessions[0], [row])
                if undo:
                    book.recorder.undo()
                else:
                    self.sets -= {row.done.reps or 0}

    def delete(self, *, undo: bool) -> None:
        with self.book() as book:
            if sessions := book.reader.sessions():
                session = sessions[-1]
                book.recorder.delete(session)
                if undo:
                    book.recorder.undo()
                else:
                    self.sets -= {r.done.reps or 0 for e in session.live() for r in e.live()}

    def check(self) -> None:
        book = bootstrap.open_logbook(self.folder, None, write=False).read_all()
        rows = [row for s in book.reader.sessions() for entry in s.live() for row in entry.live()]
        assert sorted(row.done.reps or 0 for row in rows if not row.undone) == sorted(self.sets)
        fields = {"morning": "pain", "readiness": "legs", "metric": "value"}
        said = {(r.type, fields[r.type]): r.values[fields[r.type]] for r in book.reader.records()}
        assert said == self.told
        stored = book.profile.store.histories()
        for kind, wanted in self.season.items():
            assert {str(value)[:10] for value in of_calendar(stored, kind)} == wanted
        for key, setting in self.settings.items():
            assert [(day, str(value)) for day, value in stored.get(key, [])][-1:] == (
                [setting] if setting else []
            )


def of_calendar(stored: Mapping[str, list[Held]], kind: str) -> list[object]:
    """What a kind of the calendar's documents say first: their day, or their day of the week."""
    kinds: dict[str, Listed[Any]] = {one.key: one for one in (RACES, RUNS, WEEKLY, STEP_DOWN, AWAY)}
    names = {"races": "day", "runs": "day", "away": "first", "weekly_runs": "weekday"}
    return [getattr(one, names.get(kind, ""), one) for one in listed(stored, kinds[kind])]


STEPS: dict[str, Callable[[Runner], None]] = {
    "log": Runner.log,
    "log --on": Runner.log_elsewhere,
    "morning": Runner.morning,
    "ready": Runner.ready,
    "metric add": Runner.metric,
    "metric remove": Runner.unmetric,
    "finish": lambda runner: runner.train(twice=False),
    "finish again": lambda runner: runner.train(twice=True),
    "correct": Runner.correct,
    "delete a set": lambda runner: runner.delete_set(undo=False),
    "delete a set, undo": lambda runner: runner.delete_set(undo=True),
    "delete": lambda runner: runner.delete(undo=False),
    "delete, undo": lambda runner: runner.delete(undo=True),
    "correct, undo": lambda runner: runner.correct(undo=True),
    "log, undo": Runner.log_undone,
    "elsewhere ahead": lambda runner: runner.elsewhere(20_000),
    "elsewhere behind": lambda runner: runner.elsewhere(-900),
    "import": Runner.import_lines,
    "run import": Runner.import_run,
    "config set": lambda runner: runner.set("level", "beginner"),
    "config set again": lambda runner: runner.set("level", "advanced"),
    "config unset": lambda runner: runner.unset("level"),
    "race add": lambda r: r.plan("races", "race", "add", "2040-05-09", "Ridge", says="2040-05-09"),
    "race remove": lambda r: r.unplan("races", "race", "remove", "Ridge", says="2040-05-09"),
    "run add": lambda r: r.plan("weekly_runs", "run", "add", "tue speed", says="1"),
    "run remove": lambda r: r.unplan("weekly_runs", "run", "remove", "tue", says="1"),
    "away add": lambda r: r.plan("away", "away", "add", "2040-01-03", says="2040-01-03"),
    "away remove": lambda r: r.unplan("away", "away", "remove", "2040-01-03", says="2040-01-03"),
    "step-down add": lambda r: r.plan(
        "step_down", "step-down", "add", "2040-01-02", says="2040-01-02"
    ),
    "step-down remove": lambda r: r.unplan(
        "step_down", "step-down", "remove", "2040-01-02", says="2040-01-02"
    ),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), HOURS), min_size=2, max_size=9))
@example([("finish", 0), ("delete a set", 0), ("correct", 0)])  # no set left that was done
@examples(60)
def test_a_clock_that_jumps_between_two_steps_costs_nothing(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder))
        with patch.object(bootstrap, "make_clock", lambda _=None: lambda: runner.now):
            for name, hours in steps:
                runner.now = DAY + timedelta(hours=hours)
                STEPS[name](runner)
                runner.check()
