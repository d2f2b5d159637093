"""Commands that change the log start a sync in the background; those that read start nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from tui import bootstrap
from tui.app import sync_by_itself
from tui.app.logbook import Logbook
from tui.cli import screen
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]
CHANGE = [
    ["log", "back-squat", "3x8 60kg"],
    ["session", "delete", "2026-11-29"],
    ["morning", "knee", "3"],
    ["race", "add", "2027-05-09", "Ridge Race"],
    ["config", "set", "unit", "lb"],
    ["log", "--undo"],
]
CHANGE_NOTHING = [
    ["today"],
    ["next", "back-squat"],
    ["week"],
    ["history"],
    ["doctor"],
    ["config", "list"],
    ["config", "set", "mouse", "off"],
    ["export"],
    ["backup"],
]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Paths]:
    folders: list[Paths] = []
    monkeypatch.setattr(sync_by_itself, "start_sync", folders.append)
    return folders


@pytest.fixture
def wanted(run: Run, home: Path) -> None:
    run("log", "lunge", "3x8")
    run("config", "set", "sync", "start+finish")
    (home / ".git").mkdir()
    (home / ".git" / "config").write_text('[remote "home"]\n\turl = you@home:log.git\n')


@pytest.mark.usefixtures("wanted")
def test_each_change_starts_one(run: Run, home: Path, started: list[Paths]) -> None:
    for number, command in enumerate(CHANGE, start=1):
        assert run(*command)[0] == 0, command
        assert started == [Paths(home)] * number, command


@pytest.mark.usefixtures("wanted")
def test_what_changes_nothing_starts_none(run: Run, started: list[Paths]) -> None:
    for command in CHANGE_NOTHING:
        run(*command)
        assert started == [], command


@pytest.mark.usefixtures("wanted")
@pytest.mark.parametrize("value", ["by hand", "off"])
def test_nor_where_the_runner_does_not_want_it(run: Run, started: list[Paths], value: str) -> None:
    assert run("config", "set", "sync", value)[0] == 0
    assert run("config", "get", "sync")[1] == f"{value}\n"
    run(*CHANGE[0])
    assert started == []


@pytest.mark.usefixtures("wanted")
def test_a_command_that_fails_starts_none(run: Run, started: list[Paths]) -> None:
    assert run("log", "back-squat", "nonsense")[0] == 2
    assert started == []


@pytest.mark.usefixtures("wanted")
def test_a_process_that_cannot_be_started_is_no_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Paths) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(sync_by_itself, "start_sync", refuse)
    assert run(*CHANGE[0])[0] == 0


def test_what_it_may_be_is_said(run: Run) -> None:
    code, _, error = run("config", "set", "sync", "always")
    assert code == 2
    assert "sync takes off, by hand or start+finish, not 'always'" in error


@pytest.mark.usefixtures("wanted")
@pytest.mark.parametrize("changes", [True, False])
def test_what_was_changed_on_the_screen_just_before_it_was_left_is_synced(
    home: Path, started: list[Paths], monkeypatch: pytest.MonkeyPatch, *, changes: bool
) -> None:
    def run_screen(book: Logbook, _: object) -> int:
        if changes:
            book.profile.set("unit", "lb")
        return 0

    monkeypatch.setattr(bootstrap, "run_screen", run_screen)
    options = argparse.Namespace(data_dir=str(home), today=None)
    assert screen.open_screen(options) == 0
    assert started == [Paths(home)] * changes
