from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.conftest import Refuse, Unconfirmed
from tui.store.atomic import (
    all_or_nothing,
    backup_of,
    make_folder,
    set_aside,
    sweep,
    temp_of,
    write,
)
from tui.store.errors import NotSynced, StoreError


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.usefixtures("umask")
def test_files_and_new_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "log" / "2026.json"
    write(path, b"one")
    write(path, b"two")
    assert [mode(path), mode(backup_of(path))] == [0o600, 0o600]
    assert [mode(path.parent), mode(path.parent.parent)] == [0o700, 0o700]


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path)
    write(tmp_path / "a", b"")
    assert mode(tmp_path) == 0o755


def test_a_file_open_to_others_is_closed_with_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write(path, b"new")
    assert [mode(path), mode(backup_of(path))] == [0o600, 0o600]


def test_the_file_before_stays_as_its_backup_and_nothing_else_does(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for data in (b"one", b"two", b"three"):
        write(path, data)
    assert path.read_bytes() == b"three"
    assert backup_of(path).read_bytes() == b"two"
    assert names(tmp_path) == ["a", "a.bak"]


def test_bytes_are_on_disk_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write(path, b"one")
    steps: list[tuple[str, bytes]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        steps.append((kind, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", watched)
    write(path, b"two")
    assert steps == [("file", b"one"), ("folder", b"two")]


def test_a_killed_rename_that_left_one_file_with_two_names_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write(path, b"one")
    backup_of(path).hardlink_to(path)
    write(path, b"two")
    assert [path.read_bytes(), backup_of(path).read_bytes()] == [b"two", b"one"]
    assert names(tmp_path) == ["a", "a.bak"]


def test_without_hard_links_the_backup_is_a_copy(tmp_path: Path, refuse: Refuse) -> None:
    path = tmp_path / "a"
    write(path, b"one")
    refuse("link", errno.EPERM)
    write(path, b"two")
    assert backup_of(path).read_bytes() == b"one"
    assert mode(backup_of(path)) == 0o600


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.json"
    write(real, b"one")
    link = tmp_path / "link.json"
    link.symlink_to(real)
    write(link, b"two")
    assert link.is_symlink()
    assert real.read_bytes() == b"two"
    assert backup_of(link).read_bytes() == b"one"
    assert names(real.parent) == ["real.json", "real.json.bak"]


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ("replace", errno.EROFS, "read-only"),
        ("fsync", errno.ENOSPC, "full"),
        ("fsync", errno.EDQUOT, "used up"),
        ("open", errno.EACCES, "may not"),
        ("open", errno.ENAMETOOLONG, "too long"),
    ],
)
def test_a_disk_that_refuses_loses_nothing_and_is_named_in_one_line(
    tmp_path: Path, refuse: Refuse, call: str, code: int, words: str
) -> None:
    path = tmp_path / "2026.json"
    write(path, b"one")
    write(path, b"two")
    refuse(call, code)
    with pytest.raises(StoreError, match=words) as caught:
        write(path, b"three")
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"two"
    assert [name for name in names(tmp_path) if name.endswith("tmp")] == []


def test_a_name_that_the_disk_does_not_confirm_is_told_as_that(
    tmp_path: Path, unconfirmed: Unconfirmed
) -> None:
    path = tmp_path / "2026.json"
    write(path, b"one")
    unconfirmed()
    with pytest.raises(NotSynced) as caught:
        write(path, b"two")
    assert str(caught.value) == (
        f"{path}: the change is in the file, but the disk did not confirm it (EIO). Check the "
        "disk; copy your log to another one."
    )
    assert [path.read_bytes(), backup_of(path).read_bytes()] == [b"two", b"one"]
    assert names(tmp_path) == ["2026.json", "2026.json.bak"]


def test_bytes_that_the_disk_does_not_confirm_are_not_written(
    tmp_path: Path, refuse: Refuse
) -> None:
    path = tmp_path / "2026.json"
    write(path, b"one")
    refuse("fsync", errno.EIO)
    with pytest.raises(StoreError, match="could not be written: the disk reports") as caught:
        write(path, b"two")
    assert not isinstance(caught.value, NotSynced)
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["2026.json"]


def test_a_folder_that_the_disk_does_not_confirm_is_made_again(
    tmp_path: Path, unconfirmed: Unconfirmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data" / "log" / "2026.json"
    unconfirmed()
    with pytest.raises(StoreError, match="could not be written") as caught:
        write(path, b"one")
    assert not isinstance(caught.value, NotSynced)
    assert names(tmp_path) == []
    monkeypatch.undo()
    write(path, b"one")
    assert path.read_bytes() == b"one"


def test_a_damaged_file_is_set_aside_whatever_the_disk_confirms(
    tmp_path: Path, unconfirmed: Unconfirmed
) -> None:
    (tmp_path / "a").write_bytes(b"one")
    unconfirmed()
    assert set_aside(tmp_path / "a").read_bytes() == b"one"


def test_a_full_disk_loses_nothing(full_disk: Path) -> None:
    path = full_disk / "2026.json"
    write(path, b"x" * 20_000)
    with pytest.raises(StoreError, match="the disk is full"):
        write(path, b"y" * 200_000)
    assert path.read_bytes() == b"x" * 20_000
    assert names(full_disk) == ["2026.json"]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where this user may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    try:
        made = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("no folder")
    with pytest.raises(StoreError, match="Move it away"):
        write(tmp_path / "log" / "2026.json", b"")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026.json").mkdir()
    with pytest.raises(StoreError, match=r"2026\.json could not be written"):
        write(tmp_path / "2026.json", b"")
    assert names(tmp_path) == ["2026.json"]


def test_damaged_files_are_numbered_and_none_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for data in (b"one", b"two"):
        path.write_bytes(data)
        set_aside(path)
    assert (tmp_path / "a.damaged-1").read_bytes() == b"one"
    assert (tmp_path / "a.damaged-2").read_bytes() == b"two"


def test_the_temps_of_dead_writers_are_swept_and_nothing_else(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    alive = os.getppid()
    mine = temp_of(tmp_path / "a").name
    for name in (
        f".2026.json.{gone.pid}.tmp",
        f".2026.json.bak.{gone.pid}.tmp",
        ".2026.json.9999999999.tmp",
        mine,
        f".2026.json.{alive}.tmp",
        "2026.json",
        "notes.tmp",
        ".hidden",
    ):
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    assert names(tmp_path) == sorted(
        [f".2026.json.{alive}.tmp", "2026.json", "notes.tmp", ".hidden"]
    )
    sweep(tmp_path / "nowhere")


def test_a_block_that_fails_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write(old, b"one")
    write(old, b"two")
    with pytest.raises(KeyboardInterrupt), all_or_nothing([old, new]):  # noqa: PT012  # all of it
        write(old, b"three")
        write(new, b"three")
        write(old, b"four")
        raise KeyboardInterrupt
    assert [old.read_bytes(), backup_of(old).read_bytes()] == [b"two", b"one"]
    assert names(tmp_path) == ["old", "old.bak"]


def test_a_block_that_the_disk_does_not_confirm_leaves_its_writes(
    tmp_path: Path, unconfirmed: Unconfirmed
) -> None:
    path = tmp_path / "a"
    write(path, b"one")
    unconfirmed()
    with pytest.raises(NotSynced), all_or_nothing([path]):
        write(path, b"two")
    assert [path.read_bytes(), backup_of(path).read_bytes()] == [b"two", b"one"]
    assert names(tmp_path) == ["a", "a.bak"]


def test_a_block_that_ends_well_leaves_its_writes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write(path, b"one")
    with all_or_nothing([path]):
        write(path, b"two")
    assert [path.read_bytes(), backup_of(path).read_bytes()] == [b"two", b"one"]
    assert names(tmp_path) == ["a", "a.bak"]
