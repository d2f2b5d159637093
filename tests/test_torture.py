"""Kill -9 in a real process at work: fifty times, and with broken storage until it is noticed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

# A fact that was confirmed and is none, in the words of bench/_facts.py.
UNTRUE = "lost: |changed: |from nowhere: "
SCRIPT = Path(__file__).parent.parent / "bench" / "torture.py"


def torture(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    # A process of its own: this one has threads, and a fork of it would be no clean process.
    return subprocess.run(
        [sys.executable, str(SCRIPT), "--seed", "7", *args],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def count(pattern: str, output: str) -> int:
    """The number before a word of the summary, 0 where it is not told of."""
    found = re.search(rf"(\d+) {pattern}", output)
    return int(found[1]) if found else 0


def test_thirty_kills_lose_nothing_that_was_confirmed(tmp_path: Path) -> None:
    ran = torture(tmp_path, "--kills", "30")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "\nproblems 0\n" in ran.stdout
    # It was no idle run: the kills struck in the thick of it, and there was much to lose.
    phases = ("in a finish", "in another step", "while opening")
    assert all(count(phase, ran.stdout) for phase in phases), ran.stdout
    assert "kills 30 in" in ran.stdout
    assert int(re.findall(r"confirmed steps (\d+)", ran.stdout)[0]) > 30
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "harm"),
    [
        pytest.param("boasting", UNTRUE, id="confirmed before it is written"),
        pytest.param("buffered", UNTRUE, id="journal lines held back"),
        pytest.param(
            "in-place", "unreadable: |damaged|changed outside", id="year file overwritten in place"
        ),
        pytest.param("unswept", r"left behind: \..*\.tmp", id="temps never removed"),
    ],
)
def test_broken_storage_is_noticed(fault: str, harm: str, tmp_path: Path) -> None:
    ran = torture(tmp_path, "--kills", "200", "--fault", fault)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert re.search(rf"^problems at kill \d+\n(.*\n)*?.*({harm})", ran.stdout, re.MULTILINE)
