"""``export`` in its forms, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tui.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def logged(run: Run) -> Run:
    """The same, on a log of three sets."""
    assert run("log", "back-squat", "3x8 60kg rir3 # =firm")[0] == 0
    return run


def test_lines_of_json_are_the_usual_form(logged: Run) -> None:
    code, out, _ = logged("export")
    assert (code, len(out.splitlines())) == (0, 3)
    assert logged("export", "--format", "jsonl")[1] == out
    assert json.loads(logged("export", "--format", "json")[1])["lines"] == [
        json.loads(line) for line in out.splitlines()
    ]


@pytest.mark.parametrize(
    ("form", "begins", "has"),
    [
        ("csv", "type,date,time,offset,exercise,set,side,kind,load_kg,", ",'=firm,"),
        ("strong", "Date,Workout Name,Duration,Exercise Name,Set Order,", ",60,8,"),
        ("hevy", '"title","start_time","end_time","description",', ",60,8,"),
        ("ics", "BEGIN:VCALENDAR", "Back Squat: 3 × 8 · 60 kg"),
        ("markdown", "# Strength log\n", "- Back Squat: 3 × 8 · 60 kg"),
    ],
)
def test_other_forms_go_to_stdout_or_a_file(
    logged: Run, tmp_path: Path, form: str, begins: str, has: str
) -> None:
    code, out, _ = logged("export", "--format", form)
    assert code == 0
    assert out.startswith(begins)
    assert has in out
    file = tmp_path / "log"
    held = "3 lines" if form == "csv" else "1 session"
    said = logged("export", "--format", form, "-o", str(file))
    assert said == (0, f"{held} in {file}\n", "")
    assert file.read_bytes().decode().startswith(begins)


@pytest.mark.usefixtures("logged")
def test_an_export_is_utf_8_on_a_terminal_that_is_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(written, encoding="ascii"))
    assert main(["export", "--format", "markdown", "--data-dir", str(home)]) == 0
    assert "3 × 8 · 60 kg" in written.getvalue().decode()


def test_all_is_more_than_the_log_and_comes_back(
    logged: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert logged("config", "set", "unit", "lb")[0] == 0
    file = tmp_path / "all.jsonl"
    assert logged("export", "--all", "-o", str(file))[1] == f"4 lines in {file}\n"
    other = ["--data-dir", str(tmp_path / "other")]
    assert main(["import", str(file), *other]) == 0
    assert capsys.readouterr().out == "4 lines imported; 0 already there\n"
    assert main(["export", "--all", *other]) == 0
    assert capsys.readouterr().out == file.read_text()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--format", "csv", "--all"], 2, "--all needs --format jsonl or json; csv holds"),
        (["--format", "xml"], 2, "xml"),
        (["--format", "ics"], 1, "nothing is logged yet"),
        (["--format", "fit"], 2, "--format fit needs -o FOLDER"),
        (["--format", "fit", "-o", "/no/such/x"], 1, "nothing is logged yet"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    run: Run, args: list[str], code: int, words: str
) -> None:
    got, out, err = run("export", *args)
    assert (got, out, err.count("\n")) == (code, "", 1)
    assert words in err


def test_a_library_with_a_problem_is_named_before_all_goes_out(logged: Run, home: Path) -> None:
    (home / "library.json").write_text('{"schema_version": 1, "exercises": [{}]}')
    code, _, err = logged("export", "--all")
    assert code == 1
    assert "correct library.json first" in err


def test_fit_is_a_folder_with_a_file_for_each_session(logged: Run, tmp_path: Path) -> None:
    folder = tmp_path / "fit"
    assert logged("export", "--format", "fit", "-o", str(folder))[1] == f"1 file in {folder}\n"
    [file] = folder.iterdir()
    assert re.fullmatch(r"2026-11-29-[0-9A-Z]+\.fit", file.name)
    file.write_bytes(b"mine")
    logged("log", "side-plank", "40s", "--on", "2026-11-28")
    assert logged("export", "--format", "fit", "-o", str(folder))[1] == (
        f"1 file in {folder}; 1 there already, left as it is\n"
    )
    assert file.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("where", "words"), [("a file", "is a file; name a folder"), ("no/x", "is not there; make it")]
)
def test_a_folder_that_cannot_be_is_named(
    logged: Run, tmp_path: Path, where: str, words: str
) -> None:
    (tmp_path / "a file").touch()
    code, _, err = logged("export", "--format", "fit", "-o", str(tmp_path / where))
    assert code == 1
    assert words in err
