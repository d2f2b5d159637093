"""``stridelift config``: what it prints, what it keeps, and how it says no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main
from tui.domain.planning.settings import SETTINGS
from tui.store.lock import WriterLock
from tui.store.paths import Paths

DAY = "2026-11-20"
Run = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def config(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``stridelift config`` on the log at ``home``; gives what it printed on stdout or, where
    it is to fail with ``code``, its one line on stderr."""

    def config(*args: str, code: int = 0, today: str = DAY) -> str:
        ended = main(["config", *args, "--data-dir", str(home), "--today", today])
        said = capsys.readouterr()
        assert ended == code, said
        if not code:
            assert said.err == ""
            return said.out
        assert said.out == ""
        [line] = said.err.splitlines()
        assert "Traceback" not in line
        return line.removeprefix("stridelift: ")

    return config


def settings(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "profile.json").read_bytes())["settings"]
    return found


def test_a_list_names_every_setting_and_makes_no_file(config: Run, home: Path) -> None:
    lines = config("list").splitlines()
    assert [line.split()[0] for line in lines] == list(SETTINGS)
    assert "intermediate" in lines[0]
    assert not home.exists()


def test_config_alone_is_the_list(config: Run) -> None:
    assert config() == config("list")
    assert json.loads(config("--json")) == json.loads(config("list", "--json"))


