"""What is told at most once in a while."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tui.store.reminder import due

WEEK = timedelta(days=7)
DAY = date(2026, 11, 29)


def test_it_is_told_once_a_week(tmp_path: Path) -> None:
    path = tmp_path / "state" / "told"
    told = [n for n in range(20) if due(path, DAY + timedelta(days=n), WEEK)]
    assert told == [0, 7, 14]


def test_a_clock_that_was_ahead_does_not_silence_it(tmp_path: Path) -> None:
    assert due(tmp_path / "told", date(2030, 1, 1), WEEK)
    assert due(tmp_path / "told", DAY, WEEK)
    assert not due(tmp_path / "told", DAY, WEEK)


@pytest.mark.parametrize("content", [b"", b"\xff", b"2026-13-01"])
def test_a_file_that_means_nothing_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "told").write_bytes(content)
    assert due(tmp_path / "told", DAY, WEEK)
    assert not due(tmp_path / "told", DAY, WEEK)


def test_where_nothing_can_be_kept_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert due(tmp_path / "file" / "told", DAY, WEEK)
