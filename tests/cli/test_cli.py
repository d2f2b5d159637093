"""The command line: what it prints, what it writes, and how it says no."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tui.bootstrap import open_logbook
from tui.cli import COMMANDS, main
from tui.cli.base import can_draw
from tui.domain.model.codec import SET_KEYS
from tui.domain.session.actions import Log
from tui.domain.session.live import Live
from tui.formats.setlog_fields import OF_LINE
from tui.store.lock import WriterLock
from tui.store.paths import Paths

TODAY = "2026-11-20"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, on the log at ``home`` and on the day TODAY."""

    def run(*args: str, today: str = TODAY, data_dir: Path = home) -> Ran:
        code = main([*args, "--data-dir", str(data_dir), "--today", today])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def refusal(ran: Ran, code: int) -> str:
    """The one line with which a command refused."""
    assert ran.code == code, ran
    [line] = ran.err.splitlines()
    assert line.startswith("stridelift: ")
    assert "Traceback" not in line
    return line


# --- today --------------------------------------------------------------------------------------


def test_today_says_what_to_do_and_why(run: Run) -> None:
    ran = run("today")
    assert (ran.code, ran.err) == (0, "")
    assert "3 × (8 × 5 s) each side" in ran.out
    assert "2 × 5 each side, 8 s down" in ran.out
    assert "Why" in ran.out
    assert "Strength Train For Trail Running Speed (Jon-Erik Kawamoto, Trail Runner)" in ran.out


def test_without_a_command_and_without_a_terminal_it_is_today(run: Run) -> None:
    assert run().out == run("today").out
    assert run("--json").json == run("today", "--json").json


def test_today_as_json(run: Run) -> None:
    run("log", "seated-calf-raise", "3x25 20kg rir3", "--on", "2026-11-18")
    doc = run("today", "--json").json
    assert (doc["date"], doc["programme"]["id"], doc["live"]) == (TODAY, "trail-speed", None)
    calf = next(e for e in doc["exercises"] if e["exercise"] == "seated-calf-raise")
    assert calf["dose"] == "3x25 20kg"
    assert calf["last"]["sets"] == "3x25 20kg rir3"
    assert calf["last"]["date"] == "2026-11-18"
    assert calf["plan"][0] == {
        "set": 1,
        "kind": "work",
        "side": "both",
        "load_kg": 20.0,
        "reps": 25,
    }
    assert {"kawamoto-speed"} <= {source["id"] for source in doc["sources"]}


def test_reading_makes_nothing(run: Run, home: Path) -> None:
    for command in (["today"], ["history"], ["library", "list"], ["export"], ["locate"]):
        assert run(*command).code == 0
    assert not home.exists()


def live_session(home: Path) -> Live:
    """A session under way in which one set is logged; whoever had it has gone."""
    book = open_logbook(str(home), date.fromisoformat(TODAY), write=True)
    book.recorder.start(book.planner.next_plan(date.fromisoformat(TODAY)))
    assert book.recorder.live is not None
    live = book.recorder.do(Log(book.recorder.live.items[0].id))
    book.close()
    return live


def test_today_shows_a_session_under_way(run: Run, home: Path) -> None:
    live = live_session(home)
    ran = run("today")
    assert f"Under way since {live.started:%H:%M}: 1 of 14 sets done." in ran.out
    assert "done 8 × 5 s each side" in ran.out
    doc = run("today", "--json").json
    assert (doc["live"]["sets_done"], doc["live"]["sets"]) == (1, 14)
    assert [len(e["done"]) for e in doc["exercises"]] == [2, 0, 0, 0, 0]


