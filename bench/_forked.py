"""Runs the program in a fork of this process, which has all of it loaded: a thousand runs in the
time of fifty starts. A fork has what it prints, its exit code and its death to itself."""

from __future__ import annotations

import gc
import io
import os
import re
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import BinaryIO, NamedTuple, NoReturn

from tui.bootstrap import shipped_library
from tui.cli import COMMANDS, MODULES
from tui.cli import main as run_command

PATIENCE_S = 60
# Where a traceback passes through the program.
FRAME = re.compile(r"/(tui/[\w/]+\.py)\", line (\d+)")


class Ran(NamedTuple):
    """How a process ended. ``code`` is its exit code, or minus the signal that killed it."""

    code: int
    out: str
    err: str

    @property
    def fault(self) -> str:
        """What no run may show, in words: a traceback, a bug, an end that none should have."""
        for sign in ("Traceback", "a bug in Stridelift"):
            if sign in self.err or sign in self.out:
                *_, last = self.err.splitlines() or self.out.splitlines()
                frames = [f"{file}:{line}" for file, line in FRAME.findall(self.err)[-2:]]
                return " in ".join([f"{sign}: {last}", *frames])
        if self.code == -signal.SIGALRM:
            return f"it hung for {PATIENCE_S} s"
        known = {0, 1, 2, -signal.SIGKILL}
        return "" if self.code in known else f"exit code {self.code}: {self.err.strip()[-300:]}"


def warm() -> None:
    """Load what the commands load, and the library, which is the same for all of them."""
    for name in COMMANDS:
        import_module(f"tui.cli.{MODULES.get(name, name)}")
    shipped_library()
    gc.freeze()  # A fork shares this memory as long as nobody writes to it.


def command(words: Sequence[str]) -> Ran:
    """Run a command of the program."""
    return forked(lambda: run_command(list(words)))


def forked(work: Callable[[], int]) -> Ran:
    """Do ``work``, which returns an exit code, in a fork."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _be_the_fork(work, out, err)
        _, status = os.waitpid(pid, 0)
        return Ran(os.waitstatus_to_exitcode(status), _text(out), _text(err))


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _be_the_fork(work: Callable[[], int], out: BinaryIO, err: BinaryIO) -> NoReturn:
    """Do the work as a program does; never return into the parent's code."""
    leave = os._exit
    code = 1
    try:
        signal.alarm(PATIENCE_S)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        # By lines, as to a terminal: what was printed before a kill was seen.
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), line_buffering=True, write_through=True)
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), line_buffering=True, write_through=True)
        code = work()
        sys.stdout.flush()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  Python would print it, too, and end
        traceback.print_exc()
    finally:
        leave(code)
