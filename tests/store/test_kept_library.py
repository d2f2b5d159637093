"""The shipped library, kept as it was parsed: it comes back as it was or not at all."""

from __future__ import annotations

import errno

import pytest

from tests.store.conftest import Refuse
from tui.bootstrap import shipped_library
from tui.domain.model.library.catalog import Library, Source
from tui.store.hash_index import HashIndex
from tui.store.kept_library import MOST_BYTES, KeptLibrary
from tui.store.paths import Paths

SMALL = Library(sources={"one": Source(title="One", author="A", publisher="P")})


@pytest.fixture
def log(paths: Paths) -> Paths:
    paths.log_dir.mkdir(parents=True)
    return paths


def shipped(paths: Paths, library: Library = SMALL) -> tuple[Library, bool]:
    """The library as a process that starts now has it, and whether it had to be parsed."""
    parsed: list[Library] = []

    def parse() -> Library:
        parsed.append(library)
        return library

    return KeptLibrary(paths, parse).shipped(), bool(parsed)


def test_it_comes_back_to_the_last_number_as_it_was_parsed(log: Paths) -> None:
    real = shipped_library()
    assert shipped(log, real) == (real, True)
    again, parsed = shipped(log, real)
    assert not parsed
    # 15 and 15.0 are equal, but are not shown the same.
    assert repr(again) == repr(real)
    assert log.kept_library.stat().st_mode & 0o777 == 0o600


def test_another_program_parses_it_anew(log: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped(log)
    monkeypatch.setattr(HashIndex, "program", lambda _: bytes(32))
    assert shipped(log) == (SMALL, True)
    assert shipped(log) == (SMALL, False)


def test_without_a_log_nothing_is_made(paths: Paths) -> None:
    assert shipped(paths) == (SMALL, True)
    assert not paths.root.exists()


def test_one_wrong_bit_anywhere_and_it_is_passed_over(log: Paths) -> None:
    shipped(log)
    good = log.kept_library.read_bytes()
    for place in range(len(good)):
        log.kept_library.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert shipped(log) == (SMALL, True)
        assert log.kept_library.read_bytes() == good


@pytest.mark.parametrize("length", [0, 3, 4, 36, 40])
def test_one_that_was_cut_short_is_passed_over(log: Paths, length: int) -> None:
    shipped(log)
    log.kept_library.write_bytes(log.kept_library.read_bytes()[:length])
    assert shipped(log) == (SMALL, True)


def test_something_else_in_its_place_is_passed_over(log: Paths) -> None:
    log.cache_dir.mkdir()
    log.kept_library.write_bytes(bytes(MOST_BYTES + 1))
    assert shipped(log) == (SMALL, True)
    log.kept_library.unlink()
    log.kept_library.mkdir()
    assert shipped(log) == (SMALL, True)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_does_not_let_us_write_changes_nothing(
    log: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    refuse("fsync", code)
    assert shipped(log) == (SMALL, True)
    monkeypatch.undo()
    assert shipped(log) == (SMALL, True)
    assert shipped(log) == (SMALL, False)
