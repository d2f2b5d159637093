"""``log EXERCISE as planned``: what today and next prescribe, logged as done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import Books
from tui.domain.session.actions import Log

Run = Callable[..., tuple[int, str, str]]


def said(run: Run, *args: str) -> str:
    code, out, err = run(*args)
    assert (code, err) == (0, "")
    return out


def rows(run: Run, exercise: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(said(run, "history", exercise, "--json"))["sessions"]
    return [row for session in made for row in session["rows"]]


def test_each_exercise_of_the_session_is_logged_as_today_showed_it_in_the_morning(run: Run) -> None:
    """What is logged first changes what comes next, but not what is planned for the others."""
    exercises = json.loads(said(run, "today", "--json"))["exercises"]
    assert len(exercises) == 5
    for one in exercises:
        logged = said(run, "log", one["exercise"], "as planned")
        assert logged == f"Sun 2026-11-29  {one['name']}: {one['dose']}\n"


def test_another_exercise_is_logged_as_next_says(run: Run) -> None:
    advice = json.loads(said(run, "next", "back-squat", "--json"))
    dose = f"{advice['sets']}x{advice['reps']} {advice['load_kg']:g}kg"
    assert said(run, "log", "back-squat", "as", "planned").endswith(f"Back Squat: {dose}\n")


def test_the_rows_are_done_as_prescribed_and_nothing_is_said_that_nobody_felt(run: Run) -> None:
    said(run, "log", "glute-sling", " As  Planned ")
    logged = rows(run, "glute-sling")
    assert [(row["number"], row["side"]) for row in logged] == [
        (number, side) for number in (1, 2, 3) for side in ("left", "right")
    ]
    assert all(row["prescribed"] == {"reps": row["reps"]} for row in logged)
    assert not any({"rir", "pain", "effort", "confirmed"} & row.keys() for row in logged)


def test_jumps_are_prescribed_in_contacts_as_they_are_done(run: Run) -> None:
    said(run, "log", "box-jump", "as planned")
    assert all(row["prescribed"] == {"contacts": row["contacts"]} for row in rows(run, "box-jump"))


def test_a_log_as_planned_is_taken_back_like_any_other(run: Run) -> None:
    dose = said(run, "log", "glute-sling", "as planned")
    assert said(run, "log", "--undo") == f"Taken back: {dose}"
    assert said(run, "log", "glute-sling", "as planned") == dose


@pytest.mark.parametrize("first", ["as planned", "1x5 30kg"])
def test_what_is_logged_today_is_not_logged_again(run: Run, first: str) -> None:
    """After a log, next tells of the next time."""
    said(run, "log", "back-squat", first)
    code, out, err = run("log", "back-squat", "as planned")
    assert (code, out) == (1, "")
    assert err.startswith("stridelift: Back Squat is logged today already (")
    assert err.endswith("if you did more, type the sets\n")
    said(run, "log", "back-squat", "1x5 30kg")


def test_what_was_left_out_today_can_still_be_done(run: Run, home: Path) -> None:
    books = Books(home)
    books.clock.time = books.clock.time.replace(year=2026, month=11, day=29)
    book = books.open().read_all()
    live = book.recorder.start(book.planner.next_plan(books.clock().date()))
    book.recorder.do(Log(live.items[0].id))
    book.recorder.finish()
    book.close()
    assert "Glute Sling: 3x25/side" in said(run, "log", "glute-sling", "as planned")
    assert run("log", "glute-sling", "as planned")[0] == 1


def test_a_past_day_is_not_made_up(run: Run, home: Path) -> None:
    code, out, err = run("log", "back-squat", "as planned", "--on", "yesterday")
    assert (code, out) == (2, "")
    assert err == (
        "stridelift: as planned is for today: what was planned on a past day is not kept\n"
    )
    assert not list(home.glob("log/*.json"))
    said(run, "log", "back-squat", "as planned", "--on", "2026-11-29")


def test_what_rests_is_not_logged_and_the_reason_is_told(run: Run) -> None:
    said(run, "morning", "calf", "7")
    code, out, err = run("log", "seated-calf-raise", "as planned")
    assert (code, out) == (1, "")
    assert err.startswith("stridelift: Seated Weighted Calf Raise rests today: ")
    assert err.endswith(" If you did it, type the sets\n")


def test_what_stands_in_is_logged_under_its_own_name(run: Run) -> None:
    run("config", "set", "equipment", "dumbbells")
    advice = json.loads(said(run, "next", "back-squat", "--json"))
    assert advice["variant"] != "back-squat"
    code, out, err = run("log", "back-squat", "as planned")
    assert code == 0
    assert out.endswith(f": {advice['sets']}x{advice['reps']}\n")
    assert err.startswith("stridelift: note: today ")
    assert err.endswith(" is planned instead of Back Squat\n")
    assert rows(run, advice["variant"])


def test_sets_need_no_quotes(run: Run) -> None:
    assert said(run, "log", "back-squat", "3x8", "60kg", "rir3").endswith(
        "Back Squat: 3x8 60kg rir3\n"
    )
