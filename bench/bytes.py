"""Counts bytes sent to the terminal: per second of a running clock, per key, at rest, and over a
whole session.

All programs run at once, as byte counts do not depend on how busy the machine is. The floor for a
second is a plain Textual program that updates one Static; a key is compared with one full repaint
by a bare program, a session with the seconds of that Static. The session is done as planned, with
the clock in every set and every rest to its end, and sped up: the program's clock runs faster, and
so do the timers that it sets by it.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean, median
from time import monotonic

from _made import make_log
from _measure import BENCH, program
from _terminal import SIZES, Terminal, terminal

PHASE = re.compile(r"(GET READY|HOLD|RELEASE|CHANGE|LOWER|RESET|WORK|REST over|REST)\b")
TICK, PAINT = "floor: plain Static.update", "floor: the whole screen once"
IDLE_S = 5.0
# How long a runner takes over a set that is not timed, in seconds of the program's clock.
SET_S = 40.0
ALL_DONE, REST_OVER = "sets are done", "REST over"
FASTER = """\
import sys
from tui import bootstrap
from tui.ui.panes.today import TodayPane
steady, timer = bootstrap.steady, TodayPane.set_timer
start = steady()
bootstrap.steady = lambda: start + (steady() - start) * {speed}
TodayPane.set_timer = lambda pane, wait, tick: timer(pane, wait / {speed}, tick)
from tui.__main__ import main
sys.exit(main())
"""
Found = dict[str, list[int]]
KEYS = (
    ("a row down in today", "j"),
    ("a row down in the library", "1j"),
    ("to the end of the library", "1\x1b[F"),
    ("a row up, scrolling", "1\x1b[F" + "k" * 40),
    ("from today to the library", "1"),
    ("from the library to today", "12"),
    ("from today to history", "3"),
    ("open help", "?"),
    ("close help", "?q"),
    ("open the prompt", "1/"),
    ("open the palette", "\x10"),
    ("a letter in the palette", "\x10s"),
    ("open the settings", "0"),
    ("a row down in the settings", "0j"),
)


def phase(screen: Terminal) -> str:
    """The phase of the clock, from its words on the screen."""
    found = PHASE.search(screen.text())
    return found[1] if found else ""


def ticks(screen: Terminal, seconds: float, called: str) -> Found:
    """The bytes of each burst, by phase; a burst that changes the phase is listed apart."""
    found: Found = defaultdict(list)
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        before = phase(screen)
        came = screen.read(left)
        if came is None:
            break
        # A repaint may come in two writes.
        count = came[1] + screen.settle(0.2)
        after = phase(screen)
        name = called.format(before) if before == after else "a phase changes"
        found[name].append(count)
    return found


def ready(screen: Terminal) -> None:
    """Wait until the program is idle."""
    screen.wait(lambda shown: "Set 1 of" in shown and "reading" not in shown)
    screen.settle(0.6)


def floor(size: tuple[int, int], seconds: float) -> Found:
    """The bytes of the plain program, second by second."""
    with terminal([sys.executable, str(BENCH / "_static.py")], size) as screen:
        screen.wait(lambda shown: "REST 9:5" in shown)
        return ticks(screen, seconds, TICK)


def painted(size: tuple[int, int]) -> list[int]:
    """The bytes of one full repaint by the bare program, triggered by a key."""
    with terminal([sys.executable, str(BENCH / "_bare.py")], size) as screen:
        screen.wait(lambda shown: "TODAY" in shown)
        screen.settle()
        screen.press("p")
        return [screen.settle()]


def rest(folder: Path, size: tuple[int, int], seconds: float) -> Found:
    """The bytes of the idle screen, then of the rest after a set, over a full minute."""
    with terminal(program(folder), size) as screen:
        ready(screen)
        idle = screen.settle(IDLE_S)
        screen.press("\r")
        screen.wait(lambda _: phase(screen) == "REST")
        screen.settle()
        return {f"nothing runs, {IDLE_S:.0f} s": [idle], **ticks(screen, seconds, "a second of {}")}


def led(folder: Path, size: tuple[int, int], seconds: float) -> Found:
    """The bytes of the clock in the first set, a set of holds."""
    with terminal(program(folder), size) as screen:
        ready(screen)
        screen.press(" ")
        screen.wait(lambda _: bool(phase(screen)))
        screen.settle()
        return dict(ticks(screen, seconds, "a second of {}"))


def keys(folder: Path, size: tuple[int, int]) -> Found:
    """The bytes of each key alone, on an idle screen; the keys before it open the right screen."""
    found: Found = {PAINT: painted(size)}
    for name, typed in KEYS:
        with terminal(program(folder), size) as screen:
            ready(screen)
            *before, last = re.findall(r"\x1b\[F|.", typed)
            for key in before:
                screen.press(key)
                screen.settle(0.3)
            screen.press(last)
            found[name] = [screen.settle()]
    return found


def session(folder: Path, size: tuple[int, int], speed: float) -> tuple[int, float]:
    """The bytes of a whole session from its first key to its last set, and its minutes by the
    program's clock, which runs ``speed`` times as fast as time."""
    code = FASTER.format(speed=speed)
    with terminal([sys.executable, "-c", code, "--data-dir", str(folder)], size) as screen:
        ready(screen)
        before, began = screen.bytes, monotonic()
        waits_from = None
        while ALL_DONE not in screen.text():
            now = phase(screen)
            if now == "WORK":
                waits_from = waits_from or monotonic()
                if (monotonic() - waits_from) * speed >= SET_S:
                    screen.press("\r")
                    waits_from = None
                    screen.wait(lambda _: phase(screen) != "WORK")
            elif now in {"", REST_OVER}:
                screen.press(" ")
                screen.wait(lambda _: phase(screen) not in {"", REST_OVER, "REST"})
            screen.read(1 / speed)
        return screen.bytes - before, (monotonic() - began) * speed / 60


