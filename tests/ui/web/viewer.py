"""A page without a browser: its socket to the full screen, and what that draws."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pyte
from aiohttp import web

from tests.browser.chromium import UNKNOWN, until
from tui.ui.web.guard import Guard
from tui.ui.web.server import Pages

PORT = 8765
COOKIE = f"stridelift-{PORT}"


class Viewer:
    """An open page of 80 by 24 cells. ``closed`` is the code it was closed with, and
    why."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._words = ""
        self.closed: tuple[int, str] | None = None
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while self.closed is None:
            message = await self.socket.receive()
            if message.type is aiohttp.WSMsgType.BINARY:
                self._stream.feed(UNKNOWN.sub(b"", message.data))
            elif message.type is aiohttp.WSMsgType.TEXT:
                [_, self._words] = message.json()
            else:
                self.closed = (self.socket.close_code or 0, self._words)

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def shows(self, words: str) -> None:
        await until(lambda: words in self.text(), lambda: f"{words!r} in:\n{self.text()}")

    async def type(self, keys: str) -> None:
        await self.socket.send_json(["stdin", keys])

    async def ends(self) -> tuple[int, str]:
        """Wait until it is closed from the other side."""
        await until(lambda: self.closed is not None, lambda: "the end")
        assert self.closed is not None
        return self.closed


class Served:
    """A running server of one log."""

    def __init__(self, client: aiohttp.ClientSession, runner: web.AppRunner, guard: Guard) -> None:
        self.client = client
        self.guard = guard
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.stop = runner.cleanup
        self.ours = {"Origin": self.base, "Cookie": f"{COOKIE}={guard.token}"}

    async def page(self) -> Viewer:
        """Open a page, as a browser that has the cookie does."""
        address = f"{self.base}/ws?width=80&height=24"
        return Viewer(await self.client.ws_connect(address, headers=self.ours))

    async def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        """The status, text and headers of an answer."""
        async with self.client.get(f"{self.base}{path}", headers=headers) as answer:
            return answer.status, (await answer.read()).decode(errors="replace"), answer.headers


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Served]:
    """Serve the log in a folder on loopback."""
    guard = Guard([])
    pages = Pages(["--data-dir", str(folder)], guard, PORT)
    runner = web.AppRunner(pages.application())
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as client:
            yield Served(client, runner, guard)
    finally:
        await runner.cleanup()
