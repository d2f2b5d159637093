"""Measures cases side by side on a machine that may be busy: interleaved runs, min and median.

The cases take turns, so that a busy second hits all alike. A ratio compares the minima, the least
disturbed runs.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TypeVar

from _made import make_log

T = TypeVar("T")

BENCH = Path(__file__).parent
# A little over 20 years of three sessions a week: 60,012 sets.
SESSIONS = 3334
# Programs are started as when installed: byte-compiled, whatever this shell's environment says.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def interleaved(cases: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Run the cases in turns; return ``rounds`` results by name. A first round, which fills the
    caches, does not count."""
    found: dict[str, list[T]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, case in cases.items():
            result = case()
            if number:
                found[name].append(result)
    return found


def table(title: str, unit: str, rows: Mapping[str, Sequence[float]], floor: str) -> None:
    """Print min, median and the ratio of the minima to those of the row named ``floor``."""
    width = max(map(len, rows), default=0)
    least = min(rows[floor])
    print(f"\n{title} ({unit})\n  {'':{width}}      min   median    ratio")
    for name, values in rows.items():
        ratio = f"{min(values) / least:8.2f}" if least else "        "
        print(f"  {name:{width}} {min(values):8.2f} {median(values):8.2f} {ratio}", flush=True)


@contextmanager
def folders() -> Iterator[tuple[Path, Path]]:
    """Two temporary data directories: an empty one, and one with 20 years."""
    with tempfile.TemporaryDirectory(prefix="stridelift-bench-") as name:
        empty, big = Path(name) / "empty", Path(name) / "big"
        sessions = make_log(big, SESSIONS)
        sets = sum(len(entry.sets) for session in sessions for entry in session.entries)
        years = sessions[-1].started.year - sessions[0].started.year + 1
        print(f"20 years: {len(sessions)} sessions, {sets} sets in {years} files", flush=True)
        yield empty, big


def program(folder: Path, *words: str) -> list[str]:
    """The arguments to run the program on a data directory."""
    return [sys.executable, "-m", "tui", *words, "--data-dir", str(folder)]


def busy() -> str:
    """How busy the machine is, to judge the figures by."""
    cores = os.cpu_count() or 1
    return f"load {os.getloadavg()[0]:.1f} on {cores} cores; ratios are of the minima"
