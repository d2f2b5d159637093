"""Backups made on demand and by themselves once a day, and what the runner is told of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.conftest import Refuse, refuse
from tests.ui.driver import Books
from tui.app.backups import backup, backup_of_the_day
from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.store.archive import read
from tui.store.backups import listed
from tui.store.errors import StoreError
from tui.store.journal import journal_path

__all__ = ["refuse"]
DAY_S = 86_400


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Books(tmp_path / "data")
    made.train()
    yield made
    made.close()


@pytest.fixture
def book(books: Books) -> Logbook:
    return books.open()


def there(books: Books) -> list[str]:
    return [path.name for path in listed(books.paths.backups_dir)]


def test_a_backup_holds_the_log_and_says_how_much(books: Books, book: Logbook) -> None:
    made = backup(book)
    found = read(made.path)
    assert found.files["log/2026.json"] == books.paths.year(2026).read_bytes()
    assert made.size == made.path.stat().st_size
    [session] = book.read_all().reader.sessions()
    assert (made.manifest.sessions, made.manifest.whole) == (1, True)
    assert made.manifest.sets >= len(session.entries)
    assert (made.copy, made.no_folder, made.notes) == (None, "", ())


def test_the_session_under_way_is_in_it(books: Books, book: Logbook) -> None:
    live = book.recorder.start(book.planner.next_plan(book.now().date()))
    found = read(backup(book).path).files
    path = journal_path(books.paths, live.id)
    assert found[f"live/{path.name}"] == path.read_bytes()


def test_a_file_of_the_runners_own_gets_no_second_copy(
    books: Books, book: Logbook, tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    book.profile.set("backup.to", str(tmp_path / "disk"))
    made = backup(book, tmp_path / "mine.zip")
    assert made.path == tmp_path / "mine.zip"
    assert there(books) == []
    assert list((tmp_path / "disk").iterdir()) == []


def test_only_the_writer_makes_one(books: Books, book: Logbook) -> None:
    assert book.access.granted
    other = books.open(write=False)
    with pytest.raises(ReadOnly):
        backup(other)
    [line] = backup_of_the_day(other)()
    assert line.startswith("no backup was made today; earlier ones are kept: read-only")
    assert there(books) == []


# --- once a day ---------------------------------------------------------------------------------


def test_one_is_made_by_itself_each_day(books: Books, book: Logbook) -> None:
    for _ in range(3):
        for _ in range(2):
            assert backup_of_the_day(book)() == []
            books.clock.forward(60)
        books.clock.forward(DAY_S)
    assert [name[11:21] for name in there(books)] == ["2026-11-04", "2026-11-03", "2026-11-02"]


def test_what_changes_while_it_is_made_is_not_half_in_it(books: Books, book: Logbook) -> None:
    before = books.paths.year(2026).read_bytes()
    make = backup_of_the_day(book)
    [session] = book.read_all().reader.sessions()
    book.recorder.delete(session)
    assert books.paths.year(2026).read_bytes() != before
    assert make() == []
    [path] = listed(books.paths.backups_dir)
    assert read(path).files["log/2026.json"] == before


@pytest.mark.parametrize("call", ["open", "fsync", "listdir"])
def test_one_that_fails_is_told_and_made_at_the_next_finish(
    books: Books, book: Logbook, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with monkeypatch.context():
        refuse(call, errno.ENOSPC, ".tmp" if call == "open" else "")
        [line] = backup_of_the_day(book)()
        monkeypatch.undo()
    assert line.startswith("no backup was made today; earlier ones are kept: ")
    assert "the disk is full" in line
    assert "\n" not in line
    assert there(books) == []
    assert backup_of_the_day(book)() == []
    assert len(there(books)) == 1


def test_a_bug_in_it_is_told_too(book: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    make = backup_of_the_day(book)
    monkeypatch.setattr("tui.app.backups.packed", broken)
    assert make() == ["no backup was made today; earlier ones are kept: MemoryError: "]


def test_a_file_that_is_not_in_it_is_named_each_day(books: Books, book: Logbook) -> None:
    os.mkfifo(books.paths.year(2024))
    books.paths.library.write_bytes(b"{")
    for _ in range(2):
        unread, damaged = backup_of_the_day(book)()
        assert unread.startswith("log/2024.json is NOT in the backup")
        assert damaged.startswith("library.json is damaged")
        books.clock.forward(DAY_S)


# --- the second copy ----------------------------------------------------------------------------


def test_each_has_a_second_copy_elsewhere(books: Books, book: Logbook, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    book.profile.set("backup.to", str(disk))
    for _ in range(12):
        assert backup_of_the_day(book)() == []
        books.clock.forward(DAY_S)
    made = there(books)
    assert len(made) == 10
    assert [path.name for path in listed(disk)] == made
    for path in listed(disk):
        assert path.read_bytes() == (books.paths.backups_dir / path.name).read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_folder_is_told_once_a_week_and_when_asked(
    books: Books, book: Logbook, tmp_path: Path
) -> None:
    book.profile.set("backup.to", str(tmp_path / "disk"))
    told = []
    for _ in range(15):
        told.append(len(backup_of_the_day(book)()))
        books.clock.forward(DAY_S)
    assert told == [1, 0, 0, 0, 0, 0, 0] * 2 + [1]
    assert len(there(books)) == 10
    assert not (tmp_path / "disk").exists()
    assert "is not there; connect it" in backup(book).no_folder
    assert books.paths.backup_told.parent == tmp_path / "state" / "stridelift"


def test_a_second_copy_that_fails_leaves_the_first(
    books: Books, book: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    book.profile.set("backup.to", str(disk))
    real = os.open

    def full(path: str, *args: int) -> int:
        if str(disk) in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, *args)

    monkeypatch.setattr(os, "open", full)
    [line] = backup_of_the_day(book)()
    monkeypatch.undo()
    assert line.startswith(f"the second copy of the backup is missing: {disk}")
    assert "the disk is full" in line
    assert len(there(books)) == 1
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("value", [5, "", None, ["/x"]])
def test_a_setting_that_is_no_folder_is_no_obstacle(
    books: Books, book: Logbook, value: object
) -> None:
    book.profile.set("backup.to", value)
    assert backup_of_the_day(book)() == []
    assert len(there(books)) == 1


def test_old_ones_that_cannot_be_removed_do_not_fail_it(
    book: Logbook, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        backup(book)
    refuse("unlink", errno.EACCES, ".zip")
    made = backup(book)
    monkeypatch.undo()
    [note] = made.notes
    assert "could not be removed" in note
    assert read(made.path).manifest.sessions == 1


def test_a_folder_of_backups_that_is_a_file_is_one_line(books: Books, book: Logbook) -> None:
    books.paths.backups_dir.write_bytes(b"")
    with pytest.raises(StoreError, match="Move it away"):
        backup(book)
    [line] = backup_of_the_day(book)()
    assert "Move it away" in line
