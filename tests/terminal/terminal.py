"""A terminal for tests: the real program in a pty, with pyte as the screen.

Every wait ends when its condition holds, or fails at its deadline with the screen in the message.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyte

DEADLINE_S = 20.0
KEYS = {"enter": "\r", "space": " ", "tab": "\t", "ctrl+z": "\x1a", "backspace": "\x7f"}
# Terminal queries and kitty keyboard switches, which pyte would print as text.
UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?[0-9;]*u")
UNFINISHED = re.compile(rb"\x1b(\[[0-9;?<>=$]*)?\Z")
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
# The modes that are on in a fresh terminal: line wrap and the cursor.
ON_AT_FIRST = {b"7", b"25"}
# The leader of a new session makes the terminal its controlling one, then becomes the program.
# Without that it gets no signal when the terminal goes away. A patch runs before the program.
LAUNCH = """\
import fcntl, os, signal, sys, termios
if sys.argv.pop(1) == "own":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
# A program in the background starts its children with ctrl+c ignored, and these keep that.
signal.signal(signal.SIGINT, signal.SIG_DFL)
patch = sys.argv.pop(1)
program = ["-c", patch + PATCHED] if patch else ["-m", "tui"]
os.execv(sys.executable, [sys.executable, *program, *sys.argv[1:]])
"""
PATCHED = "\nimport sys\nfrom tui.__main__ import main\nsys.exit(main())\n"
LEFT = b"\x1b[?1049l"
SEQUENCE = re.compile(rb"\x1b\[[?<>=]?[0-9;]*[a-zA-Z]")


class Terminal:
    """``python -m tui`` with ``args``, running in a terminal of its own; ``patch`` is Python code
    to run before it, ``typed`` what is in the terminal's queue before it starts."""

    def __init__(
        self,
        *args: str,
        home: Path,
        size: tuple[int, int] = (80, 24),
        own: bool = True,
        patch: str = "",
        typed: bytes = b"",
    ) -> None:
        self.master, self.slave = pty.openpty()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._held = b""
        self.raw = bytearray()
        self._window(size)
        self.type(typed)
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
        # The same machine as the test, which looks for its journal.
        environment["XDG_STATE_HOME"] = os.environ["XDG_STATE_HOME"]
        launch = f"PATCHED = {PATCHED!r}\n{LAUNCH}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", launch, "own" if own else "borrowed", patch, *args],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env=environment | {"TERM": "xterm-256color"},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(DEADLINE_S)
        for handle in (self.slave, self.master):
            if handle >= 0:
                os.close(handle)

    # -- looking -------------------------------------------------------------------------------

    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def listen(self, seconds: float) -> bool:
        """Read what the program writes next; False if it writes nothing for that long."""
        if not select.select([self.master], [], [], max(0.0, seconds))[0]:
            return False
        data = os.read(self.master, 65_536)
        self.raw += data
        data = UNKNOWN.sub(b"", self._held + data)
        cut = UNFINISHED.search(data)
        self._held = data[cut.start() :] if cut else b""
        self._stream.feed(data[: cut.start()] if cut else data)
        return True

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Read output until a condition holds."""
        end = time.monotonic() + DEADLINE_S
        while not until():
            left = end - time.monotonic()
            assert left > 0, f"waited in vain for {what}; on the screen:\n{self.text()}"
            # A program that stops or ends may write nothing: check again soon.
            self.listen(min(left, 0.05))

    def wait_for(self, words: str) -> None:
        """Read output until ``words`` are on the screen."""
        self.wait(lambda: words in self.text(), repr(words))

    def settle(self, quiet: float = 0.2) -> None:
        """Read output until there has been none for ``quiet`` seconds."""
        end = time.monotonic() + DEADLINE_S
        while self.listen(quiet):
            assert time.monotonic() < end, "it never comes to rest"

    def left_behind(self) -> set[bytes]:
        """The modes in which the terminal differs from a fresh one, and ``raw`` if the tty does not
        echo and edit lines as a shell needs."""
        modes: dict[bytes, bool] = {}
        for names, switch in MODE.findall(bytes(self.raw)):
            modes |= dict.fromkeys(names.split(b";"), switch == b"h")
        wrong = {name for name, on in modes.items() if on is not (name in ON_AT_FIRST)}
        flags = termios.tcgetattr(self.slave)[3]
        cooked = flags & termios.ECHO and flags & termios.ICANON
        return wrong if cooked else wrong | {b"raw"}

    def last_words(self) -> list[str]:
        """The lines written after the full screen was left."""
        _, left, rest = bytes(self.raw).rpartition(LEFT)
        assert left, "the full screen was never left"
        return SEQUENCE.sub(b"", rest).decode().split("\r\n")[:-1]

    # -- doing ---------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Send keys as a terminal does."""
        self.type("".join(KEYS.get(key, key) for key in keys).encode())

    def type(self, data: bytes) -> None:
        """Send bytes, whatever they are."""
        os.write(self.master, data)

    def resize(self, columns: int, rows: int) -> None:
        """Resize the terminal, as a window manager does."""
        self.settle()
        self.screen.resize(rows, columns)
        self._window((columns, rows))

    def _window(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def stopped(self) -> bool:
        """Whether the program is stopped."""
        options = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process.pid, options) is not None

    def hang_up(self) -> None:
        """Take the terminal away, as a dropped line does."""
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    def exit_code(self) -> int:
        """Wait for the program to end, reading its output; its exit code."""
        if self.master >= 0:
            self.wait(lambda: self.process.poll() is not None, "the end of the program")
            with suppress(OSError):
                # The last output may still be in the kernel's buffers.
                while self.listen(0.05):
                    pass
        return self.process.wait(DEADLINE_S)
