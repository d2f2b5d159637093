"""Reports of bugs: each in a file of its own, few are kept, and nothing else is touched."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui.store.crashes import KEPT, keep_report
from tui.store.errors import StoreError
from tui.store.paths import Paths

NOW = datetime(2026, 11, 29, 18, 15, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def test_two_reports_of_one_second_are_two_files(paths: Paths) -> None:
    first, second = keep_report(paths, "one", NOW), keep_report(paths, "two", NOW)
    assert first == paths.crash_dir / "2026-11-29T181500.txt"
    assert second == paths.crash_dir / "2026-11-29T181500-2.txt"
    assert (first.read_text(), second.read_text()) == ("one", "two")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.crash_dir.stat().st_mode) == 0o700


def test_the_newest_stay_and_what_is_not_ours_is_left(paths: Paths) -> None:
    others = [
        paths.crash_dir / name for name in ("notes.txt", "2026-11-29T181500.txt.old", "9.txt")
    ]
    paths.crash_dir.mkdir()
    for other in others:
        other.write_text("mine")
    for second in range(KEPT + 5):
        keep_report(paths, str(second), NOW + timedelta(seconds=second))
        keep_report(paths, str(second), NOW + timedelta(seconds=second))
    kept = sorted(path.name for path in paths.crash_dir.iterdir() if path not in others)
    newest = [NOW + timedelta(seconds=second) for second in range(KEPT, KEPT + 5)]
    assert kept == sorted(f"{at:%Y-%m-%dT%H%M%S}{n}.txt" for at in newest for n in ("", "-2"))
    assert all(other.read_text() == "mine" for other in others)


def test_the_last_report_stays_though_the_clock_was_set_back(paths: Paths) -> None:
    for second in range(KEPT):
        keep_report(paths, "", NOW + timedelta(seconds=second))
    last = keep_report(paths, "last", NOW - timedelta(days=1))
    assert last is not None
    assert last.read_text() == "last"
    assert len(list(paths.crash_dir.iterdir())) == KEPT


def test_no_data_folder_is_made_for_one(tmp_path: Path) -> None:
    assert keep_report(Paths(tmp_path / "none"), "", NOW) is None
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_told(paths: Paths) -> None:
    paths.crash_dir.write_text("no folder")
    with pytest.raises(StoreError):
        keep_report(paths, "", NOW)
