"""The index of the years' files: it saves reading them, and never says what is not so."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.store.conftest import Refuse
from tui.store import hash_index
from tui.store.files import Identity, read_file
from tui.store.hash_index import HashIndex
from tui.store.paths import Paths
from tui.store.program import Sources, program_hash, sources_now

YEARS = (2025, 2026)
FIRST, OTHER = b'{"a":1}', b'{"a":2}'
SECOND_NS = 1_000_000_000


@pytest.fixture
def log(paths: Paths) -> Paths:
    """A log of two years, whose contents nobody looks at here."""
    paths.log_dir.mkdir(parents=True)
    for year in YEARS:
        paths.year(year).write_bytes(FIRST)
    return paths


def after(paths: Paths, seconds: float) -> Callable[[], int]:
    """A clock that shows the time so long after the last change of the newest file."""
    found = [path.stat() for path in paths.log_dir.iterdir()]
    newest = max(max(one.st_mtime_ns, one.st_ctime_ns) for one in found)
    return lambda: newest + int(seconds * SECOND_NS)


def index(paths: Paths, seconds: float = 60) -> HashIndex:
    """As a process that starts then has it."""
    return HashIndex(paths, after(paths, seconds))


def asked(found: HashIndex) -> list[bytes | None]:
    """The hashes of all years, kept for the next process."""
    digests = [found.digest(year) for year in YEARS]
    found.keep(YEARS)
    return digests


def hashes(*contents: bytes) -> list[bytes]:
    return [sha256(data).digest() for data in contents]


@contextmanager
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the years' files that are read within the block."""
    read: list[str] = []
    real = read_file

    def spied(path: Path, most: int) -> tuple[Identity, bytes] | None:
        if path.suffix == ".json":
            read.append(path.name)
        return real(path, most)

    with monkeypatch.context() as patch:
        patch.setattr("tui.store.hash_index.read_file", spied)
        yield read


def rewrite(path: Path, data: bytes) -> None:
    """Write into a file until its ctime shows it: a disk counts time in steps of milliseconds."""
    before = path.stat().st_ctime_ns
    while path.stat().st_ctime_ns == before:
        path.write_bytes(data)