# --- log ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "sets", "shown", "words"),
    [
        ("back-squat", "3x8 60kg rir3", "3x8 60kg rir3", "3 × 8 · 60 kg, 3 spare"),
        ("back-squat", "60kg x 8,8,7", "60kg x 8,8,7", "8, 8, 7 · 60 kg"),
        ("back-squat", "8, 8, 7 · 62,5 kg", "62.5kg x 8,8,7", "8, 8, 7 · 62.5 kg"),
        ("glute-sling", "3x25/side", "3x25/side", "3 × 25 each side"),
        ("wall-lean-hold", "3x8x5s/side", "3x8x5s/side", "3 × (8 × 5 s) each side"),
        ("side-plank", "L40s R38s", "L40s R38s", "40 s left, 38 s right"),
        ("towel-hamstring-eccentric", "3x5 t10", "3x5/side t10", "3 × 5 each side, 10 s down"),
        ("single-arm-farmers-march", "3x40m 16kg/side", "3x40m/side 16kg",
         "3 × 40 m each side · 16 kg"),
        ("farmers-carry", "3 x 40 m 16 kg", "3x40m 16kg", "3 × 40 m · 16 kg each hand"),
        ("squat-jump", "3x8", "3x8", "3 × 8 jumps (48 contacts)"),
        ("Back Squat", "5 40kg warmup; 3x5 60kg", "5 40kg warmup; 3x5 60kg",
         "5 × 40 kg, warm-up; 3 × 5 · 60 kg"),
    ],
)  # fmt: skip
def test_what_is_logged_is_in_the_history(
    run: Run, exercise: str, sets: str, shown: str, words: str
) -> None:
    ran = run("log", exercise, sets)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.rstrip().endswith(f": {shown}")
    assert run("history", exercise).out.splitlines()[1:] == [f"Fri 2026-11-20: {words}"]
    told = run("history", exercise, "--json").json["sessions"]
    assert [one["sets"] for one in told] == [shown]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14 feb", "Sat 2026-02-14"),
        ("14.2.", "Sat 2026-02-14"),
        ("yesterday", "Thu 2026-11-19"),
        ("mon", "Mon 2026-11-16"),
        ("-3", "Tue 2026-11-17"),
    ],
)
def test_a_day_in_the_past_is_typed_in_words(run: Run, typed: str, day: str) -> None:
    assert run("log", "back-squat", "8 60kg", "--on", typed).out.startswith(day)
    assert day in run("history", "back-squat", "--since", typed).out
    moved = run("session", "date", typed, "13", "feb")
    assert "is now on Fri 2026-02-13" in moved.out


def test_jumps_are_counted_in_contacts(run: Run) -> None:
    run("log", "squat-jump", "3x10")
    rows = run("history", "squat-jump", "--json").json["sessions"][0]["rows"]
    assert [row["contacts"] for row in rows] == [20, 20, 20]


def test_all_of_a_day_goes_into_one_session(run: Run) -> None:
    run("log", "back-squat", "2x8 60kg", "--on", "2026-11-18")
    run("log", "back-squat", "8 65kg", "--on", "2026-11-18")
    run("log", "side-plank", "40s", "--on", "2026-11-18")
    doc = run("history", "--json").json
    [session] = doc["weeks"][0]["sessions"]
    assert [e["sets"] for e in session["exercises"]] == ["2x8 60kg; 8 65kg", "40s/side"]
    rows = run("history", "back-squat", "--json").json["sessions"][0]["rows"]
    assert [row["number"] for row in rows] == [1, 2, 3]
    assert not any("prescribed" in row for row in rows)


def test_what_is_logged_on_the_day_of_a_deleted_session_makes_a_new_one(
    run: Run, home: Path
) -> None:
    run("log", "back-squat", "8 60kg")
    book = open_logbook(str(home), date.fromisoformat(TODAY), write=True).read_all()
    book.recorder.delete(book.reader.sessions()[0])
    book.close()
    run("log", "back-squat", "5 70kg")
    assert run("history", "back-squat").out == "Back Squat\nFri 2026-11-20: 5 × 70 kg\n"


def test_a_set_of_a_session_under_way_is_not_logged_beside_it(run: Run, home: Path) -> None:
    live_session(home)
    assert "under way" in refusal(run("log", "back-squat", "8 60kg"), 1)
    assert run("log", "back-squat", "8 60kg", "--on", "2026-11-18").code == 0


def test_a_log_that_another_instance_has_is_not_written(
    run: Run, home: Path, waits: list[float]
) -> None:
    lock = WriterLock(Paths(home), lambda: datetime.fromisoformat("2026-11-20T18:05:00+01:00"))
    assert lock.acquire()
    try:
        assert str(os.getpid()) in refusal(run("log", "back-squat", "8 60kg"), 1)
        assert sum(waits) == pytest.approx(2)
        waits.clear()
        assert run("history").code == 0
    finally:
        lock.release()
    assert run("log", "back-squat", "8 60kg").code == 0
    assert waits == []


