"""Damaged exports come in whole or are refused: a few hundred of those that are tried by hand."""

from __future__ import annotations

from pathlib import Path

from tests.formats.other_apps.mutating import mutate


def test_damaged_exports(tmp_path: Path) -> None:
    found = mutate(tmp_path, 300, 2026)
    assert found.total() == 300
    # Neither is all refused nor does all come in.
    assert min(found["refused"], found["dry"], found["real"]) >= 10
