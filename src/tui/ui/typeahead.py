"""Keeps what is typed between the start of the program and its first screen.

Until the terminal is in raw mode it shows each key, edits a line of them and turns enter into
another key. So the mode is changed first of all, before Textual, which takes over later, is even
loaded; hence nothing of it is imported here.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

# Signals that ask the program to end, with the exit code. ctrl+c is an ordinary key once the screen
# is up, but a signal while it starts.
SIGNALS = {"SIGHUP": 0, "SIGTERM": 0, "SIGINT": 130}
# More than a terminal keeps of a line that nobody reads.
AT_ONCE = 4096
IFLAG, LFLAG, CC = 0, 3, 6


class TypeAhead(NamedTuple):
    """The modes of the terminal as they were found, None without a terminal; and the keys that were
    typed before they were changed, as raw mode would have sent them."""

    before: list[Any] | None
    typed: bytes


NOTHING_TYPED = TypeAhead(None, b"")


@contextmanager
def typing_kept(clear_up: Callable[[], object] = lambda: None) -> Iterator[TypeAhead]:
    """Stop the terminal from showing and changing what is typed; at the end its modes are as they
    were. Until the screen has its own handlers, the signals in SIGNALS restore them too, call
    ``clear_up`` and end the program."""
    stdin = sys.__stdin__
    try:
        fileno = -1 if stdin is None else stdin.fileno()
        before = termios.tcgetattr(fileno)
    except (termios.error, OSError, ValueError):
        yield NOTHING_TYPED
        return

    def give_back() -> None:
        # The terminal may be gone.
        with suppress(termios.error):
            termios.tcsetattr(fileno, termios.TCSANOW, before)

    def end(number: int, _: object) -> None:
        # An exception instead would be raised in the middle of an import, and there are extension
        # modules that crash from it. To the log it is no more than a kill.
        give_back()
        clear_up()
        os._exit(SIGNALS[signal.Signals(number).name])

    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    earlier = {number: signal.signal(number, end) for number in numbers}
    try:
        yield TypeAhead(before, _quietly(fileno, before))
    finally:
        give_back()
        for number, handler in earlier.items():
            if signal.getsignal(number) is end:
                signal.signal(number, handler)


def _quietly(fileno: int, before: list[Any]) -> bytes:
    """Change the modes, and return what had been typed until then, without leaving it in sight."""
    modes = [*before[:CC], list(before[CC])]
    modes[LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    modes[IFLAG] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
    modes[CC][termios.VMIN], modes[CC][termios.VTIME] = 1, 0
    # Only ctrl+c is a signal still. ctrl+z has to wait for a screen that can be left and come back
    # to, and ctrl+\ would leave the terminal as it is now.
    off = bytes([os.fpathconf(fileno, "PC_VDISABLE")])
    modes[CC][termios.VSUSP] = modes[CC][termios.VQUIT] = off
    with suppress(termios.error, OSError):
        termios.tcsetattr(fileno, termios.TCSANOW, modes)
        typed = os.read(fileno, AT_ONCE) if select.select([fileno], [], [], 0)[0] else b""
        if typed and before[LFLAG] & termios.ECHO:
            _erase(typed.count(b"\n"))
        return typed.replace(b"\n", b"\r") if before[IFLAG] & termios.ICRNL else typed
    return b""


def _erase(rows: int) -> None:
    """Erase what the terminal has shown of the keys typed, ``rows`` times enter among them."""
    up = f"\x1b[{rows}A" if rows else ""
    with suppress(OSError):
        if sys.__stdout__ is not None:
            os.write(sys.__stdout__.fileno(), f"\r{up}\x1b[J".encode())