def test_a_log_that_another_instance_lets_go_is_written_after_its_changes(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("log", "back-squat", "8 60kg").code == 0
    lock = WriterLock(Paths(home))
    assert lock.acquire()
    looks = 0

    def other(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            lock.release()
            with monkeypatch.context() as patch:
                patch.setattr("tui.cli.base.sleep", lambda _: None)
                assert main(["log", "back-squat", "5 70kg", *there]) == 0

    there = ["--data-dir", str(home), "--today", TODAY]
    monkeypatch.setattr("tui.cli.base.sleep", other)
    assert run("log", "back-squat", "3 80kg").code == 0
    assert looks == 3
    assert run("history", "back-squat").out.splitlines()[1:] == [
        "Fri 2026-11-20: 8 × 60 kg; 5 × 70 kg; 3 × 80 kg"
    ]


def test_a_disk_that_does_not_lock_is_noted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    ran = run("log", "back-squat", "8 60kg")
    assert ran.code == 0
    assert "this disk does not lock files" in ran.err
    assert run("history").err == ""


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["log", "back-squat", "eight"], 2, "eight"),
        (["log", "back-squat", ""], 2, "Nothing to log"),
        (["log", "back-squat", "900x8"], 2, "900 sets?"),
        (["log", "back-sqat", "8 60kg"], 1, "back-squat"),
        (["log", "", "8 60kg"], 1, "there is no exercise"),
        (["log", "back-squat", "8 60kg", "--on", "2026-11-21"], 2, "still to come"),
        (["log", "back-squat", "8 60kg", "--on", "31.11."], 2, "31.11."),
        (["log", "back-squat"], 2, "SETS"),
        (["history", "nonsuch-x"], 1, "nonsuch-x"),
        (["history", "--since", "soon"], 2, "soon"),
        (["library"], 2, "list|show|check"),
        (["library", "eat"], 2, "eat"),
        (["library", "show"], 2, "needs an EXERCISE or a PROGRAMME"),
        (["library", "show", "blcoks"], 1, "no exercise or programme blcoks; did you mean blocks?"),
        (["library", "show", "bakc-squat"], 1, "did you mean back-squat"),
        (["library", "list", "x"], 2, "library show x"),
        (["library", "check", "/no/such/file"], 1, "/no/such/file"),
        (["import", "/no/such/file"], 1, "/no/such/file"),
        (["export", "--format", "pdf"], 2, "pdf"),
        (["export", "-o", "/no/such/folder/x"], 1, "/no/such/folder/x"),
        (["todya"], 2, "did you mean today?"),
        (["\x1b[31mred"], 2, "[31mred"),
        (["today", "--jsno"], 2, "--jsno"),
        (["today", "--js"], 2, "--js"),
        (["--nonsense"], 2, "--nonsense"),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_why(
    run: Run, args: list[str], code: int, words: str
) -> None:
    line = refusal(run(*args), code)
    assert words in line
    assert "\x1b" not in line
    assert "a bug in Stridelift" not in line


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-13-01", "is written like 2026-11-02"),
        ("tomorrow", "is written like 2026-11-02"),
        ("0001-01-01", "in the years 1900 to 2999"),
        ("9999-12-31", "in the years 1900 to 2999"),
    ],
)
def test_a_day_that_is_none_is_refused(run: Run, today: str, words: str) -> None:
    line = refusal(run("today", today=today), 2)
    assert f"{words}, not {today}" in line


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["library", "check", "/no/such/file"], "/no/such/file is not there; check its name"),
        (["library", "check", "/"], "/ is a folder; name a file"),
        (["import", "/no/such/file"], "/no/such/file is not there; check its name"),
        (["import", "/dev/null"], "/dev/null is a pipe or a device, no file; save it as a file"),
        (
            ["export", "-o", "/no/such/x"],
            "/no/such/x could not be written: the folder /no/such is not there; make it",
        ),
        (["export", "-o", "/"], "it is a folder; name a file"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_named_with_what_to_do(
    run: Run, args: list[str], words: str
) -> None:
    assert words in refusal(run(*args), 1)


def newer_year(home: Path) -> None:
    """A year file of a version that is still to come."""
    (home / "log").mkdir(parents=True)
    (home / "log" / "2025.json").write_text('{"meta": {"schema_version": 99}}')


def test_a_year_that_cannot_be_read_is_told_of_once(run: Run, home: Path) -> None:
    newer_year(home)
    assert "newer stridelift" in refusal(run("export"), 1)
    ran = run("history")
    assert (ran.code, ran.err.count("newer stridelift"), ran.err.count("\n")) == (0, 1, 1)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"unit": "stone"}, "unit: stone is none; kg, lb are"),
        ({"programme": "marathon"}, "programme: marathon is none; stridelift library list"),
        ({"schedule": "hourly"}, "schedule: hourly is none; trail-speed has"),
        (
            {"level": "expert"},
            "level takes beginner, intermediate or advanced, not 'expert'; it is left out",
        ),
        ({"unit": ["kg"]}, "unit is not what it should be"),
    ],
)
def test_a_setting_that_names_nothing_is_told_of_in_one_line(
    run: Run, home: Path, settings: dict[str, Any], words: str
) -> None:
    home.mkdir()
    table = {key: {"value": value} for key, value in settings.items()}
    (home / "profile.json").write_text(
        json.dumps({"meta": {"schema_version": 1}, "settings": table})
    )
    ran = run("today")
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert ran.err.startswith(f"stridelift: note: profile.json: {words}")


