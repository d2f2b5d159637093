"""What is kept of folded years: it comes back whole or not at all, and nothing depends on it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from tests.domain.calculator.logs import Case, cases
from tests.store.conftest import Refuse
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup
from tui.domain.calculator.advice import Calendar, Profile, Race
from tui.domain.calculator.loads import Inventory
from tui.store.fold_cache import End, FoldCache, first_key, next_key, settled
from tui.store.paths import Paths

SETUP = Setup(library=shipped_library())
KEY, OTHER = bytes(range(32)), bytes(range(32, 64))
END = End(until=date(2026, 11, 2), ids=frozenset({"S1", "S2"}))


def files(paths: Paths) -> list[Path]:
    return sorted(paths.cache_dir.iterdir()) if paths.cache_dir.exists() else []


@given(cases(least=1))
def test_a_state_comes_back_as_it_was(case: Case) -> None:
    state = case.state()
    assert settled(state) == state
    once, twice = settled(state), settled(settled(state))
    assert msgspec.msgpack.encode(once) == msgspec.msgpack.encode(twice)
    end = End(state=once, until=case.today, ids=frozenset(one.id for one in case.log))
    with tempfile.TemporaryDirectory() as folder:
        FoldCache(Paths(Path(folder))).keep({KEY: end})
        assert FoldCache(Paths(Path(folder))).load(KEY) == end


def test_nothing_was_kept(paths: Paths) -> None:
    assert FoldCache(paths).load(KEY) is None
    assert not paths.root.exists()


def test_what_is_kept_is_for_this_user_alone(paths: Paths) -> None:
    FoldCache(paths).keep({KEY: END})
    assert paths.cache_dir.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in files(paths)] == [0o600]


def test_what_no_longer_counts_is_dropped_and_what_is_not_ours_is_left(paths: Paths) -> None:
    FoldCache(paths).keep({KEY: END})
    [old] = files(paths)
    stranger = paths.cache_dir / "notes.txt"
    stranger.write_text("mine")
    cache = FoldCache(paths)
    cache.keep({OTHER: END})
    assert not old.exists()
    assert stranger.read_text() == "mine"
    assert len(files(paths)) == 2
    assert cache.load(KEY) is None
    assert cache.load(OTHER) == END


def test_a_kept_one_that_is_still_wanted_is_not_written_again(paths: Paths) -> None:
    FoldCache(paths).keep({KEY: END})
    [path] = files(paths)
    before = path.stat().st_ino
    cache = FoldCache(paths)
    cache.load(KEY)
    cache.keep({KEY: END, OTHER: END})
    assert path.stat().st_ino == before
    assert len(files(paths)) == 2


def test_one_wrong_byte_anywhere_and_it_is_passed_over_and_made_anew(paths: Paths) -> None:
    FoldCache(paths).keep({KEY: END})
    [path] = files(paths)
    good = path.read_bytes()
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert FoldCache(paths).load(KEY) is None
    cache = FoldCache(paths)
    assert cache.load(KEY) is None
    cache.keep({KEY: END})
    assert FoldCache(paths).load(KEY) == END
    assert files(paths) == [path]


@pytest.mark.parametrize("length", [0, 1, 31, 32, 40])
def test_a_file_that_was_cut_short_is_passed_over(paths: Paths, length: int) -> None:
    FoldCache(paths).keep({KEY: END})
    [path] = files(paths)
    path.write_bytes(path.read_bytes()[:length])
    assert FoldCache(paths).load(KEY) is None


def test_a_file_under_anothers_name_is_passed_over(paths: Paths) -> None:
    FoldCache(paths).keep({KEY: END})
    [path] = files(paths)
    path.rename(path.with_name(f"{OTHER.hex()}.fold"))
    assert FoldCache(paths).load(OTHER) is None


def test_something_else_in_its_place_is_passed_over(paths: Paths) -> None:
    FoldCache(paths).keep({KEY: END})
    [path] = files(paths)
    # Whole, but of another version: a number where the day should be.
    data = msgspec.msgpack.encode({"until": 7})
    path.write_bytes(sha256(KEY + data).digest() + data)
    assert FoldCache(paths).load(KEY) is None
    path.unlink()
    path.mkdir()
    assert FoldCache(paths).load(KEY) is None
    FoldCache(paths).keep({KEY: END})


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["open", "mkdir", "fsync"])
def test_a_disk_that_refuses_changes_nothing(
    paths: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    paths.root.mkdir()
    refuse(call, code)
    FoldCache(paths).keep({KEY: END})
    monkeypatch.undo()
    assert FoldCache(paths).load(KEY) is None
    FoldCache(paths).keep({KEY: END})
    assert FoldCache(paths).load(KEY) == END


def test_a_file_where_the_folder_should_be_is_left(paths: Paths) -> None:
    paths.root.mkdir()
    paths.cache_dir.write_text("mine")
    cache = FoldCache(paths)
    cache.keep({KEY: END})
    assert cache.load(KEY) is None
    assert paths.cache_dir.read_text() == "mine"


# -- keys ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        replace(SETUP, profile=Profile(pain_baseline=1)),
        replace(SETUP, inventory=Inventory(equipment=frozenset({"rack"}))),
        replace(SETUP, calendar=Calendar(races=(Race(day=date(2026, 12, 5)),))),
        replace(SETUP, calendar=Calendar(step_down=frozenset({date(2026, 11, 2)}))),
        replace(SETUP, library=replace(SETUP.library, programmes={})),
    ],
    ids=["profile", "inventory", "race", "step-down", "library"],
)
def test_other_settings_have_another_key(other: Setup) -> None:
    assert first_key(other, KEY) != first_key(SETUP, KEY)
    assert first_key(replace(SETUP), KEY) == first_key(SETUP, KEY)


def test_another_program_has_another_key() -> None:
    assert first_key(SETUP, OTHER) != first_key(SETUP, KEY)


def test_a_key_follows_from_the_order_of_the_years() -> None:
    one, two = b"1" * 32, b"2" * 32
    assert next_key(next_key(KEY, one), two) != next_key(next_key(KEY, two), one)
    assert next_key(KEY, one) != next_key(OTHER, one)


def test_a_key_is_the_same_in_every_process() -> None:
    code = (
        "from tui.bootstrap import shipped_library\n"
        "from tui.domain.calculator import Setup\n"
        "from tui.domain.calculator.loads import Inventory\n"
        "from tui.store.fold_cache import first_key\n"
        "from tui.store.program import program_hash\n"
        "owned = Inventory(equipment=frozenset({'barbell', 'rack', 'plates', 'bench', 'box'}))\n"
        "print(first_key(Setup(library=shipped_library(), inventory=owned), program_hash()).hex())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
