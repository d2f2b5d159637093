"""The composition root: builds paths, library, logbook and screen, here and nowhere else.

The screen and the command line both start here, so both see the same log, library and date.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from tui.app.local_time import localised
from tui.domain.model.text import clean
from tui.store.errors import StoreError
from tui.store.paths import Paths, data_dir

if TYPE_CHECKING:
    from tui.app.logbook import Logbook
    from tui.domain.model.library.parser import Library, Problem
    from tui.ui.typeahead import TypeAhead


class ScreenFault(Exception):
    """A bug ended the full screen; it is the ``__cause__``. The message says what to do."""


def paths(folder: str | None) -> Paths:
    """The paths of the log: ``folder``, else the one set by the environment or the system."""
    return Paths(data_dir(folder, os.environ))


def make_clock(today: date | None = None) -> Callable[[], datetime]:
    """A function that returns the local time with its UTC offset; ``today`` replaces the date at
    the start.

    The wall clock is read once. After that a monotonic clock, which nobody sets and which runs on
    while the machine sleeps, is added, so that a hold lasts as long as it should.
    """
    wall, start = time.time(), steady()
    if today is not None:
        moment = datetime.fromtimestamp(wall).time()  # noqa: DTZ006  the zone follows
        wall = localised(datetime.combine(today, moment)).timestamp()

    def now() -> datetime:
        return datetime.fromtimestamp(wall + steady() - start).astimezone()

    return now


def steady() -> float:
    """Seconds on a monotonic clock; one that counts sleep, if the system has it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@cache
def shipped_library() -> Library:
    """The library that comes with the program, parsed once a process. Raises StoreError if the
    installation is damaged."""
    from tui.domain.model.library.parser import parse
    from tui.store.own_library import read_json
    from tui.store.program import shipped_file

    library, problems = parse(read_json(shipped_file()))
    if problems:
        raise StoreError(f"{clean(str(problems[0]))}. Install Stridelift again.")
    return library


def whole_library(where: Paths) -> tuple[Library, list[Problem]]:
    """The shipped library with the runner's own laid over it, and the problems in the runner's;
    with any problem, the shipped one alone. Raises StoreError."""
    from tui.store.own_library import OwnLibrary

    return OwnLibrary(where, shipped_library).whole()


def open_logbook(
    folder: str | None, today: date | None, *, write: bool, else_look: bool = False
) -> Logbook:
    """The runner's log. With ``write`` it is opened for writing if no other instance has it; with
    ``else_look``, read-only if the disk does not let us write.

    If the runner's own library has problems, they are reported and it is left out. Raises
    StoreError.
    """
    book = closed_logbook(folder, today)
    try:
        book.open(write=write)
    except StoreError as refusal:
        if not else_look:
            raise
        book.look(refusal)
    return book


def closed_logbook(folder: str | None, today: date | None) -> Logbook:
    """The runner's log as :func:`open_logbook` returns it, but not open yet: nothing but the
    library has been read."""
    from tui.app.logbook import Logbook
    from tui.store.kept_library import KeptLibrary
    from tui.store.own_library import OwnLibrary

    where = paths(folder)
    shipped = KeptLibrary(where, shipped_library).shipped
    library, left_out = OwnLibrary(where, shipped).load()
    book = Logbook(
        where,
        library,
        now=make_clock(today),
        random_bits=lambda: int.from_bytes(os.urandom(10)),
        shipped=shipped,
    )
    if left_out:
        book.notice(left_out)
    return book


def run_screen(book: Logbook, ahead: TypeAhead) -> int:
    """Run the full screen on a logbook, with what was typed ahead, and return its exit code. If a
    bug ends it, the terminal is restored and ScreenFault is raised; StoreError, if the disk was the
    cause."""
    from tui.app.farewell import farewell
    from tui.ui.app import Stridelift

    screen = Stridelift(book, ahead)
    screen.run(mouse=book.profile.setting("mouse", True))
    left = screen.fault is None and not screen.return_code and not screen.is_web
    if left and (words := farewell(book)):
        print(words)  # noqa: T201  the screen is gone, this is for the shell
    if isinstance(screen.fault, StoreError):
        raise screen.fault
    if screen.fault is not None:
        raise ScreenFault(
            "what you logged is kept; start stridelift again and go on where you were"
        ) from screen.fault
    return screen.return_code or 0