def test_the_schedule_of_another_programme_waits_for_it_in_silence(run: Run) -> None:
    run("config", "set", "programme", "trail-speed")
    run("config", "set", "schedule", "split")
    ran = run("config", "set", "programme", "blocks")
    assert (ran.code, ran.err) == (0, "")
    assert run("today").err == ""


def test_settings_that_mean_something_are_no_matter(run: Run, home: Path) -> None:
    book = open_logbook(str(home), date.fromisoformat(TODAY), write=True)
    programme = book.profile.library.programmes["lift-and-spring"]
    for key, value in (
        ("unit", "lb"),
        ("programme", programme.id),
        ("schedule", programme.schedules[-1].id),
    ):
        book.profile.set(key, value)
    book.close()
    assert run("today").err == ""


def test_a_fault_of_our_own_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("on\nfire")

    monkeypatch.setattr("tui.cli.locate.paths", broken)
    line = refusal(run("locate"), 1)
    assert "RuntimeError: on fire" in line
    assert "test_cli" in line


def test_ctrl_c_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.locate.paths", stopped)
    assert run("locate") == Ran(130, "", "")


def test_a_folder_that_cannot_be_made_is_told_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("log", "back-squat", "8 60kg", data_dir=tmp_path / "file" / "log")
    assert str(tmp_path / "file" / "log") in refusal(ran, 1)


# --- history ------------------------------------------------------------------------------------


def test_history_is_by_week_newest_first_with_sums(run: Run) -> None:
    for day in ("2026-11-10", "2026-11-17", "2026-11-19"):
        run("log", "back-squat", "3x10 50kg", "--on", day)
    lines = run("history").out.splitlines()
    assert lines == [
        "History",
        "",
        "Week of 2026-11-16: 2 sessions, 6 sets, 3,000 kg lifted",
        "  Thu 2026-11-19: Back Squat: 3 sets, 1,500 kg lifted",
        "  Tue 2026-11-17: Back Squat: 3 sets, 1,500 kg lifted",
        "",
        "Week of 2026-11-09: 1 session, 3 sets, 1,500 kg lifted",
        "  Tue 2026-11-10: Back Squat: 3 sets, 1,500 kg lifted",
    ]
    since = run("history", "--since", "2026-11-18", "--json").json
    assert [s["date"] for week in since["weeks"] for s in week["sessions"]] == ["2026-11-19"]
    assert since["weeks"][0]["sums"]["tonnage_kg"] == 1500


def test_history_as_tables_and_as_markdown(run: Run) -> None:
    run("log", "back-squat", "3x10 50kg # a | b", "--on", "2026-11-19")
    assert run("history", "--table").out.splitlines()[3:] == [
        "  On              Session     Sets  kg lifted",
        "  --------------  ----------  ----  ---------",
        "  Thu 2026-11-19  Back Squat     3      1,500",
    ]
    assert run("history", "back-squat", "--table").out.splitlines()[2:] == [
        "On              Sets            Note",
        "--------------  --------------  -----",
        "Thu 2026-11-19  3 × 10 · 50 kg  a | b",
    ]
    assert run("history", "back-squat", "--markdown").out.splitlines() == [
        "# Back Squat",
        "",
        "| On | Sets | Note |",
        "| --- | --- | --- |",
        r"| Thu 2026-11-19 | 3 × 10 · 50 kg | a \| b |",
    ]
    assert "not allowed with" in refusal(run("history", "--table", "--markdown"), 2)


def test_an_empty_history_says_so(run: Run) -> None:
    assert run("history").out == "History\nNothing is logged yet.\n"
    assert run("history", "--json").json == {"weeks": []}


