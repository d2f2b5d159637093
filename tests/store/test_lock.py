from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import orjson
import pytest

from tests.store.conftest import Refuse
from tests.store.examples import ZONE
from tui.store.errors import FolderGone, StoreError
from tui.store.lock import WriterLock
from tui.store.paths import Paths

NOW = datetime(2026, 11, 2, 18, 5, tzinfo=ZONE)
HOLD = """
import fcntl, sys
from pathlib import Path
from tui.store.lock import WriterLock
from tui.store.paths import Paths
if "lying" in sys.argv:
    fcntl.flock = lambda *_: None
lock = WriterLock(Paths(Path(sys.argv[1])))
print(lock.acquire(), flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
sys.stdin.readline()
"""


@contextmanager
def holding(paths: Paths, *how: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paths.root), *how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert heard(process) == "True"
        yield process
        process.kill()


@pytest.fixture
def holder(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock; it releases it at a line, and ends at the next."""
    with holding(paths) as process:
        yield process


@pytest.fixture
def lying_holder(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """The same on a disk that lets everyone lock."""
    with holding(paths, "lying") as process:
        yield process


def lying(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that lets everyone lock, as some sshfs and NFS do."""
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)


def lockless(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has no locks, and says so."""

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_one_process_writes_and_the_other_is_told_who(
    paths: Paths, holder: subprocess.Popen[str]
) -> None:
    lock = WriterLock(paths)
    assert lock.acquire() is False
    assert lock.acquire() is False, "asking again does not disturb the holder"
    assert lock.holder().startswith(f"process {holder.pid} on {os.uname().nodename}")
    assert " since " in lock.holder()
    # Few words for the screen: no process, no time.
    assert lock.place().split(", ")[0] == os.uname().nodename
    assert "/dev/" not in lock.place()


def test_the_next_may_write_once_the_holder_lets_go(
    paths: Paths, holder: subprocess.Popen[str]
) -> None:
    lock = WriterLock(paths)
    assert lock.acquire() is False
    assert holder.stdin is not None
    print(file=holder.stdin, flush=True)
    assert heard(holder) == "released"
    assert lock.acquire() is True
    assert lock.holder().startswith(f"process {os.getpid()} ")
    lock.release()


def test_a_killed_holder_holds_nothing(paths: Paths, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    lock = WriterLock(paths)
    assert lock.acquire() is True
    lock.release()


def test_it_is_taken_once_and_given_back_once(paths: Paths) -> None:
    mine, other = WriterLock(paths), WriterLock(paths)
    assert [mine.acquire(), mine.acquire(), other.acquire()] == [True, True, False]
    mine.release()
    mine.release()
    assert other.acquire() is True
    assert mine.acquire() is False
    other.release()


def test_its_file_is_for_its_owner_alone(paths: Paths) -> None:
    before = os.umask(0)
    try:
        WriterLock(paths).acquire()
    finally:
        os.umask(before)
    assert paths.lock.stat().st_mode & 0o777 == 0o600
    assert paths.root.stat().st_mode & 0o777 == 0o700


def test_the_holder_in_words(paths: Paths) -> None:
    paths.root.mkdir()
    lock = WriterLock(paths, now=lambda: NOW + timedelta(hours=1))

    def words(info: object) -> str:
        paths.lock.write_bytes(orjson.dumps(info))
        return lock.holder()

    told = {"pid": 4242, "host": "laptop", "terminal": "", "since": NOW.isoformat()}
    assert words(told) == "process 4242 on laptop since 18:05"
    assert words({**told, "terminal": "/dev/pts/1"}) == (
        "process 4242 on laptop (/dev/pts/1) since 18:05"
    )
    yesterday = (NOW - timedelta(days=1)).isoformat()
    assert words({**told, "since": yesterday}).endswith("since 2026-11-01 18:05")
    assert words({**told, "since": "x"}) == "process 4242 on laptop"
    assert words({"pid": 7, "since": 7}) == "process 7"
    assert words([]) == "another process"


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", None])
def test_a_holder_that_says_nothing_is_another_process(paths: Paths, data: bytes | None) -> None:
    paths.root.mkdir()
    if data is not None:
        paths.lock.write_bytes(data)
    assert WriterLock(paths).holder() == "another process"


def test_what_a_lock_file_says_cannot_reach_the_terminal(paths: Paths) -> None:
    paths.root.mkdir()
    info = {"pid": "\x1b[2J" * 99, "host": "\x1b]0;x\x07" * 99, "terminal": "\u202e" * 99}
    paths.lock.write_bytes(orjson.dumps(info))
    words = WriterLock(paths).holder()
    assert words.isprintable()
    assert len(words) < 120


def test_a_folder_that_cannot_be_written_is_an_error_in_words(
    tmp_path: Path, refuse: Refuse
) -> None:
    refuse("open", errno.EROFS)
    lock = WriterLock(Paths(tmp_path))
    with pytest.raises(StoreError, match=r"writer\.lock could not be locked: the disk is read-on"):
        lock.acquire()


def test_a_lock_that_cannot_say_who_holds_it_is_not_held(
    paths: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse("pwrite", errno.ENOSPC)
    with pytest.raises(StoreError, match="full"):
        WriterLock(paths).acquire()
    monkeypatch.undo()
    lock = WriterLock(paths)
    assert lock.acquire() is True
    lock.release()


def test_nothing_of_a_dead_holders_longer_line_stays(paths: Paths) -> None:
    paths.root.mkdir(parents=True)
    paths.lock.write_bytes(orjson.dumps({"pid": 4242, "host": "h" * 500}) + b"\n")
    lock = WriterLock(paths)
    assert lock.acquire()
    assert orjson.loads(paths.lock.read_bytes())["pid"] == os.getpid()
    lock.release()


# --- a lock file that is removed or replaced ------------------------------------------------------


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"")
    other.replace(path)


@pytest.mark.parametrize("harm", [Path.unlink, replaced])
def test_a_lock_whose_file_went_is_taken_again(paths: Paths, harm: Callable[[Path], None]) -> None:
    lock = WriterLock(paths)
    assert lock.acquire()
    harm(paths.lock)
    assert lock.hold()
    assert WriterLock(paths).acquire() is False
    assert orjson.loads(paths.lock.read_bytes())["pid"] == os.getpid()
    lock.release()


@pytest.mark.parametrize("harm", [Path.unlink, replaced])
def test_one_that_took_the_lock_of_the_new_file_keeps_it(
    paths: Paths, harm: Callable[[Path], None]
) -> None:
    first, second = WriterLock(paths), WriterLock(paths)
    assert first.acquire()
    harm(paths.lock)
    assert second.acquire()
    assert [first.hold(), second.hold(), first.hold()] == [False, True, False]
    second.release()
    assert first.acquire()
    first.release()


def test_a_lock_that_cannot_be_taken_again_is_asked_for_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = WriterLock(paths)
    assert lock.acquire()
    paths.lock.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", full)
        with pytest.raises(StoreError, match="disk is full"):
            lock.hold()
    assert lock.hold()
    lock.release()


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("harm", [Path.unlink, replaced])
def test_a_file_that_goes_between_opening_and_locking_is_not_the_one_that_is_held(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None]
) -> None:
    real = fcntl.flock
    harms = iter([harm])

    def slow(handle: int, how: int) -> None:
        for once in harms:
            once(paths.lock)
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", slow)
    first, second = WriterLock(paths), WriterLock(paths)
    assert [first.acquire(), second.acquire()] == [True, False]
    assert first.hold()
    first.release()


def test_a_file_that_is_replaced_again_and_again_is_someone_elses(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def slow(handle: int, how: int) -> None:
        replaced(paths.lock)
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", slow)
    assert WriterLock(paths).acquire() is False


# --- a disk that does not lock --------------------------------------------------------------------

DISKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "lying": lying,
    **{
        errno.errorcode[code]: partial(lockless, code)
        for code in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
    },
}


def claim(paths: Paths) -> Path:
    return paths.root / "writer.claim"


def lay_claim(paths: Paths, info: object) -> bytes:
    paths.root.mkdir(exist_ok=True)
    claim(paths).write_bytes(orjson.dumps(info))
    return claim(paths).read_bytes()


@pytest.mark.parametrize("disk", DISKS)
def test_a_disk_that_does_not_lock_is_told_and_a_claim_stands_in(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, disk: str
) -> None:
    DISKS[disk](monkeypatch)
    lock = WriterLock(paths)
    assert lock.acquire()
    assert lock.notice.startswith(f"{paths.root}: this disk does not lock files.")
    assert orjson.loads(claim(paths).read_bytes())["pid"] == os.getpid()
    assert claim(paths).stat().st_mode & 0o777 == 0o600
    assert lock.hold()
    lock.release()
    assert lock.notice == ""
    assert not claim(paths).exists()
    assert lock.acquire()
    lock.release()


def test_a_disk_that_locks_has_no_claim_and_no_notice(paths: Paths) -> None:
    lock = WriterLock(paths)
    assert lock.acquire()
    assert lock.notice == ""
    assert [path.name for path in paths.root.iterdir()] == ["writer.lock"]
    lock.release()


@pytest.mark.parametrize("disk", DISKS)
def test_where_nothing_locks_the_second_is_kept_out_until_the_first_has_gone(
    paths: Paths,
    monkeypatch: pytest.MonkeyPatch,
    lying_holder: subprocess.Popen[str],
    disk: str,
) -> None:
    DISKS[disk](monkeypatch)
    lock = WriterLock(paths)
    assert lock.acquire() is False
    assert lock.notice == ""
    assert lock.holder().startswith(f"process {lying_holder.pid} on ")
    assert lock.holder().endswith("(if it is gone, remove writer.claim)")
    assert lying_holder.stdin is not None
    print(file=lying_holder.stdin, flush=True)
    assert heard(lying_holder) == "released"
    assert lock.acquire() is True
    lock.release()


def test_the_claim_of_a_killed_process_is_taken_over(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, lying_holder: subprocess.Popen[str]
) -> None:
    lying(monkeypatch)
    lying_holder.send_signal(signal.SIGKILL)
    lying_holder.wait()
    assert claim(paths).exists()
    lock = WriterLock(paths)
    assert lock.acquire() is True
    assert orjson.loads(claim(paths).read_bytes())["pid"] == os.getpid()
    lock.release()
    assert [path.name for path in paths.root.iterdir()] == ["writer.lock"]


@pytest.mark.parametrize(
    "info",
    [
        {"pid": 9999999, "host": "another machine"},
        {"pid": "9999999", "host": os.uname().nodename},
        {"host": os.uname().nodename},
        {},
        [],
    ],
)
def test_a_claim_of_which_nobody_knows_here_is_left(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, info: object
) -> None:
    lying(monkeypatch)
    before = lay_claim(paths, info)
    lock = WriterLock(paths)
    assert lock.acquire() is False
    assert "remove writer.claim" in lock.holder()
    assert claim(paths).read_bytes() == before


def test_a_claim_that_another_took_is_noticed_and_left(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying(monkeypatch)
    lock = WriterLock(paths)
    assert lock.acquire()
    theirs = lay_claim(paths, {"pid": os.getppid(), "host": os.uname().nodename})
    assert lock.hold() is False
    lock.release()
    assert claim(paths).read_bytes() == theirs


def test_a_claim_that_was_removed_is_made_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying(monkeypatch)
    lock = WriterLock(paths)
    assert lock.acquire()
    claim(paths).unlink()
    assert lock.hold()
    assert claim(paths).exists()
    lock.release()
    assert not claim(paths).exists()


def test_a_claim_whose_holder_could_not_be_named_is_taken_back(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying(monkeypatch)
    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(StoreError, match="disk is full"):
        WriterLock(paths).acquire()
    assert not claim(paths).exists()


def test_a_folder_that_was_gone_for_a_moment_keeps_its_lock(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, other = WriterLock(paths), WriterLock(paths)
    assert lock.acquire()
    stat, gone = Path.stat, [paths.lock]

    def once(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path in gone:
            gone.remove(path)
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", once)
    assert lock.hold() is True
    assert gone == []
    assert other.acquire() is False
    assert lock.hold() is True


def test_a_folder_that_goes_while_the_lock_is_taken_again_is_not_made_anew(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = WriterLock(paths)
    assert lock.acquire()
    stat, before = Path.stat, paths.root.stat()
    away = paths.root.with_name("away")

    def going(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == paths.root and not away.exists():
            paths.root.rename(away)
            return before
        return stat(path, follow_symlinks=follow_symlinks)

    paths.lock.unlink()
    monkeypatch.setattr(Path, "stat", going)
    with pytest.raises(FolderGone, match="NOT KEPT"):
        lock.hold()
    assert not paths.root.exists()
    monkeypatch.undo()
    away.rename(paths.root)
    assert lock.hold() is True
