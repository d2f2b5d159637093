"""``stridelift backup``: what it saves, what it says of it, and how it says no."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.store.archive import read
from tui.store.lock import WriterLock
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def logged(run: Run) -> Run:
    run("log", "back-squat", "3x8 60kg rir3")
    return run


def test_a_backup_is_made_and_listed(logged: Run, home: Path) -> None:
    code, out, err = logged("backup")
    assert (code, err) == (0, "")
    [path] = (home / "backups").iterdir()
    assert re.fullmatch(r"stridelift-2026-11-29T\d{6}\.zip", path.name)
    assert out == f"{path}: 2 kB, 1 session, 3 sets\n"
    assert read(path).files == {"log/2026.json": (home / "log" / "2026.json").read_bytes()}
    assert logged("backup", "list") == (0, f"{path.name}  2 kB, 1 session, 3 sets\n", "")


def test_as_json_both_say_the_same(logged: Run, home: Path) -> None:
    made = json.loads(logged("backup", "--json")[1])
    [path] = (home / "backups").iterdir()
    assert made.pop("copy") is None
    assert made["path"] == str(path)
    assert made["size"] == path.stat().st_size
    assert (made["sessions"], made["sets"]) == (1, 3)
    assert made["years"] == {"2026": {"sessions": 1, "sets": 3}}
    assert json.loads(logged("backup", "list", "--json")[1]) == {"backups": [made]}


def test_a_file_is_written_but_never_over_another(logged: Run, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    assert logged("backup", str(path))[:2] == (0, f"{path}: 2 kB, 1 session, 3 sets\n")
    before = path.read_bytes()
    assert logged("backup", str(path)) == (
        1,
        "",
        f"stridelift: {path} is there already; name another\n",
    )
    assert path.read_bytes() == before
    code, out, err = logged("backup", str(tmp_path / "none" / "mine.zip"))
    assert (code, out) == (1, "")
    assert "is not there; make it, or name another file" in err
    assert not (home / "backups").exists()


def test_the_second_copy_is_told_of(logged: Run, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    logged("config", "set", "backup.to", str(disk))
    code, _, err = logged("backup")
    assert code == 0
    assert err.startswith(f"stridelift: note: the backup has no second copy: the folder {disk}")
    disk.mkdir()
    out = logged("backup")[1].splitlines()
    [copy] = disk.iterdir()
    assert out[1] == f"{copy}: the same"
    assert json.loads(logged("backup", "--json")[1])["copy"] is not None


def test_a_file_that_is_not_in_it_is_told_and_the_exit_code_says_so(
    logged: Run, home: Path
) -> None:
    (home / "log" / "2025.json").write_bytes(b'{"meta": {"schema_version": 999}}')
    code, out, err = logged("backup")
    assert code == 0
    assert "damaged: log/2025.json" in out
    assert "log/2025.json is damaged, or of a newer stridelift" in err
    (home / "live").mkdir()
    os.mkfifo(home / "live" / "a.b.jsonl")
    code, out, err = logged("backup")
    assert code == 1
    assert "without live/a.b.jsonl" in out
    assert "live/a.b.jsonl is NOT in the backup" in err


def test_a_damaged_backup_is_listed_as_such(logged: Run, home: Path) -> None:
    logged("backup")
    [path] = (home / "backups").iterdir()
    path.write_bytes(b"no zip")
    code, out, err = logged("backup", "list")
    assert (code, err) == (0, "")
    assert out.startswith(f"{path} cannot be used as a backup")
    [row] = json.loads(logged("backup", "list", "--json")[1])["backups"]
    assert row["size"] == 6
    assert "cannot be used" in row["problem"]


def test_a_list_of_none_makes_nothing(run: Run, home: Path) -> None:
    assert run("backup", "list") == (0, "No backups.\n", "")
    assert json.loads(run("backup", "list", "--json")[1]) == {"backups": []}
    assert not home.exists()


def test_without_a_log_there_is_nothing_to_back_up(run: Run, home: Path) -> None:
    code, out, err = run("backup")
    assert (code, out) == (1, "")
    assert "nothing to back up" in err
    assert not (home / "backups").exists()


def test_while_another_writes_it_is_refused(logged: Run, home: Path) -> None:
    lock = WriterLock(Paths(home))
    assert lock.acquire()
    code, out, err = logged("backup")
    lock.release()
    assert (code, out) == (1, "")
    assert "has this log open" in err
    assert not (home / "backups").exists()


def test_a_listed_name_cannot_act_on_the_terminal(logged: Run, tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;x\x07.zip"
    out = logged("backup", str(path))[1]
    assert path.exists()
    assert "\x1b" not in out
