"""One full screen in a process of its own, drawn into a page.

Textual's web driver speaks in packets on stdin and stdout: a letter, four bytes that say how long
it is, and its content. D is what is typed or drawn, M a document such as a new size.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress

import msgspec

DRIVER = "textual.drivers.web_driver:WebDriver"
# The driver writes this line before its first packet.
READY = b"__GANGLION__\n"
DRAWN, META = b"D", b"M"
# Of the server's environment the full screen gets what a program needs, what says where the log is,
# and what sync needs.
NEEDED = frozenset(
    {"HOME", "LANG", "LANGUAGE", "LOGNAME", "NO_COLOR", "PATH", "TMPDIR", "TZ", "USER"}
)
NEEDED_BEGIN = ("GIT_", "LC_", "PYTHON", "SSH_", "STRIDELIFT_", "XDG_")
# Sizes beyond these are not of a window.
MOST_COLUMNS, MOST_ROWS = 500, 200
# Of what is typed at a program that does not read, so much waits.
MOST_WAITING = 1 << 20
# How long it may take to leave.
LEAVE_S = 5.0
LONGEST_LINE = 400


class Program:
    """A full screen of ``columns`` by ``rows`` cells, once :meth:`start` has returned."""

    def __init__(
        self, arguments: Sequence[str], outside: Mapping[str, str], columns: int, rows: int
    ) -> None:
        self._arguments = arguments
        self._environment = environment(outside, columns, rows)
        self._process: Process
        self._said: asyncio.Task[str]

    async def start(self) -> None:
        """Start it. Raises OSError."""
        self._process = await asyncio.create_subprocess_exec(
            # Without the folder of the shell, where anything may be called as a module of ours.
            *(sys.executable, "-P", "-m", "tui", *self._arguments),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._environment,
            # A ctrl+c is meant for the server, which asks each program to leave.
            start_new_session=True,
        )
        assert self._process.stderr is not None
        self._said = asyncio.create_task(_last_line(self._process.stderr))

    async def drawn(self) -> AsyncIterator[bytes]:
        """What it draws, as a terminal is sent it, until it ends."""
        out = self._process.stdout
        assert out is not None
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await out.readuntil(READY)
            while True:
                kind = await out.readexactly(1)
                content = await out.readexactly(int.from_bytes(await out.readexactly(4)))
                if kind == DRAWN:
                    yield content

    async def ended(self) -> tuple[int, str]:
        """Its exit code and the last line it wrote to stderr, once it has ended."""
        return await self._process.wait(), await self._said

    def type(self, typed: str) -> None:
        """Send it keys, as a terminal would."""
        self._send(DRAWN, typed.encode(errors="ignore"))

    def resize(self, columns: int, rows: int) -> None:
        """Tell it the size of its window, in cells."""
        columns, rows = _sane(columns, rows)
        self._send(META, _document(type="resize", width=columns, height=rows))

    async def leave(self) -> None:
        """Ask it to leave, and kill it if it does not: what was logged is kept either way."""
        if self._process.returncode is None:
            self._send(META, _document(type="quit"))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), LEAVE_S)
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()

    def _send(self, kind: bytes, content: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        if not pipe.is_closing() and pipe.transport.get_write_buffer_size() < MOST_WAITING:
            pipe.write(kind + len(content).to_bytes(4) + content)


def environment(outside: Mapping[str, str], columns: int, rows: int) -> dict[str, str]:
    """The environment of a full screen in a page, by that of the server."""
    columns, rows = _sane(columns, rows)
    kept = {
        name: value
        for name, value in outside.items()
        if name in NEEDED or name.startswith(NEEDED_BEGIN)
    }
    return kept | {
        "COLUMNS": str(columns),
        "ROWS": str(rows),
        "TERM": "xterm-256color",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_DRIVER": DRIVER,
    }


def _sane(columns: int, rows: int) -> tuple[int, int]:
    return min(max(columns, 1), MOST_COLUMNS), min(max(rows, 1), MOST_ROWS)


def _document(**fields: str | int) -> bytes:
    return msgspec.json.encode(fields)


async def _last_line(stream: asyncio.StreamReader) -> str:
    """The last line that comes from a stream, cut if it is long; reads to its end."""
    last = b""
    while more := await stream.read(LONGEST_LINE):
        last = (last + more)[-LONGEST_LINE:]
    lines = last.decode(errors="replace").splitlines()
    return lines[-1].strip() if lines else ""
