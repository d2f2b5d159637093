"""Breaks off a command at each of its operations on files, and lets the disk refuse each once.

    python bench/breaking.py [--commands NAME,NAME] [--every N] [--fault NAME]

For each command the operations are counted first. Then it is run again for each of them: killed
just before it and just after it (a write also halfway), refused it with EIO, and with ENOSPC. After
each run the log is asked what it holds, in a new process: what was confirmed before must be there
once, and so must the command's own change if it said that it was made; no traceback may show; and
the same command must work when it is run again. ``session`` takes a session set by set, and presses
again where a step was refused. ``--fault`` breaks the storage on purpose, to check that this is
noticed. The exit status is 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from _disk import Disk, Harm, Operation
from _faults import FAULTS
from _forked import Ran, command, forked, warm
from _made import make_log
from _measure import BENCH, ENVIRONMENT
from _told import TODAY, UNDER_WAY, Facts, differences, of_live, options, told

from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.bootstrap import open_logbook
from tui.cli import main as run_command
from tui.cli.base import parse_date
from tui.domain.session.actions import Log
from tui.store.errors import StoreError

SESSIONS, SETS = 6, 3
# How many lines are printed of what was wrong with one command.
LISTED = 30
# Whether a session is under way: its finish ends that.
NOT_ASKED: Facts = Counter([UNDER_WAY])
HEADS = ("operations", "kills", "errors", "losses", "doubles", "tracebacks")
RUN = """\
<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1">
<trk><name>Lake</name><type>running</type><trkseg>
<trkpt lat="51.0" lon="7.0"><ele>80</ele><time>2026-11-01T07:00:00Z</time></trkpt>
<trkpt lat="51.05" lon="7.0"><ele>95</ele><time>2026-11-01T07:31:00Z</time></trkpt>
</trkseg></trk></gpx>
"""
# Of two years, so that two files are written or none.
SETLOG = """\
{"date":"2025-11-03","exercise":"back-squat","set":1,"load_kg":60,"reps":8}
{"date":"2026-10-02","exercise":"back-squat","set":1,"load_kg":70,"reps":8,"rir":2}
{"type":"morning","date":"2026-10-03","region":"hip","pain":2}
"""
# What stands in the log before: by these commands, on top of sessions of a programme.
BEFORE = (
    ("log", "deadlift", "2x5 75kg", "--on", "2025-12-30"),
    ("log", "box-jump", "3x5"),
    ("morning", "ankle", "1"),
    ("metric", "add", "vertical-jump", "40", "--on", "2026-10-01"),
    ("config", "set", "level", "intermediate"),
    ("race", "add", "2027-03-21", "Town", "10k"),
    ("away", "add", "2026-12-01"),
    ("step-down", "add", "2026-12-07"),
    ("run", "add", "2026-11-05", "easy", "8km"),
)

Work = Callable[[Path], int]


class Row(NamedTuple):
    """A command: the folder it starts from, the work in its process, and its words if it is one of
    the command line."""

    start: str
    work: Work
    words: tuple[str, ...] = ()


class Wrong(NamedTuple):
    """What was wrong after a run that was broken, in words: facts that are lost, facts that are
    there too often, and tracebacks or commands that no longer work."""

    lost: list[str]
    twice: list[str]
    faults: list[str]


def typed(*words: str, start: str = "log") -> Row:
    """A row of the table that is a command of the command line."""
    return Row(start, lambda folder: run_command([*words, *options(folder)]), words)


# -- the session under way -------------------------------------------------------------------------


def opened(folder: Path) -> Logbook:
    """The logbook as the full screen opens it; if the disk refuses, one line and the end, as the
    command line does it."""
    try:
        return open_logbook(str(folder), parse_date(TODAY), write=True).read_all()
    except (StoreError, OSError) as refused:
        print(refused, file=sys.stderr)
        sys.exit(1)


def pressed(step: Callable[[], object]) -> None:
    """Take a step and, if it is refused, once more, as a runner does. A second refusal would be a
    fault of the program: the disk errs only once."""
    try:
        step()
    except (StoreError, ReadOnly):
        step()


def log_next(book: Logbook) -> None:
    """Log the next set of the session under way."""
    live = book.recorder.live
    assert live is not None
    item = live.suggested()
    assert item is not None
    book.recorder.do(Log(item.id))


def confirm(book: Logbook) -> None:
    """Print the facts of the session under way, all of which count from now on."""
    print(json.dumps(of_live(book.recorder.live)), flush=True)


def session(folder: Path) -> int:
    """Take a session of some sets from its start to its finish, or from where it was left."""
    book = opened(folder)
    if book.recorder.live is None:
        plan = book.planner.next_plan(book.now().date())
        pressed(lambda: book.recorder.start(plan))
    live = book.recorder.live
    assert live is not None
    for _ in range(SETS - len(live.rows)):
        pressed(lambda: log_next(book))
        confirm(book)
    pressed(book.recorder.finish)
    book.close()
    return 0


def begun(folder: Path) -> int:
    """Log the sets, and leave the session under way."""
    book = opened(folder)
    book.recorder.start(book.planner.next_plan(book.now().date()))
    for _ in range(SETS):
        log_next(book)
    book.close()
    return 0


def finish(folder: Path) -> int:
    """Finish the session under way, if there still is one."""
    book = opened(folder)
    if book.recorder.live is not None:
        pressed(book.recorder.finish)
    book.close()
    return 0


# -- breaking --------------------------------------------------------------------------------------


class Breaker:
    """Breaks commands below ``folder``, in which everything is made anew for each run."""

    def __init__(self, folder: Path, fault: str) -> None:
        self.folder, self.data, self.fault = folder, folder / "case" / "data", fault
        (folder / "run.gpx").write_text(RUN)
        (folder / "sets.jsonl").write_text(SETLOG)
        # What belongs to this machine is kept beside the log, and is part of what can break.
        os.environ["XDG_STATE_HOME"] = str(self.data.parent / "state")
        self.environment = {**ENVIRONMENT, "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"]}
        self.facts: dict[str, Facts] = {}
        self.make("none", lambda: None)
        self.make("log", self._fill)
        self.make("live", lambda: self._must(forked(lambda: begun(self.data))), onto="log")
        FAULTS[fault]()

    def rows(self) -> dict[str, Row]:
        """The table: each command by its name."""
        return {
            "log today": typed("log", "back-squat", "3x5 60kg rir2"),
            "log --on": typed("log", "deadlift", "2x5 80kg", "--on", "2025-12-30"),
            "first log": typed("log", "back-squat", "3x5 60kg", start="none"),
            "morning": typed("morning", "knee", "3"),
            "ready": typed("ready", "4", "4", "0"),
            "metric add": typed("metric", "add", "vertical-jump", "41"),
            "config set": typed("config", "set", "unit", "lb"),
            "race add": typed("race", "add", "2027-05-09", "Ridge", "Race"),
            "away add": typed("away", "add", "2026-12-20", "2026-12-27"),
            "step-down add": typed("step-down", "add", "2026-11-09"),
            "run import": typed("run", "import", str(self.folder / "run.gpx")),
            "import": typed("import", str(self.folder / "sets.jsonl")),
            "finish": Row("live", finish),
            "session": Row("log", session),
        }

    def make(self, name: str, fill: Callable[[], object], onto: str = "") -> None:
        """Make a folder to start from, and remember what it tells."""
        self.start_from(onto)
        fill()
        shutil.copytree(self.data.parent, self.folder / name)
        self.facts[name], bad = told(self.data)
        assert not bad, bad

    def start_from(self, name: str) -> None:
        """Make the data directory as it is before a command."""
        shutil.rmtree(self.data.parent, ignore_errors=True)
        if name:
            shutil.copytree(self.folder / name, self.data.parent)
        else:
            self.data.parent.mkdir()

    def _fill(self) -> None:
        make_log(self.data, SESSIONS)
        for words in BEFORE:
            self._must(command([*words, *options(self.data)]))

    def _must(self, ran: Ran) -> None:
        assert ran.code == 0, ran.err

    def count(self, row: Row) -> tuple[list[Operation], Facts, int]:
        """The operations of a command, what the log tells after it, and the exit code of the same
        command right after it."""
        self.start_from(row.start)
        disk = Disk(self.data.parent)
        names = self.folder / "operations"

        def work() -> int:
            disk.install()
            code = row.work(self.data)
            made = [(one.name, [harm.name for harm in one.harms]) for one in disk.done]
            names.write_text(json.dumps(made))
            return code

        self._must(forked(work))
        facts, bad = told(self.data)
        assert not bad, bad
        again = forked(lambda: row.work(self.data)).code
        made = json.loads(names.read_text())
        done = [Operation(name, [Harm[harm] for harm in harms]) for name, harms in made]
        return done, facts, again

    def as_a_program(self, row: Row) -> list[str]:
        """The operations of the command when Python is started for it."""
        self.start_from(row.start)
        listed = self.folder / "operations"
        words = [str(self.data.parent), str(listed), *row.words, *options(self.data)]
        start = [sys.executable, str(BENCH / "_disk.py"), *words]
        subprocess.run(start, env=self.environment, check=True, capture_output=True)
        return listed.read_text().splitlines()

    def row(self, name: str, row: Row, every: int) -> list[str]:
        """Break a command at each of its operations and print its row; return what was wrong."""
        done, wanted, repeat = self.count(row)
        wrong: list[str] = []
        # The faults are only in this process and its forks.
        if row.words and self.fault == "none":
            program = self.as_a_program(row)
            if program != [one.name for one in done]:
                wrong.append(f"{name}: a fork does other operations than a program: {program}")
        kills = errors = 0
        sums = Counter[str]()
        harms = [(at, harm) for at, one in enumerate(done) for harm in one.harms]
        for at, harm in harms[::every]:
            kills, errors = kills + harm.kills, errors + (not harm.kills)
            found = self.broken(row, at, harm, wanted, repeat)
            for kind, lines in found._asdict().items():
                sums[kind] += len(lines)
                if lines:
                    more = f" (and {len(lines) - 1} more)" if lines[1:] else ""
                    where = f"{name}, {harm.value} at {at}, {done[at].name}"
                    wrong.append(f"{where}: {kind}: {lines[0]}{more}")
        figures = (len(done), kills, errors, sums["lost"], sums["twice"], sums["faults"])
        print(f"{name:14}{''.join(f'{figure:12}' for figure in figures)}", flush=True)
        return wrong

    def broken(self, row: Row, at: int, harm: Harm, wanted: Facts, repeat: int) -> Wrong:
        """Run a command, harm its operation ``at``, and return what is wrong then, in words by
        kind. ``wanted`` is what the log tells after a run that nothing befell, ``repeat`` the exit
        code of a second one."""
        self.start_from(row.start)

        def work() -> int:
            Disk(self.data.parent, at, harm).install()
            return row.work(self.data)

        ran = forked(work)
        left, faults = told(self.data)
        before = self.facts[row.start]
        judge = judged if row.words else session_judged
        lost, twice = judge(ran, before, wanted, left)
        if ran.fault:
            faults.append(f"the command: {ran.fault}")
        again = forked(lambda: row.work(self.data))
        if again.fault or again.code not in {0, repeat}:
            faults.append(f"again: exit code {again.code}: {again.err.strip()}")
        after, bad = told(self.data)
        there = wanted if row.words else before + confirmed_by(ran) - NOT_ASKED
        lost = lost or differences(there, after, "not there when it was run again: ")
        return Wrong(lost, twice, [*faults, *bad])


def judged(ran: Ran, before: Facts, wanted: Facts, left: Facts) -> tuple[list[str], list[str]]:
    """What is lost and what is there too often after a command."""
    # One that printed its line was believed, even if it was killed a moment later.
    if ran.code == 0 or (ran.code < 0 and ran.out):
        return (
            differences(wanted, left, "confirmed and not there: "),
            differences(left, wanted, "confirmed once, there more often: "),
        )
    lost = differences(before & wanted, left, "there before and not since: ")
    old, new = before - wanted, wanted - before
    if old - left and new - left:
        lost += differences(old, left, "neither the old nor the new is there: ")
    return lost, differences(left, before | wanted, "from nowhere, or more than once: ")


def session_judged(
    ran: Ran, before: Facts, wanted: Facts, left: Facts
) -> tuple[list[str], list[str]]:
    """What is lost and what is there too often after a session, or a part of one."""
    confirmed = before + confirmed_by(ran) - NOT_ASKED
    # The step that was under way may have happened. Whoever could not read the log may have been
    # prescribed something else, and a finish says of each set that was open why it was not done.
    possible = (confirmed | wanted) + (Counter() if ran.code == 0 else NOT_ASKED)
    done = Counter({one: n for one, n in left.items() if '"undone"' not in one})
    return (
        differences(confirmed, left, "confirmed and not there: "),
        differences(done, possible, "from nowhere, or more than once: "),
    )


def confirmed_by(ran: Ran) -> Facts:
    """The facts that a session confirmed as it went on."""
    return Counter(json.loads(ran.out.splitlines()[-1]) if ran.out else [])


def main() -> int:
    """Break each command, print the table, and return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description="Break commands at each of their operations.")
    parser.add_argument("--commands", default="", help="only these, parted by commas")
    parser.add_argument("--every", type=int, default=1, help="only each Nth harm")
    parser.add_argument("--fault", choices=list(FAULTS), default="none")
    chosen = parser.parse_args()
    warm()
    begun_at = perf_counter()
    with tempfile.TemporaryDirectory(prefix="stridelift-breaking-") as name:
        breaker = Breaker(Path(name).resolve(), chosen.fault)
        rows = breaker.rows()
        names = chosen.commands.split(",") if chosen.commands else list(rows)
        print(f"{'':14}{''.join(f'{head:>12}' for head in HEADS)}", flush=True)
        wrong = [breaker.row(each, rows[each], chosen.every) for each in names]
    print(f"in {perf_counter() - begun_at:.0f} s; wrong: {sum(map(len, wrong))}")
    for lines in wrong:
        for line in lines[:LISTED]:
            print(line)
    return 1 if any(wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
