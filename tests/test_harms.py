"""The benches that do harm to a log: small runs of them, and each with a harm it must notice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

# The benches are scripts, not a package: they find each other by their folder.
sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

from _forked import Ran
from flips import COMMANDS, FAULT, HARMLESS, SILENT, TOLD, verdict

BENCH = Path(__file__).parent.parent / "bench"
YEAR = Path("log/2026.json")
ANSWERS = [Ran(0, "answer", "") for _ in COMMANDS]


def bench(name: str, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    # A process of its own: this one has threads, and a fork of it would be no clean process.
    ran = subprocess.run(
        [sys.executable, str(BENCH / f"{name}.py"), *args],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    assert list(folder.iterdir()) == []
    return ran


def row(output: str, name: str) -> list[int]:
    """The figures of a row of a table."""
    (found,) = re.findall(rf"^{re.escape(name)} +([\d ]+)$", output, re.MULTILINE)
    return [*map(int, found.split())]


# -- breaking off ----------------------------------------------------------------------------------


def test_a_journal_that_holds_lines_back_is_noticed_when_it_is_broken_off(tmp_path: Path) -> None:
    ran = bench(
        "breaking", tmp_path, "--commands", "session", "--every", "12", "--fault", "buffered"
    )
    assert ran.returncode == 1, ran.stdout
    operations, kills, errors, losses, *_ = row(ran.stdout, "session")
    assert operations > 20
    assert min(kills, errors) > operations // 40
    assert losses, ran.stdout


# -- flipped bits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        pytest.param(Ran(0, "answer", "stridelift: note: any"), HARMLESS, id="the same answer"),
        pytest.param(Ran(0, "other", "stridelift: note: 2026.json: line 3"), TOLD, id="named"),
        pytest.param(Ran(1, "", "stridelift: log/2026.json is damaged"), TOLD, id="refused"),
        pytest.param(Ran(0, "other", ""), SILENT, id="another answer"),
        pytest.param(Ran(0, "other", "stridelift: note: profile.json"), SILENT, id="other named"),
        pytest.param(Ran(1, "", "stridelift: there is no such thing"), SILENT, id="not named"),
        pytest.param(Ran(1, "", "Traceback (most recent call last)"), FAULT, id="a traceback"),
        pytest.param(Ran(1, "", "stridelift: a bug in Stridelift: 2026.json"), FAULT, id="a bug"),
    ],
)
def test_what_comes_of_a_flip(changed: Ran, what: str) -> None:
    assert verdict(YEAR, ANSWERS, [changed, *ANSWERS[1:]])[0] == what


def test_one_that_answers_wrongly_is_not_excused_by_one_that_tells() -> None:
    told, wrong = Ran(0, "other", "note: 2026.json"), Ran(0, "other", "")
    assert verdict(YEAR, ANSWERS, [told, wrong, *ANSWERS[2:]])[0] == SILENT
    assert verdict(YEAR, ANSWERS, [wrong, told, *ANSWERS[2:]])[0] == SILENT
    refused = Ran(1, "", "stridelift: there is no exercise sled-push")
    assert verdict(YEAR, ANSWERS, [told, refused, *ANSWERS[2:]])[0] == TOLD


# -- several at once -------------------------------------------------------------------------------


def test_a_step_that_was_not_taken_is_missed(tmp_path: Path) -> None:
    ran = bench("together", tmp_path, "--seconds", "3", "--seed", "7", "--fault", "boasting")
    assert ran.returncode == 1, ran.stdout
    assert re.search(r"^lost: (one|two)-\d+$", ran.stdout, re.MULTILINE), ran.stdout


# -- the folder under a session --------------------------------------------------------------------


def test_what_befalls_the_folder_takes_nothing_that_was_confirmed(tmp_path: Path) -> None:
    harms = "moved away,an empty one above,journal removed,journal cut in half,clock set back 1 h"
    ran = bench("folder", tmp_path, "--cases", "logbook,commands", "--harms", harms)
    assert ran.returncode == 0, ran.stdout
    # While the folder is away the set is kept elsewhere, and only the finish waits.
    assert row(ran.stdout, "moved away: logbook: set, finish") == [3, 1, 0, 0, 0]
    assert row(ran.stdout, "journal removed: logbook: set, finish") == [3, 0, 0, 0, 0]
    assert row(ran.stdout, "clock set back 1 h: commands")[1:] == [0, 0, 0, 0]


def test_a_set_that_was_confirmed_and_not_kept_is_missed(tmp_path: Path) -> None:
    args = ("--cases", "logbook", "--harms", "moved away", "--fault", "boasting")
    ran = bench("folder", tmp_path, *args)
    assert ran.returncode == 1, ran.stdout
    assert row(ran.stdout, "moved away: logbook: set, finish") == [4, 1, 1, 0, 0]


def test_the_full_screen_keeps_what_it_showed_as_done(tmp_path: Path) -> None:
    ran = bench("folder", tmp_path, "--harms", "moved away", "--cases", "screen: set")
    assert ran.returncode == 0, ran.stdout
    assert row(ran.stdout, "moved away: screen: set, finish") == [3, 2, 0, 0, 0]


# -- what must come out clean ----------------------------------------------------------------------


def test_what_is_broken_off_loses_nothing(tmp_path: Path) -> None:
    ran = bench("breaking", tmp_path, "--commands", "log today,session", "--every", "21")
    assert ran.returncode == 0, ran.stdout


def test_a_flipped_bit_is_harmless_or_told_of(tmp_path: Path) -> None:
    ran = bench("flips", tmp_path, "--flips", "36", "--seed", "7")
    assert ran.returncode == 0, ran.stdout


def test_two_screens_and_a_command_lose_nothing(tmp_path: Path) -> None:
    ran = bench("together", tmp_path, "--seconds", "3", "--seed", "7")
    assert ran.returncode == 0, ran.stdout
    assert "lost 0, twice 0, from nowhere 0" in ran.stdout
    # It was no idle run.
    assert int(re.findall(r"in the log: (\d+) of", ran.stdout)[0]) > 20
    assert int(re.findall(r"took over +(\d+) times", ran.stdout)[0]) > 1


def test_an_empty_folder_in_the_place_of_the_log_takes_nothing_that_was_confirmed(
    tmp_path: Path,
) -> None:
    harm = "an empty one in its place"
    ran = bench("folder", tmp_path, "--cases", "logbook", "--harms", harm)
    assert ran.returncode == 0, ran.stdout
