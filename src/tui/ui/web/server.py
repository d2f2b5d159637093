"""The server: the page, what belongs to it, and for each page that is open a full screen."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from importlib.resources import files
from typing import Any

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from tui.domain.model.text import clean, clip
from tui.ui.web.guard import Guard, is_loopback
from tui.ui.web.program import Program

# Each page is a process with some 60 MB.
MOST_PAGES = 8
# Within one and a half of these a page is known to be gone that could not say so.
HEARTBEAT_S = 6.0
# Of one message of a page, pasted text mostly.
MOST_BYTES = 1 << 16
CLOSE_S = 2.0
# The close code of a page whose program broke off; why, it is told before.
FAILED = 4000
LONGEST_REASON = 400
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
KEPT = {"Cache-Control": "private, max-age=3600"}
REFUSED = "Open the address that stridelift serve printed; each start has a new token.\n"
OTHER_NAME = "stridelift serve does not know this name: write localhost or the machine's number.\n"
# Ours, and those of textual-serve: by path, where they are, and their type.
OURS = {"/page.css": "text/css", "/page.js": "text/javascript"}
THEIRS = {
    "/xterm.css": ("css/xterm.css", "text/css"),
    "/textual.js": ("js/textual.js", "text/javascript"),
    "/mono.ttf": ("fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}

# An address of documentations, which nobody has.
NOWHERE = ("192.0.2.1", 9)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Pages:
    """Serves pages of the full screen that ``arguments`` of ``stridelift`` open. ``over`` is set
    when they are to end: by a signal, or by ``fault``, a bug of ours."""

    def __init__(self, arguments: Sequence[str], guard: Guard, port: int) -> None:
        self.arguments = arguments
        self._guard = guard
        self.over = asyncio.Event()
        self.fault: Exception | None = None
        self._open = set[web.WebSocketResponse]()
        # Cookies know no ports, and more than one log may be served from here.
        self._cookie = f"stridelift-{port}"

    def application(self) -> web.Application:
        """What aiohttp runs."""
        app = web.Application(middlewares=[self._guarded], client_max_size=MOST_BYTES)
        own, bundled = files("tui.ui.web"), files("textual_serve") / "static"
        page = own.joinpath("page.html").read_bytes()

        async def show(_: web.Request) -> web.Response:
            shown = web.Response(body=page, content_type="text/html", charset="utf-8")
            # From the address it moves into the cookie: page.js takes it out of the bar.
            shown.set_cookie(
                self._cookie, self._guard.token, httponly=True, samesite="Strict", path="/"
            )
            return shown

        app.router.add_get("/", show)
        for path, kind in OURS.items():
            app.router.add_get(path, _file(own.joinpath(path[1:]).read_bytes(), kind, {}))
        for path, (place, kind) in THEIRS.items():
            app.router.add_get(path, _file(bundled.joinpath(place).read_bytes(), kind, KEPT))
        app.router.add_get("/ws", self._socket)
        app.on_shutdown.append(self._close_all)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse whoever has no key, or comes from elsewhere; and tell browsers to be careful."""
        if not self._lets_in(request):
            known = self._guard.knows(request.headers.get("Host", ""))
            told = REFUSED if known else OTHER_NAME
            return web.Response(status=403, text=told, headers=HEADERS)
        try:
            response = await handler(request)
        except web.HTTPException as other:
            return web.Response(status=other.status, text=f"{other.reason}\n", headers=HEADERS)
        except ConnectionError:
            raise  # The page has gone meanwhile, which aiohttp expects.
        except Exception as bug:
            self.fault = bug
            self.over.set()
            raise
        if not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    def _lets_in(self, request: web.Request) -> bool:
        host = request.headers.get("Host", "")
        origin = request.headers.get("Origin")
        if not self._guard.knows(host):
            return False
        if origin is not None and not self._guard.is_ours(origin, host):
            return False
        if request.path == "/ws" and origin is None:
            return False  # Every browser says from which page it opens a socket.
        typed = request.query.get("token") if request.path == "/" else None
        return self._guard.has_token(typed, request.cookies.get(self._cookie))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """A full screen for one page, for as long as both are there."""
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, timeout=CLOSE_S, max_msg_size=MOST_BYTES
        )
        await socket.prepare(request)
        if len(self._open) >= MOST_PAGES:
            await _fail(socket, "Too many pages are open: close one.")
            return socket
        columns, rows = (_number(request.query.get(name, "")) for name in ("width", "height"))
        program = Program(self.arguments, os.environ, columns, rows)
        self._open.add(socket)
        try:
            try:
                await program.start()
            except OSError as error:
                await _fail(socket, f"The screen could not be started: {error.strerror}")
                return socket
            drawing = asyncio.create_task(_draw(program, socket))
            try:
                async for message in socket:
                    if message.type is WSMsgType.TEXT:
                        await _take(program, socket, message.data)
            finally:
                await program.leave()
                await drawing
        finally:
            self._open.discard(socket)
        return socket

    async def _close_all(self, _: web.Application) -> None:
        going = (socket.close(code=WSCloseCode.GOING_AWAY) for socket in tuple(self._open))
        await asyncio.gather(*going)


