"""``stridelift metric``: what it keeps, what it shows, and how it says no."""

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

    def run(*args: str) -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(tmp_path / "home"), "--today", TODAY])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def told(run: Run) -> list[dict[str, Any]]:
    lines = map(json.loads, run("export")[1].splitlines())
    return [doc for doc in lines if doc.get("type") == "metric"]


def test_a_value_is_kept_and_its_change_told(run: Run) -> None:
    run("metric", "add", "vertical", "38", "--on", "2026-09-25")
    assert run("metric", "add", "vertical-jump-cm", "41") == (
        0,
        "Fri 2026-11-20  Vertical jump: 41 cm  (+3.0 cm in 8 weeks)\n",
        "",
    )
    run("metric", "add", "vertical", "42")
    assert [(d["date"], d["metric"], d["value"]) for d in told(run)] == [
        ("2026-09-25", "vertical-jump-cm", 38),
        (TODAY, "vertical-jump-cm", 42),
    ]
    out = run("metric", "list")[1]
    assert "Vertical jump           42 cm           2026-11-20  +4.0 cm in 8 weeks      ▁█" in out
    assert "Body weight             not measured yet" in out
    assert run("metric", "list", "vertical")[1].splitlines() == [
        "Fri 2026-11-20  42 cm",
        "Fri 2026-09-25  38 cm",
    ]


def test_a_value_of_before_is_told_without_the_change_since(run: Run) -> None:
    run("metric", "add", "vertical", "41")
    assert "weeks" not in run("metric", "add", "vertical", "38", "--on", "2026-09-25")[1]


@pytest.mark.parametrize("words", [("L24", "R22"), ("24/22",), ("L24 R22",)])
def test_both_sides_at_once(run: Run, words: tuple[str, ...]) -> None:
    assert run("metric", "add", "single-leg-heel", *words)[1].endswith("raises: L24 R22\n")
    assert {(d["side"], d["value"]) for d in told(run)} == {("left", 24), ("right", 22)}


def test_one_side_and_the_other(run: Run) -> None:
    run("metric", "add", "single-leg-hop", "140", "--side", "left")
    assert run("metric", "add", "single-leg-hop", "R138")[1].endswith("hop: L140 R138 cm\n")
    run("metric", "remove", "single-leg-hop", "--on", TODAY, "--side", "left")
    assert [d["side"] for d in told(run)] == ["right"]


def test_pace_and_weight_as_a_runner_types_them(run: Run) -> None:
    assert run("metric", "add", "pace", "5:12/km")[1].endswith("5:12/km\n")
    run("config", "set", "unit", "lb")
    assert run("metric", "add", "body", "154")[1].endswith("weight: 154 lb\n")
    assert {d["metric"]: d["value"] for d in told(run)} == {
        "pace-at-effort-s-per-km": 312,
        "body-weight-kg": 69.853,
    }
    assert "not set" in run("config", "get", "body_weight")[1]


def test_what_is_removed_is_gone_and_can_be_measured_again(run: Run) -> None:
    run("metric", "add", "vertical", "41")
    assert run("metric", "remove", "vertical", "--on", TODAY)[:2] == (
        0,
        "Fri 2026-11-20  Vertical jump: removed\n",
    )
    assert told(run) == []
    code, _, err = run("metric", "remove", "vertical", "--on", TODAY)
    assert (code, "has no value on 2026-11-20" in err) == (1, True)
    run("metric", "add", "vertical", "40")
    assert [d["value"] for d in told(run)] == [40]


def test_an_unknown_metric_of_the_log_is_shown_and_can_go_on(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    line = {
        "type": "metric",
        "date": "2026-11-03",
        "metric": "mood",
        "value": 6,
        "note": "a\x1b[2J",
    }
    file.write_text(json.dumps(line) + "\n")
    run("import", str(file))
    assert run("metric", "add", "mood", "7")[1].endswith("mood: 7  (+1 in 2 weeks)\n")
    out = run("metric", "list", "mood")[1]
    assert out.splitlines() == ["Fri 2026-11-20  7", "Tue 2026-11-03  6  a·[2J"]


def test_json_for_scripts(run: Run) -> None:
    run("metric", "add", "pace", "5:12")
    every = json.loads(run("metric", "list", "--json")[1])["metrics"]
    assert len(every) == 6
    one = json.loads(run("metric", "list", "pace", "--json")[1])
    assert one in every
    assert (one["unit"], one["better"]) == ("s/km", "lower")
    assert one["values"] == [{"date": TODAY, "side": "both", "value": 312, "note": ""}]


@pytest.mark.parametrize(
    ("args", "exit_code", "says"),
    [
        (("add", "vertical"), 2, "a METRIC and a VALUE"),
        (("add", "vertical", "x"), 2, "Vertical jump takes a number from 5 to 150 cm"),
        (("add", "vertical", "41", "--side", "left"), 2, "has no sides"),
        (("add", "single-leg-hop", "140"), 2, "left and right, as in 24/22"),
        (("add", "vertical", "41", "--on", "2026-11-21"), 2, "still to come"),
        (("add", "single", "3"), 1, "single does not name one metric; use one of vertical-jump-cm"),
        (("remove", "vertical"), 2, "--on DATE"),
        (("list", "vertical", "body"), 2, "one METRIC at most"),
        (("measure", "vertical", "4"), 2, "metric: takes add, list, remove, not “measure”;"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, args: tuple[str, ...], exit_code: int, says: str
) -> None:
    code, out, err = run("metric", *args)
    assert (code, out) == (exit_code, "")
    [line] = err.splitlines()
    assert line.startswith("stridelift: ")
    assert says in line
    assert not (tmp_path / "home" / "log").exists()
