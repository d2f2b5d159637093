"""A sync by itself is a process that nobody waits for, and only where the runner wants it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.doctor_folder import a_logbook, make_well, written
from tui.app.logbook import Logbook
from tui.app.sync_by_itself import is_by_itself, is_off, start_sync, sync_by_itself
from tui.store.paths import Paths

PATIENCE_S = 20
# Stands for the program: says what it was started with and where it is, then waits.
PROGRAM = """#!/bin/sh
{
    echo "$@"
    pwd
    cut -d' ' -f5,6,7 /proc/$$/stat
    echo $$
    if (: </dev/tty) 2>/dev/null; then echo a terminal; else echo no terminal; fi
} >"$(dirname "$0")/told"
read -r _ <"$(dirname "$0")/goes_on"
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


def set_up(paths: Paths) -> None:
    (paths.root / ".git").mkdir(parents=True)
    (paths.root / ".git" / "config").write_text('[remote "home"]\n\turl = you@home:log.git\n')


def with_sync(value: str) -> Callable[[Logbook], object]:
    return lambda book: book.profile.set("sync", value)


def test_it_syncs_by_itself_only_where_it_is_set_up_and_wanted(paths: Paths) -> None:
    book = a_logbook(paths)
    written(paths, with_sync("start+finish"))
    assert not is_by_itself(book.profile, paths)
    set_up(paths)
    for value, wanted, off in (
        ("start+finish", True, False),
        ("by hand", False, False),
        ("off", False, True),
    ):
        written(paths, with_sync(value))
        profile = a_logbook(paths).profile
        assert is_by_itself(profile, paths) is wanted
        assert is_off(profile) is off
    (paths.root / ".git" / "config").write_text("")
    written(paths, with_sync("start+finish"))
    assert not is_by_itself(a_logbook(paths).profile, paths)


def test_it_is_by_hand_until_it_is_chosen(paths: Paths) -> None:
    set_up(paths)
    assert not is_by_itself(a_logbook(paths).profile, paths)
    assert not is_off(a_logbook(paths).profile)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "start+finish"),
        ("off", "start+finish"),
        ("by hand", "by hand"),
        ("start+finish", "start+finish"),
    ],
)
def test_setting_it_up_asks_once(paths: Paths, before: str, after: str) -> None:
    def set_up_sync(book: Logbook) -> None:
        if before:
            book.profile.set("sync", before)
        line = sync_by_itself(book.profile)
        assert bool(line) is (after != before)
        assert not line or "stridelift config set sync by hand" in line
        assert book.profile.setting("sync", "") == after
        assert sync_by_itself(book.profile) == ""

    written(paths, set_up_sync)


def test_the_choice_is_this_machines(paths: Paths) -> None:
    written(paths, with_sync("off"))
    assert not paths.profile.exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="not run: no /proc")
def test_the_process_is_nobodys_child_with_nothing_open_and_no_terminal(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, told, goes_on = (tmp_path / name for name in ("program", "told", "goes_on"))
    program.write_text(PROGRAM)
    program.chmod(0o700)
    os.mkfifo(told)
    os.mkfifo(goes_on)
    monkeypatch.setattr(sys, "executable", str(program))
    reads, writes = os.pipe()
    os.set_inheritable(writes, True)
    source = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    start_sync(paths)
    assert select.select([source], [], [], PATIENCE_S)[0]
    os.set_blocking(source, True)
    with os.fdopen(source, "rb") as lines:
        args, where, ids, pid, terminal = lines.read().decode().splitlines()
    # It still runs, but does not have what we had open: once our end is closed nobody has.
    os.close(writes)
    assert os.read(reads, 1) == b""
    os.close(reads)
    goes_on.write_text("\n")
    assert args == f"-P -m tui sync --background --data-dir {paths.root}"
    assert where == "/"
    group, session, tty = map(int, ids.split())
    assert session not in (os.getsid(0), int(pid))
    assert group == session
    assert tty == 0
    assert terminal == "no terminal"
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_change_is_unsent_until_a_sync_begins(paths: Paths) -> None:
    make_well(paths)
    book = a_logbook(paths)
    assert not book.unsent
    book.open(write=True)
    assert not book.unsent
    book.profile.set("mouse", False)
    assert not book.unsent
    book.profile.set("unit", "lb")
    assert book.unsent
    book.unsent.settle()
    assert not book.unsent
    session = book.read_all().reader.sessions()[-1]
    book.recorder.start(None)
    assert not book.unsent
    book.recorder.delete(session)
    assert book.unsent
    book.close()
