"""Odd numbers on the command line: logged with a note, confirmed with --yes, counted by import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

NOTE = (
    "stridelift: note: 600 kg is 540 kg more than last time; if it is right, repeat this with "
    "--yes; if not, log --undo takes it back\n"
)
LOGGED = "Sun 2026-11-29  Back Squat: 3x8 600kg rir3\n"


@pytest.fixture
def trained(run: Run) -> Run:
    """Four sessions of squats with 60 kg."""
    for day in ("17", "20", "24", "27"):
        assert run("log", "back-squat", "3x8 60kg rir3", "--on", f"2026-11-{day}")[2] == ""
    return run


def sets(run: Run) -> list[dict[str, Any]]:
    """The lines of sets of an export."""
    lines = map(json.loads, run("export")[1].splitlines())
    return [line for line in lines if "set" in line]


def confirmed(run: Run) -> list[tuple[float, bool]]:
    """The load of each set on 29 November, and whether it is confirmed."""
    today = [row for row in sets(run) if row["date"] == "2026-11-29"]
    return [(row["load_kg"], row.get("confirmed", False)) for row in today]


def test_600_for_60_is_logged_with_a_note(trained: Run) -> None:
    assert trained("log", "back-squat", "3x8 600kg rir3") == (0, LOGGED, NOTE)
    assert confirmed(trained) == [(600, False)] * 3
    # It does not become what the next is measured by.
    assert trained("log", "back-squat", "8 600kg")[2] == NOTE


def test_yes_says_that_it_is_right(trained: Run) -> None:
    assert trained("log", "back-squat", "8 60kg; 8 600kg", "--yes")[2] == ""
    assert confirmed(trained) == [(60, True), (600, True)]
    assert trained("log", "back-squat", "8 600kg")[2] == ""


def test_the_command_repeated_with_yes_logs_nothing_twice(trained: Run) -> None:
    trained("log", "back-squat", "3x8 600kg rir3")
    assert trained("log", "back-squat", "3x8 600kg rir3", "--yes") == (0, LOGGED, "")
    assert confirmed(trained) == [(600, True)] * 3
    assert trained("log", "--undo") == (0, f"Taken back: {LOGGED}", "")
    assert confirmed(trained) == []


def test_jumps_and_sides_repeated_with_yes_are_logged_once(run: Run) -> None:
    run("log", "squat-jump", "2x10")
    run("log", "glute-sling", "25/side 5kg")
    for typed in (("squat-jump", "2x100"), ("glute-sling", "250/side 5kg")):
        assert "more than so far today" in run("log", *typed)[2]
        assert run("log", *typed, "--yes")[2] == ""
    assert sorted((row["reps"], row.get("confirmed", False)) for row in sets(run)) == [
        *[(10, False)] * 2,
        *[(25, False)] * 2,
        *[(100, True)] * 2,
        *[(250, True)] * 2,
    ]


def test_yes_with_other_sets_leaves_the_last_log(trained: Run) -> None:
    trained("log", "back-squat", "3x8 600kg rir3")
    trained("log", "back-squat", "8 620kg", "--yes")
    assert confirmed(trained) == [(600, False)] * 3 + [(620, True)]


def test_yes_confirms_all_that_was_typed(trained: Run) -> None:
    assert trained("log", "back-squat", "8 62.5kg", "--yes")[2] == ""
    assert confirmed(trained) == [(62.5, True)]
    code, _, err = trained("log", "--undo", "--yes")
    assert (code, err.count("\n")) == (2, 1)


def test_a_load_that_cannot_be_made_is_told_and_kept(trained: Run) -> None:
    trained("config", "set", "barbell.plates", "20x2 10x2 5x2 2.5x2")
    told = "stridelift: note: 63 kg cannot be made of your plates; kept\n"
    assert trained("log", "back-squat", "3x8 63kg")[2] == told
    assert confirmed(trained) == [(63, False)] * 3
    assert trained("log", "back-squat", "3x8 63kg", "--yes")[2] == ""
    assert trained("log", "back-squat", "3x8 65kg")[2] == ""


def test_a_stated_maximum_is_what_a_load_is_measured_by(run: Run) -> None:
    run("config", "set", "max.back-squat", "100")
    assert run("log", "back-squat", "1 120kg", "--on", "2026-11-20")[2] == ""
    assert "best single" in run("log", "back-squat", "1 170kg", "--on", "2026-11-19")[2]


def test_an_odd_maximum_is_noted_and_an_impossible_one_refused(run: Run) -> None:
    code, out, err = run("config", "set", "max.back-squat", "450")
    assert (code, out) == (0, "max.back-squat: 450kg, from 2026-11-29 on\n")
    assert err == (
        "stridelift: note: 450 kg is more than 400 kg; if it is not right, set it again\n"
    )
    run("config", "set", "body_weight", "70")
    assert "3 times your weight" in run("config", "set", "max.back-squat", "200x3")[2]
    before = run("config", "get", "max.back-squat")
    code, out, err = run("config", "set", "max.back-squat", "281")
    assert (code, out) == (2, "")
    assert err == (
        "stridelift: max.back-squat takes at most 4 times your weight, 70 kg, not 281 kg\n"
    )
    assert run("config", "get", "max.back-squat") == before
    assert run("config", "set", "max.back-squat", "200")[2] == ""


# --- import -------------------------------------------------------------------------------------


def line(day: int, load: float, **more: object) -> str:
    said = {"date": f"2026-11-{day:02}", "exercise": "back-squat", "set": 1, "reps": 8}
    return json.dumps({**said, "load_kg": load, **more})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


def test_import_counts_what_is_odd_and_asks_nothing(trained: Run, file: Path) -> None:
    file.write_text(
        "\n".join(
            [line(21, 62.5), line(25, 600), line(28, 640, exercise="deadlift", confirmed=True)]
        )
    )
    counted = {"imported": 3, "duplicate": 0, "odd": 1, "rest": 0, "refused": [], "passed_over": 0}
    for dry in (("--dry-run",), ()):
        code, out, err = trained("import", str(file), "--json", *dry)
        assert (code, json.loads(out), err) == (0, counted, "")
    assert json.loads(trained("import", str(file), "--json")[1])["odd"] == 0


def test_import_says_in_a_line_that_something_is_odd(trained: Run, file: Path) -> None:
    file.write_text("\n".join([line(21, 62.5), line(25, 600), line(28, 300)]))
    assert trained("import", str(file))[1] == (
        "3 lines imported; 0 already there\n"
        "2 of them look like a typing error: e in History corrects it\n"
    )


def test_what_was_odd_in_the_log_before_is_not_counted(trained: Run, file: Path) -> None:
    trained("log", "back-squat", "8 600kg")
    file.write_text(line(21, 62.5))
    assert json.loads(trained("import", str(file), "--json")[1])["odd"] == 0
