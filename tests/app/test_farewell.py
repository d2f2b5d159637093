"""The line in the shell after a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.driver import Books
from tui.app.farewell import farewell
from tui.domain.session.actions import Log


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


def test_a_session_under_way_is_kept_and_of_a_finished_one_the_sets_done_are_counted(
    books: Books,
) -> None:
    book = books.open().read_all()
    assert farewell(book) == ""
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    book.recorder.do(Log("1"))
    book.recorder.do(Log("2"))
    kept = "Session kept at 2 of 14 sets, next Wall Lean Hip Flexor Hold."
    assert farewell(book) == kept
    assert farewell(books.open()) == ""
    book.recorder.finish()
    assert farewell(book).startswith("2 sets logged. Next: Trail Speed, ")
