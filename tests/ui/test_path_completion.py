"""Paths are completed as they are typed."""

from __future__ import annotations

from pathlib import Path

from tui.ui.path_completion import completed, expanded


def test_a_path_is_completed_as_far_as_it_is_clear(tmp_path: Path) -> None:
    (tmp_path / "log one.jsonl").touch()
    (tmp_path / "log two.jsonl").touch()
    (tmp_path / "runs").mkdir()
    assert completed(f"{tmp_path}/l") == f"{tmp_path}/log "
    assert completed(f"{tmp_path}/log t") == f"{tmp_path}/log two.jsonl"
    assert completed(f"{tmp_path}/r") == f"{tmp_path}/runs/"
    assert completed(f"{tmp_path}/x") == f"{tmp_path}/x"
    assert completed("/no such folder/x") == "/no such folder/x"


def test_a_home_that_is_not_there_stays_as_typed() -> None:
    assert completed("~nobody.here/x") == "~nobody.here/x"


def test_a_path_that_is_pasted_behind_another_begins_anew() -> None:
    assert expanded("/logs//tmp/strong.csv") == Path("/tmp/strong.csv")
    assert expanded("/logs/~/strong.csv") == Path("~/strong.csv").expanduser()
    assert expanded("/logs/strong.csv") == Path("/logs/strong.csv")
