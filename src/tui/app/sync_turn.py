"""Whose turn it is to join what came into the runner's files: only the process that writes may.

A sync that finds a window writing asks it, by a small file, to join; the window does so at its next
idle moment, and answers by removing the file.
"""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import TypeVar

from tui.app.logbook import Logbook
from tui.store.errors import StoreError
from tui.store.requests import Requests

T = TypeVar("T")
# An idle window answers within a second; one that is stopped, or whose connection is dead, never.
PATIENCE_S = 5.0
POLL_S = 0.05


class NoAnswer(StoreError):
    """The window that writes does not answer. What was fetched stays where it is until the next
    sync."""


def in_turn(
    book: Logbook, join: Callable[[], T], wait: Callable[[float], object] = sleep
) -> T | None:
    """Call ``join`` as the one that writes, and return its result; None if the window that writes
    has joined instead. ``book`` is open for writing only in the first case. Raises NoAnswer,
    ReadOnly or StoreError."""
    requests = Requests(book.paths.sync_request)
    asked = False
    try:
        for _ in range(round(PATIENCE_S / POLL_S)):
            if book.take_over():
                return join()
            if not asked:
                requests.make()
                asked = True
            elif not requests.standing():
                return None
            wait(POLL_S)
    finally:
        requests.withdraw()
    raise NoAnswer(
        f"{book.access.holder} has this log open and does not answer; nothing is lost: go on "
        "there, or close it, and sync again"
    )
