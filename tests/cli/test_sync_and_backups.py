"""A backup holds nothing of git, and what is restored on one machine is so on the others."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main
from tui.store.paths import Paths

Run = Callable[..., str]


@pytest.fixture
def machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on a machine, by its name, and returns what it says."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setattr("tui.app.sync_by_itself.start_sync", lambda _: None)

    def run(name: str, *args: str) -> str:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / name / "state"))
        assert main([*args, "--data-dir", str(tmp_path / name / "data")]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def synced(machine: Run, tmp_path: Path) -> Run:
    """Two machines with one session of a past day."""
    from subprocess import run

    home = str(tmp_path / "log.git")
    run(["git", "init", "-q", "--bare", "-b", "main", home], check=True)
    machine("laptop", "log", "back-squat", "3x8 60kg", "--on", "2026-11-02")
    for name in ("laptop", "server"):
        machine(name, "sync", "--to", home)
    return machine


def listed(machine: Run, name: str) -> dict[str, int]:
    """The sets of each session that a machine shows, by day."""
    found = json.loads(machine(name, "session", "list", "--json"))["sessions"]
    return {one["date"]: one["sets"] for one in found}


def files(tmp_path: Path, name: str) -> dict[str, bytes]:
    paths = Paths(tmp_path / name / "data")
    return {path.name: path.read_bytes() for path in paths.log_dir.glob("????.json")}


def sync_all(machine: Run) -> None:
    for name in ("laptop", "server", "laptop"):
        machine(name, "sync")


def test_a_backup_and_a_second_copy_hold_nothing_of_git(synced: Run, tmp_path: Path) -> None:
    (tmp_path / "nas").mkdir()
    synced("laptop", "config", "set", "backup.to", str(tmp_path / "nas"))
    synced("laptop", "backup")
    backups = [*Paths(tmp_path / "laptop" / "data").backups_dir.glob("*.zip")]
    for path in (*backups, *(tmp_path / "nas").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if ".git" in name]
    assert len(backups) == len(list((tmp_path / "nas").iterdir())) == 1


def test_a_merge_of_a_synced_folder_takes_the_log_alone(synced: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "server" / "data", copy)
    synced("server", "log", "deadlift", "3x5 80kg", "--on", "2026-11-03")
    [(name, more)] = files(tmp_path, "server").items()
    (copy / ".git" / name).write_bytes(more)
    assert "nothing that you do not have" in synced("laptop", "merge", str(copy))
    assert listed(synced, "laptop") == {"2026-11-02": 3}


def test_what_is_restored_here_is_so_everywhere_after_a_sync(synced: Run, tmp_path: Path) -> None:
    synced("laptop", "backup")
    [backup] = Paths(tmp_path / "laptop" / "data").backups_dir.glob("*.zip")
    synced("server", "log", "back-squat", "2x5 70kg", "--on", "2026-11-02")
    synced("server", "log", "deadlift", "3x5 80kg", "--on", "2026-11-03")
    sync_all(synced)
    later = {"2026-11-02": 5, "2026-11-03": 3}
    assert listed(synced, "laptop") == listed(synced, "server") == later

    # It adds: what the backup does not have stays.
    synced("laptop", "restore", str(backup))
    sync_all(synced)
    assert listed(synced, "laptop") == listed(synced, "server") == later

    # What is deleted since comes back by name.
    synced("server", "session", "delete", "2026-11-02")
    sync_all(synced)
    assert listed(synced, "laptop") == {"2026-11-03": 3}

    synced("laptop", "restore", str(backup), "--replace")
    sync_all(synced)
    assert listed(synced, "laptop") == listed(synced, "server") == {"2026-11-02": 3}
    assert files(tmp_path, "laptop") == files(tmp_path, "server")
