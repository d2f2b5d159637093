"""``stridelift review``: what it says of the last weeks, of an exercise, of a week."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from tui.cli import main
from tui.domain.planning.today import Plan, plan

TODAY = "2026-11-20"  # a Friday
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one log; gives what it printed or, where it is to fail with ``code``, its
    one line on stderr."""

    def run(*args: str, code: int = 0, today: str = TODAY) -> str:
        ended = main([*args, "--data-dir", str(tmp_path / "home"), "--today", today])
        said = capsys.readouterr()
        assert ended == code, said
        if not code:
            assert said.err == ""
            return said.out
        assert said.out == ""
        [line] = said.err.splitlines()
        return line.removeprefix("stridelift: ")

    return run


@pytest.fixture
def runner(run: Run) -> Run:
    """A runner with some weeks of squats, split squats and jumps."""
    for day, load in (("10-06", 60), ("10-13", 62.5), ("11-03", 65), ("11-10", 67.5)):
        run("log", "back-squat", f"3x5 {load}kg rir2", "--on", f"2026-{day}")
    run("log", "split-squat", "L8 R10 20kg rir2", "--on", "2026-11-10")
    run("log", "split-squat", "L9 R10 20kg rir2", "--on", "2026-11-17")
    run("log", "squat-jump", "3x5", "--on", "2026-11-17")
    run("morning", "shoulder", "3", "--on", "2026-11-18")
    return run


def as_json(run: Run, *args: str, **how: Any) -> Any:
    return json.loads(run("review", "--json", *args, **how))


def test_the_last_weeks_at_a_glance(runner: Run) -> None:
    runner("race", "add", "2026-11-22", "Ridge Race")
    runner("step-down", "add", "2026-11-09")
    text = runner("review").splitlines()
    assert text[:4] == [
        "The 12 weeks up to Fri 2026-11-20",
        "Week of 2026-11-16: 1 day, 1 leg session; 4 sets (usual: -); 30 contacts (30",
        "  medium); 380 kg lifted (lunge 380); pain up to 3 of 10 (shoulder); race Ridge",
        "  Race (A).",
    ]
    assert "Week of 2026-10-19: no session." in text
    assert "You trained in 5 of the 7 weeks since you began." in text
    # 24 October to 20 November, and the 28 days before.
    assert "  sets: 11, before 6: the log began later" in text
    assert "  contacts: 30, before 0: the log began later" in text
    assert all(len(line) <= 80 for line in text)
    made = as_json(runner)
    assert (made["date"], made["trained"], made["known"], made["days"]) == (TODAY, 5, 7, 28)
    assert len(made["weeks"]) == 12
    week = made["weeks"][0]
    assert (week["monday"], week["days"], week["leg_sessions"]) == ("2026-11-16", 1, 1)
    assert (week["contacts"], week["tonnage_kg"]) == ({"medium": 30}, {"lunge": 380})
    assert (week["sums"]["contacts"], week["usual_sets"]) == (30, None)
    assert (week["pain"], week["regions"]) == (3, ["shoulder"])
    assert week["marks"] == [{"kind": "race", "date": "2026-11-22", "name": "Ridge Race (A)"}]
    assert made["weeks"][1]["marks"] == [{"kind": "step_down", "date": "2026-11-09", "name": ""}]
    changes = {one["what"]: one for one in made["changes"]}
    assert changes["sets"] == {"what": "sets", "now": 11, "before": 6, "percent": None}
    # Once the log reaches back over those days they are compared.
    runner("log", "back-squat", "5 60kg", "--on", "2026-09-25")
    changes = {one["what"]: one for one in as_json(runner)["changes"]}
    assert changes["sets"] == {"what": "sets", "now": 11, "before": 6, "percent": 83.3}
    assert changes["contacts"]["percent"] is None
    text = runner("review").splitlines()
    assert "  sets: 11, before 6: +83 %" in text
    assert "  contacts: 30, before 0: none before" in text


def test_an_empty_log_is_told_of_kindly(run: Run) -> None:
    assert "\nNothing was logged in the last 12 weeks. Begin whenever" in run("review")
    assert as_json(run)["trained"] == 0
    assert "Nothing of it is logged yet." in run("review", "squat-jump")
    assert "Done: no session." in run("review", "--week")


def test_weeks_of_an_older_year_are_read_where_they_are_needed(runner: Run) -> None:
    made = as_json(runner, today="2027-01-05")
    assert [week["days"] for week in made["weeks"]] == [0] * 7 + [1, 1, 1, 0, 0]
    # It began before those twelve weeks.
    assert made["known"] == 12
    assert as_json(runner, today="2028-01-05")["known"] == 12


