"""A sync in the background says nothing, keeps how it went, and ends, also if its git hangs."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.terminal.test_sync import alive
from tui.app.sync import sync as sync_folder
from tui.bootstrap import open_logbook
from tui.cli import sync
from tui.store.paths import Paths
from tui.store.sync_lock import LOCK
from tui.store.sync_state import SyncState, read_state, state_path

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


@pytest.fixture
def synced(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository that a log is synced with when it is told to."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    there = tmp_path / "log.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(there)], check=True)
    run("log", "lunge", "3x8")
    run("config", "set", "sync", "by hand")
    for args in (["init", "-q", "-b", "main"], ["remote", "add", "home", str(there)]):
        subprocess.run(["git", *args], check=True, cwd=home)
    return there


def state(home: Path) -> SyncState:
    found = read_state(state_path(Paths(home)))
    assert found is not None
    return found


def commits(there: Path) -> list[str]:
    told = ["git", "-C", str(there), "log", "--format=%H", "--all"]
    return subprocess.run(told, check=True, capture_output=True, text=True).stdout.split()


def test_it_says_nothing_and_keeps_how_it_went(run: Run, home: Path, synced: Path) -> None:
    assert run("sync", "--background") == (0, "", "")
    assert (state(home).words, state(home).trouble) == ("sync: 1 session sent", "")
    assert len(commits(synced)) == 1
    synced.rename(synced.with_suffix(".away"))
    run("log", "lunge", "1x8")
    assert run("sync", "--background") == (0, "", "")
    assert (state(home).trouble, state(home).waiting) == ("offline", 1)
    assert state(home).done


def test_off_is_off(run: Run, home: Path, synced: Path) -> None:
    run("config", "set", "sync", "off")
    assert run("sync", "--background") == (0, "", "")
    assert read_state(state_path(Paths(home))) is None
    assert commits(synced) == []


def test_while_one_waits_another_need_not_and_what_is_new_goes_with_it(
    run: Run, home: Path, synced: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = home / ".git" / LOCK
    waited: list[float] = []

    def wait(seconds: float) -> None:
        """While the first waits for the sync under way, more is logged, and a second one comes."""
        waited.append(seconds)
        if len(waited) == 2:
            run("log", "deadlift", "3x5 80kg")
            assert run("sync", "--background") == (0, "", "")
            assert read_state(state_path(Paths(home))) is None, "it went at once"
            assert commits(synced) == []
            os.close(under_way)

    under_way = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(under_way, fcntl.LOCK_EX)
    monkeypatch.setattr(sync, "sync", partial(sync_folder, wait=wait))
    assert run("sync", "--background") == (0, "", "")
    assert len(waited) == 2
    told = ["git", "-C", str(synced), "show", "main:log/2026.json"]
    assert b"deadlift" in subprocess.run(told, check=True, capture_output=True).stdout


def test_a_git_that_hangs_is_ended_with_all_it_started(
    run: Run, home: Path, synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    assert (state(home).trouble, state(home).done, state(home).waiting) == ("offline", None, 1)
    assert commits(synced) == []


def test_while_a_window_writes_it_is_chosen_there_when_to_sync(run: Run, home: Path) -> None:
    run("log", "lunge", "3x8")
    options = argparse.Namespace(data_dir=str(home), today=None)
    with closing(open_logbook(str(home), None, write=True)) as window:
        [line] = sync._from_now_on(options)
        assert "choose there" in line
        assert window.profile.setting("sync", "") == ""
    [line] = sync._from_now_on(options)
    assert line.startswith("From now on this machine syncs")
    assert sync._from_now_on(options) == []
