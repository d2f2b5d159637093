"""``stridelift sync`` on two machines: what it says, what it does, and when it refuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]
TODAY = "2026-11-29"
SCHEMA_1 = Path(__file__).parents[1] / "fixtures" / "schema-1" / "2026.json"
NEW = "From now on this log syncs with"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="not run: no git")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the machine of that name; gives exit code, output and errors."""
    monkeypatch.setattr("tui.cli.base.sleep", lambda _: None)
    monkeypatch.setattr("tui.app.sync_by_itself.start_sync", lambda _: None)

    def run(machine: str, *args: str) -> tuple[int, str, str]:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / f"state-{machine}"))
        code = main([*args, "--data-dir", str(tmp_path / machine), "--today", TODAY])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The repository that all sync with."""
    path = tmp_path / "home.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the two machines of :func:`two`, made once."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def two(run: Run, home: Path, tmp_path: Path, made: Path) -> tuple[Paths, Paths]:
    """Two machines, each with a set of its own, that have synced once and have the same."""
    paths = Paths(tmp_path / "a"), Paths(tmp_path / "b")
    if (made / "a").exists():
        shutil.rmtree(home)
        for name in ("a", "b", "home.git"):
            shutil.copytree(made / name, tmp_path / name)
        for where in paths:
            git(where, "config", "remote.home.url", str(home))
        return paths
    run("a", "log", "back-squat", "5 100kg")
    run("b", "log", "deadlift", "3x5 80kg")
    run("a", "sync", "--to", str(home))
    run("b", "sync", "--to", str(home))
    run("a", "sync")
    for name in ("a", "b", "home.git"):
        shutil.copytree(tmp_path / name, made / name)
    return paths


def git(where: Paths, *args: str) -> str:
    """What git says to the runner in the data folder."""
    who = ("-c", "user.name=Anna", "-c", "user.email=anna@localhost")
    done = subprocess.run(
        ["git", *who, *args], cwd=where.root, capture_output=True, text=True, check=False
    )
    return done.stdout


def exercises(where: Paths) -> set[str]:
    """The exercises of this year's log."""
    sessions = json.loads(where.year(2026).read_bytes())["sessions"]
    return {entry["exercise"] for one in sessions.values() for entry in one["entries"]}


def last_line(said: tuple[int, str, str]) -> str:
    assert said[0] == 0, said
    return said[1].splitlines()[-1]


def alike(one: Paths, other: Paths) -> bool:
    """Whether two machines have the same bytes, and git nothing to say."""
    assert git(one, "status", "--porcelain") == git(other, "status", "--porcelain") == ""
    return files(one) == files(other)


def files(where: Paths) -> dict[str, bytes]:
    every = [*where.log_dir.glob("*.json"), *where.root.glob("*.json"), *where.root.glob(".git?*")]
    return {path.name: path.read_bytes() for path in every}


def test_it_is_set_up_in_one_command_and_says_what_came_and_went(run: Run, home: Path) -> None:
    run("a", "log", "back-squat", "5 100kg")
    run("b", "log", "deadlift", "3x5 80kg")
    by_itself = "From now on this machine syncs at each start and after each change"
    how = "stridelift config set sync by hand leaves it to you"
    said = f"{NEW} {home}.\n{by_itself}; {how}.\nsync: 1 session sent\n"
    assert run("a", "sync", "--to", str(home)) == (0, said, "")
    # The two logs have nothing in common, not even a first commit.
    assert last_line(run("b", "sync", "--to", str(home))) == "sync: 1 session from home, 1 sent"
    assert run("a", "sync") == (0, "sync: 1 session from home\n", "")
    assert run("a", "sync") == run("b", "sync") == (0, "sync: nothing new\n", "")
    for machine in "ab":
        said = run(machine, "history")[1]
        assert "Back Squat" in said
        assert "Deadlift" in said


