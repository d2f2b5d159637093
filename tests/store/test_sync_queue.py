"""One sync waits for the one under way, and no second one."""

from __future__ import annotations

import errno
import fcntl
from pathlib import Path

import pytest

from tests.store.conftest import Refuse
from tui.store.paths import Paths
from tui.store.sync_queue import NextSync


def test_one_waits_and_the_others_may_go(paths: Paths, tmp_path: Path) -> None:
    first, second = NextSync(paths), NextSync(paths)
    assert first.take()
    assert not second.take()
    assert NextSync(Paths(tmp_path / "other")).take()
    first.leave()
    assert second.take()
    assert not first.take()


def test_leaving_without_the_place_takes_it_from_nobody(paths: Paths) -> None:
    first, second = NextSync(paths), NextSync(paths)
    assert first.take()
    second.leave()
    assert not second.take()
    first.leave()
    first.leave()
    assert second.take()


def test_where_nothing_can_be_locked_everyone_waits(
    paths: Paths, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert NextSync(paths).take()
    assert NextSync(paths).take()
    refuse("open", errno.EROFS)
    assert NextSync(paths).take()
