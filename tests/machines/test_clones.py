"""Three clones and their home, some short runs of :mod:`tests.machines.clones`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.machines import clones

RUNS = [(2, 10), (5, 10), (8, 10), (11, 10), (14, 10), (17, 10), (20, 10), (23, 10)]


# From 3.12 on Python warns of a fork beside threads; the child only syncs, and ends.
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.skipif(shutil.which("git") is None, reason="not run: no git")
@pytest.mark.parametrize(("seed", "steps"), RUNS)
def test_three_machines_come_to_the_same_and_nothing_is_lost(
    tmp_path: Path, seed: int, steps: int
) -> None:
    did = clones.run(tmp_path / "world", seed, steps)
    assert did["edit"] >= len(clones.CLOCKS)
