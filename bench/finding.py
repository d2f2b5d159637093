"""Times keys in History with 20 years in the log, against the same keys with 100 sets.

Both programs run at once and take turns, key by key. A key is timed until the screen has its final
text: to the first byte of the last update that changed the text. Scrollbars do not count: they
follow in a frame of their own, and a short list has none. The short log is the last sessions of the
long one, so that both open alike.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from _measure import busy, folders, program, table
from _terminal import SIZES, Terminal, terminal

from tui.store.paths import Paths
from tui.store.repository import Repository

FEW = 6  # Sessions, of 108 sets.
FLOOR, BIG = "100 sets", "20 years"
STILL_S = 0.15
NO_BARS = str.maketrans("▁▂▃▄▅▆▇", " " * 7)
ENTER, LEFT, BACKSPACE = "\r", "\x1b[D", "\x7f"
# A round begins and ends on the first session of the unfiltered list. Keys without a name are not
# timed.
KEYS: tuple[tuple[str, str], ...] = (
    ("", "2"),
    ("to history", "3"),
    ("a row down", "j"),
    ("open the session", ENTER),
    ("open: the training day before", "["),
    ("open: the session before", "N"),
    ("close the session", LEFT),
    ("the training day before", "["),
    ("the training day after", "]"),
    ("ask for a date", "g"),
    ("", "-9"),
    ("go to the date", ENTER),
    ("ask for words to find", "/"),
    ("find: t", "t"),
    ("find: ti", "i"),
    ("find: tir", "r"),
    ("find: done", ENTER),
    ("the next that was found", "n"),
    ("", "/"),
    ("find: ti, again", BACKSPACE),
    ("", BACKSPACE * 2),
    ("find: nothing", ENTER),
    ("ask for a filter", "f"),
    ("", "cat "),
    ("filter: cat h", "h"),
    ("filter: cat hi", "i"),
    ("filter: cat hip", "p"),
    ("filter: done", ENTER),
    ("", "f" + BACKSPACE * 7),
    ("", ENTER),
)


def pressed(screen: Terminal, keys: str) -> float:
    """Type; return the ms until the screen had its final text."""
    shown = screen.text().translate(NO_BARS)
    last = begun = screen.press(keys)
    while (came := screen.read(STILL_S)) is not None:
        before, shown = shown, screen.text().translate(NO_BARS)
        if shown != before:
            last = came[0]
    return (last - begun) * 1e3


def measured(few: Path, big: Path, size: tuple[int, int], rounds: int) -> None:
    """Time all keys at one terminal size."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with terminal(program(few), size) as one, terminal(program(big), size) as other:
        screens = {FLOOR: one, BIG: other}
        for screen in screens.values():
            screen.wait(lambda shown: "Set 1 of" in shown and "reading" not in shown)
            screen.settle()
        for number in range(rounds + 1):
            for key, typed in KEYS:
                for name, screen in screens.items():
                    took = pressed(screen, typed)
                    if key:
                        found[f"{key}, the first time" if number == 0 else key][name].append(took)
    columns, rows = size
    print(f"\nHistory, {columns}x{rows}")
    for key, times in found.items():
        table(key, "ms", times, FLOOR)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Cost of a key in History.")
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    print(busy())
    with folders() as (few, big):
        whole = Repository(Paths(big), writable=False)
        last = whole.sessions(max(whole.years()))[-FEW:]
        Repository(Paths(few), writable=True).put_many(last, [])
        for size in SIZES:
            measured(few, big, size, rounds)


if __name__ == "__main__":
    main()
