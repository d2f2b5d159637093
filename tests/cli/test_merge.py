"""``stridelift merge``: each thing that can be named, what it says, and when it refuses."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]
TODAY = "2026-11-29"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the folder of that name; gives exit code, output and errors."""

    def run(folder: str, *args: str) -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(tmp_path / folder), "--today", TODAY])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def two(run: Run, tmp_path: Path) -> tuple[Paths, Paths]:
    """Two folders that grew apart: a set in both, then sets, a morning and a race here or there."""
    run("mine", "log", "back-squat", "5 100kg")
    shutil.copytree(tmp_path / "mine", tmp_path / "theirs")
    run("mine", "log", "box-jump", "2x6")
    run("theirs", "log", "deadlift", "3x5 80kg")
    run("theirs", "morning", "knee", "3")
    run("theirs", "race", "add", "2027-05-09", "Ridge Race")
    return Paths(tmp_path / "mine"), Paths(tmp_path / "theirs")


ALL = "3 sets, 1 record, 1 setting"
LOG = "3 sets, 1 record"


@pytest.fixture(params=["folder", "log", "year", "copy", "orig", "zip", "profile"])
def named(request: pytest.FixtureRequest, two: tuple[Paths, Paths], run: Run) -> tuple[Path, str]:
    """A path to merge, and what comes from it."""
    theirs = two[1]
    match request.param:
        case "folder":
            return theirs.root, ALL
        case "log":
            return theirs.log_dir, LOG
        case "year":
            return theirs.year(2026), LOG
        case "copy":
            return Path(shutil.copy(theirs.year(2026), theirs.root / "a copy")), LOG
        case "orig":
            return Path(shutil.copy(theirs.year(2026), theirs.log_dir / "2026.json.orig")), LOG
        case "profile":
            return theirs.profile, "1 setting"
    path = theirs.root / "b.zip"
    run("theirs", "backup", str(path))
    return path, ALL


def test_what_is_named_is_merged_once(
    named: tuple[Path, str], two: tuple[Paths, Paths], run: Run
) -> None:
    path, what = named
    mine = two[0]
    before = mine.year(2026).read_bytes()
    assert run("mine", "merge", str(path), "--dry-run") == (0, f"{what} would come from it\n", "")
    assert mine.year(2026).read_bytes() == before
    assert not mine.profile.exists()
    assert run("mine", "merge", str(path)) == (0, f"{what} came from it\n", "")
    after = mine.year(2026).read_bytes()
    nothing = (0, "It has nothing that you do not have.\n", "")
    assert run("mine", "merge", str(path)) == nothing
    assert mine.year(2026).read_bytes() == after
    assert path.exists(), "what lies elsewhere stays there"
    told = json.loads(run("mine", "merge", str(path), "--json")[1])
    assert not any(told.values())


def test_the_history_has_what_both_had(two: tuple[Paths, Paths], run: Run) -> None:
    mine, theirs = two
    run("mine", "merge", str(theirs.root))
    run("theirs", "merge", str(mine.root))
    assert run("mine", "history") == run("theirs", "history")
    assert "Back Squat" in (said := run("mine", "history")[1])
    assert "Box Jump" in said
    assert "Deadlift" in said
    assert mine.year(2026).read_bytes() == theirs.year(2026).read_bytes()
    assert mine.profile.read_bytes() == theirs.profile.read_bytes()


def test_a_copy_beside_the_log_is_moved_and_no_longer_told(
    two: tuple[Paths, Paths], run: Run
) -> None:
    mine, theirs = two
    copy = Path(shutil.copy(theirs.year(2026), mine.log_dir / "2026 old.json"))
    assert "looks like another copy of your files" in run("mine", "history")[2]
    assert run("mine", "merge", str(copy)) == (0, f"{LOG} came from it\n", "")
    assert not copy.exists()
    assert [path.name.split(" ", 1)[1] for path in mine.merged_dir.iterdir()] == ["2026 old.json"]


