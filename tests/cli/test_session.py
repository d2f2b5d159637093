"""``stridelift session``: what is listed, moved, deleted and brought back, and how it is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.domain.model.ids import short_forms

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def logged(run: Run) -> Run:
    run("log", "back-squat", "3x8 60kg rir3", "--on", "2026-01-05")
    run("log", "deadlift", "2x5 80kg", "--on", "2026-11-02")
    return run


def listed(run: Run, *more: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("session", "list", "--json", *more)[1])[
        "sessions"
    ]
    return found


def test_sessions_are_listed_newest_first_with_the_end_of_their_id(logged: Run) -> None:
    new, old = listed(logged)
    assert [new["date"], old["date"]] == ["2026-11-02", "2026-01-05"]
    assert [new["sets"], old["sets"]] == [2, 3]
    assert logged("session", "list")[1] == (
        f"{str(new['id'])[-6:]}  Mon 2026-11-02  Deadlift, 2 sets\n"
        f"{str(old['id'])[-6:]}  Mon 2026-01-05  Back Squat, 3 sets\n"
    )
    assert logged("session", "list", "--deleted")[1] == "No session was deleted.\n"


def test_an_empty_log_lists_none_and_makes_nothing(run: Run, home: Path) -> None:
    assert run("session", "list") == (0, "Nothing is logged yet.\n", "")
    assert not home.exists()


def test_a_deleted_session_comes_back_at_any_time_with_the_words_it_was_told(logged: Run) -> None:
    before = listed(logged)
    code, out, err = logged("session", "delete", "2026-01-05")
    assert (code, err) == (0, "")
    assert [one["date"] for one in listed(logged)] == ["2026-11-02"]
    [gone] = listed(logged, "--deleted")
    assert gone == before[1] | {"deleted": True}
    logged("log", "back-squat", "1x1 60kg", "--on", "2026-01-05")
    words = out.partition("to undo it: stridelift ")[2].split()
    assert logged(*words)[1] == "Mon 2026-01-05  Back Squat, 3 sets: back in your log\n"
    assert [one["sets"] for one in listed(logged)] == [2, 1, 3]
    assert listed(logged, "--deleted") == []


def test_what_was_deleted_before_its_session_stays_deleted(logged: Run) -> None:
    logged("log", "back-squat", "1x1 60kg", "--on", "2026-01-05")
    logged("log", "--undo")
    logged("session", "delete", "2026-01-05")
    assert logged("session", "restore", "2026-01-05")[1].endswith("3 sets: back in your log\n")


def test_a_session_moves_to_another_year_and_back(logged: Run, home: Path) -> None:
    before = listed(logged)[1]
    code, out, err = logged("session", "date", "2026-01-05", "2025-12-30")
    assert (code, err) == (0, "")
    moved = listed(logged)[1]
    assert moved["id"] == before["id"]
    assert str(moved["started"]).partition("T")[2] == str(before["started"]).partition("T")[2]
    assert (moved["date"], moved["sets"]) == ("2025-12-30", 3)
    year = json.loads((home / "log" / "2025.json").read_bytes())
    assert list(year["sessions"]) == [before["id"]]
    assert before["id"] not in json.loads((home / "log" / "2026.json").read_bytes())["sessions"]
    assert logged(*out.partition("to undo it: stridelift ")[2].split())[0] == 0
    assert listed(logged)[1] == before


def test_sets_of_a_moved_session_keep_their_instants(run: Run, home: Path) -> None:
    run("log", "back-squat", "2x5 60kg")

    def instants() -> list[str]:
        [session] = json.loads((home / "log" / "2026.json").read_bytes())["sessions"].values()
        return [row["at"] for row in session["entries"][0]["sets"]]

    before = instants()
    assert run("session", "date", "2026-11-29", "2026-11-27")[0] == 0
    assert instants() == before
    assert len(before) == 2


def test_a_day_that_was_moved_away_gets_a_session_of_its_own(logged: Run) -> None:
    logged("session", "date", "2026-01-05", "2026-01-04")
    logged("log", "deadlift", "1x5 80kg", "--on", "2026-01-05")
    assert [(one["date"], one["sets"]) for one in listed(logged)] == [
        ("2026-11-02", 2),
        ("2026-01-05", 1),
        ("2026-01-04", 3),
    ]


def test_what_cannot_be_is_refused_in_one_line(logged: Run) -> None:
    before = listed(logged)
    for words, code, said in [
        (("date", "2026-01-05", "2026-11-30"), 2, "still to come"),
        (("date", "2026-01-05", "soon"), 2, "A day is 14 feb"),
        (("date", "2026-01-05"), 2, "takes a session and its new date"),
        (("delete",), 2, "takes one session"),
        (("delete", "2026-01-05", "--json"), 2, "go with session list"),
        (("delete", "2026-01-06"), 1, "no session 2026-01-06"),
        (("delete", "nosuch"), 1, "no session nosuch"),
        (("restore", "2026-01-05"), 1, "among the deleted ones"),
    ]:
        got, out, err = logged("session", *words)
        assert (got, out) == (code, "")
        assert said in err
        assert err.count("\n") == 1
    assert listed(logged) == before


def test_on_the_day_it_is_on_already_nothing_is_written(logged: Run, home: Path) -> None:
    before = (home / "log" / "2026.json").read_bytes()
    assert "already" in logged("session", "date", "2026-01-05", "2026-01-05")[1]
    assert (home / "log" / "2026.json").read_bytes() == before


def test_a_date_with_several_sessions_names_them_and_parts_of_an_id_do(logged: Run) -> None:
    logged("session", "date", "2026-11-02", "2026-01-05")
    ids = [str(one["id"]) for one in listed(logged)]
    code, _, err = logged("session", "delete", "2026-01-05")
    assert code == 1
    assert all(one in err for one in ids)
    assert logged("session", "delete", ids[0][:2])[0] == 1, "both begin so"
    assert logged("session", "delete", ids[0][-6:].lower())[0] == 0
    assert [one["id"] for one in listed(logged)] == ids[1:]
    assert logged("session", "delete", ids[1])[0] == 0


def test_a_listed_note_cannot_act_on_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = {"date": "2026-01-05", "exercise": "back-squat", "set": 1, "reps": 5, "session": "\x1bX"}
    path.write_text(json.dumps(line) + "\n")
    run("import", str(path))
    code, out, _ = run("session", "list")
    assert code == 0
    assert "\x1b" not in out
    assert "\x1b" not in run("session", "delete", "2026-01-05")[1]


def test_short_forms_are_endings_that_only_one_has() -> None:
    assert short_forms([]) == {}
    assert short_forms(["abcdefgh", "abcdefxh"], 1) == {"abcdefgh": "gh", "abcdefxh": "xh"}
    assert short_forms(["1", "21", "aaaaaaaaa"]) == {"1": "1", "21": "21", "aaaaaaaaa": "aaaaaa"}