def test_loads_are_shown_in_the_unit_the_runner_wants(run: Run, home: Path) -> None:
    run("log", "back-squat", "8 135lb")
    book = open_logbook(str(home), date.fromisoformat(TODAY), write=True)
    book.profile.set("unit", "lb")
    book.close()
    assert run("history", "back-squat").out == "Back Squat\nFri 2026-11-20: 8 × 135 lb\n"


# --- text that comes from elsewhere -------------------------------------------------------------

HOSTILE = "[red]x[/red] \x1b[2J\x1b]52;c;aGk=\x07 \u202egnp.exe \x9b31m\nnext line"


@pytest.fixture
def hostile(run: Run, tmp_path: Path) -> None:
    """A log whose notes try to speak to the terminal."""
    doc = {"date": TODAY, "exercise": "back-squat", "set": 1, "reps": 8, "note": HOSTILE}
    note = {"type": "session", "date": TODAY, "id": "S", "note": HOSTILE}
    path = tmp_path / "hostile.jsonl"
    path.write_text(f"{json.dumps(doc | {'session': 'S', 'part': HOSTILE})}\n{json.dumps(note)}\n")
    assert run("import", str(path)).code == 0


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    "command",
    [
        *(["history", *form] for form in ([], ["back-squat"], ["--markdown"], ["--table"])),
        *(["today"], ["history", "--json"], ["export"]),
    ],
)
def test_nothing_from_a_file_speaks_to_the_terminal(run: Run, command: list[str]) -> None:
    ran = run(*command)
    assert ran.code == 0
    assert all(char == "\n" or char.isprintable() for char in ran.out)
    if command in (["history"], ["history", "back-squat"]):
        assert "[red]x[/red]" in ran.out


def test_the_name_of_a_file_does_not_either(run: Run, tmp_path: Path) -> None:
    name = str(tmp_path / "a\x1b[2Jb")
    assert refusal(run("import", name), 1).isprintable()


# --- import and export --------------------------------------------------------------------------


def test_a_log_moves_to_another_folder_byte_for_byte(run: Run, tmp_path: Path) -> None:
    run("log", "back-squat", "3x8 60kg rir3 # firm", "--on", "2025-12-31")
    run("log", "side-plank", "L40s R38s")
    file = tmp_path / "log.jsonl"
    assert run("export", "-o", str(file)).out == f"5 lines in {file}\n"
    other = tmp_path / "other"
    counted = run("import", str(file), "--json", data_dir=other).json
    assert counted == {
        "imported": 5,
        "duplicate": 0,
        "odd": 0,
        "rest": 0,
        "refused": [],
        "passed_over": 0,
    }
    assert run("export", data_dir=other).out == file.read_text()
    again = run("import", str(file), data_dir=other)
    assert again.out == "0 lines imported; 5 already there\n"


