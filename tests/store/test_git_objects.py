"""What is written in git's own forms is what git itself would write."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tui.store.errors import StoreError
from tui.store.git import Git, GitFailed
from tui.store.git_commit import commit, empty_id
from tui.store.git_heads import Head, heads_of, read_blobs
from tui.store.git_memory import NAME, Memory, recall, remember, state_of
from tui.store.git_names import PLAIN, RUN, File, Files, blob_id
from tui.store.git_objects import Objects, index_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="not run: no git")

LINK = "120000"
# Git sorts a folder as if its name ended in a slash, and by bytes.
PATHS = {
    "log/2026.json": PLAIN,
    "log-b": PLAIN,
    "log.txt": RUN,
    "log0": LINK,
    "a/b/c/deep": PLAIN,
    "a/b.c": PLAIN,
    "Ärger/Übung": PLAIN,
    "bytes-\udcff": PLAIN,
    'a "quote"\nand a line': PLAIN,
    f"long/{'x' * 250}/{'y' * 250}": PLAIN,
    **{f"sizes/{'n' * count}": PLAIN for count in range(1, 10)},
}


@pytest.fixture(params=["sha1", "sha256"])
def git(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    root = tmp_path / "data"
    how = ("-q", "-b", "main", f"--object-format={request.param}")
    subprocess.run(["git", "init", *how, str(root)], check=True)
    return Git(root, may_ask=False, patience_s=20)


def kept(git: Git, paths: dict[str, str] = PATHS) -> tuple[Files, dict[str, bytes]]:
    """Files by path, each with bytes of its own, and these by id."""
    like = empty_id(git)
    fresh = {blob_id(path.encode("utf-8", "replace"), like): path for path in paths}
    files = {path: File(paths[path], id_) for id_, path in fresh.items()}
    return files, {id_: path.encode("utf-8", "replace") for id_, path in fresh.items()}


def made(git: Git, *parents: str, paths: dict[str, str] = PATHS) -> str:
    """A commit on the branch, which is at the first of its parents."""
    files, fresh = kept(git, paths)
    heads = [Head(one, {}) for one in parents]
    return commit(git, next(iter(heads), None), heads, files, fresh, "Log on laptop")


def said(git: Git, *args: str) -> str:
    """What the runner's plain git says."""
    ran = subprocess.run(["git", *args], cwd=git.root, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode("utf-8", "surrogateescape") + ran.stderr.decode()


def test_git_reads_what_was_written_and_finds_nothing_wrong(git: Git) -> None:
    first = made(git)
    second = made(git, first, paths={**PATHS, "new": PLAIN})
    assert said(git, "rev-parse", "main", "main^").split() == [second, first]
    main, _ = heads_of(git)
    assert main == Head(second, kept(git, {**PATHS, "new": PLAIN})[0])
    assert said(git, "fsck", "--strict", "--no-dangling", "--no-progress") == ""
    assert said(git, "status", "--porcelain", "--untracked-files=no").splitlines() != []
    assert said(git, "diff", "--cached", "--name-only") == ""


def test_a_tree_and_an_index_are_those_that_git_makes(git: Git) -> None:
    made(git)
    files, _ = kept(git)
    lines = "".join(f"{file.mode} {file.id}\t{path}\0" for path, file in files.items())
    other = git.root / ".git" / "other"
    data = lines.encode("utf-8", "surrogateescape")
    git.run("update-index", "-z", "--index-info", data=data, index=other)
    assert index_of(files, empty_id(git)) == (git.root / ".git" / "index").read_bytes()
    assert git.run("ls-files", "-s", "-z", index=other) == git.run("ls-files", "-s", "-z")
    tree = git.run("write-tree", index=other).decode().strip()
    assert said(git, "rev-parse", "main^{tree}").strip() == tree


def test_a_commit_says_who_made_it_and_when(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.git_objects.time.time", lambda: 1_797_000_000.9)
    monkeypatch.setattr("tui.store.git_objects.time.strftime", lambda *_: "-0330")
    said(git, "config", "user.name", " <Anna> O'Neil, Jr. ")
    made(git)
    shown = said(git, "log", "-1", "--format=%an|%ae|%ad|%cn|%B", "--date=raw").strip()
    assert shown == (
        "Anna O'Neil, Jr|stridelift@localhost|1797000000 -0330|Anna O'Neil, Jr|Log on laptop"
    )


def test_the_branch_moves_only_from_where_it_was_read(git: Git) -> None:
    first = made(git)
    second = made(git, first, paths={"new": PLAIN})
    index = (git.root / ".git" / "index").read_bytes()
    with pytest.raises(GitFailed):
        made(git, first, paths={"newer": PLAIN})
    with pytest.raises(GitFailed):
        made(git, paths={"newer": PLAIN})
    assert said(git, "rev-parse", "main").strip() == second
    assert (git.root / ".git" / "index").read_bytes() == index


def test_a_blob_is_read_as_it_was_kept_or_by_git(git: Git) -> None:
    made(git)
    _, fresh = kept(git)
    assert read_blobs(git, fresh, 1000) == fresh
    calls = git.calls
    read_blobs(git, fresh, 1000)
    assert git.calls == calls
    said(git, "gc", "-q")
    assert read_blobs(git, fresh, 1000) == fresh
    assert git.calls == calls + 1


def test_an_object_that_is_not_what_it_should_be_is_none(git: Git) -> None:
    made(git)
    _, fresh = kept(git)
    [id_, other, *_] = fresh
    objects, folder = Objects(git.root / ".git", id_), git.root / ".git" / "objects"
    path = folder / id_[:2] / id_[2:]
    whole = path.read_bytes()
    assert objects.blob(id_, 1000) == fresh[id_]
    assert objects.blob(id_, 1) is None
    with pytest.raises(StoreError, match="too large"):
        read_blobs(git, [id_], 1)
    path.write_bytes(whole[:-1])
    assert objects.blob(id_, 1000) is None
    path.write_bytes(b"nothing of git's")
    assert objects.blob(id_, 1000) is None
    path.unlink()
    os.mkfifo(path)
    assert objects.blob(id_, 1000) is None
    objects.put_blob(id_, fresh[id_])
    assert objects.blob(id_, 1000) == fresh[id_]
    tree = objects.put_tree({"a": File(PLAIN, other)})
    assert objects.blob(tree, 1000) is None


def test_what_a_kill_leaves_git_clears_away(git: Git) -> None:
    made(git)
    objects = git.root / ".git" / "objects"
    (objects / f"tmp_obj_{os.getpid()}").write_bytes(b"half")
    (objects / "tmp_obj_1").write_bytes(b"half")
    os.utime(objects / "tmp_obj_1", (1, 1))
    made(git, said(git, "rev-parse", "main").strip(), paths={"new": PLAIN})
    said(git, "gc", "-q")
    assert not [*objects.glob("tmp_*")]


def test_the_index_stays_where_git_is_writing_it(git: Git) -> None:
    first = made(git)
    index = git.root / ".git" / "index"
    before = index.read_bytes()
    index.with_name("index.lock").touch()
    made(git, first, paths={"new": PLAIN})
    assert index.read_bytes() == before


def test_objects_are_for_this_user_alone(git: Git) -> None:
    made(git)
    for path in (git.root / ".git" / "objects").glob("??/*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_memory_with_a_flipped_bit_is_none(git: Git) -> None:
    folder = git.root / ".git"
    files, _ = kept(git, {"log/2026.json": PLAIN})
    remember(git.root, made(git, paths={"log/2026.json": PLAIN}), files, state_of(folder))
    assert recall(folder).files == files
    data = (folder / NAME).read_bytes()
    id_ = re.search(rb"[0-9a-f]{40,}(?=\"])", data)
    assert id_ is not None
    (folder / NAME).write_bytes(data.replace(id_[0], bytes([*id_[0][:-1], id_[0][-1] ^ 1])))
    assert recall(folder) == Memory()


def test_a_name_that_is_no_text_is_not_remembered(git: Git) -> None:
    remember(git.root, made(git), kept(git)[0], state_of(git.root / ".git"))
    assert recall(git.root / ".git") == Memory()
