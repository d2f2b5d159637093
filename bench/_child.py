"""A process to be killed: forked, so that it starts at once, and reporting through a pipe."""

from __future__ import annotations

import json
import os
import select
import signal
import traceback
from collections.abc import Callable
from time import perf_counter
from typing import Any, NoReturn

Message = dict[str, Any]
Tell = Callable[[Message], None]


class Child:
    """A forked process that does ``work`` and reports on it until it is killed. ``told`` holds the
    messages it sent before that, without one that was cut short."""

    def __init__(self, work: Callable[[Tell], object]) -> None:
        self.told: list[Message] = []
        self._unread = b""
        self._ended = False
        self._pipe, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._pipe)
            _be_the_child(work, theirs)
        os.close(theirs)

    def listen(self, seconds: float, until: Callable[[Message], bool] = lambda _: False) -> bool:
        """Read messages for ``seconds``, or ``until`` one matches; True if one did."""
        end = perf_counter() + seconds
        while not self._ended and (left := end - perf_counter()) > 0:
            heard = len(self.told)
            if select.select([self._pipe], [], [], left)[0]:
                self._read()
            if any(map(until, self.told[heard:])):
                return True
        return False

    @property
    def ended(self) -> bool:
        """Whether it has ended, and all it sent has been read."""
        return self._ended

    def kill(self) -> bool:
        """Kill -9, and read its last messages; False if it had already ended by itself."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        while not self._ended:
            self._read()
        os.close(self._pipe)
        return os.WIFSIGNALED(status)

    def _read(self) -> None:
        data = os.read(self._pipe, 1 << 16)
        self._ended = not data
        *lines, self._unread = (self._unread + data).split(b"\n")
        self.told += map(json.loads, lines)


def _be_the_child(work: Callable[[Tell], object], pipe: int) -> NoReturn:
    """Do the work, then wait to be killed; never return into the parent's code."""

    def tell(message: Message) -> None:
        os.write(pipe, json.dumps(message).encode() + b"\n")

    try:
        work(tell)
        signal.pause()
    finally:
        traceback.print_exc()
        os._exit(1)
