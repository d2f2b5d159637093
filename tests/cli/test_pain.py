"""Much pain told in the morning or before a session, and the work of the day by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tui.bootstrap import shipped_library
from tui.cli import main
from tui.domain.model.values import Kind

TODAY = date(2026, 11, 20)
LIBRARY = shipped_library()
PROGRAMMES = list(LIBRARY.programmes)
Run = Callable[..., str]
TOLD = {
    "morning": ("morning", "knee", "9"),
    "ready": ("ready", "4", "4", "9", "knee"),
    "log": ("log", "bodyweight-squat", "10 pain9"),
}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that must succeed on one log, so many days after TODAY."""

    def run(*args: str, after: int = 0) -> str:
        day = (TODAY + timedelta(days=after)).isoformat()
        code = main([*args, "--data-dir", str(tmp_path / "home"), "--today", day])
        said = capsys.readouterr()
        notes = [line for line in said.err.splitlines() if "stridelift morning" not in line]
        assert (code, notes) == (0, []), (args, said.err)
        return said.out

    return run


def asks(tmp_path: Path, capsys: pytest.CaptureFixture[str], after: int, *args: str) -> str:
    """What a command says on stderr, so many days after TODAY."""
    day = (TODAY + timedelta(days=after)).isoformat()
    assert main([*args, "--data-dir", str(tmp_path / "home"), "--today", day]) == 0
    return capsys.readouterr().err


def asked(run: Run, *args: str, after: int = 0) -> Any:
    return json.loads(run(*args, "--json", after=after))


def loads_the_leg(name: str) -> bool:
    exercise = LIBRARY.exercises[name]
    return exercise.leg_load > 0 or exercise.kind is Kind.PLYOMETRIC


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_knee_of_nine_gets_no_work_for_the_legs(run: Run, told: str, programme: str) -> None:
    run("config", "set", "programme", programme)
    run(*TOLD[told])
    doc = asked(run, "today")
    assert [e["exercise"] for e in doc["exercises"] if loads_the_leg(e["exercise"])] == []
    for said in asked(run, "next", "--all"):
        assert not said["sets"] or not loads_the_leg(said["variant"])
    assert doc["exercises"] or doc["resting"]
    for name in ("lunge", "back-squat", "wall-sit", "step-up", "rope-skipping", "deadlift"):
        said = asked(run, "next", name)
        assert (said["action"], said["reasons"][0]) == ("REST", "PAIN_STOP")


@pytest.mark.parametrize("told", TOLD)
def test_where_all_of_it_rests_the_day_says_why(run: Run, told: str) -> None:
    run("config", "set", "programme", "lift-and-spring")
    run(*TOLD[told])
    doc = asked(run, "today")
    assert doc["exercises"] == []
    assert [one["reasons"] for one in doc["resting"]] == [["PAIN_STOP"]] * len(doc["resting"])
    assert any("professional" in words for words in doc["reasons"])
    lines = run("today").splitlines()
    assert lines[1] == "Rest today."
    text = " ".join(" ".join(lines).split())
    assert "Stop what hurts, and let a professional see it" in text
    assert "Your knee hurt 9 of ten" in text


def test_a_calm_morning_brings_the_session_back_and_else_a_fortnight_does(run: Run) -> None:
    run(*TOLD["morning"])
    usual = [said["exercise"] for said in asked(run, "next", "--all", after=20)]
    for after in (1, 13):
        resting = [one["exercise"] for one in asked(run, "today", after=after)["resting"]]
        assert len(resting) > len(usual) / 2
    assert asked(run, "today", after=14)["resting"] == []
    run("morning", "knee", "1", after=2)
    back = asked(run, "today", after=2)
    assert back["resting"] == []
    assert all("professional" not in words for words in back["reasons"])


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("command", [("today",), ("next", "--all"), ("next", "lunge", "--json")])
def test_before_it_lapses_and_after_the_command_line_asks_how_it_is(
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    told: str,
    command: tuple[str, ...],
) -> None:
    run("morning", "hip", "5", after=-1)
    run(*TOLD[told])
    for after, notes in ((11, 1), (12, 1), (13, 1), (14, 1), (20, 1), (21, 0)):
        said = asks(tmp_path, capsys, after, *command).splitlines()
        assert len(said) == notes, (after, said)
        region = "hip" if after == 11 else "knee"
        assert all(f"stridelift morning {region} PAIN" in line for line in said)
    run("morning", "knee", "7", after=12)
    run("morning", "hip", "0", after=12)
    assert asks(tmp_path, capsys, 14, *command) == ""


def test_told_by_readiness_it_still_counts_the_day_after(run: Run) -> None:
    run(*TOLD["ready"])
    assert asked(run, "next", "lunge", after=1)["action"] == "REST"
    run("ready", "4", "4", "1", "knee", after=1)
    assert asked(run, "next", "lunge", after=1)["action"] != "REST"


@pytest.mark.parametrize("region", ["hip", "knee", "calf", "hamstring"])
def test_pain_of_four_leaves_only_low_jumps(run: Run, region: str) -> None:
    run("morning", region, "4")
    for exercise in LIBRARY.exercises.values():
        if exercise.kind is Kind.PLYOMETRIC:
            said = asked(run, "next", exercise.id)
            variant = LIBRARY.exercises[said["variant"]]
            assert not said["sets"] or variant.jump_tier in (None, "low")
