"""Commands wait for another writer; in tests that takes no time."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a command has waited for another writer, in seconds, one number a look."""
    waited: list[float] = []
    monkeypatch.setattr("tui.cli.base.sleep", waited.append)
    return waited
