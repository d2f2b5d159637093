"""Times reading 20 years in a fresh process, against merely decoding the same files.

The files come from the system's cache, as on a second start. Memory is the peak of the process
minus that of an open, empty logbook.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import orjson
from _measure import BENCH, ENVIRONMENT, busy, folders, interleaved, table

from tui.bootstrap import open_logbook

FLOOR = "floor: orjson.loads"
MODES = {FLOOR: "orjson", "floor: json.loads": "json", "20 years": "log", "empty log": "log"}


class Read(NamedTuple):
    """Milliseconds (wall time by year; processor time) and peak memory in MB."""

    years: list[float]
    cpu: float
    peak_mb: float


def files(mode: str, folder: Path) -> Iterator[object]:
    """Read one year after another, newest first, keeping all of them."""
    book = open_logbook(str(folder), None, write=False)
    if mode == "log":
        while book.reader.read_year() is not None:
            yield book
        return
    loads: Callable[[bytes], object] = orjson.loads if mode == "orjson" else json.loads
    kept = []
    for path in sorted(folder.glob("log/*.json"), reverse=True):
        kept.append(loads(path.read_bytes()))
        yield kept


def child(mode: str, folder: Path) -> None:
    """Read in this process and print a Read as JSON."""
    reading = files(mode, folder)
    years: list[float] = []
    begun = perf_counter()
    cpu = process_time()
    for _ in reading:
        years.append((perf_counter() - begun) * 1e3)
        begun = perf_counter()
    took = (process_time() - cpu) * 1e3
    print(json.dumps(Read(years, took, peak_mb("self"))))


def peak_mb(process: object) -> float:
    """The peak memory of a process in MB (Linux), by its id or "self". getrusage would count the
    parent's too."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1e3


def read(mode: str, folder: Path) -> Read:
    """:func:`child` in a process of its own."""
    args = [sys.executable, str(BENCH / "reading.py"), "--child", mode, str(folder)]
    done = subprocess.run(args, check=True, env=ENVIRONMENT, capture_output=True, text=True)
    return Read(*json.loads(done.stdout))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Reading 20 years.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return
    print(busy())
    with folders() as (empty, big):
        cases = {
            name: partial(read, mode, empty if name == "empty log" else big)
            for name, mode in MODES.items()
        }
        found = interleaved(cases, options.rounds)
        start_mb = min(run.peak_mb for run in found.pop("empty log"))
        values = {name: [sum(run.years) for run in runs] for name, runs in found.items()}
        table("all of it", "ms", values, FLOOR)
        values = {name: [run.cpu for run in runs] for name, runs in found.items()}
        table("all of it, processor time", "ms", values, FLOOR)
        # The first year read includes late imports; the last, the oldest, is not complete.
        values = {
            name: [y for run in runs for y in run.years[1:-1]] for name, runs in found.items()
        }
        table("one year", "ms", values, FLOOR)
        values = {name: [run.peak_mb - start_mb for run in runs] for name, runs in found.items()}
        table(f"memory beyond an empty log's {start_mb:.0f} MB", "MB", values, FLOOR)


if __name__ == "__main__":
    main()
