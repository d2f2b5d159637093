"""``stridelift routine``: what it lists and shows, what it starts, and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.bootstrap import shipped_library
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]
Said = Callable[..., str]
ROUTINES = shipped_library().routines
DAY = "2026-11-29"


@pytest.fixture
def said(run: Run) -> Said:
    """What a command that goes well prints."""

    def said(*args: str) -> str:
        code, out, err = run(*args)
        assert (code, err) == (0, "")
        return out

    return said


@pytest.fixture
def refused(run: Run) -> Said:
    """The one line of a command that is refused with a code, of a wrong command by default."""

    def refused(*args: str, code: int = 1) -> str:
        ended, out, err = run(*args)
        assert (ended, out) == (code, "")
        [line] = err.splitlines()
        return line.removeprefix("stridelift: ")

    return refused


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A terminal, and in place of the full screen a list of the sessions it was opened on."""
    opened: list[Any] = []

    def screen(book: Any, _: object) -> int:
        opened.append(book.recorder.live)
        return 0

    monkeypatch.setattr("tui.cli.routine.can_draw", lambda: True)
    monkeypatch.setattr("tui.bootstrap.run_screen", screen)
    return opened


# -- list and show ---------------------------------------------------------------------------------


def test_the_list_has_a_line_for_each_with_its_minutes_and_whether_it_is_work(said: Said) -> None:
    lines = said("routine", "list").splitlines()
    assert [line.split()[0] for line in lines] == list(ROUTINES)
    assert max(map(len, lines)) < 80
    for line, one in zip(lines, ROUTINES.values(), strict=True):
        assert one.name in line
        assert f"{one.minutes} min" in line
        assert ("work: it counts" in line) is one.work


def test_the_list_as_json(said: Said) -> None:
    [first, *rest] = json.loads(said("routine", "list", "--json"))["routines"]
    assert [first["id"], *(one["id"] for one in rest)] == list(ROUTINES)
    assert first == {
        "id": "before-run",
        "name": "Before a run",
        "about": ROUTINES["before-run"].about,
        "minutes": 6,
        "work": False,
        "sources": ["wyles-runrun", "project"],
    }


@pytest.mark.parametrize("name", ROUTINES)
def test_one_is_shown_with_its_exercises_and_where_it_is_from(said: Said, name: str) -> None:
    lines = said("routine", "show", name).splitlines()
    assert lines[0] == f"{ROUTINES[name].name}  ({name})"
    assert max(map(len, lines)) <= 80
    assert ROUTINES[name].about in " ".join(" ".join(lines).split())
    assert "warmup" not in "".join(lines)
    assert "  Choices of this project (Stridelift)" in lines


def test_what_is_shown_is_with_what_is_there_and_spares_what_hurts(said: Said) -> None:
    said("config", "set", "equipment", "none")
    assert "Calf Massage by Hand   1 min each side" in said("routine", "show", "soft-tissue")
    said("morning", "ankle-calf", "6")
    assert "Calf" not in said("routine", "show", "soft-tissue")
    said("morning", "knee", "6")
    assert "Nothing of it today" in said("routine", "show", "soft-tissue")


