"""Times advice on 20 years of sets, against decoding one year's JSON and against an empty log.

In one process: folding the log from scratch and from the cache, and all prescriptions of a session
of each programme. Then `stridelift next` from start to exit: with the cache, after a change of this
year's file, and without a cache.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from _made import LAST
from _measure import ENVIRONMENT, busy, folders, interleaved, program, table
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, fold
from tui.domain.planning.today import plan
from tui.store.paths import Paths
from tui.store.repository import Repository
from tui.store.yearly import YearFolds

TODAY = LAST.date() + timedelta(days=3)
FLOOR = "floor: json.loads of a year"
EMPTY = "empty log"


def timed(work: Callable[[], object]) -> float:
    """How long a call takes, in ms."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1e3


def in_memory(big: Path, rounds: int) -> None:
    """Time folding and prescribing with every session in memory; the floor reads no file either."""
    paths = Paths(big)
    repository = Repository(paths, writable=False)
    sessions = [session for year in repository.years() for session in repository.sessions(year)]
    setup = Setup(library=shipped_library())
    whole = fold(setup, sessions)
    year = paths.year(TODAY.year - 1).read_bytes()

    def kept() -> State:
        return YearFolds(Repository(paths, writable=False), setup, print).state(TODAY, ())

    assert kept() == whole
    programmes = setup.library.programmes
    cases: dict[str, Callable[[], float]] = {FLOOR: partial(timed, partial(json.loads, year))}
    for name, programme in programmes.items():
        cases[f"a session of {name}"] = partial(
            timed, partial(plan, setup, whole, programme, TODAY)
        )
    cases["the state, as it was kept"] = partial(timed, kept)
    cases["the state, folded from nothing"] = partial(timed, partial(fold, setup, sessions))
    found = interleaved(cases, rounds)
    table("the log in memory", "ms", found, FLOOR)
    sets = sum(len(entry.sets) for session in sessions for entry in session.entries)
    took = min(found["the state, folded from nothing"])
    print(f"  folding takes {took / sets * 1e3:.1f} microseconds a set")


def command(folder: Path, before: Callable[[], object] = lambda: None) -> float:
    """How long `next` takes from start to exit, in ms, after ``before``."""
    before()
    args = program(folder, "next", "back-squat", "--today", TODAY.isoformat())
    return timed(partial(subprocess.run, args, check=True, env=ENVIRONMENT, capture_output=True))


def touched(folder: Path) -> None:
    """Change this year's file: move the edit stamp of its last session by a day."""
    repository = Repository(Paths(folder), writable=True)
    last = repository.sessions(TODAY.year)[-1]
    later = datetime.fromisoformat(last.edited) + timedelta(days=1)
    repository.put_session(replace(last, edited=later.isoformat()))


def cold(empty: Path, big: Path, rounds: int) -> None:
    """Time the command on an empty log and on 20 years, each start in its own process."""
    changing, bare = big.with_name("changing"), big.with_name("bare")
    for other in (changing, bare):
        shutil.copytree(big, other)
    cases = {
        EMPTY: partial(command, empty),
        "20 years": partial(command, big),
        "20 years, this year changed": partial(command, changing, partial(touched, changing)),
        "20 years, nothing kept": partial(
            command, bare, lambda: shutil.rmtree(bare / "cache", ignore_errors=True)
        ),
    }
    table("stridelift next", "ms", interleaved(cases, rounds), EMPTY)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What advice costs on 20 years.")
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(busy())
    with folders() as (empty, big):
        in_memory(big, rounds)
        cold(empty, big, rounds)


if __name__ == "__main__":
    main()
