"""Files where the runner wants them: whole or not at all, and what is there already stays."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.conftest import Refuse
from tui.store.errors import StoreError
from tui.store.new_file import write_new


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=[0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize("over", [True, False])
def test_a_file_is_written_with_the_mode_of_any_new_file(
    tmp_path: Path, umask: int, over: bool
) -> None:
    path = tmp_path / "a.md"
    write_new(path, b"one", over=over)
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    assert names(tmp_path) == ["a.md"]


def test_what_is_there_is_replaced_or_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    with pytest.raises(StoreError, match=r"/a\.md is there already; name another$"):
        write_new(path, b"new", over=False)
    assert path.read_bytes() == b"old"
    write_new(path, b"new", over=True)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.md"]


def test_a_link_to_nowhere_has_its_name_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "gone")
    with pytest.raises(StoreError, match="is there already"):
        write_new(tmp_path / "a.md", b"new", over=False)
    assert names(tmp_path) == ["a.md"]


def test_a_file_that_comes_at_the_last_moment_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    fsync = os.fsync

    def late(handle: int) -> None:
        fsync(handle)
        path.write_bytes(b"another's")

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(StoreError, match="is there already"):
        write_new(path, b"new", over=False)
    assert path.read_bytes() == b"another's"
    assert names(tmp_path) == ["a.md"]


@pytest.mark.parametrize("over", [True, False])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_is_full_leaves_things_as_they_were(
    tmp_path: Path, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, call: str, over: bool
) -> None:
    path = tmp_path / "a.md"
    before = ["a.md"] if over else []
    if over:
        path.write_bytes(b"old")
    refuse(call, errno.ENOSPC)
    with pytest.raises(StoreError, match=r"a\.md could not be written: the disk is full; free"):
        write_new(path, b"new", over=over)
    monkeypatch.undo()
    assert names(tmp_path) == before
    assert not over or path.read_bytes() == b"old"


@pytest.mark.parametrize("over", [True, False])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder.md", "it is a folder; name a file in it"),
        ("none/a.md", "the folder {folder}/none is not there; make it, or name another file"),
        ("file/a.md", "{folder}/file is no folder; name another file"),
    ],
)
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str, words: str, over: bool) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError) as told:
        write_new(tmp_path / name, b"new", over=over)
    told_words = words.format(folder=tmp_path)
    assert str(told.value) == f"{tmp_path / name} could not be written: {told_words}"
    assert names(tmp_path) == ["file", "folder.md"]


def test_the_name_is_told_of_without_what_a_terminal_could_act_on(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        write_new(tmp_path / "\x1b]0;x\x07" / "a.md", b"", over=False)
    assert "\x1b" not in str(told.value)


def test_a_dead_writers_temp_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".a.md.{os.getpid()}.tmp").write_bytes(b"half")
    write_new(tmp_path / "a.md", b"new", over=False)
    assert names(tmp_path) == ["a.md"]


def test_a_pipe_takes_what_comes_but_is_no_new_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    with pytest.raises(StoreError, match="is there already"):
        write_new(pipe, b"new", over=False)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write_new(pipe, b"new", over=True)
    reader.join(20)
    assert heard == [b"new"]
    assert names(tmp_path) == ["pipe.md"]
