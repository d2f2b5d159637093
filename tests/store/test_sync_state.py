"""How the last sync went, remembered on this machine for each data folder."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.store.conftest import Refuse
from tui.store.paths import Paths
from tui.store.sync_state import SyncState, changed_at, read_state, state_path, write_state

AT = datetime(2026, 11, 29, 18, 5, tzinfo=timezone(timedelta(hours=1)))
STATE = SyncState(
    tried=AT,
    done=AT - timedelta(days=1),
    words="sync: 2 sessions from home, 1 sent",
    came="2 sessions",
    trouble="refused",
    waiting=3,
)


@pytest.mark.parametrize("state", [STATE, SyncState(tried=AT)])
def test_what_is_written_is_read(paths: Paths, state: SyncState) -> None:
    path = state_path(paths)
    assert read_state(path) is None
    assert changed_at(path) is None
    write_state(path, state)
    assert read_state(path) == state
    first = changed_at(path)
    write_state(path, SyncState(tried=AT, words="another"))
    assert first is not None
    assert changed_at(path) != first


def test_each_folder_has_its_own_by_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    here = state_path(Paths(tmp_path / "data"))
    assert state_path(Paths(tmp_path / "link")) == here
    assert state_path(Paths(tmp_path / "other")) != here
    assert here.parent.parent == Paths(tmp_path).state_dir


@pytest.mark.parametrize(
    "change",
    [
        {"tried": "yesterday"},
        {"tried": "2026-11-29T18:05:00"},
        {"done": 5},
        {"waiting": -1},
        {"waiting": True},
        {"words": None},
        {"came": 7},
    ],
)
def test_what_makes_no_sense_is_none(paths: Paths, change: dict[str, object]) -> None:
    path = state_path(paths)
    write_state(path, STATE)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    assert read_state(path) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b" " * 20_000])
def test_nor_is_another_file(paths: Paths, data: bytes) -> None:
    path = state_path(paths)
    write_state(path, STATE)
    path.write_bytes(data)
    assert read_state(path) is None


def test_its_words_are_safe_to_show_and_short(paths: Paths) -> None:
    path = state_path(paths)
    write_state(path, SyncState(tried=AT, words="a\x1b]0;x\x07b" + "c" * 1000))
    found = read_state(path)
    assert found is not None
    assert found.words.startswith("a·]0;x·b")
    assert len(found.words) == 300


def test_a_disk_that_refuses_costs_nothing_else(paths: Paths, refuse: Refuse) -> None:
    refuse("replace", 28)
    write_state(state_path(paths), STATE)
    assert read_state(state_path(paths)) is None
