"""A browser for tests: headless Chromium, driven by its DevTools protocol, and what the terminal in
a page shows, read from what its socket received."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pyte

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--remote-debugging-port=0"),
)
DEADLINE_S = 20.0
LOOK_S = 0.02
# What pyte would print as text: questions to a terminal, and the shape of a mouse pointer.
UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*(?:u|\$p)|\x1b\]22;[^\x1b\x07]*(?:\x1b\\|\x07)")


class Page:
    """A tab, as a target of the DevTools protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.columns = 80
        self.errors: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def ask(self, method: str, **about: Any) -> Any:
        """Ask the browser for something; the answer's ``result``."""
        self._asked += 1
        answer = self._answers[self._asked] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._asked, "method": method, "params": about})
        return await asyncio.wait_for(answer, DEADLINE_S)

    async def _read(self) -> None:
        async for message in self._socket:
            said = message.json()
            if "id" in said:
                answer = self._answers.pop(said["id"])
                if not answer.done():
                    answer.set_result(said.get("result", said))
            elif said["method"] == "Network.webSocketFrameReceived":
                self._drawn(said["params"]["response"])
            elif said["method"] == "Network.webSocketFrameSent":
                self._resized(json.loads(said["params"]["response"]["payloadData"]))
            elif said["method"] in ("Log.entryAdded", "Runtime.exceptionThrown"):
                self.errors.append(str(said["params"]))

    def _drawn(self, frame: dict[str, Any]) -> None:
        if frame["opcode"] == 2:
            self._stream.feed(UNKNOWN.sub(b"", base64.b64decode(frame["payloadData"])))

    def _resized(self, sent: list[Any]) -> None:
        if sent[0] == "resize":
            self.columns, rows = sent[1]["width"], sent[1]["height"]
            self.screen.resize(rows, self.columns)

    async def open(self, address: str, width: int, height: int, *, touch: bool = False) -> None:
        """Open an address in a window of so many pixels."""
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.ask(f"{domain}.enable")
        await self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            # Emulated, two pixels for one would show a canvas twice as large.
            deviceScaleFactor=1,
            mobile=touch,
        )
        await self.ask("Emulation.setTouchEmulationEnabled", enabled=touch)
        await self.go(address)

    async def go(self, address: str) -> None:
        """Leave this page, and open another."""
        self.screen.reset()
        await self.ask("Page.navigate", url=address)

    async def value(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = await self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        return answer["result"].get("value")

    async def press(self, *keys: str) -> None:
        """Press characters, or Enter, as a keyboard does."""
        for key in keys:
            text = "\r" if key == "Enter" else key
            code = 13 if key == "Enter" else ord(key.upper()) if key.isalnum() else 0
            about = {"key": key, "windowsVirtualKeyCode": code, "text": text}
            await self.ask("Input.dispatchKeyEvent", type="keyDown", **about)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", **about)

    async def tap(self, selector: str) -> None:
        """Tap on an element, as a finger does."""
        box = await self.value(
            f"(r => [r.x + r.width / 2, r.y + r.height / 2])"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
        point = {"x": box[0], "y": box[1]}
        await self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[point])
        await self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def close(self) -> None:
        """Close the tab, as its runner does."""
        await self.ask("Page.close")
        await self._reading

    def text(self) -> str:
        """What the terminal in the page shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def shows(self, words: str) -> None:
        """Wait until the terminal shows these words."""
        await until(lambda: words in self.text(), lambda: f"{words!r} in:\n{self.text()}")

    async def picture(self) -> bytes:
        """What the window shows, as PNG."""
        shot = await self.ask("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])


async def until(there: Callable[[], bool], what: Callable[[], str]) -> None:
    """Wait until something holds, at most to the deadline."""
    end = asyncio.get_running_loop().time() + DEADLINE_S
    while not there():
        assert asyncio.get_running_loop().time() < end, f"waited in vain for {what()}"
        await asyncio.sleep(LOOK_S)


class Browser:
    """A running Chromium."""

    def __init__(self, client: aiohttp.ClientSession, base: str) -> None:
        self._client = client
        self._base = base

    async def page(self) -> Page:
        """A new tab."""
        async with self._client.put(f"{self._base}/json/new?about:blank") as answer:
            target = await answer.json()
        socket = await self._client.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0)
        return Page(socket)


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """Chromium with an empty profile in ``folder``."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    told = folder / "DevToolsActivePort"
    try:
        await until(lambda: told.is_file() and "\n" in told.read_text(), lambda: "Chromium")
        port = told.read_text().split("\n", 1)[0]
        async with aiohttp.ClientSession() as client:
            yield Browser(client, f"http://127.0.0.1:{port}")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
