"""The doctor on a repository: each thing that keeps sync from its work is found, and mended where
that is safe."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.app.doctor_folder import (
    NOW,
    a_doc,
    a_logbook,
    add_session,
    an_id,
    bytes_of,
    make_well,
    tables_of,
)
from tests.app.test_doctor import codes, faults, looked, repaired
from tui.app.doctor import git as checks
from tui.app.sync_others import FIXED
from tui.store.git import Git
from tui.store.paths import Paths

YEAR = "log/2026.json"


def git(paths: Paths, *args: str) -> str:
    """Run git as the runner might."""
    told = subprocess.run(
        ["git", "-C", str(paths.root), "-c", "user.name=A", "-c", "user.email=a@b", *args],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"},
    )
    return told.stdout.strip()


def commit(paths: Paths, message: str = "Log on laptop") -> None:
    git(paths, "add", "-A")
    git(paths, "commit", "-qm", message)


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is well, synced with a repository beside it."""
    tmp_path = tmp_path_factory.mktemp("synced")
    paths = Paths(tmp_path / "data")
    make_well(paths)
    git(paths, "init", "-q", "-b", "main")
    for name, data in FIXED.items():
        (paths.root / name).write_bytes(data)
    git(paths, "init", "-q", "--bare", "-b", "main", str(tmp_path / "log.git"))
    git(paths, "remote", "add", "home", str(tmp_path / "log.git"))
    commit(paths)
    git(paths, "push", "-q", "home", "main")
    git(paths, "fetch", "-q", "home")
    return paths.root


@pytest.fixture
def paths(synced: Path, tmp_path: Path) -> Paths:
    """One of these for each test."""
    return Paths(shutil.copytree(synced, tmp_path / "data", symlinks=True))


def test_one_that_is_well_has_no_findings(paths: Paths) -> None:
    before = bytes_of(paths.root)
    assert looked(paths) == []
    assert bytes_of(paths.root) == before


def test_a_folder_that_is_no_repository_runs_no_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Paths(tmp_path / "plain")
    make_well(plain)
    monkeypatch.setattr(checks, "Git", lambda *_, **__: pytest.fail("no git here"))
    assert looked(plain) == []


# -- what can be mended --------------------------------------------------------------------------


def leave_a_lock(paths: Paths) -> None:
    for name in ("index.lock", "refs/heads/main.lock"):
        path = paths.root / ".git" / name
        path.touch()
        os.utime(path, (NOW.timestamp() - 61, NOW.timestamp() - 61))


def keep_less(paths: Paths) -> None:
    (paths.root / ".gitignore").write_text("*\n!/log/\n!/notes.txt\n")


def merge_by_lines(paths: Paths) -> None:
    """Two machines each add a session; git makes one file of both, and loses one."""
    other, ours = a_doc(7), a_doc(8)
    git(paths, "checkout", "-q", "-b", "other")
    add_session(paths.year(2026), other)
    commit(paths, "Theirs")
    git(paths, "checkout", "-q", "main")
    add_session(paths.year(2026), ours)
    commit(paths, "Ours")
    mine = paths.year(2026).read_bytes()
    git(paths, "merge", "-q", "--no-commit", "-s", "ours", "other")
    # As git leaves it: other lines than either side had, with the hash of one.
    paths.year(2026).write_bytes(mine + b"\n")
    commit(paths, "Merge branch 'other'")
    paths.year(2026).write_bytes(mine)


def both_sides_are_there(paths: Paths) -> bool:
    return {an_id(7), an_id(8)} <= tables_of(paths.year(2026))["sessions"].keys()


def what_else_stood_there_stays(paths: Paths) -> bool:
    lines = (paths.root / ".gitignore").read_text().splitlines()
    return lines == [*FIXED[".gitignore"].decode().splitlines(), "!/notes.txt"]


class Case(NamedTuple):
    """A thing to make wrong: how, what it is called and where, and what holds once it is mended."""

    make: Callable[[Paths], object]
    code: str
    where: str
    holds: Callable[[Paths], bool]


CASES = {
    # First, as the lock keeps git out.
    "a merge by lines": Case(merge_by_lines, "git-merge", YEAR, both_sides_are_there),
    "a lock": Case(
        leave_a_lock,
        "git-lock",
        ".git/index.lock",
        lambda p: not [*(p.root / ".git").rglob("*.lock")],
    ),
    "a .gitignore with less": Case(
        keep_less, "git-files", ".gitignore", what_else_stood_there_stays
    ),
    "no .gitattributes": Case(
        lambda p: (p.root / ".gitattributes").unlink(),
        "git-files",
        ".gitattributes",
        lambda p: (p.root / ".gitattributes").read_bytes() == FIXED[".gitattributes"],
    ),
}