def test_years_without_a_session_do_not_hide_that_the_log_begins_before_them(run: Run) -> None:
    run("log", "back-squat", "3x5 60kg", "--on", "2023-03-01")
    for year in (2024, 2025):
        run("metric", "add", "body-weight-kg", "62", "--on", f"{year}-03-01")
    run("log", "back-squat", "3x5 60kg", "--on", "2026-11-17")
    assert as_json(run)["known"] == 12
    assert "You trained in 1 of the last 12 weeks." in run("review")


def test_an_exercise(runner: Run) -> None:
    text = runner("review", "Back Squat").splitlines()
    assert text[1] == "4 sessions, the first on Tue 2026-10-06, the last on Tue 2026-11-10."
    assert "  load: 5 × 67.5 kg, on Tue 2026-11-10" in text
    assert "  heaviest load, kg: 60, 62.5, 65, 67.5" in text
    assert "  Tue 2026-10-06: 3 × 5 · 60 kg, 2 spare" in text
    assert "What comes next" in text
    assert "gain" not in " ".join(text)
    assert all(len(line) <= 80 for line in text)
    made = as_json(runner, "back-squat")
    assert (made["exercise"], made["sessions"]) == ("back-squat", 4)
    assert made["bests"][0] == {
        "measure": "load",
        "side": "both",
        "value": 67.5,
        "shown": "5 67.5kg",
        "date": "2026-11-10",
    }
    assert [one["load_kg"] for one in made["trend"]] == [60, 62.5, 65, 67.5]
    assert made["last"][0] == {"date": "2026-11-10", "sets": "3x5 67.5kg rir2"}
    assert [one["date"] for one in made["singles"]] == [one["date"] for one in made["trend"]]
    assert all(one["e1rm_low"] < one["e1rm"] < one["e1rm_high"] for one in made["singles"])
    [moved] = made["movement"]
    assert (moved["first"], moved["last"]) == ("2026-10-06", "2026-11-10")
    told = json.loads(runner("next", "back-squat", "--json"))
    assert made["next"] == told
    # The plan rests on the last of the estimates.
    assert made["singles"][-1]["e1rm"] == pytest.approx(told["e1rm"], rel=0.002)


def test_loads_in_pounds(runner: Run) -> None:
    runner("config", "set", "unit", "lb")
    text = runner("review", "back-squat")
    assert "  load: 5 × 148.8 lb, on Tue 2026-11-10\n" in text
    assert "  heaviest load, lb: 132.3, 137.8, 143.3, 148.8\n" in text
    assert "lb lifted (lunge" in runner("review")
    assert "lb lifted" in runner("review", "--week")
    assert as_json(runner, "back-squat")["trend"][0]["load_kg"] == 60


def test_left_and_right_are_a_trend(runner: Run) -> None:
    made = as_json(runner, "split-squat")
    assert {one["side"] for one in made["singles"]} == {"left", "right"}
    assert [one["weak"] for one in made["sides"]] == ["left", "left"]
    assert all(80 < one["percent"] < 100 for one in made["sides"])
    assert "  Sides that differ by 5 to 15 % are normal." in runner("review", "split-squat")


def test_the_estimates_of_a_young_year_begin_in_the_year_before(runner: Run) -> None:
    runner("log", "back-squat", "3x5 67.5kg rir2", "--on", "2027-01-04", today="2027-01-05")
    made = as_json(runner, "back-squat", today="2027-01-05")
    assert [one["date"] for one in made["singles"]] == [one["date"] for one in made["trend"]]
    assert len(made["singles"]) == 5


def test_a_week_done_and_planned(runner: Run) -> None:
    runner("config", "set", "programme", "lift-and-spring")
    text = runner("review", "--week").splitlines()
    assert text[:4] == [
        "Week of Mon 2026-11-16",
        "",
        "Done: 1 session, 4 sets, 380 kg lifted, 30 contacts.",
        "  Tue 2026-11-17: Split Squat, Squat Jump: 4 sets, 380 kg lifted, 30 contacts",
    ]
    assert all(len(line) <= 80 for line in text)
    made = as_json(runner, "--week")
    planned = json.loads(runner("week", "--json"))
    placed = [(d["date"], s["part"]) for d in planned["days"] for s in d["sessions"]]
    assert placed
    assert [(one["date"], one["part"]) for one in made["planned"]] == placed
    assert made["planned_sums"]["sets"] > 0
    done = {one["exercise"]: one["done"] for one in made["exercises"] if one["done"]}
    assert done == {"split-squat": 1, "squat-jump": 3}


