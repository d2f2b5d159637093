"""The manual page: made from the parsers, up to date, and rendered without a warning."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tui.cli import COMMANDS
from tui.cli.manual import manual
from tui.cli.outline import outlines

PAGE = Path(__file__).parents[2] / "docs" / "stridelift.1"
RENDERERS = {
    "man": ["man", "--warnings", "-l", str(PAGE)],
    "groff": ["groff", "-man", "-ww", "-z", "-Tutf8", str(PAGE)],
    "mandoc": ["mandoc", "-Tlint", "-Wwarning", str(PAGE)],
}


def test_the_page_is_the_one_that_make_manual_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual()


@pytest.mark.parametrize("columns", ["30", "200"])
def test_it_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert manual() == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_it_renders_without_a_warning(renderer: str) -> None:
    if shutil.which(renderer) is None:
        pytest.skip(f"not run: {renderer} is not installed")
    ran = subprocess.run(
        RENDERERS[renderer],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    if renderer == "man":
        assert "3x8 60kg rir3      three sets of eight" in ran.stdout
        assert "3 × 8 · 62,5 kg, 2 spare" in ran.stdout


def test_every_command_and_option_is_in_it() -> None:
    text = manual().replace("\\-", "-")
    assert re.findall(r"^\.SS stridelift (\S+)", text, re.MULTILINE) == list(COMMANDS)
    told = set(re.findall(r"\\fB(-[\w-]+)\\fR", text))
    assert {name for one in outlines() for option in one.options for name in option.names} == told


def test_no_line_of_help_is_a_request() -> None:
    known = {"TH", "SH", "SS", "PP", "TP", "nf", "fi", "B", "I"}
    requests = re.findall(r"^[.'](\S*)", manual(), re.MULTILINE)
    assert set(requests) == known
