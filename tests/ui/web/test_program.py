"""The process behind a page: what it is given, and that none is left behind."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tui.ui.web import program
from tui.ui.web.program import MOST_COLUMNS, MOST_ROWS, Program, environment


def test_it_gets_what_it_needs_of_the_environment_and_no_more() -> None:
    outside = {
        "HOME": "/anna",
        "PATH": "/usr/bin",
        "LC_ALL": "C.UTF-8",
        "STRIDELIFT_HOME": "/log",
        "SSH_AUTH_SOCK": "/run/agent",
        "AWS_SECRET_ACCESS_KEY": "x",
        "TERM": "dumb",
        "TEXTUAL_DRIVER": "mine",
        "TEXTUAL_DEBUG": "1",
        "COLUMNS": "7",
    }
    assert environment(outside, 80, 24) == {
        "HOME": "/anna",
        "PATH": "/usr/bin",
        "LC_ALL": "C.UTF-8",
        "STRIDELIFT_HOME": "/log",
        "SSH_AUTH_SOCK": "/run/agent",
        "TERM": "xterm-256color",
        "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": "80",
        "ROWS": "24",
    }


@pytest.mark.parametrize("size", [(0, -5), (10**12, 10**12)])
def test_no_page_is_larger_than_a_window(size: tuple[int, int]) -> None:
    made = environment({}, *size)
    assert 1 <= int(made["COLUMNS"]) <= MOST_COLUMNS
    assert 1 <= int(made["ROWS"]) <= MOST_ROWS


async def started(folder: Path) -> tuple[Program, int]:
    """A program that has begun to draw, and its process."""
    # No shell is asked: a name is a name.
    one = Program(["--data-dir", str(folder / "a $(b) 'c'")], os.environ, 80, 24)
    await one.start()
    assert await anext(one.drawn())
    return one, one._process.pid


async def test_a_program_that_does_not_leave_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "LEAVE_S", 0.1)
    one, pid = await started(tmp_path)
    os.kill(pid, signal.SIGSTOP)
    await one.leave()
    assert (await one.ended())[0] == -signal.SIGKILL
    assert (tmp_path / "a $(b) 'c'").is_dir()


async def test_a_page_may_be_closed_before_all_of_it_is_there(tmp_path: Path) -> None:
    one, _ = await started(tmp_path)
    await one.leave()
    assert await one.ended() == (0, "")


async def test_a_program_that_nobody_looks_at_any_more_ends_quietly(tmp_path: Path) -> None:
    one, _ = await started(tmp_path)
    shown = one._process._transport.get_pipe_transport(1)  # type: ignore[attr-defined]
    shown.close()
    one.type("?")
    assert await one.ended() == (0, "")
