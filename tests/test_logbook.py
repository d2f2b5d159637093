"""The logbook where things go wrong: a disk that refuses, a writer that died, two at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driver import Books
from tui import bootstrap
from tui.core.actions import Log, Refused
from tui.logbook import Logbook, ReadOnly
from tui.store.errors import StoreError
from tui.store.journal import pending
from tui.store.lock import WriterLock
from tui.store.repository import Repository


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.start(book.next_plan(books.clock().date()))
    book.do(Log("1"))
    return book


def refuse(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    def full(*_: object) -> None:
        raise StoreError("2026.json could not be written: the disk is full.")

    monkeypatch.setattr(owner, name, full)


def test_a_finish_that_the_disk_refuses_is_filed_by_the_next(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = begun(books)
    with monkeypatch.context() as broken:
        refuse(broken, Repository, "put_session")
        with pytest.raises(StoreError):
            book.finish()
        with pytest.raises(Refused, match="finished"):
            book.do(Log("1"))
    session = book.finish()
    assert session is not None
    assert book.live is None
    assert list(book.sessions()) == [session]
    assert pending(books.paths) == []


def test_a_finish_that_was_never_filed_is_seen_by_one_that_looks_and_filed_by_one_that_writes(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = begun(books)
    with monkeypatch.context() as broken:
        refuse(broken, Repository, "put_session")
        with pytest.raises(StoreError):
            book.finish()
    book.close()
    looking = books.open(write=False).read_all()
    assert [s.programme for s in looking.sessions()] == ["trail-speed"]
    assert looking.live is None
    assert Repository(books.paths, writable=False).years() == []
    writing = books.open().read_all()
    assert list(writing.sessions()) == list(looking.sessions())
    assert Repository(books.paths, writable=False).years() == [2026]


def test_where_the_disk_lets_nobody_write_one_can_still_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, WriterLock, "acquire")
    with pytest.raises(StoreError):
        bootstrap.open_logbook(str(tmp_path), None, write=True)
    book = bootstrap.open_logbook(str(tmp_path), None, write=True, else_look=True)
    assert not book.writable
    assert book.only_looking == "only looking: 2026.json could not be written: the disk is full."
    assert book.notices() == ["2026.json could not be written: the disk is full."]
    with pytest.raises(ReadOnly, match="the disk is full"):
        book.start(None)


def test_the_second_one_looks_sees_more_when_it_looks_again_and_takes_over(books: Books) -> None:
    first = begun(books)
    second = books.open().read_all()
    assert not second.writable
    with pytest.raises(ReadOnly, match="process"):
        second.do(Log("1"))
    session = first.finish()
    assert list(second.sessions()) == []
    second.look_again()
    assert list(second.read_all().sessions()) == [session]
    assert not second.take_over()
    first.close()
    assert second.take_over()
    assert list(second.read_all().sessions()) == [session]


def test_only_the_last_finish_can_be_taken_back_and_only_once(books: Books) -> None:
    book = begun(books)
    with pytest.raises(Refused, match="nothing to undo here"):
        book.reopen()
    before = book.live
    book.finish()
    books.clock.forward(1)
    live = book.reopen()
    assert before is not None
    assert (live.id, live.rows, live.finished) == (before.id, before.rows, None)
    assert list(book.sessions()) == []
    assert books.on_disk() == live
    with pytest.raises(Refused):
        book.reopen()
    books.clock.forward(1)
    session = book.finish()
    assert list(book.sessions()) == [session]
    again = books.open(write=False).read_all()
    assert list(again.sessions()) == [session]
