"""Times logging a set and finishing a session, with an empty log and with 20 years in it.

The floors write the same bytes to the same disk in the simplest safe way: append and fsync for a
set; temp file, fsync, rename and fsync of the folder for the year file of a session.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from _measure import busy, folders, program, table
from _terminal import Terminal, terminal

from tui.app.logbook import Logbook
from tui.bootstrap import shipped_library
from tui.domain.session.actions import Log
from tui.store.journal import journal_path
from tui.store.paths import Paths

Times = defaultdict[str, list[float]]
FLOOR, SETS = "floor", 10


def timed(work: Callable[[], object]) -> float:
    """How long a call takes, in ms."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1e3


def opened(folder: Path) -> Logbook:
    """A logbook on a data directory, with every year read."""
    book = Logbook(
        Paths(folder),
        shipped_library(),
        now=lambda: datetime.now().astimezone(),
        random_bits=lambda: int.from_bytes(os.urandom(10)),
    )
    book.open(write=True)
    return book.read_all()


def append(handle: int, data: bytes) -> None:
    """Append bytes to an open file and sync it."""
    os.write(handle, data)
    os.fsync(handle)


def replace(path: Path, data: bytes) -> None:
    """Replace a file in one step."""
    temp = path.with_suffix(".temp")
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT, 0o600)
    append(handle, data)
    os.close(handle)
    temp.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def one_session(books: Mapping[str, Logbook], sets: Times, finishes: Times) -> None:
    """Time a session in each logbook, set by set in turns, and then its floor."""
    for book in books.values():
        book.recorder.start(book.planner.next_plan(book.now().date()))
    floor = next(iter(books.values())).paths.root / "floor"
    handle = os.open(floor, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    while True:
        for name, book in books.items():
            live = book.recorder.live
            assert live is not None
            coming = live.suggested(None)
            if coming is None:
                break
            journal = journal_path(book.paths, live.id)
            before = journal.stat().st_size
            sets[name].append(timed(partial(book.recorder.do, Log(coming.id))))
            line = b"x" * (journal.stat().st_size - before)
            sets[f"{FLOOR}: append and fsync"].append(timed(partial(append, handle, line)))
        else:
            continue
        break
    os.close(handle)
    for name, book in books.items():
        finishes[name].append(timed(book.recorder.finish))
        data = book.paths.year(book.now().year).read_bytes()
        finishes[f"{FLOOR}: the year file, {name}"].append(timed(partial(replace, floor, data)))


def done(text: str) -> int:
    """How many sets the screen shows as done."""
    return text.count("●")


def press_enter(screen: Terminal) -> float:
    """Log a set with its key; return the ms until the screen shows it."""
    before = done(screen.text())
    pressed = screen.press("\r")
    return (screen.wait(lambda shown: done(shown) > before) - pressed) * 1e3


def press_down(screen: Terminal, keys: str) -> float:
    """Move in the list; return the ms until the mark is on another row. The floor of every key."""
    marks = [row for row in screen.screen.display if "›" in row]
    pressed = screen.press(keys)
    moved = screen.wait(lambda shown: [r for r in shown.split("\n") if "›" in r] != marks)
    return (moved - pressed) * 1e3


def keys(empty: Path, big: Path) -> Times:
    """Time keys to the screen in the running program; the first set starts the session and does not
    count."""
    found: Times = defaultdict(list)
    with terminal(program(empty), (80, 24)) as one, terminal(program(big), (80, 24)) as other:
        screens = {"enter, empty log": one, "enter, 20 years": other}
        for screen in screens.values():
            screen.wait(lambda shown: "Set 1 of" in shown and "reading" not in shown)
            screen.settle()
            press_enter(screen)
            screen.settle()
        for number in range(SETS):
            for name, screen in screens.items():
                found[name].append(press_enter(screen))
                screen.settle(0.1)
                way = "jk"[number % 2]
                found[f"{FLOOR}: a row up or down"].append(press_down(screen, way))
                screen.settle(0.1)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Cost of logging a set.")
    parser.add_argument("--rounds", type=int, default=12, help="sessions in each log")
    rounds = parser.parse_args().rounds
    print(busy())
    sets: Times = defaultdict(list)
    finishes: Times = defaultdict(list)
    with folders() as (empty, big):
        books = {"empty log": opened(empty), "20 years": opened(big)}
        for _ in range(rounds):
            one_session(books, sets, finishes)
        for book in books.values():
            book.close()
        table("one set, on the disk", "ms", sets, f"{FLOOR}: append and fsync")
        table("finishing a session", "ms", finishes, f"{FLOOR}: the year file, empty log")
        table(
            "from a key to the screen, 80x24", "ms", keys(empty, big), f"{FLOOR}: a row up or down"
        )


if __name__ == "__main__":
    main()
