"""The instance that writes joins what a sync has fetched when it is asked, and goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.doctor_folder import a_logbook, make_well
from tui.app import sync_join
from tui.app.logbook import Logbook
from tui.app.sync_answer import Answering
from tui.app.sync_join import Joined
from tui.store.errors import NewerSchema
from tui.store.json_bytes import dumps
from tui.store.lock import local_now
from tui.store.paths import Paths


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Logbook]:
    paths = Paths(tmp_path / "data")
    make_well(paths)
    made = a_logbook(paths)
    made.open(write=True)
    yield made
    made.close()


@pytest.fixture
def joins(monkeypatch: pytest.MonkeyPatch) -> list[Logbook]:
    """The books that were joined into."""
    books: list[Logbook] = []

    def joined(book: Logbook, _: object) -> Joined:
        books.append(book)
        book.profile.set("unit", "lb")
        return Joined("0" * 40, ("notes.txt was changed on two machines",))

    monkeypatch.setattr(sync_join, "joined", joined)
    return books


def ask(book: Logbook) -> None:
    """Ask as another process does; the one that started this one lives as long."""
    told = {
        "pid": os.getppid(),
        "host": os.uname().nodename,
        "terminal": "",
        "at": local_now().isoformat(),
    }
    book.paths.sync_request.write_bytes(dumps(told))


def test_it_joins_when_it_is_asked_and_only_then(book: Logbook, joins: list[Logbook]) -> None:
    answering = Answering(book)
    assert answering.answer() == ()
    assert joins == []
    ask(book)
    assert answering.answer() == ("notes.txt was changed on two machines",)
    assert joins == [book]
    assert not book.paths.sync_request.exists()
    assert not book.unsent, "it is in the commit"
    assert answering.answer() == ()
    assert joins == [book]


def test_one_that_only_looks_leaves_the_answer_to_the_writer(
    book: Logbook, joins: list[Logbook]
) -> None:
    looking = a_logbook(book.paths)
    looking.open(write=False)
    ask(book)
    assert Answering(looking).answer() == ()
    assert book.paths.sync_request.exists()
    assert joins == []


def test_a_join_that_is_refused_is_an_answer_too(
    book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Joined:
        raise NewerSchema("update this machine")

    monkeypatch.setattr(sync_join, "joined", refuse)
    ask(book)
    with pytest.raises(NewerSchema, match="update this machine"):
        Answering(book).answer()
    assert not book.paths.sync_request.exists()
