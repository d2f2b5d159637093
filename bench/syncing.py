"""Times what a sync costs with git on this machine: the commit after a finish, a sync with nothing
new, and how large ``.git`` becomes over the years.

The floor is one ``git rev-parse``, which starts git and reads one file. Home is a folder on this
disk, so no network is timed. ``--years 10`` lets a log grow for ten years, three sessions a week,
each one committed and sent.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from _made import made_sessions
from _measure import busy, interleaved, table
from saving import opened

from tui.app.logbook import Logbook
from tui.app.sync import sync
from tui.app.sync_join import joined
from tui.app.sync_setup import set_up
from tui.bootstrap import shipped_library
from tui.domain.model.values import Session
from tui.store.git import Git

YEAR = 156
FLOOR = "floor: git rev-parse"
FINISH = "commit after a finish"


def timed(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """How long a call takes, in ms, without what is done before it."""
    before()
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1e3


def rev_parse(root: Path) -> None:
    """Git at its quickest."""
    subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, check=True)


def size_of(folder: Path) -> int:
    """The bytes in the files of a folder."""
    every = (Path(below, name) for below, _, names in os.walk(folder) for name in names)
    return sum(path.stat().st_size for path in every)


def folder(where: Path, sessions: int, more: int) -> tuple[Logbook, Git, list[Session]]:
    """A data folder with so many sessions that is synced with a home beside it, and ``more`` that
    come after these and are not in it yet."""
    home = where / "home.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(home)], check=True)
    made = made_sessions(shipped_library(), sessions + more)
    book = opened(where / "data")
    if sessions:
        book.reader.repository.put_many(made[:sessions], [])
    git = Git(book.paths.root, may_ask=False, patience_s=60)
    set_up(book.paths, git, str(home), anyway=False)
    synced(book, git)
    return book, git, made[sessions:]


def synced(book: Logbook, git: Git) -> None:
    """A sync by the process that writes."""
    sync(book.paths.root, git, lambda: joined(book, git))


def costs(sessions: int, rounds: int) -> None:
    """Time and count."""
    with tempfile.TemporaryDirectory(prefix="stridelift-bench-") as name:
        # Two of the cases take one each, in a round more than count.
        book, git, more = folder(Path(name), sessions, 2 * (rounds + 1))
        left: Iterator[Session] = iter(more)
        finish = partial(lambda: book.reader.repository.put_session(next(left)))
        found = interleaved(
            {
                FLOOR: partial(timed, partial(rev_parse, book.paths.root)),
                FINISH: partial(timed, partial(joined, book, git), finish),
                "sync with news": partial(timed, partial(synced, book, git), finish),
                "sync with nothing new": partial(timed, partial(synced, book, git)),
            },
            rounds,
        )
        table(f"sync with {sessions} sessions", "ms", found, FLOOR)
        before = git.calls
        synced(book, git)
        print(f"  {git.calls - before} calls of git for a sync with nothing new")
        fresh = Git(book.paths.root, may_ask=False, patience_s=60)
        synced(book, fresh)
        print(f"  {fresh.calls} in a process of its own")
        book.close()


def growth(years: int) -> None:
    """Grow a log from nothing, and print how large ``.git`` was at its highest and packed."""
    with tempfile.TemporaryDirectory(prefix="stridelift-bench-") as name:
        home = Path(name) / "home.git"
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(home)], check=True)
        subprocess.run(["git", "-C", str(home), "config", "gc.auto", "256"], check=True)
        book = opened(Path(name) / "data")
        git = Git(book.paths.root, may_ask=False, patience_s=60)
        set_up(book.paths, git, str(home), anyway=False)
        folder, most, begun = book.paths.root / ".git", 0, perf_counter()
        for session in made_sessions(shipped_library(), years * YEAR):
            book.reader.repository.put_session(session)
            synced(book, git)
            most = max(most, size_of(folder))
        took = timedelta(seconds=round(perf_counter() - begun))
        there = size_of(home)
        git.run("gc", "-q")
        log = size_of(book.paths.log_dir) / 2
        print(f"\n.git after {years * YEAR} sessions, each committed and sent ({took})")
        print(f"  the log itself {log / 1e6:6.1f} MB")
        print(f"  at its highest {most / 1e6:6.1f} MB")
        print(f"  packed         {size_of(folder) / 1e6:6.1f} MB")
        print(f"  at home        {there / 1e6:6.1f} MB")
        book.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a sync costs.")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--years", type=int, default=1, help="how long the log grows (1)")
    options = parser.parse_args()
    for sessions in (YEAR, 10 * YEAR):
        costs(sessions, options.rounds)
    growth(options.years)
    print(f"\n{busy()}")


if __name__ == "__main__":
    main()
