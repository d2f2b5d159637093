"""The folder under a session: moved, unmounted, cleared away. A set is confirmed only into a file
that is there; what was confirmed is in the log after the finish."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.driver import Books, running
from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.domain.session.actions import Log
from tui.store.errors import StoreError
from tui.store.lock import WriterLock
from tui.store.paths import Paths

Harm = Callable[[Path], object]


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "disk" / "data")


def journal(root: Path) -> Path:
    (path,) = (root / "live").glob("*.jsonl")
    return path


def in_place(path: Path, data: bytes) -> None:
    """Other bytes into the same file."""
    with path.open("r+b") as file:
        file.write(data)
        file.truncate(len(data))


def replaced(path: Path, data: bytes) -> None:
    """Another file of the same name, as programs that sync folders do it."""
    other = path.with_name("other")
    other.write_bytes(data)
    other.replace(path)


def cut(path: Path) -> bytes:
    """The journal without its last set."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:-2])


def emptied(root: Path) -> None:
    """All that is in the folder removed, the folder left."""
    for path in root.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def made_anew(root: Path) -> None:
    shutil.rmtree(root)
    root.mkdir(0o700)


HARMS: dict[str, Harm] = {
    "the journal deleted": lambda root: journal(root).unlink(),
    "the journal moved away": lambda root: journal(root).rename(root / "elsewhere"),
    "the journal emptied": lambda root: in_place(journal(root), b""),
    "the journal cut short": lambda root: in_place(journal(root), cut(journal(root))),
    "the journal replaced by an older one": lambda root: replaced(
        journal(root), cut(journal(root))
    ),
    "other bytes of the same length": lambda root: in_place(
        journal(root), b"X" * journal(root).stat().st_size
    ),
    "the journal replaced by itself": lambda root: replaced(
        journal(root), journal(root).read_bytes()
    ),
    "the journal replaced by another": lambda root: replaced(journal(root), b'{"e":"start"}\n'),
    "the journal written by another": lambda root: in_place(
        journal(root), journal(root).read_bytes() + b'{"e":"undo"}\n'
    ),
    "live removed": lambda root: shutil.rmtree(root / "live"),
    "all that is in it removed": emptied,
    "removed and made anew": made_anew,
    "the lock removed": lambda root: (root / "writer.lock").unlink(),
}


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    return confirmed(book)


def confirmed(book: Logbook) -> Logbook:
    """One more set that the screen would show as done."""
    before = len(book.recorder.live.rows) if book.recorder.live else 0
    live = book.recorder.do(Log("1"))
    assert len(live.rows) == before + 1
    return book


def kept(books: Books) -> int:
    """How many sets a new start finds as done."""
    (session,) = books.open(write=False).read_all().reader.sessions()
    rows = [row for entry in session.live() for row in entry.live() if not row.undone]
    return len({(row.kind, row.number) for row in rows})


@pytest.mark.parametrize("harm", HARMS)
def test_a_session_goes_on_where_its_folder_stands(books: Books, harm: str) -> None:
    book = begun(books)
    HARMS[harm](books.paths.root)
    confirmed(book)
    # What is on disk is the whole session, whoever is killed now.
    looking = books.open(write=False)
    assert looking.recorder.live == book.recorder.live
    HARMS[harm](books.paths.root)
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 3


@pytest.mark.parametrize("harm", HARMS)
def test_a_finish_right_after_it_files_what_was_confirmed(books: Books, harm: str) -> None:
    book = begun(books)
    HARMS[harm](books.paths.root)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 1


def test_what_stood_in_the_place_of_the_journal_is_kept_and_told(books: Books) -> None:
    book = begun(books)
    path = journal(books.paths.root)
    replaced(path, b'{"e":"start"}\n')
    confirmed(book)
    assert [p.read_bytes() for p in path.parent.glob("*.damaged-1")] == [b'{"e":"start"}\n']
    book.recorder.finish()
    assert any("was replaced" in notice for notice in book.notices())


@pytest.fixture
def other_disk() -> Iterator[Path]:
    """A folder on another device than the one where tests write."""
    place = Path("/dev/shm")  # Memory, where Linux has it.
    if (
        not os.access(place, os.W_OK)
        or place.stat().st_dev == Path(tempfile.gettempdir()).stat().st_dev
    ):
        pytest.skip("not run: this machine has no second disk")
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def moved(root: Path) -> tuple[Harm, Harm]:
    away = root.with_name("moved")
    return (lambda root: root.rename(away), away.rename)


def unmounted(root: Path) -> tuple[Harm, Harm]:
    """The folder above is where a disk was mounted, and is empty now."""
    disk, away = root.parent, root.parent.with_name("away")

    def harm(_: Path) -> None:
        disk.rename(away)
        disk.mkdir()

    def mend(_: Path) -> None:
        disk.rmdir()
        away.rename(disk)

    return harm, mend


def removed(_: Path) -> tuple[Harm, Harm]:
    return shutil.rmtree, lambda root: root.mkdir(0o700)


@pytest.mark.parametrize("harms", [moved, unmounted, removed])
def test_where_the_folder_is_gone_nothing_is_confirmed_until_it_is_back(
    books: Books, harms: Callable[[Path], tuple[Harm, Harm]]
) -> None:
    root = books.paths.root
    harm, mend = harms(root)
    book = begun(books)
    before = book.recorder.live
    harm(root)
    told = r"NOT KEPT.*is gone.*Put that folder back"
    steps: list[Callable[[], object]] = [lambda: book.recorder.do(Log("1")), book.recorder.finish]
    for step in steps:
        with pytest.raises(StoreError, match=told):
            step()
        assert book.recorder.live == before
        assert not root.exists(), "no second log begins in its place"
    mend(root)
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 2


def test_an_empty_place_of_a_mount_is_not_the_folder(books: Books, other_disk: Path) -> None:
    root = books.paths.root
    root.parent.mkdir()
    (disk := other_disk / "data").mkdir()
    root.symlink_to(disk)
    book = begun(books)
    root.unlink()
    root.mkdir()
    with pytest.raises(StoreError, match="NOT KEPT"):
        book.recorder.do(Log("1"))
    assert list(root.iterdir()) == []
    root.rmdir()
    root.symlink_to(disk)
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 2


def test_another_that_took_the_lock_meanwhile_keeps_it(books: Books) -> None:
    book = begun(books)
    (books.paths.root / "writer.lock").unlink()
    other = WriterLock(Paths(books.paths.root))
    assert other.acquire()
    with pytest.raises(ReadOnly, match="only looking"):
        book.recorder.do(Log("1"))
    other.release()


async def test_the_screen_says_so_and_the_set_stays_open(books: Books) -> None:
    harm, mend = moved(books.paths.root)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter")
        live = ui.book.recorder.live
        harm(books.paths.root)
        await ui.press("enter")
        assert "NOT KEPT" in ui.text()
        assert ui.book.recorder.live == live
        mend(books.paths.root)
        await ui.press("enter")
        assert "NOT KEPT" not in ui.text()
        assert ui.book.recorder.live is not None
        assert live is not None
        assert len(ui.book.recorder.live.rows) == len(live.rows) + 1
