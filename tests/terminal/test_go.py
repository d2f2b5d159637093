"""One session by three doors: a pipe, a terminal that is killed, the full screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.ui.driver import Books, Driver, running
from tui.domain.session.event_codec import event_from_doc

WAIT = 60
DAY = ("--today", "2026-11-02")


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


def by_pipe(*args: str, typed: str) -> None:
    """Type lines into a process, until it has no more to read."""
    ran = subprocess.run(
        [sys.executable, "-m", "tui", "go", *args],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    assert (ran.returncode, ran.stderr) == (0, "")


async def finish(ui: Driver) -> None:
    """On the screen: the rest of the session, with a weight for the calf raise, and its end."""
    await ui.press("enter")
    await ui.press("enter")
    await ui.answer("12.5")
    await ui.press(*["enter"] * 5, "F")


def told(books: Books) -> list[object]:
    """The log without ids and times."""
    book = books.open(write=False).read_all()
    [session] = book.reader.sessions()
    found: list[object] = [session.programme, session.part, session.note]
    for entry in session.live():
        found.append((entry.exercise, entry.superset))
        found += [
            (r.number, r.side, r.kind, r.done, r.prescribed, r.rir, r.pain, r.note, r.undone)
            for r in entry.live()
        ]
    return found


async def test_a_pipe_a_killed_terminal_and_the_screen_make_one_session(
    books: Books, tmp_path: Path
) -> None:
    folder = ("--data-dir", str(books.paths.root))
    by_pipe(*folder, *DAY, typed="\n7\ns t\nL20 R18\nr 2\np 1\nn left calf\n")
    with Terminal("go", *folder, *DAY, home=tmp_path, size=(40, 24)) as terminal:
        terminal.wait_for("Set 2 of 3: 25 each side")
        terminal.press("enter")
        terminal.wait_for("Set 3 of 3: 25 each side")
        terminal.press("24", "enter")
        terminal.wait_for("Set 1 of 2: 5 each side")
        terminal.press("space", "enter")
        terminal.wait_for("GET READY, 5 s.")
        terminal.press(".", "enter")
        terminal.wait_for("LOWER left 1/5, 8 s.")
        terminal.press("space", "enter")
        terminal.wait_for("Paused.")
        terminal.press("u", "enter", "U", "enter", "enter")
        terminal.wait_for("Set 2 of 2: 5 each side")
        assert terminal.raw.count(b"GET READY") == 1
        assert b"\x1b" not in terminal.raw
        terminal.send(signal.SIGKILL)
        terminal.exit_code()
    books.clock.time = event_from_doc(books.events()[-1]).at + timedelta(minutes=5)
    async with running(books.open(), books.clock) as ui:
        assert "6 of 14 sets" in ui.text()
        await finish(ui)
    screen = Books(tmp_path / "by-screen")
    async with running(screen.open(), screen.clock) as ui:
        await ui.press("enter", "e")
        await ui.answer("7")
        await ui.press("s", "t", "e")
        screen.clock.forward(60)
        await ui.answer("L20 R18")
        await ui.press("r", "2", "p", "1", "n")
        await ui.answer("left calf")
        await ui.press("enter", "e")
        await ui.answer("24")
        await ui.press("enter")
        await finish(ui)
    assert told(books) == told(screen)
    screen.close()


def test_ctrl_c_leaves_and_the_session_is_kept(tmp_path: Path) -> None:
    with Terminal("go", "--data-dir", str(tmp_path / "data"), home=tmp_path) as terminal:
        terminal.wait_for("h is help, q leaves.")
        terminal.press("enter")
        terminal.wait_for("Set 2 of 3: ")
        terminal.press("\x03")
        assert terminal.exit_code() == 130
        assert "Session kept at 1 of 14 sets" in terminal.text()
        assert terminal.left_behind() == set()