def show(title: str, found: Found, least: str) -> None:
    """Print what was found, and its ratio to the row named ``least``."""
    floor_bytes = median(found[least])
    width = max(map(len, found))
    print(f"\n{title} (bytes)\n  {'':{width}}      n     min  median     max    ratio")
    for name, counts in found.items():
        middle = median(counts)
        print(
            f"  {name:{width}} {len(counts):6} {min(counts):7} {middle:7.0f} {max(counts):7} "
            f"{middle / floor_bytes:8.2f}"
        )


def joined(parts: Iterable[Found]) -> Found:
    """The counts of several programs, merged by name."""
    together: Found = defaultdict(list)
    for part in parts:
        for name, counts in part.items():
            together[name] += counts
    return together


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Bytes on the line.")
    parser.add_argument("--seconds", type=float, default=62.0, help="of each clock")
    parser.add_argument("--speed", type=float, default=10.0, help="of the session's clock")
    options = parser.parse_args()
    seconds = options.seconds
    with (
        tempfile.TemporaryDirectory(prefix="stridelift-bench-") as name,
        ThreadPoolExecutor(max_workers=8) as at,
    ):
        running = []
        for size in SIZES:
            folders = [Path(name) / f"{what}{size[0]}" for what in ("rest", "led", "keys")]
            for folder in folders:
                make_log(folder, 30)
            clocks = [
                at.submit(floor, size, min(seconds, 20.0)),
                at.submit(rest, folders[0], size, seconds),
                at.submit(led, folders[1], size, seconds),
            ]
            running.append((f"{size[0]}x{size[1]}", clocks, at.submit(keys, folders[2], size)))
        whole = Path(name) / "whole"
        make_log(whole, 30)
        done = at.submit(session, whole, SIZES[0], options.speed)
        for at_size, clocks, typed in running:
            found = joined(clock.result() for clock in clocks)
            show(f"a second, {at_size}", found, TICK)
            show(f"a key, {at_size}", typed.result(), PAINT)
            if at_size == "80x24":
                second = mean(found[TICK])
        sent, minutes = done.result()
        print(
            f"\na session of {minutes:.0f} min, 80x24: {sent / 1000:.0f} kB; one of 45 min "
            f"{sent / minutes * 45 / 1000:.0f} kB, ratio {sent / (minutes * 60 * second):.2f}"
        )


if __name__ == "__main__":
    main()