def test_what_gave_way_is_told_and_kept(two: tuple[Paths, Paths], run: Run) -> None:
    mine, theirs = two
    run("mine", "config", "set", "unit", "lb")
    run("theirs", "config", "set", "unit", "kg")
    code, out, err = run("mine", "merge", str(theirs.profile))
    came, gave_way = out.splitlines()
    assert (code, came) == (0, "2 settings came from it")
    assert gave_way.startswith("1 version of yours or of the copy gave way to later ones")
    assert "1 version in profile.json gave way to later ones: they are in merged/" in err
    [kept] = mine.merged_dir.iterdir()
    assert json.loads(kept.read_bytes())["settings"]["unit"]["value"] == "lb"


def test_a_spoilt_year_in_a_folder_is_left_out_and_the_rest_comes(
    two: tuple[Paths, Paths], run: Run
) -> None:
    theirs = two[1]
    theirs.year(2025).write_text("{")
    code, out, err = run("mine", "merge", str(theirs.root))
    assert (code, out) == (1, f"{ALL} came from it\n")
    assert f"left out: {theirs.year(2025)} is no copy of your files, or damaged" in err


def test_a_newer_year_keeps_all_of_a_folder_from_being_joined(
    two: tuple[Paths, Paths], run: Run
) -> None:
    mine, theirs = two
    before = mine.year(2026).read_bytes()
    theirs.year(2025).write_text('{"meta": {"schema_version": 9}, "sessions": {}}')
    code, out, err = run("mine", "merge", str(theirs.root))
    assert (code, out) == (1, "")
    assert err.startswith(f"stridelift: {theirs.year(2025)} was written by a newer stridelift")
    assert err.count("\n") == 1
    assert mine.year(2026).read_bytes() == before
    assert not mine.profile.exists()


def test_a_library_that_does_not_fit_keeps_all_of_a_folder_from_being_joined(
    two: tuple[Paths, Paths], run: Run
) -> None:
    mine, theirs = two
    before = mine.year(2026).read_bytes()
    theirs.library.write_text('{"schema_version": 1, "exercises": [{"id": "x"}]}')
    code, out, err = run("mine", "merge", str(theirs.root))
    assert (code, out) == (1, "")
    assert "correct the other copy first" in err
    assert mine.year(2026).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("mine", "is this log itself"),
        ("mine/log", "is this log itself"),
        ("none", "is not there; check its name"),
        ("empty", "holds no copy of a log"),
        ("text", "is no copy of your files, or damaged"),
        ("other.json", "is no copy of your files"),
        ("pipe", "a pipe stands where the file should be"),
        ("not.zip", "cannot be used as a backup"),
    ],
)
def test_what_is_no_copy_is_refused_in_one_line(
    two: tuple[Paths, Paths], run: Run, tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("Monday: squats")
    (tmp_path / "other.json").write_text('{"meta": {"schema_version": 2}, "cats": {}}')
    (tmp_path / "not.zip").write_text("no")
    os.mkfifo(tmp_path / "pipe")
    before = two[0].year(2026).read_bytes()
    code, out, err = run("mine", "merge", str(tmp_path / name))
    assert (code, out) == (1, "")
    assert err.startswith("stridelift: ")
    assert why in err
    assert err.count("\n") == 1
    assert two[0].year(2026).read_bytes() == before


def test_left_and_right_are_one_set_whether_they_come_or_go(
    two: tuple[Paths, Paths], run: Run
) -> None:
    theirs = str(two[1].log_dir)
    run("mine", "merge", theirs)
    run("theirs", "log", "glute-sling", "3x15/side", "--on", "2026-11-20")
    assert run("mine", "merge", theirs)[1] == "3 sets came from it\n"
    run("theirs", "session", "delete", "2026-11-20")
    assert run("mine", "merge", theirs)[1] == "3 deletions came from it\n"
