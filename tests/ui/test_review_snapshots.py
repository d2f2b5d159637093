"""Snapshots of the review screens with a year of training, in both sizes. After an intended change:
pytest --snapshot-update, and look at what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.ui.driver import Books, running
from tests.ui.walks import looking_back, trained_for_a_year


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids="{0[0]}x{0[1]}".format)
async def test_each_view(books: Books, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async for name, ui in looking_back(books, size):
        assert ui.text() == snapshot(name=name)


async def test_the_readme_shows_what_there_is_to_see(books: Books) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    block = readme.partition("<!-- trend -->\n```\n")[2].partition("```")[0].splitlines()
    trained_for_a_year(books)
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/", *"split squat", "enter", "T")
        bars = str.maketrans("▁▂▃▄▅▆▇", " " * 7)
        seen = [line.translate(bars).rstrip() for line in ui.lines()[2:]]
        assert len(block) > 15
        assert seen[: len(block)] == [line.translate(bars).rstrip() for line in block]
