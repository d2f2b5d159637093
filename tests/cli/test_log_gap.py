"""A plan from a log of which a part is missing says so: ``today`` and ``next``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.ui.test_damage import spoil
from tui.cli import main

TODAY = "2026-11-20"
WORDS = "Part of your log cannot be read: loads may be too light or too heavy; check them."
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one log on the day TODAY; gives exit code, output and errors."""

    def run(*args: str) -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(home), "--today", TODAY])
        said = capsys.readouterr()
        return code, said.out, said.err

    for day in ("2024-11-15", "2025-11-14", "2026-11-13", "2026-11-17"):
        run("log", "back-squat", "3x8 60kg rir2", "--on", day)
    return run


def answer(run: Run, *asked: str) -> Any:
    return json.loads(run(*asked, "--json")[1])


def lose(path: Path) -> None:
    spoil(path)


def newer(path: Path) -> None:
    path.write_bytes(orjson.dumps({"meta": {"schema_version": 99}, "sessions": {}}))


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("harm", [lose, newer, a_pipe])
@pytest.mark.parametrize("year", [2026, 2025])
def test_today_and_next_say_that_they_do_not_know(
    run: Run, home: Path, year: int, harm: Callable[[Path], None]
) -> None:
    assert WORDS not in run("today")[1]
    before = answer(run, "next", "back-squat")
    harm(home / "log" / f"{year}.json")
    for _ in range(2):
        code, out, err = run("today")
        assert code == 0
        assert " ".join(out.split()).count(WORDS) == 1
        assert " ".join(out.split()).count("log cannot be read") == 1
        assert f"{year}.json" in err
        doc = answer(run, "today")
        assert WORDS in doc["reasons"]
        advised = [one["advice"] for one in doc["exercises"] if one["advice"]]
        assert advised
        for one in (*advised, answer(run, "next", "back-squat"), *answer(run, "next", "--all")):
            if one["sets"]:
                assert one["reasons"].count("LOG_GAP") == 1
                assert one["reasons"][0] != "LOG_GAP"
                assert one["confidence"] == "low"
    assert before["confidence"] != "low"
    assert "log cannot be read" in " ".join(run("next", "back-squat")[1].split())


def test_of_years_long_past_nothing_is_said(run: Run, home: Path) -> None:
    newer(home / "log" / "2024.json")
    assert WORDS not in run("today")[1]
    assert "LOG_GAP" not in answer(run, "next", "back-squat")["reasons"]


def test_what_was_damaged_but_is_all_there_is_no_gap(run: Run, home: Path) -> None:
    path = home / "log" / "2026.json"
    data = path.read_bytes()
    path.write_bytes(data[:-3])
    assert WORDS not in run("today")[1]
    assert list(path.parent.glob("2026.json*")) != [path]


def test_it_is_said_until_the_damaged_file_is_dealt_with(run: Run, home: Path) -> None:
    spoil(home / "log" / "2026.json")
    run("log", "back-squat", "3x8 60kg rir2")
    assert "LOG_GAP" in answer(run, "next", "back-squat")["reasons"]
    [aside] = (home / "log").glob("*.damaged-*")
    aside.unlink()
    assert "LOG_GAP" not in answer(run, "next", "back-squat")["reasons"]
