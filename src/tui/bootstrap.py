"""Where the layers meet: paths, library, logbook and screen are put together here and nowhere else.

Both faces of the program begin here, so both see the same log, the same library and the same day.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.model.text import clean
from tui.store.errors import StoreError
from tui.store.paths import Paths, data_dir

if TYPE_CHECKING:
    from tui.app.logbook import Logbook
    from tui.domain.model.library.parser import Library, Problem

HERE = Path(__file__).parent
# A wheel carries the library inside the package; in a working tree it lies at the top.
LIBRARIES = (HERE / "library.json", HERE.parents[1] / "library.json")


class ScreenFault(Exception):
    """A fault ended the full screen, its cause. The words say what to do."""


def paths(folder: str | None) -> Paths:
    """Where the log is: ``folder``, else what the environment or the system says."""
    return Paths(data_dir(folder, os.environ))


def present(today: date | None = None) -> Callable[[], datetime]:
    """The time of this place with its UTC offset; ``today`` stands in for the date of the start.

    The wall clock is read once. From there a clock carries on that nobody sets and that runs while
    the machine sleeps, so that a hold is as long as it is.
    """
    wall, start = time.time(), steady()
    if today is not None:
        moment = datetime.fromtimestamp(wall).time()  # noqa: DTZ006  the zone follows
        wall = localised(datetime.combine(today, moment)).timestamp()

    def now() -> datetime:
        return datetime.fromtimestamp(wall + steady() - start).astimezone()

    return now


def steady() -> float:
    """Seconds on a clock that is never set and, where the system has one, counts sleep."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def localised(naive: datetime) -> datetime:
    """A time on the wall with the UTC offset that this place has at that time."""
    return naive.astimezone()


class Here(tzinfo):
    """The zone of this computer, with the offset that it has at each time."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The offset at a time on the wall."""
        return None if when is None else localised(when.replace(tzinfo=None)).utcoffset()

    def dst(self, when: datetime | None) -> None:
        """Not known, and not asked for."""

    def tzname(self, when: datetime | None) -> None:
        """Not known, and not asked for."""

    def fromutc(self, when: datetime) -> datetime:
        """The time on the wall; in the hour that comes twice, the right one of the two."""
        local = when.replace(tzinfo=UTC).astimezone()
        here = local.replace(tzinfo=self)
        return here if here.utcoffset() == local.utcoffset() else here.replace(fold=1)


def shipped_library() -> Library:
    """The library that comes with the program. Raises StoreError where the installation is
    damaged."""
    from tui.domain.model.library.parser import parse
    from tui.store.own_library import read_json

    path = next((path for path in LIBRARIES if path.exists()), LIBRARIES[0])
    library, problems = parse(read_json(path))
    if problems:
        raise StoreError(f"{clean(str(problems[0]))}. Install Stridelift again.")
    return library


def whole_library(where: Paths) -> tuple[Library, list[Problem]]:
    """The shipped library with the runner's own laid over it, and what is wrong with the latter;
    with any problem the shipped one stands alone. Raises StoreError."""
    from tui.store.own_library import OwnLibrary

    return OwnLibrary(where, shipped_library).whole()


def open_logbook(
    folder: str | None, today: date | None, *, write: bool, else_look: bool = False
) -> Logbook:
    """The runner's log. With ``write`` it is opened for writing where no other instance has it;
    with ``else_look`` only to look where the disk lets nobody write.

    A library of the runner's own that has problems is told of and left out. Raises StoreError.
    """
    from tui.app.logbook import Logbook
    from tui.store.own_library import OwnLibrary

    where = paths(folder)
    library, left_out = OwnLibrary(where, shipped_library).load()
    book = Logbook(
        where,
        library,
        now=present(today),
        random_bits=lambda: int.from_bytes(os.urandom(10)),
        shipped=shipped_library,
    )
    if left_out:
        book.notice(left_out)
    try:
        book.open(write=write)
    except StoreError as refusal:
        if not else_look:
            raise
        book.look(refusal)
    return book


def run_screen(book: Logbook) -> int:
    """The full screen on a logbook until it is left; its exit code. Raises ScreenFault, the
    terminal put right, where a fault ended it, and StoreError where that was the disk's."""
    from tui.ui.app import Stridelift

    screen = Stridelift(book)
    screen.run()
    if isinstance(screen.fault, StoreError):
        raise screen.fault
    if screen.fault is not None:
        raise ScreenFault(
            "what you logged is kept; start stridelift again and go on where you were"
        ) from screen.fault
    return screen.return_code or 0
