"""A small file that asks the process with the writer's lock for something: to hand over, to sync.

It names who asks. While it stands nothing was answered; it is answered by being removed. Of two
that ask for one thing the later takes the place of the earlier.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tui.store.atomic import fill, make_folder, temp_of
from tui.store.errors import StoreError, refused
from tui.store.files import Identity, identity_of, read_file
from tui.store.json_bytes import JSONDecodeError, dumps, loads
from tui.store.lock import MOST_BYTES, abandoned, local_now, place_of, terminal

# Whoever asks waits for a few seconds only: what is older was left behind.
STALE = timedelta(seconds=10)
LONGEST_NAME = 255


class Request(NamedTuple):
    """Who asks: a process, its machine, its terminal (empty if it has none), and when."""

    pid: int
    host: str
    terminal: str
    at: datetime

    def place(self) -> str:
        """Where it was asked, in few words that are safe to show: ``pts/3``, ``laptop, pts/3`` if
        that is another machine. A page in a browser has no terminal."""
        return place_of(self.host, self.terminal) or "another window"


class Requests:
    """The requests for one thing, at ``path``. ``now`` returns the wall-clock time, with its UTC
    offset."""

    def __init__(self, path: Path, now: Callable[[], datetime] = local_now) -> None:
        self._path = path
        self._now = now
        self._mine = b""

    def make(self) -> Request:
        """Ask, in place of whoever asked before. Raises StoreError."""
        request = Request(os.getpid(), os.uname().nodename, terminal(), self._now())
        told = dumps(request._asdict()) + b"\n"
        temp = temp_of(self._path)
        try:
            make_folder(self._path.parent)
            try:
                fill(temp, told)
                temp.replace(self._path)
            except BaseException:
                with suppress(OSError):
                    temp.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise refused(self._path, error) from error
        self._mine = told
        return request

    def standing(self) -> bool:
        """Whether what this process asked last still waits for its answer; False once it was
        answered, or another asked."""
        found = self._found()
        return bool(self._mine) and found is not None and found[1] == self._mine

    def withdraw(self) -> None:
        """Ask no longer. What another asked stays."""
        if self.standing():
            self.answer()
        self._mine = b""

    def waiting(self) -> Request | None:
        """What another process asks for; None if nobody does. What was left behind, or cannot be
        understood, is removed. While there is no file this is one call of the system."""
        # Unlike Path.exists this never raises.
        if not os.path.exists(self._path) or (found := self._found()) is None:  # noqa: PTH110
            return None
        identity, told = found
        if self._mine and told == self._mine:
            return None
        request = understood(told)
        if request is None or self._left_behind(request):
            self._sweep(identity)
            return None
        return request

    def answer(self) -> None:
        """Remove the request, whoever made it. That it is gone already, or that the disk refuses,
        is no error: it is left behind soon."""
        with suppress(OSError):
            self._path.unlink()

    def _left_behind(self, request: Request) -> bool:
        # Of a clock that was set back, too, nobody waits this long.
        return abs(self._now() - request.at) > STALE or abandoned(request._asdict())

    def _sweep(self, judged: Identity) -> None:
        """Remove the file that was judged, not one that took its place since."""
        with suppress(OSError):
            if identity_of(self._path.stat()) == judged:
                self._path.unlink()

    def _found(self) -> tuple[Identity, bytes] | None:
        try:
            return read_file(self._path, MOST_BYTES)
        except StoreError:
            return None


def understood(told: bytes) -> Request | None:
    """The request that a file holds; None if it is not well formed."""
    try:
        info: Any = loads(told)
        pid, host, where = info["pid"], info["host"], info["terminal"]
        at = datetime.fromisoformat(info["at"])
    except (JSONDecodeError, KeyError, TypeError, ValueError):
        return None
    names = isinstance(host, str) and isinstance(where, str) and bool(host)
    if type(pid) is not int or pid < 1 or not names or at.tzinfo is None:
        return None
    if max(len(host), len(where)) > LONGEST_NAME:
        return None
    return Request(pid, host, where, at)