def test_both_have_the_same_bytes_then(two: tuple[Paths, Paths], run: Run) -> None:
    run("a", "morning", "knee", "3")
    run("b", "race", "add", "2027-05-09", "Ridge Race")
    assert run("a", "sync")[1] == "sync: changes sent\n"
    assert run("b", "sync")[1] == "sync: changes from home, changes sent\n"
    assert run("a", "sync")[1] == "sync: changes from home\n"
    assert alike(*two)


def test_another_place_is_named_with_the_one_before(
    two: tuple[Paths, Paths], run: Run, home: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick.git"
    shutil.copytree(home, stick)
    said = run("a", "sync", "--to", str(stick))[1]
    assert said.startswith(f"{NEW} {stick}, no longer with {home}.\n")
    assert run("a", "sync", "--to", str(stick))[1].startswith(f"This log is synced with {stick} al")
    assert git(two[0], "remote") == "home\n"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ext::sh -c touch% x", "could run a command"),
        ("-oProxyCommand=x", "could run a command"),
        ("a\nb", "is no address"),
        ("", "is no address"),
        ("you@home", "names no repository there; one looks like you@home:log.git"),
        ("you@home:\x1b[2Jlog.git", "is no address"),
    ],
)
def test_what_is_no_address_is_refused_before_git_sees_it(
    run: Run, tmp_path: Path, url: str, why: str
) -> None:
    code, out, err = run("a", "sync", f"--to={url}")
    assert (code, out) == (1, "")
    assert why in err
    assert err.count("\n") == 1
    assert not (tmp_path / "a" / ".git").exists()


def test_it_is_not_set_up_beside_syncthing_unless_told_to(
    run: Run, home: Path, tmp_path: Path
) -> None:
    run("a", "log", "back-squat", "5 100kg")
    (tmp_path / "a" / ".stfolder").mkdir()
    code, out, err = run("a", "sync", "--to", str(home))
    assert (code, out) == (1, "")
    assert "--anyway" in err
    assert not (tmp_path / "a" / ".git").exists()
    assert run("a", "sync", "--to", str(home), "--anyway")[0] == 0


def test_a_home_of_something_else_is_left_alone(
    two: tuple[Paths, Paths], run: Run, tmp_path: Path
) -> None:
    wrong, (a, _) = Paths(tmp_path / "wrong.git"), two
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", wrong.root], check=True)
    project = Paths(tmp_path / "project")
    subprocess.run(["git", "init", "-q", "-b", "main", project.root], check=True)
    (project.root / "README.md").write_text("A project")
    (project.root / "main.py").write_text("print()")
    git(project, "add", ".")
    git(project, "commit", "-qm", "a project")
    git(project, "push", "-q", str(wrong.root), "main")
    before = git(wrong, "rev-parse", "main"), files(a)
    for args in (("--to", str(wrong.root)), ()):
        code, _, err = run("a", "sync", *args)
        assert code == 1
        assert "no log but something else" in err
    assert (git(wrong, "rev-parse", "main"), files(a)) == before
    assert not (a.root / "main.py").exists()
    # What a host puts into a new repository is in nobody's way.
    git(project, "rm", "-q", "main.py")
    git(project, "commit", "-q", "--amend", "-m", "new")
    git(project, "push", "-q", "-f", str(wrong.root), "main")
    assert last_line(run("a", "sync")) == "sync: 1 session sent"
    assert (a.root / "README.md").exists()


def test_a_home_of_notes_without_a_log_yet_is_joined(run: Run, home: Path, tmp_path: Path) -> None:
    a = Paths(tmp_path / "a")
    run("a", "sync", "--to", str(home))
    (a.root / "notes.md").write_text("one")
    git(a, "add", "-f", "notes.md")
    assert run("a", "sync")[0] == 0
    assert set(git(a, "ls-tree", "--name-only", "main").split()) == {
        ".gitattributes",
        ".gitignore",
        "notes.md",
    }
    run("b", "log", "back-squat", "5 100kg")
    assert run("b", "sync", "--to", str(home))[0] == 0
    assert (tmp_path / "b" / "notes.md").exists()


