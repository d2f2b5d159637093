from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest

from tests.store.conftest import Refuse
from tests.store.examples import ZONE
from tui.store.errors import StoreError
from tui.store.lock import WriterLock
from tui.store.paths import Paths

NOW = datetime(2026, 11, 2, 18, 5, tzinfo=ZONE)
HOLD = """
import sys
from pathlib import Path
from tui.store.lock import WriterLock
from tui.store.paths import Paths
lock = WriterLock(Paths(Path(sys.argv[1])))
print(lock.acquire(), flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock; it releases it at a line, and ends at the next."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paths.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert heard(process) == "True"
        yield process
        process.kill()


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