def test_the_next_process_reads_no_year_that_has_not_changed(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(monkeypatch) as read:
        assert asked(index(log)) == hashes(FIRST, FIRST)
        assert read == ["2025.json", "2026.json"]
        assert asked(index(log)) == hashes(FIRST, FIRST)
        assert read == ["2025.json", "2026.json"]


def test_it_is_for_this_user_alone_and_is_written_only_if_it_says_something_new(log: Paths) -> None:
    asked(index(log))
    before = log.hash_index.stat()
    assert before.st_mode & 0o777 == 0o600
    assert [path.name for path in log.cache_dir.iterdir()] == ["hashes.index"]
    asked(index(log))
    assert log.hash_index.stat().st_ino == before.st_ino


def test_without_a_log_nothing_is_made(paths: Paths) -> None:
    found = HashIndex(paths)
    assert found.digest(2026) is None
    found.keep([])
    assert not paths.root.exists()


# -- changes ---------------------------------------------------------------------------------------


def test_a_file_that_was_only_touched_is_read_and_hashes_the_same(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(index(log))
    os.utime(log.year(2025), ns=(1, 1))
    with reading(monkeypatch) as read:
        assert asked(index(log)) == hashes(FIRST, FIRST)
        assert asked(index(log)) == hashes(FIRST, FIRST)
    assert read == ["2025.json"]


def test_an_edit_of_the_same_size_is_seen(log: Paths) -> None:
    asked(index(log))
    rewrite(log.year(2025), OTHER)
    assert asked(index(log)) == hashes(OTHER, FIRST)


def test_an_edit_of_the_same_size_that_restores_the_time_is_seen(log: Paths) -> None:
    asked(index(log))
    before = log.year(2025).stat()
    rewrite(log.year(2025), OTHER)
    os.utime(log.year(2025), ns=(before.st_atime_ns, before.st_mtime_ns))
    now = log.year(2025).stat()
    assert (now.st_size, now.st_mtime_ns, now.st_ino) == (
        before.st_size,
        before.st_mtime_ns,
        before.st_ino,
    )
    assert asked(index(log)) == hashes(OTHER, FIRST)


def test_another_file_of_the_same_size_and_time_in_its_place_is_seen(log: Paths) -> None:
    asked(index(log))
    before = log.year(2025).stat()
    other = log.root / "other"
    other.write_bytes(OTHER)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(log.year(2025))
    assert asked(index(log)) == hashes(OTHER, FIRST)


def test_in_one_process_a_change_is_seen_too(log: Paths) -> None:
    here = index(log)
    asked(here)
    rewrite(log.year(2026), OTHER)
    assert asked(here) == hashes(FIRST, OTHER)


def test_a_year_that_is_gone_has_no_hash_and_leaves_the_index_when_it_is_written(
    log: Paths,
) -> None:
    asked(index(log))
    size = log.hash_index.stat().st_size
    log.year(2025).unlink()
    found = index(log)
    assert [found.digest(year) for year in YEARS] == [None, *hashes(FIRST)]
    found.keep([2026])
    assert log.hash_index.stat().st_size == size
    rewrite(log.year(2026), OTHER)
    found = index(log)
    assert [found.digest(year) for year in YEARS] == [None, *hashes(OTHER)]
    found.keep([2026])
    assert log.hash_index.stat().st_size < size


def test_a_session_that_was_just_logged_does_not_write_the_index(log: Paths) -> None:
    asked(index(log))
    before = log.hash_index.stat().st_ino
    rewrite(log.year(2026), OTHER)
    assert asked(index(log, 1)) == hashes(FIRST, OTHER)
    assert log.hash_index.stat().st_ino == before
    assert asked(index(log)) == hashes(FIRST, OTHER)
    assert log.hash_index.stat().st_ino != before


# -- times that say nothing ------------------------------------------------------------------------


def test_a_file_that_has_just_been_written_is_not_kept(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(index(log, 1.9)) == hashes(FIRST, FIRST)
    assert not log.hash_index.exists()
    with reading(monkeypatch) as read:
        assert asked(index(log, 2.1)) == hashes(FIRST, FIRST)
    assert read == ["2025.json", "2026.json"]
    assert log.hash_index.exists()


def test_of_a_file_that_has_just_been_written_the_old_hash_goes(log: Paths) -> None:
    asked(index(log))
    rewrite(log.year(2026), OTHER)
    assert asked(index(log, 1)) == hashes(FIRST, OTHER)
    rewrite(log.year(2026), FIRST)
    assert asked(index(log, 1)) == hashes(FIRST, FIRST)


@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_a_clock_that_was_set_back_costs_time_and_nothing_else(
    log: Paths, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    for _ in range(2):
        with reading(monkeypatch) as read:
            assert asked(index(log, -3600 * hours)) == hashes(FIRST, FIRST)
        assert read == ["2025.json", "2026.json"]
    assert not log.hash_index.exists()


def test_a_file_from_the_future_is_read_each_time(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = after(log, 60)
    os.utime(log.year(2026), ns=(clock() + SECOND_NS, clock() + SECOND_NS))
    for _ in range(2):
        with reading(monkeypatch) as read:
            assert asked(HashIndex(log, clock)) == hashes(FIRST, FIRST)
        assert "2026.json" in read


def test_a_file_that_is_replaced_while_it_is_read_is_not_kept(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = read_file

    def replaced(path: Path, most: int) -> tuple[Identity, bytes] | None:
        found = real(path, most)
        if path == log.year(2026):
            rewrite(path, OTHER)
        return found

    with monkeypatch.context() as patch:
        patch.setattr("tui.store.hash_index.read_file", replaced)
        asked(index(log))
    assert asked(index(log)) == hashes(FIRST, OTHER)


# -- the program -----------------------------------------------------------------------------------


def test_the_program_is_read_again_only_once_it_has_changed(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Sources(b"old", sources_now().newest_ns)
    monkeypatch.setattr("tui.store.hash_index.sources_now", lambda: old)
    first = index(log)
    assert first.program() == program_hash()
    asked(first)
    monkeypatch.setattr("tui.store.hash_index.program_hash", lambda: b"another")
    assert index(log).program() == program_hash()
    new = Sources(b"new", old.newest_ns)
    monkeypatch.setattr("tui.store.hash_index.sources_now", lambda: new)
    assert index(log).program() == b"another"


def test_a_program_that_has_just_been_changed_is_not_kept(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = after(log, 60)
    young = Sources(b"young", clock() - SECOND_NS)
    monkeypatch.setattr("tui.store.hash_index.sources_now", lambda: young)
    first = HashIndex(log, clock)
    assert first.program() == program_hash()
    asked(first)
    monkeypatch.setattr("tui.store.hash_index.program_hash", lambda: b"another")
    assert HashIndex(log, clock).program() == b"another"


# -- the index itself ------------------------------------------------------------------------------


def test_one_that_was_deleted_is_made_again(log: Paths) -> None:
    asked(index(log))
    before = log.hash_index.read_bytes()
    log.hash_index.unlink()
    assert asked(index(log)) == hashes(FIRST, FIRST)
    assert log.hash_index.stat().st_size == len(before)


def test_one_wrong_bit_anywhere_and_it_is_passed_over(
    log: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(index(log))
    good = log.hash_index.read_bytes()
    for place in range(len(good)):
        log.hash_index.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        with reading(monkeypatch) as read:
            assert index(log).digest(2025) == hashes(FIRST)[0]
        assert read == ["2025.json"]


@pytest.mark.parametrize("length", [0, 1, 4, 5, 50])
def test_one_that_was_cut_short_is_passed_over_and_made_anew(
    log: Paths, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    asked(index(log))
    good = log.hash_index.read_bytes()
    log.hash_index.write_bytes(good[:length])
    assert asked(index(log)) == hashes(FIRST, FIRST)
    with reading(monkeypatch) as read:
        asked(index(log))
    assert read == []


def test_something_else_in_its_place_is_passed_over(log: Paths) -> None:
    # Four zeros and nothing is a sum that is right, of what is no index.
    for data in (b"\0" * 4, b"\0" * (hash_index.MOST_INDEX_BYTES + 1)):
        log.cache_dir.mkdir(exist_ok=True)
        log.hash_index.write_bytes(data)
        assert asked(index(log)) == hashes(FIRST, FIRST)
    log.hash_index.unlink()
    log.hash_index.mkdir()
    assert asked(index(log)) == hashes(FIRST, FIRST)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["open", "mkdir", "fsync"])
def test_a_disk_that_does_not_let_us_write_changes_nothing(
    log: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    found = index(log)
    digests = [found.digest(year) for year in YEARS]
    refuse(call, code)
    found.keep(YEARS)
    monkeypatch.undo()
    assert digests == hashes(FIRST, FIRST) == asked(index(log))


def test_two_processes_may_write_it_in_turns(log: Paths) -> None:
    one = index(log)
    assert asked(one) == hashes(FIRST, FIRST)
    rewrite(log.year(2026), OTHER)
    another = index(log)
    assert asked(another) == hashes(FIRST, OTHER)
    rewrite(log.year(2026), FIRST)
    # The first writes last, from what it knew before all this.
    log.hash_index.unlink()
    one.keep([])
    one.keep(YEARS)
    assert asked(index(log)) == hashes(FIRST, FIRST)
    rewrite(log.year(2025), OTHER)
    assert asked(another) == hashes(OTHER, FIRST)
    assert asked(index(log)) == hashes(OTHER, FIRST)
