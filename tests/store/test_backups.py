"""Backups on the disk: read back before they get their name, kept and dropped by their names."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.conftest import Refuse
from tests.store.examples import a_session
from tui.store.archive import pack, read
from tui.store.atomic import make_folder, sweep, temp_of
from tui.store.backups import (
    KEPT,
    NAME,
    Packed,
    drop_copies,
    gather,
    listed,
    made_on,
    name_of,
    outlived,
    packed,
    prune,
    save,
    save_copy,
    save_in,
)
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.repository import Repository

REPOSITORY = Path(__file__).parents[2]
MADE = datetime(2026, 11, 29, 18, 15, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def filled(paths: Paths, repository: Repository) -> Paths:
    repository.put_many([a_session("A", 2025), a_session("B", 2026)], [])
    paths.profile.write_bytes(b'{"settings": {}}')
    make_folder(paths.live_dir)
    (paths.live_dir / "01KB.laptop.jsonl").write_bytes(b'{"n": 1}\n')
    return paths


def made(paths: Paths, when: datetime = MADE) -> Packed:
    return packed(gather(paths), when, "0.1.0")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


# --- what is gathered ---------------------------------------------------------------------------


def test_the_log_is_gathered_and_nothing_else(filled: Paths) -> None:
    make_folder(filled.cache_dir)
    for path in (
        filled.lock,
        filled.log_dir / "2026.json.bak",
        filled.log_dir / "2026.json.damaged-1",
        filled.log_dir / ".2026.json.1.tmp",
        filled.cache_dir / "a.fold",
        filled.root / "notes.txt",
    ):
        path.write_bytes(b"x")
    found = gather(filled)
    assert set(found.files) == {
        "log/2025.json",
        "log/2026.json",
        "profile.json",
        "live/01KB.laptop.jsonl",
    }
    assert found.files["log/2026.json"] == filled.year(2026).read_bytes()
    assert found.not_read == {}


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_kept(
    filled: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(filled.library)
    refuse("open", errno.EIO, "2025.json")
    found = gather(filled)
    monkeypatch.undo()
    assert {name: why.split(": ")[1] for name, why in found.not_read.items()} == {
        "log/2025.json": "the disk reports an error. Check the disk; copy your log to another one.",
        "library.json": "a pipe stands where the file should be. Move it away.",
    }
    path = save_in(filled.backups_dir, packed(found, MADE, "0.1.0"), MADE)
    assert set(read(path).files) == {"log/2026.json", "profile.json", "live/01KB.laptop.jsonl"}
    assert read(path).manifest.not_read == found.not_read


def test_an_empty_folder_makes_no_backup(paths: Paths) -> None:
    with pytest.raises(StoreError, match="nothing to back up"):
        gather(paths)
    assert not paths.root.exists()


def test_more_than_can_be_read_again_is_refused_before_it_is_written(
    filled: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(map(len, gather(filled).files.values()))
    monkeypatch.setattr("tui.store.backups.MOST_BYTES", size)
    gather(filled)
    monkeypatch.setattr("tui.store.backups.MOST_BYTES", size - 1)
    with pytest.raises(StoreError, match="is larger than a backup may be"):
        gather(filled)


def test_a_folder_that_cannot_be_read_is_an_error(filled: Paths, refuse: Refuse) -> None:
    refuse("listdir", errno.EIO, "/log")
    with pytest.raises(StoreError, match="the disk reports an error"):
        gather(filled)


# --- writing ------------------------------------------------------------------------------------


def test_a_backup_is_named_by_its_local_time_and_for_its_owner_alone(filled: Paths) -> None:
    before = os.umask(0)
    try:
        path = save_in(filled.backups_dir, made(filled), MADE)
    finally:
        os.umask(before)
    assert path == filled.backups_dir / "stridelift-2026-11-29T181500.zip"
    assert [mode(path), mode(path.parent)] == [0o600, 0o700]
    assert names(path.parent) == [path.name]
    assert read(path).files == gather(filled).files


def test_a_second_one_in_the_same_second_has_a_name_of_its_own(filled: Paths) -> None:
    first = save_in(filled.backups_dir, made(filled), MADE)
    before = first.read_bytes()
    second = save_in(filled.backups_dir, made(filled), MADE)
    assert second.name == "stridelift-2026-11-29T181501.zip"
    assert first.read_bytes() == before


@pytest.mark.parametrize("what", ["file", "link", "folder"])
def test_what_is_there_is_not_replaced(filled: Paths, tmp_path: Path, what: str) -> None:
    path = tmp_path / "mine.zip"
    if what == "file":
        path.write_bytes(b"mine")
    elif what == "link":
        path.symlink_to(tmp_path / "gone")
    else:
        path.mkdir()
    with pytest.raises(StoreError, match=r"mine\.zip is there already; name another$"):
        save(made(filled), path)
    assert names(tmp_path) == ["data", "mine.zip"]
    assert what != "file" or path.read_bytes() == b"mine"


@pytest.mark.parametrize("links", [True, False])
def test_what_comes_at_the_last_moment_is_not_replaced(
    filled: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuse: Refuse, links: bool
) -> None:
    path = tmp_path / "mine.zip"
    fsync = os.fsync

    def late(handle: int) -> None:
        fsync(handle)
        path.write_bytes(b"another's")

    monkeypatch.setattr(os, "fsync", late)
    if not links:
        refuse("link", errno.EPERM)
    with pytest.raises(StoreError, match="is there already"):
        save(made(filled), path)
    assert path.read_bytes() == b"another's"
    assert names(tmp_path) == ["data", "mine.zip"]


def test_a_memory_stick_without_hard_links_will_do(filled: Paths, refuse: Refuse) -> None:
    refuse("link", errno.EPERM)
    path = save_in(filled.backups_dir, made(filled), MADE)
    assert read(path).files == gather(filled).files
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("call", ["open", "fsync", "link"])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_disk_that_is_full_leaves_the_earlier_ones(
    filled: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, call: str, after: int
) -> None:
    first = save_in(filled.backups_dir, made(filled), MADE)
    backup = made(filled)
    if call == "link":
        # Then the rename is what fails.
        refuse("replace", errno.ENOSPC)
    refuse(call, errno.ENOSPC, after=after)
    later = MADE + timedelta(minutes=1)
    try:
        second = save_in(filled.backups_dir, backup, later)
    except StoreError as refused:
        told, left = str(refused), [first]
    else:
        told, left = "", [second, first]
    monkeypatch.undo()
    # Told where it failed, on one line; a call that comes more rarely than that did not fail.
    full = re.fullmatch(r".+ could not be written: the disk (is full|gave back).+", told)
    assert bool(full) is (left == [first])
    assert listed(filled.backups_dir) == left
    assert names(filled.backups_dir) == sorted(path.name for path in left)
    for path in left:
        assert read(path).files == gather(filled).files


@pytest.mark.parametrize("how", ["flipped", "short", "other files"])
def test_a_disk_that_gives_back_something_else_is_noticed(
    filled: Paths, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    backup = made(filled)
    sync = os.fsync
    other = gather(filled).files | {"profile.json": b'{"settings": {"unit": {}}}'}
    bytes_of = {
        "flipped": backup.data[:200] + bytes([backup.data[200] ^ 1]) + backup.data[201:],
        "short": backup.data[:-1],
        "other files": pack(other, packed(gather(filled)._replace(files=other), MADE, "").manifest),
    }

    def bad(handle: int) -> None:
        sync(handle)
        for temp in filled.backups_dir.glob(".*.tmp"):
            temp.write_bytes(bytes_of[how])

    monkeypatch.setattr(os, "fsync", bad)
    with pytest.raises(StoreError, match="the disk gave back something else"):
        save_in(filled.backups_dir, backup, MADE)
    assert names(filled.backups_dir) == []


def test_it_is_on_disk_before_it_has_its_name_and_the_name_before_it_returns(
    filled: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = made(filled)
    make_folder(filled.backups_dir)
    path = filled.backups_dir / name_of(MADE)
    steps: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        found = os.fstat(handle)
        kind = "folder" if stat.S_ISDIR(found.st_mode) else f"{found.st_size} bytes"
        steps.append((kind, path.exists()))

    monkeypatch.setattr(os, "fsync", watched)
    save(backup, path)
    assert steps == [(f"{len(backup.data)} bytes", False), ("folder", True)]


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from tui.store.backups import gather, packed, prune, save_in
from tui.store.paths import Paths

paths, made, step = Paths(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
backup = packed(gather(paths), made, "0.1.0")
done = 0

def counted(real):
    def call(*args, **options):
        global done
        done += 1
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)
    return call

for name in "open fsync fchmod link replace unlink mkdir chmod close posix_fadvise".split():
    setattr(os, name, counted(getattr(os, name)))
prune(paths.backups_dir, save_in(paths.backups_dir, backup, made))
"""