async def serve(pages: Pages, host: str, port: int, ready: Callable[[int, str], None]) -> None:
    """Serve pages until they are over; no process is left behind. ``ready`` is called once they can
    be opened, with the port and the number that others in the network reach this machine by (empty
    if there is none). Raises OSError if it cannot listen there."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, pages.over.set)
    # aiohttp prints a traceback for whatever else knocks at the port.
    quiet = logging.getLogger("stridelift.web")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    runner = web.AppRunner(pages.application(), access_log=None, logger=quiet)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        own = "" if is_loopback(host) else await _own_number()
        ready(runner.addresses[0][1], own)
        await pages.over.wait()
    finally:
        await runner.cleanup()


async def _own_number() -> str:
    """The number of this machine in the network that leads elsewhere. Nothing is sent to find it
    out: the system is only asked which way a packet would leave."""
    with suppress(OSError):
        way, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=NOWHERE
        )
        found: str = way.get_extra_info("sockname")[0]
        way.close()
        return found
    return ""


async def _draw(program: Program, socket: web.WebSocketResponse) -> None:
    """Send what a program draws, and close the page once it has ended."""
    async for piece in program.drawn():
        # Read on when the page has gone: a program whose output nobody takes cannot leave.
        if not socket.closed:
            with suppress(ConnectionError):
                await socket.send_bytes(piece)
    code, words = await program.ended()
    if code:
        await _fail(socket, words.removeprefix("stridelift: ") or "It broke off.")
    else:
        await socket.close()


async def _fail(socket: web.WebSocketResponse, why: str) -> None:
    """Close a page, with a line to show there."""
    if not socket.closed:
        with suppress(ConnectionError):
            await socket.send_json(["failed", clip(clean(why), LONGEST_REASON)])
    await socket.close(code=FAILED)


async def _take(program: Program, socket: web.WebSocketResponse, text: str) -> None:
    """Hand over what the page says, and answer if it asks. Anything else is passed over, also that
    the terminal lost the focus: a touch key, or a keyboard that is put away, is no reason to leave
    a question."""
    try:
        said = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return
    match said:
        case ["stdin", str(typed)]:
            program.type(typed)
        case ["resize", {"width": int(columns), "height": int(rows)}]:
            program.resize(columns, rows)
        case ["ping", str(sent)]:
            await socket.send_json(["pong", sent])


def _file(content: bytes, kind: str, headers: dict[str, str]) -> Callable[[Any], Awaitable[Any]]:
    async def send(_: web.Request) -> web.Response:
        return web.Response(body=content, content_type=kind, headers=headers)

    return send


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
