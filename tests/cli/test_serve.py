"""``stridelift serve`` from outside: what it prints, where it listens, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import aiohttp
import pytest

from tests.browser.chromium import until
from tui.cli import main
from tui.store.paths import Paths
from tui.ui.web.server import Pages

Run = Callable[..., tuple[int, str, str]]
PROCESSES = Path("/proc")
LISTENING = "0A"
TOKEN = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]{43})")


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """A server as a runner starts it, its port and its token."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        found = TOKEN.fullmatch(process.stdout.readline().strip())
        assert found is not None
        yield process, int(found[1]), found[2]
    finally:
        process.kill()
        process.communicate()


def listening(pid: int) -> set[tuple[str, int]]:
    """The addresses and ports on which a process listens."""
    own = {str(link.readlink()) for link in (PROCESSES / str(pid) / "fd").iterdir()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in (PROCESSES / str(pid) / "net" / table).read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == LISTENING and f"socket:[{rest[5]}]" in own:
                digits, port = local.split(":")
                # In groups of four bytes, each turned round.
                groups = [
                    bytes.fromhex(digits[at : at + 8])[::-1] for at in range(0, len(digits), 8)
                ]
                found.add((str(ip_address(b"".join(groups))), int(port, 16)))
    return found


def knock(port: int) -> None:
    """Send something that is no request."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"\x16\x03\x01 no request\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.0 400 ")


def children(pid: int) -> list[int]:
    return [int(one) for one in (PROCESSES / f"{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    """Whether a process is there, and not only waits for its parent to notice its end."""
    try:
        state = (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def broke_off(folder: Path) -> bool:
    """Whether there is a report of a fault of ours."""
    return Paths(folder).crash_dir.exists()


async def open_page(client: aiohttp.ClientSession, port: int, token: str) -> None:
    """Open a page, and wait until its program draws."""
    headers = {"Origin": f"http://127.0.0.1:{port}", "Cookie": f"stridelift-0={token}"}
    page = await client.ws_connect(f"http://127.0.0.1:{port}/ws", headers=headers)
    await page.receive_bytes()


@pytest.mark.skipif(not PROCESSES.is_dir(), reason="not run: no /proc")
async def test_it_listens_on_this_machine_alone_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path)) as (process, port, token):
        assert listening(process.pid) == {("127.0.0.1", port)}
        async with aiohttp.ClientSession() as client:
            await open_page(client, port, token)
            [child] = children(process.pid)
            # What is no browser is sent away without a word.
            knock(port)
            # The page has no doors of its own.
            assert listening(child) == set()
            process.send_signal(signal.SIGINT)
            await until(lambda: process.poll() is not None, lambda: "the end")
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert process.returncode == 0
        assert not runs(child)


@pytest.mark.skipif(not PROCESSES.is_dir(), reason="not run: no /proc")
async def test_a_server_that_is_killed_leaves_nothing_either(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path)) as (process, port, token):
        async with aiohttp.ClientSession() as client:
            await open_page(client, port, token)
            [child] = children(process.pid)
            process.kill()
            await until(lambda: not runs(child), lambda: "the end")
    assert not broke_off(tmp_path)


def test_a_fault_of_ours_ends_it_with_one_line_and_a_report(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(pages: Pages, *_: object) -> None:
        pages.fault = ZeroDivisionError("division by zero")

    monkeypatch.setattr("tui.ui.web.server.serve", fails)
    home.mkdir()
    code, _, said = run("serve")
    assert code == 1
    assert said.startswith("stridelift: a bug in Stridelift: what you logged is kept; start strid")
    assert broke_off(home)


def test_a_port_that_is_taken_is_told_with_what_to_do(run: Run) -> None:
    with serving() as (_, port, _token):
        code, _, said = run("serve", "--port", str(port))
        assert code == 1
        assert said == (
            f"stridelift: port {port} is taken, perhaps by another stridelift serve;"
            f" end that one, or choose another: --port {port + 1}\n"
        )


def test_the_pages_open_the_log_and_the_day_that_were_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Sequence[str]] = []

    async def serve(pages: Pages, *_: object) -> None:
        opened.append(pages.arguments)

    monkeypatch.setattr("tui.ui.web.server.serve", serve)
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--data-dir", "my log", "--today", "2026-11-29"]) == 0
    assert opened == [["--data-dir", str(tmp_path / "my log"), "--today", "2026-11-29"]]


@pytest.mark.parametrize("port", ["-1", "65536", "x", "²", "8" * 50])
def test_no_other_port_is_taken(run: Run, port: str) -> None:
    code, _, said = run("serve", f"--port={port}")
    assert code == 2
    assert "a port is a number up to 65535" in said


@pytest.mark.parametrize("host", ["203.0.113.9", "a..b", "a" * 300])
def test_an_address_of_another_machine_is_refused(run: Run, host: str) -> None:
    code, _, said = run("serve", "--host", host, "--port", "0")
    assert code == 1
    assert said.startswith(f"stridelift: cannot listen on {host}: it is no address of this")


def test_no_address_is_not_every_address(run: Run) -> None:
    code, _, said = run("serve", "--host", "", "--port", "0")
    assert code == 2
    assert "an address is a name or a number" in said


def test_without_the_extra_it_says_how_to_get_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.serve.find_spec", lambda _: None)
    code, _, said = run("serve")
    assert code == 1
    assert said == (
        "stridelift: serve needs more packages; in the clone: .venv/bin/pip install '.[web]'\n"
    )


def test_whoever_listens_wider_is_warned_in_one_line() -> None:
    ran = subprocess.Popen(
        [sys.executable, "-m", "tui", "serve", "--port", "0", "--host", "0.0.0.0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert ran.stderr is not None
    warned = ran.stderr.readline()
    ran.terminate()
    out, rest = ran.communicate()
    assert ran.returncode == 0
    assert rest == ""
    # The machine's number, if it has one in a network, then its name.
    *numbers, name = re.findall(r"^http://(.+):\d+/\?token=", out, re.MULTILINE)
    assert name == os.uname().nodename
    assert all(ip_address(one) for one in numbers)
    assert warned.startswith("stridelift: note: anyone on this network who has the address can")
    assert "not encrypted" in warned
    assert "ssh -L" in warned
