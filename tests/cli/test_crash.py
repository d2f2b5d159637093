"""The report of a bug: everything that led to it, and nothing of the runner's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.cli.crash import told
from tui.store.paths import Paths

SECRET = "left knee, do not tell"


def report(bug: BaseException, root: Path) -> str:
    """The report of a bug in ``log``."""
    line = told(bug, str(root), "log")
    [kept] = Paths(root).crash_dir.iterdir()
    assert str(kept) in line
    return kept.read_text()


def looked_up(note: str) -> None:
    try:
        {"": 0}[note]
    except KeyError as error:
        raise ValueError(note) from error


def raised(note: str) -> BaseException:
    try:
        looked_up(note)
    except ValueError as error:
        error.add_note(note)
        return ExceptionGroup(note, [error])
    raise AssertionError("nothing was raised")


def test_it_says_what_is_needed_and_nothing_of_the_runner(tmp_path: Path) -> None:
    text = report(raised(SECRET), tmp_path)
    assert SECRET not in text
    assert "in looked_up" in text
    kinds = re.findall(r"^builtins\.(\w+)$", text, re.MULTILINE)
    assert kinds == ["ExceptionGroup", "KeyError", "ValueError"]
    names = re.findall(r"^(\w+): \S", text, re.MULTILINE)
    assert names == ["time", "stridelift", "python", "textual", "platform", "command", "terminal"]
    assert "\ncommand: log\n" in text


def test_it_does_not_name_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(__file__).parents[1]
    monkeypatch.setenv("HOME", str(home))
    text = report(raised(SECRET), tmp_path)
    assert f'"~/cli/{Path(__file__).name}"' in text
    assert f'"{home}' not in text
