"""Leaving: when the terminal goes away, when somebody asks for it politely, and after a fault.

Nothing has to be saved then: what was confirmed is on the disk. What has to be shown is a terminal
put right where there still is one, and no process left behind where there is none: Textual's
input thread would read the end of a closed terminal for ever, and a full output queue would block
the rest.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from textual.app import App

# What asks the program to end, and the exit code that it ends with then. The keys ctrl+c are no
# signal once the screen is there, but they are while it starts.
SIGNALS = {"SIGHUP": 0, "SIGTERM": 0, "SIGINT": 130}
# A slow line gets this long to take the last bytes.
PATIENCE_S = 3.0


def shut_down_cleanly(app: App[None], give_back: Callable[[str], None]) -> None:
    """From now on end ``app`` on the signals above and when its terminal is closed. To be called
    from the running app, where it has a terminal, before that is changed.

    ``give_back`` is for an app that does not end: it puts the terminal right, says a line, and
    waits for nothing; no other code of the app runs after it.
    """
    loop = asyncio.get_running_loop()
    told, tell = os.pipe()
    os.set_blocking(tell, False)

    def leave() -> None:
        code = _wait(told)
        with suppress(RuntimeError):  # the loop may be over already
            loop.call_soon_threadsafe(lambda: app.exit(return_code=code))
        time.sleep(PATIENCE_S)
        give_back("it took too long to leave, so it was cut short; what you logged is kept")
        os._exit(1)

    def teller(code: int) -> Callable[..., None]:
        def tell_of_it(*_: object) -> None:
            # Not the loop's own handler: the loop may be the one that is blocked. And no more than
            # a byte: what takes a lock could wait for the very code that the signal interrupted.
            with suppress(OSError):
                os.write(tell, bytes([code]))

        return tell_of_it

    threading.Thread(target=leave, daemon=True).start()
    for name, code in SIGNALS.items():
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, teller(code))


def _wait(told: int) -> int:
    """Wait, without waking up in between, until a signal tells or the terminal hangs up; gives the
    exit code."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(told, select.POLLIN)
        if sys.__stdin__ is not None:
            poll.register(sys.__stdin__.fileno(), 0)
        if told not in dict(poll.poll()):
            return 0
    return os.read(told, 1)[0]