def test_the_data_folder_is_no_home_for_itself(run: Run, tmp_path: Path) -> None:
    run("a", "log", "back-squat", "5 100kg")
    for inside in ("a", "a/.git", "a/log.git"):
        code, out, err = run("a", "sync", "--to", str(tmp_path / inside))
        assert (code, out) == (1, "")
        assert "in the data folder itself" in err
    assert not (tmp_path / "a" / ".git").exists()


def test_what_the_home_before_had_says_nothing_of_another(
    two: tuple[Paths, Paths], run: Run, tmp_path: Path
) -> None:
    there = tmp_path / "new.git"
    code, out, _ = run("a", "sync", "--to", str(there))
    assert code == 1
    assert f"there is no log at {there} yet" in out
    assert "1 session waits here" in out
    assert git(two[0], "branch", "-r") == ""


def test_without_a_set_up_it_says_what_to_type(run: Run) -> None:
    run("a", "log", "back-squat", "5 100kg")
    line = "sync is not set up: stridelift sync --to you@home:log.git\n"
    assert run("a", "sync") == (1, "", f"stridelift: {line}")
    assert run("a", "sync", "status") == (0, line, "")
    assert run("a", "sync", "status", "--strict")[0] == 1


def test_where_nothing_is_there_yet_it_says_what_to_type_there(run: Run, tmp_path: Path) -> None:
    run("a", "log", "back-squat", "5 100kg")
    there = tmp_path / "home.git"
    code, out, err = run("a", "sync", "--to", str(there))
    typed = f"git init --bare -b main {there} && git -C {there} config gc.auto 256"
    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == (
        f"sync: 1 session waits here; there is no log at {there} yet; if its disk is out, "
        f"put it in, else type once: {typed}"
    )
    subprocess.run(["sh", "-c", typed], check=True)
    assert run("a", "sync") == (0, "sync: 1 session sent\n", "")


@pytest.mark.usefixtures("two")
def test_being_offline_is_normal(run: Run, home: Path) -> None:
    away = home.rename(home.with_name("away.git"))
    run("b", "log", "box-jump", "2x6", "--on", "2026-11-02")
    run("b", "log", "box-jump", "2x6", "--on", "2026-11-03")
    line = f"{home} is not there; 2 sessions wait here"
    assert run("b", "sync") == (0, f"sync: {line}\n", "")
    assert run("b", "sync", "--strict")[0] == 1
    status = run("b", "sync", "status")
    assert status[0] == 0
    assert "2 sessions wait here" in status[1]
    assert line in status[1]
    assert run("b", "sync", "status", "--strict")[0] == 1
    told = json.loads(run("b", "sync", "status", "--json")[1])
    assert (told["remote"], told["waiting"], told["trouble"]) == (str(home), 2, f"sync: {line}")
    away.rename(home)
    assert run("b", "sync") == (0, "sync: 2 sessions sent\n", "")
    assert json.loads(run("b", "sync", "status", "--json")[1])["trouble"] is None
    assert run("b", "sync", "status", "--strict")[0] == 0


def test_what_was_corrected_after_a_deletion_elsewhere_is_still_there(
    two: tuple[Paths, Paths], run: Run
) -> None:
    run("a", "session", "delete", TODAY)
    run("b", "log", "box-jump", "2x6")
    run("a", "sync")
    run("b", "sync")
    run("a", "sync")
    assert alike(*two)
    assert "Box Jump" in (said := run("a", "history")[1])
    assert "Deadlift" not in said


