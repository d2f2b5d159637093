"""A clock that jumps, back or forth: nothing that was confirmed is ever missing for it."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import examples
from tui import bootstrap
from tui.app.logbook import Logbook
from tui.cli import main
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Level, SetKind
from tui.domain.planning.today import item
from tui.domain.session.actions import Put, Write
from tui.domain.session.live import Key

DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOURS = st.integers(-9000, 9000)
LONG_AGO = timedelta(days=500)


class Runner:
    """Does what a runner does, each time by a clock of its own, and knows what the log must say:
    each set has a number of reps that no other has."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.now = DAY
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

    def command(self, *words: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            assert main([*words, "--data-dir", self.folder]) == 0

    def log(self) -> None:
        reps = self.reps()
        self.command("log", "back-squat", f"1x{reps} 60kg")
        self.sets.add(reps)

    def log_elsewhere(self) -> None:
        reps = self.reps()
        self.command("log", "deadlift", f"1x{reps} 80kg", "--on", f"{self.now - LONG_AGO:%Y-%m-%d}")
        self.sets.add(reps)

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

    def correct(self) -> None:
        """Correct the reps of the last set that was done, if there is one."""
        with self.book() as book:
            done = [
                (session, row)
                for session in book.reader.sessions()
                for entry in session.live()
                for row in entry.live()
                if not row.undone
            ]
            if done:
                session, row = done[-1]
                reps = self.reps()
                book.recorder.correct(session, [row], parse(f"{reps} 60kg", Kind.LOADED))
                assert row.done.reps is not None
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
