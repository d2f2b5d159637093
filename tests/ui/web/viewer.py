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
    """An open page of 80 by 24 cells. ``told`` is what it was told last besides, and
    ``closed`` that with the code with which it was closed."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.told = ""
        self.closed: tuple[int, str] | None = None
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while self.closed is None:
            message = await self.socket.receive()
            if message.type is aiohttp.WSMsgType.BINARY:
                self._stream.feed(UNKNOWN.sub(b"", message.data))
            elif message.type is aiohttp.WSMsgType.TEXT:
                [_, self.told] = message.json()
            else:
                self.closed = (self.socket.close_code or 0, self.told)

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
    """A server of the log in ``folder`` on loopback."""

    def __init__(self, folder: Path, client: aiohttp.ClientSession) -> None:
        self.client = client
        self.guard = Guard([])
        self.pages = Pages(["--data-dir", str(folder)], self.guard, PORT)
        self._runner = web.AppRunner(self.pages.application())
        self.base = ""

    async def start(self) -> None:
        """Listen; after a stop again where it did."""
        port = int(self.base.rpartition(":")[2] or 0)
        self._runner = web.AppRunner(self.pages.application())
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close all pages, and listen no more."""
        await self._runner.cleanup()
        assert self.pages.fault is None

    @property
    def ours(self) -> dict[str, str]:
        """What a browser sends along from our page."""
        return {"Origin": self.base, "Cookie": f"{COOKIE}={self.guard.token}"}

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
    """Serve the log in a folder."""
    async with aiohttp.ClientSession() as client:
        server = Served(folder, client)
        try:
            await server.start()
            yield server
        finally:
            await server.stop()
