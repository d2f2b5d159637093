"""``stridelift morning``: what it writes, and how it says no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main

TODAY = "2026-11-20"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one log on the day TODAY; gives exit code, output and errors."""

    def run(*args: str, today: str = TODAY) -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(tmp_path / "home"), "--today", today])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def told(run: Run) -> list[tuple[str, str, int]]:
    lines = map(json.loads, run("export")[1].splitlines())
    return [(d["date"], d["region"], d["pain"]) for d in lines if d.get("type") == "morning"]


def test_a_morning_is_written_and_the_advice_goes_by_it(run: Run) -> None:
    run("log", "seated-calf-raise", "3x15 20kg rir3 pain3", "--on", "2026-11-19")
    before = json.loads(run("next", "seated-calf-raise", "--json")[1])
    assert before["action"] == "HOLD"
    assert run("morning", "calf", "4") == (
        0,
        "Fri 2026-11-20  calf or ankle on waking: 4 of 10\n",
        "",
    )
    after = json.loads(run("next", "seated-calf-raise", "--json")[1])
    assert after["action"] == "VARIANT_DOWN"
    assert "PAIN_MORNING" in after["reasons"]
    assert told(run) == [(TODAY, "ankle-calf", 4)]


def test_told_again_it_is_put_right(run: Run) -> None:
    run("morning", "knee", "7", "--on", "2026-11-18")
    run("morning", "knee", "2", "--on", "2026-11-18")
    run("morning", "hip", "1", "--on", "2026-11-18")
    assert sorted(told(run)) == [("2026-11-18", "hip", 1), ("2026-11-18", "knee", 2)]


def test_much_pain_points_to_a_professional(run: Run) -> None:
    code, out, _ = run("morning", "back", "6")
    assert (code, "professional" in out) == (0, True)
    assert "professional" not in run("morning", "back", "5")[1]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("elbow", "3"), "elbow is not a region; choose from hip, knee"),
        (("h", "3"), "h is not a region"),
        (("knee", "11"), "11 is not a whole number from 0 to 10"),
        (("knee", "x"), "x is not a whole number"),
        (("knee", "3", "--on", "2026-11-21"), "still to come"),
        (("knee", "3", "--on", "soon"), "A day is 14 feb"),
        (("knee",), "PAIN"),
        ((), "REGION, PAIN"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, args: tuple[str, ...], says: str
) -> None:
    code, out, err = run("morning", *args)
    assert (code, out) == (2, "")
    [line] = err.splitlines()
    assert line.startswith("stridelift: ")
    assert says in line
    assert not (tmp_path / "home" / "log").exists()


def test_today_names_the_region_that_no_warm_up_loads(run: Run) -> None:
    words = "Knee hurts: no warm-up that loads it, and watch it in every set."
    run("config", "set", "programme", "lift-and-spring")
    run("morning", "knee", "2")
    assert words not in run("today")[1]
    run("morning", "knee", "5")
    assert words in run("today")[1]
    # On a day of rest there is nothing to watch.
    run("race", "add", "2026-11-25", "Ridge")
    assert words not in run("today")[1]