def test_a_plain_pull_that_stops_half_way_is_ended(two: tuple[Paths, Paths], run: Run) -> None:
    run("a", "log", "box-jump", "2x6")
    run("b", "log", "plank", "2x30s")
    run("a", "sync")
    git(two[1], "commit", "-qam", "by hand")
    git(two[1], "pull", "--no-edit")
    assert (two[1].root / ".git" / "MERGE_HEAD").exists()
    assert run("b", "sync") == (0, "sync: 1 session from home, 1 sent\n", "")
    assert not (two[1].root / ".git" / "MERGE_HEAD").exists()
    run("a", "sync")
    assert alike(*two)
    assert {"plank", "box-jump"} <= exercises(two[0])


@pytest.mark.parametrize("data", [b"", b"DIRC", bytes(200)])
def test_an_index_that_a_power_cut_left_is_made_anew(
    two: tuple[Paths, Paths], run: Run, data: bytes
) -> None:
    a, b = two
    (a.root / ".git" / "index").write_bytes(data)
    assert run("a", "sync")[0] == 0
    assert alike(a, b)
    assert git(a, "diff", "--cached", "--name-only") == ""


def test_another_place_of_head_is_joined_and_left(two: tuple[Paths, Paths], run: Run) -> None:
    run("a", "log", "box-jump", "2x6")
    run("a", "sync")
    git(two[0], "checkout", "-q", "HEAD~1")
    run("a", "log", "plank", "2x30s")
    code, out, err = run("a", "sync")
    assert (code, out) == (0, "sync: 1 session sent\n")
    assert "it is back on main" in err
    assert git(two[0], "symbolic-ref", "HEAD") == "refs/heads/main\n"
    run("b", "sync")
    assert alike(*two)
    assert {"plank", "box-jump"} <= exercises(two[1])


@pytest.mark.parametrize("how", ["reset", "amend", "stash", "branch", "revert"])
def test_what_plain_git_put_away_comes_back(
    two: tuple[Paths, Paths], run: Run, home: Path, how: str
) -> None:
    a = two[0]
    run("a", "log", "box-jump", "2x6")
    match how:
        case "reset":
            git(a, "commit", "-qam", "by hand")
            git(a, "reset", "-q", "--hard", "HEAD~1")
        case "amend":
            git(a, "commit", "-qam", "by hand")
            git(a, "checkout", "-q", "HEAD~1", "--", "log")
            git(a, "commit", "-q", "--amend", "-m", "without")
        case "stash":
            git(a, "stash", "-q")
        case "branch":
            git(a, "checkout", "-q", "-b", "aside")
            git(a, "commit", "-qam", "by hand")
            git(a, "checkout", "-q", "main")
        case "revert":
            # Away from home, so that the commit is nowhere else.
            away = home.rename(home.with_name("away.git"))
            run("a", "sync")
            git(a, "revert", "--no-edit", "HEAD")
            away.rename(home)
    assert "box-jump" not in exercises(two[0])
    assert run("a", "sync")[0] == 0
    assert "box-jump" in exercises(two[0])
    run("b", "sync")
    assert alike(*two)


@pytest.mark.parametrize(
    ("left", "word"),
    [("rebase-merge", "rebase"), ("rebase-apply", "rebase"), ("BISECT_LOG", "bis")],
)
def test_what_the_runner_has_begun_in_git_is_ended_first(
    two: tuple[Paths, Paths], run: Run, left: str, word: str
) -> None:
    (two[0].root / ".git" / left).mkdir()
    before = git(two[0], "rev-parse", "main")
    run("a", "log", "box-jump", "2x6")
    code, out, err = run("a", "sync")
    assert (code, out) == (1, "")
    assert word in err
    assert err.count("\n") == 1
    assert git(two[0], "rev-parse", "main") == before


