"""What gives way to another copy's version is kept, and told once."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from msgspec.structs import replace

from tests.copies import take_in
from tests.store.examples import a_record, stamp
from tests.ui.driver import Books
from tui.store.paths import Paths


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


def kept(paths: Paths) -> list[int]:
    """The pain in each version that gave way."""
    found = [orjson.loads(path.read_bytes()) for path in paths.merged_dir.iterdir()]
    return sorted(doc["pain"] for one in found for doc in one["records"].values())


def test_every_version_that_gives_way_is_kept(books: Books) -> None:
    book = books.open().read_all()
    copies = [a_record(pain=pain, edited=stamp(pain)) for pain in (1, 2, 3)]
    take_in(book, [], copies)
    assert kept(books.paths) == [1, 2]
    assert "2 things were edited separately on two machines" in book.notices()[-1]


def test_taking_the_same_in_again_tells_nothing(books: Books) -> None:
    book = books.open().read_all()
    mine = a_record(pain=1, edited=stamp(1))
    theirs = replace(mine, edited=stamp(2), values={**mine.values, "pain": 2})
    take_in(book, [], [mine])
    assert take_in(book, [], [theirs])
    told = list(book.notices())
    for copy in (mine, theirs):
        assert not take_in(book, [], [copy])
    assert (book.notices(), kept(books.paths)) == (told, [1])