def test_a_kill_at_any_step_leaves_the_earlier_ones_whole(filled: Paths) -> None:
    first = MADE - timedelta(days=KEPT)
    for day in range(KEPT):
        save_in(filled.backups_dir, made(filled), first + timedelta(days=day))
    before = {path.name for path in listed(filled.backups_dir)}
    steps = 0
    while True:
        steps += 1
        args = [sys.executable, "-c", KILLED, str(filled.root), MADE.isoformat(), str(steps)]
        ended = subprocess.run(args, cwd=REPOSITORY, check=False, capture_output=True)
        there = {path.name for path in listed(filled.backups_dir)}
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        # The new one is there whole or not at all. The oldest goes only once it is there.
        assert before - there <= {name_of(first)}
        assert there - before <= {name_of(MADE)}
        assert len(there) >= KEPT
        for path in listed(filled.backups_dir):
            assert read(path).files == gather(filled).files
        sweep(filled.backups_dir)
        assert set(names(filled.backups_dir)) == there
        (filled.backups_dir / name_of(MADE)).unlink(missing_ok=True)
        if name_of(first) not in there:
            save_in(filled.backups_dir, made(filled), first)
    assert steps > 8
    assert there == (before | {name_of(MADE)}) - {name_of(first)}


# --- second copies ------------------------------------------------------------------------------