def test_a_newer_version_elsewhere_leaves_all_as_it_is(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    newer = b.year(2026).read_bytes().replace(b'"schema_version": 2', b'"schema_version": 9')
    b.year(2026).write_bytes(newer)
    git(b, "commit", "-qam", "newer")
    git(b, "push", "-q", "home", "main")
    run("a", "log", "box-jump", "2x6")
    before = a.year(2026).read_bytes(), git(a, "rev-parse", "main")
    code, out, err = run("a", "sync")
    assert (code, out) == (1, "")
    assert "Update stridelift" in err
    assert err.count("\n") == 1
    assert (a.year(2026).read_bytes(), git(a, "rev-parse", "main")) == before


@pytest.mark.parametrize("data", [b"", b"{", b"no\n", b'{"meta": 1}'])
def test_a_damaged_file_elsewhere_leaves_all_as_it_is(
    two: tuple[Paths, Paths], run: Run, data: bytes
) -> None:
    a, b = two
    b.year(2026).write_bytes(data)
    git(b, "commit", "-qam", "damaged")
    git(b, "push", "-q", "home", "main")
    run("a", "log", "box-jump", "2x6")
    before = a.year(2026).read_bytes(), git(a, "rev-parse", "main")
    code, out, err = run("a", "sync")
    assert (code, out) == (1, "")
    assert "log/2026.json" in err
    assert "nothing was joined or sent" in err
    assert (a.year(2026).read_bytes(), git(a, "rev-parse", "main")) == before
    # Where it came from it is mended, and then all goes on.
    assert run("b", "sync")[0] == 0
    assert run("a", "sync")[0] == 0
    run("b", "sync")
    assert alike(a, b)
    assert "box-jump" in exercises(b)


@pytest.mark.parametrize("kind", ["160000", "100644", "120000"])
def test_what_is_no_folder_in_place_of_the_log_is_nothing_new(
    two: tuple[Paths, Paths], run: Run, kind: str
) -> None:
    a, b = two
    id_ = git(b, "rev-parse", "main" if kind == "160000" else "main:.gitignore").strip()
    git(b, "rm", "-q", "-r", "--cached", "log")
    git(b, "update-index", "--add", "--cacheinfo", f"{kind},{id_},log")
    git(b, "commit", "-qm", "no folder")
    git(b, "push", "-q", "home", "main")
    before = exercises(a)
    run("a", "log", "box-jump", "2x6")
    for machine in "aba":
        assert run(machine, "sync")[0] == 0
    assert alike(a, b)
    assert exercises(b) == before | {"box-jump"}


def test_what_is_not_understood_takes_no_place_of_what_is(
    two: tuple[Paths, Paths], run: Run
) -> None:
    _, b = two
    text = b.year(2026).read_text()
    wrong = re.sub(r'"started": "[^"]*"', '"started": "2026-13-45"', text)
    wrong = re.sub(r'"edited": "2026[^"]*"', '"edited": "2027-01-01T00:00:00.000000+00:00"', wrong)
    assert wrong != text
    b.year(2026).write_text(wrong)
    git(b, "commit", "-qam", "by hand")
    git(b, "push", "-q", "home", "main")
    run("a", "log", "box-jump", "2x6")
    before = run("a", "export")[1]
    assert run("a", "sync")[0] == 0
    assert run("a", "export")[1] == before
    assert "box-jump" in before


@pytest.mark.parametrize("doc", [b"[1]", b"5", b"null", b'{"x": ' + b"[" * 600 + b"]" * 600 + b"}"])
def test_a_document_that_is_none_is_damage(two: tuple[Paths, Paths], run: Run, doc: bytes) -> None:
    a, b = two
    data = (
        b.year(2026).read_bytes().replace(b'"sessions": {', b'"sessions": {"x": ' + doc + b",", 1)
    )
    b.year(2026).write_bytes(data)
    git(b, "commit", "-qam", "by hand")
    git(b, "push", "-q", "home", "main")
    before = a.year(2026).read_bytes()
    code, _, err = run("a", "sync")
    assert code == 1
    assert "log/2026.json that cannot be read" in err
    assert a.year(2026).read_bytes() == before


def test_a_library_with_problems_is_left_out_and_named(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    b.library.write_text('{"schema_version": 1, "exercises": [{"id": "x"}]}')
    run("b", "log", "box-jump", "2x6")
    assert run("b", "sync")[0] == 0
    code, out, err = run("a", "sync")
    assert (code, out) == (0, "sync: 1 session from home\n")
    assert "library.json" in err
    assert "is left out" in err
    assert not a.library.exists()


def test_other_files_of_the_runner_travel_and_none_is_lost(
    two: tuple[Paths, Paths], run: Run
) -> None:
    a, b = two
    (a.root / "notes.md").write_text("one\n")
    git(a, "add", "-f", "notes.md")
    run("a", "sync")
    run("b", "sync")
    assert (b.root / "notes.md").read_text() == "one\n"
    (a.root / "notes.md").write_text("mine\n")
    (b.root / "notes.md").write_text("theirs\n")
    run("a", "sync")
    assert "notes.md was changed on two machines" in run("b", "sync")[2]
    assert (b.root / "notes.md").read_text() == "theirs\n"
    assert (b.root / "notes.md.other").read_text() == "mine\n"
    run("a", "sync")
    assert (a.root / "notes.md").read_text() == "theirs\n"
    assert alike(a, b)


def test_a_file_that_git_was_not_told_of_here_stays(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    (a.root / "notes.md").write_text("theirs\n")
    git(a, "add", "-f", "notes.md")
    run("a", "sync")
    (b.root / "notes.md").write_text("mine\n")
    run("b", "sync")
    assert (b.root / "notes.md").read_text() == "mine\n"
    assert (b.root / "notes.md.other").read_text() == "theirs\n"


def test_another_file_that_cannot_travel_does_not_keep_the_log(
    two: tuple[Paths, Paths], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    monkeypatch.setattr("tui.app.sync_others.MOST_BYTES", 100)
    # Twice too large, once here alone; and what no name on b could be made of.
    names = ("film", "n" * 250, "two\nlines")
    for name in names:
        (a.root / name).write_bytes(b"x" * (101 if name == "film" else 1))
        git(a, "add", "-f", name)
    (b.root / "film").write_bytes(b"y" * 102)
    before = {path.name for path in b.root.iterdir()}
    for machine in "abab":
        run(machine, "log", "box-jump", "2x6")
        assert run(machine, "sync")[0] == 0
    run("a", "sync")
    assert {path.name for path in b.root.iterdir()} == before
    assert (b.root / "film").read_bytes() == b"y" * 102
    assert all((a.root / name).exists() for name in names)
    assert git(a, "status", "--porcelain") == git(b, "status", "--porcelain") == ""
    assert a.year(2026).read_bytes() == b.year(2026).read_bytes()


def test_what_could_harm_the_folder_does_not_come(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    (a.root / "x").write_text("harm")
    blob = git(a, "hash-object", "-w", "x").strip()
    git(a, "rm", "-q", "--cached", "-r", ".")
    names = ("profile.json/x", "library.json/x", "log/x/y", "live/x.jsonl", "d/.gitconfig", "ok")
    for name in names:
        git(a, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    git(a, "update-index", "--add", "--cacheinfo", f"120000,{blob},link")
    git(a, "update-index", "--add", "--cacheinfo", f"100755,{blob},run")
    git(a, "commit", "-qm", "by hand")
    git(a, "push", "-q", "home", "main")
    there = {*b.root.iterdir()}
    assert run("b", "sync")[0] == 0
    assert {path.name for path in {*b.root.iterdir()} - there} == {"ok", "run"}
    assert git(b, "status", "--porcelain") == ""
    assert run("a", "sync")[0] == 0
    assert alike(a, b)


@pytest.mark.parametrize(
    "name", ["writer.lock", "live/x.jsonl", "cache/a.fold", "log/2026.json.bak"]
)
def test_what_belongs_to_one_machine_does_not_travel(
    two: tuple[Paths, Paths], run: Run, name: str
) -> None:
    a, b = two
    there = a.root / name
    there.parent.mkdir(exist_ok=True)
    there.write_text("theirs")
    before = (b.root / name).read_bytes() if (b.root / name).exists() else None
    git(a, "add", "-f", name)
    git(a, "commit", "-qm", "by hand")
    git(a, "push", "-q", "home", "main")
    run("b", "sync")
    assert ((b.root / name).read_bytes() if (b.root / name).exists() else None) == before
    assert name not in git(b, "ls-files")


def test_what_git_threw_away_is_committed_again(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    run("a", "log", "plank", "45s")
    # Long enough ago that the next sync knows the file without reading it.
    os.utime(a.year(2026), (1, 1))
    run("a", "sync")
    for where in (a.root, a.root.parent / "home.git"):
        subprocess.run(["git", "-C", where, "update-ref", "refs/heads/main", "main~1"], check=True)
    git(a, "update-ref", "-d", "refs/remotes/home/main")
    git(a, "reset", "-q")
    git(a, "reflog", "expire", "--expire=now", "--all")
    git(a, "gc", "-q", "--prune=now")
    assert last_line(run("a", "sync")) == "sync: 1 session sent"
    run("b", "sync")
    assert "plank" in exercises(b)
    assert alike(a, b)
    assert git(a, "fsck", "--no-dangling", "--no-progress") == ""


def test_a_remote_that_was_emptied_is_filled_again(
    two: tuple[Paths, Paths], run: Run, home: Path
) -> None:
    shutil.rmtree(home)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(home)], check=True)
    assert run("a", "sync") == (0, "sync: 1 session sent\n", "")
    assert run("b", "sync") == (0, "sync: nothing new\n", "")
    assert alike(*two)


def test_a_lock_that_a_killed_git_left_is_removed_once_it_is_old(
    two: tuple[Paths, Paths], run: Run
) -> None:
    locks = [two[0].root / ".git" / name for name in ("index.lock", "refs/heads/main.lock")]
    # One of them is from before the clock was set back.
    for lock, at in zip(locks, (1, 4_000_000_000), strict=True):
        lock.write_bytes(b"")
        os.utime(lock, (at, at))
    run("a", "log", "box-jump", "2x6")
    code, out, err = run("a", "sync")
    assert (code, out) == (0, "sync: 1 session sent\n")
    assert "2 locks that a killed git had left were removed" in err
    young = two[0].root / ".git" / "refs" / "heads" / "main.lock"
    young.write_bytes(b"")
    run("a", "log", "box-jump", "2x6")
    code, out, err = run("a", "sync")
    assert (code, out) == (1, "")
    assert "main.lock" in err


@pytest.mark.usefixtures("two")
def test_a_lock_on_a_stick_that_was_pulled_out_is_removed_once_it_is_old(
    run: Run, home: Path
) -> None:
    lock = home / "refs" / "heads" / "main.lock"
    lock.write_bytes(b"")
    run("a", "log", "box-jump", "2x6")
    line = f"{lock} is left from a git that was ended: remove it if no git is at work"
    assert run("a", "sync")[:2] == (1, f"sync: 1 session waits here; {line}\n")
    os.utime(lock, (1, 1))
    code, out, err = run("a", "sync")
    assert (code, out) == (0, "sync: 1 session sent\n")
    assert "1 lock that a killed git had left was removed" in err


def test_a_year_that_was_emptied_stays_the_same_everywhere(
    two: tuple[Paths, Paths], run: Run
) -> None:
    run("a", "log", "box-jump", "2x6", "--on", "2025-03-01")
    run("a", "sync")
    run("a", "session", "date", "2025-03-01", "2026-03-01")
    run("a", "sync")
    run("b", "sync")
    assert two[0].year(2025).read_bytes() == two[1].year(2025).read_bytes()
    assert alike(*two)
    assert run("a", "sync") == run("b", "sync") == (0, "sync: nothing new\n", "")


@pytest.mark.parametrize("pushed", [False, True])
def test_an_edit_by_hand_counts_on_every_machine(
    two: tuple[Paths, Paths], run: Run, *, pushed: bool
) -> None:
    a, b = two
    text = b.year(2026).read_text()
    b.year(2026).write_text(text.replace('"load_kg": 80.0', '"load_kg": 10.0', 1))
    if pushed:
        # By plain git, so that the others have it before the program has seen it here.
        git(b, "commit", "-qam", "by hand")
        git(b, "push", "-q", "home", "main")
        assert run("a", "sync")[0] == 0
    for machine in "bab":
        assert run(machine, "sync")[0] == 0
    assert alike(a, b)
    assert '"load_kg": 10.0' in a.year(2026).read_text()


def test_a_file_in_another_order_comes_to_rest(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    run("a", "config", "set", "unit", "lb")
    run("a", "sync")
    run("b", "sync")
    for path in (b.year(2026), b.profile):
        path.write_text(json.dumps(json.loads(path.read_bytes()), sort_keys=True))
    for machine in "baba":
        assert run(machine, "sync")[0] == 0
    assert alike(a, b)
    before = git(a, "rev-parse", "main")
    assert run("b", "sync") == run("a", "sync") == (0, "sync: nothing new\n", "")
    assert git(a, "rev-parse", "main") == before


def test_files_of_an_older_version_come_to_rest(run: Run, home: Path, tmp_path: Path) -> None:
    a, b = Paths(tmp_path / "a"), Paths(tmp_path / "b")
    a.log_dir.mkdir(parents=True)
    shutil.copy(SCHEMA_1, a.year(2026))
    a.profile.write_text('{"settings": {"unit": {"value": "lb"}}}')
    for machine in "ab":
        assert run(machine, "sync", "--to", str(home))[0] == 0
    for machine in "ab":
        assert run(machine, "sync") == (0, "sync: nothing new\n", "")
    assert alike(a, b)
    assert b'"schema_version": 2' in b.year(2026).read_bytes()
    assert b'"schema_version": 2' in b.profile.read_bytes()


def test_a_library_in_another_order_comes_to_rest(two: tuple[Paths, Paths], run: Run) -> None:
    a, b = two
    entry = {"title": "A", "publisher": "B", "author": "C", "short": "D"}
    own = {"sources": {"b": entry, "a": entry}, "schema_version": 1}
    a.library.write_text(json.dumps(own))
    b.library.write_text(json.dumps(own, sort_keys=True, indent=4))
    for machine in "abab":
        said = run(machine, "sync")
        assert said[0] == 0
        assert "left out" not in said[2], said
    assert alike(a, b)


def test_what_a_move_left_in_two_years_is_settled(two: tuple[Paths, Paths], run: Run) -> None:
    a = two[0]
    run("a", "log", "box-jump", "2x6", "--on", "2025-03-01")
    run("a", "sync")
    run("b", "sync")
    # A kill between the two files: the later one is written, the session still in the earlier.
    before = a.year(2025).read_bytes()
    run("a", "session", "date", "2025-03-01", "2026-03-01")
    a.year(2025).write_bytes(before)
    for machine in "abab":
        run(machine, "sync")
    assert run("a", "sync") == run("b", "sync") == (0, "sync: nothing new\n", "")
    assert alike(*two)
    assert json.loads(a.year(2025).read_bytes()).keys() == {"meta"}


def test_what_is_due_today_starts_no_process_where_sync_is_set_up(
    two: tuple[Paths, Paths],
) -> None:
    code = (
        "import sys; from tui.cli import main; main(['today'])\nprint('subprocess' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "STRIDELIFT_HOME": str(two[0].root)},
    )
    assert ran.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(
    "args",
    [
        ["status", "--to", "x"],
        ["--json"],
        ["--anyway"],
        ["now"],
    ],
)
def test_what_does_not_go_together_is_a_usage_error(run: Run, args: list[str]) -> None:
    assert run("a", "sync", *args)[0] == 2
