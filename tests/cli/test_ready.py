"""``stridelift ready``: what it writes, what the plan makes of it, and how it says no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main

TODAY = "2026-11-20"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one log on the day TODAY; gives exit code, output and errors."""

    def run(*args: str, today: str = TODAY, home: str = "home") -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(tmp_path / home), "--today", today])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def told(run: Run, home: str = "home") -> list[dict[str, Any]]:
    lines = map(json.loads, run("export", home=home)[1].splitlines())
    return [doc for doc in lines if doc.get("type") == "readiness"]


def advice(run: Run, exercise: str = "back-squat", today: str = TODAY) -> Any:
    return json.loads(run("next", exercise, "--json", today=today)[1])


def test_a_low_day_gets_the_lighter_session_and_the_next_one_does_not(run: Run) -> None:
    run("log", "back-squat", "3x8 60kg rir2", "--on", "2026-11-17")
    usual = advice(run)
    code, out, err = run("ready", "2", "2", "0")
    assert (code, err) == (0, "")
    first, second = out.splitlines()
    assert first == "Fri 2026-11-20  legs 2, sleep 2, pain 0: a lighter session today"
    assert "counts in full" in second
    lighter = advice(run)
    assert lighter["reasons"][0] == "READY_LOW"
    assert lighter["action"] == "DELOAD"
    assert lighter["sets"] < usual["sets"]
    assert lighter["load_kg"] < usual["load_kg"]
    assert "READY_LOW" not in advice(run, today="2026-11-21")["reasons"]


def test_as_planned_and_told_again_it_is_put_right(run: Run) -> None:
    run("ready", "2", "2", "0")
    out = run("ready", "2", "2", "0", "--as-planned")[1]
    assert "stays as planned" in out
    assert "READY_LOW" not in advice(run)["reasons"]
    assert [(d["legs"], d["light"]) for d in told(run)] == [(2, False)]
    assert run("ready", "5", "4", "0")[1] == "Fri 2026-11-20  legs 5, sleep 4, pain 0\n"
    [doc] = told(run)
    assert (doc["legs"], doc["sleep"], doc["pain"], doc["light"]) == (5, 4, 0, False)
    assert "region" not in doc


def test_what_hurts_goes_into_the_plan_and_much_of_it_to_a_professional(run: Run) -> None:
    out = run("ready", "4", "4", "4", "calf")[1]
    assert out == "Fri 2026-11-20  legs 4, sleep 4, pain 4 calf or ankle\n"
    assert "PAIN_LESS" in advice(run, "seated-calf-raise")["reasons"]
    assert "professional" in run("ready", "4", "4", "6", "calf")[1]
    assert advice(run, "seated-calf-raise")["action"] == "REST"


@pytest.mark.parametrize(("word", "name"), [("shin", "shin"), ("heel", "foot"), ("itb", "knee")])
def test_the_place_may_go_by_another_name(run: Run, word: str, name: str) -> None:
    out = run("ready", "4", "4", "5", word)[1]
    assert out == f"Fri 2026-11-20  legs 4, sleep 4, pain 5 {name}\n"
    assert told(run)[0]["region"] == name
    assert run("morning", word, "5")[1] == f"Fri 2026-11-20  {name} on waking: 5 of 10\n"
    squat = advice(run, "calf-raise" if name != "knee" else "back-squat")
    assert squat["action"] != "START"


def test_a_little_pain_needs_no_place(run: Run) -> None:
    assert run("ready", "3", "3", "2") == (0, "Fri 2026-11-20  legs 3, sleep 3, pain 2\n", "")


def test_a_session_that_is_done_stays_what_it_was(run: Run) -> None:
    run("log", "back-squat", "3x8 60kg rir2")
    assert "stays as planned" in run("ready", "1", "1", "0")[1]
    assert [doc["light"] for doc in told(run)] == [False]


def test_lines_go_out_and_come_in_again_with_all_they_say(run: Run, tmp_path: Path) -> None:
    line = {"type": "readiness", "date": "2026-11-03", "legs": 2, "sleep": 3, "pain": 5}
    line |= {"region": "hip", "light": True, "mood": "calm"}
    file = tmp_path / "log.jsonl"
    file.write_text(json.dumps(line) + "\n")
    assert run("import", str(file))[0] == 0
    [doc] = told(run)
    assert line.items() <= doc.items()
    exported = run("export")[1]
    file.write_text(exported)
    run("import", str(file), home="other")
    assert run("export", home="other")[1] == exported
    assert run("import", str(file))[1].startswith("nothing new") or told(run) == [doc]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"legs": 0}, "legs must be from 1 to 5"),
        ({"sleep": None}, "sleep is missing"),
        ({"pain": 11}, "pain must be from 0 to 10"),
        ({"region": "elbow"}, "region can be hip"),
        ({"light": "yes"}, "light must be true or false"),
    ],
)
def test_a_bad_line_is_named(run: Run, tmp_path: Path, change: dict[str, Any], says: str) -> None:
    line = {"type": "readiness", "date": "2026-11-03", "legs": 2, "sleep": 3, "pain": 5, **change}
    file = tmp_path / "log.jsonl"
    file.write_text(json.dumps(line) + "\n")
    code, _, err = run("import", str(file))
    assert code == 1
    assert says in err
    assert told(run) == []


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("0", "3", "0"), "legs must be from 1 to 5"),
        (("3", "6", "0"), "sleep must be from 1 to 5"),
        (("3", "3", "100"), "PAIN must be a whole number, not 100"),
        (("x", "3", "0"), "LEGS must be a whole number, not x"),
        (("3", "²", "0"), "SLEEP must be a whole number"),
        (("3", "3", "4", "elbow"), "elbow is not a region"),
        (("3", "3", "3"), "from pain 3 up, name the region: hip, knee, ankle-calf"),
        (("3", "3", "0", "--on", "2026-11-21"), "still to come"),
        (("3", "3"), "PAIN"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, args: tuple[str, ...], says: str
) -> None:
    code, out, err = run("ready", *args)
    assert (code, out) == (2, "")
    [line] = err.splitlines()
    assert line.startswith("stridelift: ")
    assert says in line
    assert not (tmp_path / "home" / "log").exists()
