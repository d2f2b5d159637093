"""Measures how late the clock on the screen shows each second, over ten minutes on a 20-year log.

True time is the start of the rest, from the journal, plus whole seconds on CLOCK_MONOTONIC. The
moment of a change is when its first byte comes out of the terminal.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from time import monotonic, time

from _measure import busy, folders, program
from _terminal import Terminal, terminal

SHOWN = re.compile(r"REST (\d+):(\d\d)")
ADDED_S = 15
ALLOWED_MS = 50


def seconds_shown(text: str) -> int | None:
    """The seconds of rest shown on the screen."""
    found = SHOWN.search(text)
    return 60 * int(found[1]) + int(found[2]) if found else None


def changes(screen: Terminal, seconds: int) -> Iterator[tuple[float, int]]:
    """Each change of the shown seconds, as (moment, seconds now shown), for ``seconds``."""
    end = monotonic() + seconds
    shown = seconds_shown(screen.text())
    while (left := end - monotonic()) > 0:
        came = screen.read(left)
        now = seconds_shown(screen.text())
        if came is not None and now is not None and now != shown:
            yield came[0], now
            shown = now


def rest_began(folder: Path) -> float:
    """When the current rest began, in seconds of CLOCK_MONOTONIC."""
    (journal,) = folder.glob("live/*.jsonl")
    events = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    (rest,) = (event for event in events if event["e"] == "clock" and event["op"] == "rest")
    return datetime.fromisoformat(rest["at"]).timestamp() - (time() - monotonic())


def lateness(seen: Sequence[tuple[float, int]], began: float) -> list[float]:
    """How late each change came, in ms."""
    # When n seconds are left, the rest has run for its length minus n.
    lengths = [moment - began + left for moment, left in seen]
    length = round(median(lengths))
    return [(one - length) * 1e3 for one in lengths]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Drift of the clock.")
    parser.add_argument("--seconds", type=int, default=600)
    seconds = parser.parse_args().seconds
    print(busy())
    with folders() as (_, folder):
        with terminal(program(folder), (80, 24)) as screen:
            screen.wait(lambda shown: "Set 1 of" in shown and "reading" not in shown)
            screen.press("\r")
            screen.wait(lambda shown: seconds_shown(shown) is not None)
            for _ in range(seconds // ADDED_S + 1):
                screen.press("t")
                screen.settle(0.1)
            seen = [*changes(screen, seconds)]
        late = lateness(seen, rest_began(folder))
    skipped = sum(one - other != 1 for (_, one), (_, other) in pairwise(seen))
    over = sum(abs(one) > ALLOWED_MS for one in late)
    print(
        f"{len(late)} changes in {seconds} s, {skipped} seconds not shown\n"
        f"late: min {min(late):.1f} ms, mean {mean(late):.1f}, median {median(late):.1f}, "
        f"max {max(late):.1f}; more than {ALLOWED_MS} ms: {over}\n"
        f"drift: last quarter's median less first quarter's: {drift(late):+.1f} ms"
    )


def drift(late: Sequence[float]) -> float:
    """How much later the clock became from the first quarter to the last, in ms."""
    quarter = max(1, len(late) // 4)
    return median(late[-quarter:]) - median(late[:quarter])


if __name__ == "__main__":
    main()
