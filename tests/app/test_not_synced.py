"""A disk that takes every change but does not confirm it: what is shown is what is in the files."""

from __future__ import annotations

import errno
import os
import stat
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, running
from tui.app.logbook import Logbook
from tui.domain.calculator.advice import Race
from tui.domain.model.notation import parse
from tui.domain.model.values import Record
from tui.domain.planning.calendar_changes import with_race
from tui.domain.planning.own_programmes import with_programme
from tui.domain.session.actions import Log
from tui.store.errors import NotSynced
from tui.store.journal import pending


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


@pytest.fixture
def book(books: Books) -> Logbook:
    """A log with a session, and with every file and folder that the tests change."""
    book = books.open().read_all()
    logged(book, "5 60kg")
    book.profile.set("unit", "kg")
    book.recorder.start(None)
    book.recorder.finish()
    return book


def unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sync of a folder fails from now on; files are synced."""
    real = os.fsync

    def failing(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)


def logged(book: Logbook, typed: str) -> None:
    exercise = book.profile.library.exercises["back-squat"]
    book.recorder.log(exercise, parse(typed), book.now())


def as_stored(books: Books, book: Logbook) -> bool:
    """Whether a new start reads the sessions and records that this one shows."""
    stored, shown = books.open(write=False).read_all().reader, book.reader
    return (list(stored.sessions()), stored.records()) == (list(shown.sessions()), shown.records())


def rows(book: Logbook) -> int:
    return sum(len(e.live()) for s in book.reader.sessions() for e in s.live())


def test_a_set_is_there_once_and_can_be_undone(
    books: Books, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    unconfirmed(monkeypatch)
    with pytest.raises(NotSynced, match=r"2026\.json: the change is in the file"):
        logged(book, "3 80kg")
    assert rows(book) == 2
    assert as_stored(books, book)
    with pytest.raises(NotSynced):
        book.recorder.undo()
    assert rows(book) == 1
    assert as_stored(books, book)
    monkeypatch.undo()
    book.recorder.undo()
    assert rows(book) == 0
    assert book.recorder.undo() is None


def test_a_record_is_there(books: Books, book: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    assert book.reader.records() == []
    unconfirmed(monkeypatch)
    record = Record(id="R1", edited="", type="metric", day=date(2026, 11, 2))
    with pytest.raises(NotSynced):
        book.recorder.tell(record)
    assert [one.id for one in book.reader.records()] == ["R1"]
    assert as_stored(books, book)


def test_a_session_is_told_as_filed_only_once_the_disk_has_confirmed_it(
    books: Books, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    book.recorder.do(Log("1"))
    with monkeypatch.context() as broken:
        unconfirmed(broken)
        for _ in range(2):
            with pytest.raises(NotSynced):
                book.recorder.finish()
            assert book.recorder.live is not None
            assert len(pending(books.paths)) == 1
    assert book.recorder.finish() is not None
    assert pending(books.paths) == []
    assert as_stored(books, book)


def test_settings_calendar_and_library_are_there(
    books: Books, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (book.profile.unit, book.profile.setup.calendar.races) == ("kg", ())
    mine = replace(book.profile.library.programmes["trail-speed"], id="mine", name="Mine")
    unconfirmed(monkeypatch)
    with pytest.raises(NotSynced):
        book.profile.set("unit", "lb")
    with pytest.raises(NotSynced):
        book.profile.change_calendar(with_race(Race(day=date(2027, 3, 7), name="Spring")))
    with pytest.raises(NotSynced):
        book.profile.change_library(partial(with_programme, programme=mine))
    assert book.profile.unit == "lb"
    assert [race.name for race in book.profile.setup.calendar.races] == ["Spring"]
    assert "mine" in book.profile.library.programmes
    again = books.open(write=False)
    again.profile.reload()
    assert again.profile.unit == "lb"
    assert [race.name for race in again.profile.setup.calendar.races] == ["Spring"]
    assert "mine" in again.profile.library.programmes
    with pytest.raises(NotSynced):
        book.profile.unkeep()
    assert book.profile.setup.calendar.races == ()


async def test_the_screen_shows_it_says_so_and_asks_no_second_time(
    books: Books, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.close()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "e")
        unconfirmed(monkeypatch)
        await ui.answer("4 62.5kg")
        assert "the change is in the file, but the disk did not confirm it" in ui.said
        assert ui.prompt() == ""
        assert "4 × 62.5 kg" in ui.text()
        await ui.press("enter")
        assert rows(ui.book) == 1
        assert as_stored(books, ui.book)
