"""Runs a program in a real terminal (a pty): its screen, and when each byte came."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import pyte
from _measure import ENVIRONMENT

PATIENCE_S = 60.0
SIZES = ((80, 24), (120, 40))


class Late(Exception):
    """The screen did not show what was waited for; the message shows the screen as it was."""


class Terminal:
    """A program running in a terminal. ``bytes`` counts what it has written so far, ``begun`` is
    when it was started (CLOCK_MONOTONIC, s)."""

    def __init__(self, args: Sequence[str], size: tuple[int, int]) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = 0
        self._pty, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = {**ENVIRONMENT, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.begun = monotonic()
        self._process = subprocess.Popen(
            args, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)

    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(self.screen.display)

    def press(self, keys: str) -> float:
        """Type ``keys``; return the time of that."""
        moment = monotonic()
        os.write(self._pty, keys.encode())
        return moment

    def read(self, seconds: float) -> tuple[float, int] | None:
        """The next burst of output within ``seconds``: when it began, and its length in bytes; None
        if nothing comes."""
        if not select.select([self._pty], [], [], seconds)[0]:
            return None
        moment, data = monotonic(), b""
        # Read everything first, then update the screen, which is slow.
        while select.select([self._pty], [], [], 0)[0]:
            try:
                part = os.read(self._pty, 1 << 16)
            except OSError:
                part = b""
            if not part:
                raise Late(f"the program ended\n{self.text()}")
            data += part
        self.bytes += len(data)
        self._stream.feed(data)
        return moment, len(data)

    def wait(self, shows: Callable[[str], bool], seconds: float = PATIENCE_S) -> float:
        """Wait until the screen satisfies ``shows``; return when the bytes came that made it so.
        Raises Late."""
        moment = end = monotonic()
        end += seconds
        while not shows(self.text()):
            came = self.read(max(0.0, end - monotonic()))
            if came is None:
                raise Late(f"not after {seconds:.0f} s\n{self.text()}")
            moment = came[0]
        return moment

    def settle(self, seconds: float = 0.4) -> int:
        """Read until nothing has come for ``seconds``; return the number of bytes."""
        before = self.bytes
        while self.read(seconds) is not None:
            pass
        return self.bytes - before

    def exit_code(self) -> int:
        """Read what it writes until it ends, and return its exit code. Raises Late."""
        end = monotonic() + PATIENCE_S
        while self._process.poll() is None:
            if monotonic() > end:
                raise Late(f"it does not end\n{self.text()}")
            with suppress(Late):  # Its end closes the terminal.
                self.read(0.05)
        return self._process.returncode

    def cpu_s(self) -> float:
        """The processor time of all its threads so far, in seconds (Linux)."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def close(self) -> None:
        """End the program."""
        self._process.kill()
        self._process.wait()
        os.close(self._pty)


@contextmanager
def terminal(args: Sequence[str], size: tuple[int, int]) -> Iterator[Terminal]:
    """A program in a terminal of ``size`` (columns, rows), ended after the block."""
    running = Terminal(args, size)
    try:
        yield running
    finally:
        running.close()
