"""How each sync went is kept for the screen, also where it broke off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.app.sync import Synced
from tui.app.sync_record import BUG, recorded
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.sync_state import read_state, state_path

NOW = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "trouble", "words"),
    [(StoreError("the disk is full"), "other", "the disk is full"), (KeyError("x"), "bug", BUG)],
)
def test_what_broke_a_sync_off_is_kept(
    tmp_path: Path, error: Exception, trouble: str, words: str
) -> None:
    paths = Paths(tmp_path)

    def broken() -> Synced:
        raise error

    with pytest.raises(type(error)):
        recorded(paths, lambda: NOW, broken)
    kept = read_state(state_path(paths))
    assert kept is not None
    assert (kept.tried, kept.done, kept.trouble, kept.words) == (NOW, None, trouble, words)
