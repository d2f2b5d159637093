"""A writer killed with -9 at a random instant: all it confirmed is there, and all files are whole.

Twenty kills for every change; for a release, bench/ kills thousands.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import orjson

from tests.store.examples import told
from tui.store.atomic import sweep
from tui.store.filing import file_journal
from tui.store.journal import journal_path, pending
from tui.store.journal_lines import read
from tui.store.lock import WriterLock
from tui.store.paths import Paths
from tui.store.repository import Repository, each_once

REPOSITORY = Path(__file__).parents[2]
KILLS = 20


def killed_writer(root: Path, run: int, delay: float) -> list[list[str]]:
    """What a writer confirmed before it was killed ``delay`` seconds after its first word."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(root), str(run)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(delay)  # The delay is what is tested, not a wait for something.
        process.kill()
        said = first + process.stdout.read()
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def test_what_was_confirmed_survives_a_kill_at_any_instant(paths: Paths) -> None:
    chance = random.Random(2026)
    folded: dict[str, int] = {}
    for run in range(KILLS):
        said = killed_writer(paths.root, run, chance.uniform(0, 0.06))
        assert said, "the writer wrote"
        for path in paths.log_dir.glob("*.json"):
            orjson.loads(path.read_bytes())
        folded |= {name: int(year) for what, name, year in said if what == "folded"}
        events = {name: int(n) for what, name, n in said if what == "event"}

        lock = WriterLock(paths)
        assert lock.acquire() is True, "a dead writer holds nothing"
        for folder in (paths.log_dir, paths.live_dir):
            sweep(folder)
        repository = Repository(paths, writable=True)
        last = list(events)[-1]
        if last not in folded and last in pending(paths):
            assert len(read(journal_path(paths, last)).events) > events[last]
        for name in pending(paths):
            file_journal(repository, journal_path(paths, name), told)
        found = each_once(s for year in repository.years() for s in repository.sessions(year))
        years = {session.id: session.day.year for session in found}
        assert years.keys() >= folded.keys() | {last}
        # A move that was under way may be done without having been confirmed.
        assert all(years[name] in (year, 2025) for name, year in folded.items())
        assert repository.notices == []
        assert [
            p.name for p in paths.root.rglob("*") if ".tmp" in p.name or "damaged" in p.name
        ] == []
        lock.release()