def test_two_sets_in_one_place_are_two_sets(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    doc = {"date": "2026-11-02", "exercise": "back-squat", "set": 1, "load_kg": 60.0, "reps": 8}
    for reps in (8, 7, 7):
        file.write_text(json.dumps({**doc, "reps": reps}))
        assert run("import", str(file)).code == 0
    said = run("history", "back-squat").out.splitlines()
    assert said[1:] == ["Mon 2026-11-02: 8, 7 · 60 kg"]


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text('{"date":"2026-11-02","exercise":"back-squat","set":1,"reps":8}\n')
    assert run("import", str(file), "--dry-run").out == (
        "1 line would be imported; 0 already there\n"
    )
    assert not home.exists()


def test_one_bad_line_and_nothing_comes_in(run: Run, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "log.jsonl"
    good = '{"date":"2026-11-02","exercise":"back-squat","set":1,"reps":8}'
    file.write_text(f"{good}\n{good[:-1]}\n")
    line = refusal(run("import", str(file)), 1)
    assert f"{file}: line 2: is not JSON" in line
    assert "Nothing was imported" in line
    ran = run("import", str(file), "--json")
    assert ran.code == 1
    assert [refused["line"] for refused in ran.json["refused"]] == [2]
    assert ran.json["imported"] == 0
    assert not (home / "log").exists()


def test_an_export_replaces_a_file_or_leaves_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("before")
    (tmp_path / "folder").mkdir()
    assert "folder" in refusal(run("export", "-o", str(tmp_path / "folder")), 1)
    run("log", "back-squat", "8 60kg")
    assert run("export", "-o", str(file)).code == 0
    assert json.loads(file.read_text())["reps"] == 8
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "home", "log.jsonl"]


# --- library ------------------------------------------------------------------------------------


def test_options_may_stand_anywhere_after_the_command(run: Run, home: Path, tmp_path: Path) -> None:
    shown = run("library", "show", "back-squat", "--json").json
    assert run("library", "show", "--json", "back-squat").json == shown
    assert run("library", "--json", "show", "back-squat").json == shown
    path = own_library(home)
    other = tmp_path / "other"
    assert main(["library", "check", "--data-dir", str(other), str(path)]) == 0
    assert main(["--today", TODAY, "--data-dir", str(other)]) == 0


def test_the_library_is_listed_and_shown(run: Run) -> None:
    listed = run("library", "list").out
    assert "back-squat" in listed
    assert "lift-and-spring" in listed
    shown = run("library", "show", "back squat").out
    assert shown.startswith("Back Squat  (back-squat)\n")
    assert "intermediate  3 × 3" in shown
    ids = {e["id"] for e in run("library", "list", "--json").json["exercises"]}
    doc = run("library", "show", "back-squat", "--json").json
    assert doc["id"] in ids
    assert doc["doses"]["intermediate"]["rest_s"] == 150
    for source, name in (
        ("trailrunner-lift", "Should Trail Runners Strength Train? (Trail Runner)"),
        ("clarke-runrun", "Strength Training for Trail Runners (Des Clarke, Team RunRun)"),
    ):
        assert doc["source_names"][doc["sources"].index(source)] == name
        assert name in " ".join(shown.split())


def test_a_programme_is_shown_with_the_doses_of_the_runners_level(run: Run) -> None:
    shown = run("library", "show", "lift and").out
    assert shown.startswith("Lift and Spring  (lift-and-spring)\n")
    assert "weeks 1 to 4: lifting · Lift" in shown
    assert "Back Squat (back-squat): 3 × 3" in shown
    assert "level         intermediate" in shown
    doc = run("library", "show", "lift-and-spring", "--json").json
    assert doc["level"] == "intermediate"
    first = doc["schedules"][0]["phases"][0]
    assert (first["first_week"], first["last_week"], first["name"]) == (1, 4, "lifting")
    parts = {part["id"]: part for part in doc["parts"]}
    assert set(first["parts"]) <= set(parts)
    [squat] = [
        each
        for slot in parts["lift"]["slots"]
        for each in slot["exercises"]
        if each["exercise"] == "back-squat"
    ]
    run("config", "set", "level", "advanced")
    advanced = run("library", "show", "lift-and-spring", "--json").json
    assert advanced["level"] == "advanced"
    assert squat["rest_s"] and squat["dose"].startswith(f"{squat['sets']}x{squat['reps']}")
    assert advanced["parts"] != doc["parts"]


def test_an_exercise_comes_before_a_programme_of_the_same_id(run: Run, home: Path) -> None:
    own_library(home, id="blocks", name="Blocks push")
    assert run("library", "show", "blocks").out.startswith("Blocks push  (blocks)\n")


OWN = {
    "id": "tyre-flip",
    "name": "Tyre flip",
    "aliases": [],
    "equipment": [],
    "kind": "carry",
    "category": "upper",
    "muscles": ["legs"],
    "sides": "both",
    "doses": {
        level: {"sets": 3, "distance_m": 20, "rest_s": 90}
        for level in ("beginner", "intermediate", "advanced")
    },
    "cues": ["Lean in.", "Short steps.", "Breathe."],
    "why": "Force without soreness.",
    "leg_load": 2,
    "region": "knee",
    "sources": ["project"],
}


def own_library(home: Path, **changes: Any) -> Path:
    home.mkdir(exist_ok=True)
    path = home / "library.json"
    exercise = {key: value for key, value in {**OWN, **changes}.items() if value is not None}
    path.write_text(json.dumps({"schema_version": 1, "exercises": [exercise]}))
    return path


def test_a_library_of_ones_own_is_laid_over(run: Run, home: Path) -> None:
    path = own_library(home)
    checked = run("library", "check")
    assert (checked.code, checked.out.startswith(f"{path} is valid")) == (0, True)
    assert run("library", "show", "tyre-flip").code == 0
    assert run("log", "tyre-flip", "3x20m 40kg").code == 0


def test_a_library_with_a_mistake_is_told_of_and_the_log_goes_on(run: Run, home: Path) -> None:
    path = own_library(home, kind=None)
    ran = run("library", "check")
    assert "kind: is missing" in ran.out
    assert "tyre-flip" in refusal(ran, 1)
    assert run("library", "check", str(path), "--json").json["problems"]
    for command in (["library", "list"], ["library", "show", "back-squat"]):
        ran = run(*command)
        assert (ran.code, ran.err.count("\n")) == (0, 1)
        assert "back-squat" in ran.out
        assert "tyre-flip: kind: is missing" in ran.err
    today = run("today")
    assert (today.code, today.err.count("\n")) == (0, 1)
    assert "tyre-flip: kind: is missing" in today.err


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\x00", '"\ud800"'])
def test_a_library_that_is_no_json_is_told_of(run: Run, home: Path, text: str) -> None:
    home.mkdir()
    (home / "library.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert "library.json" in refusal(run("library", "check"), 1)
    listed = run("library", "list")
    assert (listed.code, listed.err.count("\n")) == (0, 1)
    assert "library.json" in listed.err
    assert run("today").code == 0


@pytest.mark.parametrize(
    "command", [["log", "tyre-flip", "8"], ["import", "/no/such/file"], ["history", "tyre-flip"]]
)
def test_a_refusal_is_the_only_line_whatever_else_there_is_to_know(
    run: Run, home: Path, command: list[str]
) -> None:
    own_library(home, kind=None)
    assert command[1] in refusal(run(*command), 1)


def test_an_exercise_that_left_the_library_stays_in_the_history(run: Run, home: Path) -> None:
    path = own_library(home)
    run("log", "tyre-flip", "3x20m 40kg")
    path.unlink()
    assert run("history", "tyre-flip").out == "tyre-flip\nFri 2026-11-20: 3 × 20 m · 40 kg\n"


# --- the rest -----------------------------------------------------------------------------------


def test_locate_prints_the_folder(run: Run, home: Path) -> None:
    assert run("locate").out == f"{home}\n"
    assert run("locate", "--json").json == {"data_dir": str(home), "exists": False}


def test_the_demo_leaves_nothing_behind(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    doc = run("demo", "--json").json
    assert 80 < sum(len(week["sessions"]) for week in doc["weeks"]) < 110
    assert list(temp.iterdir()) == []
    assert not home.exists()


class Tty(StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A terminal, and in place of the full screen a list of the logs it was opened on."""
    opened: list[Path] = []
    monkeypatch.setattr("tui.cli.screen.can_draw", lambda: True)
    monkeypatch.setattr("tui.cli.demo.can_draw", lambda: True)

    def screen(book: Any, _: object) -> int:
        assert book.access.granted
        opened.append(book.paths.root)
        return 0

    monkeypatch.setattr("tui.bootstrap.run_screen", screen)
    monkeypatch.setattr("tui.cli.demo.run_screen", screen)
    return opened


def test_at_a_terminal_the_full_screen_opens_for_writing(
    run: Run, home: Path, terminal: list[Path]
) -> None:
    assert run() == Ran(0, "", "")
    assert terminal == [home]
    assert WriterLock(Paths(home)).acquire()


@pytest.mark.parametrize(("term", "drawn"), [("xterm", True), ("dumb", False), ("unknown", False)])
def test_a_terminal_that_cannot_move_its_cursor_gets_no_screen(
    monkeypatch: pytest.MonkeyPatch, term: str, drawn: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Tty())
    monkeypatch.setattr("sys.stdout", Tty())
    monkeypatch.setenv("TERM", term)
    assert can_draw() is drawn


def test_the_screen_opens_without_a_terminal_where_textual_draws_elsewhere(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("tui.bootstrap.run_screen", lambda book, _: opened.append(book.paths.root))
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    run()
    assert opened == [home]


def test_at_a_terminal_the_demo_opens_the_full_screen_elsewhere(
    run: Run, home: Path, terminal: list[Path]
) -> None:
    assert run("demo").code == 0
    assert len(terminal) == 1
    assert terminal[0] != home
    assert not terminal[0].exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main([command, "--help"])
    said = capsys.readouterr()
    assert {"--data-dir", "--today"} <= set(said.out.split())
    assert max(map(len, said.out.splitlines())) <= 100


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_help_fits_the_terminal(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    with pytest.raises(SystemExit):
        main(["session", "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= columns
    first = next(n for n, line in enumerate(lines) if line.startswith("Your sessions, one by one."))
    assert len(lines[first]) > columns - 20, "a paragraph is filled"
    assert "  stridelift session delete 2026-11-02" in lines


def test_no_help_breaks_what_is_to_be_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(SystemExit):
        main(["completion", "--help"])
    told = capsys.readouterr().out
    assert "~/.local/share/bash-completion/completions/stridelift\n" in told


def test_the_help_lists_the_commands_and_the_version_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["--help"])
    said = capsys.readouterr().out
    assert [command for command in COMMANDS if f"\n  {command} " not in said] == []
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("stridelift 0.")


# --- docs/format.md -----------------------------------------------------------------------------

FORMAT = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")


def blocks() -> list[Any]:
    """The JSON examples of docs/format.md, in order."""
    found = re.findall(r"^```json\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)
    return [json.loads(text) for text in found]


def test_the_examples_of_the_format_are_what_the_program_reads(
    run: Run, home: Path, tmp_path: Path
) -> None:
    year, profile, library, bare, line = blocks()
    (home / "log").mkdir(parents=True)
    (home / "log" / "2026.json").write_text(json.dumps(year))
    (home / "profile.json").write_text(json.dumps(profile))
    (home / "library.json").write_text(json.dumps(library))
    file = tmp_path / "line.jsonl"
    file.write_text(json.dumps(line))
    assert run("library", "check").code == 0
    (tmp_path / "bare.json").write_text(json.dumps(bare))
    assert run("library", "check", str(tmp_path / "bare.json")).code == 0
    assert run("import", str(file)).out == "1 line imported; 0 already there\n"
    assert run("log", "tyre-flip", "3x20m 40kg").code == 0
    assert "Hip Flexor Stretch  30 s each side" in run("routine", "show", "evening").out
    history = run("history")
    assert (history.out.count("felt light"), history.err) == (1, "")
    assert run("history", "back-squat").out == "Back Squat\nMon 2026-11-02: 8 × 132.3 lb, 3 spare\n"


@pytest.mark.parametrize("past", [[], ["--on", "2026-11-19"]])
@pytest.mark.parametrize("here_first", [True, False])
def test_two_copies_of_a_folder_that_grew_on_one_day_hold_all_sets_together(
    run: Run, tmp_path: Path, past: list[str], here_first: bool
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    assert run("log", "side-plank", "40s", *past, data_dir=here).code == 0
    shutil.copytree(here, there)
    for folder, exercise, sets in (
        (here, "box-jump", "3x6"),
        (there, "back-squat", "3x5"),
        (there, "deadlift", "3x5 80kg"),
    ):
        assert run("log", exercise, sets, *past, data_dir=folder).code == 0
    giver, taker = (here, there) if here_first else (there, here)
    file = tmp_path / "log.jsonl"
    assert run("export", "-o", str(file), data_dir=giver).code == 0
    news = 3 if here_first else 6
    came = run("import", str(file), data_dir=taker).out
    assert came.startswith(f"{news} lines imported; ")
    for exercise, done in (
        ("box-jump", "3 × 6 jumps (36 contacts)\n"),
        ("back-squat", "3 × 5\n"),
        ("deadlift", "3 × 5 · 80 kg\n"),
        ("side-plank", "40 s each side\n"),
    ):
        assert run("history", exercise, data_dir=taker).out.endswith(f": {done}"), exercise
    [session] = run("history", "--json", data_dir=taker).json["weeks"][0]["sessions"]
    assert session["sums"]["contacts"] == 36
    assert run("import", str(file), data_dir=taker).out.startswith("0 lines imported; ")


def test_the_format_names_every_field_of_a_set() -> None:
    named = set(re.findall(r"`([a-z_]+)`", FORMAT))
    assert (SET_KEYS | OF_LINE) - {"type"} <= named


@pytest.mark.parametrize("there", [True, False])
def test_a_fault_of_ours_is_one_line_and_is_kept_where_there_is_a_folder(
    there: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(_: object) -> int:
        raise ZeroDivisionError("a\n\x1b[31mb")

    monkeypatch.setattr("tui.cli.locate.run", run)
    paths = Paths(tmp_path / "data")
    if there:
        paths.root.mkdir()
    assert main(["locate", "--data-dir", str(paths.root)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("stridelift: a bug in Stridelift; please report it")
    assert "ZeroDivisionError: a ·[31mb (" in err
    assert "Traceback" not in err
    assert (str(paths.crash_dir) in err) is there
    assert paths.root.exists() is there
    if there:
        [report] = paths.crash_dir.iterdir()
        assert str(report) in err
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert "in run" in report.read_text()
