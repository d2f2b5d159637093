"""Changes of settings: all of them or none, and what they take back."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.conftest import Refuse, refuse
from tests.ui.driver import Books
from tui.app.settings import change_settings, known_settings, put_back
from tui.app.write_access import ReadOnly
from tui.store.errors import StoreError

__all__ = ["refuse"]


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Books(tmp_path / "data")
    yield made
    made.close()


def test_a_change_is_taken_back_with_earlier_values(books: Books) -> None:
    book = books.open()
    book.profile.set("unit", "kg")
    books.clock.forward(86400)
    made = change_settings(book.profile, {"unit": "lb", "dumbbells": [8, 10]})
    assert book.profile.unit == "lb"
    put_back(book.profile, made.before)
    assert [value for _, value in book.profile.store.history("unit")] == ["kg"]
    assert book.profile.store.history("dumbbells") == []
    put_back(book.profile, made.after)
    assert [value for _, value in book.profile.store.history("unit")] == ["kg", "lb"]


def test_what_is_none_is_forgotten(books: Books) -> None:
    book = books.open()
    change_settings(book.profile, {"body_weight": 70})
    change_settings(book.profile, {"body_weight": None})
    assert book.profile.store.history("body_weight") == []


def test_if_one_is_refused_none_is_changed(books: Books, refuse: Refuse) -> None:
    book = books.open()
    book.profile.set("unit", "kg")
    refuse("fsync", errno.ENOSPC, after=2, times=1)
    with pytest.raises(StoreError):
        change_settings(book.profile, {"unit": "lb", "taper": "lighten"})
    assert book.profile.unit == "kg"
    assert book.profile.store.history("taper") == []


def test_who_only_looks_changes_nothing(books: Books) -> None:
    books.open()
    with pytest.raises(ReadOnly):
        change_settings(books.open().profile, {"unit": "lb"})


def test_what_is_known_has_the_programme_and_the_machines_own(books: Books) -> None:
    book = books.open()
    change_settings(book.profile, {"bells": {"change": False, "count": True}, "pause": True})
    known = known_settings(book)
    assert known.programme.id == "trail-speed"
    assert known.paused
    assert "bells" in known.stored
    assert known.folder == str(books.paths.root)
