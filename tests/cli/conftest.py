"""A command runs in this process on a log of its own. Commands wait for another writer; in tests
that takes no time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a command has waited for another writer, in seconds, one number a look."""
    waited: list[float] = []
    monkeypatch.setattr("tui.cli.base.sleep", waited.append)
    return waited


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command on the log at ``home`` on 29 November 2026; gives exit code, output and
    errors."""

    def run(*args: str) -> tuple[int, str, str]:
        code = main([*args, "--data-dir", str(home), "--today", "2026-11-29"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