def test_work_that_is_better_left_says_why_and_so_does_its_json(said: Said) -> None:
    said("log", "back-squat", "3x5 60kg")
    why = "No gym works the legs again within 48 hours: later is better."
    assert why in said("routine", "show", "no-gym").splitlines()
    made = json.loads(said("routine", "show", "no-gym", "--json"))
    assert made["cautions"] == ["LEGS_WORKED"]
    assert made["caution_words"] == [why]
    assert (made["work"], made["resting"]) == (True, [])
    sit = made["exercises"][0]
    assert (sit["exercise"], sit["name"], sit["dose"], sit["rest_s"]) == (
        *("wall-sit", "Wall Sit", "2x30s", 20),
    )
    assert sit["plan"][0] == {"set": 1, "kind": "work", "side": "both", "hold_s": 30}
    assert sit["reasons"]
    assert json.loads(said("routine", "show", "mobility", "--json"))["cautions"] == []


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("nogym", "there is no routine nogym; did you mean no-gym? stridelift routine list shows"),
        ("zzqx", "there is no routine zzqx; stridelift routine list shows all"),
    ],
)
def test_an_unknown_one_is_told_with_what_to_do(refused: Said, word: str, answer: str) -> None:
    assert refused("routine", "show", word).startswith(answer)


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        (("list", "mobility"), "routine list takes nothing more"),
        (("show",), "routine show needs a ROUTINE; stridelift routine list names all"),
        (("start",), "routine start needs a ROUTINE"),
        (("show", "mobility", "--anyway"), "--anyway is for routine start"),
        (("start", "mobility", "--json"), "routine start opens the full screen"),
        (("go",), "routine: takes list, show, start, not “go”; stridelift routine --help"),
    ],
)
def test_a_command_that_makes_no_sense_is_told_so(
    refused: Said, args: tuple[str, ...], answer: str
) -> None:
    assert refused("routine", *args, code=2).startswith(answer)


# -- start -----------------------------------------------------------------------------------------


def test_it_starts_on_the_full_screen_and_today_tells_of_it(said: Said, screens: list[Any]) -> None:
    assert said("routine", "start", "cool-down") == ""
    [live] = screens
    assert (live.programme, live.part) == ("routine", "cool-down")
    lines = said("today").splitlines()
    assert lines[0] == "Cool-down"
    assert lines[1].startswith("Under way since ")
    assert lines[1].endswith(": 0 of 4 sets done.")
    assert "Calf Stretch" in lines
    made = json.loads(said("today", "--json"))
    assert (made["live"]["programme"], made["live"]["part"]) == ("routine", "cool-down")
    assert len(made["exercises"]) == 4


def test_while_a_session_is_under_way_it_says_where_to_go(
    said: Said, refused: Said, screens: list[Any]
) -> None:
    said("routine", "start", "mobility")
    answer = refused("routine", "start", "balance")
    assert answer == (
        "a session is under way; stridelift opens it, and Z there adds a routine to it"
    )
    assert len(screens) == 1


def test_what_is_better_left_starts_only_if_it_is_meant(
    said: Said, refused: Said, screens: list[Any]
) -> None:
    said("log", "back-squat", "3x5 60kg")
    answer = refused("routine", "start", "no-gym")
    assert answer == (
        "No gym works the legs again within 48 hours: later is better. "
        "With --anyway it starts all the same"
    )
    assert screens == []
    said("routine", "start", "no-gym", "--anyway")
    assert screens[0].part == "no-gym"


def test_one_of_which_all_hurts_or_an_unknown_one_does_not_start(
    said: Said, refused: Said, screens: list[Any], home: Path
) -> None:
    said("morning", "ankle-calf", "6")
    said("morning", "knee", "6")
    assert refused("routine", "start", "soft-tissue").startswith("Nothing of it today")
    assert refused("routine", "start", "zzqx").startswith("there is no routine zzqx")
    assert screens == []
    assert not list(Paths(home).live_dir.glob("*"))


def test_without_a_terminal_it_says_what_prints_it(refused: Said) -> None:
    answer = refused("routine", "start", "mobility")
    assert answer.endswith("stridelift routine show mobility prints it")


# -- an easier week --------------------------------------------------------------------------------

INSTEAD = "An easier week: mobility alone will do (stridelift routine start mobility)."


def test_an_easier_week_offers_mobility_alone(said: Said) -> None:
    for command in ("today", "week"):
        assert INSTEAD not in said(command)
        assert json.loads(said(command, "--json"))["stand_in"] is None
    said("step-down", "add", DAY)
    for command in ("today", "week"):
        assert said(command).splitlines().count(INSTEAD) == 1
        assert json.loads(said(command, "--json"))["stand_in"] == "mobility"
    assert INSTEAD not in said("week", "--of", "2026-12-07")
