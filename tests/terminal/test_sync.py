"""A sync beside the screen, in a real terminal: it never asks there, and nothing waits for it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import tui
from tests.terminal.terminal import Terminal
from tui.app.logbook import Logbook
from tui.bootstrap import open_logbook
from tui.store.paths import Paths
from tui.store.sync_state import read_state, state_path

FIRST = "Wall Lean Hip Flexor Hold"
# A git that asks for a password whenever it would use the network, and waits for it.
ASKS = """#!/bin/sh
case "$*" in
*" fetch "*) ;;
*) exec {git} "$@" ;;
esac
here=$(dirname "$0")
if (echo "Password for anna: " >/dev/tty) 2>/dev/null; then asked=yes; else asked=no; fi
echo "$$ $asked" >"$here/told.new"
mv "$here/told.new" "$here/told"
read -r _ <"$here/goes_on"
exit 1
"""
# The program under test is that of this test, also in a process of its own.
SOURCE = str(Path(tui.__file__).parents[1])
PATCH = f"import os, sys; sys.path.insert(0, {SOURCE!r}); os.environ['PYTHONPATH'] = {SOURCE!r}"


@pytest.fixture
def asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a git that asks; it goes on once something is written to ``goes_on``."""
    folder = tmp_path / "path"
    folder.mkdir()
    git = shutil.which("git")
    assert git
    (folder / "git").write_text(ASKS.format(git=git))
    (folder / "git").chmod(0o700)
    os.mkfifo(folder / "goes_on")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def set_up(book: Logbook) -> None:
    book.profile.set("sync", "start+finish")
    root = str(book.paths.root)
    for args in (["init", "-q", "-b", "main", root], ["-C", root, "remote", "add", "home", "h:l"]):
        subprocess.run(["git", *args], check=True)


def test_a_sync_at_the_start_asks_nothing_on_the_screen_and_holds_nothing_up(
    tmp_path: Path, asks: Path
) -> None:
    paths = Paths(tmp_path / "data")
    book = open_logbook(str(paths.root), None, write=True)
    set_up(book)
    book.close()
    with Terminal("--data-dir", str(paths.root), home=tmp_path, patch=PATCH) as terminal:
        terminal.wait_for(FIRST)
        terminal.wait((asks / "told").exists, "a sync")
        pid, asked = (asks / "told").read_text().split()
        assert asked == "no"
        terminal.press("3")
        terminal.wait_for("3 HISTORY")
        assert "Password" not in terminal.text()
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()
        assert b"Password" not in terminal.raw
        assert Path("/proc", pid).exists(), "the sync goes on"
        (asks / "goes_on").write_text("\n")
        terminal.wait(lambda: read_state(state_path(paths)) is not None, "its end")
        terminal.wait(lambda: not alive(int(pid)), "the end of its git")
    state = read_state(state_path(paths))
    assert state is not None
    assert state.trouble


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits for its parent to look does not."""
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
