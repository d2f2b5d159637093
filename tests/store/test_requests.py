from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import ZONE
from tui.domain.model.text import clean
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.requests import Request, Requests, understood

NOW = datetime(2026, 11, 2, 18, 5, tzinfo=ZONE)
HOST = os.uname().nodename
# The parent of this process lives as long as we do.
ALIVE = os.getppid()


@pytest.fixture
def asked(paths: Paths) -> Requests:
    paths.root.mkdir(parents=True)
    return Requests(paths.write_request, now=lambda: NOW)


def of(pid: int, at: datetime = NOW, host: str = HOST, terminal: str = "/dev/pts/3") -> bytes:
    return orjson.dumps({"pid": pid, "host": host, "terminal": terminal, "at": at.isoformat()})


def test_a_request_stands_until_it_is_answered(paths: Paths, asked: Requests) -> None:
    made = asked.make()
    assert (made.pid, made.host, made.at) == (os.getpid(), HOST, NOW)
    assert asked.standing()
    assert asked.waiting() is None, "nobody answers a request of its own"
    assert paths.write_request.stat().st_mode & 0o777 == 0o600
    Requests(paths.write_request).answer()
    assert not asked.standing()
    assert list(paths.root.iterdir()) == []


def test_the_process_that_is_asked_knows_by_whom(paths: Paths, asked: Requests) -> None:
    paths.write_request.write_bytes(of(ALIVE))
    assert asked.waiting() == Request(ALIVE, HOST, "/dev/pts/3", NOW)
    assert not asked.standing()
    asked.withdraw()
    assert asked.waiting(), "what another asks is not withdrawn"


def test_the_later_of_two_takes_the_place_of_the_earlier(paths: Paths, asked: Requests) -> None:
    asked.make()
    paths.write_request.write_bytes(of(ALIVE))
    assert not asked.standing()
    asked.make()
    assert asked.standing()
    asked.withdraw()
    assert not paths.write_request.exists()


@pytest.mark.parametrize("seconds", [-11, 11])
def test_one_that_was_left_behind_is_swept(paths: Paths, asked: Requests, seconds: float) -> None:
    paths.write_request.write_bytes(of(ALIVE, NOW + timedelta(seconds=seconds * 9 / 11)))
    assert asked.waiting()
    paths.write_request.write_bytes(of(ALIVE, NOW + timedelta(seconds=seconds)))
    assert asked.waiting() is None
    assert not paths.write_request.exists()


def test_one_of_a_dead_process_is_swept_unless_of_another_machine(
    paths: Paths, asked: Requests
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    paths.write_request.write_bytes(of(ended.pid, host="elsewhere"))
    assert asked.waiting()
    paths.write_request.write_bytes(of(ended.pid))
    assert asked.waiting() is None
    assert not paths.write_request.exists()


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff",
        b"[1]",
        b"7",
        b"{}",
        of(0),
        of(-9),
        of(7, host=""),
        of(7, host="h" * 256),
        of(7, terminal="t" * 256),
        of(7).replace(b"7", b"true", 1),
        of(7).replace(b"+01:00", b""),
        of(7).replace(b'"2026', b'"x'),
        b"[" * 4000,
    ],
)
def test_one_that_is_not_well_formed_is_not_believed(
    paths: Paths, asked: Requests, told: bytes
) -> None:
    paths.write_request.write_bytes(told)
    assert asked.waiting() is None
    assert not paths.write_request.exists()


@pytest.mark.parametrize(
    "harm", [Path.mkdir, os.mkfifo, lambda path: path.write_bytes(b" " * 9999)]
)
def test_what_cannot_be_one_is_left_and_does_not_hang(
    paths: Paths, asked: Requests, harm: object
) -> None:
    harm(paths.write_request)  # type: ignore[operator]  # each takes a path
    assert asked.waiting() is None
    assert not asked.standing()
    assert paths.write_request.exists()


PIDS = st.integers(-(1 << 63), (1 << 64) - 1)


@given(st.binary(max_size=200) | st.builds(of, PIDS, host=st.text(), terminal=st.text()))
def test_whatever_it_holds_is_understood_or_not_and_shown_safely(told: bytes) -> None:
    request = understood(told)
    if request is not None:
        assert clean(request.place()) == request.place()
        assert len(request.place()) <= 82


def test_where_it_was_asked() -> None:
    assert Request(7, HOST, "/dev/pts/3", NOW).place() == "pts/3"
    assert Request(7, "server", "/dev/pts/3", NOW).place() == "server, pts/3"
    assert Request(7, HOST, "", NOW).place() == "another window"


def test_a_disk_that_refuses_is_told_and_nothing_is_left(
    paths: Paths, asked: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(StoreError, match=r"write\.request"):
        asked.make()
    assert list(paths.root.iterdir()) == []
