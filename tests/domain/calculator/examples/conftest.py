"""A runner with an empty log for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.calculator.examples.asking import Runner


@pytest.fixture
def runner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path / "home", capsys)
