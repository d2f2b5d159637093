"""Running a command that may hang, flood or ask: bounded in time and output, and killed whole.

The command and all that it starts are one process group, so that an ``ssh`` that git started does
not outlive it. Unless it may ask, the group is a session of its own: it has no terminal, so nothing
in it can draw a prompt over the screen.
"""

from __future__ import annotations

import os
import resource
import selectors
import signal
import sys
import termios
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from types import FrameType
from typing import IO, NamedTuple

MOST_OUTPUT = 256 << 20
MOST_ERRORS = 4 << 20
# Why it failed stands at the end.
KEPT_ERRORS = 64 << 10
CHUNK = 64 << 10
# How soon it is noticed that a command has ended whose output something else keeps open.
LOOK_S = 0.1
# The most memory of one process, and the largest file that it may write: a server that sends
# without end is stopped by these before the machine is. A log of ten years is a hundredth of it.
LIMITS = {resource.RLIMIT_DATA: 2 << 30, resource.RLIMIT_FSIZE: 1 << 30}
# What a command has to clean up after it was told to end, before it is killed.
GRACE_S = 0.4


class Ended(NamedTuple):
    """How a command ended: its exit code (below 0: the signal that ended it), its output, the end
    of its error output; whether it was killed because it took too long, or said too much."""

    code: int
    output: bytes
    errors: bytes
    late: bool = False
    flooded: bool = False


def run_whole(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    folder: Path,
    patience_s: float,
    data: bytes = b"",
    most: int = MOST_OUTPUT,
    terminal: int | None = None,
) -> Ended:
    """Run ``command`` in ``folder`` for at most ``patience_s`` seconds with ``data`` as its input,
    for at most ``most`` bytes of output.

    With a ``terminal`` (see :func:`own_terminal`) it may ask there, and ctrl+c in it ends this
    process too. Raises FileNotFoundError if there is no such command, OSError if it cannot be
    started; KeyboardInterrupt and SystemExit end the command first.
    """
    with _signals(), _no_stopping(terminal):
        process = Popen(  # noqa: S603 - a list, never a shell, and the caller is the store
            command,
            stdin=PIPE if data else DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            bufsize=0,
            env=dict(env),
            cwd=folder,
            start_new_session=terminal is None,
            process_group=None if terminal is None else 0,
        )
        try:
            _limit(process.pid)
            with _foreground(process.pid, terminal):
                end = time.monotonic() + patience_s
                ended = _Talk(process, data, end, most).to_its_end()
        except BaseException:
            _kill(process)
            raise
        finally:
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        if ended.code:
            # What it started may wait for a server yet.
            _kill(process)
        if terminal is not None and ended.code == -signal.SIGINT:
            raise KeyboardInterrupt
        return ended


class _Talk:
    """Feeds a process and listens to it until it ends, a deadline (monotonic seconds), or until it
    has said more than ``most`` bytes."""

    def __init__(self, process: Popen[bytes], data: bytes, end: float, most: int) -> None:
        self._process = process
        self._data = memoryview(data)
        self._end, self._most = end, most
        self._output, self._errors = bytearray(), bytearray()
        self._said = 0

    def to_its_end(self) -> Ended:
        process = self._process
        assert process.stdout is not None
        assert process.stderr is not None
        with selectors.DefaultSelector() as pipes:
            for pipe in (process.stdout, process.stderr):
                os.set_blocking(pipe.fileno(), False)
                pipes.register(pipe, selectors.EVENT_READ, pipe)
            if process.stdin is not None:
                os.set_blocking(process.stdin.fileno(), False)
                pipes.register(process.stdin, selectors.EVENT_WRITE, process.stdin)
            gone = False
            while pipes.get_map():
                left = self._end - time.monotonic()
                if left <= 0:
                    return self._killed(late=True)
                ready = pipes.select(0 if gone else min(left, LOOK_S))
                if not ready:
                    if gone:
                        break
                    # What it left behind, such as a keeper of passwords, may hold the pipes open:
                    # what is in them is read, the rest is not waited for.
                    gone = process.poll() is not None
                for key, _ in ready:
                    if not self._moved(key.data):
                        pipes.unregister(key.data)
                        key.data.close()
                if len(self._output) > self._most or self._said > MOST_ERRORS:
                    return self._killed(flooded=True)
        try:
            _notice(process.pid, max(0.0, self._end - time.monotonic()))
            code = process.wait(max(0.0, self._end - time.monotonic()))
        except TimeoutExpired:
            return self._killed(late=True)
        return Ended(code, bytes(self._output), bytes(self._errors))

    def _moved(self, pipe: IO[bytes]) -> bool:
        """Read or write what a ready pipe takes now; False once it is done."""
        try:
            if pipe is self._process.stdin:
                self._data = self._data[os.write(pipe.fileno(), self._data[:CHUNK]) :]
                return bool(self._data)
            read = os.read(pipe.fileno(), CHUNK)
        except BlockingIOError:
            return True
        except BrokenPipeError:
            return False
        if pipe is self._process.stdout:
            self._output += read
        else:
            self._said += len(read)
            self._errors += read
            del self._errors[:-KEPT_ERRORS]
        return bool(read)

    def _killed(self, *, late: bool = False, flooded: bool = False) -> Ended:
        _kill(self._process)
        return Ended(-signal.SIGKILL, b"", bytes(self._errors), late, flooded)


