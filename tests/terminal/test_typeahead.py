"""Keys typed before the first screen: kept, in order, once each, out of sight; ctrl+c ends it.

At each stage of the start the program waits until the terminal has sent something.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pyte
import pytest

from tests.terminal.terminal import Terminal
from tui.store.journal import journal_path, pending
from tui.store.journal_lines import read as read_journal
from tui.store.paths import Paths

FIRST = "Wall Lean Hip Flexor Hold"
HERE = b"\x1b]2;here\x07"
# It waits for a signal or for what is in the terminal's queue; or for a key that the app has, whose
# thread has taken it from there.
WAITING = f"""
import asyncio, os, select, signal, sys
def here():
    os.write(1, {HERE!r})
def wait():
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell)
    here()
    select.select([0, told], [], [])
    signal.set_wakeup_fd(-1)
async def wait_for_key(app):
    here()
    while not (app._key_queue.waits or app._exit):
        await asyncio.sleep(0)
"""
OPENING = """
import tui.bootstrap
opens = tui.bootstrap.open_logbook
def opening(*args, **options):
    wait()
    return opens(*args, **options)
tui.bootstrap.open_logbook = opening
"""
LOADING = """
class Finder:
    def find_spec(self, name, *_):
        if name == "textual.app":
            wait()
sys.meta_path.insert(0, Finder)
Finder.find_spec = classmethod(Finder.find_spec)
"""
BUILDING = """
from tui.ui.driver import TerminalDriver
builds = TerminalDriver.__init__
def building(*args, **options):
    wait()
    builds(*args, **options)
TerminalDriver.__init__ = building
"""
TAKING_OVER = """
from tui.ui.driver import TerminalDriver
starts = TerminalDriver.start_application_mode
def starting(self):
    TerminalDriver.start_application_mode = starts
    wait()
    starts(self)
TerminalDriver.start_application_mode = starting
"""
MOUNTING = """
from tui.ui.screens.main import MainScreen
mounts = MainScreen._pre_process
async def mounting(self):
    await wait_for_key(self.app)
    return await mounts(self)
MainScreen._pre_process = mounting
"""
FAULT = """
import tui.bootstrap
def broken(*_, **__):
    raise RuntimeError("on fire")
tui.bootstrap.open_logbook = broken
"""
STAGES = {
    "opening": OPENING,
    "loading": LOADING,
    "building": BUILDING,
    "taking over": TAKING_OVER,
    "mounting": MOUNTING,
}
every_stage = pytest.mark.parametrize("stage", list(STAGES))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


def started(paths: Paths, stage: str = "", typed: bytes = b"") -> Terminal:
    """The program, waiting at a stage of its start if one is named."""
    patch = WAITING + STAGES[stage] if stage else ""
    made = Terminal("--data-dir", str(paths.root), home=paths.root.parent, patch=patch, typed=typed)
    if stage:
        made.wait(lambda: HERE in made.raw, f"{stage}")
    return made


def seen_before_the_screen(terminal: Terminal) -> str:
    """What stands on the shell's screen when the full screen covers it."""
    shell = pyte.Screen(80, 24)
    pyte.ByteStream(shell).feed(bytes(terminal.raw).partition(b"\x1b[?1049h")[0])
    return "\n".join(shell.display).strip()


def leaves_well(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.exit_code() == 0
    assert all(line.startswith("Session kept at ") for line in terminal.last_words())
    assert terminal.left_behind() == set()
    assert seen_before_the_screen(terminal) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (b"3", "3 HISTORY"),
        (b"321", "1 LIBRARY"),
        (b"\r", "●○○"),
        (b"\r\r", "Enter again for set 2."),
        (b"3x2\r", "●○○"),
    ],
)
def test_keys_that_are_there_before_the_program_are_taken(
    paths: Paths, typed: bytes, shown: str
) -> None:
    with started(paths, typed=typed) as terminal:
        terminal.wait_for(shown)
        leaves_well(terminal)


@every_stage
def test_keys_typed_while_it_starts_are_taken_once_each(paths: Paths, stage: str) -> None:
    with started(paths, stage) as terminal:
        terminal.type(b"3e2\re\x157x5s/side\r")
        terminal.wait_for("●▼○")
        terminal.settle()
        assert "●▼○" in terminal.text()
        leaves_well(terminal)
    [session] = pending(paths)
    events = read_journal(journal_path(paths, session)).events
    assert [event["e"] for event in events].count("sets") == 2


@every_stage
def test_ctrl_c_while_it_starts_ends_it(paths: Paths, stage: str) -> None:
    with started(paths, stage) as terminal:
        terminal.type(b"\x03")
        assert terminal.exit_code() == 130
        assert terminal.left_behind() == set()
        assert terminal.text().strip() == ""


def test_ctrl_c_while_the_demo_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    into = f"import tempfile\ntempfile.tempdir = {str(tmp_path)!r}\n"
    with Terminal("demo", home=tmp_path, patch=into + WAITING + LOADING) as terminal:
        terminal.wait(lambda: HERE in terminal.raw, "the demo")
        assert len(list(tmp_path.iterdir())) == 1
        terminal.type(b"\x03")
        assert terminal.exit_code() == 130
        assert terminal.left_behind() == set()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_told_to_end_before_there_is_a_screen(paths: Paths, name: str) -> None:
    with started(paths, "loading") as terminal:
        terminal.send(signal.Signals[name])
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()
        assert terminal.text().strip() == ""


def test_ctrl_z_waits_for_the_screen_and_gives_back_the_terminal(paths: Paths) -> None:
    with started(paths, "opening") as terminal:
        terminal.press("ctrl+z")
        terminal.wait(terminal.stopped, "the program to stop")
        terminal.settle()
        assert terminal.left_behind() == set()
        terminal.send(signal.SIGCONT)
        terminal.wait_for(FIRST)
        leaves_well(terminal)


def test_a_fault_before_there_is_a_screen_gives_back_the_terminal(paths: Paths) -> None:
    paths.root.mkdir()
    with Terminal("--data-dir", str(paths.root), home=paths.root.parent, patch=FAULT) as terminal:
        assert terminal.exit_code() == 1
        assert terminal.left_behind() == set()
        [line] = terminal.raw.decode().splitlines()
    assert line.startswith("stridelift: a bug in Stridelift; please report it with ")
    assert "RuntimeError: on fire (" in line