def test_each_is_found_and_mended_and_then_all_is_well(paths: Paths) -> None:
    for case in CASES.values():
        case.make(paths)
    found = {one.where: one for one in looked(paths)}
    for case in CASES.values():
        assert found[case.where].code == case.code
        assert found[case.where].repair
    done = repaired(paths)
    assert {found[case.where] for case in CASES.values()} <= {*done.mended}
    assert done.notes == ()
    assert faults(done.left) == []
    assert [name for name, case in CASES.items() if not case.holds(paths)] == []


def test_a_lock_is_left_while_a_git_is_at_work(paths: Paths) -> None:
    leave_a_lock(paths)
    with subprocess.Popen(
        ["git", "-C", str(paths.root), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as at_work:
        assert at_work.stdin is not None
        assert at_work.stdout is not None
        at_work.stdin.write(b"HEAD\n")
        at_work.stdin.flush()
        assert at_work.stdout.readline()
        assert "git-lock" not in codes(looked(paths))
        at_work.stdin.close()
        at_work.stdout.read()
    assert "git-lock" in codes(looked(paths))


def test_a_lock_of_this_minute_is_left(paths: Paths) -> None:
    leave_a_lock(paths)
    for name in ("index.lock", "refs/heads/main.lock"):
        os.utime(paths.root / ".git" / name, (NOW.timestamp() - 59, NOW.timestamp() - 59))
    assert looked(paths) == []


# -- what the runner does, or should know --------------------------------------------------------


def break_an_object(paths: Paths) -> None:
    blob = git(paths, "rev-parse", f"HEAD:{YEAR}")
    (paths.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


def begin_a_rebase(paths: Paths) -> None:
    (paths.root / ".git" / "rebase-merge").mkdir()


TO_DO = {
    "an object that is gone": (break_an_object, "git-damaged", "set sync up again: stridelift"),
    "a rebase": (begin_a_rebase, "git-under-way", "rebase"),
    "no git": (None, "git", "install it"),
}


@pytest.mark.parametrize(("make", "code", "words"), TO_DO.values(), ids=TO_DO)
def test_what_cannot_be_mended_is_named(
    paths: Paths,
    make: Callable[[Paths], object] | None,
    code: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    if make is None:
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    else:
        make(paths)
    [finding] = looked(paths)
    assert (finding.code, finding.repair, finding.note) == (code, "", False)
    assert words in f"{finding.words}; {finding.todo}"


def test_an_old_git_is_named(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: Git, *args: str, **__: object) -> bytes:
        return b"git version 2.17.1\n" if args == ("version",) else pytest.fail(str(args))

    monkeypatch.setattr(Git, "run", run)
    [finding] = looked(paths)
    assert finding.code == "git-old"
    assert "git version 2.17.1 is too old" in finding.words


def stop_a_merge(paths: Paths) -> None:
    (paths.root / ".git" / "MERGE_HEAD").write_text(git(paths, "rev-parse", "HEAD") + "\n")


def wait_to_be_sent(paths: Paths) -> None:
    for number in (7, 8):
        add_session(paths.year(2026), a_doc(number))
        commit(paths)


NOTES = {
    "no remote": (lambda p: git(p, "remote", "remove", "home"), "git-home", "not set up"),
    "a merge": (stop_a_merge, "git-merging", "half way"),
    "another branch": (lambda p: git(p, "checkout", "-qb", "trail"), "git-branch", "trail is"),
    "an old commit": (lambda p: git(p, "checkout", "-q", "--detach"), "git-branch", "goes back"),
    "unsent": (wait_to_be_sent, "git-unsent", "2 changes since"),
}


@pytest.mark.parametrize(("make", "code", "words"), NOTES.values(), ids=NOTES)
def test_what_is_good_to_know_is_no_fault(
    paths: Paths, make: Callable[[Paths], object], code: str, words: str
) -> None:
    make(paths)
    [finding] = looked(paths)
    assert (finding.code, finding.note) == (code, True)
    assert words in finding.words


def test_many_small_files_are_counted(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_LOOSE", 3)
    [finding] = looked(paths)
    assert (finding.code, finding.note) == ("git-loose", True)
    assert finding.todo == f"git -C {paths.root} gc"


def test_a_repository_elsewhere_is_only_named(tmp_path: Path) -> None:
    plain = Paths(tmp_path / "plain")
    make_well(plain)
    (plain.root / ".git").write_text("gitdir: /elsewhere\n")
    (plain.root / ".git").chmod(0o600)
    [finding] = looked(plain)
    assert (finding.code, finding.note) == ("git", True)


def test_syncthing_and_git_together_are_a_fault(paths: Paths) -> None:
    (paths.root / ".stfolder").mkdir()
    assert "two-carriers" in faults(looked(paths))
    book = a_logbook(paths)
    book.close()