def test_a_session_of_which_all_has_to_rest_is_none_of_the_week(
    runner: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_json(runner, "--week")["planned"]

    def resting(*given: Any) -> Plan:
        return replace(plan(*given), items=())

    monkeypatch.setattr("tui.app.review_queries.plan", resting)
    assert as_json(runner, "--week")["planned"] == []
    assert "Planned: no session." in runner("review", "--week")


def test_an_exercise_is_told_by_day_on_a_journey_across_the_date_line(
    run: Run, tmp_path: Path
) -> None:
    lines = [
        {"date": "2026-11-10", "time": "23:30", "offset": "-11:00", "session": "AAAAAAAA1"},
        {"date": "2026-11-11", "time": "00:30", "offset": "+14:00", "session": "AAAAAAAA2"},
    ]
    one = {"exercise": "back-squat", "set": 1, "load_kg": 50, "reps": 5}
    file = tmp_path / "log.jsonl"
    file.write_text("".join(f"{json.dumps({**line, **one})}\n" for line in lines))
    run("import", str(file))
    days = ["2026-11-11", "2026-11-10"]
    told = json.loads(run("history", "back-squat", "--json"))
    assert [one["date"] for one in told["sessions"]] == days
    assert [one["date"] for one in as_json(run, "back-squat")["last"]] == days


def test_what_only_the_right_side_told_is_told(run: Run) -> None:
    run("log", "split-squat", "8/side 20kg Lrir3 Rrir0 Rpain6", "--on", "2026-11-10")
    told = "8 each side × 20 kg, 3 spare left, 0 right, pain 6 right"
    assert told in run("history", "split-squat")
    [trend] = as_json(run, "split-squat")["trend"]
    assert (trend["rir"], trend["pain"]) == (1.5, 6)


def test_the_week_of_a_day(runner: Run) -> None:
    past = as_json(runner, "--week", "--of", "2026-10-08")
    assert (past["monday"], past["planned"]) == ("2026-10-05", [])
    assert past["done_sums"]["tonnage_kg"] == 900
    coming = as_json(runner, "--week", "--of", "2026-12-03")
    assert coming["done"] == []
    assert [one["date"] >= "2026-11-30" for one in coming["planned"]] == [True]
    assert "a year ahead at most" in runner("review", "--week", "--of", "2027-12-30", code=2)


def test_what_is_logged_of_days_to_come_is_not_counted_yet(runner: Run) -> None:
    assert as_json(runner, today="2026-11-05")["trained"] == 3
    assert as_json(runner, "back-squat", today="2026-11-05")["sessions"] == 3
    assert as_json(runner, "--week", today="2026-11-09")["done"] == []


def test_every_look_as_tables_and_as_markdown(runner: Run) -> None:
    weeks = runner("review", "--table").splitlines()
    assert weeks[2].split() == [
        *("Week", "of", "Days", "Legs", "Sets", "Contacts", "kg", "lifted", "Pain", "Also"),
    ]
    assert weeks[4].split() == ["2026-11-16", "1", "1", "4", "30", "380", "3", "shoulder"]
    assert "sets 11 6 the log began later" in [" ".join(line.split()) for line in weeks]
    lift = runner("review", "back-squat", "--table").splitlines()
    assert ["Tue", "2026-11-10", "67.5", "15", "1012", "2"] in [line.split() for line in lift]
    week = runner("review", "--week", "--table")
    assert "  Tue 2026-11-17  Split Squat, Squat Jump     4        380        30\n" in week
    for args in ([], ["back-squat"], ["--week"]):
        told = runner("review", *args, "--markdown")
        assert told.startswith("# ")
        assert "\n| --- |" in told
        assert all(len(line) <= 80 for line in runner("review", *args, "--table").splitlines())


def test_the_first_chart_of_an_exercise_as_a_picture(runner: Run) -> None:
    picture = runner("review", "back-squat", "--svg")
    assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Back Squat" in picture
    assert "nothing to draw yet" in runner("review", "side-plank", "--svg", code=1)


def test_what_does_not_go_together_is_refused(run: Run) -> None:
    assert "not both" in run("review", "back-squat", "--week", code=2)
    assert "--of needs --week" in run("review", "--of", TODAY, code=2)
    assert "--svg needs an EXERCISE" in run("review", "--svg", code=2)
    assert "--svg needs an EXERCISE" in run("review", "--week", "--svg", code=2)
    for pair in (("--table", "--json"), ("--markdown", "--table"), ("--svg", "--json")):
        assert "not allowed with" in run("review", "back-squat", *pair, code=2)
    assert "there is no exercise no-such" in run("review", "no-such", code=1)


def test_what_was_left_out_of_a_session_is_part_of_what_the_week_comes_to(
    run: Run, tmp_path: Path
) -> None:
    one = {"date": "2026-11-17", "exercise": "back-squat", "session": "LEFTOUT01"}
    asked = {"prescribed": {"load_kg": 60, "reps": 5}}
    rows = [
        {**one, **asked, "set": 1, "load_kg": 60, "reps": 5},
        {**one, **asked, "set": 2, "undone": "time"},
        {**one, **asked, "set": 3, "undone": "time"},
    ]
    file = tmp_path / "log.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    run("import", str(file))
    made = as_json(run, "--week")
    assert (made["done_sums"]["sets"], made["left_out"]["sets"]) == (1, 2)
    assert made["left_out"]["tonnage_kg"] == 600
    assert "Left out: 2 sets, 600 kg lifted." in run("review", "--week")