def test_a_second_copy_is_the_same_and_goes_with_the_first(filled: Paths, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    backup = made(filled)
    path = save_in(filled.backups_dir, backup, MADE)
    copy = save_copy(str(disk), path.name, backup)
    assert copy is not None
    assert copy.read_bytes() == path.read_bytes()
    (disk / "mine.zip").write_bytes(b"mine")
    drop_copies(str(disk), [path.name, "stridelift-2020-01-01T000000.zip"])
    assert names(disk) == ["mine.zip"]


@pytest.mark.parametrize("folder", ["{}/none", "{}/file", "~nobody-of-that-name/x"])
def test_a_folder_that_is_not_there_is_not_made(filled: Paths, tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert save_copy(folder.format(tmp_path), "x.zip", made(filled)) is None
    assert names(tmp_path) == ["data", "file"]


# --- which are kept -----------------------------------------------------------------------------


def test_only_plain_files_with_our_name_are_backups(paths: Paths) -> None:
    folder = paths.backups_dir
    assert listed(folder) == []
    make_folder(folder)
    good = name_of(MADE)
    (folder / good).write_bytes(b"")
    (folder / "stridelift-2026-11-28T181500.zip").symlink_to(folder / good)
    (folder / "stridelift-2026-11-27T181500.zip").mkdir()
    for name in ("mine.zip", f"{good}.bak", f".{good}.4.tmp", good.replace("0", "\u0660")):
        (folder / name).write_bytes(b"")
    assert listed(folder) == [folder / good]
    assert made_on(folder, date(2026, 11, 29))
    assert not made_on(folder, date(2026, 11, 28))


def test_the_last_ten_and_the_last_of_twelve_months_are_kept() -> None:
    days = [MADE - timedelta(days=n) for n in range(800)]
    kept = sorted({name_of(day) for day in days} - outlived(list(map(name_of, days))))
    months = sorted({name[11:18] for name in kept})
    assert len(kept) == 10 + 11
    assert kept[-10:] == sorted(map(name_of, days[:10]))
    assert months[0] == "2025-12" and len(months) == 12
    assert "stridelift-2025-12-31T181500.zip" in kept


@given(st.sets(st.datetimes(datetime(2020, 1, 1), datetime(2023, 1, 1)), max_size=60))  # noqa: DTZ001
def test_what_is_kept_is_little_and_has_the_newest(moments: set[datetime]) -> None:
    every = {name_of(moment) for moment in moments}
    kept = every - outlived(every)
    assert len(kept) <= 22
    assert kept >= set(sorted(every)[-10:])
    assert all(NAME.fullmatch(name) for name in every)
    assert not outlived(kept), "what is kept stays kept until there is a newer one"


def test_pruning_touches_nothing_but_old_backups(filled: Paths) -> None:
    folder = filled.backups_dir
    backup = made(filled)
    paths = [save_in(folder, backup, MADE - timedelta(days=n)) for n in range(14)]
    for name in ("mine.zip", "stridelift-2020-01-01T000000.zip.bak"):
        (folder / name).write_bytes(b"")
    # The last ten reach back to the 20th; none of another month.
    assert prune(folder, paths[0]) == sorted(path.name for path in paths[10:])
    assert listed(folder) == paths[:10]
    assert {"mine.zip", "stridelift-2020-01-01T000000.zip.bak"} <= set(names(folder))


def test_the_newest_stays_though_the_clock_was_ahead(filled: Paths) -> None:
    folder = filled.backups_dir
    for n in range(30):
        save_in(folder, made(filled), MADE + timedelta(days=3000 + n))
    newest = save_in(folder, made(filled), MADE)
    prune(folder, newest)
    assert newest.exists()


@pytest.mark.parametrize("later", ["damaged log", "unread", "flipped", "no zip"])
def test_the_only_good_one_is_never_dropped(filled: Paths, later: str) -> None:
    folder = filled.backups_dir
    good = save_in(folder, made(filled), MADE)
    before = good.read_bytes()
    sources = gather(filled)
    if later == "damaged log":
        sources.files["log/2025.json"] = b"{"
    elif later == "unread":
        sources.not_read["log/2025.json"] = "Input/output error"
    newest = good
    for n in range(1, 15):
        newest = save_in(folder, packed(sources, MADE, ""), MADE + timedelta(hours=n / 4))
        if later == "flipped":
            data = bytearray(newest.read_bytes())
            data[len(data) // 2] ^= 1
            newest.write_bytes(data)
        elif later == "no zip":
            newest.write_bytes(b"")
        prune(folder, newest)
    assert good.read_bytes() == before
    assert len(listed(folder)) == KEPT + 1


def test_without_a_good_one_nothing_is_dropped(filled: Paths) -> None:
    make_folder(filled.backups_dir)
    for n in range(20):
        (filled.backups_dir / name_of(MADE + timedelta(minutes=n))).write_bytes(b"")
    assert prune(filled.backups_dir, listed(filled.backups_dir)[0]) == []
    assert len(listed(filled.backups_dir)) == 20


def test_an_old_one_that_cannot_be_removed_is_told(filled: Paths, refuse: Refuse) -> None:
    backup = made(filled)
    for n in range(11):
        newest = save_in(filled.backups_dir, backup, MADE + timedelta(minutes=n))
    refuse("unlink", errno.EACCES)
    with pytest.raises(StoreError, match="could not be removed"):
        prune(filled.backups_dir, newest)


def test_a_temp_of_a_dead_writer_is_no_obstacle(filled: Paths) -> None:
    path = filled.backups_dir / name_of(MADE)
    make_folder(path.parent)
    temp_of(path).write_bytes(b"half")
    assert save_in(path.parent, made(filled), MADE) == path
    assert names(path.parent) == [path.name]
