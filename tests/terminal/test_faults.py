"""Faults in the full screen: it carries on if it can, else it ends with the terminal restored and
one line of error."""

from __future__ import annotations

import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tui.store.journal import pending
from tui.store.paths import Paths

FIRST = "Wall Lean Hip Flexor Hold"
PAGE_UP, PAGE_DOWN = b"\x1b[5~", b"\x1b[6~"
# An invalid start byte, two truncated characters, an overlong form, a surrogate, a character past
# the last one.
NO_UTF8 = (b"\xff", b"\xc3", b"\xe2\x82", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")
# An impossible character, impossible numbers, a mouse in a window without a size.
NO_KEYS = (b"\x1b[99999999;1u", b"\x1b[1:2u", b"\x1b[48;0;0;9;9t\x1b[<35;9;9M\x1b[48;24;80;0;0t")
# The program is told to end while a page opens, which then continues.
LEAVING_MEANWHILE = """
import asyncio, os
from tui.ui.screens.{module} import {page}
opens = {page}._pre_process
async def opening(self):
    os.kill(os.getpid(), {number})
    while not self.app._exit:
        await asyncio.sleep(0)
    return await opens(self)
{page}._pre_process = opening
"""
# The same with a page that never finishes opening; the program waits for it.
NEVER_OPENS = """
import asyncio, os, signal, tui.ui.shutdown
from tui.ui.screens.text_page import TextPage
tui.ui.shutdown.PATIENCE_S = 0.1
async def waiting(self):
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.Event().wait()
TextPage._pre_process = waiting
"""
# The window becomes too small for a screen that is about to be drawn and does not know it yet.
SMALL_MEANWHILE = """
import asyncio, fcntl, struct, termios
from tui.ui.screens.base_screen import BaseScreen, too_small
from tui.ui.screens.list_screen import ListScreen
later, seen = BaseScreen.later, []
def meanwhile(self, callback):
    async def small():
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 9, 40, 0, 0))
        while not too_small(self.size):
            await asyncio.sleep(0)
        later(self, callback)
    if isinstance(self, ListScreen) and self not in seen:
        seen.append(self)
        self.call_after_refresh(small)
    else:
        later(self, callback)
BaseScreen.later = meanwhile
"""
FAULT = """
from tui.ui.screens.season import SeasonScreen
def show(self):
    raise RuntimeError("a b\\nc")
SeasonScreen.show = show
"""
READING = """
from tui.app.log_reader import LogReader
def read_year(self):
    raise RuntimeError("a b\\nc")
LogReader.read_year = read_year
"""
# Bugs where Textual hears nothing: in a thread, in the one that draws, in a task.
THREAD = """
import threading
from tui.ui.screens.season import SeasonScreen
def show(self):
    def broken():
        raise RuntimeError("a b\\nc")
    threading.Thread(target=broken).start()
SeasonScreen.show = show
"""
DRAWING = """
from tui.ui.screens.season import SeasonScreen
def show(self):
    for _ in range(100):
        self.app._driver._writer_thread.write(3)
SeasonScreen.show = show
"""
TASK = """
import asyncio
from tui.ui.screens.season import SeasonScreen
def show(self):
    async def broken():
        raise RuntimeError("a b\\nc")
    asyncio.get_running_loop().create_task(broken())
SeasonScreen.show = show
"""
FINALIZER = """
from tui.ui.screens.season import SeasonScreen
def show(self):
    class Broken:
        def __del__(self):
            raise RuntimeError("a b\\nc")
    Broken()
    Broken()
SeasonScreen.show = show
"""
AT_EXIT = """
import atexit
def broken():
    raise RuntimeError("a b\\nc")
atexit.register(broken)
"""
AFTER_EXIT = """
class Broken:
    def __del__(self):
        raise RuntimeError("a b\\nc")
broken = Broken()
"""
TYPING = """
from tui.ui.driver import TerminalDriver
def take(self, messages):
    if list(messages):
        raise RuntimeError("a b\\nc")
TerminalDriver._take = take
"""
ELSEWHERE = "import os; os.dup2(os.open(os.devnull, os.O_WRONLY), 2)"
Open = Callable[..., Terminal]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def start(tmp_path: Path, paths: Paths) -> Open:
    """Start the program on the test's own data, and wait until it is up."""

    def opened(patch: str = "") -> Terminal:
        made = Terminal("--data-dir", str(paths.root), home=tmp_path, patch=patch)
        made.wait_for(FIRST)
        made.settle()
        return made

    return opened


def test_what_is_no_key_is_passed_over_and_the_rest_is_taken(start: Open) -> None:
    with start() as terminal:
        for junk in NO_UTF8 + NO_KEYS:
            terminal.type(junk + b"3" + junk)
            terminal.wait_for("3 HISTORY")
            terminal.type(junk)
            terminal.type(b"2")
            terminal.wait_for("2 TODAY")
        terminal.type(b"e\x15\xc37x\xff\x1b[200~5s\xfe/si\xe2\x82\x1b[201~de")
        terminal.wait_for("7x5s/side")
        terminal.press("enter")
        terminal.wait_for("▼○○")
        terminal.press("q")
        assert terminal.exit_code() == 0
        [line] = terminal.last_words()
        assert line.startswith("Session kept at 1 of 14 sets")
        assert terminal.left_behind() == set()


def test_the_palette_takes_keys_that_come_with_it(start: Open) -> None:
    with start() as terminal:
        for keys in (PAGE_DOWN, PAGE_UP, PAGE_DOWN * 3 + PAGE_UP, b"a" + PAGE_DOWN):
            terminal.type(b"\x10" + keys)
            terminal.wait_for("What would you like to do?")
            terminal.type(b"\t")
            terminal.wait(lambda: "What would" not in terminal.text(), "the palette to go")
        # What comes with it is looked for, and the last of it does what was found.
        terminal.type(b"\x10level\r")
        terminal.wait_for("stridelift config set level advanced")


@pytest.mark.parametrize(
    ("name", "key", "module", "page"),
    [("SIGTERM", "4", "season", "SeasonScreen"), ("SIGHUP", "?", "text_page", "TextPage")],
)
def test_told_to_end_while_a_page_opens(
    start: Open, name: str, key: str, module: str, page: str
) -> None:
    number = int(signal.Signals[name])
    patch = LEAVING_MEANWHILE.format(module=module, page=page, number=number)
    with start(patch) as terminal:
        terminal.press(key)
        assert terminal.exit_code() == 0
        assert terminal.last_words() == []
        assert terminal.left_behind() == set()


def test_where_it_cannot_end_the_terminal_is_put_right_all_the_same(start: Open) -> None:
    with start(NEVER_OPENS) as terminal:
        terminal.press("?")
        assert terminal.exit_code() == 1
        assert terminal.left_behind() == set()
        # No title was given, so none is given back: it could be that of a program around this one.
        assert b"\x1b[23;2t" not in terminal.raw
        [line] = terminal.last_words()
    assert line.startswith("stridelift: it took too long to leave")


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 0), ("SIGHUP", 0), ("SIGINT", 130)])
def test_told_to_end_while_it_starts(tmp_path: Path, paths: Paths, name: str, code: int) -> None:
    with Terminal("--data-dir", str(paths.root), home=tmp_path) as terminal:
        terminal.wait(lambda: b"\x1b[?1049h" in terminal.raw, "the full screen")
        terminal.send(signal.Signals[name])
        assert terminal.exit_code() == code
        assert terminal.last_words() == []
        assert terminal.left_behind() == set()


