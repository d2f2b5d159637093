"""Crash test: kill -9 at random moments while sets are logged, edited, undone and finished.

    python bench/torture.py [--kills 500] [--seed N] [--fault NAME]

A real process works in a real log and reports each step. It is killed, the log is opened again, and
everything reported must be there, no more and no less; only the step under way may have happened or
not. Half of the kills are in a log of 300 sessions, half in one of 3. ``--fault`` breaks the
storage on purpose, to check that the test notices.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from random import Random, SystemRandom
from time import perf_counter

from _child import Child, Message, Tell
from _facts import (
    Facts,
    after,
    differences,
    observed,
    of_session,
    sets_twice,
    stored_sessions,
    strays,
    unreadable,
)
from _faults import FAULTS
from _made import make_log
from _runner import Runner

from tui.app.logbook import Logbook
from tui.bootstrap import shipped_library
from tui.store.paths import Paths

SIZES = (300, 3)
# After this many kills start from the fresh log again, as it grows with each finished session.
LIFE = 10
# Each process works six hours after the one before it, so that time never runs backwards.
FIRST = datetime(2026, 11, 2, 18, 5, tzinfo=timezone(timedelta(hours=1)))
BETWEEN = timedelta(hours=6)
WORKING_S = 0.05
PATIENCE_S = 60.0


class Bad(Exception):
    """A kill did harm; the message has one line for each thing that is wrong."""


class Torture:
    """Kills processes and checks the log after each; the first kill that does harm raises Bad."""

    def __init__(self, seed: int, fault: str, folder: Path) -> None:
        self.folder, self.paths = folder, Paths(folder / "data")
        self.library = shipped_library()
        self.chance = Random(seed)
        self.fault = fault
        self.kills = self.confirmed = 0
        self.phases: Counter[str] = Counter()
        self.fates: Counter[str] = Counter()
        # How long the last opening and the last finish took; to hit one, wait at most that long.
        self.opening_s = self.finish_s = 0.01

    def run(self, kills: int) -> None:
        """Kill ``kills`` times; raises Bad."""
        fresh = {size: self.fresh_log(size) for size in SIZES}
        FAULTS[self.fault]()
        for life, start in enumerate(range(0, kills, LIFE)):
            size = SIZES[life % len(SIZES)]
            shutil.rmtree(self.paths.root, ignore_errors=True)
            shutil.copytree(self.folder / f"fresh-{size}", self.paths.root)
            facts = fresh[size]
            while self.kills < min(kills, start + LIFE):
                told = self.kill_at_work()
                if self.kills < min(kills, start + LIFE) and self.chance.random() < 0.3:
                    self.kill_while_opening()
                facts = self.look(facts, told)

    def fresh_log(self, size: int) -> Facts:
        """Make a log of ``size`` sessions to copy from, and return its facts."""
        facts: Facts = {}
        for session in make_log(self.folder / f"fresh-{size}", size):
            facts = after(facts, of_session(session))
        return facts

    def kill_at_work(self) -> list[Message]:
        """Kill a runner at a random moment, often while it finishes a session; return what it
        reported before."""
        chance = Random(self.chance.getrandbits(64))

        def work(tell: Tell) -> None:
            now = FIRST + BETWEEN * self.kills
            boasting = self.fault == "boasting"
            Runner(self.paths, self.library, chance, now, tell, boasting=boasting).run()

        begun = perf_counter()
        child = Child(work)
        if not child.listen(PATIENCE_S, lambda message: "ready" in message):
            self.kill(child)
            raise Bad(f"the log was not open after {PATIENCE_S:.0f} s")
        self.opening_s = perf_counter() - begun
        if self.chance.random() < 0.4:
            child.listen(PATIENCE_S, lambda message: message.get("begin") == "finish")
            child.listen(self.chance.uniform(0, 1.2 * self.finish_s))
        else:
            child.listen(self.chance.uniform(0, WORKING_S))
        self.kill(child)
        self.finish_s = next(
            (done["took"] for name, done in done_steps(child.told) if name == "finish"),
            self.finish_s,
        )
        doing = child.told[-1].get("begin")
        where = "in another step" if doing else "between steps"
        self.phases["in a finish" if doing == "finish" else where] += 1
        return child.told

    def kill_while_opening(self) -> None:
        """Kill the process that opens the log after a kill."""

        def work(_tell: Tell) -> None:
            self.book().open(write=True)

        child = Child(work)
        child.listen(self.chance.uniform(0, self.opening_s))
        self.kill(child)
        self.phases["while opening"] += 1

    def kill(self, child: Child) -> None:
        self.kills += 1
        if not child.kill():
            raise Bad("the process ended by itself; its error stands above")

    def look(self, facts: Facts, told: Sequence[Message]) -> Facts:
        """Open the log after a kill, check it against what was reported, and return its facts."""
        root = self.paths.root
        as_killed = self.folder / "as-killed"
        shutil.rmtree(as_killed, ignore_errors=True)
        shutil.copytree(root, as_killed)
        bad = unreadable(root)

        book = self.book()
        book.open(write=True)
        logged = stored_sessions(book.reader.repository)
        found = observed(book, logged)
        rows = book.read_all().reader.sessions()
        bad += [f"notice: {notice}" for notice in book.notices()]
        bad += (
            sets_twice(rows, book.recorder.live)
            + unreadable(root)
            + strays(root, book.recorder.live)
        )
        bad += [] if book.access.granted else ["the dead process still has the lock"]
        book.close()

        *_, last = possible = outcomes(facts, told)
        if found not in possible:
            nearest = min(possible, key=lambda facts: len(differences(facts, found)))
            bad += differences(nearest, found)
        if bad:
            raise Bad("\n".join([*bad, "the last it told:", *map(str, told[-3:])]))
        if len(possible) > 1:
            fate = "not at all" if found == possible[0] else "whole" if found == last else "in part"
            self.fates[fate] += 1
        self.confirmed += len([*done_steps(told)])
        return found

    def book(self) -> Logbook:
        return Logbook(self.paths, self.library, now=lambda: FIRST, random_bits=lambda: 0)


def outcomes(facts: Facts, told: Sequence[Message]) -> list[Facts]:
    """The facts allowed after a kill: all that was reported done, plus nothing, a part or the whole
    of the step under way, in this order."""
    for message in told:
        if "done" in message:
            facts = after(facts, message["done"])
    under_way = told[-1].get("may", [])
    return [facts, *(after(facts, change) for change in under_way)]


def done_steps(told: Sequence[Message]) -> Iterator[tuple[str, Message]]:
    """The name of each step that was reported done, and the message that reported it."""
    for before, message in pairwise(told):
        if "done" in message:
            yield before["begin"], message


def told_of(counts: Counter[str]) -> str:
    """Counts in words, largest first."""
    return ", ".join(f"{count} {what}" for what, count in counts.most_common()) or "none"


def main() -> int:
    """Run the test and print the result; return 1 if a kill did harm."""
    parser = argparse.ArgumentParser(description="Kill -9 at random moments.")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=SystemRandom().getrandbits(32))
    parser.add_argument("--fault", choices=list(FAULTS), default="none")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="stridelift-torture-"))
    print(f"seed {options.seed}", flush=True)
    torture = Torture(options.seed, options.fault, folder)
    begun = perf_counter()
    bad = ""
    try:
        torture.run(options.kills)
    except Bad as found:
        bad = str(found)
    print(f"kills {torture.kills} in {perf_counter() - begun:.0f} s: {told_of(torture.phases)}")
    print(f"confirmed steps {torture.confirmed}; under way at a kill: {told_of(torture.fates)}")
    if not bad:
        shutil.rmtree(folder)
        print("problems 0")
        return 0
    print(f"problems at kill {torture.kills}\n{bad}")
    print(f"the log as it was killed: {folder / 'as-killed'}; opened since: {folder / 'data'}")
    print(f"again: {' '.join(sys.argv[:1])} --seed {options.seed} --kills {torture.kills}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
