"""Counts the source files one must read to follow a command, or the logging of one set.

A file counts if a function in it is entered; code that runs only on import does not count. It
measures no time, only how far a reader has to go.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import tui
from tui.bootstrap import open_logbook
from tui.cli import main
from tui.domain.session.actions import Log

SOURCE = str(Path(tui.__file__).parent)
SETS = ("back-squat", "3x5 60kg rir3")


def entered(work: Callable[[], object]) -> set[str]:
    """The paths of the files below ``tui`` in which a function was entered."""
    found: set[str] = set()

    def look(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(SOURCE) and frame.f_code.co_name != "<module>":
            found.add(name.removeprefix(SOURCE).lstrip("/"))

    sys.setprofile(look)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            work()
    finally:
        sys.setprofile(None)
    return found


def command(folder: str, *words: str) -> Callable[[], object]:
    """A call that runs a shell command on a data directory."""
    return lambda: main([*words, "--data-dir", folder])


def one_set(folder: str) -> set[str]:
    """The files entered by logging one set in a live session."""
    book = open_logbook(folder, None, write=True).read_all()
    live = book.recorder.start(book.planner.next_plan(book.now().date()))
    item = live.items[0].id
    book.recorder.do(Log(item))
    try:
        return entered(lambda: book.recorder.do(Log(item)))
    finally:
        book.close()


def show(name: str, files: set[str], *, every: bool) -> None:
    """Print the number of files and, with ``every``, their names."""
    print(f"{name:<12} {len(files):3} files")
    if every:
        for file in sorted(files):
            print(f"  {file}")


def measured(every: bool) -> None:
    """Print the files that today, next and a set enter, on a log with one session."""
    with tempfile.TemporaryDirectory(prefix="stridelift-bench-") as folder:
        command(folder, "log", *SETS)()
        for name, words in (("today", ["today"]), ("next", ["next", SETS[0]])):
            show(name, entered(command(folder, *words)), every=every)
        show("one set", one_set(folder), every=every)


def run(args: Sequence[str] | None = None) -> None:
    """Parse the arguments and measure."""
    parser = argparse.ArgumentParser(description="Files entered by a command, and by a set.")
    parser.add_argument("--files", action="store_true", help="name the files")
    measured(parser.parse_args(args).files)


if __name__ == "__main__":
    run()
