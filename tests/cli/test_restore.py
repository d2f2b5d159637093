"""``stridelift restore``, ``log --undo`` and ``import --undo``: what they say, do and refuse; also
by a clock that is set back between them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui import bootstrap
from tui.cli import main
from tui.store.lock import WriterLock
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]
DAY = "2026-11-29"


@pytest.fixture
def saved(run: Run) -> Run:
    """A log of three sessions and its backup."""
    run("log", "back-squat", "3x8 60kg rir3")
    run("log", "deadlift", "2x5 80kg", "--on", "2026-01-05")
    run("log", "deadlift", "1x5 70kg", "--on", "2025-01-05")
    run("config", "set", "level", "advanced")
    run("race", "add", "2027-05-09", "Ridge Race")
    run("backup")
    return run


def files(home: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in home.rglob("*")
        if path.is_file() and path.name != "writer.lock"
    }


def sets(run: Run) -> dict[str, int]:
    found = json.loads(run("session", "list", "--json")[1])["sessions"]
    return {one["date"]: one["sets"] for one in found}


def id_of(run: Run, day: str) -> str:
    found = json.loads(run("session", "list", "--json")[1])["sessions"]
    return next(str(one["id"]) for one in found if one["date"] == day)


def test_without_a_file_the_backups_are_listed(saved: Run) -> None:
    assert saved("restore") == saved("backup", "list")
    assert saved("restore", "--json") == saved("backup", "list", "--json")


def test_of_a_lost_folder_all_comes_back(saved: Run, home: Path, tmp_path: Path) -> None:
    [path] = (home / "backups").iterdir()
    kept = tmp_path / "kept.zip"
    shutil.copy(path, kept)
    before = sets(saved)
    shutil.rmtree(home)
    code, out, err = saved("restore", str(kept), "--preview")
    assert (code, err, home.exists()) == (0, "", False)
    assert "3 sessions come back, 6 sets\n" in out
    assert "settings and calendar: as in the backup: level, races 2027-05-09 Ridge Race\n" in out
    assert out.endswith("Nothing has changed yet. Leave out --preview to do it.\n")
    code, out, err = saved("restore", str(kept))
    assert (code, err) == (0, "")
    assert out.endswith("Done.\n")
    assert sets(saved) == before
    assert saved("config", "get", "level")[1].startswith("advanced")


def test_a_preview_says_what_differs_and_writes_nothing(saved: Run, home: Path) -> None:
    saved("log", "back-squat", "1x3 60kg")
    saved("log", "deadlift", "1x1 90kg", "--on", "2025-02-02")
    gone = id_of(saved, "2026-01-05")
    saved("session", "delete", gone)
    saved("config", "set", "level", "beginner")
    before = files(home)
    code, out, err = saved("restore", DAY, "--preview")
    assert (code, err) == (0, "")
    squat, new = id_of(saved, DAY), id_of(saved, "2025-02-02")
    assert out.splitlines()[1:] == [
        "1 session differs",
        f"  Sun {DAY}  {squat}; 1 only in your log",
        "1 session was deleted since and stays so, 2 sets",
        f"  Mon 2026-01-05  {gone}; 2 sets; stridelift session restore {gone} brings it back",
        "1 session is only in your log and stays, 1 set",
        f"  Sun 2025-02-02  {new}; 1 set",
        "settings and calendar: as they are now: level",
        "Nothing to bring back.",
    ]
    code, out, _ = saved("restore", DAY, "--replace", "--preview")
    assert code == 0
    assert out.splitlines()[1:] == [
        "1 session comes back, 2 sets",
        f"  Mon 2026-01-05  {gone}; 2 sets",
        "1 session differs",
        f"  Sun {DAY}  {squat}; 1 deleted",
        "1 session is not in the backup: deleted, 1 set",
        f"  Sun 2025-02-02  {new}; 1 set",
        "settings and calendar: as in the backup: level",
        "Nothing has changed yet. Leave out --preview to do it.",
    ]
    assert files(home) == before


def test_as_json_it_says_the_same(saved: Run) -> None:
    saved("session", "delete", "2026-01-05")
    told = json.loads(saved("restore", DAY, "--preview", "--json")[1])
    assert [(one["what"], one["day"], one["back"]) for one in told["sessions"]] == [
        ("deleted", "2026-01-05", 2)
    ]
    assert (told["writes"], told["saved"], told["lacks"]) == (False, None, [])
    told = json.loads(saved("restore", DAY, "--replace", "--json")[1])
    assert [one["what"] for one in told["sessions"]] == ["back"]
    assert told["writes"]
    assert Path(told["saved"]).exists()


def test_one_session_comes_back_alone(saved: Run) -> None:
    before = sets(saved)
    saved("log", "deadlift", "3x1 90kg", "--on", "2026-01-05")
    saved("session", "delete", "2026-01-05")
    saved("session", "delete", "2025-01-05")
    assert saved("restore", DAY, "--only", "2026-01-05")[0] == 0
    assert sets(saved) == {day: before[day] for day in (DAY, "2026-01-05")}
    code, out, err = saved("restore", DAY, "--only", "2026-01-06")
    assert (code, out) == (1, "")
    assert "no session 2026-01-06 in this backup" in err


def test_of_a_session_whose_sets_were_deleted_the_words_bring_them_back(saved: Run) -> None:
    before = sets(saved)
    saved("log", "--undo")
    out = saved("restore", DAY)[1]
    [line] = [line for line in out.splitlines() if line.endswith("brings it back")]
    words = line.partition("; ")[2].partition("; ")[2].split()[:2]
    assert words[0] == "--only"
    assert saved("restore", DAY, *words)[0] == 0
    assert sets(saved) == before


def test_replacing_is_taken_back_with_the_words_it_says(saved: Run) -> None:
    before = sets(saved)
    saved("session", "delete", "2026-01-05")
    saved("log", "deadlift", "1x1 90kg", "--on", "2025-02-02")
    changed = sets(saved)
    out = saved("restore", DAY, "--replace")[1]
    assert sets(saved) == before
    words = out.partition("as it was before: stridelift ")[2].split()
    assert saved(*words)[0] == 0
    assert sets(saved) == changed


def test_what_is_no_backup_or_makes_no_sense_is_refused_in_one_line(
    saved: Run, home: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"no zip")
    before = files(home)
    for words, code, said in [
        (("--preview",), 2, "needs a FILE or DATE"),
        (("--only", "2026-01-05"), 2, "needs a FILE or DATE"),
        ((DAY, "--only", "2026-01-05", "--replace"), 2, "give one of them"),
        (("2026-11-28",), 1, "no backup of 2026-11-28"),
        ((str(bad),), 1, "cannot be used as a backup"),
        ((str(tmp_path / "none.zip"),), 1, "none.zip"),
    ]:
        got, out, err = saved("restore", *words)
        assert (got, out) == (code, "")
        assert said in err
        assert err.count("\n") == 1
    assert files(home) == before


def test_while_another_writes_only_the_preview_is_allowed(saved: Run, home: Path) -> None:
    lock = WriterLock(Paths(home))
    assert lock.acquire()
    assert saved("restore", DAY, "--preview")[0] == 0
    code, out, err = saved("restore", DAY)
    lock.release()
    assert (code, out) == (1, "")
    assert "has this log open" in err


# --- taking back ----------------------------------------------------------------------------------


def test_log_undo_says_what_it_takes_back(run: Run, home: Path) -> None:
    run("log", "back-squat", "3x8 60kg rir3")
    run("log", "deadlift", "2x5 80kg", "--on", "2026-01-05")
    assert run("log", "--undo") == (0, "Taken back: Mon 2026-01-05  Deadlift: 2x5 80kg\n", "")
    assert sets(run) == {DAY: 3}
    assert run("log", "--undo")[1] == f"Taken back: Sun {DAY}  Back Squat: 3x8 60kg rir3\n"
    assert run("history")[1] == "History\nNothing is logged yet.\n"
    code, out, err = run("log", "--undo")
    assert (code, out) == (1, "")
    assert "there is no log left to undo" in err
    shutil.rmtree(home / "cache")
    assert run("log", "--undo")[0] == 1


def test_what_is_taken_back_stays_so_when_its_session_comes_back(run: Run) -> None:
    run("log", "back-squat", "3x8 60kg rir3")
    run("log", "--undo")
    run("log", "back-squat", "1x8 60kg")
    session = id_of(run, DAY)
    run("session", "delete", session)
    out = run("log", "--undo")[1]
    assert "Taken back" in out
    run("session", "restore", session)
    assert sets(run) == {}


@pytest.mark.parametrize(
    "words", [("log",), ("log", "back-squat"), ("log", "--undo", "back-squat"), ("import",)]
)
def test_undo_stands_alone_and_all_else_needs_its_words(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_import_undo_says_how_much(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = {"date": "2026-01-05", "exercise": "back-squat", "set": 1, "reps": 5}
    path.write_text(json.dumps(line) + "\n")
    run("log", "back-squat", "3x8 60kg")
    run("import", str(path))
    assert run("import", "--undo", "--dry-run")[0] == 2
    code, out, err = run("import", "--undo")
    assert (code, err) == (0, "")
    assert out.startswith(f"The import of {DAY} is taken back: 1 side of a set deleted\n")
    assert sets(run) == {DAY: 3}
    assert run("import", "--undo")[0] == 1
    run("import", str(path))
    assert sets(run) == {DAY: 3}, "as was said"


# --- a clock that is set back -----------------------------------------------------------------


@pytest.mark.parametrize("hours", [-9000, -1, 0, 1, 9000])
def test_a_clock_that_jumps_between_two_of_them_costs_nothing(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    now = [datetime(2026, 11, 2, 12, tzinfo=UTC)]
    monkeypatch.setattr(bootstrap, "make_clock", lambda _=None: lambda: now[0])

    def run(*args: str) -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(home)])
        now[0] += timedelta(hours=hours)
        said = capsys.readouterr()
        assert code == 0, said.err
        return code, said.out, said.err

    def log(words: str) -> None:
        run("log", "deadlift", words, "--on", "2001-03-01")

    log("2x5 80kg")
    assert sets(run) == {"2001-03-01": 2}
    run("session", "date", "2001-03-01", "2000-12-31")
    assert sets(run) == {"2000-12-31": 2}
    run("session", "delete", "2000-12-31")
    assert sets(run) == {}
    run("session", "restore", "2000-12-31")
    assert sets(run) == {"2000-12-31": 2}
    saved = str(home.parent / "b.zip")
    run("backup", saved)
    log("1x5 90kg")
    assert sets(run) == {"2001-03-01": 1, "2000-12-31": 2}
    run("log", "--undo")
    assert sets(run) == {"2000-12-31": 2}
    log("1x6 90kg")
    run("session", "delete", "2000-12-31")
    run("restore", saved, "--only", "2000-12-31")
    assert sets(run) == {"2001-03-01": 1, "2000-12-31": 2}
    run("session", "delete", "2000-12-31")
    run("restore", saved)
    assert sets(run) == {"2001-03-01": 1}
    run("restore", saved, "--replace")
    assert sets(run) == {"2000-12-31": 2}
    run("log", "--undo")
    assert sets(run) == {"2000-12-31": 2}, "only what replacing had deleted was there to undo"
    log("1x7 90kg")
    assert sets(run) == {"2001-03-01": 1, "2000-12-31": 2}


def test_sets_are_counted_as_in_the_list_of_sessions(run: Run, home: Path) -> None:
    run("log", "glute-sling", "2x15/side")
    year = home / "log" / "2026.json"
    tables = json.loads(year.read_bytes())
    [session] = tables["sessions"].values()
    for row in session["entries"][0]["sets"][2:]:
        row |= {"undone": "time"}
    year.write_text(json.dumps(tables))
    run("log", "deadlift", "5 80kg", "--on", "2026-01-05")
    run("log", "--undo")
    assert run("session", "list")[1].endswith(", 1 set\n")
    assert ", 1 session, 1 set\n" in run("backup")[1]
    run("session", "delete", DAY)
    preview = run("restore", DAY, "--replace", "--preview")[1]
    assert preview.splitlines()[1] == "1 session comes back, 1 set"


def test_a_file_that_is_not_there_is_called_that(saved: Run, home: Path) -> None:
    code, out, err = saved("restore", "nosuch.zip")
    assert (code, out) == (1, "")
    assert err == (
        f"stridelift: {home / 'backups' / 'nosuch.zip'} is not there. stridelift backup list names "
        "those there are.\n"
    )


def test_when_a_backup_was_made_is_said_as_on_the_clock(saved: Run) -> None:
    first = saved("restore", DAY, "--preview")[1].splitlines()[0]
    assert re.fullmatch(rf"stridelift-{DAY}T\d{{6}}\.zip, made Sun {DAY} \d\d:\d\d", first)


def test_a_day_means_its_newest_backup_that_is_whole(saved: Run, home: Path) -> None:
    [good] = (home / "backups").iterdir()
    good.rename(good.with_name(f"stridelift-{DAY}T000001.zip"))
    (home / "log" / "2026.json").write_bytes(b"{")
    (home / "log" / "2026.json.bak").write_bytes(b"{")
    saved("backup")
    assert len(list((home / "backups").iterdir())) == 2
    out = saved("restore", DAY)[1]
    assert out.startswith(f"stridelift-{DAY}T000001.zip")
    assert sets(saved) == {DAY: 3, "2026-01-05": 2, "2025-01-05": 1}
