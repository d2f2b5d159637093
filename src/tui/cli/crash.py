"""What becomes of a bug in the program: a report in the data folder, and one line for the runner.

The report is made to be shown to others. So it has no words of the runner's: no values, of the
command line only the command, and no messages of exceptions, since these quote what they choke on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from traceback import format_tb

from tui.bootstrap import ScreenFault, paths
from tui.store.crashes import keep_report
from tui.store.errors import StoreError


def told(bug: BaseException, folder: str | None, command: str) -> str:
    """Keep a report of a bug, and return the one line about it: what to do, what it was, and which
    file the report is. ``command`` is empty for the full screen."""
    screen = isinstance(bug, ScreenFault)
    cause = bug.__cause__ if isinstance(bug, ScreenFault) and bug.__cause__ else bug
    what = f"a bug in Stridelift: {bug}" if screen else "a bug in Stridelift"
    now = datetime.now().astimezone()
    try:
        kept = keep_report(paths(folder), "\n".join(_report(cause, command, now)), now)
    except StoreError:
        kept = None
    report = f"please report it with {kept}" if kept else "please report it"
    return f"{what}; {report}: {_in_short(cause)}"


def _in_short(bug: BaseException) -> str:
    """An exception in a few words, with the place where it was raised."""
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" ({trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno})"
    return f"{type(bug).__name__}: {bug}{place}"


def _report(bug: BaseException, command: str, now: datetime) -> Iterator[str]:
    yield f"time: {now.isoformat(timespec='seconds')}"
    yield f"stridelift: {_version('stridelift')}"
    yield f"python: {' '.join(sys.version.split())}"
    yield f"textual: {_version('textual')}"
    yield f"platform: {_platform()}"
    yield f"command: {command or 'none, the full screen'}"
    yield f"terminal: {_terminal()}"
    yield ""
    yield from _trace(bug)


def _trace(bug: BaseException) -> Iterator[str]:
    """The traceback of an exception and of those that led to it, oldest first, without messages."""
    chain = [bug]
    while (before := _before(chain[-1])) is not None and before not in chain:
        chain.append(before)
    for number, each in enumerate(reversed(chain)):
        if number:
            yield "which led to:\n"
        yield from (_private(frame) for frame in format_tb(each.__traceback__))
        yield f"{type(each).__module__}.{type(each).__qualname__}\n"
        for part in each.exceptions if isinstance(each, BaseExceptionGroup) else ():
            yield "of which one:\n"
            yield from _trace(part)


def _before(bug: BaseException) -> BaseException | None:
    return bug.__cause__ or (None if bug.__suppress_context__ else bug.__context__)


def _private(frame: str) -> str:
    """A frame without the name of the runner's home folder."""
    home = os.environ.get("HOME", "").rstrip("/")
    return frame.rstrip("\n").replace(f'"{home}/', '"~/' if home else '"/')


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _platform() -> str:
    system = os.uname()
    return f"{system.sysname} {system.release} {system.machine}"


def _terminal() -> str:
    """Its size, of the first stream that is one, and TERM."""
    name = os.environ.get("TERM", "none")
    for number in (1, 2, 0):
        try:
            columns, rows = os.get_terminal_size(number)
        except OSError:
            continue
        return f"{columns}x{rows} {name}"
    return f"no size, {name}"
