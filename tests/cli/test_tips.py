"""The tip of the week in ``today`` and ``review``, and the setting that ends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main
from tui.domain.planning.tips import TIPS

Run = Callable[..., str]
MONDAY, WEDNESDAY, SUNDAY, NEXT = "2026-11-09", "2026-11-11", "2026-11-15", "2026-11-16"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one log on a day; gives what it printed."""

    def run(*args: str, today: str = MONDAY) -> str:
        assert main([*args, "--data-dir", str(tmp_path / "home"), "--today", today]) == 0
        return capsys.readouterr().out

    return run


def told(out: str) -> list[str]:
    """The ids of the tips in an output."""
    text = " ".join(out.split())
    return [tip.id for tip in TIPS if tip.text in text]


def tip(run: Run, command: str, today: str) -> Any:
    doc = json.loads(run(command, "--json", today=today))
    return doc["tip"]


def test_today_has_it_until_a_session_of_the_week_is_done(run: Run) -> None:
    run("log", "back-squat", "3x5 60kg", "--on", "2026-11-05")
    assert told(run("today")) == told(run("today", today=WEDNESDAY)) == ["soreness"]
    assert tip(run, "today", WEDNESDAY) == {
        "id": "soreness",
        "text": TIPS[1].text,
        "source": "clarke-runrun",
    }
    run("log", "back-squat", "3x5 60kg", "--on", WEDNESDAY, today=WEDNESDAY)
    assert told(run("today", today=SUNDAY)) == []
    assert tip(run, "today", SUNDAY) is None
    assert told(run("today", today=NEXT)) == ["run-coach"]


def test_review_has_it_all_week(run: Run) -> None:
    run("log", "back-squat", "3x5 60kg", "--on", WEDNESDAY, today=WEDNESDAY)
    for form in ((), ("--table",), ("--markdown",)):
        assert told(run("review", *form, today=SUNDAY)) == ["trainer"]
    assert tip(run, "review", SUNDAY)["id"] == "trainer"


def test_the_setting_ends_them(run: Run) -> None:
    run("config", "set", "tips", "off")
    assert told(run("today")) == told(run("review")) == []
    assert tip(run, "today", MONDAY) is None is tip(run, "review", MONDAY)
    run("config", "set", "tips", "on")
    assert told(run("today")) == ["trainer"]
