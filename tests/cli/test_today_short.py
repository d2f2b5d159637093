"""``today --short``: one line for a status bar, whatever state the log is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.bootstrap import open_logbook
from tui.cli import main
from tui.cli.base import parse_date
from tui.domain.model.cells import cell_width
from tui.domain.session.actions import Log

Run = Callable[..., tuple[int, str, str]]


def short(run: Run) -> str:
    code, out, err = run("today", "--short")
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert 0 < cell_width(out.strip()) <= 40
    return out.strip()


def test_a_session_that_is_due_is_named_with_its_length(run: Run) -> None:
    assert short(run) == "Trail Speed today · 41 min"


def test_it_is_told_when_it_starts(run: Run) -> None:
    run("config", "set", "slots", "sun 18:00")
    assert short(run) == "Trail Speed today 18:00 · 41 min"
    run("config", "set", "clock", "12")
    assert short(run) == "Trail Speed today 6:00 pm · 41 min"


def test_a_day_of_rest_names_the_next_session(run: Run) -> None:
    run("config", "set", "slots", "wed 18:00")
    assert short(run) == "Rest · next Wed 2 Dec"


def test_after_the_session_the_day_is_done(run: Run) -> None:
    for exercise in ("wall-lean-hold", "glute-sling", "towel-hamstring-eccentric"):
        run("log", exercise, "as planned")
    assert short(run).startswith("Done · next ")


def test_a_paused_programme_asks_nothing(run: Run) -> None:
    run("config", "set", "pause", "on")
    assert short(run) == "Programme paused"


def test_a_session_under_way_counts_its_sets(run: Run, home: Path) -> None:
    day = parse_date("2026-11-29")
    book = open_logbook(str(home), day, write=True)
    live = book.recorder.start(book.planner.next_plan(day))
    every = sum(len(item.keys()) for item in live.items)
    assert short(run) == f"Under way 0 of {every}"
    book.recorder.do(Log(live.items[0].id))
    assert short(run) == f"Under way 1 of {every}"
    book.close()


def test_a_long_name_is_cut_and_what_is_told_of_it_is_whole(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text(
        """{"schema_version": 1, "programmes": [{"id": "own", "name": "Own", "about": "One",
        "parts": [{"id": "a", "name": "A session with a name that nobody can read in a bar",
        "slots": [{"exercises": ["plank"]}]}], "schedules": [{"id": "usual", "name": "Usual",
        "phases": [{"first_week": 1, "parts": ["a"]}]}], "sources": ["project"]}]}"""
    )
    assert run("config", "set", "programme", "own")[0] == 0
    line = short(run)
    assert line.startswith("A session with a name")
    assert "… today · " in line
    assert line.endswith(" min")


@pytest.mark.parametrize("year", ["2026", "2025"])
def test_a_damaged_log_breaks_no_bar(run: Run, home: Path, year: str) -> None:
    (home / "log").mkdir(parents=True)
    (home / "log" / f"{year}.json").write_text("{")
    assert short(run) == "Trail Speed today · 41 min · log gap"


def test_a_folder_that_cannot_be_read_breaks_no_bar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert main(["today", "--short", "--data-dir", str(file / "log")]) == 0
    assert capsys.readouterr() == ("Log not readable · stridelift doctor\n", "")


def test_it_is_a_line_or_json(run: Run) -> None:
    code, _, err = run("today", "--short", "--json")
    assert (code, err) == (2, "stridelift: today: --short or --json, not both\n")
