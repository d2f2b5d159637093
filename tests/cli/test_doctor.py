"""``stridelift doctor``: what it prints, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.store.lock import WriterLock
from tui.store.paths import Paths

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(run: Run) -> Run:
    """Runs a command on a log at ``home`` that has a session and a backup."""
    run("log", "back-squat", "3x8 60kg rir3")
    run("backup")
    return run


def set_aside(home: Path) -> Path:
    """Something that can be mended."""
    path = home / "log" / "2026.json.damaged-1"
    path.write_bytes((home / "log" / "2026.json").read_bytes())
    path.chmod(0o600)
    return path


def test_a_log_that_is_well(run: Run, home: Path) -> None:
    assert run("doctor") == (0, f"{home}: all is well.\n", "")
    assert run("doctor", "--repair") == (0, f"{home}: all is well.\n", "")


def test_a_finding_says_what_where_and_what_repair_does(run: Run, home: Path) -> None:
    set_aside(home)
    told = "log/2026.json.damaged-1: is a damaged file that was set aside: nothing is missing"
    code, out, err = run("doctor")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{told} [--repair moves it to merged/]",
        "1 problem found; stridelift doctor --repair mends 1.",
    ]
    code, out, err = run("doctor", "--repair")
    assert (code, err) == (0, "")
    backed_up, mended, well = out.splitlines()
    assert backed_up.startswith(f"Backed up to {home / 'backups' / 'stridelift-2026-11-29T'}")
    assert (mended, well) == (f"mended: {told} [moves it to merged/]", f"{home}: all is well.")
    assert len(list((home / "merged").iterdir())) == 1


def test_what_only_the_runner_can_mend_stays(run: Run, home: Path) -> None:
    (home / "library.json").write_text("{")
    (home / "library.json").chmod(0o600)
    code, out, _ = run("doctor", "--repair")
    assert code == 1
    assert "library.json: " in out
    assert out.endswith("1 problem found.\n")


def test_as_json(run: Run, home: Path) -> None:
    assert json.loads(run("doctor", "--json")[1]) == {
        "well": True,
        "findings": [],
        "mended": [],
        "backup": None,
        "notes": [],
    }
    set_aside(home)
    code, out, _ = run("doctor", "--json")
    assert code == 1
    [finding] = json.loads(out)["findings"]
    assert finding | {"words": ""} == {
        "code": "aside",
        "where": "log/2026.json.damaged-1",
        "ids": [],
        "words": "",
        "todo": "",
        "repair": "moves it to merged/",
        "note": False,
    }
    done = json.loads(run("doctor", "--repair", "--json")[1])
    assert (done["well"], done["findings"], done["mended"]) == (True, [], [finding])
    assert Path(done["backup"]).exists()


def test_it_looks_while_another_writes_and_repairs_only_after(
    run: Run, home: Path, waits: list[float]
) -> None:
    path = set_aside(home)
    lock = WriterLock(Paths(home))
    assert lock.acquire()
    assert run("doctor")[0] == 1
    assert not waits
    code, out, err = run("doctor", "--repair")
    assert (code, out) == (1, "")
    assert "has this log open" in err
    assert sum(waits) == pytest.approx(2)
    assert path.exists()
    lock.release()
    assert run("doctor", "--repair")[0] == 0


def test_hostile_names_do_no_harm(run: Run, home: Path) -> None:
    path = home / "log" / "2026.json\x1b[31m.json.damaged-1"
    path.write_bytes(b"{")
    path.chmod(0o600)
    code, out, _ = run("doctor")
    assert code == 1
    assert "\x1b" not in out


@pytest.mark.parametrize("link", ["home", "home/log"])
def test_a_link_to_a_disk_that_is_not_mounted_is_no_empty_log(
    run: Run, home: Path, tmp_path: Path, link: str
) -> None:
    run("doctor", "--repair")
    there = home if link == "home" else home / "log"
    there.rename(tmp_path / "mounted")
    there.symlink_to(tmp_path / "unmounted")
    told = f"{there} is a link to what is not there"
    code, out, _ = run("doctor")
    assert (code, f"{told}; mount its disk" in out) == (1, True)
    assert told in run("history")[2]
    for command in (("log", "back-squat", "3x8"), ("backup",), ("doctor", "--repair")):
        code, out, err = run(*command)
        assert (code, told in out + err) == (1, True)
    assert not (tmp_path / "unmounted").exists()
