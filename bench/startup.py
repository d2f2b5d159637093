"""Times the start-up of the full screen, against a bare program with the same widgets.

The first text is the screen's top line; the session is there when its next set is shown; the log is
read when "reading your log" is gone. Processor times are of the program alone, whatever else the
machine does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from _measure import BENCH, ENVIRONMENT, busy, folders, interleaved, program, table
from _terminal import SIZES, terminal

BARE = [sys.executable, str(BENCH / "_bare.py")]
READING = "reading your log"


class Start(NamedTuple):
    """Milliseconds since the program was started; ``*_cpu`` is its processor time until then."""

    text: float
    text_cpu: float
    session: float
    read: float


def start(args: Sequence[str], size: tuple[int, int]) -> Start:
    """Start a program, time what its screen shows, and end it."""
    with terminal(args, size) as screen:
        text = screen.wait(lambda shown: "TODAY" in shown)
        cpu_s = screen.cpu_s()
        session = max(text, screen.wait(lambda shown: "Set 1 of" in shown))
        read = max(session, screen.wait(lambda shown: READING not in shown))
        return Start(
            (text - screen.begun) * 1e3,
            cpu_s * 1e3,
            (session - screen.begun) * 1e3,
            (read - screen.begun) * 1e3,
        )


def command(args: Sequence[str]) -> float:
    """How long a command takes from start to exit, in ms."""
    begun = perf_counter()
    subprocess.run(args, check=True, env=ENVIRONMENT, capture_output=True)
    return (perf_counter() - begun) * 1e3


def screens(empty: Path, big: Path, size: tuple[int, int], rounds: int) -> None:
    """Time the full screen at one terminal size."""
    cases: dict[str, Callable[[], Start]] = {
        "bare three panes": partial(start, BARE, size),
        "empty log": partial(start, program(empty), size),
        "20 years": partial(start, program(big), size),
    }
    found = interleaved(cases, rounds)
    columns, rows = size
    titles = {
        "text": "first text",
        "text_cpu": "first text, processor time",
        "session": "the session with its next set",
        "read": "the whole log",
    }
    for field, words in titles.items():
        values = {name: [getattr(one, field) for one in runs] for name, runs in found.items()}
        table(f"{words}, {columns}x{rows}", "ms", values, "bare three panes")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time to first text.")
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(busy())
    with folders() as (empty, big):
        for size in SIZES:
            screens(empty, big, size, rounds)
        cases = {
            "python -c pass": partial(command, [sys.executable, "-c", "pass"]),
            "locate": partial(command, program(big, "locate")),
            "today, empty log": partial(command, program(empty, "today")),
            "today, 20 years": partial(command, program(big, "today")),
            "next, empty log": partial(command, program(empty, "next", "back-squat")),
            "next, 20 years": partial(command, program(big, "next", "back-squat")),
        }
        found = interleaved(cases, rounds)
        table("commands", "ms", found, "python -c pass")
        for name in ("today", "next"):
            times = min(found[f"{name}, 20 years"]) / min(found[f"{name}, empty log"])
            print(f"  {name} with 20 years takes {times:.2f} times an empty log")


if __name__ == "__main__":
    main()