def test_made_too_small_while_a_page_opens(start: Open) -> None:
    with start(SMALL_MEANWHILE) as terminal:
        for key in "4P":
            terminal.press(key)
            terminal.wait_for("30 by 10")
            terminal.resize(80, 24)
            terminal.press("2")
            terminal.wait_for("2 TODAY")


def test_told_to_go_on_without_a_stop_it_keeps_what_to_put_right(start: Open) -> None:
    with start() as terminal:
        terminal.send(signal.SIGCONT)
        terminal.settle()
        terminal.send(signal.SIGSTOP)
        terminal.wait(terminal.stopped, "the program to stop")
        terminal.screen.reset()
        terminal.send(signal.SIGCONT)
        # Everything is repainted: the shell may have written over it.
        terminal.wait_for("2 TODAY")
        terminal.press("3")
        terminal.wait_for("3 HISTORY")
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()


def test_a_terminal_that_tells_the_mouse_in_pixels_is_put_right_too(start: Open) -> None:
    with start() as terminal:
        terminal.type(b"\x1b[?2048;2$y\x1b[48;24;80;480;800t")
        terminal.wait(lambda: b"1016h" in terminal.raw, "the question for pixels")
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()


def test_a_fault_is_one_line_and_the_session_stays(start: Open, paths: Paths) -> None:
    with start(FAULT) as terminal:
        terminal.press("enter")
        terminal.wait_for("●○○")
        terminal.press("4")
        assert terminal.exit_code() == 1
        assert terminal.left_behind() == set()
        [line] = terminal.last_words()
    assert line.startswith("stridelift: a bug in Stridelift: what you logged is kept; start ")
    [report] = paths.crash_dir.iterdir()
    assert str(report) in line
    assert "RuntimeError: a b c (" in line
    assert len(pending(paths)) == 1
    assert stat.S_IMODE(paths.crash_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text()
    assert "in show" in text
    assert "builtins.RuntimeError" in text
    assert "command: none, the full screen\n" in text
    assert "terminal: 80x24 xterm-256color\n" in text
    # The message of an exception may quote the log.
    assert "a b" not in text.replace('RuntimeError("a b', "")
    with start() as terminal:
        assert "Goes on where it was: 1 of 14 sets" in terminal.text()


@pytest.mark.parametrize("patch", [READING, TYPING])
def test_a_fault_beside_the_keys_is_told_as_well(tmp_path: Path, paths: Paths, patch: str) -> None:
    with Terminal("--data-dir", str(paths.root), home=tmp_path, patch=patch) as terminal:
        terminal.wait(lambda: b"\x1b[?1049h" in terminal.raw, "the full screen")
        terminal.press("j")
        assert terminal.exit_code() == 1
        assert terminal.left_behind() == set()
        [line] = terminal.last_words()
    assert "RuntimeError: a b c (" in line
    [report] = paths.crash_dir.iterdir()
    assert "in take" in report.read_text() or "in read_year" in report.read_text()


@pytest.mark.parametrize(
    ("patch", "what"),
    [
        (THREAD, "RuntimeError: a b c ("),
        (DRAWING, "TypeError: write() argument must be str, not int ("),
        (TASK, "RuntimeError: a b c ("),
    ],
)
def test_a_fault_where_nobody_waits_ends_it_in_one_line_too(
    start: Open, paths: Paths, patch: str, what: str
) -> None:
    with start(patch) as terminal:
        terminal.press("4")
        assert terminal.exit_code() == 1
        assert terminal.left_behind() == set()
        [line] = terminal.last_words()
    assert what in line
    [report] = paths.crash_dir.iterdir()
    assert str(report) in line


def test_a_fault_in_a_finalizer_is_kept_and_the_screen_stays(start: Open, paths: Paths) -> None:
    with start(FINALIZER) as terminal:
        terminal.press("4")
        terminal.wait(paths.crash_dir.exists, "the report")
        terminal.press("3")
        terminal.wait_for("3 HISTORY")
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.last_words() == []
    [report] = paths.crash_dir.iterdir()
    assert "in __del__" in report.read_text()


@pytest.mark.parametrize(("patch", "lines"), [(AT_EXIT, 1), (AFTER_EXIT, 0)])
def test_a_fault_at_the_very_end_prints_no_traceback(start: Open, patch: str, lines: int) -> None:
    with start(patch) as terminal:
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()
        told = terminal.last_words()
    assert len(told) == lines
    assert all(line.startswith("stridelift: a bug in Stridelift; please rep") for line in told)


def test_where_no_report_can_be_written_one_line_says_so(start: Open, paths: Paths) -> None:
    with start(FAULT) as terminal:
        paths.crash_dir.write_text("no folder")
        terminal.press("4")
        assert terminal.exit_code() == 1
        [line] = terminal.last_words()
    assert "please report it: RuntimeError: a b c (" in line


def test_messages_may_go_elsewhere_the_picture_does_not(start: Open) -> None:
    with start(ELSEWHERE) as terminal:
        terminal.press("3")
        terminal.wait_for("3 HISTORY")
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()
