"""What has the name of a file of ours but is none, or is far too large: refused at once."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.store.conftest import Refuse
from tests.store.examples import a_session
from tui import bootstrap
from tui.store import fold_cache, journal, journal_lines, lock, own_library, profile, table_file
from tui.store.atomic import all_or_nothing, backup_of, write
from tui.store.errors import StoreError, leads_nowhere
from tui.store.files import open_file, read_file
from tui.store.fold_cache import End, FoldCache
from tui.store.journal import Journal, journal_path
from tui.store.journal_lines import read
from tui.store.lock import WriterLock
from tui.store.paths import Paths
from tui.store.profile import ProfileStore
from tui.store.repository import Repository

KEY = bytes(32)
DAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
WORDS = {
    "folder": "a folder stands where the file should be. Move it away.",
    "pipe": "a pipe stands where the file should be. Move it away.",
    "socket": "a socket stands where the file should be. Move it away.",
    "device": "a device stands where the file should be. Move it away.",
}


@pytest.fixture(params=WORDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(autouse=True)
def never_waits() -> Iterator[None]:
    """End a test that waits for the other end of a pipe, by opening that; it then fails."""
    pipes: list[Path] = []
    real = os.mkfifo

    def noted(path: Path) -> None:
        real(path)
        pipes.append(path)

    waited = threading.Event()

    def rescue() -> None:
        waited.set()
        for path in pipes:
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))

    timer = threading.Timer(10, rescue)
    timer.daemon = True
    timer.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "mkfifo", noted)
        yield
    timer.cancel()
    assert not waited.is_set()


def lay(path: Path, kind: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket may only be short
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
        finally:
            os.chdir(here)
    return path


def still_there(path: Path, kind: str) -> bool:
    test = {"folder": Path.is_dir, "pipe": Path.is_fifo, "socket": Path.is_socket}
    return test[kind](path) if kind in test else path.is_char_device()


READERS: dict[str, tuple[Callable[[Paths], Path], Callable[[Paths], object]]] = {
    "a year": (lambda p: p.year(2026), lambda p: Repository(p, writable=True).sessions(2026)),
    "the copy of a year": (
        lambda p: backup_of(p.year(2026)),
        lambda p: Repository(p, writable=True).sessions(2026),
    ),
    "the profile": (
        lambda p: p.profile,
        lambda p: ProfileStore(p, writable=True).histories(),
    ),
    "the library": (lambda p: p.library, bootstrap.whole_library),
    "a journal that is read": (
        lambda p: journal_path(p, "S1"),
        lambda p: read(journal_path(p, "S1")),
    ),
    "a journal that goes on": (
        lambda p: journal_path(p, "S1"),
        lambda p: Journal.open(journal_path(p, "S1")),
    ),
    "the lock": (lambda p: p.lock, lambda p: WriterLock(p).acquire()),
}


def twice(path: Path) -> None:
    write(path, b"1")
    write(path, b"2")


WRITERS: dict[str, tuple[Callable[[Paths], Path], Callable[[Paths], object]]] = {
    "a year": (
        lambda p: p.year(2026),
        lambda p: Repository(p, writable=True).put_session(a_session()),
    ),
    "the profile": (
        lambda p: p.profile,
        lambda p: ProfileStore(p, writable=True).set("unit", "lb", DAY, NOW),
    ),
    "any file": (lambda p: p.library, lambda p: write(p.library, b"{}")),
    "the copy of any file": (
        lambda p: backup_of(p.library),
        lambda p: twice(p.library),
    ),
}


def inside(path: Path) -> None:
    with all_or_nothing([path]):
        raise AssertionError("it must not begin")


@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_refused_in_one_line_and_left(
    paths: Paths, reader: str, kind: str
) -> None:
    place, read = READERS[reader]
    path = lay(place(paths), kind)
    with pytest.raises(StoreError) as caught:
        read(paths)
    assert str(caught.value).startswith(f"{path} could not be ")
    assert str(caught.value).endswith(WORDS[kind])
    assert still_there(path, kind)


@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_no_file_is_not_written_to_or_replaced(
    paths: Paths, writer: str, kind: str
) -> None:
    place, put = WRITERS[writer]
    path = lay(place(paths), kind)
    with pytest.raises(StoreError, match=r"stands where the file should be"):
        put(paths)
    assert still_there(path, kind)
    assert not [one for one in path.parent.iterdir() if one.name.endswith(".tmp")]


def test_nothing_begins_where_something_else_stands(paths: Paths, kind: str) -> None:
    path = lay(paths.year(2026), kind)
    with pytest.raises(StoreError, match=r"stands where the file should be"):
        inside(path)
    assert still_there(path, kind)


def test_what_stands_in_the_place_of_a_cache_is_passed_over(paths: Paths, kind: str) -> None:
    path = lay(paths.cache_dir / f"{KEY.hex()}.fold", kind)
    cache = FoldCache(paths)
    assert cache.load(KEY) is None
    cache.keep({KEY: End()})
    assert still_there(path, kind)


def test_a_pipe_in_the_place_of_a_journal_under_way_is_set_aside(paths: Paths) -> None:
    going = Journal.create(paths, "S1")
    going.append({"e": "start"})
    going.path.unlink()
    os.mkfifo(going.path)
    going.append({"e": "log"})
    assert [event["n"] for event in read(going.path).events] == [1, 2]


def test_a_pipe_put_there_after_the_first_look_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = lay(tmp_path / "pipe", "pipe")
    real = os.open
    (tmp_path / "a").write_bytes(b"")
    monkeypatch.setattr(os, "open", lambda _, *rest: real(pipe, *rest))
    with pytest.raises(StoreError, match="a pipe stands"):
        open_file(tmp_path / "a", os.O_RDONLY, "read")


@pytest.mark.parametrize(
    ("reader", "most"),
    [
        ("a year", table_file.MOST_BYTES),
        ("the copy of a year", table_file.MOST_BYTES),
        ("the profile", profile.MOST_BYTES),
        ("the library", own_library.MOST_BYTES),
        ("a journal that is read", journal_lines.MOST_BYTES),
        ("a journal that goes on", journal_lines.MOST_BYTES),
    ],
)
def test_what_is_far_too_large_is_not_read(paths: Paths, reader: str, most: int) -> None:
    place, read = READERS[reader]
    path = place(paths)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(most + 1)
    with pytest.raises(StoreError, match=rf"{most + 1:,} bytes are more than the {most:,}"):
        read(paths)
    assert path.stat().st_size == most + 1


def test_a_cache_or_lock_that_is_far_too_large_is_passed_over(paths: Paths) -> None:
    for path, most in (
        (paths.cache_dir / f"{KEY.hex()}.fold", fold_cache.MOST_BYTES),
        (paths.lock, lock.MOST_BYTES),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(most + 1)
    assert FoldCache(paths).load(KEY) is None
    assert WriterLock(paths).holder() == "another process"


def test_nothing_is_written_that_could_not_be_read_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(paths, writable=True)
    repository.put_session(a_session())
    before = paths.year(2026).read_bytes()
    small = ProfileStore(paths, writable=True)
    going = Journal.create(paths, "S1")
    going.append({"e": "start"})
    monkeypatch.setattr(journal, "MOST_BYTES", 50)
    with pytest.raises(StoreError, match="could not be written"):
        small.set("unit", "x" * profile.MOST_BYTES, DAY, NOW)
    with pytest.raises(StoreError, match="could not be written"):
        going.append({"e": "x" * 50})
    with pytest.raises(StoreError, match="could not be written"):
        repository.put_session(a_session("S2", note="x" * table_file.MOST_BYTES))
    assert paths.year(2026).read_bytes() == before
    assert not paths.profile.exists()
    assert len(read(going.path).events) == 1
    assert [one.id for one in repository.sessions(2026)] == [a_session().id]


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to("real")
    found = read_file(tmp_path / "link", 3)
    assert found is not None
    assert found[1] == b"one"
    assert read_file(tmp_path / "none", 3) is None


@pytest.mark.parametrize(
    "value",
    [
        *(b"[" * depth + b"]" * depth for depth in (1_000, 1_024, 5_000, 100_000)),
        *(b'{"a":' * depth + b"1" + b"}" * depth for depth in (1_000, 5_000)),
        *(b"9" * digits for digits in (400, 5_000)),
        b"1e400",
        b"NaN",
    ],
    ids=lambda value: f"{value[:5].decode()}-{len(value)}",
)
def test_json_that_is_deep_or_has_giant_numbers_is_damage_or_a_refusal(
    paths: Paths, value: bytes
) -> None:
    def told(read: Callable[[], object]) -> None:
        with suppress(StoreError):
            read()

    for path, text in (
        (paths.year(2026), b'{"meta": {"x": %s}, "sessions": {"S1": {"x": %s}}}' % (value, value)),
        (paths.profile, b'{"settings": {"unit": {"value": %s}}}' % value),
        (paths.library, b'{"schema_version": %s, "exercises": [%s]}' % (value, value)),
        (journal_path(paths, "S1"), b'{"e": %s}\n{"e": "start"}\n{"e": "log"}\n' % value),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    told(lambda: Repository(paths, writable=False).sessions(2026))
    told(lambda: Repository(paths, writable=True).put_session(a_session()))
    told(lambda: ProfileStore(paths, writable=False).histories())
    told(lambda: ProfileStore(paths, writable=True).set("level", "beginner", DAY, NOW))
    told(lambda: bootstrap.whole_library(paths))
    told(lambda: Journal.open(journal_path(paths, "S1")))


@pytest.mark.parametrize("link", ["data", "data/log", "data/log/2026.json"])
def test_a_link_to_what_is_not_there_is_no_missing_file(tmp_path: Path, link: str) -> None:
    path = tmp_path / "data" / "log" / "2026.json"
    (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / link).symlink_to(tmp_path / "unmounted")
    with pytest.raises(StoreError, match=f"{link} is a link to what is not there. Mount its disk"):
        read_file(path, 100)


def test_a_disk_that_does_not_let_us_look_for_a_link_says_that_there_is_no_file(
    paths: Paths, refuse: Refuse
) -> None:
    refuse("stat", errno.EIO, ending=str(paths.root))
    assert leads_nowhere(paths.profile) is None
    assert read_file(paths.profile, 1) is None
