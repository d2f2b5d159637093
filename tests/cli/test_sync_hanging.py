"""A sync whose git hangs is over in its time, leaves no process, and says so to whoever looks."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.test_sync import alive
from tui.cli import sync
from tui.store.paths import Paths
from tui.store.sync_state import read_state, state_path

Run = Callable[..., tuple[int, str, str]]
# A git that never comes back from the network, nor does what it has started.
HANGS = """#!/bin/sh
case "$*" in
*" fetch "*) ;;
*) exec {git} "$@" ;;
esac
trap '' HUP
sleep 1000 &
echo "$$ $!" >"$(dirname "$0")/pids"
wait
"""
PATIENCE_S = 0.3
# How much longer a busy machine may take.
ROOM_S = 10


def test_a_git_that_hangs_is_ended_with_all_it_started(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "lunge", "3x8")
    run("config", "set", "sync", "by hand")
    for args in (["init", "-q", "-b", "main"], ["remote", "add", "home", "anna@home:log.git"]):
        subprocess.run(["git", *args], check=True, cwd=home)
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "git").write_text(HANGS.format(git=shutil.which("git")))
    (folder / "git").chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sync, "BACKGROUND_S", PATIENCE_S)

    begun = time.monotonic()
    assert run("sync", "--background") == (0, "", "")
    assert time.monotonic() - begun < PATIENCE_S + ROOM_S
    pids = [int(word) for word in (folder / "pids").read_text().split()]
    assert len(pids) == 2
    assert not [pid for pid in pids if alive(pid)]
    state = read_state(state_path(Paths(home)))
    assert state is not None
    assert (state.trouble, state.done, state.waiting) == ("offline", None, 1)
