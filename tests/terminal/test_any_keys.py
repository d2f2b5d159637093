"""2,000 keys at random, in four lives of the program on one log. For more see any_keys.py."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.terminal.any_keys import pound


@pytest.mark.parametrize(
    ("seed", "end"), [(1, "leave"), (2, "SIGTERM"), (3, "SIGHUP"), (4, "leave")]
)
def test_whatever_is_pressed_it_goes_on_and_ends_well(tmp_path: Path, seed: int, end: str) -> None:
    pound(tmp_path, 500, random.Random(seed), end=end)
