"""``stridelift serve``: the full screen in a browser."""

from __future__ import annotations

import argparse
import errno
import gc
from importlib.util import find_spec

from tui.bootstrap import ScreenFault, paths
from tui.cli.base import CommandError, Options, Parser, note, say

HELP = """The full screen in a browser: on this machine, or on your phone. Prints the address to
open, with a token in it that is new at each start; ctrl+c ends it. What you logged is kept at every
moment: close the page, open it again, and the session goes on with the clock right.

It listens on this machine alone. From another one, reach it through ssh:

  ssh -L 8765:127.0.0.1:8765 HOST   and open the address there

It needs more packages than the rest. In the clone: .venv/bin/pip install '.[web]'"""
INSTALL = ".venv/bin/pip install '.[web]'"
PORT = 8765
LOOPBACK = "127.0.0.1"
LAST_PORT = 65_535
WIDE = (
    "anyone on this network who has the address can read and change your log, and http is not"
    " encrypted; safer: without --host, and ssh -L {port}:127.0.0.1:{port} from the other machine"
)
NOT_OURS = "cannot listen on {host}: it is no address of this machine; try it without --host"


def options(parser: Parser) -> None:
    """--port, --host."""
    parser.add_argument(
        "--port", metavar="N", type=_port, default=PORT, help="the port to listen on; 0: any"
    )
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        type=_host,
        default=LOOPBACK,
        help="an address of this machine that others reach, or 0.0.0.0 for all",
    )


def run(options: Options) -> int:
    """Serve until ctrl+c."""
    if find_spec("aiohttp") is None or find_spec("textual_serve") is None:
        raise CommandError(
            "serve needs more packages; in the clone: .venv/bin/pip install '.[web]'"
        )
    # It is off as commands are short; this one stays.
    gc.enable()
    import asyncio
    import os

    from tui.ui.web.guard import Guard, is_loopback
    from tui.ui.web.server import Pages, serve

    host, name = options.host, os.uname().nodename
    guard = Guard([host, name, f"{name}.local"])

    def ready(port: int, number: str) -> None:
        # The number first: a phone seldom knows the name.
        every = [number, name] if host in ("0.0.0.0", "::") else [host]  # noqa: S104  compared only
        at = [f"[{one}]" if ":" in one else one for one in every if one]
        say([*(f"http://{one}:{port}/?token={guard.token}" for one in at), "ctrl+c ends it"])
        if not is_loopback(host):
            note(WIDE.format(port=port))

    pages = Pages(_arguments(options), guard, options.port)
    try:
        asyncio.run(serve(pages, host, options.port, ready))
    except OSError as error:
        raise CommandError(_refused(error, host, options.port)) from error
    except UnicodeError as error:
        raise CommandError(NOT_OURS.format(host=host)) from error
    if pages.fault is not None:
        raise ScreenFault("what you logged is kept; start stridelift serve again") from pages.fault
    return 0


def _arguments(options: Options) -> list[str]:
    """What the full screen of each page is started with."""
    arguments = ["--data-dir", str(paths(options.data_dir).root)]
    if options.today is not None:
        arguments += ["--today", options.today.isoformat()]
    return arguments


def _refused(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken, perhaps by another stridelift serve; end that one,"
            f" or choose another: --port {port % LAST_PORT + 1}"
        )
    if error.errno == errno.EACCES:
        return f"only root may listen on port {port}; choose one from 1024 up: --port {PORT}"
    return NOT_OURS.format(host=host)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"a port is a number up to {LAST_PORT}")
    return int(text)


def _host(text: str) -> str:
    # To the system an empty one is all there are.
    if not text.strip():
        raise argparse.ArgumentTypeError("an address is a name or a number, such as 10.8.0.1")
    return text
