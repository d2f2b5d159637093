"""Shut down cleanly when the terminal goes away or a signal asks for it.

Nothing has to be saved at that point: what was confirmed is on disk. What matters is that a
terminal that still exists is restored, and that no process stays behind when it is gone: Textual's
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

from tui.ui.typeahead import SIGNALS

# How long a slow line gets to take the last bytes.
PATIENCE_S = 3.0


def shut_down_cleanly(app: App[None], give_back: Callable[[str], None]) -> None:
    """From now on end ``app`` on SIGNALS and when its terminal is closed. Call it in the
    running app's loop, before the terminal is changed.

    ``give_back`` is called if the app does not end in time: it must restore the terminal and print
    the line it is given without waiting for anything; the process exits right after it.
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
            # Not a handler of the loop: the loop may be what is blocked. And only one byte, as
            # anything that takes a lock could wait for the code that the signal interrupted.
            with suppress(OSError):
                os.write(tell, bytes([code]))

        return tell_of_it

    threading.Thread(target=leave, daemon=True).start()
    for name, code in SIGNALS.items():
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, teller(code))


def _wait(told: int) -> int:
    """Block, without polling, until a signal arrives or the terminal hangs up; the exit code."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(told, select.POLLIN)
        if sys.__stdin__ is not None:
            poll.register(sys.__stdin__.fileno(), 0)
        if told not in dict(poll.poll()):
            return 0
    return os.read(told, 1)[0]