def _notice(pid: int, seconds: float) -> None:
    """Wait until a process has ended, and know at once, where the system tells of it. Python looks
    from time to time, which may take as long as git does."""
    if sys.platform == "linux":
        with suppress(OSError), selectors.DefaultSelector() as one:
            handle = os.pidfd_open(pid)
            try:
                one.register(handle, selectors.EVENT_READ)
                one.select(seconds)
            finally:
                os.close(handle)


def _limit(pid: int) -> None:
    """Limit the memory and the files of a process and all that it will start, where the system can
    do that from outside. It has hardly begun."""
    if sys.platform == "linux":
        for kind, most in LIMITS.items():
            # The runner may have set a lower one, which nobody can raise; or it has ended already.
            with suppress(OSError, ValueError):
                resource.prlimit(pid, kind, (most, most))


def _kill(process: Popen[bytes]) -> None:
    """End the whole group: politely, so that git removes its locks, then at once. A process that
    the disk does not let go is not waited for."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        # What some systems say of a group that only waits to be collected is: not permitted.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        _wait_for_all(process, time.monotonic() + GRACE_S)


def _wait_for_all(process: Popen[bytes], end: float) -> None:
    """Wait until the group is gone, or a deadline: then nothing holds its pipes any more, even
    where nobody collects the dead."""
    for pipe in (process.stdout, process.stderr):
        while pipe is not None and not pipe.closed:
            with selectors.DefaultSelector() as one:
                one.register(pipe, selectors.EVENT_READ)
                if not one.select(max(0.0, end - time.monotonic())):
                    break
            if not os.read(pipe.fileno(), CHUNK):
                pipe.close()
    with suppress(TimeoutExpired):
        process.wait(max(0.0, end - time.monotonic()))


# --- the terminal --------------------------------------------------------------------------------


@contextmanager
def own_terminal() -> Iterator[int | None]:
    """A handle of the terminal in whose foreground this process is; None if there is none, or if
    this is not the main thread, which alone may hand it on."""
    try:
        handle = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        yield None
        return
    try:
        mine = os.tcgetpgrp(handle) == os.getpgrp()
        yield handle if mine and threading.current_thread() is threading.main_thread() else None
    finally:
        os.close(handle)


@contextmanager
def _foreground(group: int, terminal: int | None) -> Iterator[None]:
    """Give the terminal to a process group, as a shell does: only the foreground may ask."""
    if terminal is None:
        yield
        return
    # Whoever is not in the foreground is stopped for what follows, unless it blocks the signal.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    modes = None
    # The terminal may be gone, and so may the command.
    with suppress(OSError, termios.error):
        modes = termios.tcgetattr(terminal)
        os.tcsetpgrp(terminal, group)
        # It may have asked before it was there, and been stopped for it.
        os.killpg(group, signal.SIGCONT)
    try:
        yield
    finally:
        with suppress(OSError, termios.error):
            os.tcsetpgrp(terminal, os.getpgrp())
            # Killed while it asked for a passphrase, it would leave a terminal without echo.
            if modes is not None:
                termios.tcsetattr(terminal, termios.TCSANOW, modes)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_stopping(terminal: int | None) -> Iterator[None]:
    """Let ctrl+z do nothing in a command that has the terminal: the shell would not know that
    something has stopped, and nobody could go on."""
    if terminal is None:
        yield
        return
    before = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)


@contextmanager
def _signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end this process by SystemExit, so that a command can be ended first;
    whoever handles them in another way keeps that. And let the end of a command be told, which is
    lost where SIGCHLD was inherited as ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[signal.Signals, signal.Handlers] = {}
    for one, usual, now in (
        (signal.SIGTERM, signal.SIG_DFL, _leave),
        (signal.SIGHUP, signal.SIG_DFL, _leave),
        (signal.SIGCHLD, signal.SIG_IGN, signal.SIG_DFL),
    ):
        if signal.getsignal(one) is usual:
            signal.signal(one, now)
            before[one] = usual
    try:
        yield
    finally:
        for one, usual in before.items():
            signal.signal(one, usual)


def _leave(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)
