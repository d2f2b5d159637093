"""Leaving when the terminal goes away or somebody asks for it politely.

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
from collections.abc import Callable
from contextlib import suppress

from textual.app import App

SIGNALS = ("SIGHUP", "SIGTERM")
# A slow line gets this long to take the last bytes.
PATIENCE_S = 3.0


def leave_cleanly(app: App[None]) -> None:
    """From now on end ``app`` on SIGHUP, on SIGTERM and when its terminal is closed. To be called
    from the running app."""
    if app.is_headless:
        return  # No terminal: the signals are those of whoever runs it.
    loop = asyncio.get_running_loop()

    def leave() -> None:
        last = threading.Timer(PATIENCE_S, os._exit, (1,))
        last.daemon = True
        last.start()
        with suppress(RuntimeError):  # the loop may be over already
            loop.call_soon_threadsafe(app.exit)

    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            # Not the loop's own handler: the loop may be the one that is blocked.
            signal.signal(number, lambda *_: leave())
    if hasattr(select, "poll"):
        threading.Thread(target=_until_closed, args=(leave,), daemon=True).start()


def _until_closed(leave: Callable[[], None]) -> None:
    """Wait, without waking up in between, until the terminal hangs up."""
    poll = select.poll()
    if sys.__stdin__ is not None:
        poll.register(sys.__stdin__.fileno(), 0)
        poll.poll()
        leave()