def test_an_option_of_every_command_may_stand_before_it(
    config: Run, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config("set", "unit", "lb")
    for args in (
        ["--data-dir", str(home), "config", "get", "unit"],
        [f"--data-dir={home}", "--today", DAY, "config", "get", "unit"],
        ["--today", DAY, "config", "get", "unit", "--data-dir", str(home)],
    ):
        assert main(args) == 0
        assert capsys.readouterr().out == "lb\n"
    assert main(["--data-dir", str(home), "confg"]) == 2
    assert "did you mean config?" in capsys.readouterr().err


def test_how_times_and_weeks_are_shown_is_kept_for_this_machine(config: Run, home: Path) -> None:
    for key, usual, other, odd in (("clock", "24", "12", "13"), ("week_starts", "mon", "sun", "x")):
        assert config("get", key) == f"{usual}\n"
        config("set", key, other)
        assert config("get", key) == f"{other}\n"
        assert usual in config("set", key, odd, code=2)
    assert not (home / "profile.json").exists()
    config("set", "unit", "lb")
    assert settings(home).keys() == {"unit"}


def test_a_list_has_each_max_and_key_that_was_set(config: Run) -> None:
    config("set", "max.back-squat", "100")
    config("set", "max.lunge", "30x5")
    config("set", "keys.library", "f5")
    listed = json.loads(config("list", "--json"))["settings"]
    keys = [each["key"] for each in listed]
    assert {"max.back-squat", "max.lunge", "keys.library"} <= set(keys)
    assert not {"max.EXERCISE", "keys.COMMAND", "keys"} & set(keys)


def test_what_is_set_holds_from_the_day_and_is_there_afterwards(config: Run, home: Path) -> None:
    assert config("set", "level", "beginner") == "level: beginner, from 2026-11-20 on\n"
    config("set", "level", "advanced", today="2027-03-01")
    assert config("get", "level") == "advanced\n"
    assert json.loads(config("get", "level", "--json")) == {
        "key": "level",
        "value": "advanced",
        "since": "2027-03-01",
        "text": "advanced",
        "meaning": SETTINGS["level"].meaning,
        "earlier": [{"value": "beginner", "since": DAY}],
    }
    assert settings(home)["level"]["value"] == "advanced"


def test_without_a_value_get_says_what_holds(config: Run) -> None:
    assert config("get", "level") == "intermediate\n"
    assert config("get", "body_weight") == "not set\n"
    found = json.loads(config("get", "max.lunge", "--json"))
    assert (found["value"], found["since"], found["earlier"]) == (None, None, [])


def test_a_value_may_be_of_several_words_or_one(config: Run, home: Path) -> None:
    config("set", "barbell.plates", "20x2 10x2")
    config("set", "dumbbells", "8", "10", "5..30lb/5")
    assert settings(home)["barbell.plates"]["value"] == ["20x2", "10x2"]
    assert settings(home)["dumbbells"]["value"] == [8, 10, "5..30lb/5"]


def test_an_exercise_may_be_named_by_how_it_begins(config: Run) -> None:
    assert config("set", "max.back-sq", "100").startswith("max.back-squat: 100kg")
    assert config("get", "max.back squat") == "100kg\n"
    assert config("unset", "max.back-sq") == "max.back-squat is forgotten\n"
    assert config("get", "max.back-squat") == "not set\n"


def test_what_is_unset_is_forgotten(config: Run) -> None:
    config("set", "unit", "lb")
    assert config("unset", "unit") == "unit is forgotten\n"
    assert config("unset", "unit") == "unit was not set\n"
    assert config("get", "unit") == "kg\n"


def test_keys_are_kept_by_command_in_one_setting(config: Run) -> None:
    config("set", "keys.library", "f5")
    config("set", "keys.today", "f6")
    assert config("get", "keys.library") == "f5\n"
    assert config("get", "keys.today") == "f6\n"
    assert config("unset", "keys.today") == "keys.today is forgotten\n"
    assert config("get", "keys.today") == "see docs/keys.md\n"
    assert config("get", "keys.library") == "f5\n"
    config("unset", "keys.library")
    assert config("get", "keys.library") == "see docs/keys.md\n"


def test_a_key_that_is_taken_is_set_and_said(
    config: Run, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take = ["config", "set", "keys.log", "q", "--data-dir", str(home)]
    assert main(take) == 0
    assert "q is a key of quit (Quit" in capsys.readouterr().err
    config("set", "keys.quit", "ctrl+q")
    assert main(take) == 0
    assert capsys.readouterr().err == ""
    assert config("get", "keys.log") == "q\n"


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["show"], 2, "list"),
        (["list", "level"], 2, "nothing more"),
        (["get"], 2, "one KEY"),
        (["set", "level"], 2, "a KEY and a VALUE"),
        (["unset", "a", "b"], 2, "one KEY"),
        (["get", "levl"], 2, "did you mean level?"),
        (["get", "keys."], 2, "did you mean keys.COMMAND?"),
        (["set", "max", "100"], 2, "max.EXERCISE"),
        (["set", "level", "expert"], 2, "level takes beginner, intermediate or advanced"),
        (["set", "max.sqaut", "100"], 1, "back-squat"),
        (["set", "programme", "block"], 1, "did you mean blocks?"),
        (["set", "schedule", "x"], 1, "trail-speed has"),
        (["set", "keys.libary", "f5"], 1, "did you mean library?"),
        (["set", "keys.library", "foo"], 1, "no key is called foo"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_writes_nothing(
    config: Run, home: Path, words: list[str], code: int, hint: str
) -> None:
    assert hint in config(*words, code=code)
    assert not (home / "profile.json").exists()


def test_a_schedule_is_one_of_the_programme_that_is_set(config: Run) -> None:
    programme = "lift-and-spring"
    assert "did you mean" in config("set", "programme", programme[:-1], code=1)
    config("set", "programme", programme)
    assert programme in config("set", "schedule", "x", code=1)


def test_while_another_instance_writes_nothing_is_set(config: Run, home: Path) -> None:
    other = WriterLock(Paths(home))
    assert other.acquire()
    try:
        assert "open" in config("set", "level", "beginner", code=1)
        assert config("get", "level") == "intermediate\n"
    finally:
        other.release()


def test_a_value_that_means_nothing_is_shown_and_noted(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    odd = {"dumbbells": {"value": {"kg": 8}}, "max.sofa": {"value": "x"}}
    (home / "profile.json").write_text(json.dumps({"settings": odd}), encoding="utf-8")
    assert main(["config", "list", "--data-dir", str(home)]) == 0
    said = capsys.readouterr()
    assert "max.sofa" in said.out
    assert said.out.count("means nothing") == 2
    assert "note: profile.json: dumbbells takes" in said.err
    assert main(["config", "unset", "max.sofa", "--data-dir", str(home)]) == 0
    capsys.readouterr()
    assert main(["config", "list", "--data-dir", str(home)]) == 0
    assert "max.sofa" not in capsys.readouterr().out
