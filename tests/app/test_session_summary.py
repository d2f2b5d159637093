"""The end of a session: what it beats in the log, and what it reaches for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.driver import Books
from tui.app.logbook import Logbook
from tui.app.session_summary import finish
from tui.cli import main
from tui.domain.model.notation import parse
from tui.domain.model.values import Level, SetKind, Side
from tui.domain.planning.today import item
from tui.domain.session.actions import Put, Write
from tui.domain.session.live import Key
from tui.store.errors import StoreError
from tui.store.repository import Repository


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


def log(books: Books, exercise: str, notation: str, day: str) -> None:
    where = ["--data-dir", str(books.paths.root)]
    assert main(["log", exercise, notation, "--on", day, *where]) == 0


def begun(books: Books, exercise: str, notation: str = "") -> Logbook:
    """A session of one exercise under way, with one set if there is a notation."""
    book = books.open()
    book.recorder.start(None)
    found = book.profile.library.exercises[exercise]
    live = book.recorder.do(Put(item(found, Level.BEGINNER), None))
    if notation:
        key = Key(live.items[0].id, SetKind.WORK, 1)
        book.recorder.do(Write(key, tuple(parse(notation, found.kind))))
    return book


def test_a_session_without_a_set_has_no_summary_and_is_not_kept(books: Books) -> None:
    book = begun(books, "plank")
    assert finish(book, "time") is None
    assert book.recorder.live is None
    assert not book.reader.sessions()


def test_the_summary_has_the_bests_and_the_milestones_of_the_session(books: Books) -> None:
    for day in range(1, 10):
        log(books, "plank", "30s", f"2026-10-0{day}")
    summary = finish(begun(books, "plank", "60s"), "time")
    assert summary is not None
    [held, *left_out] = [row for entry in summary.session.live() for row in entry.live()]
    assert held.done.hold_s == 60
    assert all(row.undone is not None for row in left_out)
    assert ("hold", Side.BOTH, "60s") in {(b.measure, b.side, b.shown) for b in summary.best}
    assert "10 sessions" in summary.reached
    assert any("60 seconds" in words for words in summary.reached)


def test_a_hold_as_long_as_before_beats_nothing(books: Books) -> None:
    log(books, "plank", "60s", "2026-10-01")
    summary = finish(begun(books, "plank", "60s"), "time")
    assert summary is not None
    assert not [best for best in summary.best if best.measure == "hold"]
    assert not any("60 seconds" in words for words in summary.reached)


def test_a_disk_that_refuses_leaves_the_session_to_be_finished_again(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("2026.json could not be written: the disk is full.")

    book = begun(books, "plank", "60s")
    with monkeypatch.context() as broken:
        broken.setattr(Repository, "put_session", full)
        with pytest.raises(StoreError):
            finish(book, "time")
    summary = finish(book, "time")
    assert summary is not None
    assert any("60 seconds" in words for words in summary.reached)
