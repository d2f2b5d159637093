"""Measures the memory of the full screen on a 20-year log, against the same on an empty log.

It is the peak of the whole process in a real terminal, taken once the whole log has been read and
each pane, the review and the trend of an exercise have been shown. Memory shared with other
programs counts in full, in both.
"""

from __future__ import annotations

import argparse
from contextlib import closing
from functools import partial
from pathlib import Path

from _measure import busy, folders, interleaved, program, table
from _terminal import SIZES, Terminal
from reading import peak_mb

FLOOR = "floor: empty log"
# To the three panes, the review and back, the first exercise of today and back.
KEYS = "135q2Tq"


class Weighed(Terminal):
    """A program in a terminal, with its memory use."""

    def peak_mb(self) -> float:
        """Its peak memory so far, in MB."""
        return peak_mb(self._process.pid)


def screen(folder: Path, size: tuple[int, int]) -> float:
    """Start the program, let it read and show everything, and return its peak memory in MB."""
    with closing(Weighed(program(folder), size)) as running:
        running.wait(lambda shown: "Set 1 of" in shown and "reading" not in shown)
        running.settle()
        for key in KEYS:
            running.press(key)
            running.settle()
        return running.peak_mb()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Memory of the full screen.")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(busy())
    with folders() as (empty, big):
        for columns, rows in SIZES:
            cases = {
                FLOOR: partial(screen, empty, (columns, rows)),
                "20 years": partial(screen, big, (columns, rows)),
            }
            table(f"memory, {columns}x{rows}", "MB", interleaved(cases, rounds), FLOOR)


if __name__ == "__main__":
    main()
