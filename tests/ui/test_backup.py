"""The backup that is made by itself once a session is finished, while the summary is on screen."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tui.store import backups
from tui.store.archive import read
from tui.store.atomic import fill
from tui.store.backups import listed
from tui.store.journal import pending


async def finished(ui: Driver) -> None:
    """Log a set, finish the session, and wait for what that starts."""
    await ui.press("enter", "F")
    await ui.answer("time")
    await ui.app.workers.wait_for_complete()
    await ui.settle()


async def test_the_first_finish_of_a_day_makes_a_backup(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await finished(ui)
        assert open_page(ui) == "Well done. The session is in your history."
        [path] = listed(books.paths.backups_dir)
        assert path.name.startswith("stridelift-2026-11-02T1805")
        assert read(path).files["log/2026.json"] == books.paths.year(2026).read_bytes()
        assert read(path).manifest.sessions == 1
        await ui.press("q")
        assert ui.said == ""
        books.clock.forward(3600)
        # Today is done: enter asks first.
        await ui.press("enter", "y")
        await finished(ui)
        assert len(ui.book.reader.sessions()) == 2
        assert listed(books.paths.backups_dir) == [path]


async def test_a_session_without_a_set_makes_none(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.set("unit", "kg")
        await ui.press("enter", "u", "F", "x")
        assert ui.said == "The session is thrown away. u brings it back."
        await ui.app.workers.wait_for_complete()
        assert listed(books.paths.backups_dir) == []


async def test_a_backup_that_fails_leaves_the_finish_and_is_told(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with running(books.open(), books.clock) as ui:
        monkeypatch.setattr(backups, "fill", full)
        await finished(ui)
        assert open_page(ui) == "Well done. The session is in your history."
        assert "no backup was made today; earlier ones are kept" in " ".join(ui.text().split())
        assert pending(books.paths) == []
        assert len(ui.book.reader.sessions()) == 1
        assert listed(books.paths.backups_dir) == []
        monkeypatch.undo()


async def test_keys_count_while_it_is_made(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slow(temp: Path, data: bytes) -> None:
        assert go_on.wait(60)
        fill(temp, data)

    async with running(books.open(), books.clock) as ui:
        monkeypatch.setattr(backups, "fill", slow)
        await ui.press("enter", "F")
        await ui.answer("time")
        await ui.press("q")
        assert open_page(ui) == ""
        await ui.press("u")
        assert ui.said == "The session is open again."
        go_on.set()
        await ui.app.workers.wait_for_complete()
        [path] = listed(books.paths.backups_dir)
        # It has the session as it was finished.
        assert read(path).manifest.sessions == 1
        assert ui.book.reader.sessions() == []
